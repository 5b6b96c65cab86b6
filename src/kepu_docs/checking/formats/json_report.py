"""For programs: one JSON object."""

from collections.abc import Mapping
from typing import Any, Final

from kepu_docs.checking.remarks import SEVERITIES, CheckReport, Remark
from kepu_docs.contract.checks import Check
from kepu_docs.errors import Translate
from kepu_docs.errors.visible import json_text

VERSION: Final = 1
"""The version of the object's structure; it is raised when a key is changed or removed."""


def json_report(report: CheckReport, rules: Mapping[str, Check], translate: Translate) -> str:
    """Return the report as JSON: ``remarks``, each with its place, and ``counts``."""
    counts = report.counts()
    data = {
        "version": VERSION,
        "records": report.records,
        "counts": {severity: counts[severity] for severity in SEVERITIES},
        "mended": [str(path) for path in report.written],
        "unmended": [fault.translated(translate) for fault in report.unmended],
        "remarks": [_remark(remark, translate) for remark in report.remarks],
    }
    return json_text(data, indent=2) + "\n"


def _remark(remark: Remark, translate: Translate) -> dict[str, Any]:
    place = remark.place
    return {
        "rule": remark.rule,
        "severity": remark.severity,
        "record": place.record,
        "line": place.line,
        "column": place.column,
        "cell": place.cell or None,
        "field": place.field or None,
        "words": remark.words or None,
        "message": remark.translated(translate),
        "right": remark.right,
        "safe": remark.safe,
        "mended": remark.fixed,
    }
