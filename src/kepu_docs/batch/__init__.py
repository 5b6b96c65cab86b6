"""Many records: plan, workers, manifest, resume."""

from kepu_docs.batch.batch import BatchReport, render_batch
from kepu_docs.batch.batch_run import Progress
from kepu_docs.batch.manifest import read_manifest
from kepu_docs.batch.patterns import DEFAULT_PATTERN, FIELDS

__all__ = ["DEFAULT_PATTERN", "FIELDS", "BatchReport", "Progress", "read_manifest", "render_batch"]
