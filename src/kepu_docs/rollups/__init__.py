"""Rollups: from many summaries to the summary of a street office, a district or a city."""

from kepu_docs.rollups.output import Form, write_results
from kepu_docs.rollups.report import RolledUp, RollupReport
from kepu_docs.rollups.rollup_run import LEVELS, By, rollup

__all__ = ["LEVELS", "By", "Form", "RolledUp", "RollupReport", "rollup", "write_results"]
