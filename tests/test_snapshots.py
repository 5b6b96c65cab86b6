"""Folders of templates: read once, only regular files, nothing outside the folder, nothing that blocks."""

import os
import pickle
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from kepu_docs.composing import snapshots
from kepu_docs.composing.snapshots import (
    DEEPEST_FOLDER,
    MOST_ENTRIES,
    MOST_FAULTS,
    TEMPLATE_BYTES,
    read_folder,
)
from kepu_docs.errors import TemplateError
from kepu_docs.locale.po_files import CATALOG_BYTES

TITLE = "zh_Hans/title.jinja"


def put(folder: Path, name: str = TITLE, data: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def refused(folder: Path) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        read_folder(folder)
    return [str(fault).removeprefix(f"{folder}/").removeprefix(f"{folder}") for fault in caught.value.faults]


def test_a_snapshot_is_a_folder_that_does_not_change(tmp_path: Path) -> None:
    put(tmp_path, data="甲".encode())
    put(tmp_path, "zh_Hans/sections/training.jinja")
    put(tmp_path, "README.txt")
    snapshot = pickle.loads(pickle.dumps(read_folder(tmp_path)))  # noqa: S301
    put(tmp_path, data=b"other")
    title = snapshot / "zh_Hans" / "title.jinja"
    assert (str(title), title.name, title.read_text(encoding="utf-8")) == (str(tmp_path / TITLE), "title.jinja", "甲")
    assert title.is_file()
    assert not title.is_dir()
    assert [member.name for member in snapshot.iterdir()] == ["zh_Hans"]
    assert sorted(snapshot.files) == ["zh_Hans/sections/training.jinja", TITLE]
    assert snapshot.joinpath("zh_Hans", "sections").is_dir()
    assert not snapshot.joinpath("en").is_dir()
    with title.open(encoding="utf-8") as stream:
        assert stream.read() == "甲"
    with pytest.raises(FileNotFoundError):
        (snapshot / "en").read_bytes()
    assert snapshot.digest != read_folder(tmp_path).digest


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listener(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(path.name)
    finally:
        os.chdir(here)


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


OUT = "this link leads out of the folder; replace it with the file that it leads to"


@pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need rights")
@pytest.mark.parametrize("name", [TITLE, "title.jinja", "zh_Hans/messages.po", "zh_Hans/sections/deep/er.po"])
@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (pipe, "this is not a file, but a pipe, a device or the like"),
        (listener, "this is not a file, but a pipe, a device or the like"),
        (link("/dev/zero"), OUT),
        (link("/etc/passwd"), OUT),
        (link("/"), OUT),
        (link("/proc/self/fd"), "this link leads out of the folder"),
        (link("../../../../../../../../../../etc"), OUT),
        (link("."), "this is a folder; its name suggests a file"),
        (link("nowhere"), "this cannot be read: No such file or directory"),
        (Path.mkdir, "this is a folder; its name suggests a file"),
    ],
)
def test_what_is_no_file_of_the_folder_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], None], problem: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)
    (told,) = refused(tmp_path)
    assert told.startswith(f"{name}: {problem}")


@pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need rights")
def test_a_pipe_behind_a_link_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path)
    path.unlink()
    pipe(tmp_path / "pipe")
    path.symlink_to("../pipe")
    assert refused(tmp_path) == [f"{TITLE}: this is not a file, but a pipe, a device or the like"]


