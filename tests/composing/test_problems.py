"""Mistakes in a template are named: the fact, the nearest existing name, the phrase that would lose its value."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from kepu_docs.blocks import Chart, Paragraph, Table
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.snapshots import read_folder
from kepu_docs.errors import TemplateError
from kepu_docs.plugin import Count, FactSection, Line, Many, Record, SectionKind, Unit, hookimpl
from kepu_docs.registry import Registry, core
from kepu_docs.schema.summary import FORM

Compose = Callable[..., Any]


class Lesson(Record):
    name: Line
    nature: Literal["public", "at_school"] | None = None
    ways: Many[Literal["talk", "film"]] = ()
    held: Annotated[Count, Unit("场")] | None = None


class Lessons(FactSection):
    kind: Literal["lessons"]
    lessons: Many[Lesson] = ()
    open_to_all: bool = False
    leader: Lesson | None = None
    held: Annotated[Count, Unit("场")] | None = None


SECTION: dict[str, Any] = {
    "kind": "lessons",
    "lessons": [
        {"name": "甲课", "nature": "public", "ways": ["talk", "film"], "held": 2},
        {"name": "乙课", "nature": "at_school", "held": 3},
    ],
    "open_to_all": True,
    "held": 5,
}
CHOICES = "\n\n".join(
    f'msgctxt "choice"\nmsgid "{word}"\nmsgstr "{label}"'
    for word, label in (("public", "公益|公益性"), ("at_school", "校内"), ("talk", "讲授"), ("film", "影片"))
)


class _Plugin:
    @hookimpl
    def kepu_sections(self) -> Iterable[SectionKind]:
        return [SectionKind(Lessons)]


REGISTRY = Registry.of(core, _Plugin())
SUMMARY = REGISTRY.model.model_validate(
    {"community": {"name": "试验社区"}, "period": 2025, "sections": [SECTION]}, context={FORM: REGISTRY.model}
)


@pytest.fixture(params=[False, True], ids=["installed", "own"])
def compose(tmp_path: Path, request: pytest.FixtureRequest) -> Compose:
    """Return a function that composes a section by a template: one that is trusted, or that of a user's own folder."""

    def composed(template: str, locale: str = "zh_Hans", **files: str) -> list[Any]:
        for name, content in {"sections/lessons.jinja": template, **files}.items():
            file = tmp_path / locale / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        own = read_folder(tmp_path) if request.param else tmp_path
        composer = Composer(REGISTRY.kinds, (own, *REGISTRY.folders), locale, guarded=request.param)
        return list(composer.compose(SUMMARY).blocks[1:])

    return composed


def paragraph(text: str) -> str:
    return f"{{% paragraph %}}\n{text}{{% endparagraph %}}"


