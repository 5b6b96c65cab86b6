"""The cache: what was stored is read again, and nothing that somebody else could have written."""

import os
import sys
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
    names = [f"templates-{number:032x}" for number in range(20)]
    for number, name in enumerate(names):
        Shelf(name).store("one", b"code")
        os.utime(root / name, (number, number))
    assert sorted(each.name for each in root.iterdir()) == names[4:]


def test_nothing_of_others_is_removed(root: Path) -> None:
    """The given folder may hold anything: ``KEPU_DOCS_CACHE=~`` is no reason to lose a home folder."""
    root.mkdir(mode=0o700)
    for number in range(20):
        (root / f"mine-{number}").mkdir()
        (root / f"mine-{number}" / "precious").write_text("x")
        os.utime(root / f"mine-{number}", (number, number))
    for number in range(20):
        Shelf(f"catalogs-{number:032x}").store("one", b"code")
    assert len(list(root.glob("mine-*/precious"))) == 20


def test_what_is_no_file_is_passed_over(root: Path) -> None:
    file = stored(root)
    file.unlink()
    file.mkdir()
    assert Shelf("templates").read("one") is None
    Shelf("templates").store("one", b"code")
    file.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(file)
        assert Shelf("templates").read("one") is None
        Shelf("templates").store("one", b"code")
        assert Shelf("templates").read("one") == b"code"


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o077])
def test_whatever_the_umask_what_is_stored_is_read(root: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        stored(root)
    finally:
        os.umask(before)
    assert Shelf("templates").read("one") == b"code"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folders of other systems")
def test_no_folder_is_made_where_a_user_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    for home in (str(tmp_path / "none"), "/", ""):
        monkeypatch.setenv("HOME", home)
        Shelf("templates").store("one", b"code")
        assert Shelf("templates").read("one") is None
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("HOME", str(tmp_path))
    Shelf("templates").store("one", b"code")
    assert (tmp_path / ".cache" / "kepu-docs" / "templates" / "one").is_file()
