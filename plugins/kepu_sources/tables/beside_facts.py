"""Rows of a table that are not facts: totals, remarks, signature lines, repeated headings."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final, TypeAlias

from kepu_docs.plugin import N_, Fault, Place, SourceError, is_unit_for, unit_factor, units_named
from kepu_sources.tables.books import filled
from kepu_sources.tables.no_values import BadCell

PlaceOf: TypeAlias = Callable[[int, int | None, str], Place]
"""Returns the place of a cell, from its row, its column, and its heading."""


class Beside(Enum):
    """The kind of a row that is not a fact."""

    TOTAL = auto()
    REMARK = auto()
    SIGNATURE = auto()
    HEADINGS = auto()
    PART = auto()
    """A part of the row above: 其中：线上."""
    GROUP = auto()
    """A heading of the rows below it: 一、讲座."""
    DOUBTFUL = auto()
    """A mark of one of these, together with values that only a fact has."""


_TEXTS: Final[Mapping[Beside, str]] = {
    Beside.TOTAL: N_(
        "totals are left out, as figures are added up from the other rows; if this is not a total, "
        "give it a name of its own ({cells})"
    ),
    Beside.REMARK: N_("notes are left out; put what should be in the document into a column of its table ({cells})"),
    Beside.SIGNATURE: N_("lines of the form for names, seals, telephone numbers and dates are left out ({cells})"),
    Beside.PART: N_(
        "parts of the figures above, such as 其中, are left out, as they would be counted twice; an "
        "activity of its own needs its own name ({cells})"
    ),
    Beside.GROUP: N_("headings of groups of rows are left out ({cells})"),
    Beside.HEADINGS: N_("repeated headings among the rows are left out ({cells})"),
}
DOUBTFUL: Final = BadCell(
    N_(
        "this row may be a total, a part of the one above, a group heading, a note or a signature, "
        "so it is unclear whether it is a fact; give it a name of its own and complete it, or delete "
        "the row"
    )
)
_OTHER_UNIT: Final = N_(
    "this line says that the figures are in {found}, but the columns are in {unit}; put the unit "
    "into the headings, as in 金额（万元）, or write the figures in {unit}"
)
_MOST_CELLS: Final = 10
"""How many cells a message lists."""
_LONGEST: Final = 500
"""How many characters of a cell are examined."""
_MOST_HEADINGS_APART: Final = 0.5

_TOTAL_WORDS: Final = "合计|合計|总计|總計|小计|小計|总数|總數|共计|共計|累计|累計|总和|總和|汇总|彙總|合共"
_total = re.compile(
    rf"(?:本页|本頁|本表|全年|年度|全部|以上|各项|各項|本年|总|總)?(?:{_TOTAL_WORDS})(?:数|數)?|(?:sub|grand ?)?total"
    r"|[全本](?:街道|镇|鎮|乡|鄉|区|區|县|縣|市)",
    re.IGNORECASE,
)
_total_with_more = re.compile(
    rf"(?:本页|本頁|本表|全年|年度|全部|以上|各项|各項|本年)?(?:{_TOTAL_WORDS})(?:数|數)?(?:[（(].{{0,20}}[）)]|[:：].{{0,40}}|[/／].{{1,6}}"
    r"|(?:参加|參加|参与|參與|举办|舉辦|开展|開展|培训|培訓|服务|服務|人次|人数|人數|场次|場次|场数|次数|金额|金額){1,2})"
    r"|总(?:场次|场数|次数|人次|人数|金额|额)|總(?:場次|場數|次數|人次|人數|金額|額)|[人场場]?[均]值?|平均(?:值|数|數)?|人均|场均"
    r"|计|計|∑|Σ|sum|average|avg",
    re.IGNORECASE,
)
"""Totals and averages in other words, if only figures are beside them."""
_certain_total = re.compile(r".{1,30}(?:合计|合計|总计|總計|小计|小計|共计|共計)")
_part = re.compile(
    r"[（(]?其中[）)]?[:：]?.{0,40}|[（(]?(?:续|續)[）)表页頁]?[:：]?|[（(](?:续|續|接上页|接上頁)[）)].{0,40}"
)
_group = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．].{1,40}|第[一二三四五六七八九十]{1,3}[类類部章].{0,40}"
)
_named_total = re.compile(
    rf".{{1,30}}(?:{_TOTAL_WORDS})|(?:.{{0,10}}(?:{_TOTAL_WORDS})|共)[约約近]?[0-9][0-9,.余多]{{0,12}}.{{0,40}}"
)
_sentence_total = re.compile(
    rf"(?:.{{0,10}}(?:{_TOTAL_WORDS})|.{{0,8}}(?<!公)共)(?:开展|開展|举办|舉辦|组织|組織|参加|參加|参与|參與|培训|培訓|活动|活動"
    r"|讲座|講座|科普|各类|各類|宣传|宣傳|了){1,6}[约約近]?[0-9一二两兩三四五六七八九十百千][0-9一二三四五六七八九十百千,.余多]{0,12}.{0,40}"
)
"""A total in a sentence: 本年度共开展活动2场."""
_remark = re.compile(
    r"[（(【\[*※＊★]{0,2}(?:注|备注|備註|附注|附註|说明|說明|填表说明|填表說明|填报说明|填報說明|填写说明|填寫說明|特别说明|"
    r"温馨提示|提示|note|notes|remarks?)(?:[0-9一二三四五六七八九十]{0,2}[】\]]?[:：]|[0-9一二三四五六七八九十]{1,2}[、.．]).{0,500}|"
    r"[（(【\[]?(?:填表说明|填表說明|填报说明|填報說明|填写说明|填寫說明)[）)】\]]?|※.{1,500}|"
    r"[（(]?(?:以下空白|以下无内容|以下無內容|以下无正文|以下無正文)[）)]?|第[0-9]{1,3}页(?:[,，/]?共[0-9]{1,3}页)?",
    re.IGNORECASE | re.DOTALL,
)
_FORM_WORDS: Final = (
    "填表人|填报人|填報人|制表人|製表人|制表|製表|审核人|審核人|复核人|複核人|填报单位|填報單位|填表单位|填表單位|填报日期|填報日期|"
    "填表日期|填报时间|填報時間|填表时间|制表日期|制表时间|上报日期|上报时间|报送日期|报送单位|单位盖章|單位蓋章|单位公章|社区盖章|公章"
)
_COMMON_WORDS: Final = (
    "审核|審核|审批|審批|复核|複核|负责人|負責人|单位负责人|單位負責人|社区负责人|分管领导|主管领导|主要负责人|联系人|聯繫人|经办人|"
    "經辦人|联系电话|聯繫電話|电话|電話|手机|手機|签字|簽字|签名|簽名|盖章|蓋章|单位|單位|日期"
)
_SIGNED: Final = "(?:[（(]?(?:签字|簽字|签名|簽名|签章|簽章|盖章|蓋章)[）)]?)?"
_signature = re.compile(
    rf"(?:{_FORM_WORDS}|{_COMMON_WORDS}){_SIGNED}[:：].{{0,500}}|(?:{_FORM_WORDS})|[（(](?:盖章|蓋章|公章|签字|簽字)[）)]",
    re.DOTALL,
)
_label_of_form = re.compile(rf"(?:{_FORM_WORDS}|{_COMMON_WORDS}){_SIGNED}[:：]?")
"""A label before a cell with a name, a day or a telephone number."""
_seal = re.compile(r"[（(](?:盖章|蓋章|公章|签字|簽字|签章|簽章)[）)]")
_no_name = re.compile(r"[（(【\[].*|[^：:，,。；;、]*[：:，,。；;、].*|.{16,}")
"""A text that is neither a code nor the name of a community: in brackets, with punctuation, or too long."""
_blank = re.compile(r"\s+")
# Days are left out: signatories write one anywhere.
_figure = re.compile(r"[约約近共计計]{0,2}[0-9０-９][0-9０-９,，.]{0,15}[^0-9０-９年月日/.-]{0,8}")
_BEGINNINGS: Final = frozenset(
    each[0] for word in (_TOTAL_WORDS, _FORM_WORDS, _COMMON_WORDS) for each in word.split("|")
) | frozenset(
    "其续續人场場均平计計∑Σa一二三四五六七八九十第A"
    "本全今年各以总總注备備附说說填特温提（(【[*※＊★共tsgnrTSGNR \t\r\n\u00a0\u3000"
)
"""The first characters of cells that may be such a mark, except totals with a name."""
_ENDS: Final = frozenset("计計和数數总總汇彙场場次 \t\r\n\u00a0\u3000")
"""The last characters of cells that may be a total with a name."""


@dataclass(slots=True)
class RowJudge:
    """Separates the facts of a table from other rows, and collects what was left out, for one report."""

    place: PlaceOf
    titles: Sequence[str]
    key: int | None
    """The column of the codes."""
    name: int | None
    """The column of the first text of a row that is not a code: a name, a topic."""
    columns: frozenset[int]
    """The columns that are read."""
    figures: frozenset[int]
    """Those of the columns that hold figures."""
    texts: frozenset[int]
    """Those of the columns that hold texts."""
    counting: int | None = None
    """The column in which the rows are numbered."""
    units: frozenset[str] = frozenset()
    """The units of the columns whose headings have none."""
    looked_at: tuple[int, ...] = field(init=False)
    """The columns in which the mark of a row may be, apart from its first filled cell."""
    headings: frozenset[str] = field(init=False)
    _left_out: dict[Beside, list[tuple[int, int]]] = field(default_factory=dict)
    _part_above: bool = False
    """Whether the last row was a part of one above."""
    _code_of_part: Any = None
    _footer: bool = False
    """Whether the last rows were remarks or signatures."""

    def __post_init__(self) -> None:
        self.headings = frozenset(filter(None, self.titles))
        self.looked_at = tuple(sorted({at for at in (self.key, self.name) if at is not None}))

    def judge(self, row: int, cells: Sequence[Any]) -> tuple[Beside, int] | None:
        """Return the kind of a row that is not a fact, and the column of its mark; ``None`` for a fact."""
        found = self._found(cells)
        if found is None and self._part_above:
            found = self._further_part(cells)
        if found is None:
            self._footer = self._part_above = False
            return None
        kind = found[0]
        self._part_above = kind is Beside.PART or (self._part_above and kind is Beside.DOUBTFUL)
        if kind is Beside.PART:
            self._code_of_part = self._code_in(cells)
        self._footer = kind is Beside.REMARK or kind is Beside.SIGNATURE
        if kind is not Beside.DOUBTFUL:
            self._left_out.setdefault(kind, []).append((row, found[1]))
            if kind is not Beside.HEADINGS:
                self._require_units(row, cells)
        return found

    def _require_units(self, row: int, cells: Sequence[Any]) -> None:
        """Raise ``SourceError`` if a line that is not a fact gives all figures above it another unit."""
        for at, cell in enumerate(cells):
            if not isinstance(cell, str) or "位" not in cell[:_LONGEST]:
                continue
            for unit in units_named(cell):
                for ours in self.units:
                    if is_unit_for(unit, ours) and unit_factor(unit, ours) != 1:
                        raise SourceError.at(self.place(row, at, ""), _OTHER_UNIT, found=unit, unit=ours)

    def _code_in(self, cells: Sequence[Any]) -> Any:
        return cells[self.key] if self.key is not None and self.key < len(cells) else None

    def _further_part(self, cells: Sequence[Any]) -> tuple[Beside, int] | None:
        """Return the kind of a row that may be one more part: it has only a name and figures and is below a part."""
        at = self.name
        if at is None or at >= len(cells) or not filled(cells[at]):
            return None
        if (code := self._code_in(cells)) and code != self._code_of_part:
            return None
        others = [each for each, cell in enumerate(cells) if each not in (at, self.key) and filled(cell)]
        return (Beside.DOUBTFUL, at) if self._are_figures(cells, others) else None

    def _found(self, cells: Sequence[Any]) -> tuple[Beside, int] | None:
        first = -1
        for at, cell in enumerate(cells):
            if (
                cell is not None
                and cell != ""
                and at != self.counting
                and (type(cell) is not str or not cell.isspace())
            ):
                first = at
                break
        if first < 0:
            return None
        looked_at = self.looked_at if first in self.looked_at else (first, *self.looked_at)
        for at in looked_at:
            text = cells[at] if at < len(cells) else None
            if type(text) is not str or not text:
                continue
            if text[0] in _BEGINNINGS or text[-1] in _ENDS:
                kind = self._marked(cells, at, _blank.sub("", text[:_LONGEST]))
                if kind:
                    return kind, at
            if text in self.headings and self._is_headings(cells):
                return Beside.HEADINGS, at
        if self._footer and _is_alone(cells, first) and type(cells[first]) is str:
            return Beside.REMARK, first
        text = cells[first]
        if first == self.key and type(text) is str and not text.isascii() and _is_alone(cells, first):
            return (Beside.REMARK, first) if _no_name.fullmatch(_blank.sub("", text[:_LONGEST])) else None
        return None

    def _marked(self, cells: Sequence[Any], at: int, text: str) -> Beside | None:
        """Return the kind of a row, judged by the text in one of its cells."""
        bare = text.strip("：:（）()【】[]*、。. ")
        if _total.fullmatch(bare):
            return Beside.TOTAL
        # Most texts that begin or end like marks are not marks; the cells beside them are not examined.
        in_sentence = _sentence_total.fullmatch(bare)
        named = in_sentence or _named_total.fullmatch(bare) or _total_with_more.fullmatch(text)
        is_part, is_group = _part.fullmatch(text), _group.fullmatch(text)
        is_signature = _signature.fullmatch(text) or (at == self.key and _label_of_form.fullmatch(text))
        if not (named or is_part or is_group or is_signature or _remark.fullmatch(text) or _seal.search(text)):
            return None
        others = [each for each, cell in enumerate(cells) if each not in (at, self.key) and filled(cell)]
        if in_sentence:
            is_total = not others or self._are_figures(cells, others)
            return Beside.TOTAL if is_total else Beside.DOUBTFUL
        if named:
            if self._are_figures(cells, others):
                return Beside.TOTAL
            return Beside.DOUBTFUL if _certain_total.fullmatch(bare) and others else None
        read = self.columns.intersection(others)
        has_code = self.key is not None and self.key != at and self.key < len(cells) and filled(cells[self.key])
        if is_part:
            return Beside.PART if self._are_figures(cells, others) else Beside.DOUBTFUL
        if is_group and not read:
            return Beside.GROUP if at == self.key else None
        if is_signature:
            return Beside.DOUBTFUL if (read if has_code else self._figures_in(cells, others)) else Beside.SIGNATURE
        if _remark.fullmatch(text):
            return Beside.DOUBTFUL if (read if has_code else read - self.texts) else Beside.REMARK
        return Beside.SIGNATURE if _seal.search(text) and not read and not has_code else None

    def _are_figures(self, cells: Sequence[Any], others: Iterable[int]) -> bool:
        """Return whether the other cells that are read hold only figures, and at least one."""
        found = False
        for each in self.columns.intersection(others):
            cell = cells[each]
            if each not in self.figures:
                return False
            if isinstance(cell, str) and not _figure.fullmatch(cell.strip()):
                return False
            found = True
        return found

    def _figures_in(self, cells: Sequence[Any], others: Iterable[int]) -> bool:
        """Return whether a figure is in a column of figures, without a label such as 联系电话 before it."""
        return any(
            each in self.figures
            and not (each and isinstance(cells[each - 1], str) and _label_of_form.fullmatch(cells[each - 1].strip()))
            and (not isinstance(cells[each], str) or _figure.fullmatch(cells[each].strip()) is not None)
            for each in others
        )

    def _is_headings(self, cells: Sequence[Any]) -> bool:
        same = sum(
            1
            for at, cell in enumerate(cells)
            if at < len(self.titles) and self.titles[at] and isinstance(cell, str) and cell.strip() == self.titles[at]
        )
        return same > 1 and same >= sum(map(filled, cells)) * _MOST_HEADINGS_APART

    def warnings(self) -> Iterator[Fault]:
        """Yield a warning for each kind of rows that were left out, and forget them."""
        left_out, self._left_out = self._left_out, {}
        for kind, those in left_out.items():
            places = [self.place(row, at, self.titles[at] if at < len(self.titles) else "") for row, at in those]
            yield Fault(places[0], _TEXTS[kind], (("cells", listed(places)),))


def listed(places: Sequence[Place]) -> str:
    """Return places of one sheet as messages list them: as cells, or as lines of a file."""
    shown = [each.cell.rpartition("!")[2] if each.line is None else str(each.line) for each in places]
    more = len(shown) - _MOST_CELLS
    return ", ".join(shown[:_MOST_CELLS]) + (f", … +{more}" if more > 0 else "")


def _is_alone(cells: Sequence[Any], at: int) -> bool:
    return not any(map(filled, cells[at + 1 :]))