@pytest.mark.some(2)
@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ('section.held | phrase("共组织培训")', "phrase(“共组织培训”) has no {} for its value"),
        ('section.held | counted("x", "y") | phrase("共组织培训")', "phrase(“共组织培训”) has no {}"),
        ('section.lessons[0].ways | phrase("有课")', "phrase(“有课”) has no {}"),
        ('section.lessons | length | phrase("{count}门课")', "phrase(“{count}门课”) has no {}"),
        ('section.open_to_all | phrase("{}开放")', "phrase(“{}开放”) follows a yes or no, which has no value for {}"),
        ('section.hled | phrase("{}场")', "there is no fact “hled”; did you mean “held”?"),
        ("section.hled", "there is no fact “hled”; did you mean “held”?"),
        ("section.hled | number", "there is no fact “hled”; did you mean “held”?"),
        ("section.hled | count", "there is no fact “hled”; did you mean “held”?"),
        ("section.hled | money", "there is no fact “hled”; did you mean “held”?"),
        ('[section.hled, "x"] | series', "there is no fact “hled”; did you mean “held”?"),
        ('section["hled"] ~ "x"', "there is no fact “hled”; did you mean “held”?"),
        ('section.lessons | map(attribute="nmae") | join', "there is no fact “nmae”; did you mean “name”?"),
        ("section.qqqqq", "there is no fact “qqqqq”; available: kind, heading, "),
        ("sektion.held", "there is no fact “sektion”; did you mean “section”?"),
        ("comunity", "there is no fact “comunity”; did you mean “community”?"),
        (
            "section.leader.name",
            "“name” belongs to a fact that this record does not have; test for that fact first: {% if",
        ),
        ("section.lessons[0].name.first", "“first” belongs to a text, a number or a list, which has no facts"),
        ("section.lessons[7]", "a list of 2 has no entry 7"),
        ("{% for x in [1] %}{{ loop.lsat }}{% endfor %}", "there is no fact “lsat”; did you mean “last”?"),
    ],
)
def test_the_mistake_is_named_with_template_and_line(compose: Compose, expression: str, problem: str) -> None:
    template = paragraph(expression if "{%" in expression else f"{{{{ {expression} }}}}")
    with pytest.raises(TemplateError) as caught:
        compose(template)
    (fault,) = caught.value.faults
    assert fault.place.field == "sections[0]"
    assert f"lessons.jinja, line 2: {problem}" in fault.message


@pytest.mark.parametrize("tag", ["table section.lessons,", 'chart section.lessons, kind="bar",'])
def test_a_column_that_no_row_has_is_named(compose: Compose, tag: str) -> None:
    with pytest.raises(TemplateError, match="line 2: there is no fact “hled”; did you mean “held”"):
        compose(f'\n{{% {tag} columns=["name", "hled"] %}}')


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ('section.open_to_all | phrase("全部开放。")', "全部开放。"),
        ('section.leader | phrase("由人带队")', None),
        ('section.held | phrase("" if true else "{}")', None),
        ('(section.nope | default("无")) | phrase("{}。")', "无。"),
        ('"是" if section.nope is defined else "否"', "否"),
        ("choice_label(section.lessons[0].nature)", "公益"),
    ],
)
def test_what_is_meant_so_is_none(compose: Compose, expression: str, shown: str | None) -> None:
    made = compose(paragraph(f"{{{{ {expression} }}}}"), **{"keys.po": CHOICES})
    assert made == ([] if shown is None else [Paragraph(shown)])


TABLE = '{% table section.lessons, columns=["name", "nature", "ways"] %}'


def cells(blocks: list[Any]) -> list[tuple[str, ...]]:
    return [row[1:] for block in blocks if isinstance(block, Table) for row in block.rows]


def test_a_choice_in_a_table_is_shown_by_its_name_in_records(compose: Compose) -> None:
    assert cells(compose(TABLE, **{"keys.po": CHOICES})) == [("公益", "讲授和影片"), ("校内", "")]


def test_a_choice_in_a_table_is_shown_by_its_label_in_the_documents_language(compose: Compose) -> None:
    english = CHOICES.replace("公益|公益性", "open to the public").replace("校内", "at school")
    made = compose(TABLE.replace(', "ways"', ""), "en", **{"messages.po": english})
    assert cells(made) == [("open to the public",), ("at school",)]


def test_a_choice_without_a_label_is_shown_as_it_is(compose: Compose) -> None:
    assert cells(compose(TABLE)) == [("public", "talk和film"), ("at_school", "")]


def test_a_choice_on_the_axis_of_a_chart_has_its_label(compose: Compose) -> None:
    template = '{% chart section.lessons, kind="bar", columns=["nature", "held"] %}'
    (chart,) = compose(template, **{"keys.po": CHOICES})
    assert isinstance(chart, Chart)
    assert chart.categories == ("公益", "校内")


def test_a_broken_catalogue_of_names_is_named_when_it_is_asked(compose: Compose) -> None:
    with pytest.raises(TemplateError, match=r"keys\.po:1: the catalogue cannot be read"):
        compose(TABLE, **{"keys.po": "x"})
