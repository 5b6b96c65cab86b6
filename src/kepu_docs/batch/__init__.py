"""Many records: plan, workers, manifest, resume."""

from kepu_docs.batch.batch import BatchReport, render_batch
from kepu_docs.batch.manifest import read_manifest
from kepu_docs.batch.patterns import DEFAULT_PATTERN, FIELDS
from kepu_docs.batch.run import Progress

__all__ = ["DEFAULT_PATTERN", "FIELDS", "BatchReport", "Progress", "read_manifest", "render_batch"]
