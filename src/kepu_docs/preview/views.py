"""What one load of the live page shows: values alone, for the page to be written from."""

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
    """``None`` where nobody has looked yet."""
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
    """What the checker finds; ``None`` for a record that cannot be read."""
    notes: tuple[Message, ...] = ()
    paper: Paper | None = None
    is_old: bool = False
    """Whether the paper is the last good one, and no longer what the record says."""
    is_gone: bool = False
    """Whether the record is not in the source any more."""
    has_earlier: bool = False
    """Whether records of an earlier year are there to compare with."""
    beside: Paper | None = None
    has_no_earlier: bool = False
    """Whether an earlier year is asked for, and none is there of this community."""
