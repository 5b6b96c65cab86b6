"""What is wrong with a plugin, and how it is reported."""

import warnings

from kepu_docs.errors import N_, KepuWarning, Message, PluginError


class PluginWarning(KepuWarning):
    """A plugin is left out because it is broken, or uses something that will be removed."""


def problem_of(error: BaseException, plugin: str) -> Message:
    """Return what is wrong with a plugin (``distribution:entry point``) that raised, and what its user can do."""
    if isinstance(error, PluginError):
        what = error.faults[0].as_message
    else:
        what = Message.of("{error}", error=" ".join(f"{type(error).__name__}: {error}".split()))
    text = N_("{problem} (update it, or remove it: pip uninstall {distribution})")
    return Message.of(text, problem=what, distribution=plugin.partition(":")[0])


def left_out(error: BaseException, plugin: str) -> Message:
    """Warn that a plugin that raised is left out, and return what is wrong with it."""
    problem = problem_of(error, plugin)
    text = N_("the plugin {plugin} is left out: {problem}")
    warnings.warn(PluginWarning(Message.of(text, plugin=plugin, problem=problem)), stacklevel=3)
    return problem
