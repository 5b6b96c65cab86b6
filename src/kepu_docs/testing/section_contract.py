"""The contract of every section kind: a class of tests to inherit from."""

import importlib.util
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Any, ClassVar, Final

import pytest
from jinja2 import TemplateError as JinjaError

from kepu_docs.blocks import Document
from kepu_docs.errors import KepuError, Place, RecordError
from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.importing.facts.sentences import Facts
from kepu_docs.importing.structure.elements import Text
from kepu_docs.locale.catalogs import read_catalog_file
from kepu_docs.pipeline import empty_workbook, starter_record
from kepu_docs.pipeline.sample_facts import path_of
from kepu_docs.pipeline.template_check import TemplateCheck
from kepu_docs.pipeline.unknown_labels import MESSAGES
from kepu_docs.registry.offers import override_key
from kepu_docs.schema.samples import Path, alone, everything, fields, lists, records
from kepu_docs.testing.candidate import SIZE, Candidate
from kepu_docs.testing.document_texts import missing, squeezed, texts_of
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.readers import READERS, Reader
from kepu_docs.testing.steps import LINEAR, growth
from kepu_docs.testing.text_strategies import HOSTILE
from kepu_docs.testing.translations import document_locales, untranslated
from kepu_docs.testing.verdict import holds
from kepu_docs.testing.wording import faults, faults_of, words_of

_LONG: Final = 1000
"""The number of entries of a list that a template must be able to write within its budget."""
_UNKNOWN: Final = "kepu_unknown"


