"""Formal papers and looks: letterhead, addressee, imprint, the line above the title, and looks as data."""

import subprocess
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image, ImageChops
from tests.depth import examples
from tests.kepu_word.invariants import check_docx
from tests.kepu_word.office import converted
from tests.kepu_word.reading import W, paragraphs, part, texts_of

from kepu_docs.blocks import Document, Imprint, Letterhead, Paragraph, Signature
from kepu_docs.plugin import RenderError, RenderOptions, Texts, load_look, look_names, parse_look
from kepu_docs.testing import OFFICIAL_OUTLINE, documents
from kepu_word import WordRenderer

BRIEFING = WordRenderer("briefing")
HEAD = Letterhead("试验街道办事处文件", "试街办〔2025〕12号", "000001", "秘密★1年", "", "签发人：", "甲某某")
FOOT = Imprint("抄送：", "区科协，区文明办。", "试验街道党政办公室", "2025年12月22日印发")
PAPER = Document(
    "关于试验街道科普工作情况的报告",
    (Paragraph("正文。"), Signature("试验街道办事处", "2025年12月20日", sealed=True)),
    "zh_Hans",
    OFFICIAL_OUTLINE,
    author="试验街道办事处",
    subject="街道科普工作总结",
    addressee="试验区科学技术协会：",
    letterhead=HEAD,
    imprint=FOOT,
)


def styles_of(data: bytes) -> dict[str, str]:
    """Return the style of each text."""
    found = {}
    for paragraph in part(data).iter(f"{W}p"):
        text = "".join(each.text or "" for each in paragraph.iter(f"{W}t"))
        found[text] = str(paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val"))  # type: ignore[union-attr]
    return found


def test_the_parts_of_a_paper_stand_in_their_order_and_styles() -> None:
    data = WordRenderer().render(PAPER)
    check_docx(data)
    assert paragraphs(data) == texts_of(PAPER)
    styles = styles_of(data)
    assert [styles[text] for text in texts_of(PAPER)] == [
        "LetterheadMark", "LetterheadMark", "Issuer", "DocumentNumber", "Title", "Addressee", "BodyText", "Signature",
        "Date", "Imprint", "Imprint",
    ]  # fmt: skip


def test_a_long_issuer_is_set_smaller() -> None:
    def size(issuer: str) -> int:
        xml = part(WordRenderer().render(replace(PAPER, letterhead=replace(HEAD, issuer=issuer))))
        return next(int(run.get(f"{W}val", "")) for run in xml.iter(f"{W}sz"))

    assert size("试验街道文件") == 84
    assert size("试验市试验区试验街道办事处科学普及工作领导小组文件") * 10 * 25 < 156 / 25.4 * 1440 * 1.01


@settings(max_examples=examples(15), suppress_health_check=list(HealthCheck))
@given(documents())
def test_any_document_in_the_other_look(document: Document) -> None:
    data = BRIEFING.render(document)
    check_docx(data)
    cover, *rest = paragraphs(data)
    assert cover == f"{document.subject}\u3000{document.author}".strip()
    assert [text for text in rest if text] == [text for text in texts_of(document) if text]


def test_a_look_is_chosen_by_name() -> None:
    assert look_names() == ("briefing", "gongwen")
    chosen = WordRenderer().configured(RenderOptions(look="briefing"))
    assert chosen.render(PAPER) == BRIEFING.render(PAPER)
    with pytest.raises(RenderError, match="there is no look “moden”; the looks are: briefing, gongwen"):
        WordRenderer().configured(RenderOptions(look="moden"))


@pytest.mark.parametrize("name", look_names())
def test_a_look_says_everything_and_nothing_else(name: str) -> None:
    look = load_look(name)
    assert {field.name for field in fields(Texts)} == {field.name for field in fields(look.text)}
    file = Path(__file__).parents[2] / "templates" / "kepu_templates" / "looks" / f"{name}.toml"
    source = file.read_text("utf-8")
    for old, new in (
        ("[table]\n", "[table]\nwrong = 1\n"),
        ("gap = ", "gapp = "),
        ('font = "', 'font = "no-'),
        ("[list]", "[lst]"),
    ):
        with pytest.raises((KeyError, TypeError)):
            parse_look(source.replace(old, new, 1))


DOTS = 150 / 25.4
"""A millimetre in the pictures of pages."""


def pictures(folder: Path, document: Document) -> list[Image.Image]:
    """Return the pages of ``document`` as LibreOffice prints them."""
    (folder / "printed").mkdir()
    pdf = converted(folder / "printed", {"paper": WordRenderer().render(document)}, "pdf")["paper"]
    (folder / "paper.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "paper.pdf", "page"], cwd=folder, check=True)
    return [Image.open(file).convert("RGB") for file in sorted(folder.glob("page-*.png"))]


def ink(page: Image.Image, *, red: bool) -> tuple[float, float, float, float]:
    """Return left, upper, right and lower edge of the red ink, or of all, in millimetres."""
    reds, greens, _ = page.split()
    seen = (lambda value: 255 if value > 60 else 0) if red else (lambda value: 255 if value > 100 else 0)
    shown = ImageChops.subtract(reds, greens) if red else ImageChops.invert(greens)
    box = shown.point(seen).getbbox()
    assert box
    return tuple(edge / DOTS for edge in box)  # type: ignore[return-value]


@pytest.mark.deep
@pytest.mark.office
def test_a_paper_stands_where_the_standard_wants_it(tmp_path: Path) -> None:
    first, *rest = pictures(tmp_path, PAPER)
    left, upper, right, _ = ink(first, red=True)
    # The rule is as wide as the type area; the issuer's mark begins 35 mm below the type area's upper edge.
    assert left == pytest.approx(28, abs=0.5)
    assert right == pytest.approx(28 + 156, abs=0.5)
    assert upper == pytest.approx(37 + 35, abs=1)
    last = rest[-1] if rest else first
    below = last.crop((0, round(200 * DOTS), last.width, round(266 * DOTS)))
    left, _, right, lower = ink(below, red=False)
    # The imprint ends with the type area and is as wide.
    assert left == pytest.approx(28, abs=0.5)
    assert right == pytest.approx(28 + 156, abs=0.5)
    assert 200 + lower == pytest.approx(37 + 225, abs=1)
