"""The strategies draw what they promise, and the project's readers read what a document says."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.depth import examples

import kepu_docs
from kepu_docs.blocks import Column, Document, Heading, Paragraph, Table
from kepu_docs.pipeline import default_engine
from kepu_docs.sections import KINDS as CORE_KINDS
from kepu_docs.testing import OFFICIAL_OUTLINE, documents, missing, records, sections, texts, texts_of
from kepu_docs.testing.plugins import rendered_here

KINDS = [kind.name for kind in CORE_KINDS]
FEW = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(records())
def test_records_are_records(record: dict[str, Any]) -> None:
    summary = kepu_docs.load(record)
    assert kepu_docs.load(kepu_docs.load(record).model_dump(exclude_unset=True)) == summary


@pytest.mark.parametrize("kind", KINDS)
def test_sections_are_of_their_kind_and_can_be_composed(kind: str) -> None:
    @settings(FEW, max_examples=examples(15))
    @given(sections(kind))
    def check(section: dict[str, Any]) -> None:
        assert section["kind"] == kind
        summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "sections": [section]})
        document = kepu_docs.compose(summary)
        assert [span.kind for span in document.sections] in ([kind], [])
        for name in default_engine().registry.formats:
            data = rendered_here(default_engine(), document, name)
            assert data or (data is None and name == "pdf"), name

    check()


@FEW
@given(documents())
def test_sections_of_documents_are_in_order_and_within(document: Document) -> None:
    ends = [end for span in document.sections for end in (span.start, span.stop)]
    assert ends == sorted(ends)
    assert all(span.start < span.stop <= len(document.blocks) for span in document.sections)


@FEW
@given(texts())
def test_texts_are_such_as_records_hold(text: str) -> None:
    summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": [text]})
    assert summary.opening == (text,)


@FEW
@given(documents())
def test_what_a_document_says_is_nowhere_missing(document: Document) -> None:
    assert missing(texts_of(document), document) == ""


DOCUMENT = Document(
    "总结",
    (
        Heading(1, "培训", "一、"),
        Table((Column("主题"), Column("对象")), (("应急救护", "志愿者"),)),
        Paragraph("后文。"),
    ),
    "zh_Hans",
    OFFICIAL_OUTLINE,
)


@pytest.mark.parametrize(
    ("shown", "wrapped", "told"),
    [
        ("总结 一、培训 主题 对象 应急救护 志愿者 后文。", False, ""),
        ("总结 一、培训 主题 对象 应急志愿 救护者 后文。", True, ""),
        (
            "总结 一、培训 主题 对象 应急志愿 救护者 后文。",
            False,
            "blocks[1] (Table).rows[0]: “应急救护 | 志愿者” is not",
        ),
        (
            "总结 一、培训 主题 对象 急应志愿 救护者 后文。",
            True,
            "blocks[1] (Table).rows[0]: “应急救护 | 志愿者” is not",
        ),
        (
            "总结 二、培训 主题 对象 应急救护 志愿者 后文。",
            False,
            "blocks[0] (Heading): “一、 | 培训 | ” is not shown after",
        ),
        (
            "总结 一、培训 后文。 主题 对象 应急救护 志愿者",
            False,
            "blocks[2] (Paragraph): “后文。” is not shown after “志愿者”",
        ),
        ("", False, "title: “总结” is not shown"),
    ],
)
def test_what_is_missing_is_reported_with_its_place(shown: str, wrapped: bool, told: str) -> None:
    found = missing(shown, DOCUMENT, wrapped=wrapped)
    assert found.startswith(told)
    assert bool(found) == bool(told)
