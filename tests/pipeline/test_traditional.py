"""The record's own words in Traditional characters: what changes, what stays, and which names are to be reviewed."""

import builtins
import json
import time
from collections.abc import Mapping
from types import ModuleType
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepu_docs
from kepu_docs import WorkSummary
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import KepuError, Place, SettingsError
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.traditional import Converted
from kepu_docs.schema import Line, Many, Record, Section
from kepu_docs.schema.written import written_texts
from kepu_docs.testing.record_strategies import records

TRADITIONAL = "zh_Hant"


def load(**fields: Any) -> WorkSummary:
    return kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, **fields})


def converted(summary: WorkSummary, locale: str = TRADITIONAL) -> Converted:
    return default_engine().converted(summary, locale)


def shown(text: str, **fields: Any) -> str:
    return converted(load(opening=[text], **fields)).summary.opening[0]


def test_characters_are_chosen_by_the_phrase_that_they_stand_in() -> None:
    assert (
        shown("发展科普，头发、皇后与后天，只有一只，干部干净。") == "發展科普，頭髮、皇后與後天，只有一隻，幹部乾淨。"
    )


def test_what_the_tables_misread_is_mended() -> None:
    assert (
        shown("开放日制度，每日制作，全国科技活动周，科普电影周，中国水周。")
        == "開放日制度，每日製作，全國科技活動週，科普電影週，中國水週。"
    )
    assert shown("四周，周姓居民。") == "四周，周姓居民。"


def test_words_stay_those_of_the_writer() -> None:
    # Tables of regional words are made for computing: they would say 下發檔案, 科普專案, 社群, 支援.
    assert shown("社区下发文件，支持科普项目，通过视频发布信息。") == "社區下發文件，支持科普項目，通過視頻發佈信息。"


def test_taiwan_and_hong_kong_write_each_in_their_way() -> None:
    summary = load(opening=["村里的平台为群众服务。"])
    assert converted(summary).summary.opening == ("村裡的平臺為群眾服務。",)
    assert converted(summary, "zh_Hant_TW").summary.opening == ("村裡的平臺為群眾服務。",)
    assert converted(summary, "zh-HK").summary.opening == ("村裏的平台為羣眾服務。",)


def test_quotation_marks_are_those_of_the_locale() -> None:
    assert shown("开展“科普‘三进’”活动，“App”培训。") == "開展「科普『三進』」活動，「App」培訓。"
    assert shown("科普 is “science” in English, isn’t it") == "科普 is “science” in English, isn’t it"


def test_what_is_traditional_already_stays() -> None:
    old = "於右任題字；岳陽樓上，里長與皇后；她著名「後海」"
    summary = load(community={"name": "試驗社區"}, opening=[old], signed_by="于家村")
    assert converted(summary) == (summary, ())
    # One text among others, too.
    mixed = load(opening=[old, "国际"])
    assert converted(mixed).summary.opening == (old, "國際")


def test_codes_files_choices_figures_and_times_stay() -> None:
    summary = load(
        community={"name": "试验社区", "code": "云001", "residents": "近1.2万"},
        letterhead={"issuer": "试验街道办事处文件", "copy_number": "000001"},
        sections=[
            {"kind": "publicity", "photos": [{"file": "照片/讲座.jpg", "caption": "讲座"}], "leaflets": "300余册"},
            {
                "kind": "activities",
                "activities": [{"name": "讲座", "held_on": "2025-09"}],
                "charts": {"by_month": "bar"},
            },
        ],
        written=[{"points": ["国际"], "style": "第一，"}],
        signed_on="2025-12-20",
    )
    new = converted(summary).summary
    assert (new.community.code, new.letterhead and new.letterhead.copy_number) == ("云001", "000001")
    assert new.letterhead
    assert new.letterhead.issuer == "試驗街道辦事處文件"
    (photo,) = new.sections[0].photos
    assert (photo.file, photo.caption) == ("照片/讲座.jpg", "講座")
    before, after = (json.loads(each.model_dump_json(exclude_unset=True)) for each in (summary, new))
    assert after["community"]["residents"] == before["community"]["residents"]
    assert after["sections"][0]["leaflets"] == before["sections"][0]["leaflets"]
    assert after["sections"][1]["charts"] == before["sections"][1]["charts"]
    assert after["sections"][1]["activities"][0]["held_on"] == before["sections"][1]["activities"][0]["held_on"]
    assert after["written"] == [{"points": ["國際"], "style": "第一，"}]
    assert (after["signed_on"], after["period"]) == (before["signed_on"], before["period"])


