"""The cache: what was stored is read again, and nothing that somebody else could have written."""

import os
from pathlib import Path

import pytest

from kepu_docs.output.cache_files import VARIABLE, Shelf


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


def stored(root: Path) -> Path:
    """Store something, and return its file."""
    Shelf("templates").store("one", b"code")
    return root / "templates" / "one"


def test_what_was_stored_is_read(root: Path) -> None:
    shelf = Shelf("templates")
    assert shelf.read("one") is None
    shelf.store("one", b"code")
    assert shelf.read("one") == Shelf("templates").read("one") == b"code"
    assert shelf.read("two") is None
    assert root.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"short", bytes(32) + b"other code"])
def test_what_is_damaged_is_passed_over(root: Path, damage: bytes) -> None:
    stored(root).write_bytes(damage)
    assert Shelf("templates").read("one") is None


@pytest.mark.parametrize("place", ["", "templates", "templates/one"])
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_what_others_can_write_to_is_passed_over(root: Path, place: str, mode: int) -> None:
    stored(root)
    (root / place).chmod(mode)
    shelf = Shelf("templates")
    assert shelf.read("one") is None
    if place != "templates/one":
        shelf.store("two", b"code")
        assert not (root / "templates" / "two").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("place", ["", "templates", "templates/one"])
def test_what_belongs_to_somebody_else_is_passed_over(root: Path, place: str) -> None:
    stored(root)
    os.chown(root / place, 12345, 12345)
    assert Shelf("templates").read("one") is None


@pytest.mark.parametrize("place", ["templates", "templates/one"])
def test_links_are_not_followed(root: Path, place: str) -> None:
    stored(root)
    moved = (root / place).rename(root / "moved")
    (root / place).symlink_to(moved)
    assert Shelf("templates").read("one") is None


def test_no_cache_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, "")
    Shelf("templates").store("one", b"code")
    assert Shelf("templates").read("one") is None
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_stored_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("a file stands in the way")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    Shelf("templates").store("one", b"code")
    assert Shelf("templates").read("one") is None


def test_shelves_of_old_versions_are_removed(root: Path) -> None:
    for number in range(20):
        Shelf(f"shelf-{number}").store("one", b"code")
        os.utime(root / f"shelf-{number}", (number, number))
    left = {each.name for each in root.iterdir()}
    assert len(left) == 16
    assert "shelf-19" in left
    assert "shelf-0" not in left
