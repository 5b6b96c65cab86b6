"""The community that a summary is about: from its signature, its title, or the subject of a sentence, or guessed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.structure.elements import Text
from kepu_docs.reading.communities import named_community, plain_name
from kepu_docs.reading.simplifying import simplified

UNKNOWN: Final = "××社区"
"""Replaces the name of a community that is nowhere named; checkers find this placeholder."""

_HANZI: Final = "[\u3400-\u9fff]"
_name = re.compile(rf"{_HANZI}{{1,12}}?社区")
_ahead = re.compile(r"(?:^|[，。；：、！？,;:!?（(“”《》\s])$")
_YEAR: Final = "(?:(?:(?:19|20)[0-9]{2}|民国[0-9]{2,3}|1[0-9]{2})(?:年度?)?)"
_OFFICES: Final = "街道|镇|乡"
_titled = re.compile(
    rf"^(?:关于)?{_YEAR}?(?P<name>{_HANZI}{{2,14}}?(?:{_OFFICES}|村|科协|科学技术协会|小学|中学|学校|公所|管委会))"
    rf"(?:居委会|村委会|办事处|人民政府|公所)?(?=[（(]?{_YEAR}|[“]?科普|科学|科技|全年|年度|上半年|下半年|工作)"
)
"""A title of a body other than a community, with a year before or after its name."""
_ACTS: Final = (
    "在|始终|积极|坚持|坚决|科普工作|认真|居委会|居民委员会|党委|党总支|党支部|党工委|办事处|政府|全面|以|按照|根据|高度|把|将|共|充分|现有|位于"
    "|地处|成立|开展|举办|组织|紧紧|紧扣|紧密|围绕|深入|不断|通过|结合|有|下辖|辖区|采取|依托|立足|严格|扎实|大力|切实|努力|进一步|着力|从|，|(?:19|20)[0-9xX*＊×]{2}年|今年|本年"
)
_subject = re.compile(
    rf"(?:{_YEAR}(?:以来|来|上半年|下半年)?[，,]?|[今本]年(?:以来|来)?[，,]?|[一近半几]?[一两三半]?年来[，,]?|目前[，,]?)?"
    rf"(?P<name>{_HANZI}{{1,12}}?(?:社区|{_OFFICES}|村))(?={_ACTS})"
)
_sentence = re.compile("(?:^|[。！？；，!?;,])[ \u3000]*")
_of_many = re.compile("各社区|各村|[0-9一二三四五六七八九十]个(?:社区|村)|下辖|[我全](?:街道|镇|乡|区|县|市)(?!社)")
"""Words that only offices above communities use."""
_no_body = re.compile(
    "^(?:乡镇|街道|社区|村镇|城区|县区|全国|中心|年度)|[和与及、的在]|开展|做好|加强|关于|推进|工作|活动"
)
_NOBODY: Final = "我本全各该某每这我们"
_OPENING: Final = 3
"""The number of opening paragraphs in which the writer of the summary is named."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A value, the words that it came from with their place, and the reason if it is only a guess."""

    value: str
    sentence: str
    place: Place
    why: Message | None = None


def community_of(title: Text | None, signed_by: Text | None, texts: Sequence[Text], place: Place) -> Guess:
    """Return the name of the community."""
    for source in (signed_by, title):
        if source is not None:
            found = named_community(source.text) or _named_in_title(source.text)
            if found:
                return Guess(found, source.text, source.place)
    opening = [(name, text) for text in texts[:_OPENING] for name in _subjects(text.text)]
    if opening:
        name, text = opening[0]
        # A subject that occurs once, further down, need not be a name: 之后社区.
        counts = Counter(each for text in texts for each in _subjects(text.text))
        rivals = {each for each, other in opening if other is text} | {
            each for each, count in counts.items() if count > 1
        }
        if not any(each != name and each[-1] == name[-1] for each in rivals):
            return Guess(name, text.text[:80], text.place)
    return _guessed(texts, place)


def _guessed(texts: Sequence[Text], place: Place) -> Guess:
    """Return the only community that a text names several times, as a guess."""
    counts: Counter[str] = Counter()
    first: dict[str, Text] = {}
    for text in texts:
        plain = simplified(text.text)
        for match in _name.finditer(plain):
            if match.start() == 0 or _ahead.search(plain[match.start() - 1 : match.start()]):
                name = plain_name(text.text[match.start() : match.end()])
                if name:
                    counts[name] += 1
                    first.setdefault(name, text)
    is_of_many = any(_of_many.search(simplified(text.text)) for text in texts)
    if len(counts) == 1 and not is_of_many:
        ((name, count),) = counts.items()
        if count > 1:
            why = Message(
                N_("the community's name was taken from the text; it is neither in the title nor in the signature")
            )
            return Guess(name, first[name].text[:80], first[name].place, why)
    why = Message(N_("the text does not name the community; give its name"))
    return Guess(UNKNOWN, "", place, why)


def _named_in_title(title: str) -> str:
    """Return the body, other than a community, that a title begins with, or nothing."""
    found = _titled.match(simplified(title))
    name = title[slice(*found.span("name"))] if found else ""
    return name if name and name[0] not in _NOBODY and not _no_body.search(name) else ""


def _subjects(text: str) -> Iterator[str]:
    """Yield the communities, villages and offices that are the subjects of clauses."""
    plain = simplified(text)
    for begin in _sentence.finditer(plain):
        found = _subject.match(plain, begin.end())
        name = _plain(text[slice(*found.span("name"))]) if found else ""
        if name:
            yield name


def _plain(name: str) -> str:
    """Return a name, or nothing if it is not a name: 我街道, 各村, 为实现社区."""
    is_name = plain_name(name) == name and name[0] not in _NOBODY and set(name).isdisjoint("和与及、等")
    return name if is_name else ""
