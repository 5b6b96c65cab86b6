"""Random edits while the live page runs: ``python -m tests.preview.endurance 600`` makes them for ten minutes.

Saves, half-written saves, files renamed, deleted and swapped, templates broken and repaired, a workbook truncated.
Meanwhile a client requests the page with changing options. The page must answer each time, must not need more memory,
and must leave no process.
"""

import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

from tests.preview.asking import EXAMPLES, RECORD
from tests.preview.serving import Served, children_of, memory_of, served

MOST_GROWTH: Final = 50.0
"""MiB, from when all has been seen once."""
_WARM: Final = 60
"""Edits after which all has been seen once: each kind of edit and of choice, and as many papers as are kept."""
_LOOK: Final = 10
"""Edits from one look at the memory to the next."""
_FEW: Final = 3
"""Looks of which the median is taken, at either end."""


class Edits:
    """Edits of one folder, by chance; the same for the same seed but for the time that each takes."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.records = folder / "records"
        self.templates = folder / "templates"
        self.records.mkdir()
        (self.templates / "zh_Hans" / "sections").mkdir(parents=True)
        self.chance = random.Random(seed)
        self.counts: Counter[str] = Counter()
        for number in range(4):
            self._record(number).write_text(self._text(), encoding="utf-8")
        shutil.copy(EXAMPLES / "district.xlsx", self.records / "district.xlsx")

    def _record(self, number: int | None = None) -> Path:
        number = self.chance.randrange(4) if number is None else number
        return self.records / f"{number}.yaml"

    def _text(self) -> str:
        more = "".join(
            f"  - kind: narrative\n    heading: 其他工作\n    paragraphs: [{'一段文字。' * self.chance.randrange(1, 200)}]\n"
            for _ in range(self.chance.randrange(6))
        )
        return RECORD.replace("60", str(self.chance.randrange(10, 900))) + more

    def next(self) -> None:
        """Make one edit."""
        edits: list[Callable[[], None]] = [
            *[self.save] * 8, *[self.half_written] * 3, self.broken, self.renamed, self.deleted, self.atomic,
            self.workbook, self.template, self.broken_template, self.swapped, self.photo,
        ]  # fmt: skip
        edit = self.chance.choice(edits)
        self.counts[edit.__name__] += 1
        edit()

    def save(self) -> None:
        self._record().write_text(self._text(), encoding="utf-8")

    def half_written(self) -> None:
        data = self._text().encode()
        file, cut = self._record(), self.chance.randrange(len(data))
        with file.open("wb") as stream:
            stream.write(data[:cut])
            stream.flush()
            time.sleep(self.chance.random() * 0.05)
            stream.write(data[cut:])

    def broken(self) -> None:
        self._record().write_bytes(self.chance.randbytes(self.chance.randrange(400)))

    def renamed(self) -> None:
        file, other = self._record(), self.records / "renamed.yaml"
        if file.exists():
            file.rename(other)

    def deleted(self) -> None:
        self._record().unlink(missing_ok=True)

    def atomic(self) -> None:
        beside = self.records / ".beside.tmp"
        beside.write_text(self._text(), encoding="utf-8")
        beside.replace(self._record())

    def workbook(self) -> None:
        file = self.records / "district.xlsx"
        shutil.copy(EXAMPLES / "district.xlsx", file)
        if self.chance.random() < 0.5:
            file.write_bytes(file.read_bytes()[: self.chance.randrange(9000)])

    def template(self) -> None:
        words = "".join(self.chance.choices("我们社区的总结", k=4))
        (self.templates / "zh_Hans" / "title.jinja").write_text(words, encoding="utf-8")

    def broken_template(self) -> None:
        file = self.templates / "zh_Hans" / "title.jinja"
        file.write_text(self.chance.choice(("{% if %}", "{{ x }}", "", "{{", "\0")), encoding="utf-8")

    def swapped(self) -> None:
        gone = self.templates.parent / "gone"
        shutil.rmtree(gone, ignore_errors=True)
        self.templates.rename(gone)
        time.sleep(self.chance.random() * 0.05)
        shutil.copytree(gone, self.templates)

    def photo(self) -> None:
        photo = self.records / "photos" / "one.png"
        if photo.exists():
            shutil.rmtree(photo.parent)
            return
        photo.parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLES.parent / "images" / "gongwen-1.png", photo)
        text = RECORD.replace("    sessions:", "    photos: [{file: photos/one.png}]\n    sessions:")
        self._record().write_text(text, encoding="utf-8")


def total(server: Served) -> float:
    """Return the memory of the server and of its children, in MiB."""
    found = memory_of(server.process.pid)
    for child in children_of(server.process.pid):
        try:
            found += memory_of(child)
        except (OSError, AssertionError):  # it has ended meanwhile
            continue
    return found


def endure(seconds: float, seed: int = 1, say: Callable[[str], object] = lambda text: None) -> float:
    """Edit until all has been seen once, and then for so long; return by how many MiB the memory has grown meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        edits = Edits(Path(name), seed)
        with served(
            edits.records, "--templates", edits.templates, "--against", EXAMPLES / "district_2024.xlsx"
        ) as server:
            versions: Counter[str] = Counter()

            def listen() -> None:
                try:
                    for version in server.events():
                        versions[version] += 1
                except Exception as error:
                    versions[type(error).__name__] += 1

            listener = threading.Thread(target=listen, daemon=True)
            listener.start()
            chance = random.Random(seed)
            began = end = time.monotonic()
            grown: list[float] = []
            made = 0
            while made <= _WARM or time.monotonic() < end or len(grown) < 2 * _FEW:
                edits.next()
                made += 1
                time.sleep(chance.random() * 0.15)
                keys = _keys(server.text(_query(chance, "")))
                server.text(_query(chance, chance.choice(keys)) if keys else "")
                if made % _LOOK == 0:
                    memory = total(server)
                    say(f"{time.monotonic() - began:6.0f} s  {memory:7.1f} MiB  {made} edits, {len(versions)} versions")
                    if made == _WARM:
                        end = time.monotonic() + seconds
                    if made >= _WARM:
                        grown.append(memory)
            assert server.process.poll() is None
            assert len(versions) > 1
            say(f"edits: {dict(edits.counts)}")
        listener.join(10)
    return median(grown[-_FEW:]) - median(grown[:_FEW])


def _query(chance: random.Random, record: str) -> str:
    """Return a query with choices by chance."""
    choices = {
        "record": (record,),
        "ui": ("", "zh_Hans", "en"),
        "locale": ("", "zh_Hans", "en", "zh_Hant"),
        "wording": ("", "plain", "varied"),
        "beside": ("", "1"),
    }
    return "?" + "&".join(f"{name}={chance.choice(values)}" for name, values in choices.items())


def _keys(page: str) -> list[str]:
    return [part.split("&")[0].split('"')[0] for part in page.split("record=")[1:]]


if __name__ == "__main__":
    print(f"grown by {endure(float(sys.argv[1]), say=print):.1f} MiB")
