"""Which model raised, if reading a record failed for a cause other than faults of the record."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from kepu_docs.errors import N_, Place, PluginError
from kepu_docs.locale.words import Languages
from kepu_docs.pipeline.keys import in_english
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import KINDS


def blame(error: BaseException, data: object, name: str, registry: Registry, languages: Languages) -> PluginError:
    """Return the error that names the section, its kind and the plugin whose model raised ``error`` on ``data``.

    If no single section raises, all plugins that are not part of kepu-docs are named.
    """
    english: Any = in_english(data, registry.model, languages.vocabulary).data
    sections = english.get("sections") if isinstance(english, Mapping) else None
    for position, section in enumerate(sections if isinstance(sections, list | tuple) else ()):
        kind = registry.kinds.get(str(section.get("kind"))) if isinstance(section, Mapping) else None
        if kind is None:
            continue
        try:
            kind.model.model_validate(section)
        except ValidationError:
            continue
        except (Exception, SystemExit) as found:  # a foreign model may raise anything
            return PluginError.at(
                Place(name, field=f"sections[{position}]"),
                N_("the section kind “{kind}” (plugin {plugin}) cannot read this section: {error}"),
                path=("sections", position),
                kind=kind.name,
                plugin=registry.owners[KINDS, kind.name],
                error=repr(found),
            )
    return PluginError.at(
        Place(name),
        N_("a plugin failed to read this record: {error}; installed plugins: {known}"),
        error=repr(error),
        known=", ".join(info.name for info in registry.plugins),
    )
