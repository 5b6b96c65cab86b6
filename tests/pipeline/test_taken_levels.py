"""Writers are informed of the level that was derived from their names."""

from pathlib import Path

import pytest
from tests.cli.calling import kepu

from kepu_docs import render_batch, rollup
from kepu_docs.pipeline.taken_levels import TakenLevels, taken_level
from kepu_docs.schema import Community


@pytest.mark.parametrize(
    ("community", "taken"),
    [
        (Community(name="试验小学"), "school"),
        (Community(name="示例村"), "village"),
        (Community(name="试验小学", level="school"), None),
        (Community(name="试验小学", level="community"), None),
        (Community(name="试验社区"), None),
        (Community(name="甲"), None),
    ],
)
def test_a_level_is_taken_where_none_is_given_and_the_name_says_another(community: Community, taken: str) -> None:
    assert taken_level(community) == taken


def test_a_line_for_each_level_with_the_first_names() -> None:
    levels = TakenLevels()
    for number in range(7):
        levels.add("school", f"{number}小学")
    levels.add("village", "示例村")
    levels.add(None, "甲社区")
    assert [str(fault) for fault in levels.remarks()] == [
        "recognised as villages by their names: 示例村; if that is wrong, give “level” in the record",
        "recognised as schools by their names: 0小学, 1小学, 2小学, 3小学, 4小学, …; if that is wrong, give “level” in "
        "the record",
    ]


def put(folder: Path) -> None:
    for number, name in enumerate(("试验小学", "试验社区", "示例中学")):
        (folder / f"{number}.yaml").write_text(f"community: {{name: {name}}}\nperiod: 2025\n", encoding="utf-8")


def test_commands_tell(tmp_path: Path) -> None:
    put(tmp_path)
    line = "warning: recognised as schools by their names: 试验小学, 示例中学; if that is wrong, give “level” in the record\n"
    done = kepu("render", "0.yaml", "1.yaml", "2.yaml", "-f", "txt", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, line)
    done = kepu("--ui-locale", "zh_Hans", "render", "0.yaml", "-f", "txt", folder=tmp_path)
    assert done.stderr == "注意：按名称末尾判断层级为“学校”：试验小学；如不对，请在记录中填写“层级”\n"


def test_the_reports_of_a_batch_and_a_rollup_tell(tmp_path: Path) -> None:
    put(tmp_path)
    records = [tmp_path / f"{number}.yaml" for number in range(3)]
    told = ["recognised as schools by their names: 试验小学, 示例中学; if that is wrong, give “level” in the record"]
    for _ in range(2):  # from the names of those alone whose documents are made
        report = render_batch(list(map(str, records)), tmp_path / "out", formats=("txt",))
        assert list(map(str, report.warnings)) == told
        told = []
    added = rollup(list(map(str, records)), name="试验街道")
    assert len(added.warnings) == 1