def test_a_unit_that_no_catalogue_names_is_a_word_like_others() -> None:
    text = document(load(sections=[{"kind": "publicity", "banners": "30条", "leaflets": "5摞", "books": "8纸箱"}]))
    assert "30條" in text
    assert "8紙箱" in text


def document(summary: WorkSummary, **options: Any) -> str:
    return kepu_docs.render(summary, "txt", locale=TRADITIONAL, convert=True, **options).decode()


def test_documents_show_the_words_and_carry_the_record() -> None:
    summary = load(opening=["开展科普。"], signed_by="试验社区居民委员会")
    made = kepu_docs.compose(summary, locale=TRADITIONAL, convert=True)
    assert made.title == "試驗社區2025年科普工作總結"
    assert (made.author, made.keywords) == ("試驗社區居民委員會", ("試驗社區", "2025年"))
    assert made.record == kepu_docs.compose(summary, locale=TRADITIONAL).record
    assert kepu_docs.compose(summary, locale=TRADITIONAL, convert=True, embed=False).record == ""
    assert kepu_docs.load(json.loads(made.record)) == summary


def test_a_word_document_gives_back_the_record_as_it_was(tmp_path: Any) -> None:
    summary = load(opening=["开展科普。"])
    file = tmp_path / "r.docx"
    file.write_bytes(kepu_docs.render(summary, "docx", locale=TRADITIONAL, convert=True))
    assert kepu_docs.load(file) == summary


def test_nothing_is_converted_unasked() -> None:
    assert "开展科普" in kepu_docs.render(load(opening=["开展科普。"]), "txt", locale=TRADITIONAL).decode()


def test_what_was_converted_may_be_composed() -> None:
    summary = load(community={"name": "云里社区"})
    found = kepu_docs.to_traditional(summary)
    right = found._replace(summary=found.summary.model_copy(update={"title": "云里社區總結"}))
    made = kepu_docs.compose(summary, locale=TRADITIONAL, convert=right)
    assert made.title == "云里社區總結"
    assert kepu_docs.load(json.loads(made.record)) == summary


@pytest.mark.deep
def test_a_users_templates_get_the_converted_words(tmp_path: Any) -> None:
    folder = tmp_path / "zh_Hant"
    folder.mkdir()
    (folder / "title.jinja").write_text("{{ community.name }}總結", encoding="utf-8")
    summary = load()
    made = kepu_docs.compose(summary, locale=TRADITIONAL, convert=True, templates=tmp_path)
    assert made.title == "試驗社區總結"
    assert kepu_docs.load(json.loads(made.record)) == summary


@pytest.mark.parametrize("locale", ["zh_Hans", "en", "zh"])
def test_other_languages_have_nothing_to_convert(locale: str) -> None:
    with pytest.raises(SettingsError) as error:
        kepu_docs.compose(load(), locale=locale, convert=True)
    (fault,) = error.value.faults
    assert fault.code == "locale-not-traditional"
    assert fault.message == f"the record's words can only be converted for documents in zh_Hant; these are in {locale}"


def test_without_opencc_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any) -> ModuleType:
        if name == "opencc":
            raise ModuleNotFoundError("No module named 'opencc'", name="opencc")
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KepuError) as error:
        Engine(default_engine().registry).converted(load(), TRADITIONAL)
    (fault,) = error.value.faults
    assert fault.code == "extra-missing"
    assert "kepu-docs[traditional]" in fault.message


def test_names_are_listed_those_with_several_forms_first() -> None:
    summary = load(
        community={"name": "试验社区", "district": "云岭区", "street": "后海街道"},
        sections=[
            {"kind": "leadership", "guided_by": ["区科协"], "group": {"head": "陈范", "title": "书记"}},
            {"kind": "training", "sessions": [{"topic": "急救", "trainer": "区红十字会", "place": "社区活动室"}]},
            {"kind": "facilities", "venues": [{"name": "云里科普馆"}]},
        ],
        signed_by="试验社区",
    )
    assert [tuple(name) for name in converted(summary).names] == [
        ("community.street", "后海街道", "後海街道", "后"),
        ("community.district", "云岭区", "雲嶺區", "云"),
        ("sections[0].group.head", "陈范", "陳範", "范"),
        ("sections[2].venues[0].name", "云里科普馆", "雲里科普館", "云里"),
        ("community.name", "试验社区", "試驗社區", ""),
        ("sections[0].guided_by[0]", "区科协", "區科協", ""),
        ("sections[1].sessions[0].trainer", "区红十字会", "區紅十字會", ""),
    ]


