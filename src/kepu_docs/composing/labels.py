"""How a language numbers headings, lists, tables and figures, read from its catalogue.

A way of counting is written ``hanzi:%1、``: the name of the numerals, then the shown text with ``%1`` for the counter
of the first level and ``%2`` for that of the second.
"""

import re
from typing import Final, cast

from kepu_docs.blocks import ListStyle, NumberLevel, Numerals
from kepu_docs.composing.drafts import DEEPEST, Labels
from kepu_docs.errors import N_, Place, TemplateError
from kepu_docs.locale.formats import Formats
from kepu_docs.schema.shapes import literals

_LISTS: Final[dict[ListStyle, str]] = {"ordinal": "ordinal list", "number": "numbered list"}


def read_labels(formats: Formats) -> Labels:
    """Return how a language numbers. Raises ``TemplateError`` for an invalid way of counting."""
    return Labels(
        outline=tuple(_level(formats, f"heading {level}", level) for level in range(1, DEEPEST + 1)),
        lists={style: _level(formats, name, 1) for style, name in _LISTS.items()},
        table=formats.pattern("table number"),
        figure=formats.pattern("figure number"),
    )


def _level(formats: Formats, name: str, level: int) -> NumberLevel:
    found = formats.pattern(name)
    numerals, _, pattern = found.partition(":")
    counters = re.findall("%(.?)", pattern)
    known = {str(higher) for higher in range(1, level + 1)}
    if numerals not in literals(Numerals) or not counters or not known.issuperset(counters):
        raise TemplateError.at(
            Place(),
            N_("the pattern “{name}” in the catalogue messages.po is “{found}”; expected one such as {example}"),
            name=name,
            found=found,
            example="hanzi:%1、",
        )
    return NumberLevel(pattern, cast("Numerals", numerals))
