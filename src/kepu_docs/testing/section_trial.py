"""What breaks a section kind, rule by rule: each function yields the problems that it finds."""

import importlib.util
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, Final

from jinja2 import TemplateError as JinjaError

from kepu_docs.errors import KepuError, Place, RecordError
from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.importing.facts.sentences import Facts
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Text
from kepu_docs.pipeline import empty_workbook, starter_record
from kepu_docs.testing.candidate import SIZE, Candidate, path_of
from kepu_docs.testing.said import squeezed, texts_of
from kepu_docs.testing.samples import Path, alone, everything, fields, lists, records
from kepu_docs.testing.steps import LINEAR, growth
from kepu_docs.testing.texts import HOSTILE
from kepu_docs.testing.translations import document_locales, untranslated
from kepu_docs.testing.wording import faults, faults_of

_LONG: Final = 1000
"""Entries of a list that a template must tell within its budget."""
_UNKNOWN: Final = "kepu_unknown"


def reloaded(candidate: Candidate) -> Iterator[str]:
    """Yield examples that are no records, or other ones when written and read again."""
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


def let_pass(candidate: Candidate) -> Iterator[str]:
    """Yield records within the section that take a key which no field has."""
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


def disagreeing(candidate: Candidate) -> Iterator[str]:
    """Yield what a format does not show, or not in its place."""
    for locale in document_locales(candidate.registry, candidate.kind):
        for name, section in candidate.told(locale):
            document = candidate.document(section, locale)
            for format_name, problem in candidate.lost(document):
                yield f"{locale}, {format_name}, {name}: {problem}"


def changing(candidate: Candidate) -> Iterator[str]:
    """Yield what differs when the same is made twice."""
    for locale in candidate.locales():
        for name, section in candidate.told(locale):
            document, again = candidate.document(section, locale), candidate.document(section, locale)
            if document != again:
                yield f"{locale}, {name}: composed twice, the documents differ"
            for format_name in candidate.registry.renderers:
                if candidate.engine.render(document, format_name) != candidate.engine.render(again, format_name):
                    yield f"{locale}, {format_name}, {name}: rendered twice, the bytes differ"


def told_of_nothing(candidate: Candidate) -> Iterator[str]:
    """Yield what is shown of a section of which nothing is known."""
    for locale in document_locales(candidate.registry, candidate.kind):
        without = candidate.engine.compose(candidate.engine.load(candidate.record((), locale)), locale)
        zeros = candidate.samples(locale, size=0, number=0).section(candidate.kind)
        needed = candidate.samples(locale, size=0, number=0).section(candidate.kind, lambda path: False)
        empty = {name: value for name, value in zeros.items() if _is_nothing(value)}
        for name, section in (("only its kind", needed), ("only zeros and empty lists", {**needed, **empty})):
            if not all(key == "kind" or _is_nothing(value) for key, value in section.items()):
                continue  # A kind that needs a text or a date always tells it.
            try:
                document = candidate.document(section, locale)
            except RecordError:
                continue  # It must not be empty; so be it.
            told = texts_of(document)[len(texts_of(without)) :]
            if document.blocks != without.blocks:
                yield f"{locale}: a section with {name} shows {' | '.join(told) or 'blocks without text'}"


def unsound(candidate: Candidate) -> Iterator[str]:
    """Yield faults of sentences when one field alone is known."""
    for locale in candidate.locales():
        known = faults_of(locale, candidate.registry.folders)
        for target in [(), *fields(candidate.model)]:
            for size, full in ((1, False), (1, True), (2, True), (5, True)):
                wanted = alone(target, full=full) if target else everything
                section = candidate.accepted(candidate.samples(locale, size=size), wanted, locale)
                if section is not None:
                    for fault in faults(candidate.document(section, locale), known):
                        yield f"{locale}, {'.'.join(target) or 'all fields'} ({size} of each): {fault}"


def silent(candidate: Candidate) -> Iterator[str]:
    """Yield texts of the record that are not told."""
    for locale in candidate.locales():
        section, sent = candidate.marked(locale, "")
        seen = squeezed("\n".join(texts_of(candidate.document(section, locale))))
        for path, text in sent.items():
            if ".".join(path) not in candidate.untold and text not in seen:
                yield f"{locale}: {'.'.join(path)}"


