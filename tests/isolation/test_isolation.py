"""Child processes do what they are asked, fail alone, and return nothing active."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kepu_docs.errors import RecordError
from kepu_docs.isolation import Held, Limits, StoppedError, children, isolated
from tests.isolation import deeds

SHORT = Limits(seconds=0.3, memory=512 << 20)


def reason(function: Callable[[], object]) -> str:
    with pytest.raises(StoppedError) as caught:
        isolated(function, SHORT)
    return str(caught.value.reason)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(process: int) -> bool:
    for _ in range(600):
        if not is_alive(process):
            return True
        time.sleep(0.1)
    return False


def test_values_of_known_classes_come_back() -> None:
    assert isolated(deeds.pair, SHORT, 1, "近100") == deeds.Pair(1, "近100")


def test_our_errors_come_back() -> None:
    with pytest.raises(RecordError, match=r"试验\.yaml:3: nothing of this"):
        isolated(deeds.refuse, SHORT)


@pytest.mark.parametrize(
    ("deed", "text"),
    [
        (deeds.fail, "the reader failed on it: ZeroDivisionError: by zero"),
        (deeds.panic, "the reader failed on it: BaseException: a panic of foreign code"),
        (deeds.abort, "the reader crashed on it (SIGABRT)"),
        (deeds.leave, "the reader crashed on it (7)"),
        (deeds.spin, "it takes more than 0 seconds of computing; the file is probably damaged or malicious"),
        (deeds.gadget, "the process that read it gave an unexpected answer: a child sent a posix.system"),
        (deeds.ordered, "the process that read it gave an unexpected answer: a child sent a collections.OrderedDict"),
    ],
)
def test_whatever_else_happens_is_a_reason(
    deed: Callable[[], object], text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert reason(deed) == text
    assert isolated(deeds.pair, SHORT, 1, "the next") == deeds.Pair(1, "the next")
    assert capfd.readouterr() == ("", "")


def test_memory_is_bounded() -> None:
    assert isolated(deeds.take, SHORT, 1) == 1 << 20
    with pytest.raises(StoppedError, match="it needs more than 512 MiB of memory"):
        isolated(deeds.take, SHORT, 2_000)


def test_one_that_does_nothing_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "WAITING_SECONDS", 0)
    with pytest.raises(StoppedError, match="was killed"):
        isolated(deeds.sleep, Limits(seconds=0.1))


def test_one_that_does_nothing_is_killed_where_pipes_cannot_be_polled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_CAN_POLL", False)
    test_one_that_does_nothing_is_killed(monkeypatch)


def test_what_it_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert isolated(deeds.chatter, SHORT) == ""
    assert capfd.readouterr() == ("", "")


def test_it_writes_no_files(tmp_path: Path) -> None:
    with pytest.raises(StoppedError):
        isolated(deeds.write, SHORT, str(tmp_path / "file"))
    assert (tmp_path / "file").stat().st_size <= 64 * 1024


def test_one_process_takes_many_files_and_is_replaced_in_the_end() -> None:
    first = isolated(deeds.process, SHORT)
    assert {isolated(deeds.process, SHORT) for _ in range(20)} == {first}
    # Of one that has taken half of its memory the next file would lack it.
    isolated(deeds.keep, Limits(memory=512 << 20), 300)
    assert wait_until_gone(first)


def test_an_object_is_kept_between_questions() -> None:
    with Held(deeds.Shelf, SHORT, 5) as first, Held(deeds.Shelf, SHORT, 50) as second:
        assert [first.ask(deeds.Shelf.next), second.ask(deeds.Shelf.next), first.ask(deeds.Shelf.next)] == [6, 51, 7]


def test_all_questions_together_are_bounded() -> None:
    with Held(deeds.Shelf, Limits(seconds=1.0), 0) as shelf:
        shelf.ask(deeds.Shelf.burn, 0.4)
        shelf.ask(deeds.Shelf.burn, 0.4)
        with pytest.raises(StoppedError, match="seconds of computing"):
            shelf.ask(deeds.Shelf.burn, 0.4)
        with pytest.raises(StoppedError, match="has ended"):
            shelf.ask(deeds.Shelf.next)


@pytest.mark.deep
def test_a_question_may_have_limits_of_its_own() -> None:
    with Held(deeds.Shelf, Limits(seconds=0.1), 0) as shelf:
        for _ in range(3):
            assert shelf.ask_anew(deeds.Shelf.burn, Limits(seconds=10), 0.2) == 0.2
        with pytest.raises(StoppedError, match="more than 1 seconds"):
            shelf.ask_anew(deeds.Shelf.burn, Limits(seconds=1), 2.0)


def test_closing_twice_gives_a_child_back_once() -> None:
    shelf = Held(deeds.Shelf, SHORT, 0)
    shelf.close()
    with Held(deeds.Shelf, SHORT, 0) as other:
        shelf.close()
        with Held(deeds.Shelf, SHORT, 100) as third:
            assert (other.ask(deeds.Shelf.next), third.ask(deeds.Shelf.next)) == (1, 101)


@pytest.mark.deep
def test_threads_have_children_of_their_own() -> None:
    found: list[bool] = []

    def ask(number: int) -> None:
        found.extend(isolated(deeds.pair, Limits(), number, str(each)) == (number, str(each)) for each in range(50))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 400
    assert all(found)


def parent(code: str) -> "subprocess.Popen[str]":
    head = "from kepu_docs.isolation import *; from tests.isolation import deeds\n"
    folder = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", head + code], stdout=subprocess.PIPE, text=True, cwd=folder)


@pytest.fixture
def ended() -> Iterator[list["subprocess.Popen[str]"]]:
    processes: list[subprocess.Popen[str]] = []
    yield processes
    for process in processes:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.mark.parametrize("busy", [False, pytest.param(True, marks=pytest.mark.deep)])
def test_it_ends_with_its_caller(busy: bool, ended: list["subprocess.Popen[str]"]) -> None:
    work = "held.ask(deeds.Shelf.burn, 1000.0)" if busy else "import time; time.sleep(1000)"
    code = f"held = Held(deeds.Shelf, Limits(), 0); print(held._child._process.pid, flush=True)\n{work}"
    caller = parent(code)
    ended.append(caller)
    assert caller.stdout
    child = int(caller.stdout.readline())
    assert is_alive(child)
    os.kill(caller.pid, signal.SIGKILL)
    caller.wait()
    assert wait_until_gone(child)


def test_a_fork_has_children_of_its_own(ended: list["subprocess.Popen[str]"]) -> None:
    code = """
import os
mine = isolated(deeds.process, Limits())
if os.fork() == 0:
    print("other" if isolated(deeds.process, Limits()) != mine else "the same", flush=True)
    os._exit(0)
os.wait()
print("mine" if isolated(deeds.process, Limits()) == mine else "another", flush=True)
"""
    caller = parent(code)
    ended.append(caller)
    assert caller.communicate()[0] == "other\nmine\n"
    assert caller.returncode == 0


def test_it_does_not_run_the_callers_program_again(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from kepu_docs.isolation import *\nfrom tests.isolation import deeds\n"
        "print(isolated(deeds.pair, Limits(), 1, 'a').first)\n"
    )
    folder = str(Path(__file__).parents[2])
    made = subprocess.run(
        [sys.executable, program], env={**os.environ, "PYTHONPATH": folder}, capture_output=True, text=True
    )
    assert (made.stdout, made.stderr) == ("1\n", "")
