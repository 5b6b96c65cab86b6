"""The package of a form: refused, or read once in a separate process into what filling needs.

All parts stay byte for byte the same, except those with tags, those with references to rows that move, the stored
calculation order, and the parts that list which parts there are.
"""

import hashlib
import posixpath
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from lxml import etree

from kepu_docs.plugin import (
    N_,
    RECORD_NAMESPACE,
    DocumentError,
    Fault,
    FormPlan,
    Limits,
    Message,
    OfficeParts,
    Place,
    StoppedError,
    isolated,
    open_workbook,
    target_of,
)
from kepu_excel.acts import found_acting
from kepu_excel.formulas import Formula
from kepu_excel.layout import Region, is_unsure
from kepu_excel.markup import DECLARATION, R, TextRun, runs_of, s, written
from kepu_excel.sheet import PLACE, CellStart, RowStart, Sheet, broken, read_sheet
from kepu_excel.shifting import KNOWN, area, sites
from kepu_excel.styles import Styles, read_styles

_TYPES: Final = "[Content_Types].xml"
_RECORD: Final = f"{{{RECORD_NAMESPACE}}}record"
_UNLOOKED: Final = ("customXml/", "docProps/")
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_CACHES: Final = tuple(f"{_CHART}{name}" for name in ("strCache", "numCache", "multiLvlStrCache"))
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_TEMPLATE: Final = "spreadsheetml.template.main+xml"
_BEFORE_CALCULATION: Final = tuple(
    map(s, ("definedNames", "externalReferences", "functionGroups", "sheets"))
)  # fmt: skip


Follows: TypeAlias = Literal["table", "drawing", "comments", "shapes", "chart"]


_FOLLOWING: Final[Mapping[str, Follows]] = {
    "table": "table", "comments": "comments", "threadedComment": "comments", "vmlDrawing": "shapes",
}  # fmt: skip
"""The kind of a part, by its relationship to a sheet."""


@dataclass(frozen=True, slots=True)
class Follower:
    """A part whose references follow the rows of a sheet; a chart follows the rows of all sheets."""

    name: str
    kind: Follows
    sheet: str