class SectionContract:
    """The contract of every section kind, as tests.

    Inherit from it in a test module, and give examples::

        class TestDrills(SectionContract):
            kind = "drills"
            sections = [{"kind": "drills", "drills": [{"name": "疏散演练", "attendance": 300}]}]

    Besides your examples, the tests make samples from the model: all fields, each field alone, none, long lists,
    hostile texts. If a model refuses these by its own rule, give an example that has the field.
    """

    kind: ClassVar[str]
    """The section kind."""
    sections: ClassVar[Sequence[Mapping[str, Any]]]
    """Examples: sections as a record has them."""
    plugins: ClassVar[Sequence[object]] = ()
    """Plugins to test with besides kepu-docs, as modules; all installed plugins if none is named."""
    readers: ClassVar[Mapping[str, Reader]] = {}
    """Readers of formats that are not known here, by format; a format without a reader is only rendered."""
    not_shown: ClassVar[Sequence[str]] = ()
    """Fields whose texts the section does not show, with their paths: ``entries.note``."""
    headings: ClassVar[Sequence[str]] = ()
    """Headings of old documents that must be recognised as of the kind: those that its ``recognition`` has words for.
    """
    sentences: ClassVar[Mapping[str, Mapping[str, Any]]] = {}
    """Sentences of old documents, and the facts that are read from each, by field:
    ``{"演练4场。": {"drills_total": "4场"}}``. An entry of a list has its number, as in ``awards.0``. Each amount of
    the kind's ``recognition`` needs a sentence."""

    def record(self, sections: Sequence[Mapping[str, Any]], locale: str) -> Mapping[str, Any]:
        """Return a record with sections, in the language of ``locale``; override it if the kind needs more."""
        words = words_of(locale)
        return {
            "community": {"name": words.community, "residents": 8600},
            "period": 2025,
            "opening": words.opening,
            "sections": list(sections),
        }

    @cached_property
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
        return Candidate(self.kind, examples, engine, self.record)

    def _lost(self, document: Document) -> Iterator[tuple[str, str]]:
        """Yield what is not shown of a document, with the format that does not show it."""
        for name in self._candidate.registry.formats:
            data = self._candidate.rendered(document, name)
            if data is None:
                continue
            reader = None if name in self._overridden else {**READERS, **self.readers}.get(name)
            # Plain text wraps cells inside their columns.
            problem = missing(reader(data), document, wrapped=name == "txt") if reader else ""
            if problem:
                yield name, problem

    @cached_property
    def _overridden(self) -> frozenset[str]:
        """The formats in which a plugin overrides the kind: what these show is not known."""
        registry = self._candidate.registry
        keys = {key for info in registry.plugins for key in info.overrides if key not in info.idle}
        return frozenset(name for name in registry.renderers if override_key(self.kind, name) in keys)

    @holds("the examples of “{self.kind}” are records, and stay what they are")
    def test_the_examples_load_and_load_again(self) -> Iterator[str]:
        """Each example is a valid record, and loading the record written from it gives the same record."""
        candidate = self._candidate
        for at, section in enumerate(candidate.examples):
            if section.get("kind") != candidate.kind:
                yield f"sections[{at}] has kind: {section.get('kind')!r}; expected {candidate.kind!r}"
                continue
            try:
                summary = candidate.load(section)
                again = candidate.engine.read(summary.model_dump_json(exclude_unset=True).encode(), "json", "again")
            except RecordError as error:
                yield f"sections[{at}] is refused: {error}"
                continue
            if again != summary:
                yield f"sections[{at}] is another when written and read again: {again!r}, and was {summary!r}"

    @holds("a key that no field has is refused, and its place named")
    def test_unknown_keys_are_refused(self) -> Iterator[str]:
        """A misspelt key is reported, with its place, in the section and in each nested record."""
        candidate = self._candidate
        full = candidate.accepted(candidate.samples("zh_Hans", size=1))
        if full is None:
            full = dict(candidate.examples[0])
        for path in ((), *records(candidate.model)):
            spoilt = _with_unknown(full, path)
            if spoilt is None:
                continue
            place = ".".join(("sections[0]", *path))
            try:
                candidate.load(spoilt)
            except RecordError as error:
                if not any(path_of(fault)[-1:] == (_UNKNOWN,) for fault in error.faults):
                    yield f"an unknown key in {place} is refused without its place: {error}"
            else:
                yield f'an unknown key in {place} is let pass; is its model a Record, and extra="forbid"?'

    @holds("all formats say what the document says, in its order")
    def test_all_formats_agree(self) -> Iterator[str]:
        """Every format shows the whole document, in every language: all texts and numbers, in the same order."""
        candidate = self._candidate
        for locale in document_locales(candidate.registry, candidate.kind):
            for name, section in candidate.sections(locale):
                document = candidate.document(section, locale)
                for format_name, problem in self._lost(document):
                    yield f"{locale}, {format_name}, {name}: {problem}"

    @holds("the same record gives the same document and the same bytes")
    def test_rendering_is_deterministic(self) -> Iterator[str]:
        """The same record gives the same document, and the same bytes in every format."""
        candidate = self._candidate
        for locale in candidate.locales():
            for name, section in candidate.sections(locale):
                document, again = candidate.document(section, locale), candidate.document(section, locale)
                if document != again:
                    yield f"{locale}, {name}: composed twice, the documents differ"
                for format_name in candidate.registry.formats:
                    if candidate.rendered(document, format_name) != candidate.rendered(again, format_name):
                        yield f"{locale}, {format_name}, {name}: rendered twice, the bytes differ"

    @holds("what is not known leaves no trace")
    def test_empty_data_leaves_no_trace(self) -> Iterator[str]:
        """A section with no facts, or only with zeros and empty lists, shows nothing, not even a heading."""
        candidate = self._candidate
        for locale in document_locales(candidate.registry, candidate.kind):
            without = candidate.engine.compose(candidate.engine.load(candidate.record((), locale)), locale)
            zeros = candidate.samples(locale, size=0, number=0).section(candidate.kind)
            needed = candidate.samples(locale, size=0, number=0).section(candidate.kind, lambda path: False)
            empty = {name: value for name, value in zeros.items() if _is_nothing(value)}
            for name, section in (("only its kind", needed), ("only zeros and empty lists", {**needed, **empty})):
                if not all(key == "kind" or _is_nothing(value) for key, value in section.items()):
                    continue  # A kind that requires a text or a date always shows it.
                try:
                    document = candidate.document(section, locale)
                except RecordError:
                    continue  # The section must not be empty, so that is accepted.
                shown = texts_of(document)[len(texts_of(without)) :]
                if document.blocks != without.blocks:
                    yield f"{locale}: a section with {name} shows {' | '.join(shown) or 'blocks without text'}"

    @holds("with one field alone the wording is sound")
    def test_each_field_alone_is_shown_well(self) -> Iterator[str]:
        """With any single fact, the sentences are sound: nothing is left over, doubled or dangling."""
        candidate = self._candidate
        for locale in candidate.locales():
            known = faults_of(locale, candidate.registry.folders)
            for target in [(), *fields(candidate.model)]:
                for size, full in ((1, False), (1, True), (2, True), (5, True)):
                    wanted = alone(target, full=full) if target else everything
                    section = candidate.accepted(candidate.samples(locale, size=size), wanted, locale)
                    if section is not None:
                        for fault in faults(candidate.document(section, locale), known):
                            yield f"{locale}, {'.'.join(target) or 'all fields'} ({size} of each): {fault}"

    @holds("texts come out as they went in")
    def test_any_text_survives(self) -> Iterator[str]:
        """Markup and unusual characters in any text of the record are shown unchanged in every format."""
        candidate = self._candidate
        for locale in candidate.locales():
            plain, kept = candidate.marked(locale, "")
            clean = squeezed("\n".join(texts_of(candidate.document(plain, locale))))
            for hostile in HOSTILE:
                section, sent = candidate.marked(locale, hostile)
                document = candidate.document(section, locale)
                seen = _marked_alike(squeezed("\n".join(texts_of(document))))
                for path, text in sent.items():
                    if path in kept and kept[path] in clean and _marked_alike(squeezed(text)) not in seen:
                        yield f"{locale}, {'.'.join(path)}: the template changes or drops “{text}”"
                for format_name, problem in self._lost(document):
                    yield f"{locale}, {format_name}: {problem}"

    @holds("the template shows every text; a field that is not to be shown is named in the attribute not_shown")
    def test_every_text_is_shown(self) -> Iterator[str]:
        """No text of the record is left out by the template of any language."""
        candidate = self._candidate
        for locale in candidate.locales():
            section, sent = candidate.marked(locale, "")
            seen = squeezed("\n".join(texts_of(candidate.document(section, locale))))
            for path, text in sent.items():
                if ".".join(path) not in self.not_shown and text not in seen:
                    yield f"{locale}: {'.'.join(path)}"

    @holds("“{self.kind}” is named and explained in every language that it is written in")
    def test_everything_is_translated(self) -> Iterator[str]:
        """Headings, columns, keys, choices and explanations have a label in every language of the kind."""
        candidate = self._candidate
        for locale in candidate.locales():
            for problem in untranslated(candidate.registry, candidate.kind, locale):
                yield f"{locale}: {problem}"

    @holds("templates are sound, and tell long lists")
    def test_the_template_is_sound_and_within_its_budget(self) -> Iterator[str]:
        """Templates have the required structure, get plain data, and can write lists of a thousand entries."""
        candidate = self._candidate
        for locale in candidate.locales():
            if candidate.registry.kinds[candidate.kind].compose is None:
                try:
                    candidate.registry.composer(locale).places(f"sections/{candidate.kind}.jinja")
                except JinjaError as error:
                    yield f"{locale}: line {getattr(error, 'lineno', '?')}: {error}"
                    continue
            for path in [None, *lists(candidate.model)]:
                sizes = {} if path is None else {path: _LONG}
                samples = candidate.samples(locale, size=1, sizes=sizes)
                wanted = everything if path is None else alone(path, full=True)
                try:
                    section = candidate.whole(samples, wanted, locale)
                    if section is not None:
                        candidate.counted_document(section, locale)
                except KepuError as error:
                    what = "all fields" if path is None else f"{'.'.join(path)} with {_LONG} entries"
                    yield f"{locale}, {what}: {error}"

    @holds("what templates and catalogues name is there, and no value is lost")
    def test_the_wording_names_what_is_there(self) -> Iterator[str]:
        """Facts exist, phrases show their values, columns and choices have labels; each label is used."""
        candidate = self._candidate
        check = TemplateCheck(candidate.registry)
        check.know(candidate.kind, [candidate.record((section,), "zh_Hans") for section in candidate.examples])
        template = f"sections/{candidate.kind}.jinja"
        for folder in candidate.registry.folders:
            for locale in candidate.locales():
                place = folder.joinpath(locale)
                names = [name for name in (template, MESSAGES) if place.joinpath(*name.split("/")).is_file()]
                if template in names or _names(place.joinpath(MESSAGES), candidate.kind):
                    yield from (f"{locale}: {fault}" for name in names for fault in check.of(folder, locale, name))

    @holds("twice as many entries take twice the time")
    def test_time_grows_linearly(self) -> Iterator[str]:
        """Twice as many entries take twice the time, in each list."""
        candidate = self._candidate
        for path in lists(candidate.model):
            compose = candidate.composing(path)
            if compose is None:
                continue
            found = growth(compose, SIZE)
            if found >= LINEAR:
                yield f"{'.'.join(path)}: the last doubling costs {found:.1f} times the one before; linear is 2"

    @holds("“{self.kind}” is in starter records and workbooks")
    def test_starter_record_and_workbook_hold_it(self) -> Iterator[str]:
        """``kepu-docs new`` prints a record with it that loads, and ``kepu-docs workbook`` has a sheet for it."""
        candidate = self._candidate
        for locale in document_locales(candidate.registry, candidate.kind):
            words = candidate.engine.languages.words(locale)
            text = starter_record(candidate.registry, [candidate.kind], words)
            try:
                summary = candidate.engine.read(text.encode(), "yaml", "starter")
            except RecordError as error:
                yield f"{locale}: the starter record does not load: {error}"
            else:
                if [section.kind for section in summary.sections] != [candidate.kind]:
                    yield f"{locale}: the starter record has no section of the kind"
            if importlib.util.find_spec("xlsxwriter"):
                yield from _without_sheet(candidate, locale)

    @holds("sections of old documents are recognised as “{self.kind}”, and their sentences as facts")
    def test_old_documents_are_recognised(self) -> Iterator[str]:
        """A section of an old document under each of ``headings`` is of the kind, and ``sentences`` fill its fields."""
        candidate = self._candidate
        recognition = candidate.registry.kinds[candidate.kind].recognition
        if recognition is None:
            for attribute in ("headings", "sentences"):
                if getattr(self, attribute):
                    yield f"it is given {attribute}, and has no recognition"
            return
        if not self.headings:
            yield "the kind has a recognition; give headings of old documents for it in the attribute headings"
        kinds = Kinds(candidate.registry, candidate.engine.languages.vocabulary)
        for heading in self.headings:
            found = kinds.of(heading, "")
            if found != candidate.kind:
                yield f"a section under the heading “{heading}” is recognised as “{found}”"
        facts = Facts(candidate.registry)
        for sentence, expected in self.sentences.items():
            found_there = facts.of_text(candidate.kind, Text(sentence, Place()))
            taken = {".".join(map(str, fact.path)): fact.value for fact in found_there}
            for field, value in expected.items():
                if taken.get(field) != value:
                    yield f"“{sentence}” gives {field}: {taken.get(field)!r}; expected {value!r}"
        # An entry of a list is named by its number: awards.0.
        shown = {re.sub(r"\.[0-9]+$", "", field) for expected in self.sentences.values() for field in expected}
        for field in dict.fromkeys(amount.field for amount in recognition.amounts):
            if field not in shown:
                yield f"{field} is an amount of its recognition; give a sentence for it in the attribute sentences"


