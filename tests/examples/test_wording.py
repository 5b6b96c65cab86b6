"""The wording of every section kind: whatever is given, what is printed is sound typesetting of its language.

Each kind is composed in each language with every field alone, every pair of its fields and all of them, with lists of
one, two and five entries, with entries in full and entries of which only the needed fields are given, and with counts
of every approximation. The sample values are made from the annotations of the models.
"""

import datetime
import re
import types
import typing
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Annotated, Any, Final, Literal, Union

import pytest
from annotated_types import Ge
from babel.messages.pofile import read_po
from pydantic.fields import FieldInfo
from tests.languages import LOCALES, WORDS, foreign

from kepu_docs.blocks import Document, Heading, ListBlock, Paragraph, Table
from kepu_docs.composing import Composer
from kepu_docs.registry import Registry
from kepu_docs.schema import CORE_SECTIONS, Approximation, Community, Period, Quantity, Record, Section

APPROXIMATIONS: Final = typing.get_args(Approximation)
REGISTRY: Final = Registry.load()
NO_WORDING: Final = {"photos", "written"}
"""Fields whose values are files, not words."""

_HANZI: Final = r"\u3400-\u9fff"
_MARK: Final = r"，。、；：！？"
_LEFT_OVER: Final = re.compile(r"[{}]|(?<![0-9])%|None|Undefined|True|False|nothing")
_ZERO: Final = re.compile(r"(?<![0-9.,])0(?!\.[0-9])")
CHINESE_FAULTS: Final = {
    "doubled punctuation": re.compile(rf"[{_MARK}][{_MARK}]"),
    "half-width punctuation beside a hanzi": re.compile(rf"[{_HANZI}][,:;()?!]|[,:;()?!][{_HANZI}]"),
    "leading punctuation": re.compile(rf"^[{_MARK}）”」》]"),
    "punctuation after an opening mark": re.compile(rf"[（“「《][{_MARK}]"),
    "a quantity of nothing": _ZERO,
    "empty brackets or quotes": re.compile(r"（）|“”|「」|《》|‘’"),
    "a space beside a hanzi or a mark": re.compile(rf"[{_HANZI}{_MARK}]\s|\s[{_HANZI}{_MARK}]|^\s|\s$"),
    "a left-over of the template": _LEFT_OVER,
    "a doubled word": re.compile(
        "社区社区|举办举办|负责负责|用于用于|社區社區|舉辦舉辦|負責負責|用於用於|於於|為為|和和|由由|等等|的的"
    ),
}


def _pairs() -> list[tuple[str, str]]:
    """Return the English words that follow numbers, for one and for several, from templates and catalogue."""
    folder = files("kepu_templates").joinpath("en")
    found = [
        pair
        for template in (folder / "opening.jinja", *(folder / "sections").iterdir())
        for pair in re.findall(r'counted\("([^"]+)", "([^"]+)"\)', template.read_text(encoding="utf-8"))
    ]
    with (folder / "messages.po").open("rb") as file:
        units = [message.string for message in read_po(file) if message.context == "unit"]
    found += [(unit[0], unit[1]) for unit in units if unit]
    return sorted({pair for pair in found if pair[0] != pair[1]})


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


