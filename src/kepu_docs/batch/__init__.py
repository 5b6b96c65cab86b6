"""Batches: planning, workers, the manifest, and resuming a run.

What is offered here is imported when first used: a worker process needs none of it.
"""

from typing import TYPE_CHECKING

from kepu_docs.late_names import late_names

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

if not TYPE_CHECKING:
    __getattr__ = late_names(
        globals(),
        {
            "kepu_docs.batch.batch": "BatchReport render_batch",
            "kepu_docs.batch.batch_run": "Progress",
            "kepu_docs.batch.manifest": "read_manifest",
            "kepu_docs.batch.patterns": "DEFAULT_PATTERN FIELDS NamePattern",
            "kepu_docs.batch.rendered": "OnFault RenderedDocuments",
        },
    )
