"""What an office must review is in a separate note, and not in the document that it submits."""

import json
from pathlib import Path
from typing import Any

import pytest

import kepu_docs
from kepu_docs.blocks import Chart, Document, Heading, Table
from kepu_docs.rollups import RolledUp
from kepu_docs.sections import Rollup
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES
from tests.rollups.samples import about, as_records, community, engine, rolled, write
from tests.rollups.test_command import kepu

PROCESSING = (
    "修正", "中位数", "中位數", "有误", "有誤", "尚未", "汇总规则", "彙總規則", "名目过多", "名目過多", "未并入", "未併入", "填报", "填報",
    "median", "z-score", "faulty", "Faulty", "not received", "left out",
)  # fmt: skip


def training(**fields: Any) -> dict[str, Any]:
    return {"kind": "training", **fields}


def full(folder: Path) -> RolledUp:
    """Return a summary of which there is everything to look at."""
    expected = folder / "expected.txt"
    expected.write_text("试验99社区\n", encoding="utf-8")
    records = [community(n, training(sessions_total=900 if n == 1 else n), residents=100) for n in range(1, 11)]
    records.append(community(11, training(sessions_total="很多")))
    records.append(community(12, training(sessions_total="3期"), residents=100))
    records[5]["sections"].append({"kind": "outcomes", "coverage": 90})
    for record in (records[1], records[2]):
        record["sections"].append({"kind": "narrative", "heading": "特色工作", "paragraphs": ["有特色。"]})
    before = [{**each, "period": 2024} for each in (*records[1:9], community(77, training(sessions_total=1)))]
    (result,) = rolled(folder, records, expected=expected, against=write(folder / "before.jsonl", before)).results
    return result


def shown(document: Any, locale: str = "zh_Hans") -> str:
    used = engine()
    found = document if isinstance(document, Document) else used.compose(document, locale)
    return used.render(found, "txt").decode()


def words(document: Any, locale: str = "zh_Hans") -> str:
    return "".join(shown(document, locale).split())


@pytest.mark.parametrize("locale", LOCALES)
def test_the_paper_says_nothing_of_how_it_was_made(locale: str, tmp_path: Path) -> None:
    paper = shown(full(tmp_path).summary, locale).replace("填报社区数", "").replace("填報社區數", "")
    paper = paper.replace("均填报的", "").replace("均有填報的", "")  # which a comparison must say
    assert [word for word in PROCESSING if word in paper] == []
    assert "试验99社区" not in paper
    assert "试验11社区" not in paper


@pytest.mark.parametrize("locale", LOCALES)
def test_the_note_says_all_of_it(locale: str, tmp_path: Path) -> None:
    note = full(tmp_path).note(locale)
    assert note is not None
    text = words(note)
    names = ["试验99社区", "试验11社区", "试验1社区", "试验77社区", "特色工作"]
    assert [name for name in names if name not in text] == []
    assert "{" not in text
    tables = [block for block in note.blocks if isinstance(block, Table)]
    assert len(tables) == 4
    check_docx(engine().render(note, "docx"))


def test_the_paper_says_what_a_clerk_would(tmp_path: Path) -> None:
    text = words(full(tmp_path).summary)
    assert "、主要数据本总结涵盖试验街道11个社区。1个社区的家庭覆盖率为90%。2个社区还就“特色工作”专题作了总结。" in text


def test_the_record_alone_makes_the_same_note(tmp_path: Path) -> None:
    result = full(tmp_path)
    again = kepu_docs.load(json.loads(json.dumps(result.data)))
    assert engine().review_note(again) == result.note()
    district = rolled(tmp_path, [dict(result.data)], name="试验区")
    (higher,) = district.results
    note = higher.note()
    assert note is not None
    assert "尚未报送的社区：试验99社区。" in words(note)
    assert "总结有误的社区：试验11社区" in words(note)


