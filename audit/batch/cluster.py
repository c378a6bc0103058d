"""A Dask cluster: the same work, handed to workers on other machines. Where and how they run is the cluster's affair (docs/scale.md)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import audit
from audit.batch import work
from audit.batch.model import Job
from audit.batch.pool import died
from audit.batch.work import Outcome
from patterns.errors import UnusableInput, half

AHEAD = 4  # files that wait for each thread of the cluster
TRIES = 3  # a file whose worker died is tried again by others


@cache
def build() -> str:
    """A digest of fuhe's own files: a worker that runs other code would give other results."""
    digest = sha256(audit.__version__.encode())
    root = Path(audit.__file__).parent.parent
    for package in ("audit", "extractor", "patterns"):
        for file in sorted((root / package).rglob("*")):
            if file.suffix in (".py", ".yaml", ".tsv"):
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def on_cluster(scheduler: str, root: str, names: Sequence[str], job: Job, labels: Mapping[str, str]) -> Iterable[tuple[str, Outcome]]:
    """Audit files on a cluster, in the order in which they are done. Raises UnusableInput where it cannot be reached or runs another fuhe."""
    try:
        dask: Any = import_module("distributed")
    except ImportError as e:
        raise UnusableInput("--scheduler", "缺少 distributed / distributed is not installed", "pip install 'fuhe[cluster]'") from e
    try:
        client = dask.Client(scheduler, timeout=15, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as e:
        raise UnusableInput(scheduler, f"连不上调度器 / the scheduler cannot be reached ({type(e).__name__})",
                            "先运行 dask scheduler / start one with dask scheduler") from e
    with client:
        _refuse_others(scheduler, client.run(build))
        width = max(1, sum(client.nthreads().values())) * AHEAD
        waiting = deque(names)
        running: dict[Any, str] = {}

        def more() -> Any:
            name = waiting.popleft()
            future = client.submit(work.audit_file, root, name, job, labels[name], pure=False, retries=TRIES)
            running[future] = name
            return future

        done = dask.as_completed([more() for _ in range(min(width, len(waiting)))], loop=client.loop)
        for future in done:
            name = running.pop(future)
            outcome = _outcome(future, name, job)
            future.release()
            if waiting:
                done.add(more())
            yield name, outcome


def _refuse_others(scheduler: str, builds: Mapping[str, Any]) -> None:
    other = sorted(worker for worker, found in builds.items() if found != build())
    if other:
        raise UnusableInput(scheduler, f"{other[0]} 等 {len(other)} 个节点上的 fuhe 与本机不同 / {len(other)} workers run another fuhe ({other[0]})",
                            "各节点装同一版本 / install the same version on all")


def _outcome(future: Any, name: str, job: Job) -> Outcome:
    killed: type[Exception] = import_module("distributed").KilledWorker
    try:
        found: Outcome = future.result()
    except killed:
        return died(name, job)
    except Exception as e:  # audit_file itself never raises: what comes here is the cluster's
        return Outcome(None, half(f"{name}：集群错误 {type(e).__name__}: {e} / {name}: the cluster failed, {type(e).__name__}: {e}", job.lang))
    return found
