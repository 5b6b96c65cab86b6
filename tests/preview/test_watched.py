"""Which changes count, and which folders are watched for them."""

import os
from pathlib import Path

from kepu_docs.preview.watched import Watched, absolute


def test_a_file_is_watched_from_its_folder_though_it_is_not_there_yet(tmp_path: Path) -> None:
    file = str(tmp_path / "photos" / "one.jpg")
    watched = Watched(frozenset([file]))
    assert watched.folders() == {str(tmp_path)}
    assert watched.concerns(file)
    assert watched.concerns(str(tmp_path / "photos"))
    assert not watched.concerns(str(tmp_path / "photos2"))
    assert not watched.concerns(str(tmp_path / "other.jpg"))


def test_all_folders_of_a_tree_are_watched_but_what_is_hidden(tmp_path: Path) -> None:
    for name in ("a/b", ".git/c", "a/__pycache__", "node_modules/x"):
        (tmp_path / "tree" / name).mkdir(parents=True)
    root = str(tmp_path / "tree")
    watched = Watched(trees=frozenset([root]))
    assert watched.folders() == {str(tmp_path), root, f"{root}/a", f"{root}/a/b"}
    assert watched.concerns(f"{root}/a/b/new.yaml")
    assert not watched.concerns(f"{root}/.git/index")
    assert not watched.concerns(f"{root}/a/~$district.xlsx")
    assert not watched.concerns(f"{root}/a/__pycache__/x.pyc")
    assert not watched.concerns(str(tmp_path / "tree2" / "x"))


def test_code_is_told_from_records(tmp_path: Path) -> None:
    watched = Watched(
        trees=frozenset([str(tmp_path / "a")]), code=frozenset([str(tmp_path / "b"), str(tmp_path / "c.py")])
    )
    assert watched.is_code(str(tmp_path / "b" / "x.py"))
    assert watched.is_code(str(tmp_path / "c.py"))
    assert not watched.is_code(str(tmp_path / "a" / "x.py"))


def test_where_a_link_leads_is_watched_too(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "record.yaml").touch()
    link = tmp_path / "record.yaml"
    link.symlink_to(tmp_path / "real" / "record.yaml")
    found = absolute([str(link)])
    assert found == {str(link), os.path.realpath(link)}
    assert absolute(["\0"]) == frozenset()


def test_marks_show_what_changed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "one.yaml"
    file.write_text("x", encoding="utf-8")
    watched = Watched(frozenset([str(tmp_path / "missing")]), frozenset([str(tmp_path / "a")]))
    before = watched.marks()
    file.write_text("xy", encoding="utf-8")
    assert watched.marks() != before
    assert set(before) == {str(file)}
