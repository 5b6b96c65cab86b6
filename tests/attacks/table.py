"""All attacks, run one by one or in parallel, and the table of their results."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Final, NamedTuple

from tests.attacks import (
    databases,
    forms,
    ordinary,
    outputs,
    pdf_documents,
    photographs,
    records,
    templates,
    terminal,
    word_documents,
    workbooks,
)
from tests.attacks.frame import Attack, Run, run

GROUPS: Final = {
    module.__name__.rpartition(".")[2]: module.attacks
    for module in (
        ordinary,
        workbooks,
        word_documents,
        pdf_documents,
        templates,
        forms,
        records,
        outputs,
        terminal,
        databases,
        photographs,
    )
}
"""The attacks of each group, by its name."""


class Row(NamedTuple):
    """What came of one attack."""

    group: str
    id: str
    outcome: str
    """What the run did: refused, read, killed, and the like."""
    problems: tuple[str, ...]
    seconds: float
    cpu: float
    memory: int

    def __str__(self) -> str:
        state = "FAIL" if self.problems else "ok"
        told = (
            f"{state:5}{self.group:15} {self.id:100.100} {self.outcome:10} {self.cpu:5.1f} s {self.memory >> 20:5} MiB"
        )
        return "\n".join((told, *(f"      {problem}" for problem in self.problems)))


@cache
def attacks(group: str) -> tuple[Attack, ...]:
    """Return the attacks of a group. Raises ``ValueError`` where two have one name."""
    found = tuple(GROUPS[group]())
    names = {each.id for each in found}
    if len(names) < len(found):
        raise ValueError(f"two attacks of {group} have one name")
    return found


QUICK: Final = (
    "ordinary: ",
    "render: a kind with",
    "render: a file .none named with",
    "render: --format with",
    "batch: postgresql://bob:…@",
    "import: a.md: line feed in",
    "manifest: stem = '../../home/evil'",
    "out: manifest.jsonl of",
    "batch: a.xlsx: a cell 'A9999",
    "batch: a.ods: repeated rows times repeated columns",
    "render: a.json: 10,000 points",
    "--reference: a.docx: attachedTemplate at",
    "fill: form.docx: rows of a large row",
)
"""What the attacks begin with that the tests always run: quick ones, one of each kind."""


def chosen(patterns: Sequence[str], *, quick: bool = False) -> list[tuple[str, int]]:
    """Return group and place of the attacks whose group, door and name hold one of the patterns; of all, if none."""
    return [
        (group, at)
        for group in GROUPS
        for at, each in enumerate(attacks(group))
        if (not quick or group == "ordinary" or each.id.startswith(QUICK))
        and (not patterns or any(part in f"{group}: {each.id}" for part in patterns))
    ]


def row(group: str, at: int, *, fresh: bool = False) -> Row:
    """Run one attack."""
    attack = attacks(group)[at]
    try:
        done = run(attack, fresh=fresh)
    except Exception as error:
        # The others go on; an attack that cannot be laid is a fault of its own.
        return Row(group, attack.id, "not laid", (f"the attack itself fails: {error!r}",), 0, 0, 0)
    return Row(group, attack.id, _outcome(done), tuple(done.problems), done.seconds, done.cpu, done.memory)


def _outcome(done: Run) -> str:
    return {None: "killed", 0: "read", 1: "refused", 2: "refused"}.get(done.status, f"status {done.status}")


def _row(task: tuple[str, int, bool]) -> Row:
    group, at, fresh = task
    return row(group, at, fresh=fresh)


def rows(which: Sequence[tuple[str, int]], jobs: int = 1, *, fresh: bool = False) -> Iterator[Row]:
    """Run attacks, some at once, and yield what came of each."""
    tasks = [(group, at, fresh) for group, at in which]
    if jobs == 1:
        yield from map(_row, tasks)
        return
    # A crew of processes without threads, so that each may fork; those of a pool of ``multiprocessing`` may not.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        yield from pool.map(_row, tasks)


def told(which: Sequence[tuple[str, int]], jobs: int, *, fresh: bool = False, failures: bool = False) -> int:
    """Run attacks, print the table with its counts, and return how many failed."""
    started = time.monotonic()
    counts: dict[str, list[Row]] = {}
    for each in rows(which, jobs, fresh=fresh):
        counts.setdefault(each.group, []).append(each)
        if each.problems or not failures:
            print(each, flush=True)
    print(f"\n{'group':16}{'attacks':>8}{'refused':>9}{'read':>7}{'failed':>8}{'most s':>8}{'most MiB':>10}")
    everything = [each for group in counts.values() for each in group]
    for name, found in [*counts.items(), ("all", everything)]:
        outcomes = [each.outcome for each in found]
        print(
            f"{name:16}{len(found):8}{outcomes.count('refused'):9}{outcomes.count('read'):7}"
            f"{sum(bool(each.problems) for each in found):8}{max((each.cpu for each in found), default=0):8.1f}"
            f"{max((each.memory for each in found), default=0) >> 20:10}"
        )
    print(f"in {time.monotonic() - started:,.0f} s")
    return sum(bool(each.problems) for each in everything)