def spoilt(candidate: Candidate) -> Iterator[str]:
    """Yield hostile texts that do not come out as they went in."""
    for locale in candidate.locales():
        plain, told = candidate.marked(locale, "")
        clean = squeezed("\n".join(texts_of(candidate.document(plain, locale))))
        for hostile in HOSTILE:
            section, sent = candidate.marked(locale, hostile)
            document = candidate.document(section, locale)
            seen = squeezed("\n".join(texts_of(document)))
            for path, text in sent.items():
                if path in told and told[path] in clean and squeezed(text) not in seen:
                    yield f"{locale}, {'.'.join(path)}: the template changes or drops “{text}”"
            for format_name, problem in candidate.lost(document):
                yield f"{locale}, {format_name}: {problem}"


def overdone(candidate: Candidate) -> Iterator[str]:
    """Yield templates that are wrong, or that cannot tell long lists."""
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
                    candidate.document(section, locale)
            except KepuError as error:
                what = "all fields" if path is None else f"{'.'.join(path)} with {_LONG} entries"
                yield f"{locale}, {what}: {error}"


def growing(candidate: Candidate) -> Iterator[str]:
    """Yield lists with which time grows faster than they do."""
    for path in lists(candidate.model):
        compose = candidate.composing(path)
        if compose is None:
            continue
        found = growth(compose, SIZE)
        if found >= LINEAR:
            yield f"{'.'.join(path)}: the last doubling costs {found:.1f} times the one before; linear is 2"


def not_offered(candidate: Candidate) -> Iterator[str]:
    """Yield starter records and workbooks without the kind."""
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


def _without_sheet(candidate: Candidate, locale: str) -> Iterator[str]:
    words = candidate.engine.languages.words(locale)
    try:
        data = empty_workbook(candidate.registry, [candidate.kind], words)
    except Exception as error:  # names too long for a sheet, and whatever else a model may bring
        yield f"{locale}: no workbook can be made: {error!r}"
        return
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheets = book.read("xl/workbook.xml").decode()
    if words.choice(candidate.kind) not in sheets:
        yield f"{locale}: the workbook has no sheet called “{words.choice(candidate.kind)}”"


def unrecognised(candidate: Candidate) -> Iterator[str]:
    """Yield headings that another kind is recognised by, and facts that are not taken out of sentences."""
    told = candidate.registry.kinds[candidate.kind].recognition
    if told is None:
        yield from (f"it is given {what}, and has no recognition" for what in _given(candidate))
        return
    if not candidate.headings:
        yield "the kind has a recognition; give headings of old documents that it recognises in the attribute headings"
    kinds = Kinds(candidate.registry, candidate.engine.languages.vocabulary)
    for heading in candidate.headings:
        found = kinds.of(heading, "")
        if found != candidate.kind:
            yield f"a section under the heading “{heading}” is recognised as “{found}”"
    facts = Facts(candidate.registry)
    for sentence, expected in candidate.sentences.items():
        notes: list[Note] = []
        taken = {
            ".".join(map(str, fact.path)): fact.value
            for fact in facts.of(candidate.kind, [Text(sentence, Place())], notes)
        }
        for field, value in expected.items():
            if taken.get(field) != value:
                yield f"“{sentence}” gives {field}: {taken.get(field)!r}; expected {value!r}"
    # An entry of a list is told with its number: awards.0.
    shown = {re.sub(r"\.[0-9]+$", "", field) for expected in candidate.sentences.values() for field in expected}
    for field in dict.fromkeys(amount.field for amount in told.amounts):
        if field not in shown:
            yield f"{field} is an amount of its recognition; give a sentence that states it in the attribute sentences"


def _given(candidate: Candidate) -> Iterator[str]:
    if candidate.headings:
        yield "headings"
    if candidate.sentences:
        yield "sentences"


def unnamed(candidate: Candidate) -> Iterator[str]:
    """Yield what has no name or explanation in a language."""
    for locale in candidate.locales():
        for problem in untranslated(candidate.registry, candidate.kind, locale):
            yield f"{locale}: {problem}"


def _is_nothing(value: Any) -> bool:
    return value == [] or (isinstance(value, Mapping) and value.get("value") == 0)


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
