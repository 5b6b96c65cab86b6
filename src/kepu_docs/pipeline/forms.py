"""Compiling forms: they are checked against all that a record may contain before any of them is filled."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic import BaseModel

from kepu_docs.composing.composer import Composer
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.forms.program import FormProgram, FormUse
from kepu_docs.composing.known_facts import Known, facts, of_model
from kepu_docs.composing.wording_check import frame_facts
from kepu_docs.contract.forms import FormPlan, FormTag
from kepu_docs.errors import Fault, Message, TemplateError
from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import parents
from kepu_docs.locale.folders import locales
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.locale.words import Languages
from kepu_docs.pipeline.preparing.prepared_form import BlankPreparer
from kepu_docs.pipeline.sample_facts import section_known
from kepu_docs.registry import Registry
from kepu_docs.schema import FactSection, WorkSummary
from kepu_docs.schema.record import is_rolled_up
from kepu_docs.schema.shapes import children

_MESSAGES = "messages.po"


_COMMUNITY = "community"
_OF_THE_RECORD = ("addressee", "opening", "closing", "attachments", "signed_by", "signed_on")
"""Facts of the record itself that its text shows; the other fields are settings, or belong to a letterhead or
imprint."""
_OF_ANY_SECTION = ("narrative", "points", "photos")
_HOW = ("charts", "run_in_headings")
"""Fields that say how a section is shown; they are not facts."""


@dataclass(frozen=True, slots=True)
class FactsUsed:
    """Which facts of a section kind, of the ``community``, or of the record itself (no ``kind``) a form shows.

    ``shown`` and ``unshown`` contain names of fields; the fields of entries come after a dot: ``sessions.topic``.
    """

    kind: str
    shown: tuple[str, ...]
    unshown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormReport:
    """The result of checking a form without a record.

    ``faults`` are all faults, each with its place; ``placeholders`` is the number of values that the form has a place
    for. ``needed`` are the section kinds of which it shows something, ``unused`` those of which it shows nothing.
    ``facts`` lists the facts that it takes from section kinds that it does not show as a whole. ``remarks`` are not
    faults.
    """

    faults: tuple[Fault, ...]
    placeholders: int
    needed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    facts: tuple[FactsUsed, ...] = ()
    remarks: tuple[Message, ...] = ()


class FormPreparer:
    """Compiles forms with the section kinds and catalogues of one registry, and keeps what is known about these."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def prepared(self, composer: Composer, plan: FormPlan) -> FormProgram:
        """Return a form that is ready to be filled. Raises ``TemplateError`` with all its faults."""
        return FormProgram(plan, composer.form_environment, self.frame, self.names)

    def report(self, composer: Composer, plan: FormPlan) -> FormReport:
        """Return the faults of a form, and what it needs."""
        placeholders = sum(
            isinstance(piece, FormTag) and piece.kind == "value" for part in plan.parts for piece in part
        )
        try:
            use = self.prepared(composer, plan).use
        except TemplateError as error:
            return FormReport(error.faults, placeholders, remarks=plan.remarks)
        named = use.sections | use.facts
        kinds = self._registry.kinds
        return FormReport(
            (),
            placeholders,
            tuple(kind for kind in kinds if kind in named),
            tuple(kind for kind in kinds if not (use.whole or kind in named or kinds[kind].model.rolled_up)),
            () if use.whole else tuple(self._facts_used(use)),
            plan.remarks,
        )

    def _facts_used(self, use: FormUse) -> Iterator[FactsUsed]:
        summary = self._registry.model
        shown = use.shown | {(summary, name) for name in use.facts}
        yield _used("", summary, _OF_THE_RECORD, shown)
        for model in children(summary, _COMMUNITY):
            yield _used(_COMMUNITY, model, model.model_fields, shown)
        for kind, offered in self._registry.kinds.items():
            if kind in use.facts and kind not in use.sections:
                model = offered.model
                own = [
                    name
                    for name in model.model_fields
                    if name not in FactSection.model_fields
                    and name not in _HOW
                    and not is_rolled_up(model.model_fields[name])
                ]
                general = [name for name in _OF_ANY_SECTION if name in model.model_fields and name not in own]
                yield _used(kind, model, (*own, *general), shown)

    @cached_property
    def blanks(self) -> BlankPreparer:
        """The preparer, which finds the blanks of forms without placeholders."""
        return BlankPreparer(self._registry, self._vocabulary, self.names, self.frame)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Languages(self._registry.folders).vocabulary

    @cached_property
    def frame(self) -> Known:
        """The known facts of a record and of its section kinds."""
        kinds = {
            name: _with_models(section_known(self._registry, kind)[0], kind.model)
            for name, kind in self._registry.kinds.items()
        }
        summary = of_model(WorkSummary)
        return facts({**kinds, **frame_facts(summary, {})}, *summary.models)

    @cached_property
    def names(self) -> FormNames:
        """The names of facts, section kinds and words, as users write them."""
        folders = self._registry.folders
        catalogs = [read_catalog(folders, parents(locale), _MESSAGES) for locale in locales(folders, _MESSAGES)]
        return FormNames(self._vocabulary, catalogs, self._registry.kinds)


def _with_models(known: Known, model: type[BaseModel]) -> Known:
    """Return the known facts of a section, with the models of the record's entries also for computed entries."""
    names = dict(known.names or {})
    for name, value in names.items():
        if name in model.model_fields and value.entry is not None and value.entry.what == "facts":
            entry = replace(value.entry, models=value.entry.models or children(model, name))
            names[name] = replace(value, entry=entry)
    return replace(known, names=names)


def _used(kind: str, model: type[BaseModel], names: Iterable[str], shown: Set[tuple[type, str]]) -> FactsUsed:
    """Return which fields of a model, and of the entries that a form loops over, the form shows."""
    sums = {field: fact for _, field, fact in getattr(model, "main_figures", ())}
    found: tuple[list[str], list[str]] = ([], [])
    for name in names:
        entries = [
            (entry, field)
            for entry in children(model, name)
            for field, info in entry.model_fields.items()
            if not is_rolled_up(info)
        ]
        if not any(entry in shown for entry in entries):
            found[(model, name) not in shown and (model, sums.get(name)) not in shown].append(name)
            continue
        for entry in dict.fromkeys(entries):
            found[entry not in shown].append(f"{name}.{entry[1]}")
    return FactsUsed(kind, tuple(found[False]), tuple(found[True]))