@dataclass(frozen=True, slots=True)
class Insertion:
    """A part with a place for additions: what is before the place and after it."""

    name: str
    before: str
    after: str

    def with_more(self, more: str) -> bytes:
        """Return the part with something inserted."""
        return f"{self.before}{more}{self.after}".encode()


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read.

    ``parts`` are all parts that stay; ``sheets`` are taken apart, by the names of their parts, those with tags first,
    as in the plan. ``book`` is the main part. ``moves`` says whether rows of any sheet may move; only then are there
    ``followers``, the parts that follow them. ``dates_from_1904`` says how days are counted.
    """

    plan: FormPlan
    parts: Mapping[str, bytes]
    sheets: Mapping[str, Sheet]
    tagged: int
    main: str
    book: bytes
    moves: bool
    followers: tuple[Follower, ...]
    styles: Styles
    dates_from_1904: bool
    relations: Insertion
    types: Insertion


def read_form(data: bytes) -> Form:
    """Return a form, read in a separate process.

    Raises ``DocumentError`` for a file that is not a workbook, is broken or is refused.
    """
    try:
        return isolated(make_form, Limits.of_size(len(data)), data)
    except StoppedError as error:
        text = N_("the workbook cannot be read: {reason}")
        raise DocumentError.at(PLACE, text, reason=error.reason) from None


def require_harmless(roots: Mapping[str, Any], main: str) -> None:
    """Raise ``DocumentError`` if a part of a workbook acts by itself or fetches something.

    ``roots`` are the roots of the parts by name; ``main`` is the name of the main part.
    """
    names = roots[main].iterfind(f"{s('definedNames')}/{s('definedName')}")
    own = frozenset(str(each.get("name")).upper() for each in names)
    for name, root in roots.items():
        if name.endswith(".rels") or name == _TYPES or name.startswith(_UNLOOKED):
            continue
        acting = found_acting(root, own)
        if acting is not None:
            text = N_("the document is rejected: it contains {what}, in the part “{name}”")
            raise DocumentError.at(PLACE, text, what=acting, name=name)


def related(roots: Mapping[str, Any], name: str, word: str) -> Iterator[tuple[str, str]]:
    """Yield id and part of each relationship of a part whose type ends in ``word`` and whose target is an XML part."""
    relations = relations_of(name)
    for relation in roots.get(relations, ()):
        if str(relation.get("Type")).rpartition("/")[2] == word and relation.get("TargetMode") != "External":
            target = target_of(relation, relations)
            if target in roots:
                yield str(relation.get("Id")), target


def titles_of(roots: Mapping[str, Any], main: str) -> dict[str, str]:
    """Return the titles of the sheets by the names of their parts, in order. Raises ``DocumentError``."""
    sheets = dict(related(roots, main, "worksheet"))
    titles: dict[str, str] = {}
    for sheet in roots[main].iterfind(f"{s('sheets')}/{s('sheet')}"):
        name = sheets.get(str(sheet.get(f"{{{R}}}id")))
        if name is not None:
            titles[name] = str(sheet.get("name"))
            if roots[name].tag != s("worksheet"):
                raise broken(name, Message(N_("it is not a sheet")))
    return titles


def followers_of(roots: Mapping[str, Any], titles: Mapping[str, str], moving: Container[str]) -> Iterator[Follower]:
    """Yield the parts that follow rows which move in the sheets of the ``moving`` parts."""
    for name, title in titles.items():
        sheet = title if name in moving else ""
        for _, drawing in related(roots, name, "drawing"):
            yield Follower(drawing, "drawing", sheet)
            for _, chart in related(roots, drawing, "chart"):
                yield Follower(chart, "chart", "")
        for word, kind in _FOLLOWING.items():
            for _, part in related(roots, name, word):
                yield Follower(part, kind, sheet)
    for name, root in roots.items():  # sheets that hold only a chart
        if root.tag.endswith("}chartsheet"):
            for _, drawing in related(roots, name, "drawing"):
                for _, chart in related(roots, drawing, "chart"):
                    yield Follower(chart, "chart", "")


def make_form(data: bytes) -> Form:
    """Return a form. Raises as :func:`read_form` does."""
    return _Reader(open_workbook(data, PLACE), hashlib.sha256(data).hexdigest()).form()


class _Reader:
    def __init__(self, opened: OfficeParts, digest: str) -> None:
        self._digest = digest
        self._parts = dict(opened.data)
        self._roots: dict[str, Any] = dict(opened.roots)
        self._main = opened.main
        self._book: Any = self._roots[self._main]
        self._faults: list[Fault] = []

    def form(self) -> Form:
        require_harmless(self._roots, self._main)
        self._drop_record()
        titles = titles_of(self._roots, self._main)
        strings, tagged_strings = self._strings()
        sheets = self._sheets(titles, strings, tagged_strings)
        tagged = sum(sheet.has_tags for sheet in sheets.values())
        moves = any(sheet.regions for sheet in sheets.values())
        self._faults += [fault for sheet in sheets.values() for fault in sheet.faults]
        self._faults += self._lost(titles)
        followers: tuple[Follower, ...] = ()
        if moves:
            self._read_others(titles, strings, sheets)
            moving = frozenset(name for name, sheet in sheets.items() if sheet.regions)
            followers = tuple(followers_of(self._roots, titles, moving))
            self._faults += _Looker(self._book, self._roots, sheets, followers).faults()
        else:
            self._without_values(sheets)
        self._blank_strings(tagged_strings)
        if not tagged and not self._faults:
            problem = N_("this form has no placeholders: nothing would be filled in")
            self._faults.append(Fault(Place(), problem))
        self._without_caches()
        styles = self._styles(sheets)
        self._drop_order()
        self._calculated_anew()
        relations, types = relations_of(self._main), self._roots[_TYPES]
        for entry in types:
            if str(entry.get("ContentType")).endswith(_TEMPLATE):
                entry.set("ContentType", _SHEET_TYPE)
        plan = FormPlan(
            self._digest,
            tuple(sheet.sequence for sheet in sheets.values() if sheet.has_tags),
            tuple(self._faults),
        )
        made = (_TYPES, relations, self._main, *sheets)
        properties = self._book.find(s("workbookPr"))
        return Form(
            plan,
            {name: data for name, data in self._parts.items() if name not in made},
            sheets,
            tagged,
            self._main,
            written(self._book),
            moves,
            followers,
            styles,
            properties is not None and properties.get("date1904") in ("1", "true"),
            _open_ended(relations, self._roots[relations]),
            _open_ended(_TYPES, types),
        )

    def _related(self, name: str, word: str) -> Iterator[tuple[str, str]]:
        return related(self._roots, name, word)

    def _strings(self) -> tuple[tuple[tuple[TextRun, ...], ...], frozenset[int]]:
        """Return the shared strings, and the numbers of those that may have tags."""
        name = next((name for _, name in self._related(self._main, "sharedStrings")), "")
        if not name:
            return (), frozenset()
        root = self._roots[name]
        strings = tuple(runs_of(each, root) for each in root.iterchildren(s("si")))
        return strings, frozenset(
            number for number, runs in enumerate(strings) if any("{" in run.text or "｛" in run.text for run in runs)
        )

    def _sheets(
        self, titles: Mapping[str, str], strings: tuple[tuple[TextRun, ...], ...], tagged: frozenset[int]
    ) -> dict[str, Sheet]:
        sheets: dict[str, Sheet] = {}
        for name, title in titles.items():
            if _may_have_tags(self._roots[name], tagged):
                sheet = read_sheet(self._again(name), name, title, strings)
                if sheet.has_tags or sheet.faults:
                    sheets[name] = sheet
        return dict(sorted(sheets.items(), key=lambda pair: not pair[1].has_tags))

    def _again(self, name: str) -> Any:
        """Return the root of a part, parsed again for a caller who uses it up."""
        return etree.fromstring(etree.tostring(self._roots[name]))

    def _read_others(
        self, titles: Mapping[str, str], strings: tuple[tuple[TextRun, ...], ...], sheets: dict[str, Sheet]
    ) -> None:
        """Take apart the other sheets whose formulas may refer to rows that move."""
        for name, title in titles.items():
            root = self._roots[name]
            if name not in sheets and (
                next(root.iter(s("f")), None) is not None or next(sites(root), None) is not None
            ):
                sheets[name] = read_sheet(self._again(name), name, title, strings)

    def _without_values(self, sheets: Mapping[str, Sheet]) -> None:
        """Remove the cached values of formulas in sheets that are not taken apart."""
        for _, name in self._related(self._main, "worksheet"):
            if name in sheets:
                continue
            root, found = self._roots[name], False
            for formula in root.iter(s("f")):
                cell = formula.getparent()
                value = cell.find(s("v"))
                if value is not None:
                    cell.remove(value)
                    cell.attrib.pop("t", None)
                    found = True
            if found:
                self._parts[name] = written(root)

    def _without_caches(self) -> None:
        """Remove the cached values of charts: they are placeholders, or were computed without any facts."""
        for name, root in self._roots.items():
            caches = list(root.iter(*_CACHES)) if name in self._parts else []
            for cache in caches:
                cache.getparent().remove(cache)
            if caches:
                self._parts[name] = written(root)

    def _blank_strings(self, tagged: frozenset[int]) -> None:
        """Take the placeholders out of the shared strings: the cells that showed them have their own text."""
        name = next((name for _, name in self._related(self._main, "sharedStrings")), "")
        if not tagged:
            return
        root = self._roots[name]
        for number, element in enumerate(root.iterchildren(s("si"))):
            text = "".join(each.text or "" for each in element.iter(s("t")))
            if number in tagged and any(mark in text for mark in ("{{", "{%", "{#", "｛｛", "｛％", "｛#", "｛%")):
                for child in list(element):
                    element.remove(child)
                element.append(element.makeelement(s("t")))
        self._parts[name] = written(root)

    def _lost(self, titles: Mapping[str, str]) -> Iterator[Fault]:
        """Yield a fault for each placeholder in a place where none is filled in and nobody would notice."""
        for title in titles.values():
            if "{{" in title:
                text = N_("a placeholder in the name of a sheet is not filled in: “{name}”")
                yield Fault(Place(), text, (("name", title),))
        for name, root in self._roots.items():
            found = "".join(text for element in root.iter(_DRAWN) if (text := element.text))
            if "{{" in found or "{%" in found:
                text = N_("in the part “{name}” a placeholder is in a drawing or chart, where none is filled in")
                yield Fault(Place(), text, (("name", name),))

    def _styles(self, sheets: Mapping[str, Sheet]) -> Styles:
        name = next((name for _, name in self._related(self._main, "styles")), "")
        used = {piece.style for sheet in sheets.values() for piece in sheet.pieces if isinstance(piece, CellStart)}
        if not name or not used:
            return Styles("", {}, frozenset(), {}, b"")
        return read_styles(name, self._roots[name], used)

    def _drop_order(self) -> None:
        """Drop the stored calculation order: it names cells, and Excel rebuilds it."""
        for name in [name for _, name in self._related(self._main, "calcChain")]:
            self._forget({name})

    def _calculated_anew(self) -> None:
        found = self._book.find(s("calcPr"))
        if found is None:
            found = self._book.makeelement(s("calcPr"))
            before = next(each for tag in _BEFORE_CALCULATION if (each := self._book.find(tag)) is not None)
            before.addnext(found)
        found.set("fullCalcOnLoad", "1")

    def _drop_record(self) -> None:
        """Take the record out of a form that is itself a filled form: it gets another record."""
        gone: set[str] = set()
        for name, root in self._roots.items():
            if name.startswith("customXml/") and root.tag == _RECORD:
                gone |= {name, relations_of(name), *(target for _, target in self._related(name, "customXmlProps"))}
        if gone:
            self._forget(gone)

    def _forget(self, gone: set[str]) -> None:
        for name in gone:
            self._parts.pop(name, None)
            self._roots.pop(name, None)
        relations = relations_of(self._main)
        for relation in list(self._roots[relations]):
            if relation.get("TargetMode") != "External" and target_of(relation, relations) in gone:
                self._roots[relations].remove(relation)
        for entry in list(self._roots[_TYPES]):
            if str(entry.get("PartName")).lstrip("/") in gone:
                self._roots[_TYPES].remove(entry)


class _Looker:
    """Finds, before any form is filled, what cannot follow rows that move."""

    def __init__(
        self, book: Any, roots: Mapping[str, Any], sheets: Mapping[str, Sheet], followers: tuple[Follower, ...]
    ) -> None:
        self._book = book
        self._roots = roots
        self._sheets = sheets
        self._regions: dict[str, tuple[Region, ...]] = {
            sheet.title.lower(): sheet.regions for sheet in sheets.values() if sheet.regions
        }
        self._followers = followers
        self._found: list[Fault] = []

    def faults(self) -> list[Fault]:
        """Return the faults that were found."""
        for name, sheet in self._sheets.items():
            for cell, row, formula in sheet.formulas:
                self._formula(formula, sheet.title, row, _in_cell(sheet.title, cell))
            self._frame(name, sheet)
        for site in sites(self._book):
            named = Message.of(N_("in the name “{name}”"), name=str(site.element.get("name")))
            self._formula(site.formula, "", None, named)
        for follower in self._followers:
            self._follower(follower)
        for name in self._roots:
            if "pivot" in name.lower() and not name.endswith(".rels"):
                self._cannot(N_("a pivot table (“{name}”) cannot follow rows that are repeated or left out"), name=name)
                break
        return self._found

    def _cannot(self, text: str, **values: object) -> None:
        self._found.append(Fault(Place(), text, tuple(values.items())))

    def _formula(self, formula: Formula, title: str, row: int | None, where: Message) -> None:
        for reference in formula.references:
            sheet = (reference.sheet or title).lower()
            if ":" in sheet:
                self._cannot(
                    N_("the formula {where} refers to several sheets at once, whose rows may move: {reference}"),
                    where=where,
                    reference=reference.text(),
                )
                continue
            regions = self._regions.get(sheet, ())
            if is_unsure(reference, regions, row if sheet == title.lower() else None):
                self._cannot(
                    N_(
                        "the formula {where} refers to {reference}, in rows that are repeated or "
                        "left out; use all of them in a range function, such as SUM({reference})"
                    ),
                    where=where,
                    reference=reference.text(),
                )

    def _frame(self, name: str, sheet: Sheet) -> None:
        root = etree.fromstring(sheet.frame)
        original = self._roots[name]
        for formula in original.iter(s("f")):
            cell = formula.getparent().get("r", "")
            own = (cell, f"{cell}:{cell}")
            if formula.get("t") == "dataTable" or (formula.get("t") == "array" and formula.get("ref") not in own):
                text = N_("a formula over several cells cannot follow rows that are repeated or left out, {where}")
                self._cannot(text, where=_in_cell(sheet.title, cell))
        for site in sites(root):
            self._formula(site.formula, sheet.title, site.row, _in_rules(sheet.title))
        if not sheet.regions:
            return
        for child in root.iterchildren(etree.Element):
            word = str(child.tag).rpartition("}")[2]
            if word not in KNOWN:
                text = N_("the sheet “{sheet}” has something that cannot follow moving rows: {name}")
                self._cannot(text, sheet=sheet.title, name=word)
        for element in root.iter("{*}sparkline"):
            written_at = next((each.text or "" for each in element.iterchildren("{*}sqref")), "")
            self._stays(written_at, sheet, N_("a sparkline"))

    def _follower(self, follower: Follower) -> None:
        root = self._roots[follower.name]
        for site in sites(root):
            where = Message.of(N_("in the part “{name}”"), name=follower.name)
            self._formula(site.formula, follower.sheet, None, where)
        sheet = next((each for each in self._sheets.values() if each.title == follower.sheet), None)
        if sheet is None or not follower.sheet:
            return
        if follower.kind == "comments":
            for element in root.iter("{*}comment", "{*}threadedComment"):
                self._stays(str(element.get("ref")), sheet, N_("a comment"))
        elif follower.kind == "table":
            found = area(str(root.get("ref")))
            if found is None:
                return
            if any(region.holds(found.top, found.bottom) for region in sheet.regions):
                self._stays(str(root.get("ref")), sheet, N_("a table"))
            if root.get("headerRowCount") != "0" and found.top in _tagged_rows(sheet):
                text = N_("the headings of a table (“{name}”) in the sheet “{sheet}” cannot have placeholders")
                self._cannot(text, name=str(root.get("displayName")), sheet=sheet.title)

    def _stays(self, written_at: str, sheet: Sheet, what: str) -> None:
        found = area(written_at.split()[0]) if written_at.split() else None
        if found is not None and any(region.holds(found.top, found.top) for region in sheet.regions):
            text = N_("{what} is not allowed in rows that are repeated or left out, {where}")
            self._cannot(text, what=Message(what), where=_in_cell(sheet.title, written_at.split()[0]))


def _tagged_rows(sheet: Sheet) -> set[int]:
    return {piece.row.number for piece in sheet.pieces if isinstance(piece, RowStart)}


def _in_cell(sheet: str, cell: str) -> Message:
    return Message.of(N_("in the sheet “{sheet}”, cell {cell}"), sheet=sheet, cell=cell)


def _in_rules(sheet: str) -> Message:
    return Message.of(N_("in the rules of the sheet “{sheet}”"), sheet=sheet)


def _may_have_tags(root: Any, tagged: frozenset[int]) -> bool:
    """Return whether a sheet may hold a tag at all."""
    for element in root.iter(s("v"), s("t"), s("f"), s("headerFooter")):
        text = "".join(element.itertext())
        if element.tag == s("v"):
            cell = element.getparent()
            if cell.get("t") == "s" and text.isdecimal() and len(text) < 10 and int(text) in tagged:
                return True
        elif "{{" in text or "{%" in text or "｛" in text or "{#" in text:
            return True
    return False


def relations_of(name: str) -> str:
    """Return the name of the part that holds the relationships of a part."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _open_ended(name: str, root: Any) -> Insertion:
    """Return a part split before the end tag of its root."""
    if root.text is None and not len(root):
        root.text = "\n"
    text = etree.tostring(root, encoding="unicode")
    place = text.rindex("</")
    return Insertion(name, DECLARATION + text[:place], text[place:])
