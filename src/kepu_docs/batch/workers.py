"""The workers of a run: this process, a pool of processes, or an executor of the caller."""

import multiprocessing
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kepu_docs.batch.process_end import begin_worker, start_server, uninterrupted
from kepu_docs.batch.work import DIED, FAILED, Job, Outcome, Task, digest, work, work_with
from kepu_docs.errors import N_, Fault, KepuError, Place, RenderError
from kepu_docs.errors.visible import harmless, visible
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.own_templates import TemplateWarning, shown
from kepu_docs.pipeline.records import Who, place_of

T = TypeVar("T")

_METHODS = ("forkserver", "spawn")
_PAUSES = (0.0, 0.1, 0.4)
"""Seconds before each try to renew a pool: a server that was killed takes a moment until it is seen to be gone."""

_PATIENCE = 10.0
"""Seconds for which a run that ends early waits for what another's executor has begun: a bundle takes less than one."""


class Workers(Protocol):
    """Takes bundles of tasks, and gives back their outcomes."""

    at_once: int
    """How many bundles may be under way."""

    def begin(self, tasks: Sequence[Task]) -> Callable[[], list[Outcome]]:
        """Begin to work on ``tasks``, and return what waits for their outcomes."""
        ...

    def end(self, *, now: bool) -> None:
        """End; ``now`` without what has not begun."""
        ...


@dataclass
class ThisProcess:
    """No worker but this process."""

    engine: Engine
    job: Job
    at_once: int = 1

    def begin(self, tasks: Sequence[Task]) -> Callable[[], list[Outcome]]:
        """Work when the outcomes are asked for."""
        return lambda: work_with(self.engine, self.job, tasks)

    def end(self, *, now: bool) -> None:
        """Do nothing."""


class GivenExecutor:
    """The executor of somebody else: of a cluster, say. It stays open."""

    def __init__(self, executor: Executor, job: Job, at_once: int) -> None:
        self._executor = executor
        self._job = job
        self._under_way: list[Future[list[Outcome]]] = []
        self.at_once = at_once

    def begin(self, tasks: Sequence[Task]) -> Callable[[], list[Outcome]]:
        """Submit ``tasks``."""
        self._under_way = [future for future in self._under_way if not future.done()]
        future = self._executor.submit(work, self._job, tasks)
        self._under_way.append(future)

        return lambda: self._outcomes(future, tasks)

    def _outcomes(self, future: Future[list[Outcome]], tasks: Sequence[Task]) -> list[Outcome]:
        try:
            return future.result()
        except (KepuError, BrokenExecutor) as error:
            raise _failed(error) from error
        except Exception as error:
            # An engine that replaces its workers reports so tasks that have killed several of them.
            outcomes = self._one_by_one(tasks)
            if outcomes and all(isinstance(outcome, Exception) for outcome in outcomes):
                raise _failed(error) from error
            return [
                _failed_alone(task, FAILED, error=shown(outcome)) if isinstance(outcome, Exception) else outcome
                for task, outcome in zip(tasks, outcomes, strict=True)
            ]

    def _one_by_one(self, tasks: Sequence[Task]) -> list[Outcome | Exception]:
        """Return what becomes of each task by itself."""
        outcomes: list[Outcome | Exception] = []
        for task in tasks:
            try:
                outcomes += self._executor.submit(work, self._job, [task]).result()
            except (KepuError, BrokenExecutor) as error:
                raise _failed(error) from error
            except Exception as error:
                outcomes.append(error)
        return outcomes

    def end(self, *, now: bool) -> None:
        """Take back what has not begun. What has must end, or it writes into the waiting room while that is removed."""
        left = [future for future in self._under_way if not future.cancel()]
        if now:
            wait(left, _PATIENCE)


class Pool:
    """Processes on this machine. One that dies takes no record with it but the one that killed it."""

    def __init__(self, job: Job, jobs: int) -> None:
        self._job = job
        self._jobs = jobs
        self._pool = self._new()
        self._has_worked = False
        self.at_once = 2 * jobs + 1

    def _new(self) -> ProcessPoolExecutor:
        method = next(name for name in _METHODS if name in multiprocessing.get_all_start_methods())
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            # What all workers need is imported once, before they part.
            context.set_forkserver_preload(["kepu_docs.batch.forkserver_preload"])
            with suppress(OSError):  # reported when the first worker cannot be started
                start_server()
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin)

    def begin(self, tasks: Sequence[Task]) -> Callable[[], list[Outcome]]:
        """Submit ``tasks``."""
        try:
            future = self._submit(work, self._job, tasks)
        except BrokenExecutor:
            return lambda: self._again(tasks)

        def wait() -> list[Outcome]:
            try:
                outcomes = future.result()
            except KepuError:
                raise
            except Exception:  # a broken pool; or a record, or what was made of it, that cannot go between processes
                return self._again(tasks)
            self._has_worked = True
            return outcomes

        return wait

    def _submit(self, function: Callable[..., T], *arguments: object) -> "Future[T]":
        """Submit a call. Raises ``BrokenExecutor``; also where a process cannot be started, its server having died."""
        try:
            # A worker that was begun half-way would be forgotten, and complain that nobody is there.
            with uninterrupted():
                return self._pool.submit(function, *arguments)
        except (EOFError, OSError) as error:
            raise BrokenExecutor(str(error)) from error

    def _again(self, tasks: Sequence[Task]) -> list[Outcome]:
        """Work on the tasks of a bundle one by one, since one of them may have killed its process."""
        if not self._has_worked:
            self._try_out()
        outcomes = []
        for task in tasks:
            try:
                self._renew()
                outcomes += self._submit(work, self._job, [task]).result()
            except BrokenExecutor:
                outcomes.append(_failed_alone(task, DIED))
            except KepuError:
                raise
            except Exception as error:
                outcomes.append(_failed_alone(task, FAILED, error=shown(error)))
        return outcomes

    def _renew(self) -> None:
        """See to it that there is a pool that works, if there can be one."""
        for pause in _PAUSES:
            time.sleep(pause)
            try:
                self._submit(int).result()
            except BrokenExecutor:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._new()
            else:
                return

    def _try_out(self) -> None:
        try:
            self._renew()
            self._submit(int).result()
        except BrokenExecutor:
            text = (
                "the worker processes cannot be started; in a program of your own, call render_batch below "
                'if __name__ == "__main__":, or give jobs=1'
            )
            raise RenderError.at(Place(), text) from None
        self._has_worked = True

    def end(self, *, now: bool) -> None:
        """Let the processes end; ``now`` in the midst of what they do, which is of no use any more."""
        if now:
            # ProcessPoolExecutor has a way to say this from Python 3.14 on.
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=now)


def _failed(error: Exception) -> KepuError:
    if isinstance(error, KepuError):
        return error
    return RenderError.at(Place(), N_("the executor failed: {error}"), error=repr(error))


def _failed_alone(task: Task, text: str, **values: object) -> Outcome:
    fault = Fault(place_of(task.record), text, tuple(values.items()))
    return Outcome(Who(), digest(task.record.content), faults=(fault,))


def _begin() -> None:
    """Begin as workers do, and let warnings come out on one line, with nothing in them that is not seen."""
    begin_worker()
    warnings.formatwarning = _on_one_line
    # The caller has warned of them, in the user's language.
    warnings.simplefilter("ignore", TemplateWarning)


def _on_one_line(message: Warning | str, category: type[Warning], *_: object, **__: object) -> str:
    return harmless(f"{category.__name__}: {visible(message)}") + "\n"
