"""Records with keys in other languages than English."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import kepu_docs
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.pipeline import default_engine, starter_record
from kepu_docs.pipeline.keys import in_english
from kepu_docs.reading.records import read_text
from kepu_docs.schema.shapes import children

ENGLISH: dict[str, Any] = {
    "community": {"name": "试验社区", "residents": 8600},
    "period": 2025,
    "sections": [
        {
            "kind": "training",
            "sessions": [{"topic": "应急救护", "attendance": {"value": 60, "approx": "nearly", "unit": "人次"}}],
        },
        {"kind": "leadership", "group": {"head": "甲某", "title": "书记"}, "in_agenda": True, "in_plan": False},
    ],
    "signed_by": "试验社区居民委员会",
}
CHINESE: dict[str, Any] = {
    "社区": {"名称": "试验社区", "居民": 8600},
    "年度": 2025,
    "栏目": [
        {"类型": "培训", "场次": [{"主题": "应急救护", "人次": {"数值": 60, "约数": "近", "单位": "人次"}}]},
        {"种类": "组织领导", "领导小组": {"组长": "甲某", "职务": "书记"}, "列入议程": "是", "列入计划": "否"},
    ],
    "署名": "试验社区居民委员会",
}
TRADITIONAL: dict[str, Any] = {
    "社區": {"名稱": "试验社区", "居民": 8600},
    "period": 2025,
    "欄目": [
        {"kind": "培訓", "場次": [{"topic": "应急救护", "人次": {"數值": 60, "approx": "近", "unit": "人次"}}]},
        {"kind": "leadership", "group": {"組長": "甲某", "職務": "书记"}, "in_agenda": "是", "列入計劃": False},
    ],
    "signed_by": "试验社区居民委员会",
}


@pytest.mark.parametrize("record", [CHINESE, TRADITIONAL])
def test_keys_and_choices_in_chinese_mean_what_the_english_ones_mean(record: dict[str, Any]) -> None:
    assert kepu_docs.load(record) == kepu_docs.load(ENGLISH)


def faults(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load(path)
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def test_faults_are_reported_in_the_language_of_the_keys_at_their_place(tmp_path: Path) -> None:
    found = faults(
        tmp_path / "record.yaml",
        "社区: {名称: 试验社区, 居名: 3}\n"
        "年度: 2025-13\n"
        "栏目:\n"
        "  - 类型: 培训\n"
        "    场次:\n"
        "      - {主题: 应急救护, 人次: 许多}\n"
        "  - 类型: 培育\n",
    )
    assert found[0] == "1:16: 社区.居名: 这里没有字段“居名”；是不是“居民”？"
    assert found[1].startswith("2:5: 年度: 应当写年（2025）")
    assert found[2].startswith("6:24: 栏目[0].场次[0].人次: 应当写数，如 300，或者写“300余人次”")
    assert found[3].startswith("7:5: 栏目[1]: 没有栏目类型“培育”；可用的有：组织领导、队伍建设、")
    assert len(found) == 4


def test_two_names_of_one_field_are_a_doubled_key(tmp_path: Path) -> None:
    text = "社区: {名称: 试验社区}\nperiod: 2025\n年度: 2024\nsections:\n  - {kind: training, 总场次: 3, 场次合计: 4}\n"
    assert faults(tmp_path / "record.yaml", text) == [
        "3:1: 年度: “年度”和“period”是同一个字段的两种写法；请去掉一个，或合成一个列表",
        "5:30: sections[0].场次合计: “场次合计”和“总场次”是同一个字段的两种写法；请去掉一个，或合成一个列表",
    ]


def test_faults_of_english_records_are_in_english(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path / "record.yaml", "community: {name: 试验社区, 年龄: 3}\nperiod: 2025\n")
    assert fault.startswith("1:25: community.年龄: there is no field “年龄” here; available: name, level, code")


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "zh_Hans_CN", "en"])
def test_a_starter_record_in_each_language_loads(locale: str) -> None:
    engine = default_engine()
    text = starter_record(engine.registry, list(engine.registry.kinds), engine.languages.words(locale))
    loaded = engine.load(read_text(text, name="new", syntax="yaml").data)
    assert [section.kind for section in loaded.sections] == list(engine.registry.kinds)
    assert ("栏目:" in text) == (locale in ("zh_Hans", "zh_Hans_CN"))


def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    if model not in seen:
        seen.add(model)
        for name in model.model_fields:
            for child in children(model, name):
                models(child, seen)
    return seen


def test_no_name_means_two_fields_of_one_model() -> None:
    engine = default_engine()
    words = engine.languages.vocabulary
    for model in models(engine.registry.model, set()):
        for locale in ("zh_Hans", "zh_Hant"):
            labels = [name for field in model.model_fields for name in words.names(model, field, locale)]
            assert len(set(labels)) == len(labels), model
            assert not set(labels) & set(model.model_fields)


def test_every_field_has_a_name_in_each_language() -> None:
    engine = default_engine()
    words = engine.languages.vocabulary
    for model in models(engine.registry.model, set()):
        for field in model.model_fields:
            for locale in ("zh_Hans", "zh_Hant"):
                assert words.label(model, field, locale) != field, (model, field)


def test_what_is_no_record_stays_as_it_is() -> None:
    words = Vocabulary({})
    model = default_engine().registry.model
    for value in (None, 3, "社区", [1, {"社区": 2}], {"社区": 2, 3: 4}):
        assert in_english(value, model, words).data == value


def test_choices_in_chinese_under_english_keys() -> None:
    import kepu_docs

    data = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "sealed": "是",
        "sections": [{"kind": "培训", "topic": 1}],
    }
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load(data)
    assert [fault.place.field for fault in caught.value.faults] == ["sections[0].topic"]
    del data["sections"]
    assert kepu_docs.load(data).sealed
