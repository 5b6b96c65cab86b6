"""Some attacks in every run, more in the deep run, all with ``make attacks``; and tests of the checks themselves."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.attacks import frame
from tests.attacks.frame import SECRET, Attack, Expected
from tests.attacks.material import lay
from tests.attacks.table import GROUPS, attacks, chosen, row, rows

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are limited and looked for as Linux has them"
)

QUICK = chosen((), quick=True)


@pytest.mark.some(8)
@pytest.mark.parametrize(("group", "at"), QUICK, ids=lambda each: str(each))
def test_quick(group: str, at: int) -> None:
    found = row(group, at)
    assert not found.problems, f"{found}"


EVERY = 80
"""One of so many attacks of each group is tried in the deep run: all of them take most of an hour."""


@pytest.mark.deep
@pytest.mark.parametrize("group", GROUPS)
def test_some_of_each_group(group: str) -> None:
    failed = [each for each in rows([(group, at) for at in range(0, len(attacks(group)), EVERY)]) if each.problems]
    assert not failed, "\n".join(map(str, failed))


def test_there_are_attacks() -> None:
    assert len(QUICK) > 60
    assert len(chosen(())) > 700


def _python(code: str) -> Callable[[Path], Sequence[str]]:
    """Return what lays a plain text, and imports it: the command is ours, what it does is put in its place."""

    def make(folder: Path) -> Sequence[str]:
        lay(folder, "code.py", code)
        return ["code.py"]

    return make


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import sys; sys.exit(3)", "exit status 3"),
        ("import os; os.abort()", "exit status -6"),
        ("raise ValueError('x')", "a fault of our own"),
        (r"print('a\x1b[2J')", "says '\\x1b'"),
        (r"print('a\u202eb')", "says '\\u202e'"),
        (r"print('a\r\nb')", "says '\\r'"),
        ("print('x'); print('::set-output name=a::b')", "begins a line with ::"),
        ("open('beside.txt', 'a').write('x')", "touches work/beside.txt"),
        ("open('../home/new', 'w').write('x')", "touches home/new"),
        ("import os; os.remove('../home/canary.txt')", "touches home/canary.txt"),
        ("import os, tempfile; tempfile.mkstemp(); os.mkdir('out')", "leaves tmp/"),
        ("import os; os.mkdir('out'); open('out/.kepu-docs-x.tmp', 'w')", "leaves work/out/.kepu-docs-x.tmp"),
        ("import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])", "leaves the process"),
        ("import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True)", "leaves the process"),
        (f"print('{SECRET}')", "tells a secret"),
        (f"import os; os.mkdir('out'); open('out/a.txt', 'w').write('{SECRET}')", "tells a secret"),
        ("import time; time.sleep(60)", "killed after"),

        ("pass", "the good record 'good' is not finished"),
        ("import sys; sys.exit(1)", "is refused without a word"),
        ("pass", "is not refused"),
    ],
)  # fmt: skip
def test_the_frame_sees(code: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the things that must not happen is seen when it does."""
    monkeypatch.setattr(frame, "SECONDS", 1 if "killed" in said else 30)
    monkeypatch.setattr(frame, "LINGER", 0.5)
    monkeypatch.setattr(frame, "COMMAND", ())
    attack = Attack("code", "python", _python(code), Expected.REFUSED, ("good",), fresh=True)
    problems = frame.run(attack).problems
    assert any(each.startswith(said) for each in problems), problems
