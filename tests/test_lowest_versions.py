"""``constraints-lowest.txt`` has the lower bounds of ``pyproject.toml``, each as the only version of its package."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "tests" / "constraints-lowest.txt"

# What only checks the code, measures it, looks for faults in it or shows how it is used is not run with the lowest versions.
NOT_RUN = frozenset({"check", "coverage", "programs", "browser", "docs", "packaging", "bench", "fuzz", "dev"})


def bounds() -> dict[str, str]:
    """The lower bound of each package that users and tests run, by its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for name in extras if name not in NOT_RUN for line in extras[name])]
    found: dict[str, str] = {}
    for line in lines:
        if line.startswith("kepu-docs["):
            continue
        match = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?>=([0-9.]+)", line)
        assert match, f"a lower bound, and nothing else, is expected: {line}"
        name, version = match.groups()
        assert found.setdefault(name, version) == version, f"two lower bounds for {name}"
    return found


def pinned() -> dict[str, str]:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    pairs = [(line.partition("==")[0], line.partition("==")[2]) for line in lines if line and not line.startswith("#")]
    assert len(pairs) == len({name for name, _ in pairs})
    return dict(pairs)


def test_constraints_are_the_lower_bounds() -> None:
    assert pinned() == bounds()


def test_every_bound_is_sorted() -> None:
    names = [name.lower() for name in pinned()]
    assert names == sorted(names)
