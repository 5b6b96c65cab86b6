"""What people see of the five records: golden files. A .docx is compared part by part, as XML.

Those of languages other than Simplified Chinese stand in folders of their own, and have no .docx: what is theirs in one
tests/kepu_word/test_word_languages.py looks at.

Rewrite them with ``pytest tests/examples --update-golden``, and read the difference before committing it.
"""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES

import kepu_docs

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


@pytest.mark.parametrize("format_name", ["md", "txt"])
@pytest.mark.parametrize("locale", LOCALES)
def test_text_formats(example: Path, locale: str, format_name: str, update_golden: bool) -> None:
    shown = kepu_docs.render(kepu_docs.load(example), format_name, locale=locale)
    folder = GOLDEN if locale == "zh_Hans" else GOLDEN / locale
    golden = folder / f"{example.stem}.{format_name}"
    if update_golden:
        folder.mkdir(exist_ok=True)
        golden.write_bytes(shown)
    assert shown.decode() == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_word(example: Path, locale: str, update_golden: bool) -> None:
    data = kepu_docs.render(kepu_docs.load(example), "docx", locale=locale)
    assert data == kepu_docs.render(kepu_docs.load(example), "docx", locale=locale)
    check_docx(data)
    folder = (GOLDEN if locale == "zh_Hans" else GOLDEN / locale) / f"{example.stem}.docx"
    parts = _parts(data)
    if update_golden:
        for old in folder.rglob("*.xml"):
            old.unlink()
        for name, content in parts.items():
            file = folder / f"{name}.xml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    golden = {str(file.relative_to(folder)).removesuffix(".xml"): file.read_bytes() for file in folder.rglob("*.xml")}
    assert sorted(parts) == sorted(golden)
    for name, content in parts.items():
        assert _canonical(content) == _canonical(golden[name]), name


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package, indented so that a difference can be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {
            name.replace("[Content_Types]", "content-types"): etree.tostring(
                etree.fromstring(package.read(name)), pretty_print=True, encoding="utf-8"
            )
            for name in package.namelist()
        }


def _canonical(content: bytes) -> str:
    return str(etree.canonicalize(etree.fromstring(content)))
