"""The site of the documentation: built strictly, it is read, searched and walked in both languages without a network."""

import inspect
import os
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import lxml.html
import pytest
from markdown_it import MarkdownIt
from tests.docs.test_links import anchors

import kepu_docs
from kepu_docs import errors, plugin, testing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.deep]

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [str(page.relative_to(DOCS)) for page in sorted(DOCS.rglob("*.md"))]
STRUCTURE = ("table", "tr", "th", "td", "pre", "li", "ul", "ol", "code", "img", "strong", "em", "blockquote", "p")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def page(browser: "Browser", address: str) -> Iterator["Page"]:
    """A page of a telephone's width; what it asks of other machines, and what goes wrong in it, is a failure."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    wrong: list[str] = []
    opened.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else wrong.append(request.url),
    )
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    yield opened
    context.close()
    assert wrong == []


def place(page: str) -> str:
    """Return the address of a page of ``docs/`` on the site."""
    return re.sub(r"(?:(?:^|(?<=/))(?:README|index))?\.md$", "/", page).replace("//", "/").lstrip("/")


@cache
def _read(file: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(file.read_text(encoding="utf-8"))


def article(site: Path, page: str) -> lxml.html.HtmlElement:
    return _read(site / place(page) / "index.html").xpath("//article")[0]


def _texts(shown: Any) -> list[str]:
    return list(shown.xpath(".//text()"))


def counted(shown: Any) -> dict[str, int]:
    return {tag: len(shown.xpath(f".//{tag}")) for tag in STRUCTURE}


@pytest.mark.parametrize("name", PAGES)
def test_pages_say_what_they_say_in_the_repository(site: Path, name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    expected = lxml.html.fromstring(f"<div>{MarkdownIt('commonmark').enable('table').render(text)}</div>")
    shown = article(site, name)
    added = "ancestor-or-self::a[@class='headerlink'] or ancestor-or-self::span[@class='filename']"
    words = "".join(shown.xpath(f".//text()[not({added})]"))
    assert re.sub(r"\s", "", words) == re.sub(r"\s", "", "".join(_texts(expected)))
    assert counted(shown) == counted(expected)
    # Browsers show a break between hanzi as a blank.
    assert [text for text in shown.xpath(".//p//text()") if re.search(r"[一-鿿，。；、：]\n[一-鿿]", text)] == []
    assert set(anchors(DOCS / name)) <= {*shown.xpath(".//@id"), *shown.xpath(".//a/@name")}


def test_links_to_the_repository_name_what_there_is(site: Path) -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    links = {link for name in PAGES for link in article(site, name).xpath(".//a/@href")}
    files = [
        found[1]
        for link in links
        if (found := re.fullmatch(re.escape(urls["Repository"]) + r"/(?:blob|tree)/main/([^#]+)(?:#.*)?", link))
    ]
    assert len(files) > 2
    assert [file for file in files if not (ROOT / unquote(file)).exists()] == []


def test_pages_are_in_their_language(site: Path) -> None:
    for name in PAGES:
        root = _read(site / place(name) / "index.html")
        language = "zh" if name.startswith("zh/") else "en"
        assert root.get("lang") == language
        placeholder = root.xpath("//input[@name='query']/@placeholder")
        assert placeholder == ["搜索" if language == "zh" else "Search"]
        assert len(root.xpath("//*[contains(@class, 'md-nav--primary')]//li")) > 30


def test_every_public_name_is_on_the_pages_of_the_api(site: Path) -> None:
    of_errors = [
        name
        for name, thing in vars(errors).items()
        if inspect.isclass(thing) and thing.__module__ == errors.__name__ and not name.startswith("_")
    ]
    for name, module, names in (
        ("library", kepu_docs, kepu_docs.__all__),
        ("errors", errors, of_errors),
        ("plugin", plugin, plugin.__all__),
        ("testing", testing, testing.__all__),
    ):
        shown = article(site, f"api/{name}.md")
        there = {*shown.xpath(".//@id"), *(f"{module.__name__}.{text}" for text in shown.xpath(".//li/a/code/text()"))}
        there |= set(shown.xpath(".//p/code/text()"))
        assert [each for each in names if f"{module.__name__}.{each}" not in there] == []
        assert ":`" not in shown.text_content()
        assert "``" not in shown.text_content()


def test_types_are_links(site: Path) -> None:
    library = article(site, "api/library.md")
    links = {
        unquote(link).rpartition("#")[2] for link in library.xpath(".//*[contains(@class, 'doc-signature')]//a/@href")
    }
    returned = {"WorkSummary", "Document", "Engine", "BatchReport", "RollupReport", "CheckReport", "ImportedSummary"}
    assert returned <= {link.rpartition(".")[2] for link in links}


@pytest.mark.browser
@pytest.mark.parametrize("half", ["", "zh/"])
def test_chinese_words_are_found(page: "Page", address: str, half: str) -> None:
    page.goto(address + half)
    page.locator("label[for=__search].md-header__button").click()
    page.locator("input[name=query]").fill("培训")
    first = page.locator(".md-search-result__item a.md-search-result__link").first
    first.wait_for()
    assert "培训" in page.locator(".md-search-result__list").inner_text()
    # Results that come later take the place of those that stand there: a click would now and then be lost.
    found = first.evaluate("link => link.href")
    assert "h=" in found
    page.goto(found)
    assert "培训" in page.locator("article").inner_text()


@pytest.mark.browser
def test_the_languages_lead_to_each_other(page: "Page", address: str) -> None:
    def switched(there: str, language: str) -> str:
        page.goto(address + there)
        page.locator(".md-header .md-select button").click()
        page.locator(f".md-select__link[hreflang={language}]").click()
        page.wait_for_url(lambda url: url.partition("#")[0] != address + there)
        return str(page.url).removeprefix(address)

    assert switched("forms/", "zh") == "zh/forms/"
    assert switched("zh/forms/", "en") == "forms/"
    assert switched("security/", "zh") == "zh/"
    assert switched("api/library/", "zh") == "zh/"


@pytest.mark.browser
@pytest.mark.parametrize("there", ["", "zh/", "zh/forms/", "record-format/", "wording-templates/", "api/library/"])
def test_nothing_is_wider_than_a_telephone(page: "Page", address: str, there: str) -> None:
    page.goto(address + there)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
