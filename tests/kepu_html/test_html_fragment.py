"""The fragment for WeChat's editor, after a cleaner that keeps what such editors are reported to keep."""

from pathlib import Path
from xml.etree.ElementTree import Element

import nh3
import pytest
from tests.kepu_html.pages import BLOCKS, PAPER, elements, name, parsed_fragment, texts

from kepu_docs.blocks import AttachmentNote, Document, Heading, Paragraph
from kepu_docs.testing import OFFICIAL_OUTLINE, golden
from kepu_html import HtmlRenderer
from kepu_html.fragment import CHARSET

GOLDEN = Path(__file__).with_name("golden")
# What docs/html.md names as reported of the editor: royalmorty/md2wechat-skill, html-guide.md.
TAGS = (
    "section p span strong em u a h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr th td br img hr"
)
STYLES = (
    "color font-size font-weight font-style font-family line-height letter-spacing text-align text-decoration"
    " text-indent background-color border border-left border-right border-top border-bottom border-radius margin"
    " margin-top margin-bottom margin-left margin-right padding padding-top padding-bottom padding-left padding-right"
    " width max-width min-width height max-height min-height display float clear overflow box-shadow text-shadow"
    " border-collapse"
)
"""``border-collapse`` stands in the guide's own example of a table, not in its list."""
SENT = HtmlRenderer("wechat", toc=True).render(PAPER)


def cleaned(data: bytes) -> bytes:
    """Return what the editor keeps: the elements, of their attributes ``style`` alone, of styles those that it knows."""
    return nh3.clean(
        data.decode(),
        tags=set(TAGS.split()),
        attributes={"*": {"style"}, "img": {"src", "alt", "style"}},
        filter_style_properties=set(STYLES.split()),
        url_schemes={"https", "data"},
        link_rel=None,
    ).encode()


def seen(root: Element) -> list[tuple[str, dict[str, str]]]:
    """Return the elements with their attributes, white space in styles aside."""
    return [
        (tag, {key: value.replace(" ", "").rstrip(";") for key, value in given.items()})
        for tag, given in elements(root)
    ]


def test_nothing_of_it_is_cleaned_away() -> None:
    first, _, rest = SENT.partition(b"\n")
    assert first.decode() == CHARSET
    sent, kept = parsed_fragment(rest), parsed_fragment(cleaned(SENT).lstrip(b"\n"))
    assert seen(kept) == seen(sent)
    assert "".join(texts(kept)).split() == "".join(texts(sent)).split()


def test_the_cleaner_does_clean() -> None:
    kept = cleaned(
        b'<p class="a" id="b" style="position:fixed;color:red">x</p><script>1</script><svg><text>y</text></svg>'
    )
    assert kept == b'<p style="color:red">x</p>'


def test_every_element_but_inner_ones_has_its_own_style() -> None:
    bare = {tag for tag, given in elements(parsed_fragment(SENT)) if "style" not in given}
    assert bare <= {"DOCUMENT_FRAGMENT", "meta", "strong", "thead", "tbody", "tr"}


def test_lists_are_paragraphs_and_charts_are_tables() -> None:
    found = [tag for tag, _ in elements(parsed_fragment(SENT))]
    assert not {"ul", "ol", "li", "svg", "a", "caption", "figure"} & set(found)
    assert found.count("table") == 6
    paragraphs = ["".join(each.itertext()) for each in parsed_fragment(SENT).iter("p")]
    for text in ("一是专人负责，定期研究。", "1. 科普讲座：办讲座。", "• 每季度一期", "图1\u3000各季度活动"):
        assert text in paragraphs


def test_text_has_the_colour_of_its_reader() -> None:
    # An editor sets its own, and a dark screen another: a dark colour of ours would not be seen there.
    coloured = [
        tag
        for tag, given in elements(parsed_fragment(SENT))
        if "color:" in given.get("style", "").replace("-color", "")
    ]
    assert coloured == ["p"]


def test_headings_leave_no_level_out() -> None:
    blocks = (Heading(1, "甲"), Heading(3, "乙。", "", "正文。"), Heading(4, "丙"))
    root = parsed_fragment(HtmlRenderer("wechat").render(Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)))
    assert [name(each) for each in root.iter() if name(each)[0] == "h"] == ["h1", "h2", "h3"]


@pytest.mark.parametrize(("locale", "indent"), [("zh_Hant", True), ("en", False)])
def test_paragraphs_are_indented_as_the_language_has_them(locale: str, indent: bool) -> None:
    data = HtmlRenderer("wechat").render(Document("总结", (Paragraph("正文。"),), locale, OFFICIAL_OUTLINE))
    assert (b"text-indent:2em" in data) is indent


def test_attachments_stand_below_one_another() -> None:
    data = HtmlRenderer("wechat").render(
        Document("总结", (AttachmentNote("附件：", ("甲", "乙")),), "zh_Hans", OFFICIAL_OUTLINE)
    )
    assert ">附件：1. 甲</p>" in data.decode()
    assert '0 4px 3em">2. 乙</p>' in data.decode()


def test_the_whole_fragment() -> None:
    assert {type(block).__name__ for block in BLOCKS} >= {"Chart", "Figure", "Table", "Signature", "PageBreak"}
    golden(GOLDEN / "fragment.html", SENT)
