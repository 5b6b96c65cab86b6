"""Records keep their keys when they move within their file: the page continues to show the same record."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.pipeline import default_engine
from kepu_docs.preview.records import HeldRecord, HeldRecords, _keys, hold_records
from tests.preview.asking import RECORD, state_of

BETWEEN = "---\n"


def record_of(name: str) -> str:
    return RECORD.replace("试验", name)


def keys_of(file: Path, before: HeldRecords | None = None) -> tuple[HeldRecords, dict[str, str]]:
    """Return the records of a file, and their keys by the first line that tells them apart."""
    held = hold_records(default_engine(), (str(file),), before or HeldRecords(), (str(file),))
    return held, {str(each.record.content).partition("name: ")[2][:12]: each.key for each in held.all}


@pytest.mark.parametrize(
    "after",
    [
        ["新来", "甲", "乙", "丙"],
        ["丙", "甲", "乙"],
        ["# a line\n甲", "乙", "丙"],
        ["乙", "丙"],
        ["丙"],
    ],
)
def test_a_record_that_moves_keeps_its_key(after: list[str], tmp_path: Path) -> None:
    file = tmp_path / "records.yaml"
    file.write_text(BETWEEN.join(map(record_of, ["甲", "乙", "丙"])), encoding="utf-8")
    before, keys = keys_of(file)
    written = [
        ("# a line\n" if each.startswith("#") else "") + record_of(each.removeprefix("# a line\n")) for each in after
    ]
    file.write_text(BETWEEN.join(written), encoding="utf-8")
    held, found = keys_of(file, before)
    assert len({each.key for each in held.all}) == len(after)
    assert all(found[name] == key for name, key in keys.items() if name in found)


def test_a_community_that_moves_and_changes_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "records.yaml"
    file.write_text(BETWEEN.join(map(record_of, ["甲", "乙"])), encoding="utf-8")
    before, keys = keys_of(file)
    changed = [record_of("新来"), record_of("甲").replace("60", "61"), record_of("乙").replace("60", "62")]
    file.write_text(BETWEEN.join(changed), encoding="utf-8")
    _, found = keys_of(file, before)
    assert all(found[name] == key for name, key in keys.items())


@pytest.mark.parametrize("change", [lambda text: text.replace("乙", "丁"), lambda text: text.replace("60", "很多")])
def test_a_record_that_changes_where_it_stands_is_the_same(change: Callable[[str], str], tmp_path: Path) -> None:
    file = tmp_path / "records.yaml"
    file.write_text(BETWEEN.join(map(record_of, ["甲", "乙"])), encoding="utf-8")
    before, _ = keys_of(file)
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    after, _ = keys_of(file, before)
    assert [each.key for each in after.all] == [each.key for each in before.all]


def test_the_record_that_is_shown_first_stays_when_another_comes_before_it(tmp_path: Path) -> None:
    file = tmp_path / "records.yaml"
    file.write_text(record_of("甲"), encoding="utf-8")
    state = state_of(file)
    shown = state.view({})
    assert shown.choices.record == shown.key
    file.write_text(record_of("乙") + BETWEEN + record_of("甲"), encoding="utf-8")
    state.refresh([str(file)])
    assert state.view({"record": shown.key}).name == "甲社区"
    assert len(state.view({}).records) == 2


@pytest.mark.parametrize(("number", "more"), [(2, False), (3, False), (4, True)])
def test_more_than_are_listed_are_more(
    number: int, *, more: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kepu_docs.preview.records.MOST_RECORDS", 3)
    for each in range(number):
        (tmp_path / f"{each}.yaml").write_text(RECORD, encoding="utf-8")
    held = hold_records(default_engine(), (str(tmp_path),), HeldRecords())
    assert (len(held.all), held.more) == (min(number, 3), more)


@given(st.lists(st.integers(0, 3)), st.lists(st.integers(0, 3)))
def test_each_record_has_a_key_of_its_own(first: list[int], second: list[int]) -> None:
    def held(contents: list[int]) -> list[HeldRecord]:
        records = [
            SourceRecord("x", {"community": {"name": f"{each}"}}, place=str(i)) for i, each in enumerate(contents)
        ]
        return [HeldRecord("", "x", each, str(each.content), str(each.content)) for each in records]

    def keyed(contents: list[int], before: list[HeldRecord]) -> list[HeldRecord]:
        keys = _keys(default_engine(), held(contents), before)
        assert len(set(keys)) == len(keys) == len(contents)
        return [
            HeldRecord(key, each.file, each.record, each.digest, each.content)
            for key, each in zip(keys, held(contents), strict=True)
        ]

    before = keyed(first, [])
    after = keyed(second, before)
    # Of each content as many stay what they were as there were of it.
    for content in {each.content for each in after}:
        was = {each.key for each in before if each.content == content}
        now = {each.key for each in after if each.content == content}
        assert len(was & now) == min(len(was), len(now))
