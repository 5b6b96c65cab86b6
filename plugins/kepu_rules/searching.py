"""What rules of patterns share: each text of a record is searched once."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from kepu_docs.plugin import FieldText, Finding, Subject

HANZI: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
"""For a class of regular expressions: the hanzi."""

Find = Callable[[Subject], Iterable[Finding]]


class Pattern:
    """A regular expression that is compiled when it is first wanted: most commands check nothing.

    Of ``needs`` one must stand in a text for anything to match; that is quickly seen.
    """

    def __init__(self, source: str, flags: int = 0, *, needs: tuple[str, ...] = ()) -> None:
        self._source = source
        self._flags = flags
        self._needs = needs

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        # A text has no breaks; all texts together have one at the end of each.
        return re.compile(self._source, self._flags | re.MULTILINE)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match that begins at ``start``."""
        return self._compiled.match(text, start)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match between ``start`` and ``end``."""
        return self._compiled.search(text, start, end)

    def matches(self, subject: Subject) -> Iterator[tuple[FieldText, re.Match[str]]]:
        """Yield all matches in the texts of a record; mostly there are none, which one search shows."""
        if self._needs and not any(need in subject.whole for need in self._needs):
            return
        for field in _texts_with(self._compiled, subject):
            for match in self._compiled.finditer(field.text):
                yield field, match

    def stands_in(self, text: str) -> bool:
        """Tell whether anything matches."""
        if self._needs and not any(need in text for need in self._needs):
            return False
        return self._compiled.search(text) is not None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        if self._needs and not any(need in text for need in self._needs):
            return iter(())
        return self._compiled.finditer(text)


HAS_HANZI: Final = Pattern(f"[{HANZI}]")


def _texts_with(pattern: re.Pattern[str], subject: Subject) -> list[FieldText]:
    """Return the texts in which a pattern may match: those with a match in all texts together.

    A match there may begin in one text and end in the next, and take the place of one in either.
    """
    places = [place for match in pattern.finditer(subject.whole) for place in match.span()]
    return subject.texts_at(places) if places else []


class Wording(NamedTuple):
    """Words that are wrong where they stand together, and what is right in place of a part of them."""

    pattern: str
    """A regular expression; it begins with a character as it stands, which keeps the search quick."""
    old: str = ""
    new: str = ""


class Wordings:
    """A table of wordings, compiled when it is first wanted."""

    def __init__(self, *table: Wording) -> None:
        self._table = table

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{wording.pattern})" for wording in self._table), re.MULTILINE)

    @cached_property
    def _each(self) -> tuple[tuple[re.Pattern[str], Wording], ...]:
        return tuple((re.compile(wording.pattern), wording) for wording in self._table)

    def matches(self, subject: Subject) -> Iterator[tuple[FieldText, int, int, str | None]]:
        """Yield field, begin, end and what would be right of all that stands in the texts of a record."""
        for field in _texts_with(self._any, subject):
            for start, end, right in self.search(field.text):
                yield field, start, end, right

    def search(self, text: str) -> Iterator[tuple[int, int, str | None]]:
        """Yield begin, end and what would be right of all that stands in ``text``."""
        for match in self._any.finditer(text):
            wording = self._wording(text, match.start())
            right = match[0].replace(wording.old, wording.new, 1) if wording.old else None
            yield match.start(), match.end(), right

    def _wording(self, text: str, start: int) -> Wording:
        return next(wording for pattern, wording in self._each if pattern.match(text, start))

    def rule(self, message: str, *, safe: bool = False) -> Find:
        """Return a rule that finds all of the table."""

        def find(subject: Subject) -> Iterator[Finding]:
            for field, start, end, right in self.matches(subject):
                yield Finding(field.path, message, (), start, end, right, safe and right is not None)

        return find


def found(
    field: FieldText, match: re.Match[str], text: str, right: str | None = None, *, safe: bool = False, **values: object
) -> Finding:
    """Return the finding of the words that ``match`` matched."""
    return Finding(field.path, text, tuple(values.items()), match.start(), match.end(), right, safe)


_one_activity = Pattern(
    r"(?:(?:科普|科技|宣传|主题|系列)(?:日|周|月|活动周|活动月|宣传周|宣传月)|竞赛|比赛|夏令营|冬令营|运动会|文化节|科技节|培训班|讲座)"
    r"[”’」》]?[^。，；]{0,10}(?:总结|小结|汇报|报告|情况|材料)"
)
_a_year = Pattern("年度|全年|年终")


def is_about_one_activity(title: str | None) -> bool:
    """Tell whether a title speaks of one activity, such as 全国科普日, and not of all work of its time."""
    return title is not None and _one_activity.search(title) is not None and _a_year.search(title) is None
