"""Many records: plan, workers, manifest, resume."""
