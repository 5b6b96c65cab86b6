"""Rules are imported when something is checked, and what reads documents when there is a document to check."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import kepu_rules
from kepu_docs.contract.checks import Check
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.errors import PluginError
from kepu_docs.importing.reading import _READERS
from kepu_docs.importing.suffixes import SUFFIXES
from kepu_docs.registry import PluginWarning, Registry

RECORD = "community: {name: 试验社区}\nperiod: 2025\nopening: 社区科普工作扎实开展。\n"
RULES = "kepu_rules.rules"
IMPORTER = "kepu_docs.importing.documents"


def imported(*arguments: str) -> set[str]:
    """Return the modules that a command has imported when it ends."""
    code = (
        "import atexit, json, sys; atexit.register(lambda: print('\\n' + json.dumps(list(sys.modules))));"
        f"sys.argv = {['kepu-docs', *arguments]!r}; from kepu_docs.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.stdout, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_only_a_check_imports_rules_and_only_a_document_the_importer(tmp_path: Path) -> None:
    record = tmp_path / "r.yaml"
    record.write_text(RECORD, encoding="utf-8")
    assert RULES not in imported("--help")
    assert RULES not in imported("render", str(record), "-f", "md", "-o", str(tmp_path))
    checked = imported("check", str(record))
    assert RULES in checked
    assert IMPORTER not in checked
    (document,) = tmp_path.glob("*.md")
    assert IMPORTER in imported("check", str(document))


def test_documents_of_all_suffixes_can_be_read() -> None:
    assert tuple(_READERS) == SUFFIXES


def test_rules_are_there_as_soon_as_they_are_asked_for() -> None:
    loaded = Registry.load()
    assert loaded.owners["rule", "placeholder"] == "kepu-docs:rules"
    assert list(loaded.checks) == list(Registry.load(strict=True).checks)
    (rules,) = [each.checks for each in loaded.plugins if each.name == "kepu-docs:rules"]
    assert rules == tuple(loaded.checks)


class Offering:
    """A plugin with one rule."""

    @hookimpl
    def kepu_checks(self) -> list[Check]:
        return [Check("placeholder", "error", "", "", lambda subject: ())]


def test_a_rule_of_another_plugin_does_not_replace_ours() -> None:
    text = "the plugins kepu-docs:rules and plugin 1 both offer the rule “placeholder”; remove one of them"
    with pytest.raises(PluginError, match=text):
        Registry.load(plugins=[Offering()])


def test_our_rules_that_cannot_be_imported_are_reported_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, RULES, ModuleType(RULES))
    monkeypatch.delattr(kepu_rules, "rules", raising=False)
    loaded = Registry.load()
    with pytest.warns(PluginWarning, match="the plugin kepu-docs:rules is left out: ImportError: cannot import name"):
        assert not loaded.checks
    (problem,) = [each.problem for each in loaded.plugins if each.problem]
    assert "(update it, or remove it: pip uninstall kepu-docs)" in str(problem)
    with pytest.raises(PluginError, match="the plugin kepu-docs:rules is broken: ImportError"):
        Registry.load(strict=True)
