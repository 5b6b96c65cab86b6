"""The live page in Chromium: it follows saves, keeps its position, shows faults, and runs nothing from a record."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kepu_docs.pipeline import default_engine
from kepu_docs.preview.papers import PAGES
from tests.preview.asking import EXAMPLES, RECORD
from tests.preview.serving import served
from tests.preview.test_state import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.deep, pytest.mark.browser]

LONG = RECORD + "".join(
    f"  - kind: narrative\n    heading: 其他工作{number}\n    paragraphs: [{'一段文字。' * 60}]\n"
    for number in range(12)
)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield made
        made.close()


def opened(browser: "Browser", address: str, **options: Any) -> tuple["Page", list[str]]:
    """Open the live page; return with it the list of what goes wrong in its script, and of what its policy stops."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, **options).new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []

    def heard(text: str) -> None:
        if "Content Security Policy" in text:
            wrong.append(text)

    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: heard(message.text))
    page.goto(address)
    page.wait_for_load_state("load")
    return page, wrong


def digest(page: "Page") -> str:
    return page.locator("#paper").get_attribute("data-digest") or ""


def wait_for_another(page: "Page", before: str) -> None:
    page.wait_for_function("before => document.getElementById('paper').dataset.digest !== before", arg=before)


def shown(page: "Page") -> str:
    """Return the text of the paper, in whatever form it is shown; of pictures there is none."""
    found: str = page.evaluate(
        """() => [...document.querySelectorAll('#paper pre, #paper iframe')]
            .map((each) => each.contentDocument?.body.innerText ?? each.innerText).join('')"""
    )
    return found


def shows_text() -> bool:
    return PAGES not in default_engine().registry.renderers


