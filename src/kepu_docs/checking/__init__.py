"""Checking: the rules of all plugins over the records of sources, with the place of everything that is found."""

from kepu_docs.checking.candidates import Candidate
from kepu_docs.checking.checker import OWN_RULES, Checker
from kepu_docs.checking.documents import DocumentPlaces
from kepu_docs.checking.remarks import CheckReport, Remark
from kepu_docs.checking.run import ReadDocument, check, check_summary
from kepu_docs.checking.settings import Settings, find_settings

__all__ = [
    "OWN_RULES",
    "Candidate",
    "CheckReport",
    "Checker",
    "DocumentPlaces",
    "ReadDocument",
    "Remark",
    "Settings",
    "check",
    "check_summary",
    "find_settings",
]
