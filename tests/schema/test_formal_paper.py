"""The parts of a formal paper are built in Python like everything else, with :mod:`kepu_docs.schema`."""

import datetime

from kepu_docs.schema import Community, Imprint, Letterhead, Points, Subheading, WorkSummary, WrittenTable


def test_all_parts_of_a_summary_are_there() -> None:
    summary = WorkSummary(
        community=Community(name="试验社区"),
        period=2025,
        letterhead=Letterhead(issuer="试验街道办事处文件"),
        written=["一段话。", Subheading(heading="小标题"), Points(points=["甲"]), WrittenTable(columns=["列"])],
        imprint=Imprint(copied_to=["区科协"], printed_on=datetime.date(2025, 12, 20)),
    )
    assert summary.letterhead is not None
    assert summary.letterhead.issuer == "试验街道办事处文件"
    assert WorkSummary.model_validate_json(summary.model_dump_json(exclude_unset=True)) == summary
