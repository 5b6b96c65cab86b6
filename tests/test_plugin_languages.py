"""A plugin's own catalogues and templates: its section in every language, and in Chinese keys, without code."""

from pathlib import Path
from typing import Literal

import pytest

import kepu_markdown
from kepu_docs.pipeline import Engine, starter_record
from kepu_docs.plugin import FactSection, Line, SectionKind, hookimpl
from kepu_docs.registry import Registry, core


class Drills(FactSection):
    """Drills."""

    kind: Literal["drills"]
    leader: Line | None = None
    """Who led them."""


TEMPLATE = (
    "{% heading %}{{ kind_label(section.kind) }}{% endheading %}{% paragraph %}{{ section.leader }}%s{% endparagraph %}"
)
LABELS = {"zh_Hans": ("演练", "组织。"), "en": ("Drills", " led the drills.")}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    for locale, (label, words) in LABELS.items():
        folder = tmp_path / locale
        (folder / "sections").mkdir(parents=True)
        (folder / "sections" / "drills.jinja").write_text(TEMPLATE.replace("%s", words), encoding="utf-8")
        (folder / "messages.po").write_text(f'msgctxt "kind"\nmsgid "drills"\nmsgstr "{label}"\n', encoding="utf-8")
    (tmp_path / "zh_Hans" / "keys.po").write_text(
        'msgctxt "choice"\nmsgid "drills"\nmsgstr "演练"\n\nmsgctxt "key"\nmsgid "leader"\nmsgstr "带队"\n',
        encoding="utf-8",
    )
    (tmp_path / "zh_Hans" / "interface.po").write_text('msgid "Who led them."\nmsgstr "谁带队。"\n', encoding="utf-8")

    class Plugin:
        __name__ = "drills"

        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return [SectionKind(Drills)]

        @hookimpl
        def kepu_templates(self) -> list[Path]:
            return [tmp_path]

    return Engine(Registry.of(core, kepu_markdown, Plugin()))


def test_a_plugin_brings_its_languages(engine: Engine) -> None:
    record = {"社区": {"名称": "试验社区"}, "年度": 2025, "栏目": [{"类型": "演练", "带队": "甲某"}]}
    summary = engine.load(record)
    assert "## 一、演练\n\n甲某组织。" in engine.render(engine.compose(summary), "md").decode()
    assert "## 1 Drills\n\n甲某 led the drills." in engine.render(engine.compose(summary, "en"), "md").decode()


def test_starter_and_faults_speak_its_words(engine: Engine) -> None:
    text = starter_record(engine.registry, ["drills"], engine.languages.words("zh_Hans"))
    assert "  - 类型: 演练" in text
    assert "带队: ……  # 谁带队。" in text
    with pytest.raises(Exception, match="是不是“带队”？"):
        engine.load({"社区": {"名称": "试验社区"}, "年度": 2025, "栏目": [{"类型": "演练", "带对": "甲某"}]})
