"""A user's own wording templates: whole ones, single blocks, wrong ones, and hostile ones."""

import tracemalloc
from pathlib import Path
from typing import Any

import pytest

import kepu_docs
from kepu_docs.blocks import Heading, Paragraph
from kepu_docs.composing.budget import LONGEST_TEXT, STEPS

RECORD: dict[str, Any] = {
    "community": {"name": "试验社区"},
    "period": 2025,
    "sections": [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}]}],
}


def put(folder: Path, name: str, source: str, locale: str = "zh_Hans") -> Path:
    file = folder / locale / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")
    return folder


def training(folder: Path, source: str) -> Path:
    return put(folder, "sections/training.jinja", source)


def composed(folder: Path, locale: str = "zh_Hans") -> list[str]:
    document = kepu_docs.compose(kepu_docs.load(RECORD), templates=folder, locale=locale)
    return [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]


def refused(folder: Path, source: str) -> str:
    """Return why a template is refused; the next summary is composed all the same."""
    training(folder, source)
    with pytest.raises(kepu_docs.TemplateError) as caught:
        composed(folder)
    (fault,) = caught.value.faults
    assert kepu_docs.compose(kepu_docs.load(RECORD)).blocks
    return str(fault)


def test_a_whole_template_is_replaced(tmp_path: Path) -> None:
    training(tmp_path, "{% heading %}学习{% endheading %}{% paragraph %}共{{ section.held }}。{% endparagraph %}")
    assert composed(tmp_path)[-2:] == ["学习", "共1场。"]
    assert kepu_docs.render(kepu_docs.load(RECORD), "txt", templates=tmp_path).decode().count("学习") == 1


def test_one_block_is_replaced_and_the_rest_stays(tmp_path: Path) -> None:
    training(tmp_path, '{% extends "default" %}\n{% block heading %}我们的培训{% endblock %}\n')
    assert composed(tmp_path)[-2:] == ["我们的培训", "社区举办以“应急救护”为主题的科普培训1场，60人次参加。"]
    training(tmp_path / "b", '{% extends "default" %}{% block overview %}{{ section.attendance }}受训。{% endblock %}')
    assert composed(tmp_path / "b")[-2] == "60人次受训。"
    training(
        tmp_path / "c", '{% extends "default" %}{% block details %}{% paragraph %}完。{% endparagraph %}{% endblock %}'
    )
    assert composed(tmp_path / "c")[-1] == "完。"


def test_title_and_labels_are_replaced(tmp_path: Path) -> None:
    put(tmp_path, "title.jinja", "{{ community.name }}学习总结")
    put(tmp_path, "messages.po", 'msgctxt "kind"\nmsgid "training"\nmsgstr "学习培训"\n')
    document = kepu_docs.compose(kepu_docs.load(RECORD), templates=tmp_path)
    assert document.title == "试验社区学习总结"
    assert any(isinstance(block, Heading) and block.text == "学习培训" for block in document.blocks)


def test_a_template_in_one_language_is_not_shown_in_another(tmp_path: Path) -> None:
    training(tmp_path, "{% heading %}学习{% endheading %}{% paragraph %}全部。{% endparagraph %}")
    assert "学习" not in composed(tmp_path, "en")
    assert "学习" not in composed(tmp_path, "zh_Hant")


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (
            '{% extends "default" %}{% block headng %}x{% endblock %}',
            "has no block “headng”; it has: heading, overview",
        ),
        ('{% extends "default" %}text', 'next to {% extends "default" %}, only blocks are shown'),
        (
            '{% extends "default" %}{% paragraph %}x{% endparagraph %}',
            'next to {% extends "default" %}, only blocks are shown',
        ),
        ('{% extends "default" %}{% block details %}text{% endblock %}', "text outside a block tag"),
        ('{% extends "other.jinja" %}', 'a template can only extend "default"'),
        ('{% include "title.jinja" %}', "cannot include other templates"),
        ('{% import "title.jinja" as t %}', "cannot include other templates"),
        ('{% from "../../x" import y %}', "cannot include other templates"),
        ("{% paragraph %}{{ section.hold }}{% endparagraph %}", "hold"),
        ("{% paragraph %}{{ section.held | shout }}{% endparagraph %}", "shout"),
        ("{% paragraph %}{{ __sink }}{% endparagraph %}", "two underscores"),
        ("{% paragraph %}x", "endparagraph"),
    ],
)
def test_a_wrong_template_is_reported_with_its_place(tmp_path: Path, source: str, problem: str) -> None:
    message = refused(tmp_path, f"\n{source}")
    assert message.startswith(f"sections[0]: template {tmp_path / 'zh_Hans' / 'sections' / 'training.jinja'}, line 2: ")
    assert problem in message


