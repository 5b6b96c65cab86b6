"""A plugin whose sections do what their record says, for processes that may crash because of it."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from kepu_docs.plugin import Heading, Paragraph, Section, SectionKind, hookimpl


class Strange(Section):
    kind: Literal["strange"]
    deed: str = ""


class Text(str):
    """A text that no process takes from another."""


def compose(facts: Mapping[str, Any]) -> Iterable[Heading | Paragraph]:
    match facts["section"]["deed"]:
        case "spin":
            while True:
                pass
        case "eat":
            eaten = bytearray(1 << 40)
            return [Paragraph(str(len(eaten)))]
        case "raise":
            raise ZeroDivisionError("by zero")
        case "odd":
            return [Paragraph(Text("odd"))]
        case deed:
            return [Heading(1, "其他"), Paragraph(deed or "平常。")]


@hookimpl
def kepu_sections() -> list[SectionKind]:
    return [SectionKind(Strange, compose=compose)]


class Instance:
    """The same as an object."""

    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return kepu_sections()
