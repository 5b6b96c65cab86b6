"""Formulas that are text in a cell: in CSV, in a cell formatted as text, in a database."""

import re
from typing import Any, Final

from kepu_docs.plugin import N_
from kepu_sources.tables.no_values import BadCell, bad

_FORMULA_TEXT: Final = N_("“{found}” is a formula, not a result; write the result instead")
# A name with a bracket, a reference to a cell, or something to calculate. ="000101" is a text, and no formula.
_formula = re.compile(
    r"=[\s+(-]{0,10}(?:[A-Za-z_.]{1,40}\(|\$?[A-Za-z]{1,3}\$?[0-9]|'?[^\s!'\"=]{1,40}'?!|[0-9.,]{1,20}\s?[-+*/^%])"
)


def formula_in(cell: Any) -> BadCell | None:
    """Return why a cell has no value, if it is the text of a formula."""
    if type(cell) is str and cell[:1] == "=" and _formula.match(cell):
        return bad(_FORMULA_TEXT, cell)
    return None
