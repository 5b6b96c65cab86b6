"""Two halves of one site: each page in its language, with the pages of that language beside it.

The English pages are in ``docs/``, their Chinese ones in ``docs/zh/`` with the same names. `mkdocs.yml` has the order of the
English ones; the Chinese half follows it, and shows the English page where there is no Chinese one.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

CHINESE = "zh/"
HALVES = ("en", "zh")


def is_chinese(page: str) -> bool:
    """Tell whether a path in ``docs/`` is that of a Chinese page."""
    return page.startswith(CHINESE)


def in_other_language(page: str, pages: Collection[str]) -> str:
    """Return the page that says the same in the other language; where there is none, its first page."""
    other = page.removeprefix(CHINESE) if is_chinese(page) else CHINESE + page
    return other if other in pages else "index.md" if is_chinese(page) else f"{CHINESE}index.md"


def both(order: list[Any], pages: Collection[str], names: Mapping[str, str]) -> list[Any]:
    """Return the order of both halves: the English one as it is, and the Chinese one that follows it.

    ``names`` are those of the groups in Chinese. Chinese pages without an English one end the first group.
    """
    followed = _followed(order, pages, names)
    used = set(_paths(followed))
    alone = sorted(page for page in pages if is_chinese(page) and page not in used)
    first = next((group for group in followed if isinstance(group, dict)), None)
    if first is not None:
        next(iter(first.values())).extend(alone)
    return [{"en": order}, {"zh": followed}]


def _followed(order: list[Any], pages: Collection[str], names: Mapping[str, str]) -> list[Any]:
    """Return the order with Chinese pages for English ones, and Chinese names."""
    return [
        {names[title]: _followed(children, pages, names) for title, children in each.items()}
        if isinstance(each, dict)
        else CHINESE + each
        if CHINESE + each in pages
        else each
        for each in order
    ]


def _paths(order: list[Any]) -> Iterator[str]:
    for each in order:
        if isinstance(each, dict):
            for children in each.values():
                yield from _paths(children)
        else:
            yield each


def half(nav: Navigation, language: str, in_english: str) -> Navigation:
    """Return the half of a navigation that is of a language, when the titles of all pages are known.

    In the Chinese half an English page is a link, ``in_english`` behind its title.
    """
    whole = next(item for item in nav.items if isinstance(item, Section) and item.title == language)
    items = [_marked(item, in_english) for item in whole.children] if language == "zh" else whole.children
    for item in items:
        item.parent = None
    part = Navigation(items, [page for item in items for page in _pages(item)])
    part.homepage = next(iter(part.pages), None)
    return part


def _marked(item: Any, in_english: str) -> Any:
    if isinstance(item, Section):
        section = Section(item.title, [_marked(child, in_english) for child in item.children])
        for child in section.children:
            child.parent = section
        return section
    if isinstance(item, Page) and not is_chinese(item.file.src_uri):
        return Link(f"{item.title}（{in_english}）", item.url)
    return item


def neighbours(page: Page, part: Navigation) -> tuple[Page | None, Page | None]:
    """Return the pages before and after a page in its half."""
    if page not in part.pages:
        return None, None
    place = part.pages.index(page)
    return (part.pages[place - 1] if place else None), next(iter(part.pages[place + 1 :]), None)


def _pages(item: Any) -> Iterator[Page]:
    if isinstance(item, Page):
        yield item
    for child in item.children or ():
        yield from _pages(child)
