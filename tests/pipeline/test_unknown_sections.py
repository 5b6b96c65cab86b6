"""Sections of kinds that no installed plugin has: refused with advice, or kept as data."""

import json
import pickle
import re
from pathlib import Path
from typing import Any, Literal

import pytest

import kepu_docs
from kepu_docs.errors import KepuWarning
from kepu_docs.plugin import FactSection
from kepu_docs.sections import Rollup


class Rehearsals(FactSection):
    """Rehearsals."""

    kind: Literal["rehearsals"] = "rehearsals"


DRILLS = {"kind": "drills", "heading": "应急演练", "drills": [{"name": "消防", "attendance": "60余"}], "note": None}
DATA: dict[str, Any] = {
    "community": {"name": "试验社区"},
    "period": 2025,
    "sections": [DRILLS, {"kind": "training", "sessions": [{"topic": "急救"}]}],
}


def kept(source: Any) -> kepu_docs.WorkSummary:
    with pytest.warns(
        KepuWarning, match=re.escape("sections[0]: no installed plugin provides the section kind “drills”")
    ):
        return kepu_docs.load(source, unknown_sections="keep")


def test_the_message_says_that_a_plugin_may_be_missing() -> None:
    with pytest.raises(kepu_docs.RecordError, match="A plugin may be missing: “kepu-docs plugins list”") as caught:
        kepu_docs.load(DATA)
    (fault,) = caught.value.faults
    assert (fault.code, fault.found) == ("record-unknown-section-kind", "drills")
    assert "training" in fault.expected.split(", ")


def test_they_are_kept_through_dump_and_load() -> None:
    summary = kept(DATA)
    dumped = json.loads(summary.model_dump_json(exclude_unset=True))
    assert dumped["sections"][0] == DRILLS
    assert kept(dumped) == summary
    assert pickle.loads(pickle.dumps(summary)) == summary  # noqa: S301


def test_a_record_in_chinese_keeps_them_too(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text("社区: {名称: 试验社区}\n时间: 2025\n栏目:\n  - 类型: drills\n    场次: [1, 2]\n", encoding="utf-8")
    data = json.loads(kept(file).model_dump_json(exclude_unset=True))
    assert data["sections"] == [{"kind": "drills", "场次": [1, 2]}]


def test_documents_leave_them_out_of_their_text_and_carry_them(tmp_path: Path) -> None:
    summary = kept(DATA | {"sections": [{**DRILLS, "photos": [{"file": "nowhere.jpg"}]}, DATA["sections"][1]]})
    text = kepu_docs.render(summary, "txt").decode()
    assert "演练" not in text
    assert "一、科普培训" in text
    (tmp_path / "s.docx").write_bytes(kepu_docs.render(summary, "docx"))
    assert kept(tmp_path / "s.docx") == summary


@pytest.mark.deep
def test_templates_of_ones_own_compose_with_them(tmp_path: Path) -> None:
    (tmp_path / "zh_Hans").mkdir()
    (tmp_path / "zh_Hans" / "closing.jinja").write_text("", encoding="utf-8")
    document = kepu_docs.compose(kept(DATA), templates=tmp_path)
    assert json.loads(document.record)["sections"][0] == DRILLS


def test_a_batch_of_summaries_keeps_them(tmp_path: Path) -> None:
    report = kepu_docs.render_batch([kept(DATA)], tmp_path, formats=["docx"])
    assert (report.made, report.failed) == (1, 0)
    (document,) = tmp_path.rglob("*.docx")
    assert kept(document) == kept(DATA)
    # Data that nobody has let keep them are refused, as everywhere.
    assert kepu_docs.render_batch([DATA], tmp_path / "data", formats=["txt"]).failed == 1


def test_beside_one_that_was_kept_another_kind_is_not_lost(tmp_path: Path) -> None:
    """A section of an engine's own kind, which a batch without that engine cannot write."""
    both = kept(DATA).model_copy(update={"sections": (*kept(DATA).sections, Rehearsals())})
    report = kepu_docs.render_batch([both], tmp_path, formats=["txt"])
    assert (report.made, report.failed) == (0, 1)


def test_checks_pass_over_them() -> None:
    report = kepu_docs.check(kept(DATA))
    assert not [remark for remark in report.remarks if "failed" in str(remark.message)]


def test_a_section_without_a_kind_stays_a_fault_and_other_faults_have_their_places() -> None:
    data = DATA | {"sections": [DRILLS, {}, {"kind": "training", "sessions": 3}, {"kind": "drills", "heading": 3}]}
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load(data, unknown_sections="keep")
    assert [(fault.code, fault.path) for fault in caught.value.faults] == [
        ("record-section-without-kind", ("sections", 1)),
        ("record-wrong-type", ("sections", 2, "sessions")),
        ("record-wrong-type", ("sections", 3, "heading")),
    ]


def test_without_unknown_sections_nothing_changes(recwarn: pytest.WarningsRecorder) -> None:
    data = DATA | {"sections": DATA["sections"][1:]}
    assert kepu_docs.load(data, unknown_sections="keep") == kepu_docs.load(data)
    assert not recwarn


def test_the_choice_is_one_of_two() -> None:
    choice: Any = "drop"
    with pytest.raises(kepu_docs.SettingsError, match="expected one of refuse, keep"):
        kepu_docs.load(DATA, unknown_sections=choice)


def test_a_rollup_leaves_out_what_was_kept() -> None:
    report = kepu_docs.rollup([kept(DATA)], name="试验区")
    assert (report.number, report.failed) == (1, 0)
    rollup = report.summary.sections[-1]
    assert isinstance(rollup, Rollup)
    assert [left.section for left in rollup.left_out] == ["drills"]
    assert [each.kind for each in report.summary.sections] == ["training", "rollup"]


def test_what_was_kept_is_not_empty() -> None:
    found = kepu_docs.check(kept(DATA), rules=["empty-section"])
    assert found.remarks == ()
    nothing = kept({**DATA, "sections": [{"kind": "drills", "heading": "应急演练"}]})
    assert [each.rule for each in kepu_docs.check(nothing, rules=["empty-section"]).remarks] == ["empty-section"]
