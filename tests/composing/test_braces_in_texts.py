"""A record's text is not a pattern: braces in it are ordinary characters, wherever the wording puts it."""

import re
from typing import Any

import pytest
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.testing import texts_of

ODD = "甲{}乙"
SECTIONS: list[dict[str, Any]] = [
    {"kind": "leadership", "in_plan": True, "meetings": 4, "association": ODD},
    {"kind": "leadership", "guided_by": [ODD], "association": ODD},
    {
        "kind": "leadership",
        "group": {"name": ODD, "head": "甲某", "members": 9, "makeup": [ODD]},
        "rules": [ODD, f"{ODD}制度"],
    },
    {"kind": "team", "groups": [{"name": ODD}]},
    {"kind": "team", "groups": [{"name": ODD, "members": 9}]},
    {"kind": "team", "groups": [{"name": ODD}], "groups_total": 3},
    {"kind": "training", "audiences": [ODD], "trainers": [ODD], "sessions_total": 4, "attendance_total": 90},
    {"kind": "facilities", "bases": [{"name": ODD, "level": ODD}], "screens": 2},
    {"kind": "funding", "sources": [{"name": ODD, "amount": 100}], "uses": [{"purpose": ODD, "amount": 100}]},
    {"kind": "outcomes", "awards": [{"name": ODD, "level": ODD, "giver": ODD, "year": 2025}], "awards_total": 3},
]


@pytest.mark.parametrize("locale", LOCALES)
def test_braces_stand_as_they_were_written(locale: str) -> None:
    for section in SECTIONS:
        record = {"community": {"name": f"{ODD}社区", "residents": 900}, "period": 2025, "sections": [section]}
        text = "\n".join(texts_of(kepu_docs.compose(kepu_docs.load(record), locale=locale)))
        assert ODD in text
        assert re.findall(r"甲(?!\{\}乙|某).{0,20}", text) == [], section
