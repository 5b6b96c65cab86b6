"""The texts that Word shows of a .docx: its paragraphs, with the numbers that Word counts itself, and its charts."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import Place
from kepu_docs.reading.archives import main_part, parse_xml, read_archive
from kepu_docs.typography.numerals import numeral

if TYPE_CHECKING:
    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NUMERALS: Final = {"chineseCountingThousand": "hanzi", "ordinalText": "ordinal"}
_DEEPEST: Final = 9
_THERE: Final = Place("the .docx")


def read_word_texts(data: bytes) -> list[str]:
    """Return the texts of the paragraphs of a .docx in order, including those in tables and text boxes."""
    parts = read_archive(data, _THERE)
    return list(_Reading(parts).texts())


class _Reading:
    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._main = main_part(parts, _THERE)
        self._numbers = _Numbers(self._tree("word/numbering.xml"))
        styles = self._tree("word/styles.xml")
        self._styles = {str(each.get(f"{_W}styleId")): each for each in styles.iterfind(f"{_W}style")}

    def _tree(self, name: str) -> "_Element":
        return parse_xml(self._parts.get(name, b"<none/>"), name, _THERE)

    def texts(self) -> Iterator[str]:
        root = self._tree(self._main)
        pieces: dict[_Element, list[str]] = {paragraph: [] for paragraph in root.iter(f"{_W}p")}
        for element in root.iter(f"{_W}t", f"{_W}tab", f"{_C}chart"):
            # A paragraph may hold a text box, which has paragraphs of its own.
            paragraph = next(element.iterancestors(f"{_W}p"), None)
            if paragraph is None:
                continue
            if element.tag == f"{_C}chart":
                pieces[paragraph] += self._chart(str(element.get(f"{_R}id")))
            elif element.tag == f"{_W}t":
                pieces[paragraph].append(element.text or "")
        for paragraph, texts in pieces.items():
            yield self._number(paragraph) + "".join(texts)

    def _number(self, paragraph: "_Element") -> str:
        found = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        while found is None and style is not None:
            definition = self._styles.get(str(style.get(f"{_W}val")))
            if definition is None:
                break
            found, style = definition.find(f"{_W}pPr/{_W}numPr"), definition.find(f"{_W}basedOn")
        if found is None:
            return ""
        level, number = found.find(f"{_W}ilvl"), found.find(f"{_W}numId")
        at = 0 if level is None else int(str(level.get(f"{_W}val")))
        return "" if number is None else self._numbers.next(str(number.get(f"{_W}val")), at)

    def _chart(self, relation: str) -> Iterator[str]:
        """Yield the names and figures of a chart, the figures as its number format shows them."""
        folder, _, file = self._main.rpartition("/")
        for each in self._tree(f"{folder}/_rels/{file}.rels"):
            if each.get("Id") == relation:
                chart = self._tree(f"{folder}/{each.get('Target')}")
                for series in chart.iter(f"{_C}ser"):
                    yield from (text.text or "" for text in series.iter(f"{_A}t"))
                    yield from (text.text or "" for text in series.iterfind(f"{_C}tx//{_C}v"))
                    yield from (text.text or "" for text in series.iterfind(f"{_C}cat//{_C}v"))
                    code = series.findtext(f"{_C}val//{_C}formatCode") or ""
                    yield from (_written(text.text or "", code) for text in series.iterfind(f"{_C}val//{_C}v"))


def _written(value: str, code: str) -> str:
    number = float(value)
    whole = int(number) if number.is_integer() else number
    return f"{whole:,}" if "," in code else str(whole)


class _Numbers:
    """A counter like Word's: each ``w:num`` with its own start counts alone, others share that of their definition."""

    def __init__(self, numbering: "_Element") -> None:
        definitions = {str(each.get(f"{_W}abstractNumId")): each for each in numbering.iterfind(f"{_W}abstractNum")}
        self._levels: dict[str, list[_Element]] = {}
        self._counted_with: dict[str, str] = {}
        for number in numbering.iterfind(f"{_W}num"):
            identity, abstract = str(number.get(f"{_W}numId")), number.find(f"{_W}abstractNumId")
            if abstract is None:
                continue
            definition = str(abstract.get(f"{_W}val"))
            self._levels[identity] = list(definitions[definition].iterfind(f"{_W}lvl"))
            own = number.find(f"{_W}lvlOverride/{_W}startOverride") is not None
            self._counted_with[identity] = f"num {identity}" if own else definition
        self._counts: dict[str, list[int]] = {}

    def next(self, identity: str, level: int) -> str:
        """Return the number of the next paragraph at ``level`` (from 0) of a ``w:num``; empty for bullets."""
        levels = self._levels.get(identity, [])
        if level >= len(levels):
            return ""
        counts = self._counts.setdefault(self._counted_with[identity], [0] * _DEEPEST)
        # A level that was skipped counts as 1.
        counts[:] = [*(max(count, 1) for count in counts[:level]), counts[level] + 1, *[0] * (_DEEPEST - level - 1)]
        pattern, form = _value(levels[level], "lvlText"), _value(levels[level], "numFmt")
        if form == "bullet":
            return ""
        legal = levels[level].find(f"{_W}isLgl") is not None

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            return numeral(counts[at], "arabic" if legal else _NUMERALS.get(_value(levels[at], "numFmt"), "arabic"))

        return re.sub("%([1-9])", shown, pattern)


def _value(element: "_Element", name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else str(found.get(f"{_W}val"))
