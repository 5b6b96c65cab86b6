"""Golden files: written on request, compared with the output, with the difference shown."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kepu_docs.testing import golden
from kepu_docs.testing.golden import UPDATE


def package(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", ".", 1), content)
    return stream.getvalue()


def write(monkeypatch: pytest.MonkeyPatch, file: Path, content: bytes | str) -> None:
    with monkeypatch.context() as patched:
        patched.setenv(UPDATE, "1")
        golden(file, content)


def test_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "golden" / "a.txt"
    with pytest.raises(AssertionError, match=r"there is no golden file .*a\.txt; write it, and read it: KEPU_DOCS_UPD"):
        golden(file, "甲\n乙\n")
    write(monkeypatch, file, "甲\n乙\n")
    assert file.read_text(encoding="utf-8") == "甲\n乙\n"
    golden(file, "甲\n乙\n")
    golden(file, "甲\n乙\n".encode())
    with pytest.raises(AssertionError, match=r"(?s)not as in the golden file .*-乙\n\+丙\n"):
        golden(file, "甲\n丙\n")


def test_what_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(monkeypatch, tmp_path / "a.bin", b"\xff\x00")
    golden(tmp_path / "a.bin", b"\xff\x00")
    with pytest.raises(AssertionError, match="2 bytes in the golden file, 1 bytes now"):
        golden(tmp_path / "a.bin", b"\xfe")


def test_word_part_by_part_as_xml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.docx"
    write(monkeypatch, file, package(a_xml='<a x="1" y="2"><b>甲</b></a>', c_png="picture"))
    assert sorted(part.name for part in file.iterdir()) == ["a.xml.xml", "c.png"]
    golden(file, package(c_png="picture", a_xml='<a y="2" x="1">\n<b>甲</b></a>'.replace("\n", "")))
    with pytest.raises(AssertionError, match=r"(?s)-  <b>甲</b>\n\+  <b>乙</b>"):
        golden(file, package(a_xml='<a x="1" y="2"><b>乙</b></a>', c_png="picture"))
    with pytest.raises(AssertionError, match=r"(?s)d\.xml\.xml: there is no such part.*c\.png: the part is missing"):
        golden(file, package(a_xml='<a x="1" y="2"><b>甲</b></a>', d_xml="<d/>"))
    write(monkeypatch, file, package(a_xml="<a/>"))
    assert [part.name for part in file.iterdir()] == ["a.xml.xml"]


@pytest.mark.deep
def test_the_option_of_pytest(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["kepu_docs.testing.pytest_plugin"]', encoding="utf-8")
    test = "from kepu_docs.testing import golden\n\n\ndef test_it():\n    golden('a.txt', '甲')\n"
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    codes = [subprocess.run([*command, *options], cwd=tmp_path).returncode for options in ([], ["--update-golden"], [])]
    assert codes == [1, 0, 0]
