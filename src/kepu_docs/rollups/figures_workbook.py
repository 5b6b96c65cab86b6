"""The workbook in which every figure of a rollup can be traced: its formula, its records and their fields."""

import math
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from kepu_docs.contract.rollups import SurveyAnswer
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_, Message, OutputError, Place
from kepu_docs.errors.visible import visible
from kepu_docs.locale.formats import Formats
from kepu_docs.locale.words import Words
from kepu_docs.output.files import TEMPORARY_PREFIX, TEMPORARY_SUFFIX, explaining, move_file, open_if_there, reason_of
from kepu_docs.output.sheet_rows import Formula, cells_xml
from kepu_docs.output.workbooks import A4, FIGURES_MARK, MOST_ROWS, Book, Sheet, look_at, open_workbook
from kepu_docs.rollups.group import BASICS
from kepu_docs.rollups.origins import Origins
from kepu_docs.rollups.report import RolledUp
from kepu_docs.rollups.sums import Sum
from kepu_docs.rollups.survey import ITEMS, NOTES, Item
from kepu_docs.rollups.year_comparison import Pairs, members_of
from kepu_docs.schema import Approximation, Community, Count, Share
from kepu_docs.schema.changes import what_changed
from kepu_docs.schema.main_figures import MAIN_FIGURES
from kepu_docs.schema.rounding import LOWER_BOUNDS, decimals_borne, to_place
from kepu_docs.schema.shapes import children, literals, unit_at
from kepu_docs.sections.rollup import Member, Rollup, middle, outliers

_FIGURES: Final = N_("figures")
_ORIGINS: Final = N_("origins")
_RECORDS: Final = N_("records")
_MEMBERS: Final = "communities"
"""The name of the sheet of members, which depends on their level."""
_COMPARED: Final = N_("comparison")
_SURVEY: Final = N_("national survey")
_MISSING: Final = N_("not received")
_FAULTY: Final = N_("with errors")
_OUTLYING: Final = N_("to check")
_APART: Final = N_("other units")
_LEFT_OUT: Final = N_("left out")
_SHORTENED: Final = N_("shortened")
_UNCOMPARED: Final = N_("not compared")

_BODY: Final = N_("Body")
_SECTION: Final = N_("Section")
_FIGURE: Final = N_("Figure")
_OF: Final = N_("Category")
_UNIT: Final = N_("Unit")
_VALUE: Final = N_("Value")
_EXACTNESS: Final = N_("Precision")
_COMMUNITY: Final = "Community"
_COMMUNITIES: Final = "Communities"
"""These two headings name the members of the summaries."""
_RECORD: Final = N_("Record")
_PLACE: Final = N_("Place")
_FIELD: Final = N_("Field")
_STREET: Final = N_("Street")
_DISTRICT: Final = N_("District")

