"""Amounts in sentences: where the words of a kind state one, and which clauses do not state one."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.contract.recognition import StatedAmount
from kepu_docs.schema.amounts import NUMBER, amount_pattern, read_amount
from kepu_docs.typography.numerals import number_of

_hanzi = re.compile("[一二两三四五六七八九十百千零]{1,6}")
# The number of an amount: digits, hanzi, or 万 alone.
_NUMBER: Final = f"{NUMBER}|{_hanzi.pattern}|(?=万)"
_BETWEEN: Final = "[^，。；,;0-9０-９]"
"""What may come between the words of one clause that state one amount."""
_NEAR: Final = 10
"""The most characters between number and word if the number comes first."""
_LONGEST_LABEL: Final = 12
_GOES_ON: Final = "(?![次员口间所单称额件均民])"
"""Excludes units that begin a longer word: 人次, 人员, 场所."""
_single = re.compile("一(?![二三四五六七八九十百千万])")
_clause_end = re.compile("[，,；;：:]")
_no_sum = re.compile(
    "其中|包括|每|平均|人均|增[加长]|同比|[较比](?:上|去|前|往)|计划|拟|力争|预计|目标|争取(?!到|经费|资金)|任务|由[0-9]"
    "|将(?:继续|举办|组织|开展|发放|召开|于|投入|新)|[要应需](?:求)?(?:举办|开展|组织|召开|发放|达到)"
)
_other_body = re.compile(
    "全[国省市县区]|(?:上级|[省市区县])(?:委|政府|科协|科技局|科委|卫健[委局]|教育局|应急[管理]*局)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """How an amount is stated: its own description, its usual unit, its patterns, and the words that rule it out."""

    amount: StatedAmount
    unit: str
    shapes: tuple[re.Pattern[str], ...]
    line: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount as a record writes it, and the start and end of its words in the sentence."""

    value: str
    start: int
    end: int
    is_line: bool
    """Whether the line contains nothing else: 讲座：3场."""
    is_single: bool
    """Whether the number is 一, which may be only an article."""


def stated(amount: StatedAmount, unit: str, compiled: Callable[[str], re.Pattern[str]]) -> Stated:
    """Return the patterns of an amount; ``compiled`` compiles a text, or raises an error that names its owner."""
    number = f"(?P<amount>{amount_pattern(amount.units, _NUMBER)}){_GOES_ON}"
    words = f"(?P<words>{amount.words})"
    lead = f"(?:{amount.verbs}){_BETWEEN}{{0,{amount.reach}}}?" if amount.verbs else ""
    shapes = [f"{lead}{words}{_BETWEEN}{{0,{amount.gap}}}?{number}"]
    if amount.verbs:
        near = min(amount.reach, _NEAR)
        shapes.append(f"(?:{amount.verbs}){_BETWEEN}{{0,{near // 2}}}?{number}{_BETWEEN}{{0,{near}}}?{words}")
    line = f"^[^：:，,。；;]{{0,{_LONGEST_LABEL}}}?{words}[^：:，,。；;0-9]{{0,4}}[：:] ?{number}[。；;，,]?$"
    unless = compiled(amount.unless) if amount.unless else None
    return Stated(amount, unit, tuple(map(compiled, shapes)), compiled(line), unless)


def amounts_in(text: str, each: Stated, own: str) -> Iterator[FoundAmount]:
    """Yield the amounts of a sentence; ``own`` are the words that name the body whose summary it is."""
    line = each.line.search(text)
    found: Sequence[re.Match[str]]
    found = [line] if line else [match for shape in each.shapes for match in shape.finditer(text)]
    for match in found:
        value = written_amount(match["amount"], each.unit)
        clause = _clause(text, match)
        if value and not (
            _no_sum.search(clause) or (each.unless and each.unless.search(clause)) or _is_others(clause, own)
        ):
            yield FoundAmount(value, *match.span(), match is line, _single.match(match["amount"]) is not None)


def _clause(text: str, match: re.Match[str]) -> str:
    """Return the clause of an amount up to its end, without the amount's words, which may contain 其中."""
    begin = max((stop.end() for stop in _clause_end.finditer(text, 0, match.start())), default=0)
    return text[begin : match.start("words")] + text[match.end("words") : match.end()]


def _is_others(clause: str, own: str) -> bool:
    """Return whether a clause is about a body other than the summary's own."""
    found = _other_body.search(clause)
    return found is not None and found[0].lstrip("全") not in own.replace("社区", "")


def written_amount(written: str, usual: str) -> str | None:
    """Return an amount as records may write it: 300余份, 近1万册; in digits, with the usual unit if it has none."""
    amount = read_amount(_hanzi.sub(lambda found: str(number_of(found[0].replace("两", "二"))), written))
    # 2万多份 is the form that is read; some write 2多万份.
    return "".join(amount._replace(unit=amount.unit or usual)) if amount else None
