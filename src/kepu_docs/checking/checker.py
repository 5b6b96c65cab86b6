"""The checker: runs all rules that are on over one record."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kepu_docs.checking.exceptions import RULE as UNUSED
from kepu_docs.checking.exceptions import Exceptions
from kepu_docs.checking.places import Candidate, TextPlaces
from kepu_docs.checking.record_writing import CHECKS as OF_WRITING
from kepu_docs.checking.record_writing import Written, written_mistakes
from kepu_docs.checking.remarks import Remark
from kepu_docs.checking.settings import Settings
from kepu_docs.contract.checks import Check, Finding, Severity, Subject
from kepu_docs.errors import N_, KepuError, Message
from kepu_docs.pipeline.engine import Engine
from kepu_docs.registry.offers import CHECKS
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.written import FieldText, written_texts

RECORD: Final = "record"
FAILED: Final = "failed-rule"


def _nothing(subject: Subject) -> Iterable[Finding]:
    return ()


OWN_RULES: Final = (
    Check(
        RECORD,
        "error",
        N_("Records that cannot be read or do not match the schema."),
        N_("What cannot be read can neither be rendered nor checked further."),
        _nothing,
    ),
    Check(
        UNUSED,
        "info",
        N_("Exceptions (# kepu: ignore[rule]) for rules that find nothing there."),
        N_("An exception that is no longer needed hides later problems."),
        _nothing,
    ),
    Check(
        FAILED,
        "error",
        N_("A plugin's rule that fails on a record; the other rules still run."),
        N_("What a rule did not check may be wrong."),
        _nothing,
    ),
    *OF_WRITING,
)
"""Rules about checking itself and about the text of a record; they are not offered by plugins."""


class Checker:
    """Checks records one by one with the rules of one registry. It keeps nothing of a record."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._registry = engine.registry
        self._settings = settings
        self.rules: Mapping[str, Check] = {**engine.registry.checks, **{check.rule: check for check in OWN_RULES}}
        """All available rules, by name."""
        self._on: list[tuple[Check, Severity]] = []
        for check in engine.registry.checks.values():
            severity = settings.severity(check.rule, check.severity)
            if severity:
                self._on.append((check, severity))

    def check(
        self, candidate: Candidate, *, earlier: WorkSummary | None = None, communities: tuple[str, ...] = ()
    ) -> list[Remark]:
        """Return the findings of the rules in a record, in the order of its text."""
        texts = tuple(field for field in written_texts(candidate.summary) if field.path not in candidate.unwritten)
        subject = Subject(
            candidate.summary,
            texts,
            earlier,
            candidate.outline,
            communities,
            self._settings.neighbours,
            candidate.points,
            candidate.guessed,
        )
        by_path = {field.path: (order, field) for order, field in enumerate(texts)}
        places = candidate.places
        exceptions = Exceptions(places) if isinstance(places, TextPlaces) else None
        found: list[tuple[tuple[int, int], Remark]] = []
        for check, severity in self._on:
            try:
                for finding in check.find(subject):
                    order, field = by_path.get(finding.path, (-1, None))
                    remark = _remark(check.rule, severity, finding, field, candidate)
                    if not (exceptions and exceptions.cover(check.rule, finding.path)):
                        found.append(((order, finding.start), remark))
            except (Exception, SystemExit) as error:  # a foreign rule may raise anything
                found.append(((-1, 0), self._failure(check, error, candidate)))
        if isinstance(places, TextPlaces):
            for each in written_mistakes(places, texts):
                severity_of_rule = self._severity(each.rule)
                if severity_of_rule and not (exceptions and exceptions.cover(each.rule, each.path)):
                    order, _ = by_path[each.path]
                    found.append(((order, 0), _written_remark(each, severity_of_rule, candidate.file)))
        remarks = [remark for _, remark in sorted(found, key=lambda each: (*_position(each[1]), *each[0]))]
        if exceptions and self._severity(UNUSED):
            remarks += exceptions.unused(self.rules, [check.rule for check in self._active()])
        return remarks

    def _active(self) -> Iterator[Check]:
        """Yield the rules that check records and are on."""
        yield from (check for check, _ in self._on)
        yield from (check for check in OF_WRITING if self._severity(check.rule))

    def refused(self, error: KepuError, file: str = "") -> Iterator[Remark]:
        """Yield a remark for each fault of a record that cannot be loaded."""
        severity = self._severity(RECORD)
        if severity:
            for fault in error.faults:
                # Faults of a record are described in the language of its keys.
                message = Message.of("{message}", message=fault.shown) if fault.shown else fault.as_message
                yield Remark(RECORD, severity, fault.place, message, file=file)

    def _severity(self, rule: str) -> Severity | None:
        return self._settings.severity(rule, self.rules[rule].severity)

    def _failure(self, check: Check, error: BaseException, candidate: Candidate) -> Remark:
        text = N_("the rule “{rule}” (plugin {plugin}) failed: {error}")
        plugin = self._registry.owners[CHECKS, check.rule]
        message = Message.of(text, rule=check.rule, plugin=plugin, error=repr(error)[:300])
        return Remark(FAILED, "error", candidate.places.place((), "", 0, 0), message, file=candidate.file)


def _written_remark(mistake: Written, severity: Severity, file: str) -> Remark:
    return Remark(
        mistake.rule,
        severity,
        mistake.place,
        mistake.message,
        mistake.words,
        mistake.right,
        file=file,
        path=mistake.path,
    )


def _remark(rule: str, severity: Severity, finding: Finding, field: FieldText | None, candidate: Candidate) -> Remark:
    """Return the remark of a finding, with its place.

    Raises ``ValueError`` if the words are not in the text, and the errors of ``str.format`` if the message has names
    without values.
    """
    words = ""
    if finding.end:
        if field is None or not 0 <= finding.start < finding.end <= len(field.text):
            raise ValueError(f"no words from {finding.start} to {finding.end} at {finding.path}")
        words = field.text[finding.start : finding.end]
    place = candidate.places.place(finding.path, field.text if field else "", finding.start, finding.end)
    message = Message(finding.text, finding.values)
    str(message)
    return Remark(
        rule,
        severity,
        place,
        message,
        words,
        finding.right,
        finding.safe and bool(words),
        file=candidate.file,
        path=finding.path,
        start=finding.start,
    )


def _position(remark: Remark) -> tuple[int, int]:
    return remark.place.line or 0, remark.place.column or 0
