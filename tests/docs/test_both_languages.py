"""Pages in both languages have the same headings, examples, tables and pictures; only their words differ."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
CHINESE = DOCS / "zh"
PAGES = [page.relative_to(CHINESE) for page in sorted(CHINESE.rglob("*.md"))]
ONLY_ENGLISH = {
    "how-a-document-is-made.md": "for those who change kepu-docs",
    "scale.md": "for those who run it on many machines",
    "security.md": "for those who examine it",
    "word-checklist.md": "for those who examine it",
}
"""Pages without a Chinese one, by their place in ``docs/``; of ``plugins/`` only the tutorial is in Chinese."""

_FENCE = re.compile(r"^(?P<ticks>```+)(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=ticks) *$", re.S | re.M)
_HEADING = re.compile(r"^(#{1,6}) ", re.M)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")
_ROW = re.compile(r"^\|", re.M)
_INDENTED = re.compile(r"(?:(?<=\n\n)|(?<=\A))(?:    [^\n]*\n(?:\n(?=    ))?)+")
_COMMENT = re.compile(r"(?:^|(?<=\s))#(?! yaml-language-server).*$", re.M)
_OF_A_LANGUAGE = re.compile(r" --(?:ui-)?locale zh_Hans\b")


def prose(text: str) -> str:
    """Return a page without its fenced examples."""
    return _FENCE.sub("", text)


def examples(text: str) -> Iterator[tuple[str, str]]:
    """Yield the fenced examples: how each is marked, and what of it is the same in all languages."""
    for fence in _FENCE.finditer(text):
        info, body = fence["info"].strip(), fence["body"]
        if info == "console":
            commands = re.findall(r"^\$ (.*)$", body, re.M)
            yield info, "\n".join(_OF_A_LANGUAGE.sub("", command) for command in commands)
        elif info.split(" ")[0] in {"", "text"}:
            yield info, ""
        else:
            lines = (line.rstrip() for line in _COMMENT.sub("", body).splitlines())
            yield info, "\n".join(line for line in lines if line)


def commands(text: str) -> list[list[str]]:
    """Return what the indented examples name of the command line: programs, commands and options, an example each."""
    return [
        re.findall(r"(?<!\S)(?:kepu-docs [a-z]+|pip install|--?[a-z][a-z-]*)", _OF_A_LANGUAGE.sub("", block))
        for block in _INDENTED.findall(prose(text))
    ]


def pictures(text: str) -> list[str]:
    """Return the files of a page's pictures; one that shows Chinese words is ``…-zh.png``."""
    return [re.sub(r"-zh(?=\.\w+$)", "", Path(link).name) for link in _PICTURE.findall(prose(text))]


def rows(text: str) -> int:
    """Return how many rows the tables of a page have."""
    return len(_ROW.findall(prose(text)))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_both_pages_are_alike(page: Path) -> None:
    english, chinese = ((folder / page).read_text(encoding="utf-8") for folder in (DOCS, CHINESE))
    assert _HEADING.findall(prose(chinese)) == _HEADING.findall(prose(english)), "headings"
    assert list(examples(chinese)) == list(examples(english)), "examples"
    assert commands(chinese) == commands(english), "commands"
    assert rows(chinese) == rows(english), "rows of tables"
    assert pictures(chinese) == pictures(english), "pictures"


def test_every_page_is_there_in_chinese() -> None:
    english = {page.relative_to(DOCS) for page in DOCS.glob("*.md")} | {Path("plugins/README.md")}
    assert {str(page) for page in english - set(PAGES)} == set(ONLY_ENGLISH)
