"""The workers of a run: this process, a pool of processes, or an executor of the caller."""

import multiprocessing
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kepu_docs.batch.process_end import begin_worker, start_server, uninterrupted
from kepu_docs.batch.warm_server import check_path, warming
from kepu_docs.batch.work import DIED, FAILED, Job, Outcome, Task, digest, work, work_with
from kepu_docs.errors import N_, Fault, KepuError, Place, RenderError
from kepu_docs.errors.visible import harmless, visible
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.own_templates import TemplateWarning, shown
from kepu_docs.pipeline.records import Who, place_of

T = TypeVar("T")

_METHODS = ("forkserver", "spawn")
_PRELOAD = "kepu_docs.batch.forkserver_preload"
_PAUSES = (0.0, 0.1, 0.4)
"""Seconds before each attempt to renew a pool: it takes a moment until a killed server is detected."""

_PATIENCE = 10.0
"""Seconds that a run that ends early waits for tasks in a given executor; a bundle takes less than one second."""


class Workers(Protocol):
    """Takes bundles of tasks, and returns their outcomes."""

    at_once: int
    """How many bundles may be in progress."""

    def begin(self, tasks: Sequence[Task]) -> Callable[[], list[Outcome]]:
        """Begin to work on ``tasks``, and return a function that waits for their outcomes."""
        ...

    def end(self, *, now: bool) -> None:
        """End; with ``now``, without the tasks that have not begun."""
        ...


@dataclass
class ThisProcess:
    """No workers: all work is done in this process."""

    engine: Engine
    job: Job
    at_once: int = 1

    def begin(self, tasks: Sequence[Task]) -> Callable[[], list[Outcome]]:
        """Work when the outcomes are requested."""
        return lambda: work_with(self.engine, self.job, tasks)

    def end(self, *, now: bool) -> None:
        """Do nothing."""


class GivenExecutor:
    """An executor of the caller, for example of a cluster. It stays open."""

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
            # An engine that replaces its workers reports in this way tasks that have killed several of them.
            outcomes = self._one_by_one(tasks)
            if outcomes and all(isinstance(outcome, Exception) for outcome in outcomes):
                raise _failed(error) from error
            return [
                _failed_alone(task, FAILED, error=shown(outcome)) if isinstance(outcome, Exception) else outcome
                for task, outcome in zip(tasks, outcomes, strict=True)
            ]

    def _one_by_one(self, tasks: Sequence[Task]) -> list[Outcome | Exception]:
        """Return the outcome of each task, run by itself."""
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
        """Cancel the tasks that have not begun. Wait for the others, which write to the waiting room."""
        left = [future for future in self._under_way if not future.cancel()]
        if now:
            wait(left, _PATIENCE)


class Pool:
    """Processes on this machine. A process that dies loses only the record that killed it."""

    def __init__(self, job: Job, jobs: int, formats: Sequence[str]) -> None:
        self._job = job
        self._jobs = jobs
        self._formats = formats
        self._pool = self._new()
        self._has_worked = False
        self.at_once = 2 * jobs + 1

    def _new(self) -> ProcessPoolExecutor:
        start_early(self._job.locale, self._formats)
        context = multiprocessing.get_context(_start_method())
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
            except Exception:  # a broken pool; or a record or result that cannot be pickled
                return self._again(tasks)
            self._has_worked = True
            return outcomes

        return wait

    def _submit(self, function: Callable[..., T], *arguments: object) -> "Future[T]":
        """Submit a call. Raises ``BrokenExecutor``, also if a process cannot be started because its server died."""
        try:
            # A worker that is interrupted while it starts would be orphaned, and complain that its parent is gone.
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
        """Make sure that there is a working pool, if possible."""
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
        """End the processes; with ``now``, in the middle of work that is no longer needed."""
        if now:
            # ProcessPoolExecutor supports this from Python 3.14 on.
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=now)


def _start_method() -> str:
    return next(name for name in _METHODS if name in multiprocessing.get_all_start_methods())


def start_early(locale: str, formats: Sequence[str]) -> None:
    """Start the server of worker processes, if there is one on this system, and do not wait for it.

    What all workers of a run need is loaded there once, before they are forked.
    """
    if _start_method() != _METHODS[0]:
        return
    multiprocessing.get_context(_METHODS[0]).set_forkserver_preload([_PRELOAD])
    with suppress(OSError), warming(locale, formats):  # reported when the first worker cannot be started
        start_server()


def _failed(error: Exception) -> KepuError:
    if isinstance(error, KepuError):
        return error
    return RenderError.at(Place(), N_("the executor failed: {error}"), error=repr(error))


def _failed_alone(task: Task, text: str, **values: object) -> Outcome:
    fault = Fault(place_of(task.record), text, tuple(values.items()))
    return Outcome(Who(), digest(task.record.content), faults=(fault,))


def _begin() -> None:
    """Prepare a worker process, and show warnings on one line, without invisible characters."""
    begin_worker()
    if preload := sys.modules.get(_PRELOAD):
        check_path(preload.LOADED_WITH)
    warnings.formatwarning = _on_one_line
    # The caller has warned of them, in the user's language.
    warnings.simplefilter("ignore", TemplateWarning)


def _on_one_line(message: Warning | str, category: type[Warning], *_: object, **__: object) -> str:
    return harmless(f"{category.__name__}: {visible(message)}") + "\n"
