"""The importer: plain text, Markdown, Word documents and parts of them; no letter may be lost."""

from tests.fuzzing.frame import Target
from tests.fuzzing.inputs import check

TARGET = Target(check, seeds=lambda: (b"\0", b"\1# a\n\n- b\n"), longest=16_384)
