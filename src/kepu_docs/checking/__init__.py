"""Checking: runs the rules of all plugins on the records of sources, and gives the place of every finding."""

from kepu_docs.checking.candidates import candidate_of
from kepu_docs.checking.check_run import ReadDocument, check, check_summary
from kepu_docs.checking.checker import OWN_RULES, Checker
from kepu_docs.checking.document_places import DocumentPlaces
from kepu_docs.checking.places import Candidate
from kepu_docs.checking.remarks import CheckReport, Remark
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
    "candidate_of",
    "check",
    "check_summary",
    "find_settings",
]
