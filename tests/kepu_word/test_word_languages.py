"""Word documents in the languages: fonts, language tags, numbers and captions."""

from pathlib import Path

import pytest
from lxml import etree
from tests.kepu_word.invariants import check_docx
from tests.kepu_word.reading import W, paragraphs, part, shown_by_office
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Chart, Column, Document, Heading, Item, ListBlock, NumberLevel, Paragraph, Series, Table
from kepu_docs.pipeline import default_engine
from kepu_docs.typography.numerals import label
from kepu_word import WordRenderer

RECORDS = [
    *sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml")),
    Path(__file__).parents[1] / "examples" / "rich.yaml",
]
OTHERS = [locale for locale in LOCALES if locale != "zh_Hans"]
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ORDINAL = NumberLevel("%1, ", "ordinal")


def outline(locale: str) -> tuple[NumberLevel, ...]:
    return default_engine().compose(kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025}), locale).outline


def english(*blocks: object) -> Document:
    return Document("Summary", blocks, "en", outline("en"))  # type: ignore[arg-type]


def styles(document: Document) -> etree._Element:
    return part(WordRenderer().render(document), "word/styles.xml")


@pytest.mark.parametrize("locale", OTHERS)
@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_documents_are_valid_and_reproducible(record: Path, locale: str) -> None:
    summary = kepu_docs.load(record)
    data = kepu_docs.render(summary, "docx", locale=locale)
    check_docx(data)
    assert data == kepu_docs.render(summary, "docx", locale=locale)


@pytest.mark.parametrize(
    ("locale", "latin", "east_asian"),
    [
        ("zh_Hans", "en-US", "zh-CN"),
        ("zh_Hant", "en-US", "zh-TW"),
        ("zh_Hant_HK", "en-US", "zh-HK"),
        ("en", "en-GB", "zh-CN"),
    ],
)
def test_language_tags(locale: str, latin: str, east_asian: str) -> None:
    root = styles(Document("标题", (), locale, outline(locale)))
    language = root.find(f"{W}docDefaults//{W}lang")
    assert language is not None
    assert (language.get(f"{W}val"), language.get(f"{W}eastAsia")) == (latin, east_asian)


def test_letters_have_a_font_of_their_own_in_english_and_hanzi_keep_theirs() -> None:
    fonts = [
        (font.attrib, style.get(f"{W}styleId")) for style in styles(english()) for font in style.iter(f"{W}rFonts")
    ]
    assert len(fonts) > 20
    for font, name in fonts:
        assert font[f"{W}ascii"] == font[f"{W}hAnsi"], name
        assert font[f"{W}ascii"] in ("Times New Roman", "Arial"), name
        assert not font[f"{W}eastAsia"].isascii(), name
        assert f"{W}hint" not in font, name
    chinese = styles(Document("标题", (), "zh_Hant", outline("zh_Hant")))
    assert {font.get(f"{W}hint") for font in chinese.iter(f"{W}rFonts")} == {"eastAsia"}
    assert all(font.get(f"{W}ascii") == font.get(f"{W}eastAsia") for font in chinese.iter(f"{W}rFonts"))


def test_the_font_table_has_every_font_of_the_styles() -> None:
    data = WordRenderer().render(english())
    known = {font.get(f"{W}name") for font in part(data, "word/fontTable.xml")}
    used = {
        font.get(f"{W}{slot}")
        for font in part(data, "word/styles.xml").iter(f"{W}rFonts")
        for slot in ("ascii", "hAnsi", "eastAsia", "cs")
    }
    assert used <= known
    assert "Times New Roman" not in {
        font.get(f"{W}name")
        for font in part(
            WordRenderer().render(Document("标题", (), "zh_Hans", outline("zh_Hans"))), "word/fontTable.xml"
        )
    }


@pytest.mark.parametrize("look", ["gongwen", "briefing"])
def test_english_is_not_set_on_a_grid_of_hanzi(look: str) -> None:
    root = part(WordRenderer(look).render(english()), "word/styles.xml")
    assert [element.get(f"{W}val") for element in root.iter(f"{W}autoSpaceDE")] == ["1"]
    assert [each for each in root.iter(f"{W}ind") if each.get(f"{W}firstLine")] == []
    assert [each for run in root.iter(f"{W}rPr") for each in run.findall(f"{W}spacing")] == []
    body = next(style for style in root if style.get(f"{W}styleId") == "BodyText")
    spacing = body.find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    assert int(spacing.get(f"{W}after", "0")) > 0


def test_captions_in_english() -> None:
    table = Table((Column("Name"),), (("Hall",),), "Venues", "Table 1")
    assert paragraphs(WordRenderer().render(english(table)))[1] == "Table 1: Venues"


@pytest.mark.deep
@pytest.mark.office
def test_libreoffice_counts_in_english(tmp_path: Path) -> None:
    levels = outline("en")
    counters = [(1,), (1, 1), (1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 2), (1, 2), (2,), (2, 1)]
    headings = [
        Heading(len(each), f"Part {place}", label(levels[len(each) - 1].pattern, "arabic", each))
        for place, each in enumerate(counters)
    ]
    # An entry that begins with a hanzi is counted in English too.
    items = [Item("甲乙。" if place % 2 else "Once.", "", label("%1, ", "ordinal", (place,))) for place in range(1, 23)]
    blocks = [*headings, Paragraph("Between."), ListBlock("ordinal", tuple(items), ORDINAL)]
    shown = shown_by_office(tmp_path, {"english": WordRenderer().render(english(*blocks))})["english"]
    expected = ["Summary", *(f"{block.number} {block.text}" for block in headings), "Between."]
    expected += [f"{item.number} {item.text}" for item in items]
    assert shown == expected


def test_charts_and_theme_have_the_font_of_letters() -> None:
    series = Series("Attendance", (1.0,), ("1",))
    for locale, font in (("en", "Times New Roman"), ("zh_Hant", "宋体")):
        document = Document("Summary", (Chart("bar", "Month", ("May",), (series,)),), locale, outline(locale))
        chart = part(WordRenderer().render(document), "word/charts/chart1.xml")
        assert {latin.get("typeface") for latin in chart.iter(f"{A}latin")} == {font}
        assert {hanzi.get("typeface") for hanzi in chart.iter(f"{A}ea")} == {"宋体"}
    theme = part(WordRenderer().render(english()), "word/theme/theme1.xml")
    assert [latin.get("typeface") for latin in theme.iter(f"{A}latin")] == ["Arial", "Times New Roman"]
