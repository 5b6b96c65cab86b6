"""Several wordings of one text, and which of them a document gets."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepu_docs
from kepu_docs.blocks import Paragraph
from kepu_docs.composing.wordings import choice_for, first
from kepu_docs.errors import TemplateError

NAMES = [f"试验{number}社区" for number in range(200)]


def put(folder: Path, text: str, name: str = "sections/training.jinja") -> Path:
    file = folder / "zh_Hans" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def record(name: str = "试验社区", period: Any = 2025, **more: Any) -> kepu_docs.WorkSummary:
    return kepu_docs.load(
        {
            "community": {"name": name},
            "period": period,
            "sections": [{"kind": "training", "sessions_total": 4}],
            **more,
        }
    )


THREE = """{% heading %}培训{% endheading %}
{% paragraph %}{% wording %}甲{% or %}乙{% or %}丙{% endwording %}。{% endparagraph %}"""


def shown(summary: kepu_docs.WorkSummary, folder: Path) -> str:
    """Return the last paragraph of a document that is worded by a folder."""
    return [
        block.text for block in kepu_docs.compose(summary, templates=folder).blocks if isinstance(block, Paragraph)
    ][-1]


def test_community_and_time_choose(tmp_path: Path) -> None:
    put(tmp_path, THREE)
    found = {name: shown(record(name), tmp_path) for name in NAMES[:12]}
    assert set(found.values()) == {"甲。", "乙。", "丙。"}
    assert found == {name: shown(record(name), tmp_path) for name in NAMES[:12]}
    assert any(shown(record(name, 2024), tmp_path) != found[name] for name in found)


def test_plain_is_the_first(tmp_path: Path) -> None:
    put(tmp_path, THREE)
    assert {shown(record(name, wording="plain"), tmp_path) for name in NAMES[:12]} == {"甲。"}


def test_each_may_hold_tags_and_blocks_that_a_folder_replaces(tmp_path: Path) -> None:
    put(
        tmp_path / "own",
        """{% extends "default" %}{% block lead_2 %}乙。{% endblock %}""",
    )
    ways = {shown(record(name), tmp_path / "own") for name in NAMES[:40]}
    assert "乙。" in ways
    assert len(ways) > 2


def test_lines_above_change_nothing(tmp_path: Path) -> None:
    put(tmp_path / "a", THREE)
    put(tmp_path / "b", "{# Words\nfor\nthose who read. #}\n" + THREE)
    for name in NAMES[:12]:
        assert shown(record(name), tmp_path / "a") == shown(record(name), tmp_path / "b")


def test_one_alone_is_always_taken(tmp_path: Path) -> None:
    put(tmp_path, "{% heading %}培训{% endheading %}{% paragraph %}{% wording %}戊{% endwording %}{% endparagraph %}")
    assert shown(record(), tmp_path) == "戊"


@pytest.mark.parametrize("text", ["{% wording %}甲{% or %}乙", "{% or %}甲", "{% wording x %}甲{% endwording %}"])
def test_what_is_no_choice_is_refused_with_its_line(text: str, tmp_path: Path) -> None:
    put(tmp_path, "{% heading %}培训{% endheading %}\n{% paragraph %}" + text + "{% endparagraph %}")
    with pytest.raises(TemplateError, match=r"training\.jinja, line 2"):
        kepu_docs.compose(record(), templates=tmp_path)


def test_the_ways_of_one_place_are_about_as_frequent() -> None:
    for number in (2, 3, 5):
        counts = [0] * number
        for name in NAMES:
            counts[choice_for(record(name))("sections/training.jinja fi1", number)] += 1
        assert min(counts) > len(NAMES) / number / 2


@given(st.text(max_size=20), st.integers(1, 9))
def test_a_choice_is_one_of_those_there_are(place: str, number: int) -> None:
    assert 0 <= choice_for(record())(place, number) < number
    assert first(place, number) == 0
