"""An override that meets the contract, and one broken in each way: the test for it reports it."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any, Final

import pytest
from tests.depth import examples
from tests.testing.breaking import broken

from kepu_docs.blocks import Heading, Paragraph, Table
from kepu_docs.contract.renderers import Override, SectionPart
from kepu_docs.plugin import hookimpl
from kepu_docs.testing import OverrideContract

NOTE: Final = "以上由试验区科协汇总。"
SECTION: Final = {
    "kind": "training",
    "sessions": [{"topic": f"主题{number}", "held_on": "2025-04-12", "attendance": 30} for number in range(6)],
}


def in_markdown(part: SectionPart) -> str:
    return f"{part.render_default()}\n\n{NOTE}"


def in_word(part: SectionPart) -> list[Any]:
    note = part.new_document()
    note.add_paragraph(NOTE)
    return [part.render_default(), note]


def contract(
    render: Callable[[SectionPart], Any], kind: str = "training", format_name: str = "md", **changed: Any
) -> OverrideContract:
    class Plugin:
        @hookimpl
        def kepu_overrides(self) -> list[Override]:
            return [Override(kind, format_name, render)]

    attributes = {
        "kind": kind,
        "format": format_name,
        "plugins": [Plugin()],
        "sections": [SECTION],
        "adds": [NOTE],
        "examples": 20,
        **changed,
    }
    made: type[OverrideContract] = type("TestNoted", (OverrideContract,), attributes)
    return made()


@pytest.mark.some(3)
@pytest.mark.parametrize("format_name", ["html", "md", "txt"])
def test_a_sound_override_keeps_it(format_name: str) -> None:
    assert broken(contract(in_markdown, format_name=format_name, wrapped=format_name == "txt")) == {}


@pytest.mark.deep
def test_a_sound_override_in_word_keeps_it() -> None:
    assert broken(contract(in_word, format_name="docx", examples=examples(100))) == {}


def without_tables(part: SectionPart) -> str:
    return part.render_default(block for block in part.blocks if not isinstance(block, Table))


def without_headings(part: SectionPart) -> str:
    return part.render_default(block for block in part.blocks if not isinstance(block, Heading))


@pytest.mark.parametrize(
    ("render", "kind", "format_name"),
    [
        (without_tables, Table, "md"),
        pytest.param(without_headings, Heading, "docx", marks=pytest.mark.deep),
    ],
)
def test_blocks_that_are_left_out(render: Callable[[SectionPart], Any], kind: type, format_name: str) -> None:
    assert broken(contract(render, format_name=format_name, adds=(), left_out=(kind,))) == {}


COUNTER: Final = count()
KEPT: Final[list[str]] = []


def keeping(part: SectionPart) -> str:
    """Show also what was there before."""
    KEPT.append(str(len(part.blocks)))
    return f"{part.render_default()}\n\n{''.join(KEPT)}"


def slow(part: SectionPart) -> str:
    """Look at each block once for each other one."""
    for _ in part.blocks:
        for _ in part.blocks:
            pass
    return in_markdown(part)


def in_prose(part: SectionPart) -> str:
    """Know nothing but a heading and paragraphs."""
    heading, *rest = part.blocks
    assert isinstance(heading, Heading)
    return "\n\n".join([f"## {heading.number}{heading.text}", *(block.text for block in rest)])  # type: ignore[union-attr]


def careless(part: SectionPart) -> str:
    """Write paragraphs as they stand."""
    made = [
        f"<p>{block.text}</p>" if isinstance(block, Paragraph) else part.render_default([block])
        for block in part.blocks
    ]
    return re.sub("</?[a-z]+>", "", "\n\n".join(made))


BROKEN: Final[dict[str, tuple[Callable[[SectionPart], Any], dict[str, str]]]] = {
    "nothing returned": (
        lambda part: None,
        {"the_examples_are_shown": r"sections\[0\]: the override of “training” in the format “md” .*returned None"},
    ),
    "nothing added": (
        lambda part: part.render_default(),
        {"the_examples_are_shown": f"sections\\[0\\]: “{NOTE}” is not added"},
    ),
    "blocks that are lost": (
        without_tables,
        {
            "the_examples_are_shown": r"\(Table\): “.*” is not shown after “.*”; a reader sees: '",
            "every_block_is_shown": r"a section of a heading and Table\(.*is not shown",
        },
    ),
    "blocks that are not known": (
        in_prose,
        {"every_block_is_shown": r"AttributeError.*it raised AttributeError\(.*\(test_override_contract\.py:\d+\)"},
    ),
    "blocks in another order": (
        lambda part: part.render_default(part.blocks[::-1]),
        {"any_section_is_accepted": r"the document: blocks\[.*is not shown.*; a reader sees: '"},
    ),
    "texts that vanish": (careless, {"every_block_is_shown": r"“<script>alert.*is not shown"}),
    "what differs": (
        lambda part: f"{part.render_default()}\n\n{next(COUNTER)}",
        {"the_same_section_gives_the_same_bytes": "the bytes differ"},
    ),
    "what is kept": (keeping, {"the_same_section_gives_the_same_bytes": "the bytes differ"}),
    "time that grows faster": (slow, {"time_grows_linearly": "paragraphs: the last doubling costs [34]"}),
    "what the format refuses": (
        lambda part: f"{part.render_default()}\n\n```\n{NOTE}",
        {"any_section_is_accepted": "the document: the override of “training” in the format “md”"},
    ),
}


SLOW: Final = {"what differs", "what is kept", "what the format refuses"}
"""To find the smallest document of those whose bytes differ takes half a minute."""


@pytest.mark.some(2)
@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.deep) if case in SLOW else case for case in BROKEN]
)
def test_what_is_broken_is_reported(case: str) -> None:
    render, expected = BROKEN[case]
    found = broken(contract(render), [f"test_{name}" for name in expected])
    for name, told in expected.items():
        assert re.search(told, found.get(name, ""), re.S), found


def test_a_kind_that_is_not_there_is_reported() -> None:
    found = broken(contract(in_markdown, kind="nothing"), ["test_kind_and_format_are_there"])
    assert "there is no section kind “nothing”; there are: " in found["kind_and_format_are_there"]


def test_a_format_that_is_not_there_is_reported() -> None:
    found = broken(contract(in_markdown, format_name="nothing"), ["test_kind_and_format_are_there"])
    assert "there is no format “nothing”; there are: " in found["kind_and_format_are_there"]


def test_an_override_that_nobody_has_is_reported() -> None:
    class TestNothing(OverrideContract):
        kind = "training"
        format = "md"

    with pytest.raises(pytest.fail.Exception, match="no plugin overrides “training” in the format “md”"):
        TestNothing().test_time_grows_linearly()


def test_an_example_is_asked_for() -> None:
    found = broken(contract(in_markdown, sections=()), ["test_the_examples_are_shown"])
    assert "give an example in the attribute sections" in found["the_examples_are_shown"]
