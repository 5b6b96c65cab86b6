"""Readers of finished files: the texts that somebody who opens the file sees, in order."""

import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

import pytest

from kepu_docs.testing.docx_texts import read_word_texts

Reader: TypeAlias = Callable[[bytes], list[str]]
"""Returns what the reader of a finished file sees: texts in order, with the numbers of headings and lists."""

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
    """Return the texts of Markdown as kepu-docs renders it."""
    shown: list[str] = []
    in_table = False
    for line, following in pairwise([*data.decode().split("\n"), ""]):
        # A paragraph may begin with a bar, too.
        in_table = line.startswith("|") and (in_table or _below_heads.match(following) is not None)
        if not line or _left_out.match(line) or (in_table and _below_heads.match(line)):
            continue
        if in_table:
            # Two bars with nothing between them are an empty cell.
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
    """Collects the visible texts of a page."""

    _UNSEEN: Final = frozenset(("head", "script", "style", "template"))

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count open elements that are not visible."""
        self._unseen += tag in self._UNSEEN

    def handle_endtag(self, tag: str) -> None:
        """Count closed elements that were not visible."""
        self._unseen -= tag in self._UNSEEN

    def handle_data(self, data: str) -> None:
        """Collect a visible text."""
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
"""The readers of known formats."""


def reader_of(format_name: str) -> Reader:
    """Return the reader of a format; without one the test fails, with a message that says what to do."""
    reader = READERS.get(format_name)
    if reader is None:
        pytest.fail(f"say what a reader sees of {format_name}: override the method text", pytrace=False)
    return reader
