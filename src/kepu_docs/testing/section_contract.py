"""What every section kind must hold: a class of tests to inherit from."""

import importlib.util
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from jinja2 import TemplateError as JinjaError

from kepu_docs.blocks import Document
from kepu_docs.errors import Fault, KepuError, RecordError
from kepu_docs.gathering import override_key
from kepu_docs.pipeline import Engine, empty_workbook, starter_record
from kepu_docs.registry import Registry
from kepu_docs.schema import Section, WorkSummary
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.readers import READERS, Reader
from kepu_docs.testing.said import missing, squeezed, texts_of
from kepu_docs.testing.samples import (
    Path,
    Samples,
    Text,
    Wanted,
    alone,
    everything,
    fields,
    lists,
    records,
    values_at,
    written_in,
)
from kepu_docs.testing.steps import LINEAR, growth
from kepu_docs.testing.texts import HOSTILE
from kepu_docs.testing.translations import document_locales, untranslated, wording_locales
from kepu_docs.testing.verdict import verdict
from kepu_docs.testing.wording import faults, faults_of, words_of

_SIZE = 60
"""Of lists, when it is looked at how time grows with them; four times that is the longest."""
_LONG = 1000
"""Entries of a list that a template must tell within its budget."""


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

    @property
    def engine(self) -> Engine:
        """What loads, composes and renders."""
        return engine_of(self.plugins)

    @property
    def registry(self) -> Registry:
        """The plugins at hand. Fails where none of them has the kind."""
        registry = self.engine.registry
        if self.kind not in registry.kinds:
            pytest.fail(
                f"no plugin has the section kind “{self.kind}”: install yours (pip install -e .), or name its module "
                f"in the attribute plugins. There are: {', '.join(registry.kinds)}",
                pytrace=False,
            )
        return registry

    @property
    def model(self) -> type[Section]:
        """The model of the kind."""
        return self.registry.kinds[self.kind].model

    def record(self, *sections: Mapping[str, Any], locale: str = "zh_Hans") -> dict[str, Any]:
        """Return a record with sections. Override it where the kind needs more of the record than this."""
        words = words_of(locale)
        return {
            "community": {"name": words.community, "residents": 8600},
            "period": 2025,
            "opening": words.opening,
            "sections": list(sections),
        }

    # What is tested.

    def test_the_examples_load_and_load_again(self) -> None:
        """Each example is a record, and what is written of it is again the same record."""
        verdict(f"the examples of “{self.kind}” are records, and stay what they are", self._reloaded())

    def test_unknown_keys_are_refused(self) -> None:
        """A misspelt key is told, with its place, in the section and in each record within it."""
        verdict("a key that no field has is refused, and its place told", self._let_pass())

    def test_all_formats_agree(self) -> None:
        """Every format says what the document says, in every language: all texts, numbers and their order."""
        verdict("all formats say what the document says, in its order", self._disagreeing())

    def test_rendering_is_deterministic(self) -> None:
        """The same record gives the same document, and the same bytes in every format."""
        verdict("the same record gives the same document and the same bytes", self._changing())

    def test_empty_data_leaves_no_trace(self) -> None:
        """A section of which nothing is known, or only zeros and empty lists, shows nothing: no heading either."""
        verdict("what is not known leaves no trace", self._told_of_nothing())

    def test_each_field_alone_is_told_well(self) -> None:
        """Whatever is known alone, the sentences are sound: nothing left over, no mark doubled or dangling."""
        verdict("with one field alone the wording is sound", self._unsound())

    def test_any_text_survives(self) -> None:
        """Markup and odd letters in any text of the record come out of every format as they went in."""
        verdict("texts come out as they went in", self._spoilt())

    def test_every_text_is_told(self) -> None:
        """No text of the record is forgotten by the template of a language."""
        rule = "the template tells every text; a field that is not to be told is named in the attribute untold"
        verdict(rule, self._silent())

    def test_everything_is_translated(self) -> None:
        """Headings, columns, keys, choices and explanations have a label in every language of the kind."""
        verdict(
            f"“{self.kind}” is named and explained in every language that it is told in",
            (
                f"{locale}: {problem}"
                for locale in wording_locales(self.registry, self.kind)
                for problem in untranslated(self.registry, self.kind, locale)
            ),
        )

    def test_the_template_is_sound_and_within_its_budget(self) -> None:
        """Templates are of the structure that templates have, get plain data, and tell lists of a thousand entries."""
        verdict("templates are sound, and tell long lists", self._overdone())

    def test_time_grows_linearly(self) -> None:
        """Twice as many entries take twice the time, in each list."""
        verdict("twice as many entries take twice the time", self._growing())

    def test_starter_record_and_workbook_hold_it(self) -> None:
        """``kepu-docs new`` prints a record with it that loads, and ``kepu-docs workbook`` has a sheet for it."""
        verdict(f"“{self.kind}” is in starter records and workbooks", self._not_offered())

    # How.

    def _locales(self) -> tuple[str, ...]:
        found = wording_locales(self.registry, self.kind)
        if not found:
            verdict(
                f"“{self.kind}” is told in some language",
                [
                    f"no plugin has a template LOCALE/sections/{self.kind}.jinja; does yours implement kepu_templates?"
                    if self.registry.kinds[self.kind].compose is None
                    else f'no messages.po has a heading of the kind: msgctxt "kind", msgid "{self.kind}"'
                ],
            )
        return found

    def _examples(self) -> Sequence[Mapping[str, Any]]:
        examples: Sequence[Mapping[str, Any]] = getattr(self, "sections", ())
        if not examples:
            verdict(
                "a contract needs examples", [f"give {type(self).__name__} an attribute sections, with one at least"]
            )
        return examples

    def _load(self, section: Mapping[str, Any], locale: str = "zh_Hans") -> WorkSummary:
        return self.engine.load(self.record(section, locale=locale))

    def _document(self, section: Mapping[str, Any], locale: str) -> Document:
        return self.engine.compose(self._load(section, locale), locale)

    def _samples(self, locale: str, text: Text | None = None, **options: Any) -> Samples:
        return Samples(self.model, text or written_in(words_of(locale)), **options)

    def _accepted(
        self, samples: Samples, wanted: Wanted = everything, locale: str = "zh_Hans"
    ) -> dict[str, Any] | None:
        """Return a sample that the model takes, with the examples' values where it refuses others.

        ``None`` where it refuses the section as a whole, by a rule about several fields.
        """
        given = dict(samples.given)
        while True:
            section = replace(samples, given=given).section(self.kind, wanted)
            try:
                self._load(section, locale)
            except RecordError as error:
                refused = [path for path in map(_path, error.faults) if path]
                if not refused:
                    return None
                for path in refused:
                    value = next((value for each in self._examples() for value in values_at(each, path)), None)
                    if value is None or path in given:
                        verdict(
                            f"samples of “{self.kind}” can be made from its model and your examples",
                            [f"{fault}; give an example that has {'.'.join(path)}" for fault in error.faults],
                        )
                    given[path] = value
            else:
                return section

    def _told(self, locale: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the examples and a full sample, each with its name."""
        yield from ((f"sections[{at}]", section) for at, section in enumerate(self._examples()))
        full = self._accepted(self._samples(locale), locale=locale)
        if full is not None:
            yield "a sample with all fields", full

    def _readers(self) -> Iterator[tuple[str, Reader | None]]:
        """Yield the formats with their readers. Of one in which somebody overrides the kind, nothing is known."""
        known = {**READERS, **self.readers}
        overridden = {key for info in self.registry.plugins for key in info.overrides if key not in info.idle}
        for name in self.registry.renderers:
            yield name, None if override_key(self.kind, name) in overridden else known.get(name)

    def _reloaded(self) -> Iterator[str]:
        for at, section in enumerate(self._examples()):
            if section.get("kind") != self.kind:
                yield f"sections[{at}] has kind: {section.get('kind')!r}; expected {self.kind!r}"
                continue
            try:
                summary = self._load(section)
                again = self.engine.read(summary.model_dump_json(exclude_unset=True).encode(), "json", "again")
            except RecordError as error:
                yield f"sections[{at}] is refused: {error}"
                continue
            if again != summary:
                yield f"sections[{at}] is another when written and read again: {again!r}, and was {summary!r}"

    def _let_pass(self) -> Iterator[str]:
        full = self._accepted(self._samples("zh_Hans", size=1))
        if full is None:
            full = dict(self._examples()[0])
        for path in ((), *records(self.model)):
            spoilt = _with_unknown(full, path)
            if spoilt is None:
                continue
            place = ".".join(("sections[0]", *path))
            try:
                self._load(spoilt)
            except RecordError as error:
                if not any(_path(fault)[-1:] == (_UNKNOWN,) for fault in error.faults):
                    yield f"an unknown key in {place} is refused without its place: {error}"
            else:
                yield f'an unknown key in {place} is let pass; is its model a Record, and extra="forbid"?'

    def _disagreeing(self) -> Iterator[str]:
        for locale in document_locales(self.registry, self.kind):
            for name, section in self._told(locale):
                document = self._document(section, locale)
                for format_name, problem in self._lost(document):
                    yield f"{locale}, {format_name}, {name}: {problem}"

    def _lost(self, document: Document) -> Iterator[tuple[str, str]]:
        """Yield what is not shown of a document, with the format that does not show it."""
        for name, reader in self._readers():
            data = self.engine.render(document, name)
            if reader is not None:
                # Plain text wraps cells inside their columns.
                problem = missing(reader(data), document, wrapped=name == "txt")
                if problem:
                    yield name, problem

    def _changing(self) -> Iterator[str]:
        for locale in self._locales():
            for name, section in self._told(locale):
                document, again = self._document(section, locale), self._document(section, locale)
                if document != again:
                    yield f"{locale}, {name}: composed twice, the documents differ"
                for format_name in self.registry.renderers:
                    if self.engine.render(document, format_name) != self.engine.render(again, format_name):
                        yield f"{locale}, {format_name}, {name}: rendered twice, the bytes differ"

    def _told_of_nothing(self) -> Iterator[str]:
        for locale in document_locales(self.registry, self.kind):
            without = self.engine.compose(self.engine.load(self.record(locale=locale)), locale)
            zeros = self._samples(locale, size=0, number=0).section(self.kind)
            needed = self._samples(locale, size=0, number=0).section(self.kind, lambda path: False)
            empty = {name: value for name, value in zeros.items() if _is_nothing(value)}
            for name, section in (("only its kind", needed), ("only zeros and empty lists", {**needed, **empty})):
                if not all(key == "kind" or _is_nothing(value) for key, value in section.items()):
                    continue  # A kind that needs a text or a date always tells it.
                try:
                    document = self._document(section, locale)
                except RecordError:
                    continue  # It must not be empty; so be it.
                told = texts_of(document)[len(texts_of(without)) :]
                if document.blocks != without.blocks:
                    yield f"{locale}: a section with {name} shows {' | '.join(told) or 'blocks without text'}"

    def _unsound(self) -> Iterator[str]:
        for locale in self._locales():
            known = faults_of(locale, self.registry.folders)
            for target in [(), *fields(self.model)]:
                for size, full in ((1, False), (1, True), (2, True), (5, True)):
                    wanted = alone(target, full=full) if target else everything
                    section = self._accepted(self._samples(locale, size=size), wanted, locale)
                    if section is not None:
                        for fault in faults(self._document(section, locale), known):
                            yield f"{locale}, {'.'.join(target) or 'all fields'} ({size} of each): {fault}"

    def _silent(self) -> Iterator[str]:
        for locale in self._locales():
            section, sent = self._marked(locale, "")
            seen = squeezed("\n".join(texts_of(self._document(section, locale))))
            for path, text in sent.items():
                if ".".join(path) not in self.untold and text not in seen:
                    yield f"{locale}: {'.'.join(path)}"

    def _spoilt(self) -> Iterator[str]:
        for locale in self._locales():
            plain, told = self._marked(locale, "")
            clean = squeezed("\n".join(texts_of(self._document(plain, locale))))
            for hostile in HOSTILE:
                section, sent = self._marked(locale, hostile)
                document = self._document(section, locale)
                seen = squeezed("\n".join(texts_of(document)))
                for path, text in sent.items():
                    if path in told and told[path] in clean and squeezed(text) not in seen:
                        yield f"{locale}, {'.'.join(path)}: the template changes or drops “{text}”"
                for format_name, problem in self._lost(document):
                    yield f"{locale}, {format_name}: {problem}"

    def _marked(self, locale: str, text: str) -> tuple[dict[str, Any], dict[Path, str]]:
        """Return a section with ``text`` and a mark of its own in each text that takes it, and these texts."""
        sent: dict[Path, str] = {}

        def marked(path: Path, nth: int, limit: int) -> str:
            whole = f"{text}{_mark(path)}{nth + 1}"
            if len(whole) > limit:
                return written_in(words_of(locale))(path, nth, limit)
            sent[path] = whole[:-1]
            return whole

        section = self._accepted(self._samples(locale, marked), locale=locale)
        if section is None:
            return dict(self._examples()[0]), {}
        # Where the model refused it stands what an example has.
        taken = {path: each for path, each in sent.items() if any(each in str(v) for v in values_at(section, path))}
        return section, taken

    def _overdone(self) -> Iterator[str]:
        for locale in self._locales():
            if self.registry.kinds[self.kind].compose is None:
                try:
                    self.registry.composer(locale).places(f"sections/{self.kind}.jinja")
                except JinjaError as error:
                    yield f"{locale}: line {getattr(error, 'lineno', '?')}: {error}"
                    continue
            for path in [None, *lists(self.model)]:
                sizes = {} if path is None else {path: _LONG}
                samples = self._samples(locale, size=1, sizes=sizes)
                wanted = everything if path is None else alone(path, full=True)
                try:
                    section = self._whole(samples, wanted, locale)
                    if section is not None:
                        self._document(section, locale)
                except KepuError as error:
                    what = "all fields" if path is None else f"{'.'.join(path)} with {_LONG} entries"
                    yield f"{locale}, {what}: {error}"

    def _whole(self, samples: Samples, wanted: Wanted, locale: str) -> dict[str, Any] | None:
        """Return a sample with long lists, or ``None`` where the model has a limit for them."""
        short = self._accepted(replace(samples, sizes={}), wanted, locale)
        if short is None:
            return None
        section = samples.section(self.kind, wanted)
        try:
            self._load(section, locale)
        except RecordError:
            return None
        return section

    def _growing(self) -> Iterator[str]:
        for path in lists(self.model):
            compose = self._composing(path)
            if compose is None:
                continue
            found = growth(compose, _SIZE)
            if found >= LINEAR:
                yield f"{'.'.join(path)}: the last doubling costs {found:.1f} times the one before; linear is 2"

    def _composing(self, path: Path) -> Callable[[int], object] | None:
        """Return what composes a section with so many entries in a list; ``None`` where there cannot be as many."""
        locale = self._locales()[0]
        summaries: dict[int, WorkSummary] = {}
        for size in (_SIZE, 2 * _SIZE, 4 * _SIZE):
            section = self._whole(self._samples(locale, size=1, sizes={path: size}), everything, locale)
            if section is None:
                return None
            summaries[size] = self._load(section, locale)
        return lambda size: self.engine.compose(summaries[size], locale)

    def _not_offered(self) -> Iterator[str]:
        for locale in document_locales(self.registry, self.kind):
            words = self.engine.languages.words(locale)
            text = starter_record(self.registry, [self.kind], words)
            try:
                summary = self.engine.read(text.encode(), "yaml", "starter")
            except RecordError as error:
                yield f"{locale}: the starter record does not load: {error}"
            else:
                if [section.kind for section in summary.sections] != [self.kind]:
                    yield f"{locale}: the starter record has no section of the kind"
            if importlib.util.find_spec("xlsxwriter"):
                yield from self._without_sheet(locale)

    def _without_sheet(self, locale: str) -> Iterator[str]:
        words = self.engine.languages.words(locale)
        try:
            data = empty_workbook(self.registry, [self.kind], words)
        except Exception as error:  # names too long for a sheet, and whatever else a model may bring
            yield f"{locale}: no workbook can be made: {error!r}"
            return
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            sheets = book.read("xl/workbook.xml").decode()
        if words.choice(self.kind) not in sheets:
            yield f"{locale}: the workbook has no sheet called “{words.choice(self.kind)}”"


_UNKNOWN = "kepu_unknown"


def _is_nothing(value: Any) -> bool:
    return value == [] or (isinstance(value, Mapping) and value.get("value") == 0)


def _path(fault: Fault) -> Path:
    """Return the way to a fault's field within its section, by names."""
    names = [part.partition("[")[0] for part in fault.place.field.split(".")]
    return tuple(names[1:])


def _mark(path: Path) -> str:
    """Return letters that tell fields apart, and that no format or language changes."""
    return "甲" + "".join(chr(0x4E00 + ord(letter)) for letter in "".join(path))


def _with_unknown(section: Mapping[str, Any], path: Path) -> dict[str, Any] | None:
    """Return a section with a key too many in the record at ``path``; ``None`` where there is no such record."""
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
