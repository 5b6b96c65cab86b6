"""Compiled templates that outlive their environment: if one file of a folder has changed, the others are kept.

They are valid for one language, one set of catalogues and one set of plugins; the owner must make sure of that.
"""

from collections import OrderedDict
from types import CodeType
from typing import Final, cast

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_KEPT: Final = 256
"""The number of templates; those of one language with all its wordings are some 50."""


class CompiledTemplates(BytecodeCache):
    """The code of templates by their names, files and texts, in this process alone."""

    def __init__(self) -> None:
        self._codes: OrderedDict[tuple[str, str], CodeType] = OrderedDict()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code that is kept for the text of its template, if there is any."""
        code = self._codes.get((bucket.key, bucket.checksum))
        if code is not None:
            self._codes.move_to_end((bucket.key, bucket.checksum))
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self._codes[bucket.key, bucket.checksum] = cast(CodeType, bucket.code)
        while len(self._codes) > _KEPT:
            self._codes.popitem(last=False)
