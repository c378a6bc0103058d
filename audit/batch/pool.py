"""The cores of this machine: a process each, fed as they go, so that nothing waits in memory; a process that dies costs its file another try."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext

from audit.batch import work
from audit.batch.model import Job
from audit.batch.work import Outcome
from patterns.errors import half

AHEAD = 3  # files that wait for each process


def on_this_machine(root: str, names: Sequence[str], job: Job, labels: Mapping[str, str], workers: int, cache: bool) -> Iterable[tuple[str, Outcome]]:
    """Audit files in processes of their own, in the order in which they are done."""
    if len(names) <= 1 or workers <= 1:
        for name in names:
            yield name, work.audit_file(root, name, job, labels[name], cache)
        return
    left = dict.fromkeys(names)
    for name, outcome in _side_by_side(root, names, job, labels, workers, cache):
        del left[name]
        yield name, outcome
    for name in left:  # the pool broke: one by one, each in a pool of its own, so that only the culprit fails
        with ProcessPoolExecutor(1, mp_context=_context()) as pool:
            try:
                outcome = pool.submit(work.audit_file, root, name, job, labels[name], cache).result()
            except BrokenProcessPool:
                outcome = died(name, job)
        yield name, outcome


def _side_by_side(root: str, names: Sequence[str], job: Job, labels: Mapping[str, str], workers: int, cache: bool) -> Iterator[tuple[str, Outcome]]:
    waiting = deque(names)
    running: dict[Future[Outcome], str] = {}
    with ProcessPoolExecutor(min(workers, len(names)), mp_context=_context()) as pool:
        while waiting or running:
            try:
                while waiting and len(running) < AHEAD * workers:
                    running[pool.submit(work.audit_file, root, waiting[0], job, labels[waiting[0]], cache)] = waiting[0]
                    waiting.popleft()
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    yield running.pop(future), outcome
            except BrokenProcessPool:
                return


def died(name: str, job: Job) -> Outcome:
    """What is told of a file whose process died each time."""
    return Outcome(None, half(f"{name}：处理进程中止 / {name}: its process died", job.lang))


def _context() -> BaseContext:
    """Fresh processes, made by a small server that has loaded what they need: none inherits threads, or the memory of what was done before."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["audit.batch.work", "audit.pipeline", "audit.outputs.json", "extractor.readers.pdf"])
    return made
