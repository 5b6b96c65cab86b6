"""Plugins that are broken in every way: each is named with what to do, and everything else continues."""

from pathlib import Path

import pytest

from tests.cli.calling import kepu_process as kepu
from tests.plugins.strangers import install

RECORD = """community: {name: 试验社区}
period: 2025
sections:
  - kind: training
    sessions_total: 3
"""
SECTION = "  - kind: drills\n    leader: 甲某\n"

SOUND = """
@hookimpl
def kepu_sections():
    return [SectionKind(Drills, compose=lambda facts: [Heading(1, "演练"), Paragraph(facts["section"]["leader"])])]
"""

# Of each plugin that cannot be loaded: its code, and what is said of it.
UNLOADABLE = {
    "its module is missing": ("import no_such_module", "No module named 'no_such_module'"),
    "it leaves at once": ("raise SystemExit(3)", "SystemExit: 3"),
    "it implements no hook that there is": (
        "@hookimpl\ndef kepu_section():\n    return []\n",
        "unknown hook 'kepu_section'",
    ),
    "its hook takes arguments": ("@hookimpl\ndef kepu_sections(registry):\n    return []\n", "registry"),
    "its hook raises": ("@hookimpl\ndef kepu_sections():\n    return 1 / 0\n", "ZeroDivisionError: division by zero"),
    "its hook returns nothing": (
        "@hookimpl\ndef kepu_sections():\n    pass\n",
        "kepu_sections returned None; expected a list of SectionKind",
    ),
    "its hook returns the model itself": (
        "@hookimpl\ndef kepu_sections():\n    return [Drills]\n",
        "kepu_sections returned Drills; expected a list of SectionKind",
    ),
    "its hook returns no list": (
        "@hookimpl\ndef kepu_sections():\n    return SectionKind(Drills)\n",
        "kepu_sections returned SectionKind(",
    ),
    "its renderer is none": (
        "@hookimpl\ndef kepu_renderers():\n    return ['html']\n",
        "kepu_renderers returned 'html'; expected a list of Renderer",
    ),
    "its kind is no literal": (
        "class Loose(FactSection):\n    pass\n@hookimpl\ndef kepu_sections():\n    return [SectionKind(Loose)]\n",
        "the field kind of Loose must be a Literal with one name",
    ),
    "its model is no section": (
        "@hookimpl\ndef kepu_sections():\n    return [SectionKind(Person)]\n",
        "the model of a section kind must be a subclass of Section",
    ),
    "its kind is taken": (
        'class Other(FactSection):\n    kind: Literal["training"]\n'
        "@hookimpl\ndef kepu_sections():\n    return [SectionKind(Other)]\n",
        "the plugins kepu-docs:core and stranger:drills both offer the section kind “training”; remove one of them",
    ),
    "it offers one kind twice": (
        "@hookimpl\ndef kepu_sections():\n    return [SectionKind(Drills), SectionKind(Drills)]\n",
        "the plugins stranger:drills and stranger:drills both offer the section kind “drills”",
    ),
    "it is written for later hooks": (
        "kepu_hooks_version = 99\n",
        "it is written for version 99 of the hooks, but this kepu-docs has version 1; update kepu-docs",
    ),
    "it is written for hooks that are gone": (
        "kepu_hooks_version = 0\n",
        "it is written for version 0 of the hooks, but this kepu-docs has version 1; update the plugin",
    ),
    "its version is no number": (
        "kepu_hooks_version = 'one'\n",
        "kepu_hooks_version is 'one'; expected a whole number",
    ),
}