PAIRS: Final = _pairs()
_SEVERAL: Final = [several for _, several in PAIRS]
# "2 science books" holds "science book", which therefore may not be followed by a letter.
_ONE: Final = [one for one, _ in PAIRS]
ENGLISH_FAULTS: Final = {
    "doubled punctuation": re.compile(r"[,.;:!?][,.;:!?]"),
    "a space before punctuation": re.compile(r"\s[,.;:!?)”]"),
    "no space after punctuation": re.compile(r"[,.;:!?)”][A-Za-z(“]"),
    "a space after an opening mark": re.compile(r"[(“]\s"),
    "leading punctuation": re.compile(r"^[,.;:!?)”]"),
    "doubled, leading or trailing space": re.compile(r"\s\s|^\s|\s$"),
    "a quantity of nothing": _ZERO,
    "empty brackets or quotes": re.compile(r"\(\)|“”"),
    "a left-over of the template": _LEFT_OVER,
    "a doubled word": re.compile(r"\b(the|of|in|on|with|and|for|at|by|a|is|are|held|community) \1\b", re.I),
    "several of one": re.compile(rf"(?<![0-9,.])1 {_any(_SEVERAL)}\b"),
    "one of several": re.compile(rf"(?<!\b1)(?<=[0-9]) {_any(_ONE)}(?![a-z-]| (?:{_any(_SEVERAL)}))"),
}
FAULTS: Final = {"zh_Hans": CHINESE_FAULTS, "zh_Hant": CHINESE_FAULTS, "en": ENGLISH_FAULTS}
OPEN: Final = {
    "zh_Hans": re.compile(r"[^。！？：”）]$"),
    "zh_Hant": re.compile(r"[^。！？：」）]$"),
    # A sentence that is not closed, or that does not begin with a capital.
    "en": re.compile(r"[^.]$|(?:^|[.!?] )[a-z]"),
}


class Values:
    """Makes sample values: ``size`` entries in lists, in full or with needed fields only, texts of ``names``."""

    def __init__(
        self, size: int, full: bool, approx: str = "exactly", number: int = 120, locale: str = "zh_Hans"
    ) -> None:
        self.names = WORDS[locale].names
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
            return self.names[nth]
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
def composer(locale: str) -> Composer:
    return REGISTRY.composer(locale)


def document(section: dict[str, Any], locale: str, community: dict[str, Any] | None = None) -> Document:
    record = {
        "community": {"name": WORDS[locale].community, "residents": 8600, **(community or {})},
        "period": 2025,
        "opening": WORDS[locale].opening,
        "sections": [section] if section else [],
    }
    return composer(locale).compose(REGISTRY.model.model_validate(record))


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
            case Heading() if not block.body:
                yield block.text
            case Table():
                yield from (block.caption, *(column.title for column in block.columns))
                yield from (cell for row in block.rows for cell in row if cell)
            case _:
                pass


def faults(composed: Document) -> list[str]:
    locale = composed.locale
    texts = list(paragraphs(composed))
    shown = [*texts, *others(composed)]
    found = [f"{name}: {text}" for text in shown for name, fault in FAULTS[locale].items() if fault.search(text)]
    found += [f"of another language: {text}" for text in shown if foreign(text, locale)]
    return found + [f"no sentence: {text}" for text in texts if OPEN[locale].search(text)]


@pytest.mark.parametrize(
    ("locale", "name", "text"),
    [
        ("en", "several of one", "It held 1 training sessions."),
        ("en", "several of one", "It covers 1 square kilometres."),
        ("en", "one of several", "It held nearly 2 training session."),
        ("en", "one of several", "It has 1,200 resident, all of them old."),
        ("en", "one of several", "It hung 21 banner."),
        ("en", "a doubled word", "It is is open."),
        ("en", "no space after punctuation", "It is open.It is free."),
        ("en", "a space before punctuation", "It is open , and free."),
        ("en", "doubled, leading or trailing space", "It  is open."),
        ("zh_Hans", "doubled punctuation", "开放，。"),
        ("zh_Hans", "half-width punctuation beside a hanzi", "开放,免费。"),
        ("zh_Hant", "a doubled word", "用於用於講座。"),
        ("zh_Hant", "empty brackets or quotes", "「」"),
    ],
)
def test_faults_are_found(locale: str, name: str, text: str) -> None:
    assert [fault for fault, pattern in FAULTS[locale].items() if pattern.search(text)] == [name]


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("zh_Hant", "社區舉辦講座，台下有人。", ""),
        ("zh_Hant", "社区于用餘", "区于"),
        ("zh_Hans", "社区举办講座", "講"),
        ("en", "“Held” – 社区，once", "社区，"),
    ],
)
def test_characters_of_another_language_are_found(locale: str, text: str, found: str) -> None:
    assert foreign(text, locale) == found


