"""The default engine for what stands below it: a summary validates its sections with it, a document renders itself.

It is found by its name when it is wanted, since imports go downwards only.
"""

from pkgutil import resolve_name
from typing import Any


def named_default_engine() -> Any:
    """Return the :func:`kepu_docs.pipeline.engine.default_engine`, made at the first call."""
    return resolve_name("kepu_docs.pipeline.engine:default_engine")()