# Of each plugin that fails at its work: its code, and what is said.
FAILING = {
    "its model raises": (
        SOUND.replace("Drills,", "Raising,")
        + 'class Raising(Drills):\n    @model_validator(mode="after")\n    def check(self):\n        raise KeyError("pump")\n',
        "sections[1]: the section kind “drills” (plugin stranger:drills) cannot read this section: KeyError('pump')",
    ),
    "its facts raise": (
        SOUND.replace("Drills,", "Raising,")
        + "class Raising(Drills):\n    def facts(self, summary):\n        return 1 / 0\n",
        "sections[1]: the section kind “drills” (plugin stranger:drills) failed: ZeroDivisionError",
    ),
    "its wording raises": (
        SOUND.replace('["leader"]', '["laeder"]'),
        "sections[1]: the section kind “drills” (plugin stranger:drills) failed: KeyError('laeder')",
    ),
    "its wording leaves": (
        SOUND.replace('facts["section"]["leader"]', "exit(0)"),
        "sections[1]: the section kind “drills” (plugin stranger:drills) failed: SystemExit(0)",
    ),
    "its wording is no block": (
        SOUND.replace('Paragraph(facts["section"]["leader"])', "'text'"),
        "(plugin stranger:drills) failed: ValueError('str is no block')",
    ),
    "it has no wording": (
        "@hookimpl\ndef kepu_sections():\n    return [SectionKind(Drills)]\n",
        "there is no template “sections/drills.jinja” for zh_Hans",
    ),
    "its override raises": (
        SOUND + "@hookimpl\ndef kepu_overrides():\n    return [Override('drills', 'md', lambda part: part.nothing)]\n",
        "the override of “drills” in the format “md” (plugin stranger:drills) failed: AttributeError",
    ),
}


def distribution(place: int) -> str:
    return f"stranger{place}"


