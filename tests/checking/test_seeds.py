"""The published samples from which the project started: all known mistakes in them are found, and nothing else.

They are beside the repository and not part of it; if they are missing, these tests are skipped.
"""

import re
from pathlib import Path
from typing import Final

import pytest
from tests.kepu_rules.subjects import findings, prose

import kepu_docs

SEEDS: Final = sorted((Path(__file__).parents[2].parent / "shared" / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEEDS, reason="the samples (../shared/seeds) are not beside this repository")

NAMES: Final = ("试验社区", "复兴路社区", "南华社区", "试验社区", "教育街社区")
# Rules about what every one of them lacks, or has hundreds of times.
COMMON: Final = ("half-width", "missing-signature", "missing-section", "names-in-row", "number-mark")

FOUND: Final[tuple[dict[str, int], ...]] = (
    {"particle": 2, "doubled-word": 2},
    {"wrong-character": 1},
    {"replaced-word": 29, "maybe-replaced-word": 5, "wrong-character": 4, "particle": 2},
    {"placeholder": 1, "superseded-policy": 2, "wrong-character": 2, "paper-number": 1},
    {"placeholder": 2, "unpaired-mark": 1, "superseded-policy": 1, "particle": 1},
)
"""How many findings of which rule each sample has. All of them were read one by one and are right."""

REPLACED: Final = {
    *("精神礼貌", "三个礼貌", "礼貌", "科学礼貌", "用心参与", "用心向上", "用心弘扬", "用心的作用", "建立", "科普建立"),
    *("建立工作的", "透过", "带给", "带给了", "构成", "构成了", "个性是", "市民校园"),
}


def samples() -> list[list[str]]:
    text = SEEDS[0].read_text(encoding="utf-8")
    body = re.split(r"【[^】]*】相关文章", text)[0]
    parts = re.split(r"\n\s*社区科普工作总结\d\s*\n", body)[1:]
    return [[line.strip() for line in part.splitlines() if line.strip()] for part in parts]


@pytest.fixture(scope="module")
def found() -> list[list[tuple[str, str, str | None]]]:
    return [
        findings(prose(*paragraphs, community={"name": name}, period=2020, signed_by=name, signed_on="2020-12-20"))
        for paragraphs, name in zip(samples(), NAMES, strict=True)
    ]


def test_what_is_found(found: list[list[tuple[str, str, str | None]]]) -> None:
    counted = [{rule: sum(each[0] == rule for each in of) for rule, _, _ in of if rule not in COMMON} for of in found]
    assert counted == list(FOUND)


def test_placeholders(found: list[list[tuple[str, str, str | None]]]) -> None:
    words = [each[1] for of in found for each in of if each[0] == "placeholder"]
    assert words == ["**", "20xx年", "20xx年"]


def test_the_unpaired_mark(found: list[list[tuple[str, str, str | None]]]) -> None:
    assert [each for of in found for each in of if each[0] == "unpaired-mark"] == [("unpaired-mark", "“", "”")]


def test_replaced_words(found: list[list[tuple[str, str, str | None]]]) -> None:
    assert {each[1] for each in found[2] if each[0] == "replaced-word"} == REPLACED
    assert not [each for of in (*found[:2], *found[3:]) for each in of if each[0] == "replaced-word"]


def test_the_name_that_is_another_communitys() -> None:
    record = prose(*samples()[2], period=2020, signed_on="2020-12-20")
    assert {each[1] for each in findings(record, "another-community")} == {"南华社区"}


def test_through_import(found: list[list[tuple[str, str, str | None]]]) -> None:
    report = kepu_docs.check(SEEDS[0])
    assert report.records == len(FOUND)
    lines = SEEDS[0].read_text(encoding="utf-8").splitlines()
    for rule in (
        "placeholder",
        "unpaired-mark",
        "replaced-word",
        "maybe-replaced-word",
        "wrong-character",
        "doubled-word",
    ):
        remarks = [each for each in report.remarks if each.rule == rule]
        assert [each.words for each in remarks] == [each[1] for of in found for each in of if each[0] == rule]
        for each in remarks:
            assert each.place.line
            assert each.place.column
            assert lines[each.place.line - 1][each.place.column - 1 :].startswith(each.words)
