"""CSV: a folder with a file for each table, or one flat file. Written by Excel, WPS, databases, in UTF-8 or GB18030."""

import codecs
import csv
import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from itertools import chain
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
"""Of a folder that is one source. Records have a file for each table, some hundred at most; all are open at once."""
_LONGEST_LINE: Final = 1024 * 1024
"""In characters; no program writes longer rows."""
_MOST_BLANK: Final = 1_048_576
"""How many rows of a file may be blank: as many as a sheet of Excel has rows at all."""
_PIECE: Final = 1024 * 1024
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS: Final = ",;\t"
_MOST_TITLES: Final = 10


class CsvFiles:
    """Reads CSV; a folder is one source, whose files are the tables."""

    suffixes = (SUFFIX,)
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities."""
        if os.path.isdir(location):
            names = sorted(name for name in os.listdir(location) if name.lower().endswith(SUFFIX))
            paths = [os.path.join(location, name) for name in names if not name.startswith(".")]
            folder = os.path.abspath(location)
            if len(paths) > MOST_FILES:
                text = N_("the folder has {count} tables; at most {limit} are allowed")
                raise SourceError.at(Place(shown_location(location)), text, count=len(paths), limit=MOST_FILES)
        else:
            paths, folder = [location], folder_of(location)
        with ExitStack() as files:
            sheets = [_CsvSheet(path, files.enter_context(opened(path))) for path in paths]
            yield from joined(shown_location(location), sheets, form, folder)


class _CsvSheet(Sheet):
    def __init__(self, path: str, file: BinaryIO) -> None:
        self.title = shown_location(os.path.splitext(os.path.basename(path))[0])
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
            reader = csv.reader(lines, delimiter=lines.separator(), strict=True)
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
            # Who gave up reading may have closed the file before.
            with suppress(ValueError):
                text.detach()

    def _encoding(self) -> str:
        """Return how the file is written, seen from the whole of it. Raises ``SourceError``."""
        for encoding in ("utf-8-sig", "gb18030"):
            decoder = codecs.getincrementaldecoder(encoding)()
            try:
                self._file.seek(0)
                while piece := self._file.read(_PIECE):
                    if piece.startswith(_UTF_16):
                        raise SourceError.at(Place(self._path), "the file is in UTF-16; save it as UTF-8")
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                continue
            except OSError as error:
                raise unreadable(self._path, error) from None
            self._file.seek(0)
            return encoding
        text = N_("the file is neither in UTF-8 nor in GB18030; save it as UTF-8")
        raise SourceError.at(Place(self._path), text)


class _Lines:
    """The lines of a text, none of them longer than is sane."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._first = [line for _ in range(_MOST_TITLES) if (line := text.readline(_LONGEST_LINE))]
        self.ended = False
        """Whether the last line had its end."""

    def separator(self) -> str:
        """Return what stands between the cells of the headings; a title may stand above them."""
        headings = next((line for line in self._first if any(each in line for each in _SEPARATORS)), "")
        return max(_SEPARATORS, key=headings.count)

    def __iter__(self) -> Iterator[str]:
        for line in chain(self._first, iter(partial(self._text.readline, _LONGEST_LINE), "")):
            if len(line) >= _LONGEST_LINE:
                raise csv.Error(f"a line of more than {_LONGEST_LINE:,} characters")
            self.ended = line.endswith(("\n", "\r"))
            yield line
