"""The contract of every rule of the checker: a class of tests to inherit from."""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import chain
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kepu_docs.contract.checks import Check, Finding, Severity, Subject
from kepu_docs.errors import Message, RecordError
from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import parents
from kepu_docs.pipeline import Engine
from kepu_docs.schema.shapes import literals
from kepu_docs.schema.written import written_texts
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.record_strategies import records
from kepu_docs.testing.steps import LINEAR, growth
from kepu_docs.testing.text_strategies import HOSTILE, texts
from kepu_docs.testing.verdict import holds, raised, shortened, verdict

_SIZE: Final = 40
"""How often a text or an entry is repeated when the growth of time is measured; the most is four times that."""
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST: Final = 20_000
"""The longest text, in characters: as long as a record may have it."""

Problems = Iterator[str]
_MISSING: Final = object()


class CheckContract:
    """The contract of every rule of the checker, as tests.

    Inherit from it in a test module, and give examples of what the rule finds and what it accepts::

        class TestShouting(CheckContract):
            rule = "shouting"
            wrong_texts = {"讲座真精彩！！居民鼓掌。": ["！！"]}
            right_texts = ["讲座真精彩！居民鼓掌。"]

    A rule about facts has ``wrong_records`` and ``right_records`` instead. The tests also use records of their own:
    random texts, sections of any kind, long ones.
    """

    rule: ClassVar[str]
    """The rule's name."""
    plugins: ClassVar[Sequence[object]] = ()
    """Plugins to test with besides kepu-docs, as modules; all installed plugins if none is named."""
    wrong_texts: ClassVar[Mapping[str, Sequence[str]]] = {}
    """Texts, and the words that must be found in each, in order; the text itself if it is found as a whole."""
    right_texts: ClassVar[Sequence[str]] = ()
    """Texts in which nothing may be found."""
    wrong_records: ClassVar[Sequence[tuple[Mapping[str, Any], Sequence[str]]]] = ()
    """Records, and the fields at which something must be found in each: ``sections[0].drills[1].attendance``. Community
    and period may be omitted."""
    right_records: ClassVar[Sequence[Mapping[str, Any]]] = ()
    """Records in which nothing may be found."""
    locales: ClassVar[Sequence[str]] = ("zh_Hans", "zh_Hant")
    """The languages besides English that the rule's messages are translated into."""
    examples: ClassVar[int] = 100
    """How many records are drawn at random."""

    def record(self, text: str) -> Mapping[str, Any]:
        """Return the record of a text; override it for a rule that checks only some fields."""
        return {"sections": [{"kind": "narrative", "heading": "科普工作", "paragraphs": [text]}]}

    def subject(self, record: Mapping[str, Any]) -> Subject:
        """Return the input of the rule for a record.

        Override it for a rule that needs more: an ``earlier`` record, the names of other ``communities``. Raises
        ``RecordError``.
        """
        whole = {"community": {"name": "试验社区"}, "period": 2025, **record}
        summary = self._engine.load(whole)
        return Subject(summary, tuple(written_texts(summary)))

    @cached_property
    def _engine(self) -> Engine:
        return engine_of(self.plugins)

    @property
    def check(self) -> Check:
        """The rule; override it to test a rule that is created in another way."""
        known = self._engine.registry.checks
        if self.rule not in known:
            pytest.fail(
                f"no plugin has the rule “{self.rule}”: install yours (pip install -e .), or name its module in the "
                f"attribute plugins. There are: {', '.join(known)}",
                pytrace=False,
            )
        return known[self.rule]

    # The tests.

    @holds("the rule “{self.rule}” says what it is called, how grave it is, what it finds and why")
    def test_what_it_is_called(self) -> Problems:
        """The name has lower-case letters and hyphens, the severity exists, and the rule is explained in one line."""
        check = self.check
        if not _NAME.fullmatch(check.rule):
            yield f"rule is {check.rule!r}; expected small letters, digits and hyphens, as in 'shelter-capacity'"
        if check.severity not in literals(Severity):
            yield f"severity is {check.severity!r}; expected one of {', '.join(map(repr, literals(Severity)))}"
        for name, text, example in (
            ("about", check.about, "The shelters have room for all residents."),
            ("source", check.source, "a clause of a standard, or the reason for the rule"),
        ):
            if not text.strip() or text != " ".join(text.split()):
                yield f"{name} is {text!r}; expected a sentence on one line: {example}"

    @holds("the rule “{self.rule}” finds what is wrong, and only that")
    def test_what_is_wrong_is_found(self) -> Problems:
        """The words are found in each wrong text, and the fields in each wrong record."""
        if not (self.wrong_texts or self.wrong_records):
            yield "there is nothing to find; give a text in the attribute wrong_texts, or a record in wrong_records"
        for text, expected in self.wrong_texts.items():
            yield from self._differing(text, self.record(text), list(expected), _words)
        for record, expected in self.wrong_records:
            yield from self._differing(shortened(dict(record)), record, list(expected), _fields)

    @holds("the rule “{self.rule}” calls nothing wrong that is right")
    def test_what_is_right_is_let_pass(self) -> Problems:
        """Nothing is found in any correct text or record. Users switch off a rule with false alarms."""
        for text in self.right_texts:
            yield from self._differing(text, self.record(text), [], _words)
        for record in self.right_records:
            yield from self._differing(shortened(dict(record)), record, [], _fields)

    @holds("what the rule “{self.rule}” finds is in the record, and its message can be read")
    def test_findings_are_sound(self) -> Problems:
        """A finding names a field that exists and words within its text, and its values fill its message."""
        for name, subject in self._subjects():
            yield from self._unsound(name, subject)

    @holds("what the rule “{self.rule}” puts right unseen is right")
    def test_what_is_mended_is_right(self) -> Problems:
        """After ``kepu-docs check --fix`` has made the ``safe`` corrections, the rule finds nothing more to correct."""
        for text in self.wrong_texts:
            subject = self.subject(self.record(text))
            mended = _mended(text, subject, self.check)
            if mended == text:
                continue
            after = self.subject(self.record(mended))
            again = _mended(mended, after, self.check)
            if again != mended:
                yield f"“{text}” becomes “{mended}”, and that becomes “{again}”; expected no more to mend"

    def test_any_text_is_looked_through(self) -> None:
        """Any text can be checked: no exception, findings within the text, and the same findings each time."""
        known = [*self.wrong_texts, *self.right_texts, *HOSTILE]
        # Near misses test a rule better than texts without anything to find.
        pieces = st.sampled_from(known) | st.sampled_from(sorted(set("".join(known))))
        mixed = st.lists(pieces, min_size=1, max_size=12).map(lambda drawn: "".join(drawn).strip())
        any_text = (texts() | mixed).filter(lambda text: 0 < len(text) <= _LONGEST)

        @settings(max_examples=self.examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(any_text)
        def check(text: str) -> None:
            try:
                subject = self.subject(self.record(text))
            except RecordError:
                assume(False)
            verdict("any text is looked through", self._unsound(f"“{text}”", subject))

        check()

    def test_any_record_is_looked_through(self) -> None:
        """Any record can be checked: no exception, findings at fields that exist, and the same findings each time."""

        @settings(max_examples=self.examples // 4 or 1, deadline=None, suppress_health_check=list(HealthCheck))
        @given(records(self._engine.registry, max_sections=2))
        def check(record: dict[str, Any]) -> None:
            try:
                subject = self.subject(record)
            except RecordError:
                assume(False)
            verdict("any record is looked through", self._unsound(shortened(record), subject))

        check()

    @holds("twice as many texts or entries take the rule “{self.rule}” twice the time")
    def test_time_grows_linearly(self) -> Problems:
        """A text twice as long, twice as many texts and lists twice as long take twice the time."""
        for text in (*self.wrong_texts, *self.right_texts[:3]):
            yield from self._slow(f"“{text}”, again and again in one text", partial(self._long, text))
            yield from self._slow(f"“{text}”, in many texts", partial(_longer, self.record(text)))
        for mark in dict.fromkeys("".join(chain(*self.wrong_texts.values()))):
            yield from self._slow(f"“{mark}” alone, again and again", partial(self._long, mark * 5))
        for record in (*(record for record, _ in self.wrong_records), *self.right_records[:3]):
            yield from self._slow(f"long lists in {shortened(dict(record))}", partial(_longer, record))

    @holds("what the rule “{self.rule}” says is translated")
    def test_everything_is_translated(self) -> Problems:
        """``about``, ``source`` and the messages of findings are translated into each language, with the same names."""
        check = self.check
        said = {"about": check.about, "source": check.source}
        for name, subject in self._subjects():
            for finding in self._found(subject):
                said[f"the message of what is found in {name}"] = finding.text
        for locale in self.locales:
            catalog = read_catalog(self._engine.registry.folders, parents(locale), "interface.po")
            for text, name in {text: name for name, text in said.items()}.items():
                translated = catalog.find("", text)
                if translated is None:
                    yield f"{locale}: interface.po has no translation of {name}: “{text}”"
                elif (found := _names(translated)) != (expected := _names(text)):
                    yield f"{locale}: “{translated}” has the names {found}; expected {expected}, as “{text}” has"

    # Helpers.

    def _subjects(self) -> Iterator[tuple[str, Subject]]:
        """Yield the examples and hostile texts, each with its name; invalid records are reported elsewhere."""
        given = [(f"“{text}”", self.record(text)) for text in (*self.wrong_texts, *self.right_texts, *HOSTILE)]
        given += [(shortened(dict(record)), record) for record, _ in self.wrong_records]
        given += [(shortened(dict(record)), record) for record in self.right_records]
        for name, record in given:
            with suppress(RecordError):
                yield name, self.subject(record)

    def _found(self, subject: Subject) -> list[Finding]:
        return list(self.check.find(subject))

    def _differing(
        self,
        name: str,
        record: Mapping[str, Any],
        expected: Sequence[str],
        seen: Callable[[Subject, Sequence[Finding]], list[str]],
    ) -> Problems:
        try:
            subject = self.subject(record)
        except RecordError as error:
            yield f"{name} is no record: {error}"
            return
        try:
            found = self._found(subject)
            got = seen(subject, found)
        except (Exception, SystemExit) as error:
            yield f"{name}: {raised(error)}"
            return
        if got != expected:
            said = "".join(f"; it says: {Message(each.text, each.values)}" for each in found[:1])
            yield f"{name}: it found {_shown(got)}; expected {_shown(expected)}{said}"

    def _unsound(self, name: str, subject: Subject) -> Problems:
        """Yield the faults of the findings in a record, including findings that differ from time to time."""
        try:
            found = self._found(subject)
        except (Exception, SystemExit) as error:
            yield f"{name}: {raised(error)}"
            return
        by_path = {field.path: field.text for field in subject.texts}
        for finding in found:
            place = f"{name}, at {_field(finding.path)}"
            if not isinstance(finding, Finding):
                yield f"{name}: it yields {shortened(finding)}; expected a Finding"
                continue
            text = by_path.get(finding.path)
            if text is None and _value(subject.summary, finding.path) is _MISSING:
                yield f"{place}: the record has no such field"
            if finding.end and not (text is not None and 0 <= finding.start < finding.end <= len(text)):
                within = "there is no text" if text is None else f"the text has {len(text)} characters: “{text}”"
                yield f"{place}: the words from {finding.start} to {finding.end} are meant, and {within}"
            elif finding.safe and not finding.end:
                yield f"{place}: it is safe to mend, and no words are named that {finding.right!r} is to replace"
            elif text is not None and finding.right == text[finding.start : finding.end]:
                yield f"{place}: “{finding.right}” would be right, and stands there"
            if finding.safe and finding.right is None:
                yield f"{place}: it is safe to mend, and nothing is right"
            try:
                str(Message(finding.text, finding.values))
                if not finding.values and (names := _names(finding.text)):
                    yield f"{place}: the message “{finding.text}” has no values for the names {names}"
            except (LookupError, ValueError, TypeError) as error:
                yield f"{place}: the message “{finding.text}” cannot be filled with {finding.values!r}: {error!r}"
        if self._found(subject) != found:
            yield f"{name}: looked at a second time, it finds something else"

    def _long(self, text: str, count: int) -> Mapping[str, Any]:
        return self.record(text * count)

    def _slow(self, name: str, record: Callable[[int], Mapping[str, Any]]) -> Problems:
        subjects: dict[int, Subject] = {}
        for size in (_SIZE, 2 * _SIZE, 4 * _SIZE):
            try:
                subjects[size] = self.subject(record(size))
            except RecordError:
                return  # the record cannot be that long
        grows = growth(lambda size: self._found(subjects[size]), _SIZE)
        if grows >= LINEAR:
            yield f"{name}: the last doubling costs {grows:.1f} times the one before; linear is 2"


def _shown(found: Sequence[str]) -> str:
    """Return the words or fields that are found, in a readable form."""
    return ", ".join(f"“{each}”" for each in found) or "nothing"


def _words(subject: Subject, found: Sequence[Finding]) -> list[str]:
    by_path = {field.path: field.text for field in subject.texts}
    where = [(by_path.get(each.path, ""), each) for each in sorted(found, key=lambda each: each.start)]
    return [text[each.start : each.end] if each.end else text for text, each in where]


def _fields(subject: Subject, found: Sequence[Finding]) -> list[str]:
    return [_field(each.path) for each in found]


def _field(path: Sequence[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _value(value: object, path: Sequence[str | int]) -> object:
    """Return the value at a path of a record: a field may exist and be empty."""
    for step in path:
        if isinstance(step, int):
            if not (isinstance(value, tuple) and step < len(value)):
                return _MISSING
            value = value[step]
        else:
            value = getattr(value, step, _MISSING)
    return value


def _mended(text: str, subject: Subject, check: Check) -> str:
    """Return the text with all safe corrections made, the last one first."""
    path = next((field.path for field in subject.texts if field.text == text), None)
    safe = [each for each in check.find(subject) if each.safe and each.path == path and each.right is not None]
    for each in sorted(safe, key=lambda each: each.start, reverse=True):
        text = text[: each.start] + (each.right or "") + text[each.end :]
    return text


def _longer(record: Mapping[str, Any], count: int) -> dict[str, Any]:
    """Return a record whose lists are ``count`` times as long: the lists in the sections, not that of sections."""
    return {
        name: [_longer(section, count) for section in value]
        if name == "sections"
        else list(value) * count
        if isinstance(value, list | tuple)
        else value
        for name, value in record.items()
    }


def _names(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})
