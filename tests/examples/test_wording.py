"""The wording of every section kind: whatever is given, what is printed is sound Chinese typesetting.

Each kind is composed with every field alone, every pair of its fields and all of them, with lists of one, two and
five entries, with entries in full and entries of which only the needed fields are given, and with counts of every
approximation. The sample values are made from the annotations of the models.
"""

import datetime
import re
import types
import typing
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Annotated, Any, Final, Literal, Union

import pytest
from annotated_types import Ge
from pydantic.fields import FieldInfo

from kepu_docs.blocks import Document, Heading, ListBlock, Paragraph, Table
from kepu_docs.composing import Composer
from kepu_docs.registry import Registry
from kepu_docs.schema import CORE_SECTIONS, Approximation, Community, Period, Quantity, Record, Section

APPROXIMATIONS: Final = typing.get_args(Approximation)
REGISTRY: Final = Registry.load()
NO_WORDING: Final = {"photos"}
"""Fields whose values are files, not words."""
NAMES: Final = "甲乙丙丁戊己庚辛壬癸"

_HANZI: Final = r"\u3400-\u9fff"
_MARK: Final = r"，。、；：！？"
FAULTS: Final = {
    "doubled punctuation": re.compile(rf"[{_MARK}][{_MARK}]"),
    "half-width punctuation beside a hanzi": re.compile(rf"[{_HANZI}][,:;()?!]|[,:;()?!][{_HANZI}]"),
    "leading punctuation": re.compile(rf"^[{_MARK}）”》]"),
    "punctuation after an opening mark": re.compile(rf"[（“《][{_MARK}]"),
    "a quantity of nothing": re.compile(r"(?<![0-9.,])0(?!\.[0-9])"),
    "empty brackets or quotes": re.compile(r"（）|“”|《》|‘’"),
    "a space beside a hanzi or a mark": re.compile(rf"[{_HANZI}{_MARK}]\s|\s[{_HANZI}{_MARK}]|^\s|\s$"),
    "a left-over of the template": re.compile(r"[{}]|(?<![0-9])%|None|Undefined|True|False"),
    "a doubled word": re.compile(r"社区社区|举办举办|负责负责|用于用于|和和|由由|等等|的的"),
}
CLOSED: Final = re.compile(r"[。！？：”）]$")


class Values:
    """Makes sample values: ``size`` entries in lists, in full or with needed fields only."""

    def __init__(self, size: int, full: bool, approx: str = "exactly", number: int = 120) -> None:
        self.size = size
        self.full = full
        self.approx = approx
        self.number = number

    def of(self, annotation: Any, nth: int = 0) -> Any:
        origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is Annotated and arguments[0] is int:
            bounds: list[Any] = [
                mark.ge for field in arguments[1:] for mark in getattr(field, "metadata", ()) if isinstance(mark, Ge)
            ]
            return max(2, *bounds)
        if origin is Annotated:
            return self.of(arguments[0], nth)
        if origin in (Union, types.UnionType):
            return self.of(next(argument for argument in arguments if argument is not type(None)), nth)
        if origin is tuple:
            return tuple(self.of(arguments[0], position) for position in range(self.size))
        if origin is Literal:
            return arguments[0]
        if annotation is bool:
            return True
        if annotation is int:
            return 2
        if annotation is str:
            return NAMES[nth] * 2
        if annotation is datetime.date:
            return datetime.date(2025, 4, 12)
        if issubclass(annotation, Quantity):
            return {"value": min(self.number, annotation.most), "approx": self.approx}
        if issubclass(annotation, Period):
            return {"start": datetime.date(2025, 4, 1 + nth), "end": datetime.date(2025, 4, 12)}
        assert issubclass(annotation, Record)
        return self.record(annotation, nth)

    def record(self, model: type[Record], nth: int = 0, only: tuple[str, ...] = ()) -> dict[str, Any]:
        """Return a record with its needed fields, and ``only`` those besides, or all where there are none."""
        return {
            name: self.of(_type(field), nth)
            for name, field in model.model_fields.items()
            if field.is_required() or name in only or (self.full and not only and name not in NO_WORDING)
        }


def _type(field: FieldInfo) -> Any:
    return field.annotation


@cache
def composer() -> Composer:
    return REGISTRY.composer("zh_Hans")


def document(section: dict[str, Any], community: dict[str, Any] | None = None) -> Document:
    record = {
        "community": {"name": "试验社区", "residents": 8600, **(community or {})},
        "period": 2025,
        "opening": "开头。",
        "sections": [section] if section else [],
    }
    return composer().compose(REGISTRY.model.model_validate(record))


def paragraphs(composed: Document) -> Iterator[str]:
    for block in composed.blocks:
        match block:
            case Paragraph():
                yield block.text
            case Heading() if block.body:
                yield block.text + block.body
            case ListBlock():
                yield from (item.lead + item.text for item in block.items)
            case _:
                pass


