"""The record's own words in Traditional characters, by OpenCC's phrase tables.

Characters are converted according to the phrase that contains them, as Taiwan writes them (Hong Kong in its locale).
Words stay those of the writer: OpenCC's tables of regional words are made for computing, and would turn 下发文件 into
下發檔案 and 社区 into 社群.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from importlib.metadata import version
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel

from kepu_docs.errors import N_, Fault, Path, Place, SettingsError
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import parents
from kepu_docs.pipeline.validation import field_name
from kepu_docs.schema import Period, Person, Quantity, WorkSummary
from kepu_docs.schema.shapes import TextShape, choices_of, innermost, shapes
from kepu_docs.schema.summary import UnknownSection
from kepu_docs.schema.written import NO_WORDS

TRADITIONAL: Final = "zh_Hant"
_MAINLAND: Final = "gb2312"
_TAIWAN: Final = ("s2tw", "big5")
_HONG_KONG: Final = ("s2hk", "big5hkscs")
"""OpenCC's configuration, and the character set that was made for Hong Kong."""
_OTHERS: Final[Mapping[str, tuple[str, str]]] = {"zh_Hant_HK": _HONG_KONG, "zh_Hant_MO": _HONG_KONG}
"""The locales that do not follow Taiwan."""

_Part: TypeAlias = Literal["text", "name", "person", "common", "unit"]
"""The role of a text in a record. Texts that are mostly common nouns rather than names (社区活动室) are reviewed for
characters with several forms."""
_NAMED: Final[Mapping[str, _Part]] = {
    **dict.fromkeys(("head", "deputy", "signer"), "person"),
    **dict.fromkeys(("addressee", "association", "copied_to", "giver", "guided_by", "keeper", "organiser"), "name"),
    **dict.fromkeys(("owner", "printed_by", "trainer"), "name"),
    **dict.fromkeys(("partners", "trainers", "place"), "common"),
    **dict.fromkeys(("Venue.name", "Library.name", "Base.name", "TeamGroup.name"), "common"),
}
"""Fields, some of a single model, that name people, bodies and places; fields of the type ``Name`` do too."""
_LONGEST_NAME: Final = 60
"""The limit of the type ``Name``, in characters."""
_SEVERAL: Final = frozenset(
    "云后里范于岳干发历钟复汇尽获坛系面制松谷姜志胡沈曲秋板别冬合签舍术台咸只致准注朱升折彩冲丑党淀斗恶柜伙几御岩游"
    "郁余占征种周叶涂蒙布卜朴仑修宁梁苏向杰万杠卷采回克团苔"
)
"""Characters that have several Traditional forms, any of which may be in a name: 云 and 雲, 范 and 範."""
_MOST_LISTED: Final = 20
"""The most names in one remark."""

_HANZI: Final = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SURNAMES: Final = "于岳范余郁涂游占种后"
"""Surnames that both scripts write alike although other words differ: 于, but 於; 余, but 餘."""
_MENDED: Final = {"製": "制", "周": "週"}
_LENGTHS: Final = (3, 2)
"""The lengths of people's names in characters, the longer first."""
_misread = re.compile("(?<=日)製(?=度)|(?<=活動|電影|科技|科普|國水)周")
"""OpenCC's error in 开放日制度, and weeks that it knows less well than 宣傳週."""
_hanzi = re.compile(f"[{_HANZI}]")
_surname = re.compile(f"[{_SURNAMES}]")
_person = re.compile(f"[{_SURNAMES}][{_HANZI}]{{1,2}}")
_double = re.compile("“([^“”]*)”")
_single = re.compile("‘([^‘’]*)’")

_Word: TypeAlias = Callable[[str, Path, _Part], str]


class ConvertedName(NamedTuple):
    """A name in a record that documents show in other characters; somebody who knows the name should check it."""

    field: str
    """The first place of the name: ``community.name``."""
    written: str
    """The name in the record."""
    shown: str
    """The name in documents."""
    several: str
    """The characters of the name that have several Traditional forms, of which another may be the right one."""


class Converted(NamedTuple):
    """A summary in Traditional characters, and the names in it that were changed."""

    summary: WorkSummary
    names: tuple[ConvertedName, ...]
    """Names with characters of several forms come first; each occurs once, in the order of the record."""

    def remarks(self, place: Place) -> tuple[Fault, ...]:
        """Return the remarks to the user about the names, at most two; ``place`` is that of the record."""
        doubtful = _listed([name for name in self.names if name.several])
        others = _listed([name for name in self.names if not name.several])
        text = N_("names whose characters have several Traditional forms, to be reviewed: {names}")
        remarks = [Fault(place, text, (("names", doubtful),))] if doubtful else []
        if others:
            text = N_("names that were converted, to be reviewed: {names}")
            remarks.append(Fault(place, text, (("names", others),)))
        return tuple(remarks)


def _listed(names: list[ConvertedName]) -> str:
    shown = [f"{each.written} → {each.shown}" for each in names[:_MOST_LISTED]]
    return ", ".join([*shown, "…"] if len(names) > _MOST_LISTED else shown)


def tables_version() -> str:
    """Return the version of OpenCC's tables, on which the result depends."""
    return version("OpenCC")


