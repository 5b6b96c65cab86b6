"""Files are written completely or not at all, whatever fails; no temporary files are left."""

import errno
import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kepu_docs.errors import OutputError
from kepu_docs.output.files import make_folder, write_file, write_files, write_new_file

OLD = b"old" * 1000
NEW = b"new" * 2000

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX permissions and links")


def refused(path: Path, data: bytes = NEW) -> str:
    """Try to write; return the message of the one fault, which must name the path."""
    with pytest.raises(OutputError) as caught:
        write_file(path, data)
    (fault,) = caught.value.faults
    assert fault.place.record == str(path).encode("utf-8", "backslashreplace").decode()
    return fault.message


@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("data", [b"", b"x", os.urandom(3_000_000)])
def test_new_and_existing_files(tmp_path: Path, data: bytes, durable: bool) -> None:
    path = tmp_path / "总结.docx"
    for content in (data, OLD, data):
        write_file(path, content, durable=durable)
        assert path.read_bytes() == content
    assert os.listdir(tmp_path) == ["总结.docx"]


def test_a_relative_path_and_the_longest_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "x" * 255):
        write_file(Path(name), NEW)
        assert Path(name).read_bytes() == NEW


@posix
def test_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    before = os.umask(0o027)
    try:
        write_file(path, NEW)
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        for mode in (0o600, 0o666, 0o444, 0o755):
            path.chmod(mode)
            write_file(path, NEW)
            assert stat.S_IMODE(path.stat().st_mode) == mode
    finally:
        os.umask(before)


@posix
def test_links_stay_and_their_files_are_replaced(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "link").symlink_to("inner/file")
    for content in (NEW, OLD):
        write_file(tmp_path / "link", content)
        assert (tmp_path / "link").is_symlink()
        assert (inner / "file").read_bytes() == content
    (tmp_path / "circle").symlink_to("circle")
    assert "form a circle" in refused(tmp_path / "circle")
    assert sorted(os.listdir(tmp_path)) == ["circle", "inner", "link"]
    assert os.listdir(inner) == ["file"]


def test_what_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(OLD)
    assert refused(tmp_path / "folder") == "not written: a folder with this name is in its place"
    assert refused(tmp_path / "missing" / "a") == "not written: the folder to put it in does not exist"
    assert "a file is on the way to it" in refused(tmp_path / "file" / "a")
    assert "the name is too long" in refused(tmp_path / ("总" * 86))
    assert refused(tmp_path / "nul\0")
    assert refused(tmp_path / "\ud800")
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


