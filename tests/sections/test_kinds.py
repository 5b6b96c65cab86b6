"""The files of the section kinds, and what the package offers of them."""

import importlib
import subprocess
import sys
from pathlib import Path

from kepu_docs import sections
from kepu_docs.contract.sections import SectionKind
from kepu_docs.registry import Registry
from kepu_docs.schema import Record

FILES = [
    importlib.import_module(f"kepu_docs.sections.{path.stem}")
    for path in sorted(Path(sections.__file__).parent.glob("*.py"))
    if "SectionKind(" in path.read_text(encoding="utf-8") and path.stem != "__init__"
]


def test_each_file_has_a_kind_that_is_offered() -> None:
    found = {kind.name: kind for kind in sections.KINDS}
    offered = Registry.load().kinds
    assert len(found) == len(sections.KINDS) == len(FILES)
    for file in FILES:
        name = file.__name__.rpartition(".")[2]
        assert getattr(file, name.upper()) is found[name]
        assert offered[name] is found[name]


def test_names_are_those_of_one_file_and_the_room_has_them_all() -> None:
    names = [name for file in FILES for name in file.__all__]
    assert len(names) == len(set(names))
    for file in FILES:
        models = {
            name
            for name, thing in vars(file).items()
            if isinstance(thing, type) and issubclass(thing, Record) and thing.__module__ == file.__name__
        }
        kinds = {name for name, thing in vars(file).items() if isinstance(thing, SectionKind)}
        assert set(file.__all__) == models | kinds
        assert all(getattr(sections, name) is getattr(file, name) for name in file.__all__)


def test_one_kind_takes_what_no_other_recognises() -> None:
    taking = [kind.name for kind in sections.KINDS if kind.recognition and kind.recognition.otherwise]
    assert taking == ["narrative"]


def test_the_old_place_warns_and_has_the_same_things() -> None:
    code = """if True:
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            from kepu_docs.schema.sections import CORE_SECTIONS, Training
            from kepu_docs.schema.sections.training import TrainingSession
            from kepu_docs.schema import CORE_SECTIONS as SAME
        from kepu_docs import sections
        assert Training is sections.Training and TrainingSession is sections.TrainingSession
        assert CORE_SECTIONS == SAME == tuple(kind.model for kind in sections.KINDS)
        told = [str(each.message) for each in caught if each.category is DeprecationWarning]
        assert "kepu_docs.schema.sections is now kepu_docs.sections" in told, told
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
