"""What makes a summary a formal paper: letterhead and imprint (GB/T 9704-2012, 7.2 and 7.4). Most have neither."""

from kepu_docs.schema.community import Name
from kepu_docs.schema.period import Day
from kepu_docs.schema.record import Record
from kepu_docs.schema.text import Line, Many


class Letterhead(Record):
    """The letterhead (版头) above the title of a formal document."""

    issuer: Name
    """The name of the issuing body above the title: 试验街道办事处文件."""
    number: Line | None = None
    """The document number: 试街办〔2025〕12号."""
    copy_number: Line | None = None
    """The number of this copy, with all zeros: "000001"."""
    secrecy: Line | None = None
    """The degree of secrecy, and its duration."""
    urgency: Line | None = None
    """How urgent it is."""
    signer: Line | None = None
    """Who approved it (签发人), for documents to a higher body."""


class Imprint(Record):
    """The imprint (版记) at the foot of the last page of a formal document."""

    copied_to: Many[Line] = ()
    """Organisations that receive a copy (抄送): 区科协, 区文明办."""
    printed_by: Line | None = None
    """The printing office: 试验街道党政办公室."""
    printed_on: Day | None = None
    """The date of printing."""
