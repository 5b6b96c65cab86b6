"""For people: one line for each remark, and the number of remarks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from kepu_docs.checking.remarks import SEVERITIES, CheckReport, Remark
from kepu_docs.contract.checks import Check
from kepu_docs.errors import N_, Message, Place, Translate
from kepu_docs.errors.visible import harmless, visible

MOST_ALIKE: Final = 5
"""The most remarks of one rule on one record that are listed; a text copied from the web has hundreds."""

SEVERITY_NAMES: Final = {"error": N_("error"), "warning": N_("warning"), "info": N_("note")}
_FIXED: Final = N_("fixed")
_COUNTS: Final = {
    "error": (N_("1 error"), N_("{count} errors")),
    "warning": (N_("1 warning"), N_("{count} warnings")),
    "info": (N_("1 note"), N_("{count} notes")),
}
_LONGEST: Final = 40


def text(report: CheckReport, rules: Mapping[str, Check], translate: Translate) -> str:
    """Return the report for people to read."""
    lines = (*_remarks(report, translate), *_end(report, translate))
    return "".join(f"{harmless(each)}\n" for each in lines)


def _remarks(report: CheckReport, translate: Translate) -> Iterator[str]:
    alike = Counter((remark.place.record, remark.rule, remark.fixed) for remark in report.remarks)
    seen: Counter[tuple[str, str, bool]] = Counter()
    for remark in report.remarks:
        key = remark.place.record, remark.rule, remark.fixed
        seen[key] += 1
        # A single further remark is shown, as a line that mentions it would be no shorter.
        if seen[key] <= MOST_ALIKE or alike[key] == MOST_ALIKE + 1:
            yield line(remark, translate)
        elif seen[key] == MOST_ALIKE + 1:
            rest = alike[key] - MOST_ALIKE
            more = Message.of(N_("and {count} more of the rule {rule}"), count=rest, rule=remark.rule)
            yield f"{Place(remark.place.record)}: {more.translated(translate)}"


def line(remark: Remark, translate: Translate) -> str:
    """Return a remark on one line."""
    state = translate(_FIXED if remark.fixed else SEVERITY_NAMES[remark.severity])
    parts = [str(remark.place), state, remark.translated(translate)]
    shown = ": ".join(filter(None, parts))
    if remark.words:
        shown += f": {quoted(remark.words)}"
    if remark.right:
        shown += f" → {quoted(remark.right)}"
    elif remark.right == "":
        shown += " → " + translate(N_("(remove)"))
    return f"{shown} [{visible(remark.rule)}]"


def quoted(words: str) -> str:
    """Return words on one line, shortened, in quotation marks that do not occur in them."""
    words = visible(words)
    short = words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
    return f"「{short}」" if set("“”") & set(short) else f"“{short}”"


def _end(report: CheckReport, translate: Translate) -> Iterator[str]:
    for fault in report.unmended:
        yield fault.translated(translate)
    mended = sum(remark.fixed for remark in report.remarks)
    if mended:
        files = len(report.written)
        text = N_("fixed in 1 file: {count}") if files == 1 else N_("fixed in {files} files: {count}")
        yield Message.of(text, count=mended, files=files).translated(translate)
    counts = report.counts()
    found = [
        Message.of(_COUNTS[each][counts[each] > 1], count=counts[each]).translated(translate)
        for each in SEVERITIES
        if counts[each]
    ]
    if found:
        text = N_("{found} in 1 record") if report.records == 1 else N_("{found} in {records} records")
        yield Message.of(text, found=translate(N_(", ")).join(found), records=report.records).translated(translate)
    else:
        text = N_("1 record, nothing found") if report.records == 1 else N_("{records} records, nothing found")
        yield Message.of(text, records=report.records).translated(translate)
