"""The section kinds of the core hold what those of strangers must."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kepu_docs.schema import CORE_SECTIONS
from kepu_docs.schema.sections.rollup import Rollup
from kepu_docs.testing import SectionContract

RECORDS = [
    *sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml")),
    Path(__file__).parents[1] / "examples" / "rich.yaml",
]


SECTIONS = [section for path in RECORDS for section in yaml.safe_load(path.read_text(encoding="utf-8"))["sections"]]


def examples(kind: str) -> list[dict[str, Any]]:
    return [section for section in SECTIONS if section["kind"] == kind]


UNTOLD = {"outcomes": ("awards.community",)}
"""Of a community's own awards it is not told whose they are."""


QUICK = {"training", "team"}
"""A kind with lists of entries, and one with records within it."""


def contract(kind: str) -> type[SectionContract]:
    told: dict[str, Any] = {"kind": kind, "sections": examples(kind), "untold": UNTOLD.get(kind, ())}
    if kind not in QUICK:
        told["pytestmark"] = pytest.mark.deep
    return type(f"Test_{kind}", (SectionContract,), told)


for model in CORE_SECTIONS:
    # What a rollup makes is tested in tests/rollups, from the records that it is made of.
    if model is not Rollup:
        globals()[f"Test_{model.kind_name()}"] = contract(model.kind_name())
