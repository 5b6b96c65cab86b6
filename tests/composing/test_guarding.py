"""Untrusted templates count their steps: none takes long, and each ends with its file and line."""

from pathlib import Path

import pytest
from tests.composing_attacks import ATTACKS, HARMLESS, RECORD

import kepu_docs
from kepu_docs.composing import budget
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.composing.structure import DEEPEST_LOOP, DEEPEST_PART, MOST_PARTS
from kepu_docs.errors import TemplateError
from kepu_docs.registry import Registry

REGISTRY = Registry.load()
EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))


def composer(source: str | bytes, name: str = "sections/training.jinja", locale: str = "zh_Hans") -> Composer:
    data = source if isinstance(source, bytes) else source.encode("utf-8", "surrogatepass")
    return REGISTRY.composer(locale, Snapshot("/own", {f"zh_Hans/{name}": data}))


def told(source: str | bytes, name: str = "sections/training.jinja") -> str:
    with pytest.raises(TemplateError) as caught:
        composer(source, name).compose(kepu_docs.load(RECORD))
    (fault,) = caught.value.faults
    return str(fault)


@pytest.mark.some(2)
@pytest.mark.some(3)
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_with_an_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # What is counted is counted to the end: with smaller bounds the same attacks end sooner.
    monkeypatch.setattr(budget, "WORK", budget.WORK // 10)
    monkeypatch.setattr(budget, "STEPS", budget.STEPS // 10)
    source, problem = ATTACKS[name]
    message = told(f"\n{source}")
    assert message.startswith("sections[0]: template /own/zh_Hans/sections/training.jinja, line 2: ")
    assert problem in message
    assert len(message) < 1_000


@pytest.mark.some(4)
@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_not_much_is_made(name: str) -> None:
    assert composer(HARMLESS[name]).compose(kepu_docs.load(RECORD)).blocks


@pytest.mark.some(4)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
def test_weighing_changes_no_document(example: Path, locale: str) -> None:
    guarded = REGISTRY.composer(locale, Snapshot("/own", {}))
    summary = kepu_docs.load(example)
    plain = REGISTRY.composer(locale).compose(summary, photos=example.parent)
    assert guarded.compose(summary, photos=example.parent) == plain


def test_a_large_record_has_room() -> None:
    sessions = [
        {"topic": f"课题{place}", "attendance": place + 1, "held_on": "2025-04-12", "trainer": "试验"}
        for place in range(10_000)
    ]
    record = {**RECORD, "sections": [{"kind": "training", "sessions": sessions}]}
    assert REGISTRY.composer("zh_Hans", Snapshot("/own", {})).compose(kepu_docs.load(record)).blocks


def test_a_whole_document_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "{% for i in range(5) %}{% paragraph %}{{ 'x' * 900000 }}{% endparagraph %}{% endfor %}"
    record = {**RECORD, "sections": RECORD["sections"] * 3}
    assert composer(source).compose(kepu_docs.load({**RECORD})).blocks
    monkeypatch.setattr("kepu_docs.composing.composer.DOCUMENT_CHARACTERS", 30_000_000)
    with pytest.raises(TemplateError, match=r"sections\[[12]\].*a whole document"):
        composer(source).compose(kepu_docs.load(record))


def test_the_parts_of_a_template_are_bounded() -> None:
    assert MOST_PARTS >= 10_000
    assert f"at most {MOST_PARTS} parts" in told("{% set a=1 %}" * MOST_PARTS)
    deep = "{% paragraph %}{{ " + "[" * DEEPEST_PART + "]" * DEEPEST_PART + " }}{% endparagraph %}"
    assert "this is nested too deeply" in told(deep)
    loops = "{% for i in [1] %}" * (DEEPEST_LOOP + 1) + "{% endfor %}" * (DEEPEST_LOOP + 1)
    assert "this is nested too deeply" in told(loops)


def test_a_title_is_no_book() -> None:
    message = told("{{ 'x' * 900000 }}", "title.jinja")
    assert message == "template /own/zh_Hans/title.jinja, line 1: the title has more than 1000 characters"


def test_the_encoding_is_utf_8() -> None:
    source = "{% paragraph %}好{% endparagraph %}"
    assert composer(b"\xef\xbb\xbf" + source.encode()).compose(kepu_docs.load(RECORD)).blocks
    message = told(b"\n\n" + source.encode("gb18030"))
    assert "/own/zh_Hans/sections/training.jinja, line 3: this text is in GBK, not in UTF-8; save the file" in message