@posix
def test_devices_and_pipes_are_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "a device or a pipe" in refused(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


class Failing:
    """Lets the n-th of all system calls of writing fail with an error number, after half of the data if asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, error: int | type[BaseException]) -> None:
        self.calls = 0
        for name in ("open", "write", "fsync", "close", "chmod", "replace", "lstat"):
            monkeypatch.setattr(os, name, self._wrapped(getattr(os, name), number, error))

    def _wrapped(self, call: Callable[..., Any], number: int, error: int | type[BaseException]) -> Callable[..., Any]:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.calls == number:
                if call.__name__ == "close":
                    call(*args)  # a descriptor is gone even if closing fails
                if isinstance(error, int):
                    raise OSError(error, os.strerror(error))
                raise error
            if call.__name__ == "write":
                return call(args[0], args[1][: len(args[1]) // 2 + 1])
            return call(*args, **kwargs)

        return wrapper


ERRORS = [
    (errno.ENOSPC, "the disk is full"),
    (errno.EACCES, "you have no permission to write here"),
    (errno.EROFS, "this disk is read-only"),
    (errno.EIO, ""),
]


@pytest.mark.parametrize(("error", "words"), ERRORS)
@pytest.mark.parametrize("exists", [True, False])
def test_a_failure_at_any_step_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, error: int, words: str, exists: bool
) -> None:
    path = tmp_path / "a"
    messages = []
    for number in range(1, 100):
        path.unlink(missing_ok=True)
        if exists:
            path.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as monkeypatch:
            failing = Failing(monkeypatch, number, error)
            try:
                write_file(path, NEW)
            except OutputError as caught:
                messages.append(str(caught))
                complete = False
            else:
                complete = True
        assert os.listdir(tmp_path) == (["a"] if exists or complete else [])
        if complete or exists:
            assert path.read_bytes() == (NEW if complete else OLD)
        if failing.calls < number:
            break
    else:
        pytest.fail("the calls did not come to an end")
    assert len(messages) > 12
    assert all(words in message for message in messages)


def test_an_interruption_leaves_nothing_temporary(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    for number in range(3, 8):
        with pytest.MonkeyPatch.context() as monkeypatch:
            Failing(monkeypatch, number, KeyboardInterrupt)
            with pytest.raises(KeyboardInterrupt):
                write_file(path, NEW)
        assert os.listdir(tmp_path) == ["a"]
        assert path.read_bytes() == OLD


def test_several_files_are_written_all_or_none(tmp_path: Path) -> None:
    names = ["a.docx", "b.md", "c.txt"]
    files = [(tmp_path / name, NEW + name.encode()) for name in names]
    blamed = set()
    for number in range(1, 200):
        for path, _ in files:
            path.unlink(missing_ok=True)
        with pytest.MonkeyPatch.context() as monkeypatch:
            failing = Failing(monkeypatch, number, errno.ENOSPC)
            try:
                write_files(files)
            except OutputError as error:
                blamed.add(error.faults[0].place.record)
                complete = False
            else:
                complete = True
        assert sorted(os.listdir(tmp_path)) == (names if complete else [])
        if failing.calls < number:
            break
    assert blamed == {str(path) for path, _ in files}
    assert [path.read_bytes() for path, _ in files] == [data for _, data in files]


def test_of_several_files_none_is_replaced_if_one_cannot_be_written(tmp_path: Path) -> None:
    good = tmp_path / "a"
    good.write_bytes(OLD)
    with pytest.raises(OutputError, match="does not exist"):
        write_files([(good, NEW), (tmp_path / "missing" / "b", NEW)])
    assert good.read_bytes() == OLD
    assert os.listdir(tmp_path) == ["a"]


def test_an_old_file_that_was_replaced_is_not_taken_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(OLD)
    replace = os.replace

    def failing(source: Path, target: Path) -> None:
        if target.name == "c":
            raise OSError(errno.ENOSPC, "")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OutputError, match="c: not written: the disk is full"):
        write_files([(tmp_path / name, NEW) for name in "abc"])
    assert os.listdir(tmp_path) == ["a"]
    assert (tmp_path / "a").read_bytes() == NEW


def test_a_new_file_takes_no_place(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_new_file(path, OLD)
    with pytest.raises(OutputError, match="a file of this name exists already"):
        write_new_file(path, NEW)
    assert path.read_bytes() == OLD


def test_folders(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    make_folder(folder)
    assert folder.is_dir()
    (tmp_path / "file").write_bytes(OLD)
    for path, words in [
        (tmp_path / "file", "a file is in the place of a folder"),
        (tmp_path / "file" / "x", "a file is on the way to it"),
        (tmp_path / ("总" * 86), "the name is too long"),
        (tmp_path / "nul\0", "the folder cannot be created: "),
    ]:
        with pytest.raises(OutputError) as caught:
            make_folder(path)
        assert words in str(caught.value)


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mount a small file system in memory, which only root may; elsewhere than in CI that is a reason to skip."""
    folder = tmp_path / "mounted"
    folder.mkdir()
    mounts = []

    def mount(options: str) -> Path:
        try:
            subprocess.run(
                ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True, capture_output=True
            )
        except (OSError, subprocess.CalledProcessError) as error:
            reason = f"a file system cannot be mounted here: {error}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        mounts.append(folder)
        return folder

    yield mount
    for mount_point in mounts:
        subprocess.run(["umount", str(mount_point)], check=True)


def test_a_disk_that_is_full(mounted: Callable[[str], Path]) -> None:
    folder = mounted("size=64k")
    path = folder / "a"
    write_file(path, b"x" * 40_000)
    assert refused(path, b"y" * 40_000) == "not written: the disk is full; free some space and run again"
    assert "the disk is full" in refused(folder / "b", b"y" * 100_000)
    assert os.listdir(folder) == ["a"]
    assert path.read_bytes() == b"x" * 40_000
    write_file(path, b"z" * 20_000)
    assert path.read_bytes() == b"z" * 20_000


def test_a_disk_that_can_only_be_read(mounted: Callable[[str], Path]) -> None:
    folder = mounted("ro,size=64k")
    assert refused(folder / "a") == "not written: this disk is read-only; choose another folder"
    with pytest.raises(OutputError, match="the folder cannot be created: this disk is read-only"):
        make_folder(folder / "b")


@posix
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("permissions do not bind root; failing calls stand for them above")
    tmp_path.chmod(0o555)
    try:
        assert "you have no permission to write here" in refused(tmp_path / "a")
    finally:
        tmp_path.chmod(0o755)
