"""A source that meets the contract, and one broken in each way: the test for it reports it."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from tests.testing.breaking import broken

from kepu_docs.contract.sources import RecordForm, Source, SourceRecord
from kepu_docs.errors import Fault, Place, SourceError
from kepu_docs.plugin import hookimpl, opened
from kepu_docs.testing import SourceContract, SourceSample


def records_of(location: str) -> Iterator[SourceRecord]:
    """Yield a record for each line: name, tabulator, year; a line of ``END`` must end the file."""
    with opened(location) as file:
        ended = False
        for number, line in enumerate(file, 1):
            if ended:
                raise SourceError.at(Place(location, number), "nothing may follow the end")
            text = line.decode("utf-8", "replace").strip()
            ended = text == "END"
            if not text or ended:
                continue
            name, mark, year = text.partition("\t")
            faults = () if mark else (Fault(Place(location, number), "expected a tabulator"),)
            content = {"community": {"name": name}, "period": year}
            yield SourceRecord(location, content, place=f"line {number}", faults=faults)


Read = Callable[[str], Iterable[SourceRecord]]


@dataclass
class Roll:
    read: Read = records_of
    suffixes: tuple[str, ...] = (".roll",)
    schemes: tuple[str, ...] = ()

    def records(self, location: str, form: RecordForm) -> Any:
        return self.read(location)


def data(name: str, year: int = 2025) -> dict[str, Any]:
    return {"community": {"name": name}, "period": year}


def contract(source: Source, **changed: Any) -> SourceContract:
    class Plugin:
        @hookimpl
        def kepu_sources(self) -> list[Source]:
            return [source]

    attributes = {
        "key": ".roll",
        "plugins": [Plugin()],
        "samples": [
            SourceSample(
                "试验社区\t2025\n\n示例社区\t2024\n?\n".encode(), [data("试验社区"), data("示例社区", 2024), None]
            )
        ],
        "broken": [b"END\nmore\t2025\n", "试验社区".encode()],
        "examples": 20,
        "many": lambda self, count: "试验社区\t2025\n".encode() * count,
        **changed,
    }
    made: type[SourceContract] = type("TestRoll", (SourceContract,), attributes)
    return made()


@pytest.mark.deep
def test_a_sound_source_keeps_it() -> None:
    assert broken(contract(Roll())) == {}


def address_of(folder: Path) -> str:
    with sqlite3.connect(folder / "a.db") as database:
        database.execute("CREATE TABLE communities (name TEXT, period TEXT)")
        database.execute("INSERT INTO communities VALUES ('试验社区', '2025')")
    database.close()
    return f"rolls://{folder / 'a.db'}"


def of_an_address(location: str) -> Iterator[SourceRecord]:
    """Yield a record for each row."""
    path = location.removeprefix("rolls://")
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            for at, (name, period) in enumerate(database.execute("SELECT * FROM communities"), 1):
                yield SourceRecord(
                    location,
                    {"community": {"name": name}, "period": period},
                    place=f"row {at}",
                    find=lambda path, at=at: Place(location, cell=f"row {at}"),  # type: ignore[misc]
                )
        finally:
            database.close()
    except sqlite3.Error as error:
        raise SourceError.at(Place(location), "the database cannot be read: {reason}", reason=str(error)) from None


ADDRESSES: Final[dict[str, Any]] = {
    "key": "rolls://",
    "samples": [SourceSample(address_of, [data("试验社区")])],
    "broken": [lambda folder: f"rolls://{folder}/nothing.db"],
    "many": lambda self, count: None,
}


@pytest.mark.deep
def test_a_sound_source_of_addresses_keeps_it() -> None:
    made = contract(Roll(of_an_address, (), ("rolls",)), **ADDRESSES)
    for name in ("test_reading_is_lazy", "test_any_bytes_are_read_or_refused"):
        with pytest.raises(pytest.skip.Exception):
            getattr(made, name)()
    checks = [name for name in dir(SourceContract) if name.startswith("test_")]
    rest = [name for name in checks if name not in ("test_reading_is_lazy", "test_any_bytes_are_read_or_refused")]
    assert broken(made, rest) == {}


COUNTER: Final = count()
OPEN: Final[list[Any]] = []


def changed(**fields: Any) -> Read:
    return lambda location: (replace(record, **fields) for record in records_of(location))


def at_once(location: str) -> Iterator[SourceRecord]:
    yield from list(records_of(location))


def quadratic(location: str) -> Iterator[SourceRecord]:
    """Look through all that came before, for each."""
    before: list[str] = []
    for record in records_of(location):
        before.append(record.place)
        for _ in before:
            pass
        yield record


def careless(location: str) -> Iterator[SourceRecord]:
    """Know nothing of lines that are other than they should be."""
    with opened(location) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                name, year = line.decode().split("\t")
                yield SourceRecord(location, {"community": {"name": name}, "period": int(year)}, place=f"line {number}")


def placeless(location: str) -> Iterator[SourceRecord]:
    try:
        yield from records_of(location)
    except SourceError:
        raise SourceError.at(Place(), "something is wrong") from None


def left_open(location: str) -> Iterator[SourceRecord]:
    OPEN.append(open(location, "rb"))  # noqa: SIM115
    yield from records_of(location)


def forgotten(location: str) -> Iterator[SourceRecord]:
    file = open(location, "rb")  # noqa: SIM115
    file.read()
    del file
    yield from records_of(location)


def failing_find(location: str) -> Iterator[SourceRecord]:
    def find(path: tuple[str | int, ...]) -> Place:
        raise KeyError(path[-1])

    for record in records_of(location):
        yield replace(record, find=find)


def backwards(location: str) -> Iterator[SourceRecord]:
    for at, record in enumerate(records_of(location)):
        yield replace(record, read=1 / (at + 1))


def differing(location: str) -> Iterator[SourceRecord]:
    for record in records_of(location):
        yield replace(record, folder=f"/{next(COUNTER)}")


BROKEN: Final[dict[str, tuple[Source, dict[str, str]]]] = {
    "names that are none": (
        Roll(suffixes=("roll", ".Roll", ".roll"), schemes=("rolls://",)),
        {
            "what_it_reads": r"suffixes has 'roll'; expected one such as '\.xlsx'\n  - suffixes has '\.Roll'.*\n"
            r"  - schemes has 'rolls://'; expected one such as 'postgresql'"
        },
    ),
    "a record too few": (
        Roll(lambda location: list(records_of(location))[1:]),
        {"the_samples_give_their_records": r"samples\[0\] gives 2 records \(“line 3”, “line 4”\); expected 3"},
    ),
    "other records": (
        Roll(changed(content=data("示例社区", 2024))),
        {
            "the_samples_give_their_records": r"record “line 1” is .*示例社区.*; expected .*试验社区",
        },
    ),
    "what must be refused": (
        Roll(changed(content=data("示例社区"), faults=())),
        {
            "the_samples_give_their_records": "record “line 4” is taken; expected that it is refused",
            "what_is_broken_is_refused": r"broken\[1\] is read, and gives 1 sound records; expected an error",
        },
    ),
    "what must be taken": (
        Roll(changed(faults=(Fault(Place(), "no"),))),
        {
            "the_samples_give_their_records": "record “line 1” is refused: ",
            "each_record_has_its_place": "the fault “no” has no place",
        },
    ),
    "one place": (
        Roll(changed(place="")),
        {"each_record_has_its_place": r"records\[1\] has the place of records\[0\].*\n.*has no place; expected where"},
    ),
    "no name": (Roll(changed(name="")), {"each_record_has_its_place": r"records\[0\] has no name"}),
    "what is no data": (
        Roll(changed(content={"community": {"name": Path("a")}, "opening": (each for each in "ab")})),
        {
            "each_record_has_its_place": r"has PosixPath\('a'\) at \('community', 'name'\)(?s:.*)"
            "cannot be sent to another process"
        },
    ),
    "a folder that is none": (Roll(changed(folder="here")), {"each_record_has_its_place": "has the folder 'here'"}),
    "a share that is none": (Roll(changed(read=50)), {"each_record_has_its_place": "has read 50 of the source"}),
    "a share that shrinks": (
        Roll(backwards),
        {"each_record_has_its_place": "has read 0.5, and the record before it 1"},
    ),
    "a line that is none": (Roll(changed(line=0)), {"each_record_has_its_place": "begins on line 0"}),
    "no place of a value": (
        Roll(failing_find),
        {"each_record_has_its_place": r"asked for the place of \('community', 'name'\), it raised KeyError\('name'\)"},
    ),
    "exceptions": (
        Roll(careless),
        {
            "what_is_broken_is_refused": r"broken\[0\]: it raised ValueError\(.*\) \(test_source_contract\.py:\d+\)",
            "any_bytes_are_read_or_refused": r"b'.*': it raised (Value|UnicodeDecode)Error",
        },
    ),
    "errors without a place": (
        Roll(placeless),
        {"what_is_broken_is_refused": "the SourceError “something is wrong” has no place"},
    ),
    "what differs": (Roll(differing), {"the_same_location_gives_the_same_records": "the records differ"}),
    "files that stay open": (
        Roll(left_open),
        {"what_is_opened_is_closed": r"when all is read, this is still open: .*样本"},
    ),
    "files that are forgotten": (
        Roll(forgotten),
        {"what_is_opened_is_closed": "something is closed by chance alone: unclosed file"},
    ),
    "what cannot be given up": (
        Roll(lambda location: map(replace, records_of(location))),
        {"what_is_opened_is_closed": "it cannot be closed: what records returns has no method close"},
    ),
    "all at once": (
        Roll(at_once),
        {"reading_is_lazy": r"\d+% of the work that more records make is done before the first"},
    ),
    "time that grows faster": (Roll(quadratic), {"reading_is_lazy": "the last doubling costs [34]"}),
}


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    for file in OPEN:
        file.close()
    OPEN.clear()


@pytest.mark.some(3)
@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_reported(case: str) -> None:
    source, expected = BROKEN[case]
    found = broken(contract(source), [f"test_{name}" for name in expected])
    for name, told in expected.items():
        assert re.search(told, found.get(name, "")), found


def hoarding(location: str) -> Iterator[SourceRecord]:
    """Keep something large of each record until the end."""
    kept = []
    for record in records_of(location):
        kept.append(bytes(20_000))
        yield record
    kept.clear()


def test_what_is_held_is_reported() -> None:
    found = broken(contract(Roll(hoarding)), ["test_reading_is_lazy"])
    assert re.search(r"40 records take \d+ bytes at the most, 160 take \d+", found["reading_is_lazy"])


def test_a_source_that_nobody_has_is_reported() -> None:
    class TestNothing(SourceContract):
        key = ".nothing"

    with pytest.raises(pytest.fail.Exception, match=r"no plugin reads “\.nothing”"):
        TestNothing().test_what_it_reads()


def test_a_sample_is_asked_for() -> None:
    found = broken(contract(Roll(), samples=()), ["test_the_samples_give_their_records"])
    assert "give a sample in the attribute samples" in found["the_samples_give_their_records"]
