"""The content of one load of the live page: plain values from which the page is written."""

from dataclasses import dataclass

from kepu_docs.checking import Remark
from kepu_docs.errors import Fault, Message, Translate
from kepu_docs.preview.choices import Choices, Offers
from kepu_docs.preview.papers import Paper


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in the list of a source."""

    key: str
    name: str
    place: str
    faults: int | None
    """``None`` if it has not been checked yet."""
    remarks: int | None
    is_old: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class View:
    """The page of one record."""

    version: str
    choices: Choices
    usual: Choices
    offers: Offers
    translate: Translate
    formats: tuple[str, ...] = ()
    records: tuple[Listed, ...] = ()
    more: bool = False
    """Whether the source has more records than are listed."""
    key: str = ""
    name: str = ""
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] | None = None
    """The checker's findings; ``None`` for a record that cannot be read."""
    notes: tuple[Message, ...] = ()
    paper: Paper | None = None
    is_old: bool = False
    """Whether the paper is the last good one, and no longer matches the record."""
    is_gone: bool = False
    """Whether the record is no longer in the source."""
    has_earlier: bool = False
    """Whether records of an earlier year are available to compare with."""
    beside: Paper | None = None
    has_no_earlier: bool = False
    """Whether an earlier year is requested, and has no record of this community."""