def paragraph(expression: str) -> str:
    return "{% paragraph %}{{ " + expression + " }}{% endparagraph %}"


LOOP = "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}"
DOUBLING = "{% macro m(x, n) %}{% if n %}{{ m(x ~ x, n - 1) }}{% else %}{{ x }}{% endif %}{% endmacro %}"
ENDLESS = "{% macro m(x) %}{{ m(x) }}{% endmacro %}"


@pytest.mark.parametrize(
    "source",
    [
        LOOP,
        "{% for i in range(99999) %}{% for j in range(99999) %}{% paragraph %}x{% endparagraph %}{% endfor %}{% endfor %}",
        DOUBLING + paragraph('m("12345678", 40)'),
        ENDLESS + paragraph("m(1)"),
        paragraph("range(10 ** 9) | list | length"),
        paragraph("range(1000000000) | list | length"),
        paragraph('"x" * 1000000000'),
        paragraph('1000000000 * "x"'),
        paragraph("9 ** 9 ** 9"),
        paragraph('"%1000000000d" % 1'),
        paragraph('"{:>999999999}".format(1)'),
        paragraph('"x".center(999999999)'),
        paragraph('("x" * 900000) ~ ("x" * 900000)'),
        paragraph('["x" * 999999] * 99 | join'),
        paragraph("(1, 2) * 100000000"),
        paragraph("(99999999999999999999 * 99999999999999999999) * 99999999999999999999 * 99999999999999999999"),
        "{% set ns = dict(a='x' * 999999) %}" + paragraph("ns.a ~ ns.a"),
        "{% for i in range(90000) %}{% for j in range(3) %}{% set x = 'y' * 900000 %}{% endfor %}{% endfor %}",
    ],
)
def test_an_exploding_template_ends_with_an_error(tmp_path: Path, source: str) -> None:
    tracemalloc.start()
    try:
        assert refused(tmp_path, source).startswith("sections[0]: template")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 80_000_000


ESCAPES = [
    "''.__class__", "section.__class__", "section.items()", "section.keys()", "section.pop('held')",
    "section.update(held=3)", "section.clear()", "[].append(1)", "[].__class__.__base__", "().__class__.__mro__",
    "''.__class__.__mro__[1].__subclasses__()", "{}.__class__", "section.sessions.__getitem__(0)", "self.__init__",
    "self._TemplateReference__context", "kind_label.__globals__", "kind_label.__self__", "kind_label.__func__",
    "kind_label.__code__", "community.name.encode()", "community.name.format(1)", "community.name.__format__('9')",
    "'{0.__class__}'.format(1)", "'{0.__class__}'.format_map(section)", "lipsum()", "lipsum.__globals__", "cycler(1)",
    "cycler.__init__.__globals__", "joiner()", "namespace()", "section | attr('held')", "section | attr('__class__')",
    "section | tojson", "'a' | format", "'a' | wordwrap(1)", "[1] | random", "[section] | map('attr', '__class__') | list",
    "[''] | map(attribute='__class__') | list", "range.__init__", "range.__class__", "dict.__base__", "context", "caller()",
    "request", "config", "g", "url_for.__globals__", "get_flashed_messages", "open('/etc/passwd')", "__import__('os')",
    "__builtins__", "period.start.__class__", "period.start.__reduce__()", "period.start.replace(1)", "none.__class__",
    "(1).__class__", "1.0.hex()", "true.__class__", "'a' | xmlattr", "'a' | pprint", "'a' | filesizeformat", "'a' | safe",
]  # fmt: skip
PLACES = {
    "section": ("sections/training.jinja", "{{% paragraph %}}{{{{ {} }}}}{{% endparagraph %}}"),
    "block": ("sections/training.jinja", '{{% extends "default" %}}{{% block overview %}}{{{{ {} }}}}{{% endblock %}}'),
    "opening": ("opening.jinja", "{{% paragraph %}}{{{{ {} }}}}{{% endparagraph %}}"),
    "option": ("sections/training.jinja", "{{% heading body={} %}}x{{% endheading %}}"),
    "title": ("title.jinja", "{{{{ {} }}}}"),
}