@pytest.fixture(scope="module")
def unloadable(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Install all of them into one environment; each is a distribution of its own."""
    folder = tmp_path_factory.mktemp("unloadable")
    for place, (code, _) in enumerate(UNLOADABLE.values()):
        path = install(folder, distribution(place), code)
    (folder / "r.yaml").write_text(RECORD, encoding="utf-8")
    return folder, path


def test_plugins_that_cannot_be_loaded_are_named_and_the_rest_goes_on(unloadable: tuple[Path, str]) -> None:
    folder, path = unloadable
    done = kepu("render", "r.yaml", "-f", "txt", folder=folder, PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    assert (folder / "试验社区2025年科普工作总结.txt").exists()
    told = {line.split(": ")[1]: line for line in done.stderr.splitlines()}
    assert len(told) == len(UNLOADABLE)
    for place, (_, expected) in enumerate(UNLOADABLE.values()):
        line = told[f"the plugin {distribution(place)}:drills is left out"]
        assert line.startswith("warning: ")
        assert expected.replace("stranger:", f"{distribution(place)}:") in line
        assert f"(update it, or remove it: pip uninstall {distribution(place)})" in line


def test_plugins_that_cannot_be_loaded_are_listed_as_broken(unloadable: tuple[Path, str]) -> None:
    folder, path = unloadable
    listed = kepu("plugins", "list", folder=folder, PYTHONPATH=path)
    assert listed.returncode == 1
    lines = {line.split(" ")[0]: line for line in listed.stdout.splitlines()}
    for place, (_, expected) in enumerate(UNLOADABLE.values()):
        line = lines[f"{distribution(place)}:drills"]
        assert line.startswith(f"{distribution(place)}:drills 1.0  BROKEN: ")
        assert expected.replace("stranger:", f"{distribution(place)}:") in line


def test_strictly_the_first_broken_plugin_stops_everything(unloadable: tuple[Path, str]) -> None:
    folder, path = unloadable
    done = kepu("--strict-plugins", "render", "r.yaml", "-f", "txt", folder=folder, PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: the plugin stranger0:drills is broken: ModuleNotFoundError")


def test_broken_plugins_may_be_left_out(unloadable: tuple[Path, str]) -> None:
    folder, path = unloadable
    names = [part for place in range(len(UNLOADABLE)) for part in ("--no-plugin", distribution(place))]
    done = kepu("--strict-plugins", *names, "render", "r.yaml", "-f", "txt", folder=folder, PYTHONPATH=path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Install all of them into one environment, each with a kind of its own, and a record for each."""
    folder = tmp_path_factory.mktemp("failing")
    for place, (code, _) in enumerate(FAILING.values()):
        path = install(folder, distribution(place), code, kind=f"drills{place}")
        section = SECTION.replace("drills", f"drills{place}")
        (folder / f"{place}.yaml").write_text(RECORD.replace("试验", f"第{place}") + section, encoding="utf-8")
    (folder / "sound.yaml").write_text(RECORD, encoding="utf-8")
    return folder, path


@pytest.mark.some(2)
@pytest.mark.parametrize("command", [("render", "-o", "rendered"), ("batch", "-o", "batched")])
def test_a_plugin_that_fails_at_a_record_fails_it_alone(command: tuple[str, ...], failing: tuple[Path, str]) -> None:
    folder, path = failing
    records = [f"{place}.yaml" for place in range(len(FAILING))]
    done = kepu(*command, *records, "sound.yaml", "-f", "md", folder=folder, PYTHONPATH=path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    (made,) = (folder / command[2]).rglob("*.md")
    assert "试验社区" in made.read_text(encoding="utf-8")
    for place, (_, told) in enumerate(FAILING.values()):
        expected = told.replace("stranger:", f"stranger{place}:").replace("drills”", f"drills{place}”")
        expected = expected.replace("drills.jinja", f"drills{place}.jinja")
        (line,) = [line for line in done.stderr.splitlines() if line.startswith(f"error: {place}.yaml")]
        assert expected in line


def test_a_sound_plugin_is_reported_as_it_is(tmp_path: Path) -> None:
    path = install(tmp_path, "stranger", SOUND)
    (tmp_path / "a.yaml").write_text(RECORD + SECTION, encoding="utf-8")
    done = kepu("render", "a.yaml", "-f", "md", folder=tmp_path, PYTHONPATH=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "甲某" in (tmp_path / "试验社区2025年科普工作总结.md").read_text(encoding="utf-8")


def test_a_renderer_that_raises_is_named(tmp_path: Path) -> None:
    code = """
class Broken:
    format, suffix, media_type = "htm", ".htm", "text/html"
    def render(self, document):
        raise RuntimeError("no paper")

@hookimpl
def kepu_renderers():
    return [Broken()]
"""
    path = install(tmp_path, "stranger", code)
    (tmp_path / "a.yaml").write_text(RECORD, encoding="utf-8")
    done = kepu("render", "a.yaml", "-f", "htm", folder=tmp_path, PYTHONPATH=path)
    assert done.returncode == 1
    assert (
        "a.yaml: the renderer of the format “htm” (plugin stranger:drills) failed: RuntimeError('no paper')"
        in done.stderr
    )


def test_a_source_that_raises_is_named(tmp_path: Path) -> None:
    code = """
class Broken:
    suffixes, schemes = (".abc",), ()
    def records(self, location, form):
        yield SourceRecord(location, {"community": {"name": "试验社区"}, "period": 2025})
        raise RuntimeError("no ink")

@hookimpl
def kepu_sources():
    return [Broken()]
"""
    path = install(tmp_path, "stranger", code)
    (tmp_path / "a.abc").write_text("", encoding="utf-8")
    done = kepu("batch", "a.abc", "-o", "out", "-f", "md", folder=tmp_path, PYTHONPATH=path)
    assert done.returncode == 1
    assert "a.abc: reading failed (plugin stranger:drills): RuntimeError('no ink')" in done.stderr
    assert "1 made, 0 unchanged, 0 failed" in done.stdout


def test_an_override_of_what_is_not_there_is_listed_as_idle(tmp_path: Path) -> None:
    code = """
@hookimpl
def kepu_overrides():
    return [Override("drils", "md", lambda part: part.render_default())]
"""
    path = install(tmp_path, "stranger", code)
    listed = kepu("plugins", "list", folder=tmp_path, PYTHONPATH=path)
    assert listed.returncode == 0
    assert "stranger:drills 1.0  overrides: drils.md; not applicable here: drils.md" in listed.stdout


def test_a_hook_that_will_be_gone_is_reported_to_its_author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kepu_docs.contract import hooks
    from kepu_docs.registry import PluginWarning, Registry, core

    monkeypatch.setattr(hooks, "DEPRECATED", {"kepu_sections": "return kinds from kepu_kinds"})
    expected = (
        "the plugin kepu_docs.registry.core: the hook kepu_sections will be removed in the next release: return kinds"
    )
    with pytest.warns(PluginWarning, match=expected):
        registry = Registry.of(core)
    assert registry.kinds
    assert [str(remark) for remark in registry.plugins[0].remarks]
