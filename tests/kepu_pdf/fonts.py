"""The fonts with which pages are measured: substitutes for the look's own (fonts-arphic-*, fonts-wqy-zenhei)."""

import os
from collections.abc import Mapping
from typing import Final

import pytest
from tests.kepu_word.pages import Page, read

from kepu_pdf.fonts import installed

STAND_INS: Final = ("AR PL SungtiL GB", "AR PL KaitiM GB", "WenQuanYi Zen Hei")


def need_fonts() -> None:
    """Skip the test where its fonts are not installed; in CI it goes on, and fails."""
    missing = [name for name in STAND_INS if name.lower() not in installed()]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"fonts are not installed: {', '.join(missing)}")


def pages_of(files: Mapping[str, bytes]) -> dict[str, tuple[Page, ...]]:
    """Return the pages of each PDF."""
    return {name: read(data) for name, data in files.items()}
