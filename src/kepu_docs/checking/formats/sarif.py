"""For code hosts and editors: SARIF 2.1.0 (OASIS)."""

import os
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kepu_docs.checking.remarks import CheckReport, Remark
from kepu_docs.contract.checks import Check, Severity
from kepu_docs.errors import Translate
from kepu_docs.errors.visible import json_text, visible

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final[Mapping[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}


def sarif(report: CheckReport, rules: Mapping[str, Check], translate: Translate) -> str:
    """Return the report as a SARIF log of one run."""
    remarks = [remark for remark in report.remarks if not remark.fixed]
    named = list(dict.fromkeys(remark.rule for remark in remarks))
    run = {
        "tool": {
            "driver": {
                "name": "kepu-docs",
                "version": version("kepu-docs"),
                "rules": [_rule(rules[name], translate) for name in named],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(remark, named.index(remark.rule), translate) for remark in remarks],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log, indent=2) + "\n"


def _rule(check: Check, translate: Translate) -> dict[str, Any]:
    return {
        "id": check.rule,
        "shortDescription": {"text": translate(check.about)},
        "help": {"text": translate(check.source)},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
    }


def _result(remark: Remark, rule: int, translate: Translate) -> dict[str, Any]:
    message = remark.translated(translate) + (f": “{visible(remark.words)}”" if remark.words else "")
    result: dict[str, Any] = {
        "ruleId": remark.rule,
        "ruleIndex": rule,
        "level": _LEVELS[remark.severity],
        "message": {"text": message},
        "locations": [_location(remark)],
    }
    if remark.right is not None:
        result["properties"] = {"right": remark.right, "safe": remark.safe}
    return result


def _location(remark: Remark) -> dict[str, Any]:
    place = remark.place
    location: dict[str, Any] = {}
    if place.record or remark.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(remark.file or place.record)}}
        if place.line is not None:
            physical["region"] = dict(_region(remark))
        location["physicalLocation"] = physical
    named = [{"fullyQualifiedName": name} for name in (place.cell, place.field) if name]
    if named:
        location["logicalLocations"] = named
    return location


def _region(remark: Remark) -> Iterator[tuple[str, Any]]:
    yield "startLine", remark.place.line
    if remark.place.column is not None:
        yield "startColumn", remark.place.column
        if remark.words:
            yield "endColumn", remark.place.column + len(remark.words)
            yield "snippet", {"text": remark.words}


def _uri(file: str) -> str:
    """Return a file as a URI; it is relative if the path is."""
    if os.path.isabs(file):
        return Path(file).as_uri()
    return quote(os.fsencode(file.replace(os.sep, "/")))