@pytest.mark.deep
@pytest.mark.parametrize("expression", ESCAPES)
def test_nothing_but_the_facts_is_within_reach(tmp_path: Path, expression: str) -> None:
    for place, (name, pattern) in PLACES.items():
        folder = put(tmp_path / place, name, pattern.format(expression))
        with pytest.raises(kepu_docs.TemplateError):
            composed(folder)


def test_the_numbers_of_headings_are_a_choice(tmp_path: Path) -> None:
    levels = "".join(
        f'msgctxt "pattern"\nmsgid "heading {level}"\nmsgstr "arabic:{".".join(f"%{n}" for n in range(1, level + 1))} "\n\n'
        for level in range(1, 5)
    )
    put(tmp_path, "messages.po", levels)
    document = kepu_docs.compose(kepu_docs.load(RECORD), templates=tmp_path)
    assert [block.number for block in document.blocks if isinstance(block, Heading)] == ["1 "]
    assert (
        b"w:isLgl" in kepu_docs.render(kepu_docs.load(RECORD), "docx", templates=tmp_path)
        or document.outline[1].pattern == "%1.%2 "
    )


def test_a_template_does_not_change_the_facts(tmp_path: Path) -> None:
    record = {**RECORD, "sections": RECORD["sections"] * 2}
    training(
        tmp_path,
        "{% set section = 3 %}{% set community = 4 %}{% paragraph %}{{ section }}{{ community }}{% endparagraph %}",
    )
    document = kepu_docs.compose(kepu_docs.load(record), templates=tmp_path)
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)][-2:] == ["34", "34"]
    assert document.title == "试验社区2025年科普工作总结"


def test_the_limits_leave_room_for_large_records(tmp_path: Path) -> None:
    assert STEPS >= 200_000
    assert LONGEST_TEXT >= 1_000_000
    sessions = [{"topic": f"课题{place}", "attendance": place + 1} for place in range(10_000)]
    record = {**RECORD, "sections": [{"kind": "training", "sessions": sessions}]}
    assert kepu_docs.compose(kepu_docs.load(record)).blocks


def test_a_folder_that_is_none_or_holds_what_nothing_looks_up(tmp_path: Path) -> None:
    with pytest.raises(kepu_docs.TemplateError, match="this is not a folder of templates"):
        composed(tmp_path / "absent")
    put(tmp_path, "sections/trainning.jinja", "x")
    put(tmp_path, "sections/training.jinja", "x", "chinese")
    with pytest.raises(kepu_docs.TemplateError) as caught:
        composed(tmp_path)
    messages = [fault.message for fault in caught.value.faults]
    assert messages[0].startswith("templates must be in a folder for their language, such as zh_Hans/sections/")
    assert messages[1] == "there is no template “sections/trainning.jinja”; did you mean “sections/training.jinja”?"


def test_composers_of_several_folders_do_not_mix(tmp_path: Path) -> None:
    one = training(tmp_path / "1", '{% extends "default" %}{% block heading %}甲{% endblock %}')
    two = training(tmp_path / "2", '{% extends "default" %}{% block heading %}乙{% endblock %}')
    assert ["甲" in composed(one), "乙" in composed(two), "甲" in composed(one), "乙" in composed(one)] == [
        True,
        True,
        True,
        False,
    ]
