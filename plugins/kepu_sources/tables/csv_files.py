"""CSV: a folder with a file for each table, or one flat file, as Excel, WPS, LibreOffice and databases write it.

The encoding is any of those of Chinese Windows: UTF-8, UTF-16 (“Unicode text” of Excel), GB18030, Big5.
"""

import codecs
import csv
import io
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from itertools import chain, takewhile
from typing import BinaryIO, Final, TextIO

from kepu_docs.plugin import (
    N_,
    Place,
    RecordForm,
    SourceError,
    SourceRecord,
    folder_of,
    opened,
    shown_location,
    unreadable,
)
from kepu_sources.tables.joining import joined
from kepu_sources.tables.sheets import MOST_COLUMNS, Row, Sheet

SUFFIX: Final = ".csv"
MOST_FILES: Final = 500
"""The most files of a folder that is one source. A record has at most a few hundred tables; all files are open at
once."""
_LONGEST_LINE: Final = 1024 * 1024
"""The longest line in characters; no program writes longer rows."""
_MOST_BLANK: Final = 1_048_576
"""The most blank rows of a file: as many as the rows of a sheet in Excel."""
_PIECE: Final = 1024 * 1024
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BIG5: Final = "big5hkscs"
_COMMON: Final = 0.9
"""The share of a text's characters that must be common ones."""
_pairs = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_named_separator = re.compile(r'"?sep=([^\s"\w])', re.IGNORECASE)
"""Excel writes and reads this above the headings."""
_SEPARATORS: Final = ",;\t"
_HYPHENS: Final = "-_—－"
_MOST_TITLES: Final = 10


