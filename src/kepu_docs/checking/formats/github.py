"""For GitHub: workflow commands, which become annotations of the changed lines."""

from collections.abc import Mapping
from typing import Final

from kepu_docs.checking.formats.text_report import quoted
from kepu_docs.checking.remarks import CheckReport, Remark
from kepu_docs.contract.checks import Check
from kepu_docs.errors import Translate
from kepu_docs.errors.visible import harmless, visible

_COMMANDS: Final = {"error": "error", "warning": "warning", "info": "notice"}
_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def github(report: CheckReport, rules: Mapping[str, Check], translate: Translate) -> str:
    """Return a workflow command for each remark that is not mended."""
    return "".join(_command(remark, translate) for remark in report.remarks if not remark.fixed)


def _command(remark: Remark, translate: Translate) -> str:
    place = remark.place
    properties = {"file": remark.file or place.record, "line": place.line, "col": place.column, "title": remark.rule}
    if place.column is not None and remark.words:
        properties["endColumn"] = place.column + len(remark.words)
    shown = ",".join(
        f"{name}={harmless(visible(str(value).translate(_IN_PROPERTIES)))}"
        for name, value in properties.items()
        if value not in (None, "")
    )
    message = remark.translated(translate)
    where = ", ".join(visible(part) for part in (place.cell, place.field) if part)
    if where:
        message = f"{where}: {message}"
    if remark.words:
        message += f": {quoted(remark.words)}" + (f" → {quoted(remark.right)}" if remark.right is not None else "")
    return f"::{_COMMANDS[remark.severity]} {shown}::{harmless(message).translate(_IN_DATA)}\n"
