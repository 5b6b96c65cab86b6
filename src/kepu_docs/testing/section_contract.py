"""What every section kind must hold: a class of tests to inherit from."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import pytest

from kepu_docs.testing import section_trial
from kepu_docs.testing.candidate import Candidate
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.readers import Reader
from kepu_docs.testing.verdict import verdict
from kepu_docs.testing.wording import words_of


class SectionContract:
    """What every section kind must hold, as tests.

    Inherit from it in a test module, and give examples::

        class TestDrills(SectionContract):
            kind = "drills"
            sections = [{"kind": "drills", "drills": [{"name": "疏散演练", "attendance": 300}]}]

    Besides your examples the tests make samples of their own from the model: all fields, each alone, none, long lists,
    hostile texts. Where a model refuses these by a rule of its own, give an example that has the field.
    """

    kind: ClassVar[str]
    """The section kind."""
    sections: ClassVar[Sequence[Mapping[str, Any]]]
    """Examples: sections as a record has them."""
    plugins: ClassVar[Sequence[object]] = ()
    """Plugins to test with beside kepu-docs, as modules; all that are installed, where none is named."""
    readers: ClassVar[Mapping[str, Reader]] = {}
    """Readers of formats that are not known here, by format; a format without one is only rendered."""
    untold: ClassVar[Sequence[str]] = ()
    """Fields whose texts the section does not tell, with the way to them: ``entries.note``."""
    headings: ClassVar[Sequence[str]] = ()
    """Headings of old documents that are recognised as of the kind: what its ``recognition`` has words for."""
    sentences: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Sentences of old documents, and what is taken out of each, by field: ``{"演练4场。": {"drills_total": "4场"}}``.
    An entry of a list has its number, as ``awards.0``. Each amount of the kind's ``recognition`` needs a sentence."""

    def record(self, sections: Sequence[Mapping[str, Any]], locale: str) -> Mapping[str, Any]:
        """Return a record with sections, in the language of ``locale``; override it where the kind needs more of it."""
        words = words_of(locale)
        return {
            "community": {"name": words.community, "residents": 8600},
            "period": 2025,
            "opening": words.opening,
            "sections": list(sections),
        }

    @property
    def _candidate(self) -> Candidate:
        engine = engine_of(self.plugins)
        if self.kind not in engine.registry.kinds:
            pytest.fail(
                f"no plugin has the section kind “{self.kind}”: install yours (pip install -e .), or name its module "
                f"in the attribute plugins. There are: {', '.join(engine.registry.kinds)}",
                pytrace=False,
            )
        examples: Sequence[Mapping[str, Any]] = getattr(self, "sections", ())
        if not examples:
            pytest.fail(f"give {type(self).__name__} an attribute sections, with one example at least", pytrace=False)
        return Candidate(
            self.kind, examples, engine, self.record, self.readers, self.untold, self.headings, self.sentences
        )

    def test_the_examples_load_and_load_again(self) -> None:
        """Each example is a record, and what is written of it is again the same record."""
        verdict(
            f"the examples of “{self.kind}” are records, and stay what they are",
            section_trial.reloaded(self._candidate),
        )

    def test_unknown_keys_are_refused(self) -> None:
        """A misspelt key is told, with its place, in the section and in each record within it."""
        verdict("a key that no field has is refused, and its place told", section_trial.let_pass(self._candidate))

    def test_all_formats_agree(self) -> None:
        """Every format says what the document says, in every language: all texts, numbers and their order."""
        verdict("all formats say what the document says, in its order", section_trial.disagreeing(self._candidate))

    def test_rendering_is_deterministic(self) -> None:
        """The same record gives the same document, and the same bytes in every format."""
        verdict("the same record gives the same document and the same bytes", section_trial.changing(self._candidate))

    def test_empty_data_leaves_no_trace(self) -> None:
        """A section of which nothing is known, or only zeros and empty lists, shows nothing: no heading either."""
        verdict("what is not known leaves no trace", section_trial.told_of_nothing(self._candidate))

    def test_each_field_alone_is_told_well(self) -> None:
        """Whatever is known alone, the sentences are sound: nothing left over, no mark doubled or dangling."""
        verdict("with one field alone the wording is sound", section_trial.unsound(self._candidate))

    def test_any_text_survives(self) -> None:
        """Markup and odd letters in any text of the record come out of every format as they went in."""
        verdict("texts come out as they went in", section_trial.spoilt(self._candidate))

    def test_every_text_is_told(self) -> None:
        """No text of the record is forgotten by the template of a language."""
        rule = "the template tells every text; a field that is not to be told is named in the attribute untold"
        verdict(rule, section_trial.silent(self._candidate))

    def test_everything_is_translated(self) -> None:
        """Headings, columns, keys, choices and explanations have a label in every language of the kind."""
        verdict(
            f"“{self.kind}” is named and explained in every language that it is told in",
            section_trial.unnamed(self._candidate),
        )

    def test_the_template_is_sound_and_within_its_budget(self) -> None:
        """Templates are of the structure that templates have, get plain data, and tell lists of a thousand entries."""
        verdict("templates are sound, and tell long lists", section_trial.overdone(self._candidate))

    def test_time_grows_linearly(self) -> None:
        """Twice as many entries take twice the time, in each list."""
        verdict("twice as many entries take twice the time", section_trial.growing(self._candidate))

    def test_starter_record_and_workbook_hold_it(self) -> None:
        """``kepu-docs new`` prints a record with it that loads, and ``kepu-docs workbook`` has a sheet for it."""
        verdict(f"“{self.kind}” is in starter records and workbooks", section_trial.not_offered(self._candidate))

    def test_old_documents_are_recognised(self) -> None:
        """A section of an old document under each of ``headings`` is of the kind, and ``sentences`` fill its fields."""
        verdict(
            f"sections of old documents are recognised as “{self.kind}”, and their sentences as facts",
            section_trial.unrecognised(self._candidate),
        )
