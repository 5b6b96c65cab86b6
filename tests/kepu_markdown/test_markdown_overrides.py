"""Overrides of sections in Markdown: pictures, lists and blank lines stay right around them."""

import re
from types import MethodType

import pytest

from kepu_docs.blocks import Block, Document, Figure, Heading, Item, ListBlock, Paragraph, SectionSpan
from kepu_docs.contract.renderers import OverrideFunction, SectionPart
from kepu_docs.errors import RenderError
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, png
from kepu_markdown import MarkdownRenderer

HEADING = Heading(1, "培训", "一、")
BULLETS = ListBlock("bullet", (Item("甲"), Item("乙")))
NUMBERS = ListBlock("number", (Item("甲", number="1."), Item("乙", number="2.")), NUMBER)


def figure(width: int) -> Figure:
    return Figure(png(width, 1), "image/png", width, 1, f"宽{width}")


def rendered(render: OverrideFunction, *sections: tuple[Block, ...], kinds: str = "oxo") -> str:
    """Return the Markdown of sections, of which those marked ``x`` are overridden."""
    blocks: tuple[Block, ...] = ()
    spans = []
    for kind, section in zip(kinds, sections, strict=False):
        spans.append(SectionSpan(kind, len(blocks), len(blocks) + len(section)))
        blocks += section
    document = Document("标题", blocks, "zh_Hans", OFFICIAL_OUTLINE, sections=tuple(spans))
    return MarkdownRenderer().overridden({"x": render}).render(document).decode()


def shown(text: str) -> list[int]:
    """Return the widths of the pictures as they are shown, checking that their numbers count from 1."""
    numbers = [int(number) for number in re.findall(r"\]\[figure-(\d+)\]", text)]
    definitions = re.findall(r"^\[figure-(\d+)\]: (.*)$", text, re.M)
    assert [int(number) for number, _ in definitions] == list(range(1, len(definitions) + 1))
    assert set(numbers) == set(range(1, len(definitions) + 1))
    by_data = {data: width for width in range(1, 9) for data in [_definition(width)]}
    return [by_data[definitions[number - 1][1]] for number in numbers]


def _definition(width: int) -> str:
    from base64 import b64encode

    return f"data:image/png;base64,{b64encode(png(width, 1)).decode()}"


@pytest.mark.parametrize(
    ("render", "expected"),
    [
        (lambda part: part.render_default(), [1, 2, 3, 4]),
        (lambda part: "", [1, 4]),
        (lambda part: [part.render_default(), "没有图。"][1], [1, 4]),
        (lambda part: part.render_default(part.blocks[::-1]), [1, 3, 2, 4]),
        (lambda part: part.render_default() + "\n\n" + part.render_default(), [1, 2, 3, 2, 3, 4]),
        (lambda part: [part.render_default(), part.render_default(part.blocks[2:])][1], [1, 3, 4]),
        (lambda part: "\n\n".join([part.render_default()] * 2), [1, 2, 3, 2, 3, 4]),
    ],
)
def test_pictures_are_counted_as_they_stand(render: OverrideFunction, expected: list[int]) -> None:
    text = rendered(render, (HEADING, figure(1)), (HEADING, figure(2), figure(3)), (HEADING, figure(4)))
    assert shown(text) == expected


def test_what_stands_around_the_default() -> None:
    text = rendered(
        lambda part: f"> 提要\n\n{part.render_default()}\n\n<!-- 完 -->\n", (), (HEADING, Paragraph("甲。")), (HEADING,)
    )
    assert text == "# 标题\n\n> 提要\n\n## 一、培训\n\n甲。\n\n<!-- 完 -->\n\n## 一、培训\n"


@pytest.mark.parametrize(
    ("returned", "marker"),
    [
        ("正文。", "- 甲"),
        ("- 丙", "+ 甲"),
        ("* 丙\n  续行", "+ 甲"),
        ("+ 丙", "- 甲"),
        ("- 丙\n\n正文。", "- 甲"),
        ("1. 丙", "+ 甲"),
        ("1) 丙", "- 甲"),
        ("", "- 甲"),
    ],
)
def test_a_list_after_a_list_of_the_override_has_another_marker(returned: str, marker: str) -> None:
    text = rendered(lambda part: returned, (), (HEADING,), (BULLETS,))
    assert text.endswith(f"\n\n{marker}\n{marker[0]} 乙\n")


def test_nothing_between_two_lists() -> None:
    assert rendered(lambda part: "", (BULLETS,), (HEADING,), (BULLETS,)) == "# 标题\n\n- 甲\n- 乙\n\n+ 甲\n+ 乙\n"


def test_two_defaults_that_are_lists_stay_two() -> None:
    def parted(part: SectionPart) -> str:
        return "\n\n".join(part.render_default([block]) for block in part.blocks)

    sections = ((BULLETS,), (BULLETS, NUMBERS), (NUMBERS,))
    assert rendered(parted, *sections) == rendered(lambda part: part.render_default(), *sections)


def test_a_code_block_that_would_swallow_what_follows() -> None:
    for text in ("```\n正文", "正文\n~~~~ text\n~~~"):
        with pytest.raises(RenderError, match="a code block that is not closed"):
            rendered(MethodType(lambda text, part: text, text), (), (HEADING,))
    assert "```\n## x\n```" in rendered(lambda part: "```\n## x\n```", (), (HEADING,))
