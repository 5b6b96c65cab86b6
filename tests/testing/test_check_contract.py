"""A rule that meets the contract, and one broken in each way: the test for it reports it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from tests.testing.breaking import broken

from kepu_docs.contract.checks import Check, Finding, Subject
from kepu_docs.plugin import hookimpl
from kepu_docs.testing import CheckContract

MARKS: Final = "！！"


def shouting(subject: Subject) -> Iterator[Finding]:
    """Find exclamation marks in a row, two of them at a time."""
    for field in subject.texts:
        for match in re.finditer("！！+", field.text):
            yield Finding(field.path, "{count} marks", (("count", len(match[0])),), *match.span(), "！", True)


SOUND: Final = Check("shouting", "warning", "Exclamation marks in a row.", "house style", shouting)
CATALOG: Final = """
msgid "Exclamation marks in a row."
msgstr "叹号连用。"

msgid "house style"
msgstr "本单位行文习惯"

msgid "{count} marks"
msgstr "连用{count}个叹号"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for locale in ("zh_Hans", "zh_Hant"):
        (tmp_path / locale).mkdir()
        (tmp_path / locale / "interface.po").write_text(CATALOG, encoding="utf-8")
    return tmp_path


def contract(check: Check, folder: Path, **changed: Any) -> CheckContract:
    class Plugin:
        @hookimpl
        def kepu_checks(self) -> list[Check]:
            return [check]

        @hookimpl
        def kepu_templates(self) -> list[Path]:
            return [folder]

    attributes = {
        "rule": check.rule,
        "plugins": [Plugin()],
        "examples": 20,
        "wrong_texts": {f"真好{MARKS}": [MARKS], f"甲{MARKS}！乙{MARKS}": [f"{MARKS}！", MARKS]},
        "right_texts": ["真好！"],
        **changed,
    }
    made: type[CheckContract] = type("TestShouting", (CheckContract,), attributes)
    return made()


def test_a_sound_rule_keeps_it(folder: Path) -> None:
    assert broken(contract(SOUND, folder)) == {}


def crowded(subject: Subject) -> Iterator[Finding]:
    """Find sessions of nobody."""
    for at, section in enumerate(subject.summary.sections):
        for place, session in enumerate(getattr(section, "sessions", ())):
            if session.attendance and not session.attendance.value:
                yield Finding(("sections", at, "sessions", place, "attendance"), "{count} marks", (("count", 0),))


SESSION: Final = {"topic": "应急救护", "attendance": 0}
RECORD: Final = {"sections": [{"kind": "training", "sessions": [{"topic": "识图"}, SESSION]}]}
FIELD: Final = "sections[0].sessions[1].attendance"
FACTS: Final[dict[str, Any]] = {"wrong_texts": {}, "right_texts": (), "wrong_records": [(RECORD, [FIELD])]}


def test_a_sound_rule_about_facts_keeps_it(folder: Path) -> None:
    found = contract(replace(SOUND, find=crowded), folder, **FACTS, right_records=[{"opening": "开头。"}])
    assert broken(found) == {}


Find = Callable[[Subject], Iterable[Finding]]
COUNTER: Final = count()


def changed(**fields: Any) -> Find:
    """Find what the sound rule finds, changed."""

    def find(subject: Subject) -> Iterator[Finding]:
        for finding in shouting(subject):
            yield replace(finding, **fields)

    return find


def failing(subject: Subject) -> Iterator[Finding]:
    for field in subject.texts:
        field.text.encode("gb2312")
    yield from shouting(subject)


def early(subject: Subject) -> Iterator[Finding]:
    """Find also single marks."""
    for field in subject.texts:
        for match in re.finditer("！+", field.text):
            yield Finding(field.path, "{count} marks", (("count", len(match[0])),), *match.span())


def differing(subject: Subject) -> Iterator[Finding]:
    for finding in shouting(subject):
        yield replace(finding, values=(("count", next(COUNTER)),))


def slow(subject: Subject) -> Iterator[Finding]:
    """Look at each text once for each other one."""
    for _ in subject.texts:
        for _ in subject.texts:
            pass
    yield from shouting(subject)


def slow_within(subject: Subject) -> Iterator[Finding]:
    """Count the marks of a text anew at each."""
    for finding in shouting(subject):
        for field in subject.texts:
            for _ in re.finditer("！", field.text):
                pass
        yield finding


def halving(subject: Subject) -> Iterator[Finding]:
    """Put two marks in place of three."""
    for finding in shouting(subject):
        yield replace(finding, right="！！" if finding.end - finding.start > 2 else "！")