_KEY: Final = (_BODY, _SECTION, _FIGURE, _OF, _UNIT, _VALUE, _EXACTNESS)
_AMOUNT: Final = _KEY.index(_VALUE)
_WHOSE: Final = len(_KEY)
_WHERE: Final = len(_KEY) + 3
"""Columns of origins, counted from 0: the amount, who states it, and where."""
_CELLS_KEPT: Final = 16_384
_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    _FIGURES: (*_KEY, N_("Formula"), N_("Origins"), N_("Field of the document's record")),
    _ORIGINS: (*_KEY, _COMMUNITY, _RECORD, _PLACE, _FIELD),
    _RECORDS: (_BODY, _DISTRICT, _STREET, _COMMUNITY, _RECORD, _PLACE, _COMMUNITIES),
    _MEMBERS: (_BODY, _DISTRICT, _STREET, _COMMUNITY),
    _COMPARED: (_BODY, _FIGURE, _COMMUNITY, N_("Before"), N_("Now")),
    _SURVEY: (_BODY, N_("Class"), N_("Code"), N_("Item"), _UNIT, _VALUE, _EXACTNESS, N_("Basis")),
}
_DOUBTS: Final[Mapping[str, tuple[str, ...]]] = {
    _MISSING: (_BODY, _DISTRICT, _STREET, _COMMUNITY, N_("Code")),
    _FAULTY: (_BODY, _DISTRICT, _STREET, _COMMUNITY, N_("Code")),
    _OUTLYING: (_BODY, _DISTRICT, _STREET, _COMMUNITY, _FIGURE, _UNIT, _VALUE, _EXACTNESS, N_("Median")),
    _APART: (_BODY, _SECTION, _FIGURE, _OF, _UNIT, _VALUE, _EXACTNESS),
    _LEFT_OUT: (_BODY, _SECTION, _COMMUNITIES),
    _SHORTENED: (_BODY, _SECTION, _FIGURE),
    _UNCOMPARED: (_BODY, _DISTRICT, _STREET, _COMMUNITY, N_("Year")),
}
"""The sheets of open questions that the paper does not show; each exists only if it has rows."""
_WIDTH: Final = 14
_WIDTHS: Final = {
    _BODY: 16, _FIGURE: 24, _OF: 18, _UNIT: 8, _EXACTNESS: 10, _COMMUNITY: 18, _RECORD: 30, _FIELD: 36,
    "Formula": 34, "Origins": 9, "Field of the document's record": 40, _COMMUNITIES: 12, "Before": 12, "Now": 12,
    "Class": 10, "Item": 40, "Basis": 50,
}  # fmt: skip
"""The widths of columns that differ from the usual width."""
_SHARES: Final = ("lowest", "highest")


class _Line(NamedTuple):
    """A figure of a body in the sheet of figures, for references to it."""

    cell: str
    value: float
    approx: Approximation


def write_figures(
    path: Path,
    origins: Origins,
    results: Mapping[int, RolledUp],
    pairs: Mapping[int, Pairs],
    kinds: Mapping[str, SectionKind],
    words: Words,
    formats: Formats,
) -> None:
    """Write the workbook of the bodies' figures; ``pairs`` are their communities in two years, if they are compared.

    ``words`` are those of records, ``formats`` those of documents: names are the same as in a document. The results
    have the numbers that the origins use for their bodies. Raises ``OutputError``.
    """
    check_figures(path)
    half = ""
    try:
        descriptor, half = tempfile.mkstemp(TEMPORARY_SUFFIX, TEMPORARY_PREFIX, os.path.dirname(os.path.abspath(path)))
        os.close(descriptor)
        with (
            tempfile.TemporaryDirectory(prefix=TEMPORARY_PREFIX) as room,
            open_workbook(Path(half), Path(room), FIGURES_MARK, Place(str(path))) as book,
        ):
            _Maker(book, results, kinds, words, formats).fill(origins, pairs)
        os.chmod(half, 0o666 & ~_umask())
        move_file(half, str(path))
    except OSError as error:
        text = N_("not written: {reason}")
        raise OutputError.at(Place(str(path)), text, reason=Message(reason_of(error))) from None
    finally:
        if half and os.path.exists(half):
            os.unlink(half)


def check_figures(path: Path) -> None:
    """Raise ``OutputError`` if the file at the path of the figures was not written by a rollup, or was saved since."""
    text = N_("not written: {reason}")
    with explaining(path, text):
        file = open_if_there(os.path.realpath(path))
        if file is None:
            return
        with file:
            mark = look_at(file)
            is_empty = not os.fstat(file.fileno()).st_size
    is_ours = mark.is_made_by_us and not mark.is_changed and mark.category in ("", FIGURES_MARK)
    if not (is_ours or is_empty):
        text = N_(
            "a file with this name already exists, and rollup did not write it (or it was saved "
            "since then); move it or choose another name"
        )
        raise OutputError.at(Place(str(path)), text)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _Sheet(Sheet):
    """A sheet ready to be printed: all columns on one page, under their headings."""

    def __init__(self, book: Book, title: str, heads: Sequence[tuple[str, int]], head: Any) -> None:
        super().__init__(book, title, heads, head)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)

    def range(self, column: str, first: int, last: int) -> str:
        """Return a range of a column, as formulas write it."""
        return f"'{self.title}'!{column}{first}:{column}{last}"


