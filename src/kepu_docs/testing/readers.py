"""Readers of finished files: what somebody sees who opens one, text by text, in order."""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

import pytest

from kepu_docs.testing.docx_texts import read_word_texts

Reader: TypeAlias = Callable[[bytes], list[str]]
"""From a finished file to what its reader sees: texts in order, with the numbers of headings and lists."""

_escaped: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_bold: Final = re.compile(r"(?<!\\)((?:\\\\)*)\*\*")
_bar: Final = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_left_out: Final = re.compile(r"---$|\[figure-[0-9]+\]: ")
_below_heads: Final = re.compile(r"\|(?: :?-+:? \|)+$")
_image: Final = re.compile(r"!\[(.*)\]\[figure-[0-9]+\]$")
_mark: Final = re.compile(r"#{1,6} |[-+] |([0-9]{1,9})[.)] ")


def _read_text(data: bytes) -> list[str]:
    return data.decode().splitlines()


def _read_markdown(data: bytes) -> list[str]:
    """Return the texts of Markdown as our renderer writes it."""
    shown: list[str] = []
    in_table = False
    for line, following in pairwise([*data.decode().split("\n"), ""]):
        # A paragraph, too, may begin with a bar.
        in_table = line.startswith("|") and (in_table or _below_heads.match(following) is not None)
        if not line or _left_out.match(line) or (in_table and _below_heads.match(line)):
            continue
        if in_table:
            # An empty cell is nothing between two bars.
            shown += map(_plain, _bar.sub(r"\1\n", line).split("\n"))
            continue
        image = _image.match(line)
        if image:
            shown.append(_plain(image[1]))
            continue
        mark = _mark.match(line)
        if mark and mark[1]:
            shown.append(f"{mark[1]}.")
        shown.append(_plain(line[mark.end() :] if mark else line))
    return shown


def _plain(source: str) -> str:
    return _escaped.sub(r"\1", _bold.sub(r"\1", source)).strip()


class _Page(HTMLParser):
    """Takes the texts of a page that are seen."""

    _UNSEEN: Final = frozenset(("head", "script", "style", "template"))

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count what is open and not seen."""
        self._unseen += tag in self._UNSEEN

    def handle_endtag(self, tag: str) -> None:
        """Count what is closed."""
        self._unseen -= tag in self._UNSEEN

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._unseen:
            self.texts.append(data)


def _read_html(data: bytes) -> list[str]:
    page = _Page()
    page.feed(data.decode())
    page.close()
    return page.texts


READERS: Final[Mapping[str, Reader]] = MappingProxyType(
    {"docx": read_word_texts, "html": _read_html, "md": _read_markdown, "txt": _read_text}
)
"""The readers of formats that are known here."""


def reader_of(format_name: str) -> Reader:
    """Return the reader of a format; of one that has none here the test fails, and says what to do."""
    reader = READERS.get(format_name)
    if reader is None:
        pytest.fail(f"say what a reader sees of {format_name}: override the method text", pytrace=False)
    return reader
