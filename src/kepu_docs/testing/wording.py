"""The faults of a sentence, whatever it says: those that templates make when a fact is missing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Final

from kepu_docs.blocks import Document, Heading, ListBlock, Paragraph, Table
from kepu_docs.locale.catalogs import read_catalog_file
from kepu_docs.locale.folders import candidates
from kepu_docs.schema.samples import Path, Text
from kepu_docs.schema.text import LINE_LENGTH

Faults = Mapping[str, re.Pattern[str]]
"""The faults of a language: the name of each, and the pattern that shows it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a language to make samples from: ``names`` differ from one another, ``stop`` ends a sentence."""

    names: tuple[str, ...]
    community: str
    opening: str
    stop: str


_TWICE: Final = tuple(name * 2 for name in "甲乙丙丁戊己庚辛壬癸")
_LATIN: Final = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliet")
_ENGLISH: Final = Words(_LATIN, "Testville", "Once.", ".")
_WORDS: Final = {
    "zh_Hans": Words(_TWICE, "试验社区", "开头。", "。"),
    "zh_Hant": Words(_TWICE, "試驗社區", "開頭。", "。"),
    "en": _ENGLISH,
}


def words_of(locale: str) -> Words:
    """Return the words of a locale's language; for a language that is not known here, words in Latin letters."""
    return next((words for name, words in _WORDS.items() if locale.startswith(name)), _ENGLISH)


