"""The shared text types: the texts that a record may hold.

Text is shown unchanged in every format, so anything that some format cannot hold is refused when it is read: control
characters, lone surrogates, characters that XML 1.0 does not allow. White space at the ends is removed; nothing else is
changed (no Unicode normalisation).
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from kepu_docs.schema.refusal import refusal

LINE_LENGTH: Final = 200
PARAGRAPH_LENGTH: Final = 20_000
LIST_LENGTH: Final = 10_000

# Regular expression classes that Python and ECMAScript (JSON Schema) interpret alike.
# Control characters, line and paragraph separators, the byte order mark, surrogates, U+FFFE and U+FFFF.
_FORBIDDEN: Final = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_BLANK: Final = r" \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACE: Final = _BLANK + r"\r\n"
_STRIPPED: Final = " \t\r\n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

_WORDS: Final = f"[^{_FORBIDDEN}{_SPACE}](?:[^{_FORBIDDEN}]*[^{_FORBIDDEN}{_SPACE}])?"
LINE_PATTERN: Final = f"^[{_SPACE}]*{_WORDS}[{_SPACE}]*$"
CELL_PATTERN: Final = f"^[{_SPACE}]*(?:{_WORDS}[{_SPACE}]*)?$"
_PROSE_LINE: Final = f"[{_BLANK}]*(?:{_WORDS}[{_BLANK}]*)?"
PROSE_PATTERN: Final = rf"^(?=[\s\S]*[^{_SPACE}]){_PROSE_LINE}(?:[\r\n]+{_PROSE_LINE})*$"

_forbidden = re.compile(f"[{_FORBIDDEN}]")
_forbidden_run = re.compile(f"[{_FORBIDDEN}]+")
_break = re.compile(r"[\r\n]+")

T = TypeVar("T")


def showable(text: str) -> str:
    """Return ``text`` as one line that every document can show: a blank for what none can, and none at its ends."""
    return _forbidden_run.sub(" ", text).strip(_STRIPPED)


def unshowable(text: str) -> str:
    """Return the first character of ``text`` that no document can show, except line breaks and tabs, or nothing."""
    return next((bad for bad in _forbidden.findall(text) if bad not in "\t\n\r"), "")


class TextRule:
    """Marks a ``str`` as one line of text of at most ``limit`` characters, not empty."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def check(self, value: str) -> str:
        """Return ``value`` without white space at its ends, or raise."""
        # Printable texts have no character that is forbidden, and no white space but blanks.
        if len(value) <= self.limit and value.isprintable() and (text := value.strip(" ")):
            return text
        if len(value) > self.limit:
            raise refusal(
                "text_length", "{length} characters; at most {limit} are allowed", length=len(value), limit=self.limit
            )
        text = value.strip(_STRIPPED)
        if not text:
            raise refusal("text_empty", "the text is empty; leave out the field instead")
        bad = _forbidden.search(text)
        if bad is None:
            return text
        if bad[0] in "\r\n":
            raise refusal("text_break", "a line break; this text must be on one line")
        raise refusal(
            "text_character",
            "character {character} at position {position}, which no document can show",
            character=f"U+{ord(bad[0]):04X}",
            position=value.index(bad[0]) + 1,
        )

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "maxLength": self.limit, "pattern": LINE_PATTERN}


class CellRule(TextRule):
    """Marks a ``str`` as the text of a table's cell: one line, or empty."""

    def check(self, value: str) -> str:
        """Return ``value`` without white space at its ends, or raise."""
        return super().check(value) if value.strip(_STRIPPED) else ""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "maxLength": self.limit, "pattern": CELL_PATTERN}


def as_tuple(value: Any) -> Any:
    """Convert a list to a tuple, since strict validation would refuse it."""
    return tuple(value) if isinstance(value, list) else value


class _Paragraphs:
    """Converts a single string to paragraphs: each of its lines that is not blank is one."""

    @staticmethod
    def split(value: Any) -> Any:
        if not isinstance(value, str):
            return as_tuple(value)
        if len(value) > PARAGRAPH_LENGTH:
            return (value,)
        lines = tuple(line for line in _break.split(value) if line.strip(_STRIPPED))
        # A string of blanks is not converted, so that its emptiness is reported.
        return lines or (value,)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.split, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        string = {"type": "string", "maxLength": PARAGRAPH_LENGTH, "pattern": PROSE_PATTERN}
        return {"anyOf": [string, handler(schema)]}


Line = Annotated[str, TextRule(LINE_LENGTH)]
"""A name, a heading, or a short phrase on one line."""

Text = Annotated[str, TextRule(PARAGRAPH_LENGTH)]
"""A paragraph, without line breaks."""

Cell = Annotated[str, CellRule(PARAGRAPH_LENGTH)]
"""The content of a table's cell; it may be empty."""

if TYPE_CHECKING:
    Many = Sequence
    """A list of at most 10,000 entries; it is kept as a tuple."""
    Prose = Sequence[str]
    """Paragraphs: a list of them, or one string whose lines are the paragraphs; they are kept as a tuple."""
else:
    Many = Annotated[tuple[T, ...], Field(max_length=LIST_LENGTH), BeforeValidator(as_tuple)]
    Prose = Annotated[tuple[Text, ...], Field(max_length=LIST_LENGTH), _Paragraphs()]