class _Maker:
    def __init__(
        self,
        book: Book,
        results: Mapping[int, RolledUp],
        kinds: Mapping[str, SectionKind],
        words: Words,
        formats: Formats,
    ) -> None:
        self._book = book
        self._formats = formats
        levels = frozenset[str]().union(*(each.summary.member_levels for each in results.values()))
        self._member = next(iter(levels)) if len(levels) == 1 else "mixed"
        self._main = {"community.residents": "residents"}
        for name, kind in kinds.items():
            self._main |= {f"{name}.{field}": figure for figure, field, _ in kind.model.main_figures}
        self._answers: dict[str, dict[str, SurveyAnswer]] = {item.name: {} for item in ITEMS}
        for kind in kinds.values():
            for answer in kind.rollup.survey if kind.rollup else ():
                self._answers.get(answer.item, {})[f"{kind.name}.{answer.figure}"] = answer
        self._results = results
        self._kinds = kinds
        self._words = words
        self._head = book.frame.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True})
        self._exactness = {each: "" if each == "exactly" else words.choice(each) for each in literals(Approximation)}
        self._sheets = {name: self._sheet(name) for name in _HEADS}
        self._doubts()
        self._lines: dict[int, dict[tuple[str, str, str], _Line]] = {}
        self._origins = [self._sheets[_ORIGINS]]
        # Each record has its part in nearly every figure.
        self._whose = lru_cache(_CELLS_KEPT)(lambda *texts: cells_xml(texts, _WHOSE))
        self._where = lru_cache(_CELLS_KEPT)(lambda path: cells_xml((path,), _WHERE))

    def _sheet(self, name: str, number: int = 1) -> _Sheet:
        names = _HEADS.get(name) or _DOUBTS[name]
        heads = [(self._title(head), _WIDTHS.get(head, _WIDTH)) for head in names]
        if name == _MEMBERS:
            heads += [(f"{self._formats.figure(figure)} ({unit})", _WIDTH) for figure, unit in MAIN_FIGURES.items()]
        title = self._formats.member(self._member, 2) if name == _MEMBERS else self._words.translate(name)
        return _Sheet(self._book, title + (f" {number}" if number > 1 else ""), heads, self._head)

    def _title(self, head: str) -> str:
        """Return the heading of a column, which may name the members of the summaries."""
        nouns = (self._formats.member(self._member, 1), self._formats.member(self._member, 2))
        if head in (_COMMUNITY, _COMMUNITIES):
            return self._formats.head("community" if head == _COMMUNITY else "communities", nouns)
        return self._words.translate(head)

    def _doubts(self) -> None:
        """Write what the papers do not say: who is missing or faulty, unusual figures, amounts in no sum."""
        for sheet_name, rows in self._doubt_rows().items():
            if rows:
                sheet = self._sheet(sheet_name)
                for row in rows:
                    sheet.write(row)

    def _doubt_rows(self) -> dict[str, list[list[Any]]]:
        found: dict[str, list[list[Any]]] = {name: [] for name in _DOUBTS}
        for result in self._results.values():
            for section in result.summary.sections:
                if isinstance(section, Rollup):
                    self._doubts_of(result.body.name, section, found)
        return found

    def _doubts_of(self, body: str, section: Rollup, found: Mapping[str, list[list[Any]]]) -> None:
        for name, members in ((_MISSING, section.missing), (_FAULTY, section.failed)):
            found[name] += [[body, *_place(member), member.code or ""] for member in members]
        for each in outliers(section.members, ("street", "district")):
            count, median = each["reported"], each["median"]
            place = (each["district"] or "", each["street"] or "", each["member"])
            figure = self._formats.figure(each["figure"]["figure"])
            exactness = self._exactness[count.approx]
            row = [body, *place, figure, count.unit or "", count.value, exactness, median["value"] if median else ""]
            found[_OUTLYING].append(row)
        for apart in section.apart:
            kind, _, figure = apart.figure.partition(".")
            amount = apart.amount
            what = [*self._labels(kind, figure), apart.of or "", amount.unit or ""]
            found[_APART].append([body, *what, amount.value, self._exactness[amount.approx]])
        found[_LEFT_OUT] += [[body, self._words.choice(e.section), e.communities.value] for e in section.left_out]
        for name in section.shortened:
            kind, _, figure = name.partition(".")
            found[_SHORTENED].append([body, *self._labels(kind, figure)])
        if section.compared:
            for label, members in ((N_("now"), section.compared.new), (N_("before"), section.compared.vanished)):
                year = self._words.translate(label)
                found[_UNCOMPARED] += [[body, *_place(member), year] for member in members]

    def fill(self, origins: Origins, pairs: Mapping[int, Pairs]) -> None:
        """Write all sheets."""
        for note in NOTES:
            self._sheets[_SURVEY].write(["", "", "", self._words.translate(note)])
        counts = self._records(origins)
        for (body, kind, figure, of, unit), entries in groupby(origins.entries(), itemgetter(slice(5))):
            self._figure(body, kind, figure, of, unit, entries)
        for body in self._results:
            self._derived(body, counts.get(body, (0, 0, 0)))
            self._medians(body)
            self._changes(body, pairs.get(body, []))
            for item in ITEMS:
                self._item(body, item)

    def _records(self, origins: Origins) -> dict[int, tuple[int, int, int]]:
        """Write the records; return the first row, the last row and the number of communities of each body."""
        sheet = self._sheets[_RECORDS]
        found: dict[int, tuple[int, int, int]] = {}
        for source in origins.sources():
            if source.body not in self._results:
                continue
            texts = map(visible, (source.district, source.street, source.community, source.record, source.place))
            row = sheet.write([self._name(source.body), *texts, source.communities])
            first, _, number = found.get(source.body, (row, row, 0))
            found[source.body] = (first, row, number + source.communities)
        return found

    def _name(self, body: int) -> str:
        return self._results[body].body.name

    def _figure(
        self, body: int, kind: str, figure: str, of: str, unit: str, entries: Iterator[tuple[Any, ...]]
    ) -> None:
        if body not in self._results:
            return
        heads = [self._name(body), *self._labels(kind, figure), of, unit]
        shares = self._is_share(kind, figure)
        number, lowest, highest = 0, math.inf, -math.inf
        added = Sum()
        ranges: list[tuple[_Sheet, int, int]] = []
        lead = cells_xml(heads)
        for *_, value, approx, exact_to, community, record, place, path in entries:
            sheet = self._room()
            amount = cells_xml((value, self._exactness[approx]), _AMOUNT)
            row = sheet.write_cells(f"{lead}{amount}{self._whose(community, record, place)}{self._where(path)}")
            if ranges and ranges[-1][0] is sheet:
                ranges[-1] = (sheet, ranges[-1][1], row)
            else:
                ranges.append((sheet, row, row))
            number += 1
            if value is None:
                added.lack()
            else:
                added.include(value, approx, exact_to)
            if shares:
                lowest, highest = min(lowest, value or 0), max(highest, value or 0)
        cells = ",".join(sheet.range("F", first, last) for sheet, first, last in ranges)
        field = f"{kind}.{figure}" + (f" [{of}]" if of else "")
        if shares:
            for name, function, value in (("lowest", "MIN", lowest), ("highest", "MAX", highest)):
                formula = Formula(f"={function}({cells})", value)
                where = f"rollup.extents[{kind}.{figure}].{name}"
                self._write(heads, formula, "", number, where)
        else:
            formula, approx = _summed(f"SUM({cells})", added)
            line = self._write(heads, formula, self._exactness[approx], number, field)
            self._lines.setdefault(body, {})[f"{kind}.{figure}", of, unit] = line._replace(approx=approx)

    def _write(self, heads: Sequence[str], formula: Formula, exactness: str, number: int, field: str) -> _Line:
        sheet = self._sheets[_FIGURES]
        row = sheet.write([*heads, formula, exactness, formula.text, number, field])
        value = formula.value if isinstance(formula.value, int | float) else 0
        return _Line(f"'{sheet.title}'!F{row}", value, "exactly")

    def _room(self) -> _Sheet:
        """Return the sheet of origins that has room."""
        if self._origins[-1].row >= MOST_ROWS:
            self._origins.append(self._sheet(_ORIGINS, len(self._origins) + 1))
        return self._origins[-1]

    def _derived(self, body: int, counted: tuple[int, int, int]) -> None:
        """Write the figures that are computed from others: the number of communities, and figures per resident."""
        first, last, number = counted
        cells = self._sheets[_RECORDS].range("G", first, last)
        heads = [self._name(body), self._words.choice("rollup"), self._key("rollup", "number"), "", "个"]
        formula = Formula(f"=SUM({cells})", number)
        self._write(heads, formula, "", last - first + 1, "rollup.number")
        lines = self._lines.get(body, {})
        for name, kind in self._kinds.items():
            for ratio in kind.rollup.ratios if kind.rollup else ():
                unit = unit_at(kind.model, ratio.part)
                given = lines.get((f"{name}.{ratio.part}", "", unit))
                whole = lines.get((f"{name}.{ratio.residents}", "", unit_at(kind.model, ratio.residents)))
                if given and whole and whole.value:
                    approximate = [each.value for each in (given, whole) if each.approx != "exactly"]
                    value = ratio.times * given.value / whole.value
                    decimals = decimals_borne(value, approximate, ratio.decimals)
                    formula = Formula(
                        f"=ROUND({ratio.times}*{given.cell}/{whole.cell},{decimals})", to_place(value, -decimals)
                    )
                    heads = [self._name(body), self._words.choice(name), self._words.translate(ratio.label), "", unit]
                    self._write(heads, formula, self._exactness["about"] if approximate else "", 2, name)

    def _medians(self, body: int) -> None:
        members = members_of(self._results[body].summary)
        sheet = self._sheets[_MEMBERS]
        first = sheet.row + 2
        for member in members:
            counts = [getattr(member, each) for each in MAIN_FIGURES]
            figures = [None if count is None else count.as_shown.value for count in counts]
            sheet.write([self._name(body), member.district or "", member.street or "", member.name, *figures])
        for place, (figure, unit) in enumerate(MAIN_FIGURES.items()):
            counts = [count for member in members if (count := getattr(member, figure)) is not None]
            if counts:
                median = middle(counts)
                cells = sheet.range(chr(ord("E") + place), first, sheet.row + 1)
                formula = Formula(f"=SMALL({cells},INT((COUNT({cells})+1)/2))", median.value)
                label = f"{self._formats.figure(figure)}: {self._words.translate(N_('median'))}"
                heads = [self._name(body), self._words.choice("rollup"), label, "", unit]
                self._write(heads, formula, self._exactness[median.approx], len(counts), f"rollup.members.{figure}")

    def _changes(self, body: int, pairs: Pairs) -> None:
        sheet = self._sheets[_COMPARED]
        for figure, unit in MAIN_FIGURES.items():
            label = self._formats.figure(figure)
            first, sums = sheet.row + 2, (Sum(), Sum())
            for now, before in pairs:
                this, that = getattr(now, figure), getattr(before, figure)
                if this is not None and that is not None:
                    sheet.write([self._name(body), label, now.name, that.value, this.value])
                    sums[0].add(that)
                    sums[1].add(this)
            last = sheet.row + 1
            if last < first:
                continue
            for name, formula, approx, shown in _changed(sums, [sheet.range(column, first, last) for column in "DE"]):
                figure_label = f"{label}: {self._words.translate(name)}"
                heads = [self._name(body), self._words.choice("rollup"), figure_label, "", unit if shown else "%"]
                where = f"rollup.compared.changes[{figure}]"
                self._write(heads, formula, self._exactness[approx], last - first + 1, where)

    def _item(self, body: int, item: Item) -> None:
        answers = self._answers[item.name]
        found = [
            line
            for (figure, of, unit), line in self._lines.get(body, {}).items()
            if unit == item.unit and figure in answers and answers[figure].counts(of)
        ]
        value: Formula | str = ""
        approx: Approximation = "exactly"
        if found:
            added = Sum()
            for line in found:
                added.include(line.value, line.approx, None)
            value, approx = _summed(f"SUM({','.join(line.cell for line in found)})", added, whole=True)
        translate = self._words.translate
        bases = [translate(answer.basis) for answer in answers.values() if answer.basis]
        basis = "; ".join(bases) if found else translate(N_("not in the records"))
        names = (self._name(body), translate(item.group), item.code, translate(item.name), item.unit)
        self._sheets[_SURVEY].write([*names, value, self._exactness[approx], basis])

    def _labels(self, kind: str, figure: str) -> tuple[str, str]:
        """Return the labels of section kind and figure."""
        model: Any = Community if kind == BASICS else self._kinds[kind].model if kind in self._kinds else None
        section = self._words.choice(kind) if kind != BASICS else self._formats.member(self._member, 2)
        main = self._main.get(f"{kind}.{figure}")
        if main is not None:
            return section, self._formats.figure(main)
        names = []
        for name in figure.split("."):
            known = model is not None and name in model.model_fields
            names.append(self._words.key(model, name) if known else name)
            model = next(iter(children(model, name)), None) if known else None
        return section, "·".join(names)

    def _key(self, kind: str, field: str) -> str:
        return self._words.key(self._kinds[kind].model, field)

    def _is_share(self, kind: str, figure: str) -> bool:
        model = self._kinds[kind].model if kind in self._kinds else None
        return model is not None and figure in model.model_fields and Share in children(model, figure)


