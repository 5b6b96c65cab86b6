"""CHANGELOG.md has the form of Keep a Changelog 1.1, and fits the version of pyproject.toml."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = ["May break", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
HEADS = re.findall(r"^## (.*)$", TEXT, re.M)
RELEASES = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - \d{4}-\d{2}-\d{2}", head) for head in HEADS[1:]]


def version(found: "re.Match[str]") -> tuple[int, ...]:
    return tuple(map(int, found.groups()))


def test_unreleased_stands_first_and_versions_descend() -> None:
    assert HEADS[0] == "[Unreleased]"
    versions = [version(found) for found in RELEASES if found]
    assert len(versions) == len(RELEASES) > 0
    assert versions == sorted(set(versions), reverse=True)


def test_sections_are_known_and_in_order() -> None:
    for part in re.split(r"^## .*$", TEXT, flags=re.M)[1:]:
        found = re.findall(r"^### (.*)$", part, re.M)
        assert found == [section for section in SECTIONS if section in found]
        assert found
        # None is empty.
        assert all(re.search(r"^- ", body, re.M) for body in re.split(r"^### .*$", part, flags=re.M)[1:])


def test_each_release_has_its_link() -> None:
    names = [head[1 : head.index("]")] for head in HEADS]
    links = dict(re.findall(r"^\[([^\]]+)\]: https://github\.com/kepu-docs/kepu-docs/(\S+)$", TEXT, re.M))
    assert list(links) == names
    later = [*names[:1], *names[1:]]
    for name, older in zip(later, names[1:], strict=False):
        assert links[name] == f"compare/v{older}...{'HEAD' if name == 'Unreleased' else f'v{name}'}"
    assert links[names[-1]] == f"releases/tag/v{names[-1]}"


def test_the_version_is_the_last_release_or_goes_before_the_next() -> None:
    current = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    numbers = tuple(map(int, re.match(r"(\d+)\.(\d+)\.(\d+)", current).groups()))  # type: ignore[union-attr]
    last = next(version(found) for found in RELEASES if found)
    assert numbers > last if ".dev" in current else numbers == last


def test_its_lines_are_not_long() -> None:
    assert max(map(len, TEXT.splitlines())) <= 140
