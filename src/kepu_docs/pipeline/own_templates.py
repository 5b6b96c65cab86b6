"""Composing with a user's own folder of templates, possibly a stranger's: in a child process, within limits.

A template that counts its own work cannot be trusted to count all of it. So it runs in a process that the operating
system ends if it takes too much time or memory, and only that record fails. The child gets the folder as it was read,
the record, and the list of plugins; it returns the document, which is plain data.
"""

import os
import pickle
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.resources.abc import Traversable
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from kepu_docs.blocks import Document
from kepu_docs.composing.compiled import CompiledTemplates
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.forms.program import FormProgram
from kepu_docs.composing.snapshots import CATALOG, Snapshot
from kepu_docs.contract.forms import FormPlan
from kepu_docs.errors import N_, Fault, KepuError, KepuWarning, Message, Place, TemplateError
from kepu_docs.errors.first_faults import first_faults
from kepu_docs.isolation import Held, Limits, StoppedError
from kepu_docs.locale.chain import canonical, fallback_chain
from kepu_docs.locale.folders import candidates
from kepu_docs.pipeline.forms import FormPreparer, FormReport
from kepu_docs.pipeline.unknown_labels import MESSAGES, UnknownLabels
from kepu_docs.registry import PluginWarning, Registry
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.summary import FORM

SECONDS: Final = 4.0
"""Processor time for a small record; the templates of kepu-docs take a hundredth of a second."""
SECONDS_A_MIB: Final = 20.0
"""Additional processor time for each MiB of a record; the templates of kepu-docs take one second."""
PREPARING: Final = Limits(seconds=60.0)
"""Limits for loading the plugins, which are trusted."""
MOST_STOPS: Final = 3
"""The number of successive records that may be stopped before a folder is given up, so that the rest does not take
as long."""
_COMPOSERS: Final = 8
"""The number of composers that a child keeps: a few languages of a few folders."""
_PLAIN: Final = frozenset((str, int, float, bool, NoneType))

P = ParamSpec("P")
T = TypeVar("T")


class TemplateWarning(KepuWarning):
    """A user's folder of templates contains something that has no effect."""


class OwnComposer:
    """Composes summaries in one locale with a folder of templates that take precedence; keeps nothing of them."""

    def __init__(self, registry: Registry, folder: Snapshot, locale: str) -> None:
        """Raise ``TemplateError`` for faulty catalogues, or for plugins that another process cannot load.

        Each label that nothing looks up causes a :class:`TemplateWarning`.
        """
        self.locale = canonical(locale)
        self._folder = folder
        self._folders = registry.folders
        self._plugins = plugins_of(registry)
        self._stops = 0
        self._stopped: TemplateError | None = None
        for fault in self._ask(_Workplace.check, Limits(SECONDS)):  # of the whole folder, whatever the locale
            warnings.warn(TemplateWarning(Message("{fault}", (("fault", fault),))), stacklevel=4)

    def compose(
        self, summary: WorkSummary, *, photos: Path | None = None, embed: bool = True, form: FormPlan | None = None
    ) -> Document:
        """Return the document of ``summary``, as ``Composer.compose`` does, with the content for a ``form``.

        Also raises ``TemplateError`` if composing takes too much time or memory.
        """
        record = summary.model_dump_json(exclude_unset=True)
        seconds = SECONDS + SECONDS_A_MIB * len(record) / 2**20
        folder = os.path.abspath(photos) if photos is not None else None
        return self._ask(_Workplace.compose, Limits(seconds), record, folder, embed, form)

    def check_form(self, form: FormPlan) -> FormReport:
        """Return the faults of a form, and what it needs."""
        return self._ask(_Workplace.check_form, Limits(SECONDS), form)

    def title(self, summary: WorkSummary) -> str:
        """Return the title of the document of ``summary``. Raises ``TemplateError``."""
        record = summary.model_dump_json(exclude_unset=True)
        seconds = SECONDS + SECONDS_A_MIB * len(record) / 2**20
        return self._ask(_Workplace.title, Limits(seconds), record)

    def review_note(self, summary: WorkSummary, title: str) -> Document | None:
        """Return the note to the paper of a rolled-up summary, as ``Composer.review_note`` does."""
        record = summary.model_dump_json(exclude_unset=True)
        seconds = SECONDS + SECONDS_A_MIB * len(record) / 2**20
        return self._ask(_Workplace.review_note, Limits(seconds), record, title)

    def note_ending(self) -> str:
        """Return what the name of a note's file has after the name of its paper."""
        return self._ask(_Workplace.note_ending, Limits(SECONDS))

    def blocks(self, name: str) -> tuple[str, ...]:
        """Return the names of a template's blocks. Raises ``TemplateError`` for a faulty or missing template."""
        return self._ask(_Workplace.blocks, Limits(SECONDS), name)

    def template(self, name: str) -> Traversable | None:
        """Return the file of a template from the folder or the installed ones; ``None`` if there is none."""
        found = next(candidates((self._folder, *self._folders), fallback_chain(self.locale), name), None)
        return Path(str(found)) if isinstance(found, Snapshot) else found

    def _ask(
        self, method: Callable[Concatenate["_Workplace", P], T], limits: Limits, *arguments: P.args, **named: P.kwargs
    ) -> T:
        if self._stopped is not None and self._stops >= MOST_STOPS:
            raise TemplateError(self._stopped.faults)
        try:
            with Held(_Workplace, PREPARING, self._plugins, self._folder, self.locale) as place:
                made = place.ask_anew(method, limits, *arguments, **named)
        except StoppedError as error:
            self._stops += 1
            text = N_("stopped composing with the templates in {folder}: {reason}")
            self._stopped = TemplateError.at(Place(), text, folder=self._folder.root, reason=error.reason)
            raise self._stopped from None
        except KepuError:
            self._stops = 0
            raise
        self._stops = 0
        return made


