"""Which community a summary is about, and which time: found in its title, signature and text, or guessed."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.structure.elements import Text
from kepu_docs.reading.communities import named_community, plain_name
from kepu_docs.reading.times import has_placeholder, period_of

UNKNOWN: Final = "××社区"
"""What stands for the name of a community that no word names; a placeholder that a checker finds."""

_name = re.compile(r"[\u3400-\u9fff]{1,12}?(?:社区|社區)")
_subject = re.compile(
    "在|始终|积极|坚持|科普|认真|居委会|全面|以|按照|高度|把|将|共|充分|现有|位于|成立|开展|举办|組織|组织"
)
_ahead = re.compile(r"(?:^|[，。；：、！？,;:!?（(“”《》\s])$")


@dataclass(frozen=True, slots=True)
class Guess:
    """A value, the words that it came from with their place, and whether it is only a guess, and why."""

    value: str
    sentence: str
    place: Place
    why: Message | None = None


def community_of(title: Text | None, signed_by: Text | None, texts: Sequence[Text], place: Place) -> Guess:
    """Return the name of the community."""
    for source in (signed_by, title):
        if source is not None:
            found = named_community(source.text)
            if found:
                return Guess(found, source.text, source.place)
    counts: Counter[str] = Counter()
    first: dict[str, Text] = {}
    for text in texts:
        for match in _name.finditer(text.text):
            if _ahead.search(text.text[max(match.start() - 1, 0) : match.start()]) or match.start() == 0:
                name = plain_name(match[0])
                if name:
                    # What is named once is sure only where it is the subject of a sentence.
                    counts[name] += 1 + (_subject.match(text.text, match.end()) is not None)
                    first.setdefault(name, text)
    name, count = next(iter(counts.most_common(1)), ("", 0))
    if count > 1:
        why = Message(N_("the community's name was taken from the text; neither title nor signature states it"))
        return Guess(name, first[name].text[:80], first[name].place, why)
    why = Message(N_("no word names the community; give its name"))
    return Guess(UNKNOWN, "", place, why)


def period_found(
    title: Text | None,
    texts: Sequence[Text],
    signed_on: datetime.date | None,
    signed: Text | None,
    year: int | None,
    place: Place,
) -> Guess:
    """Return the time, as records write it: that of the title, else of the text, else of the signature or the page."""
    if title is not None:
        found = period_of(title.text)
        if found:
            return Guess(found[0], title.text, title.place)
    for text in texts[:2]:
        found = period_of(text.text[:60])
        if found:
            return Guess(found[0][:4], text.text[:60], text.place)
    placeholder = next(
        (text for text in ((title,) if title else ()) + tuple(texts) if has_placeholder(text.text)), None
    )
    note = N_("a placeholder stands for the year; {year} was guessed from {source}")
    if placeholder is None:
        note = N_("no year is stated at the begin; {year} was guessed from {source}")
    where = placeholder or title or (texts[0] if texts else None)
    sentence, at = (where.text[:60], where.place) if where else ("", place)
    if signed_on is not None:
        # Who signs in January or February tells of the year before.
        guessed = signed_on.year - (signed_on.month <= 2)
        source = Message(N_("the day of signing"))
        return Guess(
            str(guessed), signed.text if signed else "", signed.place if signed else at, _why(note, guessed, source)
        )
    for text in texts:
        found = period_of(text.text)
        if found:
            return Guess(
                found[0][:4], text.text[:60], text.place, _why(note, int(found[0][:4]), Message(N_("the text")))
            )
    if year is not None:
        return Guess(str(year), sentence, at, _why(note, year, Message(N_("the date of the web page"))))
    today = datetime.datetime.now(tz=datetime.UTC).year
    return Guess(str(today), sentence, at, _why(note, today, Message(N_("today's date, for want of any other"))))


def _why(text: str, year: int, source: Message) -> Message:
    return Message.of(text, year=year, source=source)
