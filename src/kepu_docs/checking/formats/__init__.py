"""How a report is shown to people, programs and code hosts. Each format is one function in its own module."""

from collections.abc import Callable, Mapping
from typing import Final

from kepu_docs.checking.formats.github import github
from kepu_docs.checking.formats.json_report import json_report
from kepu_docs.checking.formats.sarif import sarif
from kepu_docs.checking.formats.text_report import text
from kepu_docs.checking.remarks import CheckReport
from kepu_docs.contract.checks import Check
from kepu_docs.errors import Translate

Show = Callable[[CheckReport, Mapping[str, Check], Translate], str]
"""Returns a report as text; the arguments are the report, all rules by name, and the translation of messages."""

FORMATS: Final[Mapping[str, Show]] = {"text": text, "json": json_report, "sarif": sarif, "github": github}

__all__ = ["FORMATS", "Show"]
