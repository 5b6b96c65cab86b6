"""Native numbering (word/numbering.xml): one outline for the headings, and one ``w:num`` for each list.

A list that shares its ``w:num`` with another continues the other's numbers, so each list has its own, with a
``w:startOverride``. Making the part for each document would cost more than the document; it is made with a supply of
``w:num`` and kept for all documents that number in the same ways and need no more.
"""

from dataclasses import dataclass
from typing import Final

from kepu_docs.plugin import Document, ListBlock, Look, NumberLevel, TextLook
from kepu_word.look.style_ids import Names
from kepu_word.look.styles import indent, run_properties
from kepu_word.package.parts import DECLARATION, W
from kepu_word.xml_text import quote

OUTLINE: Final = 1
BULLET: Final = 2
_FIRST_LIST: Final = 3
_SMALLEST_SUPPLY: Final = 8

# Word's formats for numbering headings and lists in hanzi as kepu_docs writes them: 十, 十一, 二十, 一百零五.
_FORMATS: Final = {"hanzi": "chineseCountingThousand", "arabic": "decimal", "ordinal": "ordinalText"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """The contents of a user's numbering part (:mod:`kepu_word.template.reference`) besides those of kepu-docs.

    ``definitions`` and ``instances`` are its elements; ids of kepu-docs begin after ``taken``. ``by_style`` says
    whether the styles of headings number them; ``headings`` has level and ``w:numId`` if these are the user's;
    ``linked`` says whether the styles use the outline of kepu-docs. If they do not, numbers take type and indents from
    their paragraph.
    """

    definitions: str = ""
    instances: str = ""
    taken: int = 0
    by_style: bool = True
    linked: bool = True
    headings: tuple[tuple[int, int], ...] = ()

    def of_heading(self, level: int) -> tuple[int, int]:
        """Return level and ``w:numId`` of headings of ``level``, both counted from 0."""
        return self.headings[level] if self.headings else (level, self.outline)

    @property
    def outline(self) -> int:
        """The ``w:numId`` of the outline of kepu-docs."""
        return self.taken + OUTLINE

    @property
    def bullet(self) -> int:
        """The ``w:numId`` of the bullets of kepu-docs."""
        return self.taken + BULLET


@dataclass(frozen=True, slots=True)
class Supply:
    """The ways in which a document's lists are numbered, and how many lists of each there may be.

    Ids up to ``taken`` belong to others.
    """

    levels: tuple[NumberLevel, ...]
    lists: int
    taken: int = 0

    def number_id(self, level: NumberLevel, earlier: int) -> int:
        """Return the ``w:numId`` of a list after ``earlier`` lists with the same numbering."""
        return self.taken + _FIRST_LIST + earlier * len(self.levels) + self.levels.index(level)

    @property
    def end(self) -> int:
        """The first free id."""
        return self.taken + _FIRST_LIST + self.lists * len(self.levels)


class Further:
    """What one document numbers beyond its supply: definitions and instances, collected while it is written.

    ``text`` is the type of lists, if kepu-docs decides it.
    """

    def __init__(self, lists: Supply, text: TextLook | None) -> None:
        self._levels = {level: lists.taken + _FIRST_LIST + place for place, level in enumerate(lists.levels)}
        self._next = lists.end
        self._first = lists.taken + OUTLINE
        self._text = text
        self.definitions: list[str] = []
        self.instances: list[str] = []

    def __contains__(self, identity: int) -> bool:
        """Return whether an id belongs to kepu-docs: in the supply, or further."""
        return self._first <= identity < self._next

    def next_id(self) -> int:
        """Return an id that no definition or instance has."""
        self._next += 1
        return self._next - 1

    def list_id(self, level: NumberLevel) -> int:
        """Return the ``w:numId`` of a further list with the numbering of ``level``."""
        definition = self._levels.get(level)
        if definition is None:
            definition = self._levels[level] = self.next_id()
            self.definitions.append(_abstract(definition, "singleLevel", _counted(0, level, self._text)))
        identity = self.next_id()
        self.instances.append(_num(identity, definition, restart=True))
        return identity


_OURS: Final = Numbers()


def supply(document: Document, taken: int = 0) -> Supply:
    """Return what the lists of ``document`` need, rounded up so that most documents need the same."""
    counts: dict[NumberLevel, int] = {}
    for block in document.blocks:
        if type(block) is ListBlock and block.level is not None:
            counts[block.level] = counts.get(block.level, 0) + 1
    most = max(counts.values(), default=0)
    return Supply(tuple(counts), max(_SMALLEST_SUPPLY, 1 << (most - 1).bit_length()) if most else 0, taken)


def numbering(
    look: Look,
    names: Names,
    outline: tuple[NumberLevel, ...],
    lists: Supply,
    numbers: Numbers = _OURS,
    further: Further | None = None,
) -> str:
    """Return the part's XML."""
    text, taken = look.text, numbers.taken
    headings = "".join(
        _counted(place, level, text.headings[place] if numbers.linked else None, names.headings[place])
        for place, level in enumerate(outline)
    )
    listed = text.list if numbers.linked else None
    bullet = _level(0, "bullet", look.list.bullet, "space", listed)
    abstracts = [_abstract(taken + OUTLINE, "multilevel", headings), _abstract(taken + BULLET, "singleLevel", bullet)]
    abstracts += (
        _abstract(taken + _FIRST_LIST + place, "singleLevel", _counted(0, level, listed))
        for place, level in enumerate(lists.levels)
    )
    nums = [_num(numbers.outline, taken + OUTLINE), _num(numbers.bullet, taken + BULLET)]
    nums += (
        _num(lists.number_id(level, earlier), taken + _FIRST_LIST + place, restart=True)
        for earlier in range(lists.lists)
        for place, level in enumerate(lists.levels)
    )
    if further is not None:
        abstracts += further.definitions
        nums += further.instances
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{W}">{numbers.definitions}{"".join(abstracts)}'
        f"{numbers.instances}{''.join(nums)}</w:numbering>"
    )


def _counted(place: int, level: NumberLevel, text: TextLook | None, style: str = "") -> str:
    # 1.1 below 一、 is in Arabic numerals throughout only if the level is "legal". The 1. of an entry would run into a
    # figure that follows it; that of a heading has no space, as in GB/T 9704.
    follow = "space" if not style and level.pattern.endswith(".") else "nothing"
    legal = level.numerals == "arabic" and level.pattern.count("%") > 1
    linked = f'<w:pStyle w:val="{style}"/>' if style and text else ""
    marks = linked + ("<w:isLgl/>" if legal else "")
    return _level(place, _FORMATS[level.numerals], level.pattern, follow, text, marks)


def _level(place: int, number_format: str, shown: str, follow: str, text: TextLook | None, marks: str = "") -> str:
    set_as = f"<w:pPr>{indent(text)}</w:pPr><w:rPr>{run_properties(text)}</w:rPr>" if text else ""
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{marks}'
        f'<w:suff w:val="{follow}"/><w:lvlText w:val="{quote(shown)}"/><w:lvlJc w:val="left"/>{set_as}</w:lvl>'
    )


def _abstract(identity: int, kind: str, levels: str) -> str:
    # Word treats lists with the same w:nsid as one list when text is copied between documents.
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:nsid w:val="{0x4B504400 + identity:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{0x4B505400 + identity:08X}"/>{levels}</w:abstractNum>'
    )


def _num(identity: int, abstract: int, *, restart: bool = False) -> str:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