def plugins_of(registry: Registry) -> bytes:
    """Return the data with which another process finds the plugins. Raises ``TemplateError`` if it cannot find them."""
    named: list[object] = []
    for plugin in registry.added:
        if isinstance(plugin, ModuleType):
            named.append(plugin.__name__)
            continue
        try:
            if (getattr(plugin, "__module__", None) or type(plugin).__module__) == "__main__":
                raise pickle.PicklingError("it is defined in __main__")
            named.append(pickle.dumps(plugin))
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            text = N_(
                "with your own templates, plugins must be importable in another process: put "
                "{plugin} into a module that can be imported ({reason})"
            )
            shown = getattr(plugin, "__name__", type(plugin).__name__)
            raise TemplateError.at(Place(), text, plugin=shown, reason=str(error)[:200]) from None
    return pickle.dumps((registry.installed, registry.without, named))


# The following runs in the child.


class _Workplace:
    """Plugins and one folder of templates, in one locale."""

    def __init__(self, plugins: bytes, folder: Snapshot, locale: str) -> None:
        self._folder = folder
        self._locale = locale
        self._plugins = plugins
        self._registry = registry_of(plugins)

    def check(self) -> tuple[Fault, ...]:
        """Return the labels that nothing looks up. Raises ``TemplateError`` for faulty catalogues."""
        return self._work(lambda composer: self._unknown_labels())

    def _unknown_labels(self) -> tuple[Fault, ...]:
        if not any(path.endswith(MESSAGES) for path in self._folder.files):
            return ()
        return tuple(first_faults(UnknownLabels(self._registry, self._folder).faults(self._folder)))

    def compose(self, record: str, photos: str | None, embed: bool, form: FormPlan | None) -> Document:
        folder = Path(photos) if photos is not None else None

        def composed(composer: Composer) -> Document:
            program = None if form is None else self._program(composer, form)
            return composer.compose(self._summary(record), photos=folder, embed=embed, form=program)

        return self._work(composed)

    def check_form(self, form: FormPlan) -> FormReport:
        def checked(composer: Composer) -> FormReport:
            found = _preparer(self._plugins).report(composer, form)
            return replace(found, faults=tuple(map(sendable, found.faults)))

        return self._work(checked)

    def _program(self, composer: Composer, form: FormPlan) -> FormProgram:
        """Return a form that is ready to be filled, from a cache."""
        key = self._plugins, self._folder.root, self._folder.digest, self._locale, form.digest
        if key not in _programs:
            while len(_programs) >= _COMPOSERS:
                del _programs[next(iter(_programs))]
            _programs[key] = _preparer(self._plugins).prepared(composer, form)
        return _programs[key]

    def title(self, record: str) -> str:
        return self._work(lambda composer: composer.title(self._summary(record)))

    def review_note(self, record: str, title: str) -> Document | None:
        return self._work(lambda composer: composer.review_note(self._summary(record), title))

    def note_ending(self) -> str:
        return self._work(lambda composer: composer.note_ending())

    def blocks(self, name: str) -> tuple[str, ...]:
        return self._work(lambda composer: composer.blocks(name))

    def _summary(self, record: str) -> WorkSummary:
        return WorkSummary.model_validate_json(record, context={FORM: self._registry.keeping_model})

    def _work(self, act: Callable[[Composer], T]) -> T:
        """Return the result of ``act``; an error is reduced to plain data."""
        try:
            return act(_composer(self._plugins, self._folder, self._locale))
        except KepuError as error:
            raise type(error)([sendable(fault) for fault in error.faults]) from None


