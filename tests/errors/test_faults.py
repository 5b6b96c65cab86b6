"""What programs get from a fault: code, path, parts, message in any language; all of it can be serialised."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import kepu_docs
from kepu_docs.errors import FormatError, Message, PluginError, RecordError
from kepu_docs.errors.fields import path_of
from kepu_docs.isolation import Limits, isolated
from kepu_docs.pipeline.own_templates import sendable

BASE: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025}
LONG = "长" * 201
SECTION = {"kind": "training", "sessions": [{"topic": "急救", "attendance": "many"}]}

WRONG: list[tuple[dict[str, Any], str, tuple[Any, ...]]] = [
    ({"sections": [SECTION]}, "record-wrong-quantity", ("sections", 0, "sessions", 0, "attendance")),
    ({"community": {}}, "record-missing-field", ("community", "name")),
    ({"comunity": 1}, "record-unknown-key", ("comunity",)),
    ({"xyz": 1}, "record-unknown-key", ("xyz",)),
    ({"title": 3}, "record-wrong-type", ("title",)),
    ({"sealed": "yes"}, "record-wrong-type", ("sealed",)),
    ({"sections": 3}, "record-wrong-type", ("sections",)),
    ({"community": "试验社区"}, "record-wrong-type", ("community",)),
    ({"community": {"name": "a", "residents": True}}, "record-wrong-quantity", ("community", "residents")),
    ({"community": {"name": "a", "residents": -1}}, "record-out-of-range", ("community", "residents")),
    ({"community": {"name": "a", "residents": 10**13}}, "record-out-of-range", ("community", "residents")),
    ({"community": {"name": "a", "level": "planet"}}, "record-unknown-choice", ("community", "level")),
    ({"closing": ["a"] * 10_001}, "record-list-too-long", ("closing",)),
    ({"title": LONG}, "record-text-too-long", ("title",)),
    ({"title": " "}, "record-text-empty", ("title",)),
    ({"title": "a\nb"}, "record-text-with-break", ("title",)),
    ({"title": "a\0b"}, "record-text-unshowable", ("title",)),
    ({"signed_on": "2025-02-30"}, "record-wrong-day", ("signed_on",)),
    ({"signed_on": "soon"}, "record-wrong-day", ("signed_on",)),
    ({"period": "2025-13"}, "record-wrong-period", ("period",)),
    ({"period": {"start": "2025-02-01", "end": "2025-01-01"}}, "record-wrong-period", ("period",)),
    ({"written": [{}]}, "record-wrong-passage", ("written", 0)),
    ({"sections": [{}]}, "record-section-without-kind", ("sections", 0)),
    ({"sections": [{"kind": "trainning"}]}, "record-unknown-section-kind", ("sections", 0)),
    ({"sections": [{"kind": "drills"}]}, "record-unknown-section-kind", ("sections", 0)),
    ({"期间": 2025}, "record-unknown-key", ("期间",)),
    ({"标题": "甲", "title": "乙"}, "record-duplicate-key", ("title",)),
]


def fault_of(data: Any) -> kepu_docs.Fault:
    with pytest.raises(RecordError) as caught:
        kepu_docs.load({**BASE, **data})
    return caught.value.faults[0]


@pytest.mark.parametrize(("data", "code", "path"), WRONG, ids=lambda part: part if isinstance(part, str) else None)
def test_a_wrong_record_says_code_path_and_what_would_be_right(
    data: dict[str, Any], code: str, path: tuple[Any, ...]
) -> None:
    fault = fault_of(data)
    assert (fault.code, fault.path) == (code, path)
    assert fault.expected
    assert fault.found
    assert json.loads(json.dumps(fault.to_dict("zh_Hans")))["path"] == list(path)
    assert sendable(fault).to_dict() == fault.to_dict()
    assert pickle.loads(pickle.dumps(fault)) == fault  # noqa: S301


def test_what_is_expected_stands_apart() -> None:
    fault = fault_of({"community": {"name": "a", "level": "planet"}})
    assert fault.expected == (
        "one of community, village, school, street, town, township, district, county, city, association, institution"
    )
    assert fault.found == "“planet”"


def test_the_message_in_each_language() -> None:
    fault = fault_of({"community": {}})
    assert fault.text() == fault.text("en") == fault.message == "this field is missing; it is required"
    assert fault.text("zh_Hans") == "缺少这一项；必须填写"
    assert fault.text("zh-TW") == "缺少這一項；必須填寫"
    assert fault.text("fr") == fault.text()
    with pytest.raises(kepu_docs.TemplateError, match="not a locale"):
        fault.text("")


def test_the_keys_of_a_record_do_not_decide_the_language_that_is_asked_for() -> None:
    with pytest.raises(RecordError) as caught:
        kepu_docs.load({"社区": {"名称": "试验社区"}, "时间": "2025-13"})
    (fault,) = caught.value.faults
    assert fault.path == ("时间",)
    assert fault.message.startswith("应当写年")
    assert str(fault).startswith("时间: 应当写年")
    assert fault.text().startswith("expected a year")
    assert fault.text("zh_Hant").startswith("應當寫年")
    assert fault.to_dict()["message"] == fault.text()


def test_an_error_as_json_has_it(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text("community: {name: 试验社区}\nperiod: 2025\ntitle: 3\n", encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        kepu_docs.load(file)
    assert caught.value.to_dict("zh_Hans") == {
        "error": "RecordError",
        "faults": [
            {
                "code": "record-wrong-type",
                "path": ["title"],
                "place": {"record": str(file), "line": 3, "column": 8, "field": "title", "cell": ""},
                "message": '应当是文字，请加引号："3"；现在写的是3',
                "expected": "文字",
                "found": "3",
            }
        ],
    }


def test_faults_of_files_have_codes() -> None:
    with pytest.raises(RecordError) as caught:
        kepu_docs.load("nowhere.yaml")
    assert caught.value.faults[0].code == "file-not-found"


def test_no_such_format_is_an_error_of_its_own() -> None:
    with pytest.raises(FormatError) as caught:
        kepu_docs.render(kepu_docs.load(BASE), "odt")
    assert caught.value.faults[0].code == "format-unknown"
    assert isinstance(caught.value, PluginError)  # until the next release


def test_a_photograph_that_is_not_there_has_its_path(tmp_path: Path) -> None:
    summary = kepu_docs.load(BASE | {"sections": [{"kind": "training", "sessions": [], "photos": [{"file": "a.jpg"}]}]})
    with pytest.raises(RecordError) as caught:
        kepu_docs.compose(summary, photos=tmp_path)
    (fault,) = caught.value.faults
    assert (fault.code, fault.path) == ("photo-not-found", ("sections", 0, "photos", 0, "file"))


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("", ()),
        ("period", ("period",)),
        ("sections[1].sessions[0].attendance", ("sections", 1, "sessions", 0, "attendance")),
        ("社区.名称", ("社区", "名称")),
    ],
)
def test_a_field_of_a_message_names_a_path(field: str, path: tuple[Any, ...]) -> None:
    assert path_of(field) == path


def raise_with_path(data: bytes) -> None:
    raise RecordError.at(kepu_docs.Place("r"), "{found} is {expected}", path=("a", 1), found="x", expected=Message("y"))


def test_an_error_comes_out_of_another_process_as_it_was() -> None:
    with pytest.raises(RecordError) as here:
        raise_with_path(b"")
    with pytest.raises(RecordError) as caught:
        isolated(raise_with_path, Limits.of_size(1), b"")
    assert caught.value.faults == here.value.faults
    assert caught.value.faults[0].found == "x"


class Odd:
    def __str__(self) -> str:
        raise ValueError


def test_a_strange_fault_is_made_plain_before_it_is_sent() -> None:
    odd: Any = Odd()
    fault = sendable(kepu_docs.Fault(kepu_docs.Place(), "{it}", (("it", odd),), code="x", path=("a", odd)))
    assert fault.path == ("a", "Odd")
    assert json.dumps(fault.to_dict())
