"""Markdown as GitHub reads it, as far as the pages use it, so that they look the same in both places.

Headings have GitHub's anchors, blocks of code show the name of their file (``yaml file=record.yaml``), and links lead where
:mod:`links` says.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HANZI = "[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef“”‘’…—]"
_IN_A_PARAGRAPH = re.compile(rf"^(?! {{4}}|\||#).*{_HANZI}$")
_GOES_ON = re.compile(rf"^ {{0,3}}(?={_HANZI})")
_FENCE = re.compile(r"^(?P<start> *`{3,})(?P<language>[\w-]+) +(?P<more>[^`]+)$")


def slug(heading: str) -> str:
    """Return the anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


class LikeGitHub(Extension):
    """The extension; ``lead`` says of each link where it leads."""

    def __init__(self, lead: Callable[[str], str]) -> None:
        super().__init__()
        self.lead = lead

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Add what is done before and after blocks of code are found (25), before `toc` (5) and MkDocs's links (0)."""
        md.preprocessors.register(_Fences(md), "kepu_fences", 29)
        md.preprocessors.register(_Breaks(md), "kepu_breaks", 24)
        md.treeprocessors.register(_Anchors(md), "kepu_anchors", 6)
        md.treeprocessors.register(_Pipes(md), "kepu_pipes", 4)
        md.treeprocessors.register(_Links(md, self.lead), "kepu_links", 4)


class _Fences(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [_FENCE.sub(_titled, line) for line in lines]


class _Breaks(Preprocessor):
    """A line that breaks between hanzi goes on without the blank that browsers would show."""

    def run(self, lines: list[str]) -> list[str]:
        joined: list[str] = []
        for line in lines:
            if joined and _IN_A_PARAGRAPH.match(joined[-1]) and _GOES_ON.match(line):
                joined[-1] += line.lstrip()
            else:
                joined.append(line)
        return joined


def _titled(found: re.Match[str]) -> str:
    file = re.search(r"\bfile=(\S+)", found["more"])
    title = f' title="{file[1]}"' if file else ""
    return f"{found['start']}{found['language']}{title}"


class _Anchors(Treeprocessor):
    def run(self, root: Element) -> None:
        seen: dict[str, int] = {}
        for heading in root.iter():
            if heading.tag in _HEADINGS and "id" not in heading.attrib:
                anchor = slug("".join(heading.itertext()))
                count = seen.get(anchor, 0)
                seen[anchor] = count + 1
                heading.set("id", f"{anchor}-{count}" if count else anchor)


class _Pipes(Treeprocessor):
    """A stroke within code in a cell is written with a backslash before it, which Markdown for Python would show."""

    def run(self, root: Element) -> None:
        for row in root.iter("tr"):
            for code in row.iter("code"):
                code.text = AtomicString((code.text or "").replace("\\|", "|"))


class _Links(Treeprocessor):
    def __init__(self, md: Markdown, lead: Callable[[str], str]) -> None:
        super().__init__(md)
        self.lead = lead

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if "href" in link.attrib:
                link.set("href", self.lead(link.attrib["href"]))