def written_in(words: Words) -> Text:
    """Return texts in ``words``: names that differ from entry to entry, and sentences if there is room for them."""

    def text(path: Path, nth: int, limit: int) -> str:
        count = len(words.names)
        name = words.names[nth % count] + (str(nth // count) if nth >= count else "")
        return f"{name}{words.stop}" if limit > LINE_LENGTH else name

    return text


_ideograph: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_full_width: Final = re.compile(r"[\u2e80-\uffef\U00020000-\U0003ffff]")
_CHARSETS: Final = {"zh_Hans": "gb2312", "zh_Hant": "big5"}
# Simplified characters that Big5 also contains.
_MERGED: Final = frozenset("于余后几并干云丑斗谷")


def foreign(text: str, locale: str) -> str:
    """Return the characters of ``text`` that the language does not use.

    Simplified Chinese uses the characters of GB 2312, Traditional Chinese those of Big5; each lacks the characters that
    only the other uses. Languages in the Latin script have no full-width characters; other languages are not known
    here.
    """
    if locale.startswith("en"):
        return "".join(_full_width.findall(text))
    charset = next((charset for name, charset in _CHARSETS.items() if locale.startswith(name)), "")
    if not charset:
        return ""
    merged = _MERGED if charset == "big5" else frozenset()
    return "".join(each for each in _ideograph.findall(text) if each in merged or not _encodes(each, charset))


def _encodes(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


_HANZI: Final = r"\u3400-\u9fff"
_MARK: Final = r"，。、；：！？"
_LEFT_OVER: Final = re.compile(r"[{}]|(?<![0-9])%|None|Undefined|True|False|nothing")
_ZERO: Final = re.compile(r"(?<![0-9.,])0(?!\.[0-9])")
_DANGLING: Final = re.compile(r"[、，；,;]$")
_ANY_LANGUAGE: Final[Faults] = {
    "a left-over of the template": _LEFT_OVER,
    "a quantity of nothing": _ZERO,
    "a mark at the end after which nothing comes": _DANGLING,
}
_CHINESE: Final[Faults] = {
    **_ANY_LANGUAGE,
    "doubled punctuation": re.compile(rf"[{_MARK}][{_MARK}]"),
    "half-width punctuation beside a hanzi": re.compile(rf"[{_HANZI}][,:;()?!]|[,:;()?!][{_HANZI}]"),
    "leading punctuation": re.compile(rf"^[{_MARK}）”」》]"),
    "punctuation after an opening mark": re.compile(rf"[（“「《][{_MARK}]"),
    "empty brackets or quotes": re.compile(r"（）|“”|「」|《》|‘’"),
    "a space beside a hanzi or a mark": re.compile(rf"[{_HANZI}{_MARK}]\s|\s[{_HANZI}{_MARK}]|^\s|\s$"),
    "a doubled word": re.compile(
        "社区社区|举办举办|负责负责|用于用于|社區社區|舉辦舉辦|負責負責|用於用於|於於|為為|和和|由由|等等|的的"
    ),
}
_LATIN_FAULTS: Final[Faults] = {
    **_ANY_LANGUAGE,
    "doubled punctuation": re.compile(r"[,.;:!?][,.;:!?]"),
    "a space before punctuation": re.compile(r"\s[,.;:!?)”]"),
    "no space after punctuation": re.compile(r"[,.;:!?)”][A-Za-z(“]"),
    "a space after an opening mark": re.compile(r"[(“]\s"),
    "leading punctuation": re.compile(r"^[,.;:!?)”]"),
    "doubled, leading or trailing space": re.compile(r"\s\s|^\s|\s$"),
    "empty brackets or quotes": re.compile(r"\(\)|“”"),
    "a doubled word": re.compile(r"\b(the|of|in|on|with|and|for|at|by|a|is|are|held|community) \1\b", re.I),
}


def faults_of(locale: str, folders: Iterable[Traversable]) -> Faults:
    """Return the faults of a language; the templates in ``folders`` show which words have plurals."""
    if locale.startswith("zh"):
        return _CHINESE
    if not locale.startswith("en"):
        return _ANY_LANGUAGE
    pairs = plurals(folders)
    if not pairs:
        return _LATIN_FAULTS
    one, several = (_any(words) for words in zip(*pairs, strict=True))
    return {
        **_LATIN_FAULTS,
        "several of one": re.compile(rf"(?<![0-9,.])1 {several}\b"),
        # "2 science books" contains "science book", which therefore may not be followed by a letter; "2 household
        # visits" contains "household", so none of the plural words may begin with that.
        "one of several": re.compile(rf"(?<!\b1)(?<=[0-9]) (?!{several}\b){one}(?![a-z-]| (?:{several}))"),
    }


def plurals(folders: Iterable[Traversable]) -> list[tuple[str, str]]:
    """Return the English words that follow numbers, singular and plural, from templates and catalogues."""
    shelves = tuple(folders)
    found: list[tuple[str, str]] = []
    for folder in shelves:
        there = folder.joinpath("en")
        sections = there.joinpath("sections")
        files = [there.joinpath("opening.jinja"), *(sections.iterdir() if sections.is_dir() else ())]
        for file in files:
            if file.is_file():
                found += re.findall(r'counted\("([^"]+)", "([^"]+)"\)', file.read_text(encoding="utf-8"))
    for catalog in map(read_catalog_file, candidates(shelves, ("en",), "messages.po")):
        units = [entry.translations(catalog.count) for entry in catalog.entries if entry.context == "unit"]
        found += [(unit[0], unit[1]) for unit in units if len(unit) > 1 and unit[0]]
    return sorted({pair for pair in found if pair[0] != pair[1]})


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def sentences(document: Document) -> Iterator[str]:
    """Yield the texts of a document that are sentences."""
    for block in document.blocks:
        match block:
            case Paragraph():
                yield block.text
            case Heading() if block.body:
                yield block.text + block.body
            case ListBlock():
                yield from (item.lead + item.text for item in block.items)
            case _:
                pass


def phrases(document: Document) -> Iterator[str]:
    """Yield the texts of a document that are not sentences: headings, captions, heads and cells of tables."""
    for block in document.blocks:
        match block:
            case Heading() if not block.body:
                yield block.text
            case Table():
                yield from (block.caption, *(column.title for column in block.columns))
                yield from (cell for row in block.rows for cell in row if cell)
            case _:
                pass


def faults(document: Document, known: Faults) -> list[str]:
    """Return the faults of a document's texts: each fault, and the text that has it."""
    shown = [*sentences(document), *phrases(document)]
    found = [f"{name}: {text}" for text in shown for name, pattern in known.items() if pattern.search(text)]
    return found + [f"of another language: {text}" for text in shown if foreign(text, document.locale)]