def others(composed: Document) -> Iterator[str]:
    for block in composed.blocks:
        match block:
            case Heading():
                yield block.text
            case Table():
                yield from (block.caption, *(column.title for column in block.columns))
                yield from (cell for row in block.rows for cell in row if cell)
            case _:
                pass


def faults(composed: Document) -> list[str]:
    texts = list(paragraphs(composed))
    found = [
        f"{name}: {text}"
        for text in [*texts, *others(composed)]
        for name, fault in FAULTS.items()
        if fault.search(text)
    ]
    return found + [f"not closed: {text}" for text in texts if not CLOSED.search(text)]


# The writer's own paragraphs and texts are printed as they are, so the samples end as sentences do.
OWN_WORDS: Final = ("narrative", "paragraphs")


def closed(section: Any) -> Any:
    if isinstance(section, dict):
        return {
            name: tuple(f"{text}。" for text in value) if name in OWN_WORDS else closed(value)
            for name, value in section.items()
        }
    return tuple(closed(part) for part in section) if isinstance(section, tuple) else section


def fields(kind: type[Section]) -> list[str]:
    left_out = {"kind"} | NO_WORDING
    return [name for name, field in kind.model_fields.items() if name not in left_out and not field.is_required()]


def choices(kind: type[Section]) -> Iterator[tuple[str, ...]]:
    names = fields(kind)
    yield from ((name,) for name in names)
    yield from combinations(names, 2)


def kind_id(kind: type[Section]) -> str:
    return kind.kind_name()


VALUES: Final = {
    "one, bare": Values(1, full=False),
    "one, full": Values(1, full=True),
    "two, full": Values(2, full=True),
    "five, bare": Values(5, full=False),
    "five, full": Values(5, full=True),
    **{f"two, {approx}": Values(2, full=True, approx=approx, number=325) for approx in APPROXIMATIONS},
}


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("kind", CORE_SECTIONS, ids=kind_id)
def test_fields_alone_in_pairs_and_together(kind: type[Section], values: Values) -> None:
    found: list[str] = []
    for names in [*choices(kind), tuple(fields(kind))]:
        found += faults(document(closed(values.record(kind, only=names))))
    assert sorted(set(found)) == []


def _lists(kind: type[Section]) -> Iterator[tuple[str, type[Record], bool]]:
    """Yield the fields of a kind that hold records: name, model, whether it is a list of them."""
    for name, field in kind.model_fields.items():
        annotations = [_type(field)]
        many = False
        while annotations:
            annotation = annotations.pop()
            many = many or typing.get_origin(annotation) is tuple
            if isinstance(annotation, type) and issubclass(annotation, Record) and not issubclass(annotation, Quantity):
                yield name, annotation, many
            annotations += typing.get_args(annotation)


INNER: Final = [
    pytest.param(kind, name, model, many, id=f"{kind.kind_name()}.{name}")
    for kind in CORE_SECTIONS
    for name, model, many in _lists(kind)
    if name not in NO_WORDING
]


@pytest.mark.parametrize(("kind", "name", "model", "many"), INNER)
@pytest.mark.parametrize("size", [1, 2, 5])
def test_entries_of_lists(kind: type[Section], name: str, model: type[Record], many: bool, size: int) -> None:
    found: list[str] = []
    values = Values(2, full=True)
    options = [field for field, info in model.model_fields.items() if not info.is_required()]
    for chosen in [(option,) for option in options] + list(combinations(options, 2)):
        entries = tuple(values.record(model, nth, only=chosen) for nth in range(size))
        section = values.record(kind, only=("kind",))
        section[name] = entries if many else entries[0]
        found += faults(document(closed(section)))
    assert sorted(set(found)) == []


@pytest.mark.parametrize("kind", CORE_SECTIONS, ids=kind_id)
def test_nothing_is_told_of_nothing(kind: type[Section]) -> None:
    zeros = Values(0, full=True, number=0).record(kind)
    empty = {
        name: value for name, value in zeros.items() if value == () or (isinstance(value, dict) and "value" in value)
    }
    needed = Values(0, full=False).record(kind)
    assert document({**needed, **empty}, {"residents": None}).blocks == (Paragraph("开头。"),)


@pytest.mark.parametrize("approx", APPROXIMATIONS)
def test_the_opening(approx: str) -> None:
    values = Values(1, full=True, approx=approx)
    given = {name: values.of(_type(field)) for name, field in Community.model_fields.items() if name != "name"}
    found: list[str] = []
    for length in (1, 2, len(given)):
        for names in combinations(given, length):
            record = {"residents": None, **{name: given[name] for name in names}}
            found += faults(document({}, record))
    assert sorted(set(found)) == []
