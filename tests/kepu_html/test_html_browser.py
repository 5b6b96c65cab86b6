"""Pages in a browser: findings of axe-core, overflow, what the policy stops, printing."""

import io
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextLine
from tests.kepu_html.pages import PAPER, TEXT

import kepu_docs
from kepu_docs.blocks import Document, Paragraph, SectionSpan
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_html import HtmlRenderer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.deep, pytest.mark.browser]

ROOT: Final = Path(__file__).parents[2]
WIDTHS: Final = (390, 768, 1280)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
SEEN: Final = "[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light']"
"""Which width and colours the page has, as it sees them itself."""
RECORDS: Final = [*sorted((ROOT / "docs" / "examples").glob("*.yaml")), ROOT / "tests" / "examples" / "rich.yaml"]
NOT_OF_A_FRAGMENT: Final = {
    "document-title",
    "html-has-lang",
    "landmark-one-main",
    "region",
    "scrollable-region-focusable",
}
"""Rules about a page, which the fragment is put into; and one that asks for an attribute that no editor keeps."""


def made(record: Path) -> bytes:
    return kepu_docs.render(kepu_docs.load(record), "html", toc=True)


def of_the_district() -> bytes:
    """Return the page of one community of the demonstration, from its row in the workbook."""
    district = ROOT / "docs" / "examples" / "district.xlsx"
    (_, first), *_ = kepu_docs.iter_rendered(district, "html", on_fault="skip")
    return first


PAGES: Final[dict[str, Callable[[], bytes]]] = {
    **{record.stem: partial(made, record) for record in RECORDS},
    "paper": lambda: HtmlRenderer(toc=True).render(PAPER),
    "paper in English": lambda: HtmlRenderer(toc=True).render(replace(PAPER, locale="en")),
    "district": of_the_district,
}


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: "Browser", file: Path, **options: Any) -> "Page":
    page = browser.new_context(**options).new_page()
    page.goto(file.as_uri())
    return page


def violations(page: "Page") -> list[str]:
    """Return the rules that axe-core finds broken, each with the first element that breaks it."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(name: str, browser: "Browser", tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGES[name]())
    page = opened(browser, file)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(SEEN) == [width, scheme]
            assert violations(page) == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
    page = opened(browser, file)
    page.emulate_media(media="print")
    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_fragment(width: int, browser: "Browser", tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(HtmlRenderer("wechat", toc=True).render(PAPER))
    page = opened(browser, file, viewport={"width": width, "height": 900})
    assert {each.partition(":")[0] for each in violations(page)} <= NOT_OF_A_FRAGMENT
    page.context.close()


def test_the_policy_stops_what_an_override_would_run_and_load(browser: "Browser", tmp_path: Path) -> None:
    text = (
        "<script>document.title = 'ran'</script><img src='x' onerror=\"document.title = 'ran'\" alt=''>"
        "<iframe title='a' src='https://example.com/'></iframe><link rel='stylesheet' href='https://example.com/a.css'>"
    )
    document = Document("标题", (TEXT,), "zh_Hans", OFFICIAL_OUTLINE, sections=(SectionSpan("training", 0, 1),))
    file = tmp_path / "page.html"
    file.write_bytes(HtmlRenderer().overridden({"training": lambda part: text}).render(document))
    page = browser.new_context().new_page()
    loaded: list[str] = []
    stopped: list[str | None] = []
    page.on("requestfinished", lambda request: loaded.append(request.url))
    page.on("requestfailed", lambda request: stopped.append(request.failure))
    page.goto(file.as_uri())
    assert page.title() == "标题"
    assert loaded == [file.as_uri()]
    assert set(stopped) == {"csp"}
    page.context.close()


def printed(browser: "Browser", file: Path) -> list[list[LTTextLine]]:
    """Return the lines of each page that is printed, from its top."""
    page = opened(browser, file, color_scheme="dark")
    data = page.pdf(prefer_css_page_size=True)
    page.context.close()
    sheets = []
    for sheet in extract_pages(io.BytesIO(data)):
        assert (round(sheet.width), round(sheet.height)) == (595, 842)
        lines = [
            line for box in sheet for line in (box if hasattr(box, "__iter__") else ()) if isinstance(line, LTTextLine)
        ]
        sheets.append(sorted(lines, key=lambda line: -line.y0))
    return sheets


def test_it_prints_as_the_paper(browser: "Browser", tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(HtmlRenderer().render(Document("总结", (Paragraph("科" * 2000),), "zh_Hans", OFFICIAL_OUTLINE)))
    first, second, third, *_ = printed(browser, file)
    # GB/T 9704-2012, 5.2.2 and 5.2.1: 22 lines of 28 characters, 37 mm from the top and 28 mm from the left.
    lines = [line.get_text().strip() for line in second[:-1]]
    assert [len(line) for line in lines] == [28] * 22
    assert min(line.x0 for line in second[:-1]) == pytest.approx(28 / 25.4 * 72, abs=1)
    assert max(line.y1 for line in second) == pytest.approx(842 - 37 / 25.4 * 72, abs=9)
    # 7.5: the number stands at the outer side, right on odd pages and left on even ones.
    numbers = [sheet[-1] for sheet in (first, second, third)]
    assert [line.get_text().strip() for line in numbers] == ["— 1 —", "— 2 —", "— 3 —"]
    assert [line.x0 > 595 / 2 for line in numbers] == [True, False, True]
