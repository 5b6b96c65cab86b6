"""Records from programs: numbers and days of any type, unknown values, and data that is not a record at all."""

import datetime
import math
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from types import MappingProxyType
from typing import Any

import pytest

import kepu_docs
from kepu_docs.schema import Community, Count, Period, WorkSummary
from kepu_docs.schema.program_data import plain_data
from kepu_docs.sections.training import Training, TrainingSession

BASE: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025}


class Index:
    """A whole number that knows what it is, as numpy's do."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value


def community(**fields: Any) -> Community:
    loaded = kepu_docs.load({**BASE, "community": {"name": "试验社区", **fields}}).community
    assert Community(**{"name": "试验社区", **fields}) == loaded
    return loaded


@pytest.mark.parametrize("number", [Decimal(300), Decimal("300.00"), Fraction(300), 300.0, Index(300)])
def test_whole_numbers_of_any_type(number: object) -> None:
    residents = community(residents=number).residents
    assert residents is not None
    assert (residents.value, type(residents.value)) == (300, int)


@pytest.mark.parametrize("number", [Decimal("1.5"), Fraction(3, 2)])
def test_other_numbers_of_any_type(number: object) -> None:
    area = community(area=number).area
    assert area is not None
    assert area.value == 1.5


@pytest.mark.parametrize("nothing", [math.nan, Decimal("NaN"), Decimal("sNaN")])
def test_what_is_not_known_is_as_if_it_were_not_there(nothing: object) -> None:
    assert community(residents=nothing, street=nothing, level=nothing) == community()
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load({**BASE, "period": nothing})
    assert caught.value.faults[0].code == "record-missing-field"


@pytest.mark.parametrize("number", [True, Decimal("Infinity"), Decimal("-1"), Decimal("1.5"), Decimal(10) ** 1000])
def test_what_is_no_number_of_people_stays_refused(number: object) -> None:
    with pytest.raises(kepu_docs.RecordError):
        community(residents=number)


def test_moments_are_days() -> None:
    moment = datetime.datetime(2025, 4, 12, 10, 30, tzinfo=datetime.UTC)
    summary = kepu_docs.load({**BASE, "period": moment, "signed_on": moment})
    assert summary.signed_on == datetime.date(2025, 4, 12)
    assert summary.period == Period(start=moment, end=datetime.date(2025, 4, 12))
    assert WorkSummary(community=Community(name="试验社区"), period=moment, signed_on=moment) == summary


def test_a_moment_in_a_file_is_refused_as_the_schema_says(tmp_path: Any) -> None:
    file = tmp_path / "r.toml"
    file.write_text("period = 2025\nsigned_on = 2025-04-12T10:00:00\ncommunity = {name = 'a'}\n", encoding="utf-8")
    with pytest.raises(kepu_docs.RecordError, match="expected a date"):
        kepu_docs.load(file)


def test_lists_tuples_and_mappings_of_any_kind() -> None:
    rows = [["甲", "乙"], ["丙", "丁"]]
    table = {"columns": ["一", "二"], "rows": rows}
    sessions = [{"topic": "急救", "attendance": Decimal(30)}]
    listed = {**BASE, "closing": ["完"], "written": [table], "sections": [{"kind": "training", "sessions": sessions}]}

    def tuples(value: Any) -> Any:
        if isinstance(value, dict):
            return MappingProxyType({key: tuples(part) for key, part in value.items()})
        return tuple(map(tuples, value)) if isinstance(value, list) else value

    assert kepu_docs.load(tuples(listed)) == kepu_docs.load(listed)
    session = TrainingSession(topic="急救", attendance=Decimal(30))
    assert kepu_docs.load(listed).sections == (Training(sessions=[session]),)


def test_faults_are_at_the_places_of_what_was_given() -> None:
    sections = ({"kind": "training", "sessions": ({"topic": math.nan, "attendance": Decimal("1.5")},)},)
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load({**BASE, "sections": sections, "code": Decimal(1)})
    assert {(fault.code, fault.path) for fault in caught.value.faults} >= {
        ("record-wrong-type", ("sections", 0, "sessions", 0, "attendance")),
        ("record-unknown-key", ("code",)),
    }


def test_plain_data_are_left_as_they_are() -> None:
    data = {"a": [1, "b", None, True, 1.5], "c": {"d": datetime.date(2025, 1, 1)}, "e": (1, 2)}
    assert plain_data(data) is data


def test_what_contains_itself_has_an_end() -> None:
    data: dict[str, Any] = {**BASE}
    data["sections"] = [data]
    with pytest.raises(kepu_docs.RecordError):
        kepu_docs.load(data)


@pytest.mark.deep
def test_the_values_of_numpy_and_pandas() -> None:
    pandas, numpy = import_module("pandas"), import_module("numpy")
    frame = pandas.DataFrame(
        {"name": ["试验社区"], "residents": [8600], "area": [1.5], "street": [None], "grids": [None]}
    )
    row = frame.astype({"grids": "Int64"}).iloc[0].to_dict()
    assert community(**row) == community(residents=8600, area=1.5)
    for nothing in (pandas.NA, pandas.NaT, numpy.float32("nan"), numpy.datetime64("NaT")):
        assert community(residents=nothing, street=nothing) == community()
    for number in (numpy.int8(60), numpy.uint64(60), numpy.float32(60), numpy.array(60)):
        assert community(residents=number).residents == Count(value=60, unit="人")
    with pytest.raises(kepu_docs.RecordError, match="found true"):
        community(residents=numpy.bool_(True))
    day = datetime.date(2025, 4, 12)
    for moment in (
        pandas.Timestamp("2025-04-12 10:00"),
        numpy.datetime64("2025-04-12"),
        numpy.datetime64(1744416000, "s"),
    ):
        assert kepu_docs.load({**BASE, "signed_on": moment, "period": moment}).signed_on == day
    texts = pandas.Series(["第一段", "第二段"])
    assert kepu_docs.load({**BASE, "closing": texts}).closing == ("第一段", "第二段")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (None, "found NoneType"),
        (b"", "found bytes: use Engine.read for the bytes of a text"),
        (b"period: 2025", "found bytes"),
        (3, "found int"),
        ("", "found an empty text"),
        ([BASE], "found list"),
    ],
)
def test_what_is_no_record_at_all(source: Any, found: str) -> None:
    with pytest.raises(kepu_docs.RecordError, match=found) as caught:
        kepu_docs.load(source)
    assert caught.value.faults[0].code == "record-wrong-source"


@pytest.mark.parametrize("locale", ["", "nonsense", "../..", "en_US.UTF-8", 3])
def test_what_is_no_locale(locale: Any, tmp_path: Any) -> None:
    with pytest.raises(kepu_docs.TemplateError, match="is not a locale; expected one such as zh_Hans") as caught:
        kepu_docs.compose(kepu_docs.load(BASE), locale=locale)
    assert caught.value.faults[0].code == "locale-wrong"
    with pytest.raises(kepu_docs.TemplateError, match="not a locale"):
        kepu_docs.render_batch(tmp_path, tmp_path / "out", locale=locale)


def test_moments_of_numpy_are_days_in_lists_of_records_too() -> None:
    numpy = pytest.importorskip("numpy")
    for unit in ("D", "s", "ns"):
        signed = {**BASE, "signed_on": numpy.datetime64("2025-12-20", unit)}
        ((_, text),) = kepu_docs.iter_rendered([signed], "txt")
        assert "2025年12月20日" in text.decode()


@pytest.mark.parametrize("span", ["2025", "2025-09"])
def test_years_and_months_of_numpy_are_no_days(span: str) -> None:
    numpy = pytest.importorskip("numpy")
    summary = kepu_docs.load({**BASE, "period": numpy.datetime64(span)})
    assert summary.period == kepu_docs.load({**BASE, "period": span}).period
    assert WorkSummary(community=Community(name="试验社区"), period=numpy.datetime64(span)).period == summary.period
    (name, _) = next(kepu_docs.iter_rendered([{**BASE, "period": numpy.datetime64(span)}], "txt"))
    assert name == f"试验社区-{span}.txt"
    with pytest.raises(kepu_docs.RecordError, match="expected a date"):
        kepu_docs.load({**BASE, "signed_on": numpy.datetime64(span)})
    assert kepu_docs.load({**BASE, "signed_on": numpy.datetime64("NaT", "Y")}).signed_on is None


def test_what_cannot_be_compared_is_no_record() -> None:
    nothing = pytest.importorskip("pandas").NA
    with pytest.raises(kepu_docs.RecordError, match="found NAType"):
        kepu_docs.load(nothing)


def test_what_is_no_summary_is_not_composed() -> None:
    data: Any = BASE
    for act in (kepu_docs.compose, lambda data: kepu_docs.render(data, "txt")):
        with pytest.raises(
            kepu_docs.RecordError, match="only a summary returned by load can be made into a document; found dict"
        ) as caught:
            act(data)
        assert caught.value.faults[0].code == "record-wrong-source"


@pytest.mark.parametrize("section", [3, None, "training"])
def test_what_is_no_section_is_told_in_our_words(section: object) -> None:
    with pytest.raises(kepu_docs.RecordError) as caught:
        kepu_docs.load({**BASE, "sections": [section]})
    (fault,) = caught.value.faults
    assert (fault.code, fault.expected) == ("record-wrong-type", "fields with names")
    assert "字段" in fault.text("zh_Hans")


def test_columns_of_moments_are_lists_of_days() -> None:
    pandas = pytest.importorskip("pandas")
    for utc in (False, True):
        column = pandas.Series(pandas.to_datetime(["2025-12-20"], utc=utc))
        assert plain_data(column) == [datetime.date(2025, 12, 20)]
        with pytest.raises(kepu_docs.RecordError, match="expected a text"):
            next(kepu_docs.iter_rendered([{**BASE, "opening": column}], "txt"))
