"""Record files: which are read, in which encodings, and the messages about others."""

import os
import random
import socket
from pathlib import Path

import pytest

from kepu_docs.errors import RecordError
from kepu_docs.reading.records import read_record, read_text
from kepu_docs.reading.spots import MAX_BYTES

TEXT = "name: 试验社区“一”\nn: 1\n"
DATA = {"name": "试验社区“一”", "n": 1}


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        ("\ufeff" + TEXT).encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030", "gbk", "gb18030-sig", "windows"],
)
def test_encodings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(content)
    assert read_record(path).data == DATA


@pytest.mark.parametrize("text", ["a: 𠮷㐀\n", "a: 豈\n", "a: e\u0301\n"])
def test_text_is_not_normalised(tmp_path: Path, text: str) -> None:
    path = tmp_path / "r.yml"
    for encoding in ("utf-8", "gb18030"):
        path.write_bytes(text.encode(encoding))
        assert read_record(path).data == {"a": text[3:-1]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a: 1\nb: \xff\n", ":2: byte 9 of the file (hexadecimal FF)"),
        (b"\xef\xbb\xbfa: \xb0\xa1\n", ":1: byte 7"),  # a UTF-8 mark, then GB18030
        (b"\xff\xfea\x00\x00", "byte 5"),
        (b"a: 1\n\x00", ":2:1: character U+0000"),
        ("a: 试验".encode("utf-16-le"), "character U+0000"),
        (random.Random(0).randbytes(500), ": byte "),  # noqa: S311
    ],
)
def test_what_is_not_text(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(content)
    with pytest.raises(RecordError) as caught:
        read_record(path)
    assert words in str(caught.value)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize(
    ("name", "text", "data"),
    [
        ("a.yaml", "a: 1", {"a": 1}),
        ("a.YML", "a: 1", {"a": 1}),
        ("a.Json", '{"a": 1}', {"a": 1}),
        ("a.b.toml", "a = 1", {"a": 1}),
    ],
)
def test_the_suffix_tells_the_syntax(tmp_path: Path, name: str, text: str, data: object) -> None:
    (tmp_path / name).write_text(text)
    record = read_record(tmp_path / name)
    assert record.data == data
    assert record.name == str(tmp_path / name)


@pytest.mark.parametrize("name", ["a.txt", "a", "a.doc", ".yaml"])
def test_other_suffixes_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        RecordError, match=r"must end in \.yaml, \.yml, \.json, \.toml, \.docx, \.pdf, \.xlsx; this one ends in “"
    ):
        read_record(tmp_path / name)


def test_files_that_are_not_there_or_no_files(tmp_path: Path) -> None:
    def message(name: str) -> str:
        path = tmp_path / name
        with pytest.raises(RecordError) as caught:
            read_record(path)
        (fault,) = caught.value.faults
        return fault.message

    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "file.yaml").write_text("a: 1")
    assert message("missing.yaml") == "there is no such file"
    assert message("missing/x.yaml") == "there is no such file"
    assert message("folder.yaml") == "this is a folder; expected a record file"
    assert message("file.yaml/x.yaml").startswith("the file cannot be read: ")
    assert message("x" * 300 + ".yaml").startswith("the file cannot be read: ")
    assert message("nul\0.yaml").startswith("the file cannot be read: ")


def test_an_undecodable_file_name(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xca\xd4.yaml")
    path.write_text("a: 1")
    with pytest.raises(RecordError, match="rename the file") as caught:
        read_record(path)
    assert r"\udcca\udcd4.yaml" in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX file kinds")
def test_links_pipes_and_devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    Path("broken.yaml").symlink_to("nowhere")
    with pytest.raises(RecordError, match="the file that this link points to does not exist"):
        read_record(Path("broken.yaml"))
    Path("circle.yaml").symlink_to("circle.yaml")
    with pytest.raises(RecordError, match="the file cannot be read"):
        read_record(Path("circle.yaml"))
    os.mkfifo("pipe.yaml")
    Path("zero.yaml").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yaml")
        for name in ("pipe.yaml", "zero.yaml", "socket.yaml"):
            with pytest.raises(RecordError, match="a device or a pipe"):
                read_record(Path(name))
    Path("good.yaml").write_text("a: 1")
    Path("link.yaml").symlink_to("good.yaml")
    assert read_record(Path("link.yaml")).data == {"a": 1}


def test_reading_not_permitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.yaml"
    path.write_text("a: 1")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(RecordError, match="you have no permission to read this file"):
        read_record(path)


def test_a_record_of_50_mb_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr("builtins.open", lambda *_, **__: pytest.fail("the file was opened"))
    with pytest.raises(RecordError, match=r"the file is 47\.7 MiB large; at most 8 MiB are allowed"):
        read_record(path)


def test_a_file_that_grows_is_counted_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    short = tmp_path / "short"
    short.write_bytes(b"")
    status = os.stat(short)
    monkeypatch.setattr(os, "stat", lambda *_, **__: status)
    with pytest.raises(RecordError, match="at most 8 MiB are allowed"):
        read_record(path)


def test_text_of_any_length_is_not_read() -> None:
    with pytest.raises(RecordError, match="the most that is allowed"):
        read_text("#" * (MAX_BYTES + 1), name="r", syntax="yaml")
