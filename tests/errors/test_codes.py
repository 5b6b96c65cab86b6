"""Every fault that the code raises has a code; codes do not change; a page says what to do about each."""

import re
from pathlib import Path

import pytest
from tests.errors.fault_texts import ROOT, fault_texts

from kepu_docs.errors import Fault, Place
from kepu_docs.errors.codes import CODES, OTHER
from kepu_docs.pipeline import expectations

STABLE = (Path(__file__).parent / "codes.txt").read_text(encoding="utf-8").split()
PAGES = [ROOT / "docs" / "errors.md", ROOT / "docs" / "zh" / "errors.md"]
EVERY = {*CODES.values(), *expectations.CODES, OTHER}


def test_each_text_of_a_fault_has_a_code() -> None:
    lacking = {text: module for text, module in fault_texts().items() if text not in CODES}
    assert not lacking, "give each a code in src/kepu_docs/errors/codes.py"


def test_no_code_has_a_text_that_nobody_raises() -> None:
    assert not set(CODES) - set(fault_texts())


def test_codes_are_words_with_hyphens() -> None:
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", code) for code in EVERY)


def test_codes_stay() -> None:
    # Programs ask for them: one that is written here is neither renamed nor taken out; new ones are added.
    assert sorted(EVERY) == STABLE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_the_page_has_all_codes_with_cause_and_cure(page: Path) -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", page.read_text(encoding="utf-8"), re.M)
    assert sorted(code for code, _, _ in rows) == sorted(EVERY)
    assert all(cause and cure for _, cause, cure in rows)


@pytest.mark.parametrize("text", sorted(CODES))
def test_a_fault_takes_the_code_of_its_text(text: str) -> None:
    assert Fault(Place(), text).code == CODES[text]


def test_a_stranger_says_the_code_of_his_own() -> None:
    assert Fault(Place(), "the tide is out").code == OTHER
    assert Fault(Place(), "the tide is out", code="tide-out").code == "tide-out"
