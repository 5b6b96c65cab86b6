"""What each check of a record expects: the code of its fault, its message, and, separately, what would be correct."""

from typing import Final, NamedTuple

from kepu_docs.errors import N_


class Expectation(NamedTuple):
    """What a check of a record expects; pydantic's details of the check fill the ``{names}`` in its texts."""

    code: str
    expected: str
    """What would be correct."""
    problem: str = ""
    """What the message says before the value found; empty if the schema's type provides it."""


WRONG_TYPE: Final = "record-wrong-type"
MISSING: Final = Expectation("record-missing-field", N_("a value"), N_("this field is missing; it is required"))
UNKNOWN_KEY: Final = "record-unknown-key"
WITHOUT_KIND: Final = Expectation(
    "record-section-without-kind", N_("the name of a section kind"), N_("the section has no “kind”")
)
NO_SUCH_KIND: Final = "record-unknown-section-kind"
WRONG_VALUE: Final = "record-wrong-value"
"""The code of all other faults that pydantic and the validators of foreign section kinds find."""

_TEXT: Final = Expectation(WRONG_TYPE, N_("a text"), N_("expected a text"))
_WHOLE: Final = Expectation(WRONG_TYPE, N_("a whole number"), N_("expected a whole number"))
_NUMBER: Final = Expectation(WRONG_TYPE, N_("a number"), N_("expected a number"))
_FIELDS: Final = Expectation(WRONG_TYPE, N_("fields with names"), N_("expected fields with names"))

EXPECTATIONS: Final = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_type": Expectation(WRONG_TYPE, N_("true or false"), N_("expected true or false")),
    "tuple_type": Expectation(WRONG_TYPE, N_("a list"), N_("expected a list")),
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
    "greater_than_equal": Expectation("record-out-of-range", N_("at least {ge}"), N_("expected at least {ge}")),
    "less_than_equal": Expectation("record-out-of-range", N_("at most {le}"), N_("expected at most {le}")),
    "too_long": Expectation(
        "record-list-too-long",
        N_("a list of at most {max_length}"),
        N_("a list of {actual_length}; at most {max_length} are allowed"),
    ),
    "literal_error": Expectation("record-unknown-choice", N_("one of {expected}"), N_("expected one of {expected}")),
    # Of the schema's own types, by what kepu_docs.schema.refusal gets.
    "text_length": Expectation("record-text-too-long", N_("at most {limit} characters")),
    "text_empty": Expectation("record-text-empty", N_("a text; leave the field out if there is none")),
    "text_break": Expectation("record-text-with-break", N_("a text on one line")),
    "text_character": Expectation("record-text-unshowable", N_("a text of characters that a document can show")),
    "day_impossible": Expectation("record-wrong-day", N_("an existing date")),
    "day_text": Expectation("record-wrong-day", N_("a date such as 2025-04-12, from {first} to {last}")),
    "period_text": Expectation(
        "record-wrong-period", N_("a year, half-year, quarter, month, day or {both_ends}, from {first} to {last}")
    ),
    "period_order": Expectation("record-wrong-period", N_("an end that is not before the start")),
    "comparison_times": Expectation("comparison-times", N_("an earlier period of the same length")),
    "quantity_text": Expectation("record-wrong-quantity", N_("a number such as 300, or a text such as “300余{unit}”")),
    "passage_form": Expectation("record-wrong-passage", N_("a paragraph, or a passage with {names}")),
}
"""By the type of pydantic's error."""

CODES: Final = frozenset(
    (
        *(each.code for each in (MISSING, WITHOUT_KIND, *EXPECTATIONS.values())),
        UNKNOWN_KEY,
        NO_SUCH_KIND,
        WRONG_VALUE,
    )
)
"""All codes of faults that come from checking a record against its schema."""
