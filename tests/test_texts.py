"""The texts that people wrote into a record."""

from typing import Any

from kepu_docs.pipeline import default_engine
from kepu_docs.schema.written import written_texts


def paths(record: dict[str, Any]) -> list[tuple[str, str]]:
    summary = default_engine().load({"community": {"name": "试验社区", "code": "000101"}, "period": 2025, **record})
    return [(".".join(map(str, field.path)), field.text) for field in written_texts(summary)]


def test_texts_in_the_order_in_which_they_are_read() -> None:
    section = {
        "kind": "training",
        "narrative": "一。\n二。",
        "heading": "培训",
        "points": ["三"],
        "photos": [{"file": "a.jpg", "caption": "图"}],
        "sessions": [{"topic": "应急救护", "held_on": "2025-04-12", "attendance": "近100人次"}],
    }
    assert paths({"sections": [section], "opening": "开头。", "signed_by": "试验社区居委会"}) == [
        ("community.name", "试验社区"),
        ("opening.0", "开头。"),
        ("sections.0.heading", "培训"),
        ("sections.0.sessions.0.topic", "应急救护"),
        ("sections.0.narrative.0", "一。"),
        ("sections.0.narrative.1", "二。"),
        ("sections.0.points.0", "三"),
        ("sections.0.photos.0.caption", "图"),
        ("signed_by", "试验社区居委会"),
    ]


def test_no_kinds_choices_units_codes_or_names_of_files() -> None:
    charts = {"kind": "activities", "charts": {"by_month": "bar"}, "attendance_total": "300人"}
    assert paths({"sections": [charts], "letterhead": {"issuer": "试验街道", "copy_number": "000001"}}) == [
        ("community.name", "试验社区"),
        ("letterhead.issuer", "试验街道"),
    ]