@pytest.mark.skipif(os.name == "nt", reason="no pipes, and links need rights")
@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("/", OUT),
        ("..", OUT),
        (".", "this link leads in a circle; remove it"),
        ("loop", "this cannot be read: Too many levels of symbolic links"),
        ("nowhere", "this cannot be read: No such file or directory"),
    ],
)
def test_a_link_to_a_folder_stays_in_it_and_ends(tmp_path: Path, target: str, problem: str) -> None:
    put(tmp_path)
    (tmp_path / "loop").symlink_to(target)
    assert refused(tmp_path) == [f"loop: {problem}"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_two_links_to_each_other_end(tmp_path: Path) -> None:
    put(tmp_path, "zh_Hans/title.jinja")
    put(tmp_path, "en/title.jinja")
    (tmp_path / "zh_Hans" / "on").symlink_to("../en")
    (tmp_path / "en" / "on").symlink_to("../zh_Hans")
    assert refused(tmp_path) == [
        f"{path}: this link leads in a circle; remove it" for path in ("en/on/on", "zh_Hans/on/on")
    ]


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    put(tmp_path, "..data/zh_Hans/title.jinja", b"mounted")
    put(tmp_path, "en/title.jinja", b"english")
    (tmp_path / "zh_Hans").symlink_to("..data/zh_Hans")
    (tmp_path / "en" / "closing.jinja").symlink_to("../zh_Hans/title.jinja")
    (tmp_path / "README").symlink_to("/etc/hostname")
    files = read_folder(tmp_path).files
    assert files == {TITLE: b"mounted", "en/title.jinja": b"english", "en/closing.jinja": b"mounted"}
    (tmp_path.parent / "link").symlink_to(tmp_path)
    assert read_folder(tmp_path.parent / "link").files == files


def test_sizes_and_numbers_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "1", data=b"x" * TEMPLATE_BYTES)
    assert len(read_folder(tmp_path / "1").files[TITLE]) == TEMPLATE_BYTES
    put(tmp_path / "1", data=b"x" * (TEMPLATE_BYTES + 1))
    assert refused(tmp_path / "1") == [f"{TITLE}: the file is larger than 256 KiB"]
    sparse = put(tmp_path / "2", "zh_Hans/messages.po")
    os.truncate(sparse, 1024**4)
    assert refused(tmp_path / "2") == ["zh_Hans/messages.po: the file is larger than 2048 KiB"]
    for place in range(5):
        put(tmp_path / "3", f"zh_Hans/{place}.po", b"x" * (CATALOG_BYTES - place))
    assert refused(tmp_path / "3") == [": the files of this folder are larger than 8 MiB in all"]
    put(tmp_path / "4", "/".join(["deep"] * (DEEPEST_FOLDER + 1)) + "/x.jinja")
    assert refused(tmp_path / "4") == [f"{'/'.join(['deep'] * 9)}: folders are nested more than 8 deep here"]
    assert MOST_ENTRIES >= 10_000
    monkeypatch.setattr(snapshots, "MOST_ENTRIES", 20)
    for place in range(21):
        put(tmp_path / "5", f"{place}.txt")
    assert refused(tmp_path / "5") == [": there are more than 20 files in this folder"]
    monkeypatch.undo()
    for place in range(MOST_FAULTS + 50):
        (tmp_path / "6" / f"{place}.jinja").mkdir(parents=True)
    assert len(refused(tmp_path / "6")) == MOST_FAULTS


def test_what_is_hidden_is_not_looked_at(tmp_path: Path) -> None:
    put(tmp_path, ".git/objects/x.jinja")
    put(tmp_path, "zh_Hans/.#title.jinja")
    assert read_folder(tmp_path).files == {}


@pytest.mark.skipif(os.name == "nt", reason="names are texts there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    with open(os.path.join(os.fsencode(tmp_path), b"\xff\xfe.jinja"), "wb"):
        pass
    assert list(read_folder(tmp_path).files) == ["\udcff\udcfe.jinja"]
    assert read_folder(tmp_path).digest


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "absent", put(tmp_path), Path("\0"), tmp_path / ("x" * 300)):
        with pytest.raises(TemplateError, match="this is not a folder of templates"):
            read_folder(path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_what_becomes_a_link_after_it_was_listed_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "folder")
    put(tmp_path, "secret")
    names = snapshots._Reader._names

    def swapped(reader: snapshots._Reader, real: tuple[str, ...]) -> list[tuple[str, int]]:
        found = names(reader, real)
        if path.is_file() and not path.is_symlink() and real == ("zh_Hans",):
            path.unlink()
            path.symlink_to(tmp_path / "secret")
        return found

    monkeypatch.setattr(snapshots._Reader, "_names", swapped)
    (told,) = refused(tmp_path / "folder")
    assert told.startswith(f"{TITLE}: this cannot be read: ")


def test_where_no_descriptors_of_folders_are_to_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, data=b"same")
    monkeypatch.setattr(snapshots, "_STEPWISE", False)
    assert read_folder(tmp_path).files == {TITLE: b"same"}
