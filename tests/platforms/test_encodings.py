"""Locales and terminals that are not UTF-8: what is printed, files named in it, and records on standard input."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TITLE = "试验社区2025年科普工作总结"
# ㄨ is in GBK; a hanzi of Extension B and an emoji are not.
RECORD = "community: {name: 试验社区}\nperiod: 2025\nopening: 第一段。\nnonsense_𠀀😀: 1\n"
GOOD = "community: {name: 试验社区}\nperiod: 2025\nopening: 第一段。\n"

pytestmark = pytest.mark.deep


def run(*arguments: str, folder: Path, given: bytes = b"", **environment: Any) -> "subprocess.CompletedProcess[bytes]":
    """Run a command in an environment that does not say UTF-8."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONUTF8"))}
    return subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning", "-m", "kepu_docs", *arguments],
        cwd=folder,
        input=given,
        env={**kept, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **environment},
        capture_output=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "cp936", "big5"])
def test_a_stream_for_which_the_user_asks(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(RECORD, encoding="utf-8")
    arguments = ("--ui-locale", "zh_Hant" if encoding == "big5" else "zh_Hans", "render", "record.yaml")
    done = run(*arguments, folder=tmp_path, LC_ALL="C.UTF-8", PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    said = done.stderr.decode(encoding)
    assert "nonsense_" in said
    # What the encoding lacks is escaped; nothing fails.
    assert ("\\U0001f600" in said) == (encoding != "gb18030")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_a_stream_without_hanzi_is_utf_8(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(RECORD, encoding="utf-8")
    arguments = ("--ui-locale", "zh_Hans", "render", "record.yaml")
    done = run(*arguments, folder=tmp_path, LC_ALL="C.UTF-8", PYTHONIOENCODING=encoding)
    assert "nonsense_𠀀😀" in done.stderr.decode("utf-8")


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_locale_that_cannot_write_the_name(locale: str, tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(GOOD, encoding="utf-8")
    done = run("render", "record.yaml", "-f", "txt", folder=tmp_path, LC_ALL=locale)
    assert done.returncode == 1
    assert "cannot write this name; set the environment variable PYTHONUTF8=1" in done.stderr.decode()
    # Python helps itself in such a locale, unless it is forbidden to.
    done = run("render", "record.yaml", "-f", "txt", folder=tmp_path, LC_ALL=locale, PYTHONUTF8="1")
    assert (done.returncode, (tmp_path / f"{TITLE}.txt").exists()) == (0, True)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_a_record_on_standard_input(encoding: str, tmp_path: Path) -> None:
    done = run("render", "-", "-f", "txt", "-o", "-", folder=tmp_path, given=GOOD.encode(encoding), LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert TITLE in done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def gb18030(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A locale of mainland China that is not UTF-8; made here, for few machines have it."""
    folder = tmp_path_factory.mktemp("locales")
    made = folder / "zh_CN.GB18030"
    command = ["localedef", "-i", "zh_CN", "-f", "GB18030", str(made)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        if os.environ.get("CI"):
            raise
        pytest.skip("localedef cannot make a locale here; on Debian and Ubuntu: apt install locales")
    return {"LOCPATH": str(folder), "LC_ALL": "zh_CN.GB18030"}


def test_a_locale_of_gb18030(gb18030: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "record.yaml").write_text(GOOD, encoding="gb18030")
    name = os.fsencode(str(tmp_path)) + b"/" + "记录.yaml".encode("gb18030")
    with open(name, "wb") as file:
        file.write(GOOD.replace("试验", "样本").encode("gb18030"))
    done = run("render", ".", "-f", "txt,docx", "-o", "out", folder=tmp_path, **gb18030)
    assert (done.returncode, done.stderr) == (0, b"")
    # Names on the disk are in the encoding of the locale, what goes to another program is UTF-8.
    assert f"out/{TITLE}.txt".encode() in done.stdout
    names = {each.decode("gb18030") for each in os.listdir(os.fsencode(tmp_path / "out"))}
    assert names == {
        f"{name}{suffix}" for name in (TITLE, TITLE.replace("试验", "样本")) for suffix in (".txt", ".docx")
    }
    again = ("batch", "record.yaml", "-o", "many", "-f", "txt", "-j", "1", "-q")
    assert run(*again, folder=tmp_path, **gb18030).returncode == 0
    assert "未变 1".encode() in run(*again, folder=tmp_path, **gb18030).stdout


def test_names_in_bytes_of_another_encoding(tmp_path: Path) -> None:
    name = os.fsencode(str(tmp_path)) + b"/" + "记录.yaml".encode("gbk")
    with open(name, "wb") as file:
        file.write(GOOD.encode())
    done = run("render", ".", "-f", "txt", "-o", "out", folder=tmp_path, LC_ALL="C.UTF-8", PYTHONUTF8="1")
    assert (done.returncode, done.stderr) == (0, b"")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{TITLE}.txt"]
