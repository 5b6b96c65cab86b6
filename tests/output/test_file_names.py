"""File names from any text: safe on every system, unique in a run."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kepu_docs.output.file_names import NamesTaken, file_name, is_path

TITLE = "试验社区2025年度科普工作总结"
FAMILY = "👨‍👩‍👧"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        (TITLE, TITLE + ".docx"),
        ('a<b>c:d"e/f\\g|h?i*j', "a＜b＞c：d＂e／f＼g｜h？i＊j.docx"),
        ("../../etc/passwd", "／..／etc／passwd.docx"),
        ("C:\\x", "C：＼x.docx"),
        ("a\0b\nc\td\x7f\x85", "a_b_c_d__.docx"),
        ("a\u202etxt.exe", "a_txt.exe.docx"),
        ("a\ud800b", "a_b.docx"),
        ("", "untitled.docx"),
        (".", "untitled.docx"),
        ("..", "untitled.docx"),
        (" . . ", "untitled.docx"),
        ("\u3000\n ", "_.docx"),
        (".hidden", "hidden.docx"),
        ("end. .", "end.docx"),
        ("  in  ner  ", "in  ner.docx"),
        ("CON", "CON_.docx"),
        ("con", "con_.docx"),
        ("Aux.2025", "Aux_.2025.docx"),
        ("NUL .x", "NUL_ .x.docx"),
        ("prn", "prn_.docx"),
        ("COM0", "COM0_.docx"),
        ("com9.tar", "com9_.tar.docx"),
        ("LPT¹", "LPT¹_.docx"),
        ("COM³.a", "COM³_.a.docx"),
        ("CONIN$", "CONIN$_.docx"),
        (" con.", "con_.docx"),
        ("CONE", "CONE.docx"),
        ("COM10", "COM10.docx"),
        ("con社区", "con社区.docx"),
        ("豈e\u0301é", "豈e\u0301é.docx"),
        ("a{{b}}&#'`$~%", "a{{b}}&#'`$~%.docx"),
        (FAMILY, FAMILY + ".docx"),
    ],
)
def test_names(stem: str, name: str) -> None:
    assert file_name(stem, ".docx") == name


def test_a_name_without_suffix() -> None:
    assert file_name("NUL", "") == "NUL_"
    assert file_name("a.", "") == "a"


@pytest.mark.parametrize("suffix", ["docx", ".", "./x", ".a b", ".文", "." + "x" * 40])
def test_a_suffix_must_be_one(suffix: str) -> None:
    with pytest.raises(ValueError, match="not a suffix"):
        file_name("a", suffix)


def test_86_hanzi_are_cut_to_what_fits() -> None:
    name = file_name("总" * 86, ".docx")
    assert name == "总" * 76 + ".docx"
    assert len(name.encode()) + len(".kepu-docs-.tmp") + len("-12345") <= 255


@pytest.mark.parametrize(
    "cluster", ["𠮷", FAMILY, "e\u0301\u0302", "👍🏽", "🇨🇳", "葛\U000e0100", "❤\ufe0f", "\u1112\u1161\u11ab"]
)
def test_names_are_cut_between_what_is_read_as_one_character(cluster: str) -> None:
    for start in range(30):
        stem = file_name("x" * start + cluster * 100, ".docx").removesuffix(".docx")
        assert stem == "x" * start + cluster * ((len(stem) - start) // len(cluster))
        assert len(stem.encode()) > 229 - len(cluster.encode())


def test_one_letter_under_a_hundred_accents_is_cut() -> None:
    assert 200 < len(file_name("a" + "\u0301" * 500, ".md").encode()) <= 255


def test_what_a_cut_leaves_at_the_end_is_checked() -> None:
    assert file_name("x" * 220 + " . . . . . . . . . . y", ".docx") == "x" * 220 + ".docx"


def test_what_a_cut_leaves_is_no_device() -> None:
    assert file_name("CON" + " " * 250 + "x", ".docx") == "CON_.docx"


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/etc/passwd", "//host/share/x", "..", "../x", "a/../x", "a/..", "a/./x", ".", "./x", "a//x", "a/", "\\\\host\\x",
        "a\\..\\x", "..\\x", "C:\\x", "C:/x", "C:x", "c:", "a/CON", "nul.txt/x", "a/com1.docx", "NUL .x", "LPT¹", "x\0", "a\nb",
        "a/x:stream", "x.", "x ", " x", ".x", "a/.kepu-docs-lock", "~$x.docx", "a\u202etxt.exe", "a\ud800b", "a\x85b", "总" * 90,
        "\ufeffx", "?", "a*", "a|b",
    ],
)  # fmt: skip
def test_paths_that_no_run_gives_out(path: str) -> None:
    assert not is_path(path)


@pytest.mark.parametrize("path", ["x", "试验区/试验街道/试验社区-2025.docx", "a-2.md", "a b/x.y/z", "CON_/NUL_.txt"])
def test_paths_that_runs_give_out(path: str) -> None:
    assert is_path(path)


def check(name: str, suffix: str) -> None:
    assert len(name.encode()) <= 255 - len(".kepu-docs-.tmp")
    assert len(name.encode("utf-16-le")) // 2 <= 255
    assert name.endswith(suffix)
    stem = name.removesuffix(suffix)
    assert stem
    assert stem[0] not in ". "
    assert stem[-1] not in ". "
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)
    base = name.split(".")[0].rstrip(" ").upper()
    devices = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    assert base not in devices | {d + n for d in ("COM", "LPT") for n in "0123456789¹²³"}


ANY_TEXT = st.text(st.characters(), max_size=300) | st.text("cCoOnNuUlL10¹. /\0ab", max_size=8)


@given(ANY_TEXT, st.sampled_from([".docx", ".md", "", ".tar.gz"]))
@example("\u0345" * 300, ".docx")
def test_any_text_gives_a_safe_name(stem: str, suffix: str) -> None:
    check(file_name(stem, suffix), suffix)
    assert is_path(file_name(stem, suffix))


@given(ANY_TEXT)
def test_what_is_a_path_stays_below_its_folder_on_every_system(path: str) -> None:
    if is_path(path):
        for step in path.split("/"):
            check(step, "")
        for flavour in (PurePosixPath, PureWindowsPath):
            whole = flavour("/a/b") / path
            assert whole.is_relative_to(flavour("/a/b"))
            assert ".." not in whole.parts


@given(st.lists(ANY_TEXT | st.sampled_from(["a", "A", "a-2", "é", "e\u0301", "ß", "ss", "总" * 86]), max_size=20))
def test_names_of_a_run_are_safe_unique_and_the_same_again(stems: list[str]) -> None:
    def run() -> list[str]:
        taken = NamesTaken()
        return [taken.take(stem, ".docx") for stem in stems]

    names = run()
    assert names == run()
    for name in names:
        check(name, ".docx")
        assert is_path(f"{name}/{name}")
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in names}) == len(names)


def test_numbers() -> None:
    taken = NamesTaken()
    stems = ["a", "a-2", "A", "a", "é", "E\u0301", "a-2", "CON", "con"]
    assert [taken.take(stem, ".md") for stem in stems] == [
        "a.md", "a-2.md", "A-3.md", "a-4.md", "é.md", "E\u0301-2.md", "a-2-2.md", "CON_.md", "con_-2.md",
    ]  # fmt: skip
    assert taken.take("a", ".docx") == "a.docx"


@pytest.mark.deep
def test_a_hundred_thousand_equal_names() -> None:
    taken = NamesTaken()
    stem = "总" * 100
    # In proportion to their number: were each name to try those before it, this would never end.
    names = [taken.take(stem, ".docx") for _ in range(100_001)]
    assert len(set(names)) == len(names)
    assert names[-1] == "总" * 76 + "-100001.docx"
    assert len(names[-1].encode()) <= 240
