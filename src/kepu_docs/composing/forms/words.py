"""The words that users may write in a form besides facts: filters, functions and their options, by their English names.

Catalogues (``keys.po``, context ``form``) have their names in other languages. All filters of wording templates are
available; those that are useful in forms have names in other languages here.
"""

from typing import Final

FULL_TEXT: Final = "full_text"
SECTION: Final = "section_text"
PHOTO: Final = "photo"
ROW_NUMBER: Final = "row_number"
HEADING: Final = "heading"
WIDTH: Final = "width"
HEIGHT: Final = "height"

NAMES: Final = (FULL_TEXT, SECTION, PHOTO, ROW_NUMBER)
"""Names with a meaning of their own: the whole text, a section of it, a photograph, the number of a repeated row."""
OPTIONS: Final = {SECTION: (HEADING,), PHOTO: (WIDTH, HEIGHT)}
"""Options of functions that are passed by name."""
YEAR: Final = "year_of"
LIMIT: Final = "limit"
ROWS: Final = "rows"
AT_LEAST: Final = "at_least_rows"
"""The filter that returns at least a number of rows, with blank ones added."""
CHOICE: Final = "choice_label"
"""The filter that shows choices; nobody need type it."""
NO_UNIT: Final = "without_unit"
"""The filter that shows a figure with its exactness, if the form has its unit after the blank."""
GROUPS: Final = "groups"
GROUP_NAME: Final = "name"
ENTRIES: Final = "entries"
OWN_FILTERS: Final = (YEAR, LIMIT, ROWS, AT_LEAST, NO_UNIT, GROUPS)
"""The filters that forms have besides those of wording templates."""
CONSTANTS: Final = {"true": True, "false": False, "none": None}
"""Constants in a form, which have names in other languages too."""
FILTERS: Final = (
    *OWN_FILTERS, "number", "count", "date", "period", "percent", "money", "join", "join_list", "phrase", "sentence",
    "when", "default", "first", "last", "length", "sum", "sort", "reverse", "selectattr", "round",
)  # fmt: skip
FACTS: Final = ("held", ENTRIES)
"""Facts that have no label of their own: computed facts whose label in documents is that of a list in records."""
WORDS: Final = tuple(
    dict.fromkeys((*FACTS, *NAMES, *FILTERS, *(each for options in OPTIONS.values() for each in options), *CONSTANTS))
)
"""All words that a catalogue may translate."""
