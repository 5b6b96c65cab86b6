"""Batches: planning, workers, the manifest, and resuming a run.

What is offered here is imported when first used: a worker process needs none of it.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kepu_docs.batch.batch import BatchReport, render_batch
    from kepu_docs.batch.batch_run import Progress
    from kepu_docs.batch.manifest import read_manifest
    from kepu_docs.batch.patterns import DEFAULT_PATTERN, FIELDS, NamePattern
    from kepu_docs.batch.rendered import OnFault, RenderedDocuments

__all__ = [
    "DEFAULT_PATTERN",
    "FIELDS",
    "BatchReport",
    "NamePattern",
    "OnFault",
    "Progress",
    "RenderedDocuments",
    "read_manifest",
    "render_batch",
]

_MODULES: Final = MappingProxyType(
    {
        "BatchReport": "batch",
        "DEFAULT_PATTERN": "patterns",
        "FIELDS": "patterns",
        "NamePattern": "patterns",
        "OnFault": "rendered",
        "Progress": "batch_run",
        "RenderedDocuments": "rendered",
        "read_manifest": "manifest",
        "render_batch": "batch",
    }
)

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Return what is offered, on first use."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return globals().setdefault(name, getattr(import_module(f"{__name__}.{_MODULES[name]}"), name))
