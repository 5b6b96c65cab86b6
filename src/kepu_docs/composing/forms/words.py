"""What users may write in a form besides facts: filters, functions and their options, by their English names.

Catalogues (``keys.po``, context ``form``) have their names in other languages. The filters of wording templates are all
there too; those that users of forms need have names in other languages here.
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
"""Names that stand for themselves: the whole text, a section of it, a photograph, the number of a repeated row."""
OPTIONS: Final = {SECTION: (HEADING,), PHOTO: (WIDTH, HEIGHT)}
"""Of functions: what they may be given by name."""
YEAR: Final = "year_of"
LIMIT: Final = "limit"
ROWS: Final = "rows"
AT_LEAST: Final = "at_least_rows"
"""The filter that gives at least so many rows, blank ones where there are fewer."""
CHOICE: Final = "choice_label"
"""The filter that choices are shown with; nobody need type it."""
NO_UNIT: Final = "without_unit"
"""The filter that shows a figure as exact as it is, where the form has its unit behind the blank."""
GROUPS: Final = "groups"
GROUP_NAME: Final = "name"
ENTRIES: Final = "entries"
OWN_FILTERS: Final = (YEAR, LIMIT, ROWS, AT_LEAST, NO_UNIT, GROUPS)
"""The filters that forms have besides those of wording templates."""
CONSTANTS: Final = {"true": True, "false": False, "none": None}
"""What a form may say of itself, by names of other languages too."""
FILTERS: Final = (
    *OWN_FILTERS, "number", "count", "date", "period", "percent", "money", "join", "join_list", "phrase", "sentence",
    "when", "default", "first", "last", "length", "sum", "sort", "reverse", "selectattr", "round",
)  # fmt: skip
FACTS: Final = ("held", ENTRIES)
"""Facts that have no label of their own: computed ones whose label in documents is that of a list in records."""
WORDS: Final = tuple(
    dict.fromkeys((*FACTS, *NAMES, *FILTERS, *(each for options in OPTIONS.values() for each in options), *CONSTANTS))
)
"""All words for which a catalogue may have names in its language."""
