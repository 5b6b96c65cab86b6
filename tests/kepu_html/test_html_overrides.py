"""Overrides of sections on a page: headings and table of contents stay right around them, and the page stays whole."""

from dataclasses import replace
from types import MethodType

import pytest
from tests.kepu_html.pages import parsed

from kepu_docs.blocks import Document, Heading, Paragraph, SectionSpan
from kepu_docs.contract.renderers import OverrideFunction, SectionPart
from kepu_docs.errors import RenderError
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_html import HtmlRenderer

BLOCKS = (
    Heading(1, "领导", "一、"),
    Heading(1, "培训", "二、"),
    Heading(2, "讲座", "（一）"),
    Paragraph("全年培训。"),
    Heading(1, "活动", "三、"),
)
DOCUMENT = Document("标题", BLOCKS, "zh_Hans", OFFICIAL_OUTLINE, sections=(SectionSpan("training", 1, 4),))
LOOKS = ("gongwen", "wechat")


def changed(render: OverrideFunction, look: str = "gongwen", *, toc: bool = False) -> str:
    return HtmlRenderer(look, toc=toc).overridden({"training": render}).render(DOCUMENT).decode()


def listed(render: OverrideFunction, look: str) -> list[str]:
    """Return what the table of contents lists."""
    lines = changed(render, look, toc=True).splitlines()
    if look == "gongwen":
        return [line.rpartition("</a>")[0].rpartition(">")[2] for line in lines if line.startswith("<li class")]
    start = next(place for place, line in enumerate(lines) if "目录" in line)
    rest = [line.removesuffix("</p>").rpartition(">")[2] for line in lines[start + 1 :]]
    return rest[: next(place for place, line in enumerate(lines[start + 1 :]) if line.startswith("<h2"))]


@pytest.mark.parametrize("look", LOOKS)
def test_what_stands_around_the_default(look: str) -> None:
    plain = HtmlRenderer(look).render(DOCUMENT).decode()
    assert changed(lambda part: part.render_default(), look) == plain
    boxed = changed(lambda part: f"<section>\n{part.render_default()}\n</section>\n", look)
    assert boxed.replace("<section>\n", "", 1).replace("</section>\n", "", 1) == plain
    without = replace(DOCUMENT, blocks=BLOCKS[:1] + BLOCKS[4:], sections=())
    assert changed(lambda part: "", look) == HtmlRenderer(look).render(without).decode()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    ("render", "expected"),
    [
        (lambda part: part.render_default(), ["二、培训", "（一）讲座"]),
        (lambda part: "<p>另有。</p>", []),
        (lambda part: [part.render_default(), "<p>另有。</p>"][1], []),
        (lambda part: part.render_default(part.blocks[1:]), ["（一）讲座"]),
        (
            lambda part: part.render_default() + part.render_default(part.blocks[:1]),
            ["二、培训", "（一）讲座", "二、培训"],
        ),
        (
            lambda part: part.render_default(part.blocks[1:]).join([part.render_default(part.blocks[:1]), ""]),
            ["二、培训", "（一）讲座"],
        ),
    ],
)
def test_contents_list_what_is_shown_as_it_is_shown(look: str, render: OverrideFunction, expected: list[str]) -> None:
    assert listed(render, look) == ["一、领导", *expected, "三、活动"]


def test_a_default_shown_twice_has_its_marks_once() -> None:
    for render in (lambda part: part.render_default() * 2, lambda part: part.render_default() + part.render_default()):
        root = parsed(changed(render).encode())
        assert [each.get("id") for each in root.iter() if each.get("id")] == [f"heading-{n}" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("returned", "tag"),
    [
        ("<div><p>正文。</p>", "div"),
        ("<p>正文。</p></main>", "/main"),
        ("<!-- 提要", "!--"),
        ("<section><div></section></div>", "/section"),
        ("<textarea>", "textarea"),
        ("<div/>", "div"),
    ],
)
def test_what_would_swallow_or_end_the_page(returned: str, tag: str) -> None:
    with pytest.raises(RenderError, match=f"HTML in which the start and end tags of <{tag.lstrip('/')}> do not match"):
        changed(MethodType(lambda text, part: text, returned))


@pytest.mark.parametrize(
    "returned",
    [
        "<ul><li>甲<li>乙</ul>",
        "<p>甲<br>乙<hr>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "<!-- 提要 --><table><tr><td>甲</table>",
        "正文 &lt; 100",
    ],
)
def test_what_is_whole_is_taken_as_it_is(returned: str) -> None:
    assert f"\n{returned}\n" in changed(MethodType(lambda text, part: text, returned))


def test_the_part_is_rendered_in_the_look_that_is_chosen() -> None:
    seen: list[str] = []

    def look_at(part: SectionPart) -> str:
        seen.append(part.render_default())
        return seen[-1]

    for look in LOOKS:
        changed(look_at, look)
    assert [' style="' in text for text in seen] == [False, True]
