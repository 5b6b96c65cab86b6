"""Help for the people who fill in a column: its meaning, its possible values, an example, a drop-down."""

import re
from collections.abc import Mapping
from typing import Any, Final

from kepu_docs.contract.record_tables import RecordColumn
from kepu_docs.errors import N_
from kepu_docs.locale.words import Words
from kepu_docs.schema import Quantity, WorkSummary
from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.shapes import children
from kepu_docs.starters.examples import examples

MAY_HOLD: Final[Mapping[str, str]] = {
    "text": N_("a text on one line"),
    "texts": N_("one or more, separated by 、 or line breaks; by ； if a text contains 、"),
    "line_texts": N_("paragraphs, each on a line of its own"),
    "number": N_("a number such as 300, or in everyday form: 300余, 近300, 约1.2万"),
    "share": N_("a percentage such as 95 or 95%"),
    "day": N_("a date: 2025-12-20"),
    "period": N_("a period: 2025, 2025-H1, 2025-Q3, 2025-09, 2025-09-20, or 2025-09-15 to 2025-09-21"),
}
_TIME_OF_SUMMARY: Final = N_("a period: 2025, 2025-H1, 2025-Q3, 2025-09, or 2025-09-15 to 2025-09-21")
"""Of a single day is no summary."""
_ANY_NUMBER: Final = "20"
_WHOLE: Final = N_("a whole number")
_LONGEST_NOTE: Final = 255
"""The longest note at a cell, a limit of Excel."""
_LONGEST_CHOICE: Final = 255
"""The total length of the choices of a drop-down, a limit of Excel."""
_OF_UNITS: Final[Mapping[str, str]] = {
    N_("人次"): N_("300余"),
    N_("人"): "12",
    N_("人月"): "24",
    N_("户"): "3000",
    N_("家"): "30",
    N_("学时"): "2",
    N_("小时"): "40",
    N_("场"): "6",
    N_("场次"): "6",
    N_("次"): "4",
    N_("期"): "12",
    N_("个"): "3",
    N_("篇"): "20",
    N_("份"): "500",
    N_("册"): "1200",
    N_("种"): "30",
    N_("块"): "10",
    N_("条"): "10",
    N_("件"): "20",
    N_("元"): "5000",
    N_("平方公里"): "0.9",
    N_("平方米"): "120",
    N_("米"): "20",
}
"""Plausible values for each unit, if a field has none of its own."""
_FIGURES: Final[Mapping[str, str]] = {
    "residents": N_("8600余"),
    "floating": N_("近1200"),
    "volunteers": "60",
    "reads": N_("1.2万"),
    "new_books": N_("100余"),
}
"""Plausible values of figures by field; they take precedence over those of the unit."""
_TEXTS: Final[Mapping[str, str]] = {
    "district": N_("试验区"),
    "city": N_("试验市"),
    "province": N_("试验省"),
    "place": N_("社区活动室"),
    "audience": N_("社区居民"),
    "trainer": N_("某医院医生"),
    "organiser": N_("试验社区居委会"),
    "partners": N_("试验街道、试验小学"),
    "problem": N_("科普队伍力量薄弱"),
    "cause": N_("专职人员少"),
    "remedy": N_("招募科普志愿者"),
    "task": N_("举办健康讲座"),
    "owner": N_("社区居委会"),
    "purpose": N_("宣传品印制"),
    "giver": N_("试验区科协"),
    "use": N_("面向居民开放"),
}
"""Plausible texts by field, if its description has no example of its own; no real names."""

# A description ends with an example after its last colon; here the example has a column of its own.
_example = re.compile(r"(?:：|: )([^:：]+)[.。]$")
_between = re.compile("、|, ")


class ColumnHelp:
    """The help texts of columns in one language."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def about(self, column: RecordColumn) -> str:
        """Return the meaning of a column."""
        meaning = explanation_of(column.owner, column.field)
        return _example.sub(lambda found: found[0][-1], self._words.about(meaning))

    def may_hold(self, column: RecordColumn) -> str:
        """Return the possible values of its cells."""
        if column.choices:
            return " / ".join(map(self._words.choice, column.choices))
        if column.cell == "number" and not _is_quantity(column):
            return self._words.translate(_WHOLE)
        is_of_summary = issubclass(column.owner, WorkSummary) and column.cell == "period"
        return self._words.translate(_TIME_OF_SUMMARY if is_of_summary else MAY_HOLD[column.cell])

    def shown(self, column: RecordColumn) -> str:
        """Return an example as people write it; empty for a text without one."""
        if column.choices:
            return self._words.choice(column.choices[0])
        if column.cell == "number" and _is_quantity(column):
            return self._words.translate(_FIGURES.get(column.field) or _OF_UNITS.get(column.unit, _ANY_NUMBER))
        own = self._translated(column, examples(column.owner, column.field))
        if not own:
            return self._words.translate(_TEXTS.get(column.field, "")) if column.cell in ("text", "texts") else ""
        # Descriptions quote digits that are texts, and explain missing values after a semicolon.
        shown = [each.strip('"').split(";")[0] for each in own[: None if column.cell == "texts" else 1]]
        return "、".join(shown) + ("%" if column.cell == "share" else "")

    def _translated(self, column: RecordColumn, own: list[str]) -> list[str]:
        """Return the examples in the translation of a description, if it has the same number."""
        found = _example.search(self._words.about(explanation_of(column.owner, column.field)))
        theirs = _between.split(found[1]) if found else []
        return theirs if len(theirs) == len(own) else own

    def with_unit(self, heading: str, column: RecordColumn) -> str:
        """Return a heading of a column with the unit of the values under it."""
        unit = self._words.translate(column.unit) if column.unit else ""
        if not unit or heading.endswith(unit):
            return heading
        return f"{heading} ({unit})" if heading.isascii() else f"{heading}（{unit}）"

    def check(self, column: RecordColumn) -> dict[str, Any]:
        """Return the validation rule for its cells, in the form that XlsxWriter takes.

        Only choices are checked, in a drop-down. Other values, such as 300余 or 5月中旬, are not checked in the
        spreadsheet: the batch reads them, or reports the fault in words that help.
        """
        match column.cell:
            case "choice" | "truth":
                choices = list(map(self._words.choice, column.choices))
                if len(",".join(choices)) > _LONGEST_CHOICE or any("," in each for each in choices):
                    return {}
                return {"validate": "list", "source": choices}
            case "text":
                return {}
            case _:
                return {"validate": "any", "input_message": self.may_hold(column)[:_LONGEST_NOTE]}


def _is_quantity(column: RecordColumn) -> bool:
    return any(issubclass(each, Quantity) for each in children(column.owner, column.field))
