"""Links of pages on the site: what is not there is shown by the repository, and what is nowhere stays for the strict build."""

import tomllib
from pathlib import Path

import pytest
from docs.site.links import address

ROOT = Path(__file__).parents[2]
REPOSITORY = "https://example.org/kepu-docs"
ON_SITE = {"forms.md", "errors.md", "zh/forms.md", "plugins/README.md", "plugins/testing.md", "examples/district.xlsx"}


@pytest.mark.parametrize(
    ("page", "link", "expected"),
    [
        ("forms.md", "errors.md#codes", "errors.md#codes"),
        ("zh/forms.md", "../forms.md", "../forms.md"),
        ("forms.md", "#边写边看", "#边写边看"),
        ("forms.md", "https://semver.org", "https://semver.org"),
        ("forms.md", "mailto:a@example.org", "mailto:a@example.org"),
        ("forms.md", "examples/district.xlsx", "examples/district.xlsx"),
        ("forms.md", "../CHANGELOG.md#unreleased", f"{REPOSITORY}/blob/main/CHANGELOG.md#unreleased"),
        ("zh/forms.md", "../../README.zh.md", f"{REPOSITORY}/blob/main/README.zh.md"),
        ("plugins/README.md", "../../plugins/samples", f"{REPOSITORY}/tree/main/plugins/samples"),
        ("plugins/testing.md", "../examples/programs/", f"{REPOSITORY}/tree/main/docs/examples/programs"),
        ("forms.md", "generate.py", f"{REPOSITORY}/blob/main/docs/generate.py"),
        ("forms.md", "plugins/", "plugins/README.md"),
        ("zh/forms.md", "../plugins#hooks", "../plugins/README.md#hooks"),
        ("forms.md", "nowhere.md", "nowhere.md"),
        ("forms.md", "../nowhere.md", "../nowhere.md"),
        ("forms.md", "../../../../etc", "../../../../etc"),
    ],
)
def test_links_lead_somewhere_on_the_site(page: str, link: str, expected: str) -> None:
    assert address(link, page, root=ROOT, on_site=ON_SITE, repository=REPOSITORY) == expected


def test_names_of_files_are_quoted(tmp_path: Path) -> None:
    (tmp_path / "甲 一.md").touch()
    found = address("../%E7%94%B2%20一.md", "forms.md", root=tmp_path, on_site=(), repository=REPOSITORY)
    assert found == f"{REPOSITORY}/blob/main/%E7%94%B2%20%E4%B8%80.md"


def test_the_project_says_where_its_pages_and_its_repository_are() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]
    assert urls["Repository"].startswith("https://")
    assert urls["Documentation"].endswith("/")