def test_a_save_changes_the_page_and_keeps_its_place(browser: "Browser", tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(LONG, encoding="utf-8")
    with served(record) as server:
        page, wrong = opened(browser, server.address)
        page.wait_for_function("() => document.getElementById('paper').scrollHeight > 1500")
        page.evaluate("document.getElementById('paper').scrollTop = 700")
        for number in (71, 72, 73):
            before = digest(page)
            record.write_text(LONG.replace("60", str(number)), encoding="utf-8")
            wait_for_another(page, before)
            page.wait_for_function("() => !document.querySelector('.waiting')")
            assert page.evaluate("document.getElementById('paper').scrollTop") == 700
            assert page.locator("#paper").count() == 1
            if shows_text():
                assert f"{number}人次" in shown(page)
        before = digest(page)
        record.write_text(LONG.replace("attendance: 60", "attendance: 很多"), encoding="utf-8")
        page.wait_for_selector("#paper .old")
        assert digest(page) == before
        assert f"{record}:6" in page.locator("#faults").inner_text()
        assert page.evaluate("document.getElementById('paper').scrollTop") == 700
        link = page.locator("#faults a").first.get_attribute("href")
        assert link
        assert link.startswith(f"vscode://file{record}:6:")
        record.write_text(LONG, encoding="utf-8")
        page.wait_for_selector("#paper .old", state="detached")
        assert wrong == []
        page.context.close()


def test_the_record_that_is_shown_and_the_focus_stay(browser: "Browser", tmp_path: Path) -> None:
    """A file that comes before it takes nothing from a record; who goes by keyboard goes on from where they were."""
    record = tmp_path / "m.yaml"
    record.write_text(RECORD, encoding="utf-8")
    focused = "document.activeElement.innerText"
    with served(tmp_path) as server:
        page, wrong = opened(browser, server.address)
        (tmp_path / "a.yaml").write_text(RECORD.replace("试验", "样例"), encoding="utf-8")
        page.wait_for_selector("#records a")
        assert "试验社区" in page.title()
        page.locator("#records a", has_text="样例").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.title.includes('样例社区2025')")
        assert page.evaluate(focused) == "样例社区"
        page.locator("#choices a", has_text="English").last.focus()
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.title.includes('Science')")
        assert page.evaluate(focused) == "English"
        page.locator("#paper").focus()
        before = digest(page)
        (tmp_path / "a.yaml").write_text(RECORD.replace("60", "61"), encoding="utf-8")
        wait_for_another(page, before)
        page.wait_for_function("() => !document.querySelector('.waiting')")
        assert page.evaluate("document.activeElement.id") == "paper"
        assert wrong == []
        page.context.close()


def test_choices_are_a_click_away(browser: "Browser", tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(LONG, encoding="utf-8")
    last = tmp_path / "last.yaml"
    last.write_text(LONG.replace("2025", "2024"), encoding="utf-8")
    with served(record, "--against", last) as server:
        page, wrong = opened(browser, server.address)
        page.wait_for_function("() => document.getElementById('paper').scrollHeight > 1500")
        page.evaluate("document.getElementById('paper').scrollTop = 300")
        before = digest(page)
        page.locator("#choices a[href$='locale=en']").click()
        wait_for_another(page, before)
        assert page.evaluate("document.getElementById('paper').scrollTop") == 300
        page.go_back()
        page.wait_for_function("before => document.getElementById('paper').dataset.digest === before", arg=before)
        page.locator("#choices a", has_text="shown").click()
        page.wait_for_selector("#beside")
        page.locator("#choices a", has_text="简体中文").first.click()
        page.wait_for_selector("html[lang=zh-Hans]")
        assert wrong == []
        page.context.close()


def test_a_workbook_is_followed_and_each_format_downloaded(browser: "Browser", tmp_path: Path) -> None:
    workbook = tmp_path / "district.xlsx"
    shutil.copy(EXAMPLES / "district.xlsx", workbook)
    with served(workbook) as server:
        page, wrong = opened(browser, server.address)
        page.wait_for_function("() => document.querySelectorAll('#records li').length === 12")
        page.wait_for_function("() => ![...document.querySelectorAll('.state')].some((each) => each.innerText === '…')")
        assert page.locator("#records .state", has_text="✗").count() == 1
        before = digest(page)
        page.locator("#records a").nth(3).click()
        wait_for_another(page, before)
        good = digest(page)
        workbook.write_bytes(workbook.read_bytes()[:3000])
        page.wait_for_selector("#paper .old")
        assert digest(page) == good
        shutil.copy(EXAMPLES / "district.xlsx", workbook)
        page.wait_for_selector("#paper .old", state="detached")
        names = page.locator("a[href^=download]").all_inner_texts()
        assert {"docx", "md", "txt"} <= set(names)
        for name in names:
            with page.expect_download() as download:
                page.locator("a[href^=download]", has_text=name).first.click()
            file = tmp_path / download.value.suggested_filename
            download.value.save_as(file)
            assert file.stat().st_size > 100
            assert file.stem.endswith("总结")
        assert wrong == []
        page.context.close()


def test_a_download_that_cannot_be_made_says_why(browser: "Browser", tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(RECORD.replace("60", "很多"), encoding="utf-8")
    with served(record) as server:
        page, _wrong = opened(browser, server.address)
        page.locator("a[href^=download]", has_text="docx").click()
        page.wait_for_url("**/download/docx*")
        assert f"{record}:6" in page.locator("body").inner_text()
        page.go_back()
        page.wait_for_selector("#faults")
        page.context.close()


def test_a_template_is_followed(browser: "Browser", tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    title = tmp_path / "templates" / "zh_Hans" / "title.jinja"
    title.parent.mkdir(parents=True)
    title.write_text("我们的总结", encoding="utf-8")
    with served(record, "--templates", tmp_path / "templates") as server:
        page, _wrong = opened(browser, server.address)
        assert "我们的总结" in page.title()
        before = digest(page)
        title.write_text("他们的总结", encoding="utf-8")
        wait_for_another(page, before)
        page.wait_for_function("() => document.title.includes('他们的总结')")
        title.write_text("{% if %}", encoding="utf-8")
        page.wait_for_selector("#paper .old")
        assert f"{title}:1" in page.locator("#faults").inner_text()
        page.context.close()


def test_a_hostile_record_runs_nothing(browser: "Browser", tmp_path: Path) -> None:
    community = {"name": HOSTILE, "street": HOSTILE, "district": HOSTILE}
    sections = [{"kind": "narrative", "heading": HOSTILE, "paragraphs": [HOSTILE]}]
    data = {"community": community, "period": 2025, "opening": [HOSTILE], "sections": sections, "signed_by": HOSTILE}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps({**data, HOSTILE: HOSTILE}), encoding="utf-8")
    with served(tmp_path) as server:
        page, wrong = opened(browser, server.address)
        page.on("dialog", lambda dialog: wrong.append(str(dialog.message)))
        for number in range(2):
            page.locator("#records a").nth(number).click()
            page.wait_for_function("number => document.querySelectorAll('#records a')[number].ariaCurrent", arg=number)
            page.wait_for_timeout(300)
            assert page.locator("body img[src=x]").count() == 0
        assert [each for each in wrong if "Content Security" not in each] == []
        if shows_text():
            page.locator("#records a").nth(0).click()
            page.wait_for_function("() => document.querySelectorAll('#records a')[0].ariaCurrent")
            assert HOSTILE in shown(page)
        page.context.close()


def test_a_foreign_page_gets_nothing(browser: "Browser", tmp_path: Path) -> None:
    """A page of another origin knows the address: it can neither read it nor show it."""
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    with served(record) as server, served(record) as other:
        page, _wrong = opened(browser, server.address)
        for mode in ("cors", "no-cors"):
            answer = page.evaluate(
                "([address, mode]) => fetch(address, {mode}).then((a) => a.text(), (e) => 'refused ' + e)",
                [other.address, mode],
            )
            assert "试验社区" not in answer
        foreign = browser.new_page()
        foreign.set_content(f"<iframe src='{server.address}'></iframe><img src='{server.address}preview.css'>")
        foreign.wait_for_timeout(500)
        assert all("试验社区" not in frame.content() for frame in foreign.frames)
        foreign.close()
        page.context.close()


def test_it_says_that_the_server_is_gone(browser: "Browser", tmp_path: Path) -> None:
    record = tmp_path / "record.yaml"
    record.write_text(RECORD, encoding="utf-8")
    with served(record) as server:
        page, _wrong = opened(browser, server.address)
        assert page.locator("#stopped").is_hidden()
    page.wait_for_selector("#stopped", state="visible")
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(width: int, scheme: str, browser: "Browser", tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    shutil.copy(EXAMPLES / "district.xlsx", tmp_path / "district.xlsx")
    with served(tmp_path / "district.xlsx", "--against", EXAMPLES / "district_2024.xlsx") as server:
        # Its script is put into the page, which the policy would stop.
        page, _wrong = opened(browser, server.address + "?beside=1", bypass_csp=True, color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_selector("#records li:nth-child(12)")
        violations = Axe().run(page, "#side").response["violations"]
        violations += Axe().run(page, options={"iframes": False}).response["violations"]
        assert [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.context.close()
