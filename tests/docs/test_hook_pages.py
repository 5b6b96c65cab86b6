"""The pages of the hooks: one per hook, with the signature and sentence of the code, and a working example."""

import inspect
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import kepu_docs.plugin
import kepu_markdown
import kepu_text
from kepu_docs.contract import hooks
from kepu_docs.pipeline import Engine
from kepu_docs.registry import Registry, core

PAGES = Path(__file__).parents[2] / "docs" / "plugins" / "hooks"
HOOKS = sorted(name for name in vars(hooks) if name.startswith("kepu_"))


def blocks(hook: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield what stands behind the language of each block of code in a page, and the block."""
    text = (PAGES / f"{hook}.md").read_text(encoding="utf-8")
    yield from re.findall(rf"^```{language}[ ]?([^\n]*)\n(.*?)^```$", text, re.S | re.M)


def signature(hook: str) -> str:
    """Return a hook's signature, its types called as in kepu_docs.plugin."""
    shown = str(inspect.signature(getattr(hooks, hook))).replace("'", "")
    return hook + re.sub(r"(?:\w+\.)+(\w+)", r"\1", shown)


def example(hook: str) -> ModuleType:
    """Run the example of a page, as the module of a plugin."""
    plugin = ModuleType(f"example_of_{hook}")
    code = "".join(block for about, block in blocks(hook, "python") if not about)
    exec(compile(code, f"docs/plugins/hooks/{hook}.md", "exec"), plugin.__dict__)  # noqa: S102
    return plugin


def test_each_hook_has_its_page() -> None:
    assert sorted(page.stem for page in PAGES.glob("*.md")) == HOOKS


@pytest.mark.parametrize("hook", HOOKS)
def test_signature_and_sentence_are_those_of_the_code(hook: str) -> None:
    assert [block.strip() for about, block in blocks(hook, "python") if about == "signature"] == [signature(hook)]
    sentence = " ".join(textwrap.dedent(inspect.getdoc(getattr(hooks, hook)) or "").split("\n\n")[0].split())
    assert sentence in (PAGES / f"{hook}.md").read_text(encoding="utf-8")


@pytest.mark.some(3)
@pytest.mark.parametrize("hook", HOOKS)
def test_its_example_is_true(hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plugin = example(hook)
    assert set(re.findall(r"^from (kepu_docs\S*)", "".join(b for _, b in blocks(hook, "python")), re.M)) == {
        "kepu_docs.plugin"
    }
    engine = Engine(Registry.of(core, kepu_markdown, kepu_text, plugin))
    info = engine.registry.plugins[-1]
    offered = [*info.sections, *info.formats, *info.sources, *info.overrides, *info.checks]
    assert offered or hook == "kepu_templates"
    assert not info.idle
    records = [block for _, block in blocks(hook, "yaml")]
    shown = list(blocks(hook, "text"))
    assert len(records) == len(shown)
    for record, (about, expected) in zip(records, shown, strict=True):
        document = engine.compose(engine.load(yaml.safe_load(record)))
        made = engine.render(document, about.partition("format=")[2] or "md").decode()
        assert expected in made


def test_the_source_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.roll").write_text("试验社区\t2025\t近100\n第二社区\t2025\t60\n", encoding="utf-8")
    from kepu_docs.batch import render_batch

    engine = Engine(Registry.of(core, kepu_markdown, example("kepu_sources")))
    assert render_batch("a.roll", "out", formats=["md"], engine=engine).made == 2


def test_the_rule_finds() -> None:
    plugin = example("kepu_checks")
    (check,) = plugin.kepu_checks()
    summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "closing": "再接再厉！！"})
    field = kepu_docs.plugin.FieldText(("closing", 0), "再接再厉！！")
    (finding,) = check.find(kepu_docs.plugin.Subject(summary, (field,)))
    assert field.text[finding.start : finding.end] == "！！"


def test_the_reference_is_that_of_the_code() -> None:
    command = [sys.executable, "-c", "import plugin_reference; print(plugin_reference.page(), end='')"]
    done = subprocess.run(command, cwd=PAGES.parents[1], capture_output=True, encoding="utf-8", check=True)
    shown = (PAGES.parent / "reference.md").read_text(encoding="utf-8")
    assert done.stdout == shown, (
        "run: python docs/plugin_reference.py; does a change of the surface warn a release ahead?"
    )


def test_the_surface_is_listed_once_and_sorted_by_name() -> None:
    shown = re.findall(r"^### `(\w+)`$", (PAGES.parent / "reference.md").read_text(encoding="utf-8"), re.M)
    assert sorted(shown) == sorted(kepu_docs.plugin.__all__)
    assert dir(kepu_docs.plugin) == sorted(kepu_docs.plugin.__all__)
