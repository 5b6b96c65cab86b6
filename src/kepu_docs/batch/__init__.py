"""Batches: planning, workers, the manifest, and resuming a run."""

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
