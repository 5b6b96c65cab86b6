"""What is shown after a change: the new page, or the last good one with what is wrong."""

import json
import os
import re
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from markupsafe import escape

import kepu_docs
from kepu_docs.pipeline import default_engine
from kepu_docs.preview.choices import Choices
from kepu_docs.preview.state import State, Subject
from tests.preview.asking import EXAMPLES, RECORD, ask, state_of

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    file = tmp_path / "record.yaml"
    file.write_text(RECORD, encoding="utf-8")
    return file


def changed(state: State, file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    state.refresh([str(file)])


def test_a_save_is_shown(record: Path) -> None:
    state = state_of(record)
    before = state.view({})
    changed(state, record, "60", "61")
    after = state.view({})
    assert before.paper
    assert after.paper
    assert before.paper.digest != after.paper.digest
    assert before.version != after.version
    state.refresh([str(record)])
    assert state.view({}).paper == after.paper


def test_a_fault_leaves_the_last_good_page_and_says_where_it_is(record: Path) -> None:
    state = state_of(record)
    good = state.view({}).paper
    changed(state, record, "attendance: 60", "attendance: 很多")
    view = state.view({})
    assert view.paper == good
    assert view.is_old
    (fault,) = view.faults
    assert fault.place.line == 6
    page = ask(state)
    assert f"{record}:6" in page.section("faults")
    assert any(address.startswith(f"vscode://file{record}:6") for address in page.links(str(fault.place)))
    assert 'class="old"' in page.text
    changed(state, record, "attendance: 很多", "attendance: 60")
    view = state.view({})
    assert view.paper == good
    assert not view.is_old
    assert 'class="old"' not in ask(state).text


def test_other_choices_show_the_last_good_page_too(record: Path) -> None:
    state = state_of(record)
    good = state.view({}).paper
    record.write_text("community: [", encoding="utf-8")
    state.refresh()
    view = state.view({"locale": "en"})
    assert view.paper == good
    assert view.is_old


def test_a_record_that_was_never_good_has_no_page(tmp_path: Path) -> None:
    file = tmp_path / "record.yaml"
    file.write_text("community: [", encoding="utf-8")
    view = state_of(file).view({})
    assert view.paper is None
    assert view.faults
    assert view.remarks is None


def test_a_record_that_goes_and_comes_back(record: Path) -> None:
    state = state_of(record)
    good = state.view({}).paper
    moved = record.rename(record.with_suffix(".kept"))
    state.refresh()
    view = state.view({})
    assert view.paper == good
    assert view.is_old
    assert "no such file" in str(view.faults[0])
    moved.rename(record)
    state.refresh()
    assert not state.view({}).is_old


def test_what_the_checker_finds_is_beside_it(record: Path) -> None:
    state = state_of(record)
    changed(state, record, "应急救护", "应急救护XX")
    page = ask(state)
    assert "note" in page.section("remarks") or "warning" in page.section("remarks")
    (remark, *_) = state.view({}).remarks or ()
    assert remark.place.line
    (record.parent / "kepu-docs.toml").write_text('[check.rules]\nmissing-section = "off"\n', encoding="utf-8")
    assert str(record.parent / "kepu-docs.toml") in state.watched.files
    rules = [each.rule for each in state.view({}).remarks or ()]
    state.refresh()
    assert [each.rule for each in state.view({}).remarks or ()] == [each for each in rules if each != "missing-section"]


def test_a_folder_is_a_list_of_records(record: Path) -> None:
    (record.parent / "b.yaml").write_text(RECORD.replace("试验社区", "样例社区"), encoding="utf-8")
    (record.parent / "c.yaml").write_text("community: [", encoding="utf-8")
    state = state_of(record.parent)
    while state.survey(1):
        pass
    page = ask(state)
    assert re.search(r"试验社区 .* (✓|• \d)", page.section("records"))
    assert re.search(r"样例社区 .* (✓|• \d)", page.section("records"))
    assert re.search(r"c\.yaml .* ✗ 1 error", page.section("records"))
    (address,) = page.links("样例社区")
    assert "样例社区2025" in ask(state, address).text
    (record.parent / "b.yaml").unlink()
    state.refresh()
    assert "样例社区" not in ask(state).section("records")
    assert "no longer" in ask(state, address).section("faults")


def test_the_last_record_that_is_left_is_a_link_away_from_one_that_went(record: Path) -> None:
    state = state_of(record.parent)
    key = state.view({}).key
    record.rename(record.with_name("b.yaml"))
    state.refresh()
    page = ask(state, f"?record={key}")
    assert "no longer" in page.section("faults")
    assert page.links("试验社区") or page.links("b.yaml")


def test_a_fault_that_is_none_of_the_record_leaves_its_page_new(record: Path) -> None:
    state = state_of(record.parent)
    (record.parent / "kepu-docs.toml").write_text("[check", encoding="utf-8")
    (record.parent / "gone.yaml").symlink_to(record.parent / "nothing.yaml")
    changed(state, record, "60", "61")
    view = state.view({"record": state.view({}).key})
    assert {Path(fault.place.record).name for fault in view.faults} == {"kepu-docs.toml", "gone.yaml"}
    assert not view.is_old
    assert 'class="old"' not in ask(state).text


def test_a_record_of_nobody_is_called_as_its_file(record: Path) -> None:
    record.write_text("community: [", encoding="utf-8")
    assert "<h1>record.yaml</h1>" in ask(state_of(record)).text


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of files are texts there")
def test_names_that_cannot_be_shown_are_shown_another_way(record: Path) -> None:
    """Of files whose names are no text, and of what turns the direction of writing."""
    with open(os.fsencode(record.parent) + b"/\xff.yaml", "wb") as file:
        file.write(RECORD.replace("试验社区", "试验\u202e社区").encode())
    state = state_of(record.parent)
    for _ in range(2):
        for listed in state.view({}).records:
            page = ask(state, f"?record={listed.key}")
            assert page.status == 200
            assert "\u202e" not in page.text
        state.survey(1)


@pytest.mark.deep
def test_a_workbook_that_breaks_keeps_its_list_and_its_pages(tmp_path: Path) -> None:
    workbook = tmp_path / "district.xlsx"
    shutil.copy(EXAMPLES / "district.xlsx", workbook)
    state = state_of(workbook)
    view = state.view({})
    assert len(view.records) == 12
    key = next(each.key for each in view.records if not each.is_shown)
    good = state.view({"record": key}).paper
    assert good
    workbook.write_bytes(workbook.read_bytes()[:5000])
    state.refresh([str(workbook)])
    view = state.view({"record": key})
    assert view.paper == good
    assert view.is_old
    assert view.faults
    assert len(view.records) == 12
    assert all(each.is_old for each in view.records)
    shutil.copy(EXAMPLES / "district.xlsx", workbook)
    state.refresh([str(workbook)])
    view = state.view({"record": key})
    assert not any(each.is_old for each in view.records)
    assert view.paper == good


def test_locale_look_and_wording_are_links(record: Path) -> None:
    state = state_of(record)
    page = ask(state)
    (english,) = [address for address in page.links("English") if "locale" in address]
    paper = state.view({"locale": "en"}).paper
    assert paper
    assert "Science" in paper.title
    assert paper.title in ask(state, english).text
    for text in ("briefing", "plain", "varied"):
        for address in page.links(text):
            assert ask(state, address).status == 200
    assert ask(state, "?locale=xx&look=none&wording=loud&record=none").status == 200


def test_the_page_is_in_three_languages(record: Path) -> None:
    state = state_of(record, usual=Choices(ui="zh_Hant"))
    assert 'lang="zh-Hant"' in ask(state).text
    for locale in ("zh_Hans", "zh_Hant", "en"):
        page = ask(state, f"?ui={locale}")
        assert page.status == 200
        assert ("No errors: the page shows what the record says." in page.text) == (locale == "en")


@pytest.mark.parametrize("name", ["docx", "md", "txt"])
def test_each_format_is_downloaded_as_render_makes_it(name: str, record: Path) -> None:
    page = ask(state_of(record), f"download/{name}")
    assert page.status == 200
    assert page.content == kepu_docs.render(kepu_docs.load(record), name)
    assert page.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E8%AF%95")


def test_a_faulty_record_is_not_downloaded(record: Path) -> None:
    state = state_of(record)
    changed(state, record, "60", "很多")
    for locale, words in (("en", "expected"), ("zh_Hans", "应当写数")):
        page = ask(state, f"download/docx?ui={locale}")
        assert page.status == 409
        assert f"{record}:6" in page.text
        assert words in page.text


def test_last_year_stands_beside_this_year(record: Path) -> None:
    last = record.parent / "last" / "record.yaml"
    last.parent.mkdir()
    last.write_text(RECORD.replace("2025", "2024").replace("60", "40"), encoding="utf-8")
    state = state_of(record, against=(str(last),))
    page = ask(state)
    alone, compared = state_of(record).view({}).paper, state.view({}).paper
    assert alone
    assert compared
    assert alone.digest != compared.digest
    (address,) = page.links("shown")
    view = state.view({"beside": "1"})
    assert view.beside
    assert "2024年" in view.beside.title
    assert ask(state, address).text.count("<section id=") > page.text.count("<section id=")
    last.write_text("community: [", encoding="utf-8")
    state.refresh()
    assert any(str(last) == fault.place.record for fault in state.view({}).faults)
    # What compares with it stays as it was, as the list of records does.
    assert state.view({}).paper


def test_of_a_community_that_had_no_record_the_page_says_so(record: Path) -> None:
    last = record.parent / "last" / "record.yaml"
    last.parent.mkdir()
    last.write_text(RECORD.replace("试验", "样例"), encoding="utf-8")
    page = ask(state_of(record, against=(str(last),)), "?beside=1")
    assert "none that certainly belongs to this community" in page.section("beside")
    assert "Errors 0" in page.section("faults")


def test_a_page_of_last_year_that_cannot_be_made_says_why(record: Path) -> None:
    last = record.parent / "last" / "record.yaml"
    last.parent.mkdir()
    text = RECORD.replace("    sessions:", "    photos: [{file: one.png}]\n    sessions:").replace("2025", "2024")
    last.write_text(text, encoding="utf-8")
    state = state_of(record, against=(str(last),))
    view = state.view({"beside": "1"})
    assert view.beside is None
    assert [fault.place.record for fault in view.faults] == [str(last)]
    assert not view.is_old
    photo = last.parent / "one.png"
    assert str(photo) in state.watched.files
    shutil.copy(EXAMPLES.parent / "images" / "gongwen-1.png", photo)
    state.refresh([str(photo)])
    assert state.view({"beside": "1"}).beside


def test_a_record_that_is_among_those_of_last_year_too_stands_alone_beside_itself(record: Path) -> None:
    view = state_of(record, against=(str(record),)).view({"beside": "1"})
    assert view.paper is None
    assert view.faults  # a year is not compared with itself
    assert view.beside


def test_namesakes_are_not_taken_for_each_other(record: Path) -> None:
    changed(state_of(record), record, "residents", "street: 东试验街道, residents")
    last = record.parent / "last"
    last.mkdir()
    other = RECORD.replace("2025", "2024").replace("residents", "street: 西试验街道, residents")
    (last / "a.yaml").write_text(other, encoding="utf-8")
    view = state_of(record, against=(str(last),)).view({"beside": "1"})
    assert view.beside is None
    assert view.has_no_earlier
    (last / "b.yaml").write_text(other.replace("西", "东"), encoding="utf-8")
    assert state_of(record, against=(str(last),)).view({"beside": "1"}).beside


def test_the_photographs_of_all_that_is_shown_are_followed(record: Path) -> None:
    """Two tabs show two records."""
    for name in "ab":
        text = RECORD.replace("    sessions:", f"    photos: [{{file: {name}.png}}]\n    sessions:")
        (record.parent / f"{name}.yaml").write_text(text, encoding="utf-8")
    state = state_of(record.parent)
    for listed in state.view({}).records:
        state.view({"record": listed.key})
    assert {str(record.parent / f"{name}.png") for name in "ab"} <= state.watched.files


@pytest.mark.deep
def test_templates_count_and_their_faults_are_named(record: Path, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    title = templates / "zh_Hans" / "title.jinja"
    title.parent.mkdir(parents=True)
    title.write_text("我们的总结", encoding="utf-8")
    state = state_of(record, templates=templates)
    before = state.view({})
    title.write_text("{% if %}", encoding="utf-8")
    state.refresh([str(title)])
    view = state.view({})
    assert view.is_old
    assert view.paper == before.paper
    assert f"{title}:1" in ask(state).section("faults")
    assert any(address.startswith(f"vscode://file{title}:1") for address in ask(state).links(f"{title}:1"))
    assert str(templates) in state.watched.trees


def test_a_photograph_that_comes_is_shown(record: Path) -> None:
    changed(
        state := state_of(record),
        record,
        "    sessions:",
        "    photos: [{file: photos/one.png, caption: 课堂}]\n    sessions:",
    )
    view = state.view({})
    assert view.is_old
    assert view.faults[0].place.line == 5
    photo = record.parent / "photos" / "one.png"
    assert str(photo) in state.watched.files
    assert str(record.parent) in state.watched.folders()
    photo.parent.mkdir()
    shutil.copy(EXAMPLES.parent / "images" / "gongwen-1.png", photo)
    state.refresh([str(photo)])
    assert not state.view({}).is_old
    assert str(photo.parent) in state.watched.folders()


def test_a_hostile_record_is_text(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    data = {
        "community": {"name": HOSTILE, "street": HOSTILE, "district": HOSTILE},
        "period": 2025,
        "opening": [HOSTILE + "</pre></iframe>{{7*7}}"],
        "sections": [{"kind": "narrative", "heading": HOSTILE, "paragraphs": [HOSTILE]}],
        "signed_by": HOSTILE,
    }
    record.write_text(json.dumps(data), encoding="utf-8")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({**data, HOSTILE: HOSTILE, "period": HOSTILE}), encoding="utf-8")
    state = state_of(tmp_path)
    while state.survey(1):
        pass
    assert state.view({}).paper
    for listed in state.view({}).records:
        page = ask(state, f"?record={listed.key}").text
        assert "script>alert" not in page.replace("&lt;script&gt;alert", "")
        assert "<img src=x" not in page
        assert str(escape(HOSTILE)) in page
    for query in (
        "?record=<script>alert(1)</script>",
        "?ui=<script>",
        "?locale=../../x",
        "?look=%00",
        "?record=%ff&ui=%22",
    ):
        assert "<script>alert" not in ask(state, query).text


@pytest.mark.deep
def test_the_papers_that_are_kept_are_few(record: Path) -> None:
    state = state_of(record)
    for number in range(60):
        record.write_text(RECORD.replace("60", f"{number + 10}"), encoding="utf-8")
        state.refresh()
        state.view({"wording": ("plain", "varied", "")[number % 3]})
        state.view({"record": f"{number}"})
    assert len(state._made) <= 12


def test_a_database_is_read_when_the_page_is_loaded(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "records.db") as base:
        base.execute("create table communities (code text, name text, period text)")
        base.execute("insert into communities values ('000101', '试验社区', '2025')")
    state = State(default_engine(), Subject((f"sqlite:///{tmp_path / 'records.db'}",)), Choices())
    assert "试验社区" in ask(state).text
    with sqlite3.connect(tmp_path / "records.db") as base:
        base.execute("update communities set name = '样例社区'")
    assert "样例社区" in ask(state).text
