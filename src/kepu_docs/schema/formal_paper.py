"""What makes a summary a formal paper: letterhead and imprint (GB/T 9704-2012, 7.2 and 7.4). Most have neither."""

from kepu_docs.schema.community import Name
from kepu_docs.schema.period import Day
from kepu_docs.schema.record import Record
from kepu_docs.schema.text import Line, Many


class Letterhead(Record):
    """版头: what stands above the title of a formal paper."""

    issuer: Name
    """The mark of the issuing body: 试验街道办事处文件."""
    number: Line | None = None
    """The paper's number: 试街办〔2025〕12号."""
    copy_number: Line | None = None
    """The number of this copy, with all its zeros: "000001"."""
    secrecy: Line | None = None
    """The degree of secrecy and for how long."""
    urgency: Line | None = None
    """How urgent it is."""
    signer: Line | None = None
    """Who approved it (签发人), for papers to a higher body."""


class Imprint(Record):
    """版记: what stands at the foot of a formal paper's last page."""

    copied_to: Many[Line] = ()
    """Who gets a copy (抄送): 区科协, 区文明办."""
    printed_by: Line | None = None
    """Who prints it: 试验街道党政办公室."""
    printed_on: Day | None = None
    """The day of printing."""
