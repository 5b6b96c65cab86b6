"""The catalogues keep to the glossary: one word for one thing, in each language."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kepu_docs.registry.core import kepu_templates

DOCS = Path(__file__).parents[2] / "docs"
LOCALES = ("zh_Hans", "zh_Hant")
STRICT = (
    "block", "catalogue", "checker", "community", "exception", "fact", "field", "finding", "hook",
    "imprint", "interface language", "letterhead", "live page", "look", "manifest", "override", "overview",
    "period", "placeholder", "plugin", "record", "renderer", "rule", "section kind", "section", "starter record", "street office",
    "table of contents", "Word template", "wording template", "workbook",
)  # fmt: skip
"""Terms that mean the same thing wherever they are; others, such as “form” and “note”, are everyday words as well."""
LOOSE = {"fact": "数据|數據|資料", "field": "这一项|這一項|该项|該項|域|功能變數", "finding": "处问题|處問題"}
"""What else a term may be: 数据 of figures, 域 of Word's own fields."""
EXCEPTIONS = {
    "A summary covers its own period only; a mistyped year looks like this.": "a verb",
    "A summary is signed near the end of its period or soon after; a mistyped year looks like this.": "a verb",
    "Rules for keeping them.": "rules of a community",
    "Rules that were adopted: 奖励制度.": "rules of a community",
    "Headings: plain, or message for what the facts of a section say.": "the section is understood",
    "Whether headings are plain, or state what the section's facts show (message).": "the section is understood",
    "a section with its own page settings": "a section of Word",
    "the community has {count} rows in this sheet, so it is unclear which of these sections the rows of its lists belong "
    "to; keep one row, or use a record file (YAML)": "the section is understood",
    "Print a starter record with a comment for each field. It has all installed section kinds, or those you name.": "逐项",
    "this WPS workbook cannot be read; open it in WPS and save it as .xlsx": "WPS calls it 表格",
    "a record of changes by several people (stop sharing the workbook in Excel)": "of Excel",
    "Make the documents of many records. Run it again to make only what is new, changed or missing.": "批量 says it",
    "Whether an overview of the period follows the opening, if there are enough facts for one.": "what was filled in",
    "The facts of a community's year of science popularisation.": "the work as a whole",
    "Turn the facts of a community's year of science popularisation into a finished work summary.": "the same",
    "this consists of several facts; choose one of them with a dot: {names}": "entries of lists as well",
    "the record itself": "where a title comes from",
    "large numbers are in 万 elsewhere in this record, as in {number}": "the record is understood",
    "thousands have no separator elsewhere in this record, as in {number}": "the record is understood",
    "no plugin reads sources of records; see “kepu-docs plugins list”": "来源 says it",
}
WRONG = {
    "zh_Hans": "章节|版面|参考文档|样式范本|成段的内容|接口|词表|警告|译文文件|目录文件|你(?!图)|别人设计的表格|(?<!统计)时段",
    "zh_Hant": "章節(?!附註)|參考文件|樣式範本|成段的內容|接口|詞表|警告|紀錄|[你妳](?!圖)|別人設計的表格|插件|工作簿|(?<!統計)時段",
}
"""Words of other programs, or of older versions, for what the glossary has a word for."""
OLD_ENGLISH = re.compile(
    r"\b(?:told|anew|nobody|whom|behind|mend(?:ed|s)?|remarks?|handed (?:in|out|over)|for want of|of ours|surely"
    r"|(?:this|it|that) is no (?!longer)|at the begin|be it)\b"
)
_QUOTED = re.compile(r"“kepu-docs[^”]*”|\bkepu-docs workbook --return|\{[^}]*\}|\[[^\]]*\]")

Row = tuple[str, str, str]


def rows(page: Path) -> list[Row]:
    """Return the terms of a glossary: in English, in Simplified and in Traditional characters."""
    cells = [line.strip("|").split("|") for line in page.read_text("utf-8").splitlines() if line.startswith("| ")]
    return [(row[0].strip(), row[1].strip(), row[2].strip()) for row in cells if row[0].strip() != "English"]


GLOSSARY = {english: words for english, *words in rows(DOCS / "glossary.md")}


def messages(locale: str) -> Iterator[tuple[str, str]]:
    (folder,) = (each.joinpath(locale) for each in kepu_templates())
    for message in read_po(BytesIO(folder.joinpath("interface.po").read_bytes())):
        if message.id:
            yield str(message.id), str(message.string)


def test_both_pages_have_the_same_terms() -> None:
    assert rows(DOCS / "glossary.md") == rows(DOCS / "zh" / "glossary.md")
    assert len(GLOSSARY) == len(rows(DOCS / "glossary.md")) >= 60
    assert set(STRICT) <= set(GLOSSARY)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_term_is_translated_by_its_word(locale: str) -> None:
    plural = {term: rf"{term[:-1]}(?:y|ies)" if term.endswith("y") else f"{term}s?" for term in STRICT}
    patterns = {term: re.compile(rf"(?i)\b{plural[term]}\b") for term in STRICT}
    others = {
        f"{text} → {translated}: {term}"
        for text, translated in messages(locale)
        if text not in EXCEPTIONS
        for term, pattern in patterns.items()
        if pattern.search(_QUOTED.sub("", text))
        and not re.search(f"{GLOSSARY[term][LOCALES.index(locale)]}|{LOOSE.get(term, '(?!)')}", translated)
    }
    assert others == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_other_word_for_the_same_thing(locale: str) -> None:
    wrong = re.compile(WRONG[locale])
    assert [translated for _, translated in messages(locale) if wrong.search(translated)] == []


def test_messages_are_in_modern_english() -> None:
    old = [text for text, _ in messages("zh_Hans") if OLD_ENGLISH.search(re.sub(r"\{\w+\}", "", text))]
    assert old == []


@pytest.mark.parametrize("locale", LOCALES)
def test_what_may_be_chosen_is_listed_after_one_phrase(locale: str) -> None:
    listed = {text: translated for text, translated in messages(locale) if re.search(r"; .*\bare:? \{known\}", text)}
    assert len(listed) >= 15
    assert [text for text in listed if not re.search(r"; (?:the|its) [\w ]+ are: \{known\}", text)] == []
    assert [translated for translated in listed.values() if "可用的有：{known}" not in translated] == []


def test_exceptions_are_messages() -> None:
    assert set(EXCEPTIONS) <= {text for text, _ in messages("zh_Hans")}
