"""What wording templates may do, and how their mistakes are reported."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from kepu_docs.blocks import Block, Heading, Item, ListBlock, NumberLevel, Paragraph, Table
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import PluginError, TemplateError
from kepu_docs.registry import Registry, core
from kepu_docs.schema import Section

Compose = Callable[[str, dict[str, Any]], list[Block]]


class Sample(Section):
    kind: Literal["sample"]
    words: tuple[str, ...] = ()


@pytest.fixture
def compose(tmp_path: Path) -> Compose:
    """Return a function that composes a section by a template and returns its blocks."""

    def composed(template: str, section: dict[str, Any] | None = None) -> list[Block]:
        folder = tmp_path / "zh_Hans" / "sections"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sample.jinja").write_text(template, encoding="utf-8")

        class Plugin:
            @hookimpl
            def kepu_sections(self) -> list[SectionKind]:
                return [SectionKind(Sample)]

            @hookimpl
            def kepu_templates(self) -> list[Path]:
                return [tmp_path]

        registry = Registry.of(core, Plugin())
        record = {
            "community": {"name": "试验社区"},
            "period": 2025,
            "opening": "开头。",
            "sections": [{"kind": "sample", **(section or {})}],
        }
        return list(registry.composer("zh_Hans").compose(registry.model.model_validate(record)).blocks[1:])

    return composed


def test_each_tag_makes_its_block(compose: Compose) -> None:
    blocks = compose(
        """
{% heading %}标题{% endheading %}
{% heading level=2, body="文字。" %}小标题{% endheading %}
{% paragraph %}段落{% endparagraph %}
{% item lead="甲" %}一{% enditem %}
{% item lead="乙" %}二{% enditem %}
{% item style="bullet" %}点{% enditem %}
{% table [{"topic": "防火", "place": none, "hours": 2}], columns=["topic", "place", "hours"], caption="一览" %}
""",
        {},
    )
    assert [type(block) for block in blocks] == [Heading, Heading, Paragraph, ListBlock, ListBlock, Table]
    assert blocks[1] == Heading(2, "小标题。", "（一）", "文字。")
    assert blocks[3].items[1] == Item("二", "乙。", "二是")  # type: ignore[union-attr]
    table = blocks[5]
    assert isinstance(table, Table)
    assert [(column.title, column.align) for column in table.columns] == [("主题", "left"), ("学时", "right")]
    assert table.rows == (("防火", "2"),)


def test_layout_of_a_template_is_no_text(compose: Compose) -> None:
    assert compose("{% paragraph %}\n    一，\n\n      二。\n{% endparagraph %}", {}) == [Paragraph("一，二。")]


def test_nothing_remains_of_line_breaks_and_what_surrounds_them(compose: Compose) -> None:
    template = "{% paragraph %} \n\t甲  乙 \t\n\n \n\t 丙\n丁\t \n {% endparagraph %}"
    assert compose(template, {}) == [Paragraph("甲  乙丙丁")]
    assert compose('{% paragraph %}甲\n{{ "" }}\n{% endparagraph %}', {}) == [Paragraph("甲")]


def test_what_is_empty_makes_nothing(compose: Compose) -> None:
    assert (
        compose("{% paragraph %}\n{% endparagraph %}{% item %}{% enditem %}{% table [], columns=['topic'] %}", {}) == []
    )


def test_lists_of_texts_become_paragraphs_and_points(compose: Compose) -> None:
    assert compose("{% paragraphs ['甲', '乙'] %}{% points ['丙', '丁！'] %}{% points [] %}", {}) == [
        Paragraph("甲"),
        Paragraph("乙"),
        ListBlock("ordinal", (Item("丙。", number="一是"), Item("丁！", number="二是")), NumberLevel("%1是", "hanzi")),
    ]


def test_text_is_text(compose: Compose) -> None:
    nasty = "{{ 7*7 }} <b>&amp; **x** {% raw %}"
    assert compose("{% paragraph %}{{ section.heading }}{% endparagraph %}", {"heading": nasty}) == [Paragraph(nasty)]


@pytest.mark.some(2)
@pytest.mark.parametrize(
    ("template", "line", "problem"),
    [
        ("\n文字", 2, "text outside a block tag"),
        ("{% if true %}\n{{ section.kind }}\n{% endif %}", 2, "text outside a block tag"),
        ("{% paragraph %}\n{{ section.nothing }}{% endparagraph %}", 2, "nothing"),
        ("{% paragraph %}", 1, "Unexpected end of template"),
        ("\n{% paragraph size=3 %}{% endparagraph %}", 2, "the tag paragraph has no option size"),
        ("{% table %}", 1, "the tag table takes 1 values, but has 0"),
        ("{% paragraph %}{{ 1/0 }}{% endparagraph %}", 1, "division by zero"),
        ("{% heading %}\n\n{{ nope() }}{% endheading %}", 3, "nope"),
        ("{% paragraph %}{{ ''.__class__ }}{% endparagraph %}", 1, "unsafe"),
        ("{% paragraph %}{{ __sink }}{% endparagraph %}", 1, "names must not begin with two underscores"),
        ("{% heading level=5 %}甲{% endheading %}", 1, "headings have levels 1 to 4, not 5"),
        ("{% item style='loose' %}甲{% enditem %}", 1, "lists have the styles ordinal, number, bullet, not loose"),
        ("{% paragraph %}{{ cycler(1) }}{% endparagraph %}", 1, "cycler"),
        ("{% for x in range(9999999) %}{% endfor %}", 1, "too big"),
    ],
)
def test_mistakes_name_template_and_line(compose: Compose, template: str, line: int, problem: str) -> None:
    with pytest.raises(TemplateError) as caught:
        compose(template, {})
    (fault,) = caught.value.faults
    assert fault.place.field == "sections[0]"
    assert f"sample.jinja, line {line}: " in fault.message
    assert problem.lower() in fault.message.lower()


def test_a_kind_without_a_template_is_named(tmp_path: Path) -> None:
    class Plugin:
        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return [SectionKind(Sample)]

    registry = Registry.of(core, Plugin())
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "sample"}]}
    with pytest.raises(TemplateError, match=r"no template “sections/sample.jinja” for zh_Hans"):
        registry.composer("zh_Hans").compose(registry.model.model_validate(record))


def test_a_compose_function_stands_in_for_a_template() -> None:
    class Plugin:
        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return [SectionKind(Sample, lambda facts: [Heading(1, "标题"), Paragraph(facts["section"]["heading"])])]

    registry = Registry.of(core, Plugin())
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "sample", "heading": "甲"}]}
    document = registry.composer("zh_Hans").compose(registry.model.model_validate(record))
    assert document.blocks[-2:] == (Heading(1, "标题", "一、"), Paragraph("甲"))
    del record["sections"]
    record["sections"] = [{"kind": "sample"}]
    broken = Registry.of(core, type("P", (), {"kepu_sections": hookimpl(lambda self: [SectionKind(Sample, _fail)])})())
    with pytest.raises(PluginError, match=r"sections\[0\]: the section kind “sample” .* failed: .*boom"):
        broken.composer("zh_Hans").compose(broken.model.model_validate(record))


@pytest.mark.parametrize("made", ["text", Heading(9, "甲"), ListBlock("loose", ())])  # type: ignore[arg-type]
def test_what_is_no_block_is_refused(made: Any) -> None:
    class Plugin:
        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return [SectionKind(Sample, lambda facts: [made])]

    registry = Registry.of(core, Plugin())
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "sample"}]}
    with pytest.raises(PluginError, match=r"the section kind “sample” .* failed: ValueError"):
        registry.composer("zh_Hans").compose(registry.model.model_validate(record))


def test_a_summary_of_another_registry_is_refused() -> None:
    kinds = [SectionKind(Sample)]
    plugin = type("Plugin", (), {"kepu_sections": hookimpl(lambda self: kinds)})()
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "sample"}]}
    summary = Registry.of(core, plugin).model.model_validate(record)
    with pytest.raises(PluginError, match="no installed plugin provides the section kind “sample”"):
        Registry.of(core).composer("zh_Hans").compose(summary)


def _fail(facts: Any) -> list[Block]:
    raise RuntimeError("boom")


def test_english_parts_leads_and_run_in_headings_by_a_space() -> None:
    record = {
        "community": {"name": "Testville"},
        "period": 2025,
        "sections": [
            {
                "kind": "narrative",
                "heading": "Work",
                "subsections": [{"heading": "Talks", "run_in": True, "paragraphs": ["They were held."]}],
            },
            {
                "kind": "training",
                "sessions": [{"topic": "A day", "place": "the hall"}, {"topic": "A week", "place": "the park"}],
            },
        ],
    }
    registry = Registry.of(core)
    blocks = registry.composer("en").compose(registry.model.model_validate(record)).blocks
    assert Heading(2, "Talks. ", "1.1 ", "They were held.") in blocks
    (sessions,) = (block for block in blocks if isinstance(block, ListBlock))
    assert sessions.items == (
        Item("The session was held at the hall.", "A day. ", "1."),
        Item("The session was held at the park.", "A week. ", "2."),
    )
