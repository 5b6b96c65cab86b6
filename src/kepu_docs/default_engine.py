"""Access to the default engine for lower modules: summaries validate their sections with it, documents render.

The engine is imported by name on first use, since imports go downwards only.
"""

from pkgutil import resolve_name
from typing import Any


def named_default_engine() -> Any:
    """Return the :func:`kepu_docs.pipeline.engine.default_engine`, made at the first call."""
    return resolve_name("kepu_docs.pipeline.engine:default_engine")()
