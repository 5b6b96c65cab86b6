"""Links between the pages of the documentation lead to an existing file and to an existing heading in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "plugins").rglob("*.md"))]
_FENCED = re.compile(r"^(```+)[^\n]*\n.*?^\1$", re.S | re.M)
_CODE = re.compile(r"`[^`\n]*`(\]\()?")
"""Code within a line, and the link that it may be the words of: found in order, so that no gap between two is taken for code."""
_LINK = re.compile(r"""(?:\]\(<?|<img [^>\n]*src=")([^)\s>"]+)""")
_HEADING = re.compile(r"^#{1,6} (.+?)#*$", re.M)
_ANCHOR = re.compile(r"""<a (?:id|name)=["']([^"']+)""")


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return _FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> Iterator[str]:
    """Yield what a link may name after ``#``: headings as the places that show such pages make them."""
    text = prose(page)
    yield from _ANCHOR.findall(text)
    seen: dict[str, int] = {}
    for heading in _HEADING.findall(text):
        shown = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        anchor = re.sub(r"[^\w\- ]", "", shown).replace(" ", "-")
        yield f"{anchor}-{seen[anchor]}" if anchor in seen else anchor
        seen[anchor] = seen.get(anchor, 0) + 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in _LINK.findall(_CODE.sub(r"\1", prose(page))):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        file = (page.parent / target).resolve() if target else page
        known = file.exists() and (not anchor or (file.suffix == ".md" and anchor in anchors(file)))
        if not known:
            lost.append(link)
    assert lost == []