class Converter:
    """Converts summaries for one locale. It keeps tables, but nothing of any summary.

    Text that is already Traditional stays as it is, whether it is a whole record or a single text. So converting twice
    changes nothing. Quotation marks are the only punctuation that is converted; digits and Latin letters are not.
    """

    def __init__(self, locale: str, labels: Catalog) -> None:
        """Load the tables; units that have a name among ``labels`` are shown by that name and not converted.

        Raises ``SettingsError`` for a locale that is not written in Traditional characters, or if OpenCC is missing.
        """
        chain = parents(locale)
        if TRADITIONAL not in chain:
            text = N_("the record's words can only be converted for documents in {expected}; these are in {locale}")
            raise SettingsError.at(Place(), text, expected=TRADITIONAL, locale=locale)
        try:
            from opencc import OpenCC
        except ImportError:
            text = N_('converting characters needs the extra “traditional”: pip install "kepu-docs[traditional]"')
            raise SettingsError.at(Place(), text) from None
        tables, charset = next((_OTHERS[each] for each in chain if each in _OTHERS), _TAIWAN)
        self._convert: Callable[[str], str] = OpenCC(tables).convert
        self._labels = labels
        self._traditional = _only_in(charset, _MAINLAND)
        # Characters that conversion leaves unchanged do not show that a text is simplified.
        alone = sorted(_only_in(_MAINLAND, charset))
        shown = self._convert("\n".join(alone)).split("\n")
        self._simplified = {old for old, new in zip(alone, shown, strict=True) if old != new}

    def converted(self, summary: WorkSummary) -> Converted:
        """Return ``summary`` in Traditional characters; codes, files, choices, figures and times stay as they are."""
        found: list[tuple[str, Path, _Part]] = []

        def note(text: str, path: Path, part: _Part) -> str:
            found.append((text, path, part))
            return text

        _walked(summary, note)
        if all(self._simplified.isdisjoint(text) for text, _, _ in found):
            return Converted(summary, ())
        people = {text for text, _, part in found if part == "person" and _person.fullmatch(text)}
        names: dict[str, ConvertedName] = {}

        def convert(text: str, path: Path, part: _Part) -> str:
            if part == "unit":
                return text if self._labels.find("unit", text) is not None else self._convert(text)
            shown = self._text(text, people)
            if part != "text" and shown != text and text not in names:
                several = "".join(dict.fromkeys(char for char in text if char in _SEVERAL))
                if several or part != "common":
                    names[text] = ConvertedName(field_name(path), text, shown, several)
            return shown

        made = _walked(summary, convert)
        return Converted(made, tuple(sorted(names.values(), key=lambda name: not name.several)))

    def _text(self, text: str, people: set[str]) -> str:
        if self._simplified.isdisjoint(text) and not self._traditional.isdisjoint(text):
            return text
        pieces = _parted(text, people)
        # The surname in people's names stays.
        shown = [each[0] + self._convert(each[1:]) if each in people else self._convert(each) for each in pieces]
        return _quoted(_misread.sub(lambda found: _MENDED[found[0]], "".join(shown)))


def _parted(text: str, people: set[str]) -> Iterator[str]:
    """Yield the pieces of a text: names of ``people``, and the text between them."""
    done = 0
    for found in _surname.finditer(text) if people else ():
        start = found.start()
        name = next((text[start : start + length] for length in _LENGTHS if text[start : start + length] in people), "")
        if name and start >= done:
            yield text[done:start]
            yield name
            done = start + len(name)
    yield text[done:]


def _quoted(text: str) -> str:
    """Return a text with the quotation marks of Traditional Chinese, except between Latin words."""
    return _single.sub(partial(_marked, "『』"), _double.sub(partial(_marked, "「」"), text))


def _marked(marks: str, quotation: re.Match[str]) -> str:
    """Return a quotation with other marks if it has hanzi or is next to hanzi."""
    is_chinese = _hanzi.search(quotation.string, max(quotation.start() - 1, 0), quotation.end() + 1)
    return f"{marks[0]}{quotation[1]}{marks[1]}" if is_chinese else quotation[0]


def _only_in(charset: str, other: str) -> frozenset[str]:
    """Return the hanzi of a two-byte character set that another one lacks."""
    pairs = (bytes((first, second)) for first in range(0x87, 0xFF) for second in range(0x40, 0xFF))
    known = {char for pair in pairs for char in pair.decode(charset, "ignore") if _hanzi.match(char)}
    return frozenset(char for char in known if not char.encode(other, "ignore"))


def _walked(value: Any, word: _Word, path: Path = (), part: _Part = "text") -> Any:
    """Return ``value`` with the result of ``word`` for each of its texts; the same object if nothing changes.

    It walks through any model, so that sections of plugins are treated like those of kepu-docs. The data of unknown
    sections stays, as no document shows it.
    """
    if isinstance(value, str):
        new = word(value, path, part)
        return value if new == value else new
    if isinstance(value, tuple):
        entries = tuple([_walked(each, word, (*path, place), part) for place, each in enumerate(value)])
        return entries if any(new is not old for new, old in zip(entries, value, strict=True)) else value
    if not isinstance(value, BaseModel) or isinstance(value, Period | UnknownSection):
        return value
    changed: dict[str, Any] = {}
    for name, known in _parts(type(value)):
        old = getattr(value, name)
        # Most values are not given.
        new = _walked(old, word, (*path, name), known) if old else old
        if new is not old:
            changed[name] = new
    return value.model_copy(update=changed) if changed else value


@lru_cache(1024)
def _parts(model: type[BaseModel]) -> tuple[tuple[str, _Part], ...]:
    """Return the fields of a model that may have texts, with the role of each."""
    if issubclass(model, Quantity):
        return (("unit", "unit"),)
    return tuple(
        (name, _part(model, name, isinstance(inner, TextShape) and inner.limit <= _LONGEST_NAME))
        for name, _, shape in shapes(model)
        if name not in NO_WORDS and not choices_of(model, name)
        for inner in [innermost(shape)]
    )


def _part(model: type[BaseModel], name: str, is_name: bool) -> _Part:
    if name == "name" and issubclass(model, Person):
        return "person"
    return _NAMED.get(f"{model.__name__}.{name}") or _NAMED.get(name) or ("name" if is_name else "text")
