"""Installed catalogues that are stored: read as at first, and only those in which nothing is wrong."""

from pathlib import Path

import pytest

from kepu_docs.composing.snapshots import read_folder
from kepu_docs.errors import TemplateError
from kepu_docs.locale import catalogs
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.catalogs import read_catalog_file
from kepu_docs.locale.po_files import PoFile, read_po_file
from kepu_docs.output.cache_files import VARIABLE

TEXT = (
    'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=n == 1 ? 0 : n < 5 ? 1 : 2;\\n"\n\n'
    'msgctxt "unit"\nmsgid "hour"\nmsgid_plural "hours"\nmsgstr[0] "h"\nmsgstr[1] "hs"\nmsgstr[2] "hss"\n\n'
    '#, fuzzy\nmsgid "left"\nmsgstr "out"\n\nmsgid "several\\nlines"\nmsgstr "“多行”"\n'
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    file = tmp_path / "zh" / "messages.po"
    file.parent.mkdir()
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return the contents that are parsed, in order."""
    contents: list[bytes] = []

    def read(content: bytes) -> PoFile:
        contents.append(content)
        return read_po_file(content)

    monkeypatch.setattr(catalogs, "read_po_file", read)
    return contents


def test_a_catalogue_is_parsed_once(file: Path, parsed: list[bytes]) -> None:
    first, second = read_catalog_file(file), read_catalog_file(file)
    assert len(parsed) == 1
    assert (first.entries, first.count, first.formula) == (second.entries, second.count, second.formula)
    assert [second.rule(number) for number in (1, 2, 5)] == [0, 1, 2]
    shown = Catalog.of([second])
    assert [shown.plural("unit", "hour", number) for number in (1, 4, 9)] == ["h", "hs", "hss"]
    assert (shown.label("", "left"), shown.label("", "several\nlines")) == ("left", "“多行”")


def test_a_catalogue_that_changed_is_parsed_again(file: Path, parsed: list[bytes]) -> None:
    read_catalog_file(file)
    file.write_text(TEXT.replace("hss", "many"), encoding="utf-8")
    assert Catalog.of([read_catalog_file(file)]).plural("unit", "hour", 9) == "many"
    assert len(parsed) == 2


def test_what_is_stored_may_be_damaged(file: Path, parsed: list[bytes], tmp_path: Path) -> None:
    expected = read_catalog_file(file).entries
    (stored,) = (tmp_path / "cache").glob("catalogs-*/*")
    stored.write_bytes(stored.read_bytes()[:-1] + b"?")
    assert read_catalog_file(file).entries == expected
    assert len(parsed) == 2


@pytest.mark.parametrize("wrong", ['msgid "one"\n', 'msgctxt "pattern"\nmsgid "comma"\nmsgstr "\x00"\n'])
def test_a_wrong_catalogue_is_not_stored(file: Path, tmp_path: Path, wrong: str) -> None:
    file.write_text(wrong, encoding="utf-8")
    for _ in range(2):
        with pytest.raises(TemplateError):
            read_catalog_file(file)
    assert not list(tmp_path.glob("cache/*/*"))


def test_a_users_own_catalogues_are_not_stored(file: Path, parsed: list[bytes], tmp_path: Path) -> None:
    own = read_folder(file.parent.parent).joinpath("zh", "messages.po")
    assert read_catalog_file(own).entries == read_catalog_file(own).entries
    assert len(parsed) == 2
    assert not list(tmp_path.glob("cache/*/*"))