def test_nothing_to_look_at_makes_no_note(tmp_path: Path) -> None:
    report = rolled(tmp_path, [community(1, training(sessions_total=3)), community(2)])
    assert report.results[0].note() is None
    assert engine().review_note(kepu_docs.load(community(1))) is None


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    names = ["=1+1", "{names}", "{{ 7*7 }}", "<b>社区</b>", "a|b", "{}"]
    expected = tmp_path / "expected.txt"
    expected.write_text("\n".join(names), encoding="utf-8")
    note = rolled(tmp_path, [community(1)], expected=expected).results[0].note()
    assert note is not None
    for locale in LOCALES:
        assert all("".join(name.split()) in words(note, locale) for name in names)
    assert engine().render(note, "docx")


@pytest.mark.parametrize(
    ("ends", "noun", "counted"),
    [("社区", "社区", "2个社区"), ("村", "村", "2个村"), ("小学", "学校", "2所学校"), ("街道", "街道", "2个街道")],
)
def test_members_are_called_what_they_are(ends: str, noun: str, counted: str, tmp_path: Path) -> None:
    records = [community(n, training(sessions_total=n + 1), name=f"试验{n}{ends}") for n in (1, 2)]
    for each in records:
        del each["community"]["street"]
    summary = rolled(tmp_path, records, name="试验区").summary
    text = words(summary)
    assert f"本总结涵盖试验区{counted}。" in text
    assert f"各{noun}主要数据" in text
    if noun != "社区":
        assert "社区" not in text.replace("试验", "")
    assert about(summary).number.value == 2


def test_several_sorts_are_called_bodies(tmp_path: Path) -> None:
    records = [community(1, training(sessions_total=4)), community(2, name="试验中学"), community(3, name="试验村")]
    assert "本总结涵盖试验街道3个单位。" in words(rolled(tmp_path, records).summary)


def test_a_street_offices_own_record_stands_for_itself(tmp_path: Path) -> None:
    own = {
        "community": {"name": "甲街道", "district": "试验区"},
        "period": 2025,
        "sections": [training(sessions_total=4)],
    }
    summary = rolled(tmp_path, [own, community(1), community(2)], name="试验区").summary
    assert about(summary).number.value == 3
    assert {member.name: member.communities for member in about(summary).members}["甲街道"] is None
    again = rolled(
        tmp_path, as_records(rolled(tmp_path, [own, community(1), community(2)], name="试验区")), name="试验市"
    )
    assert about(again.summary).members == about(summary).members


def test_those_that_stand_for_others_say_for_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kepu_docs.rollups import members

    monkeypatch.setattr(members, "MOST_MEMBERS", 3)
    records = [
        community(n, training(sessions_total=9), name=f"试验{n}村", street="甲乙丙"[n % 3] + "镇") for n in range(9)
    ]
    summary = rolled(tmp_path, records, name="试验县").summary
    assert {member.made_of for member in about(summary).members} == {"village"}
    text = words(summary)
    assert "本总结涵盖试验县9个村。" in text
    assert "各镇主要数据" in text
    records[0]["community"]["name"] = "试验小学"
    assert "本总结涵盖试验县9个单位。" in words(rolled(tmp_path, records, name="试验县").summary)


def test_how_many_state_a_figure_stands_beside_it_where_not_all_do(tmp_path: Path) -> None:
    all_do = rolled(tmp_path, [community(n, training(sessions_total=3)) for n in (1, 2)]).summary
    assert "填报社区数" not in words(all_do)
    some_do = rolled(tmp_path, [community(1, training(sessions_total=3)), community(2)]).summary
    assert "填报社区数" in words(some_do)


def test_other_topics_are_told_without_counts(tmp_path: Path) -> None:
    topic = [{"kind": "narrative", "heading": each, "paragraphs": ["有。"]} for each in ("甲", "乙")]
    text = words(rolled(tmp_path, [community(1, *topic), community(2, topic[0]), community(3)]).summary)
    assert "部分社区还就“甲”“乙”专题作了总结。" in text


@pytest.mark.parametrize("locale", LOCALES)
def test_heads_and_captions_name_no_field_twice(locale: str, tmp_path: Path) -> None:
    document = engine().compose(full(tmp_path).summary, locale)
    for block in document.blocks:
        if isinstance(block, Table):
            heads = [column.title for column in block.columns]
            assert len(set(heads)) == len(heads)
            assert not any("{" in head for head in heads)
        if isinstance(block, Chart | Heading):
            assert "{" not in str(block)