@lru_cache(_COMPOSERS)
def registry_of(plugins: bytes) -> Registry:
    """Return the registry for the result of :func:`plugins_of`. Raises ``TemplateError`` for a missing plugin."""
    installed, without, named = pickle.loads(plugins)  # noqa: S301  (the caller wrote it)
    try:
        found = [import_module(each) if isinstance(each, str) else pickle.loads(each) for each in named]  # noqa: S301
    except (ImportError, AttributeError) as error:
        text = N_("with your own templates, plugins must be importable in another process: {reason}")
        raise TemplateError.at(Place(), text, reason=str(error)) from None
    if not installed:
        return Registry.of(*found)
    with warnings.catch_warnings():
        # The caller has already warned of broken plugins.
        warnings.simplefilter("ignore", PluginWarning)
        return Registry.load(strict=False, without=without, plugins=found)


@lru_cache(_COMPOSERS)
def _preparer(plugins: bytes) -> FormPreparer:
    """Return the preparer of forms for these plugins, from a cache: it tries samples of all their section kinds."""
    return FormPreparer(registry_of(plugins))


_composers: Final[dict[tuple[bytes, str, str, str], Composer]] = {}
_programs: Final[dict[tuple[bytes, str, str, str, str], FormProgram]] = {}


@lru_cache(_COMPOSERS)
def _compiled(plugins: bytes, locale: str, catalogs: tuple[bytes, ...]) -> CompiledTemplates:
    """Return the compiled templates, which are reused for the next state of a folder with the same catalogues."""
    return CompiledTemplates()


def _composer(plugins: bytes, folder: Snapshot, locale: str) -> Composer:
    """Return a composer, from a cache: compiling templates takes ten times as long as composing with them."""
    key = plugins, folder.root, folder.digest, locale
    if key not in _composers:
        while len(_composers) >= _COMPOSERS:
            del _composers[next(iter(_composers))]
        catalogs = tuple(data for path, data in sorted(folder.files.items()) if path.endswith(CATALOG))
        _composers[key] = registry_of(plugins).composer(locale, folder, _compiled(plugins, locale, catalogs))
    return _composers[key]


def sendable(fault: Fault) -> Fault:
    """Return a fault that contains only plain data, whatever a plugin put into it."""
    return replace(
        fault,
        values=tuple((name, _plain(value)) for name, value in fault.values),
        code=str(fault.code),
        path=tuple(step if type(step) in (str, int) else shown(step, str) for step in fault.path),
        shown=str(fault.shown),
    )


def _plain(value: Any) -> object:
    if isinstance(value, Message):
        return Message(value.text, tuple((name, _plain(each)) for name, each in value.values))
    if type(value) is tuple:
        return tuple(each if type(each) is str else shown(each, str) for each in value)
    return value if type(value) in _PLAIN else shown(value, str)


def shown(value: object, form: Callable[[object], str] = repr) -> str:
    """Return a foreign object as text, if it can be shown."""
    try:
        return form(value)[:500]
    except Exception:
        return type(value).__name__
