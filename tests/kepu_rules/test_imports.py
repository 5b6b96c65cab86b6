"""Rules are imported when something is checked, and documents' readers when there is a document to check."""

import subprocess
import sys

import pytest

from kepu_docs.contract.checks import Check
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.importing.reading import _READERS
from kepu_docs.importing.suffixes import SUFFIXES
from kepu_docs.registry import OURS, PluginWarning, Registry