def _names(catalog: Traversable, kind: str) -> bool:
    """Return whether a catalogue has the heading of a kind."""
    entries = read_catalog_file(catalog).entries if catalog.is_file() else ()
    return any((entry.context, entry.identifier) == ("kind", kind) for entry in entries)


def _without_sheet(candidate: Candidate, locale: str) -> Iterator[str]:
    words = candidate.engine.languages.words(locale)
    try:
        data = empty_workbook(candidate.registry, [candidate.kind], words)
    except Exception as error:  # names too long for a sheet, or anything else that a model may contain
        yield f"{locale}: no workbook can be made: {error!r}"
        return
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = book.read("xl/workbook.xml").decode()
    if words.choice(candidate.kind) not in sheets:
        yield f"{locale}: the workbook has no sheet called “{words.choice(candidate.kind)}”"


def _is_nothing(value: Any) -> bool:
    return value == [] or (isinstance(value, Mapping) and value.get("value") == 0)


def _with_unknown(section: Mapping[str, Any], path: Path) -> dict[str, Any] | None:
    """Return a section with an unknown key in the record at ``path``; ``None`` if there is no such record."""
    if not path:
        return {**section, _UNKNOWN: 1}
    inner = section.get(path[0])
    if isinstance(inner, list | tuple):
        if not (inner and isinstance(inner[0], Mapping)):
            return None
        spoilt = _with_unknown(inner[0], path[1:])
        return None if spoilt is None else {**section, path[0]: [spoilt, *inner[1:]]}
    spoilt = _with_unknown(inner, path[1:]) if isinstance(inner, Mapping) else None
    return None if spoilt is None else {**section, path[0]: spoilt}


_QUOTES: Final = str.maketrans(dict.fromkeys("“”‘’「」『』'", '"'))


def _marked_alike(text: str) -> str:
    """Return ``text`` with quotation marks of one form: nested ones change their form (GB/T 15834-2011, 4.8.3.3)."""
    return text.translate(_QUOTES)