def _summed(text: str, added: Sum, *, whole: bool = False) -> tuple[Formula, Approximation]:
    """Return the formula of a sum that ``text`` adds up, rounded as in the document, and its approximation."""
    value, approx, place = added.rounding
    if place is None or (place <= 0 and isinstance(value, int)):
        return Formula(f"=ROUND({text},0)", round(value)) if whole else Formula(f"={text}", _plain(value)), approx
    function = "ROUNDDOWN" if approx in LOWER_BOUNDS else "ROUND"
    return Formula(f"={function}({text},{-place})", _plain(value)), approx


def _changed(sums: tuple[Sum, Sum], cells: Sequence[str]) -> Iterator[tuple[str, Formula, Approximation, bool]]:
    """Yield the sums of two years and the change: name, formula, approximation, and whether it is in the unit."""
    (before, before_approx), (now, now_approx) = (
        _summed(f"SUM({range_})", added) for range_, added in zip(cells, sums, strict=True)
    )
    yield N_("before"), before, before_approx, True
    yield N_("now"), now, now_approx, True
    counts = [
        Count.model_construct(value=int(each.number), approx=each.approx, exact_to=each.exact_to) for each in sums
    ]
    change = what_changed(*counts)
    earlier, later = before.text[1:], now.text[1:]
    text = f"{later}-{earlier}"
    if change.approx != "exactly":
        text = f"ROUND({text},{change.decimals})"
    yield N_("change"), Formula(f"={text}", change.difference), change.approx, True
    text = f'IF({earlier}=0,"",ROUND(100*({text})/{earlier},{change.percent_decimals}))'
    yield N_("change in %"), Formula(f"={text}", change.percent if counts[0].value else ""), change.approx, False


def _place(member: Member) -> tuple[str, str, str]:
    return member.district or "", member.street or "", member.name


def _plain(value: float) -> float:
    return int(value) if float(value).is_integer() else round(value, 4)
