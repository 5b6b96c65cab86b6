"""A folder of wording is checked without a record; the installed wording has no fault."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.composing.test_own_templates import RECORD, put
from tests.composing_attacks import ATTACKS
from tests.depth import examples

import kepu_docs
from kepu_docs.composing.known_facts import Known, facts
from kepu_docs.composing.plain_data import section_facts, summary_facts
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.composing.wording_check import frame_facts
from kepu_docs.errors import TemplateError
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.own_templates import TemplateWarning
from kepu_docs.pipeline.sample_facts import section_known
from kepu_docs.pipeline.template_check import TemplateCheck
from kepu_docs.plugin import FactSection, SectionKind, WorkSummary, hookimpl
from kepu_docs.registry import Registry, core

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
TEMPLATES = sorted((ROOT / "templates" / "kepu_templates").glob("*/sections/*.jinja"))


def checked(folder: Path) -> list[str]:
    """Return what is wrong with a folder, without the way to it."""
    return [str(fault).replace(f"{folder}/", "") for fault in default_engine().check_templates(folder).faults]


@pytest.mark.deep
def test_what_is_installed_has_no_fault() -> None:
    report = default_engine().check_templates()
    assert (report.faults, report.unchecked) == ((), ())
    assert report.files > 50


def test_only_what_words_a_highlight_sees_one(tmp_path: Path) -> None:
    put(tmp_path, "highlights/activities.jinja", "{{ highlight.name }}{{ highlight.sort }}")
    put(tmp_path, "totals/activities.jinja", "{{ highlight.name }}")
    (fault,) = default_engine().check_templates(tmp_path).faults
    assert str(fault).startswith(f"{tmp_path / 'zh_Hans/totals/activities.jinja'}:1: there is no fact “highlight”")


def test_what_is_wrong_in_a_folder_is_named_with_file_and_line(tmp_path: Path) -> None:
    put(
        tmp_path,
        "sections/training.jinja",
        '\ufeff{% extends "default" %}\n{% block overview %}\n{{ section.held | phrase("共组织培训") }}\n'
        "{{ section.hled }}\n{% endblock %}",
    )
    put(tmp_path, "sections/team.jinja", "{% heading %}{{ section.heading }}{% endheading %}\n\n多余的文字")
    put(tmp_path, "sections/trainning.jinja", "")
    put(tmp_path, "title.jinja", "{{ community.name }}{{ section.held }}")
    put(tmp_path, "messages.po", "")
    (tmp_path / "zh_Hans" / "messages.po").write_bytes(
        '\ufeffmsgctxt "kind"\nmsgid "trainning"\nmsgstr "学习"\n\nmsgctxt "kinds"\nmsgid "team"\nmsgstr "队伍"\n\n'
        'msgctxt "pattern"\nmsgid "stpo"\nmsgstr "。"\n\nmsgctxt "field"\nmsgid "atendance"\nmsgstr "人次"\n\n'
        'msgctxt "unit"\nmsgid "盒"\nmsgstr "盒"\n\n#, fuzzy\nmsgctxt "kind"\nmsgid "tem"\nmsgstr "队"\n'.encode()
    )
    put(tmp_path, "keys.po", "")
    (tmp_path / "zh_Hans" / "keys.po").write_bytes('msgctxt "choice"\nmsgid "a"\nmsgstr "训练"\n'.encode("gbk"))
    put(tmp_path, "sections/team.jinja", "{% tabel %}", "en")
    assert checked(tmp_path) == [
        "zh_Hans/sections/trainning.jinja: there is no template “sections/trainning.jinja”; did you mean "
        "“sections/training.jinja”?",
        "en/sections/team.jinja:1: this is not a template: Encountered unknown tag 'tabel'.",
        "zh_Hans/messages.po:2: “trainning” with msgctxt “kind” is never used; did you mean “training”?",
        "zh_Hans/messages.po:6: no text with msgctxt “kinds” is ever used; available: kind, field, choice, body, "
        "whole, people, member, pattern, unit",
        "zh_Hans/messages.po:10: “stpo” with msgctxt “pattern” is never used; did you mean “stop”?",
        "zh_Hans/messages.po:14: “atendance” with msgctxt “field” is never used; did you mean “attendance”?",
        "zh_Hans/keys.po:3: the catalogue cannot be read: this text is in GBK, not in UTF-8; save the file as UTF-8, "
        "with “Save as” in an editor",
        "zh_Hans/title.jinja:1: there is no fact “section”; available: "
        + ", ".join(name for name in WorkSummary.model_fields if name != "sections")
        + ", span, body, people, member, members, message, rolled_up, reporting, partial, kind_label, field_label, figure_label, choice_label, range, dict",
        "zh_Hans/sections/team.jinja:3: text outside a block tag",
        "zh_Hans/sections/training.jinja:3: phrase(“共组织培训”) has no {} for its value, which would be lost; write "
        "{} where the value belongs",
        "zh_Hans/sections/training.jinja:4: there is no fact “hled”; did you mean “held”?",
    ]


def test_a_sound_folder_has_no_fault(tmp_path: Path) -> None:
    put(tmp_path, "sections/training.jinja", '{% extends "default" %}{% block heading %}学习{% endblock %}')
    put(tmp_path, "messages.po", 'msgctxt "kind"\nmsgid "training"\nmsgstr "学习"\n')
    report = default_engine().check_templates(tmp_path)
    assert (report.faults, report.files) == ((), 2)


def test_an_engine_checks_the_templates_of_its_own(tmp_path: Path) -> None:
    put(tmp_path, "sections/training.jinja", "{% heading %}{{ section.hled }}{% endheading %}")
    report = Engine(default_engine().registry, templates=tmp_path).check_templates()
    assert [fault.message for fault in report.faults] == ["there is no fact “hled”; did you mean “held”?"]


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="this is not a folder of templates"):
        default_engine().check_templates(tmp_path / "none")


def test_labels_that_nothing_looks_up_are_warned_of_when_documents_are_made(tmp_path: Path) -> None:
    put(tmp_path, "messages.po", 'msgctxt "kind"\nmsgid "trainning"\nmsgstr "学习"\n')
    with pytest.warns(TemplateWarning, match=r"messages\.po:2: “trainning” with msgctxt") as caught:
        assert kepu_docs.compose(kepu_docs.load(RECORD), templates=tmp_path).blocks
    assert len(caught) == 1


class Refusing(FactSection):
    kind: Literal["refusing"]
    amount: int = 0

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        raise ZeroDivisionError


class _Plugin:
    @hookimpl
    def kepu_sections(self) -> Iterable[SectionKind]:
        return [SectionKind(Refusing)]


def test_a_kind_of_which_nothing_can_be_computed_is_said_to_be_unchecked() -> None:
    registry = Registry.of(core, _Plugin())
    source = "{% paragraph %}{{ section.computed.x }}{{ section.points[0].x }}{% endparagraph %}"
    own = Snapshot("/own", {"zh_Hans/sections/refusing.jinja": source.encode()})
    report = TemplateCheck(registry, own).report()
    assert report.unchecked == ("refusing",)
    assert [fault.message.partition(" belongs")[0] for fault in report.faults] == ["“x”"]


def paths(value: Any, known: Known, way: str) -> Iterable[str]:
    """Yield the facts of a record that are not known."""
    if isinstance(value, Mapping) and known.names is not None:
        for name, part in value.items():
            if name not in known.names:
                yield f"{way}.{name}"
            else:
                yield from paths(part, known.names[name], f"{way}.{name}")
    elif isinstance(value, list | tuple) and known.what == "list" and known.entry is not None:
        for part in value:
            yield from paths(part, known.entry, f"{way}[]")
    elif isinstance(value, Mapping | list | tuple) and known.is_single and known.what != "list":
        yield f"{way} is {known.what}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_all_facts_of_records_are_known(example: Path) -> None:
    """Nothing that a template may see of the examples would be taken for misspelt."""
    registry = default_engine().registry
    summary = kepu_docs.load(example)
    known = frame_facts(TemplateCheck(registry)._summary, {})
    assert list(paths(summary_facts(summary), facts(known), "")) == []
    for section in summary.sections:
        expected, is_whole = section_known(registry, registry.kinds[section.kind])
        assert is_whole
        assert list(paths(section_facts(section, section.facts(summary)), expected, section.kind)) == []


@pytest.mark.deep
@pytest.mark.parametrize("name", ATTACKS)
def test_templates_made_to_do_harm_are_looked_at_to_the_end(name: str) -> None:
    own = Snapshot("/own", {"zh_Hans/sections/training.jinja": ATTACKS[name][0].encode()})
    for fault in TemplateCheck(default_engine().registry, own).report().faults:
        assert str(fault).startswith("/own/zh_Hans/sections/training.jinja:")


PARTS = st.sampled_from(
    ["{% paragraph %}", "{% endparagraph %}", "{% if ", "{% for x in ", " %}", "{% endif %}", "{% endfor %}", "{{ ", " }}",
     "section", "section.sessions", ".held", ".hled", "[0]", "[1:]", "x", "loop", ".first", " | phrase(", '"{}"', '"词"', ")",
     " ~ ", " + ", " or ", " if ", " else ", " is defined", " | list", " | map(attribute=", " | default(", "(", "[", "]", "{",
     "}", ":", ", ", "{% set x = ", "{% set x %}", "{% endset %}", "{% macro m(x) %}", "{% endmacro %}", "m(", "{% block overview %}",
     "{% endblock %}", '{% extends "default" %}', "{% table ", 'columns=["topic", "x"]', "{% with x = ", "{% endwith %}", "1", "\n"]
)  # fmt: skip


@settings(max_examples=examples(500), deadline=None)
@given(parts=st.lists(PARTS, max_size=25), name=st.sampled_from(["sections/training.jinja", "title.jinja"]))
def test_whatever_stands_in_a_template_is_looked_at(parts: list[str], name: str) -> None:
    own = Snapshot("/own", {f"zh_Hans/{name}": "".join(parts).encode()})
    check = TemplateCheck(default_engine().registry, own)
    lines = [fault.place.line or 0 for fault in check.of(own, "zh_Hans", name)]
    assert lines == sorted(lines)


@pytest.mark.deep
def test_misspelt_facts_of_our_templates_are_seen() -> None:
    """Of one in twenty facts that they name, each misspelt in turn; what no sample has is not seen."""
    registry = default_engine().registry
    spoilt = [(file, match) for file in TEMPLATES for match in re.finditer(r"(?<=[a-z\])])\.[a-z_]{3,}\b", read(file))]
    tried, unseen = spoilt[::20], []
    for file, match in tried:
        source, locale = read(file), file.parts[-3]
        name = f"sections/{file.name}"
        own = Snapshot("/own", {f"{locale}/{name}": f"{source[: match.end()]}qq{source[match.end() :]}".encode()})
        if not any(f"“{match[0][1:]}qq”" in str(fault) for fault in TemplateCheck(registry, own).of(own, locale, name)):
            unseen.append(f"{locale}/{name}: {match[0]}")
    assert len(tried) > 50
    assert len(unseen) <= len(tried) // 20, unseen


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
