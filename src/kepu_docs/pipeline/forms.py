"""Forms made ready: checked against all that a record may hold, and compiled, before any is filled."""

from dataclasses import dataclass
from functools import cached_property

from kepu_docs.composing.composer import Composer
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.forms.program import FormProgram
from kepu_docs.composing.known_facts import Known, facts, of_model
from kepu_docs.composing.wording_check import frame_facts
from kepu_docs.contract.forms import FormPlan, FormTag
from kepu_docs.errors import Fault, TemplateError
from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import parents
from kepu_docs.locale.folders import locales
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.locale.words import Languages
from kepu_docs.pipeline.preparing.prepared_form import BlankPreparer
from kepu_docs.pipeline.sample_facts import section_known
from kepu_docs.registry import Registry
from kepu_docs.schema import WorkSummary

_MESSAGES = "messages.po"


@dataclass(frozen=True, slots=True)
class FormReport:
    """What was found in a form that was looked at without any record.

    ``faults`` are all that is wrong, each with its place; ``placeholders`` is how many values it has a place for.
    ``needed`` are the section kinds that it shows something of, ``unused`` those of which it shows nothing.
    """

    faults: tuple[Fault, ...]
    placeholders: int
    needed: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


class FormPreparer:
    """Makes forms ready with the section kinds and catalogues of one registry, and keeps what is known of these."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def prepared(self, composer: Composer, plan: FormPlan) -> FormProgram:
        """Return a form that is ready to be filled. Raises ``TemplateError`` with all that is wrong in it."""
        return FormProgram(plan, composer.form_environment, self.frame, self.names)

    def report(self, composer: Composer, plan: FormPlan) -> FormReport:
        """Return what is wrong with a form, and what it needs."""
        placeholders = sum(
            isinstance(piece, FormTag) and piece.kind == "value" for part in plan.parts for piece in part
        )
        try:
            use = self.prepared(composer, plan).use
        except TemplateError as error:
            return FormReport(error.faults, placeholders)
        named = use.sections | use.facts
        kinds = self._registry.kinds
        return FormReport(
            (),
            placeholders,
            tuple(kind for kind in kinds if kind in named),
            tuple(kind for kind in kinds if not use.whole and kind not in named),
        )

    @cached_property
    def blanks(self) -> BlankPreparer:
        """What finds the blanks of forms without placeholders."""
        return BlankPreparer(self._registry, self._vocabulary, self.names, self.frame)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Languages(self._registry.folders).vocabulary

    @cached_property
    def frame(self) -> Known:
        """What is known of the facts of a record and of its section kinds."""
        kinds = {name: section_known(self._registry, kind)[0] for name, kind in self._registry.kinds.items()}
        summary = of_model(WorkSummary)
        return facts({**kinds, **frame_facts(summary, {})}, *summary.models)

    @cached_property
    def names(self) -> FormNames:
        """What finds facts, kinds and words by what users call them."""
        folders = self._registry.folders
        catalogs = [read_catalog(folders, parents(locale), _MESSAGES) for locale in locales(folders, _MESSAGES)]
        return FormNames(self._vocabulary, catalogs, self._registry.kinds)
