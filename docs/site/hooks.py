"""What MkDocs calls while it builds the site: `mkdocs.yml` names this file.

Addresses are those of `pyproject.toml`. Pages are built one after the other, so what is set for one is there when it is
rendered: its links, its language, and the navigation of its half.
"""

import sys
import tomllib
from pathlib import Path
from typing import Any

from api import pages as api_pages
from links import address
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from navigation import HALVES, both, half, in_other_language, is_chinese, neighbours

from reading import LikeGitHub

ROOT = Path(__file__).parents[2]
STYLES = "assets/site.css"
NAMES = {"en": "English", "zh": "中文"}


class _Build:
    """What is known of one build."""

    def __init__(self) -> None:
        self.page = ""
        self.files: set[str] = set()
        self.repository = ""
        self.halves: dict[str, Navigation] = {}

    def lead(self, link: str) -> str:
        return address(link, self.page, root=ROOT, on_site=self.files, repository=self.repository)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take the addresses from pyproject.toml, and let Markdown be read as GitHub does."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    config.site_url = project["urls"]["Documentation"]
    config.site_description = project["description"]
    config.repo_url = project["urls"]["Repository"]
    config.repo_name = "GitHub"
    build = _Build()
    build.repository = config.repo_url.rstrip("/")
    config.extra["build"] = build
    config.markdown_extensions.append(LikeGitHub(build.lead))  # type: ignore[arg-type]  # Markdown takes these too
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the API, and the order of the Chinese half."""
    files.append(File.generated(config, STYLES, abs_src_path=str(Path(__file__).parent / "site.css")))
    for path, text in _api().items():
        files.append(File.generated(config, path, content=text))
    pages = {file.src_uri for file in files.documentation_pages()}
    config.extra["build"].files = {file.src_uri for file in files if not file.inclusion.is_excluded()}
    config.nav = both(config.nav or [], pages, config.extra["chinese"])
    return files


def on_page_markdown(markdown: str, page: Page, **others: Any) -> None:
    """Remember whose links come now."""
    page_config: MkDocsConfig = others["config"]
    page_config.extra["build"].page = page.file.src_uri


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> dict[str, Any]:
    """Show a page in its language, with its half of the site, and a way to the other."""
    build: _Build = config.extra["build"]
    if not build.halves:
        english = config.extra["chinese"]["in English"]
        build.halves = {language: half(nav, language, english) for language in HALVES}
    here = "zh" if is_chinese(page.file.src_uri) else "en"
    other = nav_file(nav, in_other_language(page.file.src_uri, build.files))
    config.theme["language"] = here
    config.extra["alternate"] = [
        {"name": NAMES[language], "lang": language, "link": page.url if language == here else other.url}
        for language in HALVES
    ]
    part = build.halves[here]
    page.previous_page, page.next_page = neighbours(page, part)
    return {**context, "nav": part}


def nav_file(nav: Navigation, path: str) -> Page:
    """Return the page of a path in ``docs/``."""
    return next(page for page in nav.pages if page.file.src_uri == path)


def _api() -> dict[str, str]:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import plugin_reference
    finally:
        sys.path.pop(0)
    subjects = plugin_reference.GROUPS

    def subject_of(name: str) -> str:
        home = plugin_reference.home(name)
        return next(title for title, modules in subjects if home.startswith(modules))

    return dict(api_pages(subject_of, [title for title, modules in subjects]))