def test_remarks_name_them_and_are_not_long() -> None:
    guides = [f"单位{number}" for number in range(30)]
    summary = load(community={"name": "云岭社区"}, sections=[{"kind": "leadership", "guided_by": guides}])
    first, second = converted(summary).remarks(Place("r.yaml"))
    assert str(first) == (
        "r.yaml: names whose characters have several Traditional forms, to be reviewed: 云岭社区 → 雲嶺社區"
    )
    assert first.code == second.code == "names-converted"
    assert second.message.count("→") == 20
    assert second.message.endswith("單位19, …")
    assert converted(load(community={"name": "村"})).remarks(Place()) == ()


def test_surnames_that_both_scripts_have_stay_wherever_the_person_is_named() -> None:
    people = {"kind": "leadership", "group": {"head": "于洋", "deputy": "范伟"}, "officer": {"name": "余强"}}
    found = converted(load(sections=[people], opening=["由于洋同志牵头，由于下雨，范伟、余强协助，余款范围。"]))
    assert found.summary.opening == ("由于洋同志牽頭，由於下雨，范偉、余強協助，餘款範圍。",)
    assert [name.shown for name in found.names if "group" in name.field or "officer" in name.field] == ["范偉", "余強"]


class Drill(Record):
    leader: Line
    kind_of: Literal["地震", "火灾"]


class Drills(Section):
    kind: Literal["drills"] = "drills"
    drills: Many[Drill] = ()

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        return {}


class Plugin:
    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return [SectionKind(Drills)]


def test_sections_of_plugins_are_converted_and_their_choices_are_not() -> None:
    engine = Engine(plugins=[Plugin()])
    data = {"kind": "drills", "drills": [{"leader": "陈国强", "kind_of": "火灾"}]}
    summary = engine.load({"community": {"name": "试验社区"}, "period": 2025, "sections": [data]})
    (section,) = engine.converted(summary, TRADITIONAL).summary.sections
    assert section == Drills(drills=(Drill(leader="陳國強", kind_of="火灾"),))


def test_data_of_unknown_sections_stays() -> None:
    data = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "unheard", "heading": "国际"}]}
    with pytest.warns(kepu_docs.KepuWarning):
        summary = kepu_docs.load(data, unknown_sections="keep")
    assert converted(summary).summary.sections == summary.sections


SIMPLIFIED = "".join(
    bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
)
HANZI = st.text(st.sampled_from(SIMPLIFIED), min_size=1, max_size=40)
LATIN = st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cs", "Z"]), min_size=1)


@given(HANZI, st.sampled_from(["zh_Hant", "zh_Hant_HK"]))
def test_converting_twice_is_converting_once(text: str, locale: str) -> None:
    once = converted(load(opening=[text]), locale)
    assert converted(once.summary, locale) == (once.summary, ())


@given(st.lists(HANZI | LATIN, min_size=1, max_size=6))
def test_digits_and_latin_letters_stay(parts: list[str]) -> None:
    new = shown("".join(parts))
    assert [char for char in new if ord(char) < 0x250] == [char for char in "".join(parts) if ord(char) < 0x250]


@given(records())
def test_any_record_comes_out_as_a_record_and_is_carried_as_it_was(data: dict[str, Any]) -> None:
    try:
        summary = kepu_docs.load(data)
    except KepuError:
        return
    new = converted(summary).summary
    assert [text.path for text in written_texts(new)] == [text.path for text in written_texts(summary)]
    assert kepu_docs.load(json.loads(new.model_dump_json(exclude_unset=True))) == new
    made = kepu_docs.compose(summary, locale=TRADITIONAL, convert=True)
    assert kepu_docs.load(json.loads(made.record)) == summary


def test_long_texts_take_their_time_and_not_its_square() -> None:
    def seconds(count: int) -> float:
        summary = load(opening=["于" * 10_000, "“" * 10_000, "云后里" * 3_000] * count, signed_by="于洋国")
        begin = time.process_time()
        converted(summary)
        return time.process_time() - begin

    seconds(1)
    assert seconds(8) < 1.0
