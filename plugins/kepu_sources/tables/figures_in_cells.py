"""Figures as people write them in cells, in the spelling of records: 四十多人 as 40多人, ２０００ as 2000."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, Final

from kepu_docs.plugin import N_, label, number_of
from kepu_sources.tables.no_values import BadCell, bad

LONGEST: Final = 100
"""The longest cell that may be a figure, a day, a time or a choice, in characters: real ones are not half as long."""
_DIGITS_HELD: Final = 12
"""Significant digits, more than any figure of a record has; more are the noise of formulas: =4.35*100 is
434.99999999999994."""
_FINEST: Final = Decimal("0.0001")
"""Areas, lengths and shares have four decimals at most, in cells as in texts."""
_TOO_FINE: Final = N_("“{found}” is too small for four decimals; write it in a smaller unit, or leave it out")
_TWO_FIGURES: Final = N_("“{found}” has two figures; write one, such as 50余 or 近60")
_A_DAY: Final = N_(
    "this cell contains the date {found}: Excel turns text such as 3-5 into dates; write one number, "
    "and format the cell as text if it becomes a date again"
)

# Twelve digits are more than any number of a record has; an integer of a million digits takes minutes to read.
_plain_number = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,20})?")
# Most texts match this, and need no closer look.
_as_records_have_it = re.compile(
    r"[近约超]?[0-9]{1,9}(?:\.[0-9]{1,4})?[余多万+]{1,2}[人次场名册份户]{0,3}|近[0-9]{1,9}[人次场]{0,2}"
)
_year = re.compile(r"(\d{4})\s*年(?:度)?")
_span = re.compile(
    r"[0-9一二两兩三四五六七八九十百千万萬](?:[余餘多]?[人次场場名户戶]{0,2})(?:[-—–~]{1,2}|至|到)[0-9一二两兩三四五六七八九十百]"
)
_long_decimal = re.compile(r"(?<![0-9.])[0-9]{1,11}\.[0-9]{5,20}(?![0-9万萬亿億])")
_WIDE: Final = str.maketrans("０１２３４５６７８９．，＋％～－", "0123456789.,+%~-")
_money_sign = re.compile(r"(?:[￥¥]|RMB|CNY|人民币|人民幣)\s*(?=[0-9近约約])", re.IGNORECASE)
_zero_decimals = re.compile(r"(?<=[0-9])\.0{1,4}(?![0-9.万萬亿億千百%])")
_bracketed = re.compile(r"[（(]\s*([\u3400-\u9fff]{1,3})\s*[）)]$")
_WORDS_BEFORE: Final = (("大概", "约"), ("≥", "不少于"), (">", "超"), ("＞", "超"), ("共计", ""), ("共", ""))
"""What people put before a figure, and how records say it."""
_SCALED: Final = {"百": 100, "千": 1000}
_UNITS: Final = (
    "人次", "人", "名", "位", "户", "戶", "场次", "場次", "场", "場", "次", "个", "個", "项", "項", "册", "冊", "本",
    "份", "条", "條", "块", "塊", "处", "處", "支", "家", "篇", "台", "臺", "套", "期", "件", "张", "張", "幅", "批",
    "种", "種", "类", "類", "组", "組", "元", "万元", "萬元", "小时", "小時", "平方米", "课时", "課時",
)  # fmt: skip
"""Units that may follow a figure in hanzi; before other words the hanzi are not a figure (一般, 千米)."""
_BEFORE: Final = (
    "近", "将近", "將近", "接近", "约", "約", "大约", "大約", "超", "超过", "超過", "逾", "突破", "至少", "不少于",
    "不少於", "不低于", "不低於",
)  # fmt: skip
_words = "|".join(sorted(_BEFORE, key=len, reverse=True))
_written = re.compile(
    rf"(?P<before>{_words})?(?:(?P<digits>[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?)(?P<scale>[百千])"
    r"|(?P<hanzi>[〇零一二两兩三四五六七八九十百千万萬]{1,12}))"
    r"(?P<more>[余餘多几幾+])?(?P<unit>[^余餘多几幾+0-9]{0,10}?)(?P<after>以上|左右|上下)?"
)
_PLAIN_HANZI: Final = str.maketrans("两兩〇萬", "二二零万")


def number_in(cell: float, *, decimals: bool = False) -> Any:
    """Return the number in a cell without the noise of formulas, or a ``BadCell``; whole numbers as ``int``."""
    if isinstance(cell, float) and not cell.is_integer():
        cell = without_noise(cell)
        if decimals and cell:
            found = Decimal(str(cell)).quantize(_FINEST, ROUND_HALF_UP) if cell < 10**_DIGITS_HELD else cell
            if not found:
                return bad(_TOO_FINE, cell)
            cell = float(found)
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def without_noise(number: float) -> float:
    """Return a number of a cell without the noise that formulas leave after its digits."""
    return float(f"{number:.{_DIGITS_HELD}g}")


def figure_in(cell: Any, unit: str = "", *, decimals: bool = False) -> Any:
    """Return the number or text in a cell as records write it, or a ``BadCell``.

    ``unit`` is the unit of the column; ``decimals`` says whether its figures may have decimals. A text that is not
    understood is returned unchanged.
    """
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return number_in(cell, decimals=decimals)
    if isinstance(cell, datetime.date):
        return bad(_A_DAY, cell.isoformat())
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return cell
    if _as_records_have_it.fullmatch(cell):
        return cell
    text = _without_trimmings(cell if cell.isascii() else cell.translate(_WIDE), unit)
    if _plain_number.fullmatch(text):
        return number_in(float(text), decimals=decimals) if "." in text else int(text)
    if found := _year.fullmatch(text):
        return int(found[1])
    # In English, blanks are significant, and 1 200 may be two numbers.
    tight = text if text.isascii() else "".join(text.split())
    if _span.search(tight):
        return bad(_TWO_FIGURES, cell)
    if decimals and (found := _long_decimal.search(tight)):
        number = number_in(float(found[0]), decimals=True)
        if isinstance(number, BadCell):
            return bad(_TOO_FINE, cell)
        return f"{tight[: found.start()]}{number}{tight[found.end() :]}"
    return _in_digits(tight, unit) or (text if _has_parted_digits(text) else tight)


def _without_trimmings(text: str, unit: str) -> str:
    """Return a figure without what people put around it that says nothing: ￥5,000.00, 5000（元）, 共300人."""
    text = text.strip().removeprefix("'").rstrip("。；;，,").rstrip()
    for theirs, ours in _WORDS_BEFORE:
        if text.startswith(theirs) and text[len(theirs) :].lstrip()[:1].isdigit():
            text = ours + text.removeprefix(theirs).lstrip()
            break
    if unit == "元":
        text = _money_sign.sub("", text, count=1).removesuffix("整")
    text = _bracketed.sub(r"\1", text)
    return _zero_decimals.sub("", text)


def _has_parted_digits(text: str) -> bool:
    parts = text.split()
    return any(before[-1].isdigit() and after[0].isdigit() for before, after in pairwise(parts))


def _in_digits(text: str, unit: str) -> str:
    """Return an amount in hanzi, or with a 百 or 千 after its digits, in digits; empty if the text is not an amount."""
    found = _written.fullmatch(text)
    if found is None or (found["unit"] and found["unit"] not in (unit, *_UNITS)):
        return ""
    before, more, scale = found["before"] or "", found["more"] or "", ""
    if found["digits"]:
        number = Decimal(found["digits"]) * _SCALED[found["scale"]]
        if more in ("几", "幾") or number % 1:
            return ""
        value: int | None = int(number)
    else:
        hanzi = found["hanzi"].translate(_PLAIN_HANZI)
        if more in ("几", "幾"):
            # 十几 is more than ten, but 百几 is ambiguous.
            if not hanzi.endswith("十"):
                return ""
            more = "余"
        if hanzi[:1] in _SCALED:
            if not (before or more):
                return ""
            hanzi = f"一{hanzi}"
        if hanzi.endswith("万") and len(hanzi) > 1:
            hanzi, scale = hanzi[:-1], "万"
        value = _strictly(hanzi)
    if value is None:
        return ""
    return f"{before}{value}{scale}{more}{found['unit']}{found['after'] or ''}"


def _strictly(hanzi: str) -> int | None:
    """Return the value of a number in formal hanzi: 四十, 一百零五; not 三五十 (some forty) or 二〇二五."""
    head, _, rest = hanzi.rpartition("万")
    high, low = number_of(head) if head else 0, number_of(rest) if rest else 0
    if high is None or low is None or not (value := high * 10_000 + low):
        return None
    return value if label("%1", "hanzi", (value,)) == hanzi.replace("一十", "十", hanzi.startswith("一十")) else None
