"""Options and helpers that several tests share."""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("suite", deadline=None, print_blob=True)
settings.load_profile("suite")


pytest_plugins = ["kepu_docs.testing.pytest_plugin"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Deep tests wait to be asked for. Without LibreOffice the tests that read with it skip; in CI they run, and fail."""
    if not os.environ.get("KEPU_DEEP"):
        for item in items:
            if item.get_closest_marker("deep"):
                item.add_marker(pytest.mark.skip(reason="takes long; set KEPU_DEEP=1 to run it"))
    if shutil.which("soffice") is None and not os.environ.get("CI"):
        for item in items:
            if item.get_closest_marker("office"):
                item.add_marker(pytest.mark.skip(reason="LibreOffice (soffice) is not installed"))
