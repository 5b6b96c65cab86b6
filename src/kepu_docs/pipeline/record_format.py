"""Reading the format of a record, before anything else in it is looked at.

A newer version of kepu-docs may write records with a larger number. Of such a record nothing else is reported: what is
wrong with it here may be right there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from kepu_docs.errors import N_, Fault, Place, RecordError
from kepu_docs.pipeline.validation import Locate, shown_value
from kepu_docs.schema.record_format import NAMES, READ_UP_TO


class WithoutFormat(NamedTuple):
    """A record's data without its format, and what is wrong with that."""

    data: object
    faults: tuple[Fault, ...]


def without_format(data: object, name: str = "", locate: Locate | None = None) -> WithoutFormat:
    """Return the ``data`` of a record without its format.

    ``name`` and ``locate`` are as :func:`kepu_docs.pipeline.validation.validate` has them. Raises ``RecordError`` with
    one fault for a format that only a newer version reads.
    """
    if not isinstance(data, Mapping) or not any(key in data for key in NAMES):
        return WithoutFormat(data, ())
    faults: list[Fault] = []
    for key in NAMES:
        value = data.get(key, READ_UP_TO)
        if type(value) is int and 1 <= value <= READ_UP_TO:
            continue
        place = replace(locate((key,)) if locate else Place(name), field=key)
        expected = ", ".join(map(str, range(1, READ_UP_TO + 1)))
        values = (("found", shown_value(value)), ("limit", READ_UP_TO), ("expected", expected))
        if type(value) is int and value > READ_UP_TO:
            text = N_("this record has format {found}; this version of kepu-docs reads up to {limit}; update kepu-docs")
            raise RecordError([Fault(place, text, values, path=(key,))])
        wrong = N_("the format of a record is {expected}; found {found}")
        faults.append(Fault(place, wrong, values, path=(key,)))
    return WithoutFormat({key: value for key, value in data.items() if key not in NAMES}, tuple(faults))
