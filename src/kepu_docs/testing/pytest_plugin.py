"""The option ``--update-golden`` of pytest.

A ``conftest.py`` enables it with ``pytest_plugins = ["kepu_docs.testing.pytest_plugin"]``.
"""

import os

import pytest

from kepu_docs.testing.golden import UPDATE


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew; read the difference")


def pytest_configure(config: pytest.Config) -> None:
    """Pass the option on to :func:`kepu_docs.testing.golden`."""
    if config.getoption("--update-golden"):
        os.environ[UPDATE] = "1"