BROKEN: Final[dict[str, tuple[Check, dict[str, str]]]] = {
    "names that are none": (
        replace(SOUND, rule="Shouting", severity="bad", about="Of\ntwo lines", source=""),  # type: ignore[arg-type]
        {
            "what_it_is_called": r"rule is 'Shouting'; expected .*\n  - severity is 'bad'; expected one of 'error', .*\n"
            r"  - about is 'Of\\ntwo lines'; .*\n  - source is ''"
        },
    ),
    "what is not found": (
        replace(SOUND, find=lambda subject: ()),
        {"what_is_wrong_is_found": "真好！！: it found nothing; expected “！！”"},
    ),
    "what is found too often": (
        replace(SOUND, find=early),
        {"what_is_right_is_let_pass": "真好！: it found “！”; expected nothing; it says: 1 marks"},
    ),
    "an exception": (
        replace(SOUND, find=failing),
        {"any_text_is_looked_through": r"it raised UnicodeEncodeError.*\(test_check_contract\.py:\d+\)"},
    ),
    "an exception of a record": (
        replace(SOUND, find=lambda subject: [Finding((), subject.summary.sections[0].kind)]),
        {"any_record_is_looked_through": r"it raised IndexError"},
    ),
    "words beyond the text": (
        replace(SOUND, find=changed(end=1000)),
        {
            "findings_are_sound": r"sections\[0\]\.paragraphs\[0\]: the words from 2 to 1000 are meant, and the text has 4"
        },
    ),
    "a field that is not there": (
        replace(SOUND, find=changed(path=("sections", 7), end=0, right=None, safe=False)),
        {"findings_are_sound": r"at sections\[7\]: the record has no such field"},
    ),
    "a message without its values": (
        replace(SOUND, find=changed(values=())),
        {"findings_are_sound": r"the message “\{count\} marks” has no values for the names \['count'\]"},
    ),
    "a message with other values": (
        replace(SOUND, find=changed(values=(("number", 2),))),
        {"findings_are_sound": r"the message “\{count\} marks” cannot be filled with .*KeyError\('count'\)"},
    ),
    "nothing in place of something": (
        replace(SOUND, find=changed(right=None)),
        {"findings_are_sound": "it is safe to mend, and nothing is right"},
    ),
    "no words in whose place": (
        replace(SOUND, find=changed(start=0, end=0)),
        {"findings_are_sound": "it is safe to mend, and no words are named that '！' is to replace"},
    ),
    "mended to what stands there": (
        replace(SOUND, find=changed(right="！！")),
        {"findings_are_sound": "“！！” would be right, and stands there"},
    ),
    "mended to what is wrong": (
        replace(SOUND, find=halving),
        {"what_is_mended_is_right": "“甲！！！乙！！” becomes “甲！！乙！”, and that becomes “甲！乙！”"},
    ),
    "what differs": (
        replace(SOUND, find=differing),
        {"findings_are_sound": "looked at a second time, it finds something else"},
    ),
    "time that grows with the texts": (
        replace(SOUND, find=slow),
        {"time_grows_linearly": "“真好！！”, in many texts: the last doubling costs [34]"},
    ),
    "time that grows with a text": (
        replace(SOUND, find=slow_within),
        {"time_grows_linearly": "“真好！！”, again and again in one text: the last doubling costs [34]"},
    ),
    "what is not translated": (
        replace(SOUND, about="Shouting.", find=changed(text="{count} of them")),
        {
            "everything_is_translated": "zh_Hans: interface.po has no translation of about: “Shouting.”\n"
            "  - zh_Hans: interface.po has no translation of the message of what is found in “.*”: “{count} of them”"
        },
    ),
}


# To find the smallest record takes ten seconds.
@pytest.mark.some(2)
@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=pytest.mark.deep) if case == "an exception of a record" else case for case in BROKEN],
)
def test_what_is_broken_is_reported(case: str, folder: Path) -> None:
    check, expected = BROKEN[case]
    found = broken(contract(check, folder), [f"test_{name}" for name in expected])
    for name, told in expected.items():
        assert re.search(told, found.get(name, "")), found


def test_a_translation_without_its_name_is_reported(folder: Path) -> None:
    path = folder / "zh_Hant" / "interface.po"
    path.write_text(path.read_text(encoding="utf-8").replace("连用{count}个", "连用多个"), encoding="utf-8")
    found = broken(contract(SOUND, folder), ["test_everything_is_translated"])
    assert "zh_Hant: “连用多个叹号” has the names []; expected ['count']" in found["everything_is_translated"]


def test_records_in_which_nothing_is_found(folder: Path) -> None:
    found = broken(contract(SOUND, folder, **FACTS), ["test_what_is_wrong_is_found"])
    assert f"it found nothing; expected “{FIELD}”" in found["what_is_wrong_is_found"]


def test_what_is_no_record_is_reported(folder: Path) -> None:
    wrong = contract(SOUND, folder, wrong_texts={}, wrong_records=[({"period": "?"}, ["period"])])
    assert "{'period': '?'} is no record: period: " in broken(wrong)["what_is_wrong_is_found"]


def test_something_to_find_is_asked_for(folder: Path) -> None:
    found = broken(contract(SOUND, folder, wrong_texts={}), ["test_what_is_wrong_is_found"])
    assert "there is nothing to find; give a text" in found["what_is_wrong_is_found"]


def test_a_rule_that_nobody_has_is_reported() -> None:
    class TestNothing(CheckContract):
        rule = "nothing"

    with pytest.raises(pytest.fail.Exception, match="no plugin has the rule “nothing”"):
        TestNothing().test_what_it_is_called()
