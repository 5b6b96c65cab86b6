"""Plugins: conflicts, broken ones, and what the installed distribution offers."""

from importlib.metadata import EntryPoint
from typing import Any, Literal

import pytest

from kepu_docs import registry
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import PluginError
from kepu_docs.registry import PluginWarning, Registry, core
from kepu_docs.schema import Section
from kepu_docs.sections import KINDS


class Drill(Section):
    kind: Literal["drill"]


class DrillPlugin:
    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return [SectionKind(Drill)]


class Misspelt:
    @hookimpl
    def kepu_section(self) -> list[SectionKind]:
        return []


class Raising:
    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        raise RuntimeError("boom")


def test_the_installed_plugins_offer_the_core() -> None:
    loaded = Registry.load(strict=True)
    assert [plugin.name for plugin in loaded.plugins][:9] == [
        "kepu-docs:core",
        "kepu-docs:excel",
        "kepu-docs:html",
        "kepu-docs:markdown",
        "kepu-docs:pdf",
        "kepu-docs:rules",
        "kepu-docs:sources",
        "kepu-docs:text",
        "kepu-docs:word",
    ]
    assert [loaded.kinds[kind.name] for kind in KINDS] == list(KINDS)
    assert {"docx", "html", "md", "txt"} <= set(loaded.renderers)


def test_the_core_offers_its_section_kinds_and_nothing_else() -> None:
    offered = Registry.of(core)
    assert tuple(offered.kinds.values()) == KINDS
    assert not any((offered.renderers, offered.sources, offered.checks))
    installed = Registry.load(strict=True)
    assert {installed.owners["section kind", kind] for kind in offered.kinds} == {"kepu-docs:core"}
    for plugin in installed.plugins:
        if plugin.name.startswith("kepu-docs:") and plugin.name != "kepu-docs:core":
            assert not plugin.sections


def test_a_plugin_adds_a_section_kind() -> None:
    loaded = Registry.of(core, DrillPlugin())
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "drill"}]}
    assert isinstance(loaded.model.model_validate(record).sections[0], Drill)


def test_two_plugins_with_one_kind_are_both_named() -> None:
    with pytest.raises(PluginError, match="the plugins plugin 1 and plugin 2 both offer the section kind “drill”"):
        Registry.of(DrillPlugin(), DrillPlugin())


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(PluginError, match="there is no format “odt”; the formats are: "):
        Registry.load().renderer("odt")


@pytest.mark.parametrize(
    ("plugin", "problem"),
    [(Misspelt(), "unknown hook 'kepu_section'"), (Raising(), "boom"), (ImportError("no module"), "no module")],
)
def test_a_broken_plugin_is_named_and_left_out(plugin: Any, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(EntryPoint):
        def load(self) -> Any:
            if isinstance(plugin, Exception):
                raise plugin
            return plugin

    def found() -> list[tuple[str, str, EntryPoint]]:
        return [*ours(), ("stranger", "1.0", Broken("drill", "stranger", "kepu_docs"))]

    ours = registry._entry_points
    monkeypatch.setattr(registry, "_entry_points", found)
    with pytest.warns(PluginWarning, match=f"the plugin stranger:drill is left out: .*{problem}"):
        loaded = Registry.load()
    assert problem in str(loaded.plugins[-1].problem)
    assert "training" in loaded.kinds
    with pytest.raises(PluginError, match="the plugin stranger:drill is broken"):
        Registry.load(strict=True)


def strangers(monkeypatch: pytest.MonkeyPatch, *plugins: tuple[str, object]) -> None:
    """Have plugins of strangers installed, by the names of their distributions."""

    class Found(EntryPoint):
        def load(self) -> Any:
            return dict(plugins)[self.value]

    ours = registry._entry_points()
    found = [*ours, *((name, "1.0", Found("drill", name, "kepu_docs")) for name, _ in plugins)]
    monkeypatch.setattr(registry, "_entry_points", lambda: found)


def test_a_kind_that_is_taken_leaves_its_plugin_out(monkeypatch: pytest.MonkeyPatch) -> None:
    strangers(monkeypatch, ("first", DrillPlugin()), ("second", DrillPlugin()))
    with pytest.warns(
        PluginWarning, match="the plugins first:drill and second:drill both offer the section kind “drill”"
    ):
        loaded = Registry.load()
    assert "drill" in loaded.kinds
    assert [bool(plugin.problem) for plugin in loaded.plugins[-2:]] == [False, True]
    with pytest.raises(
        PluginError, match="the plugin second:drill is broken: the plugins first:drill and second:drill"
    ):
        Registry.load(strict=True)


@pytest.mark.parametrize("name", ["second", "second:drill"])
def test_a_plugin_that_is_not_wanted(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    strangers(monkeypatch, ("first", DrillPlugin()), ("second", DrillPlugin()))
    loaded = Registry.load(strict=True, without=[name])
    assert [plugin.left_out for plugin in loaded.plugins[-2:]] == [False, True]
    monkeypatch.setenv("KEPU_DOCS_NO_PLUGIN", f"{name},first")
    monkeypatch.setenv("KEPU_DOCS_STRICT_PLUGINS", "1")
    assert "drill" not in Registry.load().kinds


def test_a_plugin_that_is_not_there_cannot_be_left_out() -> None:
    with pytest.raises(PluginError, match="there is no plugin “scond”; installed plugins: kepu-docs:core, "):
        Registry.load(without=["scond"])
