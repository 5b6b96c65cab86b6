"""Lines of manifests: any content is read within limits, and what is written can be read."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kepu_docs
from kepu_docs.batch import manifest, read_manifest
from kepu_docs.batch.manifest import MOST_OF_A_LINE, Line, Output, _texts
from kepu_docs.batch.photographs import Photograph
from kepu_docs.pipeline.records import Who
from tests.batch.records import record, write

LINE = Line(
    "r.jsonl", "r.jsonl", "1", "done", Who("试验区", "试验街道", "试验社区", "000001"), "0" * 64, {"version": "1"}, "试验区/试验社区",
    (Output("txt", "试验区/试验社区.txt", 7, "1" * 64),), (Photograph("a.jpg", 7, 8, 9, 10, "2" * 64),),
)  # fmt: skip
DATA: dict[str, Any] = json.loads(LINE.text())
OUTPUT: dict[str, Any] = DATA["outputs"][0]


def changed(**values: Any) -> bytes:
    return json.dumps({**DATA, **values}).encode()


def test_a_line_reads_back() -> None:
    assert Line.read(LINE.text()) == LINE


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\n", b"null", b"7", b"[]", b"{}", b"\xff\xfe", LINE.text().decode().encode("utf-16"), LINE.text().decode().encode("gb18030"),
        LINE.text()[:-3], b"\xef\xbb\xbf" + LINE.text(), b"[" * 100_000, b'{"a":' * 100_000, b"9" * 100_000, b"1e999999999",
        LINE.text().replace(b'"size": 7', b'"size": ' + b"9" * 5_000), LINE.text().replace(b'"size": 7', b'"size": ' + b"9" * 100),
        LINE.text().replace(b'"size": 7', b'"size": NaN'), LINE.text().replace(b'"size": 7', b'"size": Infinity'),
        LINE.text().replace(b'"size": 7', b'"size": 7.0'), LINE.text().replace(b'"size": 7', b'"size": true'),
        LINE.text().replace(b'{"source"', b'{"source": "x", "source"'), LINE.text().replace(b'"size": 7', b'"size": 7, "size": 8'),
        changed(status="gone"), changed(status=[]), changed(source=None), changed(district=7), changed(record=[]), changed(made_with=[]),
        changed(made_with={"version": {}}), changed(stem="../x"), changed(stem=7), changed(stem=""), changed(outputs={}), changed(outputs=[7]),
        changed(outputs=[{**OUTPUT, "path": "../x"}]), changed(outputs=[{**OUTPUT, "more": 1}]), changed(outputs=[{**OUTPUT, "stale": 1}]),
        changed(outputs=[{**OUTPUT, "sha256": 7}]), changed(photos=7), changed(photos=["abc"]), changed(photos=[["a", "b", "c"]]),
        changed(photos=[[7, 1, 1]]), changed(photos=[["a", 1, 1, 1, 1, "", 1]]), changed(errors=["x"]), changed(errors=[{"place": 1, "message": 2}]),
    ],
)  # fmt: skip
def test_what_is_no_line(text: bytes) -> None:
    with pytest.raises(ValueError, match="not a line of a manifest"):
        Line.read(text)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(DATA)), ANYTHING, st.sampled_from([None, *sorted(OUTPUT)]))
def test_any_value_anywhere(key: str, value: Any, of_output: str | None) -> None:
    text = changed(outputs=[{**OUTPUT, of_output: value}]) if of_output else changed(**{key: value})
    try:
        line = Line.read(text)
    except ValueError:
        return
    assert Line.read(line.text()).text() == line.text()


class Counting(io.BytesIO):
    """A file that notes how much was read of it at once at most."""

    most = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        text = super().readline(size)
        self.most = max(self.most, len(text))
        return text


def test_a_line_of_any_length_takes_no_more_memory_than_the_longest_legal_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "MOST_OF_A_LINE", 1_000)
    file = Counting(b"a\n" + b"x" * 100_000 + b"\nb\n" + b"y" * 999 + b"\n" + b"z" * 1000 + b"\n" + b"rest" * 10_000)
    found = list(_texts(file))
    assert [text and text[:1] for _, text, _ in found] == [b"a", None, b"b", b"y", None]
    assert [begin for begin, _, _ in found] == [0, 2, 100_003, 100_005, 101_005]
    assert file.most == 1_000


@pytest.mark.deep
def test_of_more_faults_than_a_line_holds_the_first_are_reported() -> None:
    errors = tuple((f"r.jsonl:{number}", "错" * 300) for number in range(20_000))
    text = Line("r", "r", "1", "failed", Who(), "", {}, errors=errors).text()
    assert len(text) <= MOST_OF_A_LINE
    read = Line.read(text).errors
    assert read == errors[: len(read)]
    assert len(read) > 1_000


@pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "device"])
def test_what_is_no_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(write(tmp_path / "r.jsonl", [record(1)]))
    else:
        path = Path("/dev/zero")
    with pytest.raises(kepu_docs.OutputError, match="the manifest cannot be read"):
        list(read_manifest(path))


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    assert list(read_manifest(tmp_path / "manifest.jsonl")) == []


def test_each_line_is_looked_at_once_for_equal_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    real = Line.read.__func__  # type: ignore[attr-defined]

    def counted(cls: type[Line], text: bytes) -> Line:
        nonlocal read
        read += 1
        return real(cls, text)  # type: ignore[no-any-return]

    def reads(number: int) -> int:
        nonlocal read
        source, out = write(tmp_path / f"{number}.jsonl", [record(1)] * number), tmp_path / str(number)
        kepu_docs.render_batch(source, out, formats=["txt"], jobs=1)
        read = 0
        assert kepu_docs.render_batch(source, out, formats=["md"], jobs=1, names="{code}").made == number
        return read

    monkeypatch.setattr(Line, "read", classmethod(counted))
    assert reads(80) < 2.5 * reads(40)


@pytest.mark.parametrize("fresh", [False, True])
def test_how_often_a_line_is_read(fresh: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once when a run begins, once for its record, and once for the report."""
    source = write(tmp_path / "r.jsonl", map(record, range(50)))
    kepu_docs.render_batch(source, tmp_path / "out", formats=["txt"], jobs=1)
    reads = 0
    read = Line.read

    def counted(text: bytes) -> Line:
        nonlocal reads
        reads += 1
        return read(text)

    monkeypatch.setattr(Line, "read", counted)
    report = kepu_docs.render_batch(source, tmp_path / "out", formats=["txt"], jobs=1, fresh=fresh)
    assert (report.made, report.unchanged) == ((50, 0) if fresh else (0, 50))
    assert reads <= (2 if fresh else 3) * 50 + 1