class CsvFiles:
    """Reads CSV; a folder is one source, and its files are the tables."""

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities."""
        if os.path.isdir(location):
            names = sorted(name for name in os.listdir(location) if name.lower().endswith(SUFFIX))
            paths = [os.path.join(location, name) for name in names if not name.startswith((".", "~$"))]
            folder = os.path.abspath(location)
            if len(paths) > MOST_FILES:
                text = N_("the folder has {count} tables; at most {limit} are allowed")
                raise SourceError.at(Place(shown_location(location)), text, count=len(paths), limit=MOST_FILES)
        else:
            paths, folder = [location], folder_of(location)
        with ExitStack() as files:
            before = len(_name_of_workbook(list(map(_title, paths))))
            sheets = [_CsvSheet(path, _title(path)[before:], files.enter_context(opened(path))) for path in paths]
            yield from joined(shown_location(location), sheets, form, folder)


def _title(path: str) -> str:
    """Return the title of a table, from the name of its file."""
    return shown_location(os.path.splitext(os.path.basename(path))[0])


def _name_of_workbook(titles: list[str]) -> str:
    """Return the prefix of all titles up to a hyphen: some programs put the workbook's name before the sheet's name."""
    if len(titles) < 2:
        return ""
    first, last = min(titles), max(titles)
    common = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    return common[: max(map(common.rfind, _HYPHENS)) + 1]


class _CsvSheet(Sheet):
    def __init__(self, path: str, title: str, file: BinaryIO) -> None:
        self.title = title
        self._path = path
        self._file = file
        self._size = os.fstat(file.fileno()).st_size

    def place(self, row: int, column: int | None, heading: str) -> Place:
        return Place(self._path, row, cell=heading)

    def share(self, row: int) -> float:
        return min(self._file.tell() / self._size, 1.0) if self._size else 1.0

    def rows(self) -> Iterator[Row]:
        """Yield the rows, each with the line on which it begins."""
        line = begin = 1
        held: Row | None = None
        width = blank = 0
        text = io.TextIOWrapper(self._file, encoding=self._encoding(), newline="")
        try:
            lines = _Lines(text)
            reader = csv.reader(lines, delimiter=lines.separator(), strict=True, skipinitialspace=True)
            for cells in reader:
                begin, line = line, reader.line_num + 1
                if not any(cells) and lines.ended:
                    width = width or len(cells)
                    blank += 1
                    if blank > _MOST_BLANK:
                        message = N_("more than {limit} rows are blank; delete those below the table")
                        raise SourceError.at(Place(shown_location(self._path), begin), message, limit=_MOST_BLANK)
                    continue
                if held:
                    yield held
                    held = None
                if len(cells) > MOST_COLUMNS:
                    message = N_("the row has {count} cells; at most {limit} are allowed")
                    raise SourceError.at(
                        Place(shown_location(self._path), begin), message, count=len(cells), limit=MOST_COLUMNS
                    )
                width = width or len(cells)
                held = begin, [cell or None for cell in cells]
            held, last = None, held
            if last and len(last[1]) < width and not lines.ended:
                raise SourceError.at(Place(self._path, begin), "the file ends in the middle of this row")
            if last:
                yield last
        except csv.Error as error:
            if held:
                yield held
            message = N_("the table cannot be read from this row on: {reason}")
            raise SourceError.at(Place(self._path, line), message, reason=str(error)) from None
        except OSError as error:
            raise unreadable(self._path, error) from None
        finally:
            # A caller who stopped reading may have closed the file already.
            with suppress(ValueError):
                text.detach()

    def _encoding(self) -> str:
        """Return the encoding of the file, judged by the whole file. Raises ``SourceError``."""
        try:
            self._file.seek(0)
            begin = self._file.read(_PIECE)
            known = ("utf-16",) if begin.startswith(_UTF_16) else ("utf-8-sig", "gb18030", _BIG5)
            fitting = next((each for each in known if self._is_in(each)), None)
            if fitting == "gb18030" and _is_rather_big5(begin) and self._is_in(_BIG5):
                fitting = _BIG5
            self._file.seek(0)
        except OSError as error:
            raise unreadable(self._path, error) from None
        if fitting is None:
            text = N_("the file is neither in UTF-8 nor in GB18030; save it as UTF-8")
            raise SourceError.at(Place(self._path), text)
        return fitting

    def _is_in(self, encoding: str) -> bool:
        """Return whether the whole file is in an encoding."""
        decoder = codecs.getincrementaldecoder(encoding)()
        self._file.seek(0)
        try:
            while piece := self._file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True


def _is_rather_big5(text: bytes) -> bool:
    """Return whether bytes that are valid GB18030 are more likely Big5: their characters are common only in Big5.

    Each encoding has its common characters in a range that covers nearly all of a text: in GB 2312, first bytes from B0
    to D7 and second bytes from A1; in Big5, first bytes from A4 to C6.
    """
    pairs = _pairs.findall(text)
    here = sum(1 for first, second in pairs if 0xB0 <= first <= 0xD7 and second >= 0xA1)
    there = sum(1 for first, _ in pairs if 0xA4 <= first <= 0xC6)
    return there > _COMMON * len(pairs) > here


class _Lines:
    """The lines of a text, with a limit on their length."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._first = [line for _ in range(_MOST_TITLES) if (line := text.readline(_LONGEST_LINE))]
        self.ended = False
        """Whether the last line had a line end."""

    def separator(self) -> str:
        """Return the separator between the cells of the headings; a title may be above them."""
        if self._first and (named := _named_separator.match(self._first[0])):
            return named[1]
        lines = [line for line in self._first if any(each in line for each in _SEPARATORS)]
        wide = [line for line in lines if any(line.count(each) > 1 for each in _SEPARATORS)]
        headings = next(iter(wide or lines), "")
        return max(_SEPARATORS, key=headings.count)

    def __iter__(self) -> Iterator[str]:
        for line in chain(self._first, iter(partial(self._text.readline, _LONGEST_LINE), "")):
            if len(line) >= _LONGEST_LINE:
                raise csv.Error(f"a line of more than {_LONGEST_LINE:,} characters")
            self.ended = line.endswith(("\n", "\r"))
            yield line
