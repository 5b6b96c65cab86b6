"""Without its extra, kepu_docs.testing says what to install; the library itself never imports it."""

import inspect
import subprocess
import sys

import pytest


@pytest.mark.parametrize("missing", ["pytest", "hypothesis"])
def test_what_is_missing_is_named(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; import kepu_docs.testing"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    told = f'kepu_docs.testing needs {missing}, which is not installed: pip install "kepu-docs[testing]"'
    assert done.stderr.splitlines()[-1] == f"ImportError: {told}"


def test_the_library_does_without() -> None:
    code = (
        "import sys; sys.modules.update(pytest=None, hypothesis=None); import kepu_docs; from kepu_docs import plugin;"
        "kepu_docs.render(kepu_docs.load({'community': {'name': 'a'}, 'period': 2025}), 'docx');"
        "print('kepu_docs.testing' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "False\n"


def test_all_that_is_public_is_there_and_explained() -> None:
    from kepu_docs import testing

    # Constants, classes, functions, as ruff has them.
    order = sorted(testing.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert testing.__all__ == order
    for name in testing.__all__:
        thing = getattr(testing, name)
        assert (not inspect.isroutine(thing) and not inspect.isclass(thing)) or thing.__doc__, name
