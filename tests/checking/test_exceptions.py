"""Exceptions that people write into their records."""

from pathlib import Path

import pytest
from tests.checking.records import put

import kepu_docs

HEAD = "community: {name: 试验社区}\nperiod: 2025\nsigned_by: 试验社区居委会\nsigned_on: 2025-12-20\n"


def rules(folder: Path, text: str, name: str = "a_yaml") -> list[str]:
    put(folder, **{name: text})
    report = kepu_docs.check(folder / name.replace("_", "."))
    return [each.rule for each in report.remarks if each.rule != "missing-section"]


@pytest.mark.parametrize(
    "text",
    [
        "opening: 20xx年。  # kepu: ignore[placeholder]\n",
        "# kepu: ignore[placeholder]\nopening: 20xx年。\n",
        "opening: # kepu: ignore[placeholder]\n  20xx年。\n",
        "opening: | # kepu: ignore[placeholder]\n  一。\n  20xx年。\n",
        "opening:\n  # kepu: ignore[placeholder]\n  - 20xx年。\n",
        "opening:\n  - 20xx年。 # kepu: ignore[half-width,placeholder]\n",
    ],
)
def test_covered(tmp_path: Path, text: str) -> None:
    assert "placeholder" not in rules(tmp_path, HEAD + text)


@pytest.mark.parametrize(
    "text",
    [
        "opening: 20xx年。  # kepu: ignore[half-width]\n",
        "opening: 20xx年。  # kepu ignore placeholder\n",
        "closing: 好。  # kepu: ignore[placeholder]\nopening: 20xx年。\n",
        "opening: |\n  一。\n  20xx年。\n  # kepu: ignore[placeholder]\n",
    ],
)
def test_not_covered(tmp_path: Path, text: str) -> None:
    assert "placeholder" in rules(tmp_path, HEAD + text)


def test_toml(tmp_path: Path) -> None:
    text = 'period = 2025\nopening = "20xx年。" # kepu: ignore[placeholder]\n[community]\nname = "试验社区"\n'
    assert "placeholder" not in rules(tmp_path, text, "a_toml")


def test_of_no_use(tmp_path: Path) -> None:
    put(tmp_path, a_yaml=HEAD + "opening: 好。 # kepu: ignore[placeholder, no-such-rule]\n")
    found = kepu_docs.check(tmp_path / "a.yaml").remarks
    unused = [each for each in found if each.rule == "unused-exception"]
    assert [(each.severity, each.place.line, each.place.column, str(each.message)) for each in unused] == [
        ("info", 5, 13, "the rule “placeholder” finds nothing here; remove the exception"),
        ("info", 5, 13, "there is no rule “no-such-rule”"),
    ]
    assert [each.rule for each in kepu_docs.check(tmp_path / "a.yaml", without=["placeholder"]).remarks] == [
        "unused-exception"
    ]


def test_of_what_is_missing(tmp_path: Path) -> None:
    text = "# kepu: ignore[missing-signature]\ncommunity: {name: 试验社区}\nperiod: 2025\nopening: 好。\n"
    assert rules(tmp_path, text) == []