def test_the_command_writes_it_beside_the_paper_and_names_it(tmp_path: Path) -> None:
    records = [community(1), community(2, {"kind": "team", "volunteers": "很多"})]
    write(tmp_path / "records.jsonl", records)
    done = kepu(tmp_path, "records.jsonl", "-o", "a.docx")
    assert done.stderr.endswith("\npoints to check: a-核对说明.docx\n")
    assert "核对说明" not in done.stdout
    assert (tmp_path / "a-核对说明.docx").exists()
    done = kepu(tmp_path, "records.jsonl", "-o", "a.json", "--note", "b.md", locale="zh_CN.UTF-8")
    assert done.stderr.endswith("\n需要核对：b.md\n")
    assert "试验2社区" in (tmp_path / "b.md").read_text(encoding="utf-8")
    done = kepu(tmp_path, "records.jsonl", "-o", "c.yaml", "--locale", "en")
    assert (tmp_path / "c-points-to-check.docx").exists()
    done = kepu(tmp_path, "records.jsonl", "-o", "d.txt", "--note", "b.yaml")
    assert done.returncode == 1
    assert "the file for points to check must end in one of" in done.stderr
    assert not (tmp_path / "d.txt").exists()


def test_papers_and_notes_in_one_folder_are_added_up_again(tmp_path: Path) -> None:
    records = [community(1), community(2, {"kind": "team", "volunteers": "很多"}), community(3, street="乙街道")]
    write(tmp_path / "records.jsonl", records)
    done = kepu(tmp_path, "records.jsonl", "--by", "street", "-o", "out")
    assert "points to check: out/试验街道2025年科普工作总结-核对说明.docx\n" in done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 3
    done = kepu(tmp_path, "out", "-o", "again.json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "points to check: again-核对说明.docx\n"
    summary = kepu_docs.load(tmp_path / "again.json")
    (section,) = (each for each in summary.sections if isinstance(each, Rollup))
    assert (section.number.value, [each.name for each in section.failed]) == (2, ["试验2社区"])
    with pytest.raises(kepu_docs.DocumentError, match="the list of points to check for a summary"):
        kepu_docs.load(tmp_path / "out" / "试验街道2025年科普工作总结-核对说明.docx")


def test_a_note_takes_no_sources_place(tmp_path: Path) -> None:
    source = tmp_path / "records.docx"
    source.write_bytes(kepu_docs.render(kepu_docs.load(community(1)), "docx"))
    before = source.read_bytes()
    expected = tmp_path / "expected.txt"
    expected.write_text("别的社区\n", encoding="utf-8")
    done = kepu(tmp_path, "records.docx", "-o", "a.docx", "--note", "records.docx", "--expected", "expected.txt")
    assert done.returncode == 1
    assert "this is one of the sources" in done.stderr
    assert source.read_bytes() == before
    assert not (tmp_path / "a.docx").exists()


def test_a_very_long_name_keeps_what_says_that_it_is_a_note(tmp_path: Path) -> None:
    write(tmp_path / "records.jsonl", [community(1), community(2, {"kind": "team", "volunteers": "很多"})])
    done = kepu(tmp_path, "records.jsonl", "-o", f"{'名' * 75}.txt")
    assert done.returncode == 1
    (note,) = tmp_path.glob("*核对说明.txt")
    assert note.exists()


def test_templates_of_ones_own_word_the_note(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "zh_Hans"
    folder.mkdir(parents=True)
    (folder / "review_note.jinja").write_text(
        '{% extends "default" %}{% block overview %}请于三日内补报。{% endblock %}', encoding="utf-8"
    )
    expected = tmp_path / "expected.txt"
    expected.write_text("别的社区\n", encoding="utf-8")
    summary = rolled(tmp_path, [community(1)], expected=expected).summary
    note = engine().review_note(summary, templates=tmp_path / "own")
    assert note is not None
    assert "请于三日内补报。" in shown(note)
    assert engine().check_templates(tmp_path / "own").faults == ()
