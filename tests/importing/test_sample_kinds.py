"""Section kinds of the sample plugins are found in a text, like those of the core."""

from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from kepu_docs.importing.documents import import_document
from kepu_docs.pipeline import Engine
from kepu_docs.testing.plugins import engine_of

SAMPLES: Final = Path(__file__).parents[2] / "plugins" / "samples"
NAMES: Final = ("agriculture", "disaster")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    for name in NAMES:
        monkeypatch.syspath_prepend(str(SAMPLES / f"kepu-docs-{name}" / "src"))
    return engine_of([import_module(f"kepu_docs_{name}") for name in NAMES])


TEXT: Final = """试验社区2025年科普工作总结
2025年，社区在街道党工委的领导下开展科普工作。
一、{heading}
{text}
二、下一步打算
明年，社区将继续努力。
试验社区居民委员会
2025年12月20日
"""


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        ("农业科技推广", "引进新品种3个。", "agriculture"),
        ("农业科技推广工作扎实推进", "引进新品种3个。", "agriculture"),
        ("推广农业新品种，带动农民增收", "引进新品种3个。", "agriculture"),
        ("農業科技推廣", "引進新品種3個。", "agriculture"),
        ("特色工作", "引进农业新品种3个，农业专家到田间指导农业生产2次。", "agriculture"),
        ("扎实做好防震减灾工作", "组织应急演练4场。", "disaster_prevention"),
        ("特色工作", "开展地震应急演练4场，完善应急避难场所，防震减灾知识人人知晓。", "disaster_prevention"),
        ("开展科普活动", "举办展览3场。", "activities"),
    ],
)
def test_a_kind_is_found(tmp_path: Path, engine: Engine, heading: str, text: str, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.format(heading=heading, text=text), encoding="utf-8")
    (summary,) = import_document(path, engine=engine)
    assert [section.kind for section in summary.summary.sections] == [kind, "next_year_plan"]


def test_its_facts_are_taken(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.format(heading="防震减灾工作", text="全年组织应急演练4场。"), encoding="utf-8")
    (summary,) = import_document(path, engine=engine)
    assert summary.record["sections"][0]["drills_total"] == "4场"