# The writer's own paragraphs and texts are printed as they are, so the samples end as sentences do.
OWN_WORDS: Final = ("narrative", "paragraphs")


def closed(section: Any, stop: str) -> Any:
    if isinstance(section, dict):
        return {
            name: tuple(f"{text}{stop}" for text in value) if name in OWN_WORDS else closed(value, stop)
            for name, value in section.items()
        }
    return tuple(closed(part, stop) for part in section) if isinstance(section, tuple) else section


def fields(kind: type[Section]) -> list[str]:
    left_out = {"kind"} | NO_WORDING
    return [name for name, field in kind.model_fields.items() if name not in left_out and not field.is_required()]


def choices(kind: type[Section]) -> Iterator[tuple[str, ...]]:
    names = fields(kind)
    yield from ((name,) for name in names)
    yield from combinations(names, 2)


def kind_id(kind: type[Section]) -> str:
    return kind.kind_name()


VALUES: Final[dict[str, dict[str, Any]]] = {
    "one, bare": {"size": 1, "full": False},
    "one, full": {"size": 1, "full": True},
    "two, full": {"size": 2, "full": True},
    "two, full, of one": {"size": 2, "full": True, "number": 1},
    "five, bare": {"size": 5, "full": False},
    "five, full": {"size": 5, "full": True},
    **{f"two, {approx}": {"size": 2, "full": True, "approx": approx, "number": 325} for approx in APPROXIMATIONS},
}


@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("kind", CORE_SECTIONS, ids=kind_id)
@pytest.mark.parametrize("locale", LOCALES)
def test_fields_alone_in_pairs_and_together(locale: str, kind: type[Section], values: dict[str, Any]) -> None:
    samples = Values(**values, locale=locale)
    found: list[str] = []
    for names in [*choices(kind), tuple(fields(kind))]:
        found += faults(document(closed(samples.record(kind, only=names), WORDS[locale].stop), locale))
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
@pytest.mark.parametrize("locale", LOCALES)
def test_entries_of_lists(
    locale: str, kind: type[Section], name: str, model: type[Record], many: bool, size: int
) -> None:
    found: list[str] = []
    values = Values(2, full=True, locale=locale)
    options = [
        option for option, field in model.model_fields.items() if not field.is_required() and option not in NO_WORDING
    ]
    for chosen in [(option,) for option in options] + list(combinations(options, 2)):
        entries = tuple(values.record(model, nth, only=chosen) for nth in range(size))
        section = values.record(kind, only=("kind",))
        section[name] = entries if many else entries[0]
        found += faults(document(closed(section, WORDS[locale].stop), locale))
    assert sorted(set(found)) == []


@pytest.mark.parametrize("kind", CORE_SECTIONS, ids=kind_id)
@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_told_of_nothing(locale: str, kind: type[Section]) -> None:
    zeros = Values(0, full=True, number=0).record(kind)
    empty = {
        name: value for name, value in zeros.items() if value == () or (isinstance(value, dict) and "value" in value)
    }
    needed = Values(0, full=False).record(kind)
    shown = document({**needed, **empty}, locale, {"residents": None}).blocks
    assert shown == (Paragraph(WORDS[locale].opening),)


@pytest.mark.parametrize("approx", APPROXIMATIONS)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_opening(locale: str, approx: str) -> None:
    values = Values(1, full=True, approx=approx, locale=locale)
    given = {name: values.of(_type(field)) for name, field in Community.model_fields.items() if name != "name"}
    found: list[str] = []
    for length in (1, 2, len(given)):
        for names in combinations(given, length):
            record = {"residents": None, **{name: given[name] for name in names}}
            found += faults(document({}, locale, record))
    assert sorted(set(found)) == []
