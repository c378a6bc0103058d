"""A run over a folder: what is known is taken from the cache, the rest is handed out, and all of it is put side by side."""

from __future__ import annotations

import os
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.batch.compare import grouped, shared_sentences
from audit.batch.folder import look, opened
from audit.batch.model import Batch, Entry, Job, Skipped
from audit.batch.store import Store, facts_of
from audit.batch.work import Outcome
from patterns import cache as kept
from patterns.errors import half
from patterns.scheme import source

if TYPE_CHECKING:
    from audit.batch.tables import Tables


def run(folder: str | os.PathLike[str], job: Job | None = None, workers: int | None = None, use_cache: bool = True,
        progress: Callable[[int, int, str], None] | None = None, scheduler: str | None = None, parquet: str | None = None) -> Batch:
    """Audit every report in a folder and the folders below it.

    folder: a path, or an address that fsspec reaches (s3://…). workers: processes (default: one per processor). use_cache: keep results in
    the user's cache and take from there what has not changed, so that a run that was broken off goes on where it stood; where files are to
    be written for each report, each is audited. progress is called with (done, total, file name). scheduler: the address of a Dask
    scheduler that does the work instead of this machine's processors. parquet: a folder or address for the tables of all reports.
    Raises UnusableInput for a folder without reports, or a cluster that cannot be used.
    """
    root, job = os.fspath(folder), job or Job()
    place = opened(root)
    found, skipped = look(place, Path(job.out) if job.out else None)
    labels = _labels(found)
    store = Store()
    tables = _tables(parquet, root) if parquet else None
    kept_ok = use_cache and job.out is None and not job.lists
    keys: dict[str, str] = {}
    entries: dict[str, Entry] = {}
    todo: list[str] = []

    def take(name: str, packed: bytes, outcome: Outcome | None) -> None:
        facts = facts_of(packed)
        entry = entries[name] = Entry(name, _interned(facts["audit"]), "", array("Q", facts["marks"]), outcome is not None, outcome.written if outcome else {},
                                      outcome.made if outcome else {}, store, store.put(packed))
        if tables is not None:
            tables.write(entry, keys[name])

    for name in found:
        try:
            keys[name] = kept.digest(place.revision(name), name, kept.stamp("audit", "extractor", "patterns"), source(job.scheme), job.key)
        except OSError as e:
            shown = place.shown(name)
            entries[name] = Entry(name, None, half(f"{shown}：读不了（{e.strerror}） / {shown}: cannot be read ({e.strerror})", job.lang))
            continue
        packed = kept.load(_entry(keys[name])) if kept_ok else None
        if packed is not None:
            with suppress(ValueError, KeyError):  # an entry of another make
                take(name, packed, None)
                continue
        todo.append(name)
    used, edited, done = set(), list[str](), len(entries)
    for name, outcome in _work(scheduler, root, todo, job, labels, workers or os.cpu_count() or 1, use_cache):
        used.add(outcome.ledger)
        edited += outcome.edited
        if outcome.no_report:
            skipped.append(Skipped(name, outcome.reason.removeprefix(f"{place.shown(name)}：").removeprefix(f"{place.shown(name)}: ")))
        elif outcome.packed is None:
            entries[name] = Entry(name, None, outcome.reason, written=outcome.written, made=outcome.made)
        else:
            take(name, outcome.packed, outcome)
            if kept_ok:
                kept.save(_entry(keys[name]), outcome.packed)
        done += 1
        if progress:
            progress(done, len(found), name)
    ordered = tuple(entries[f] for f in found if f in entries)
    applied = {str(((e.audit or {}).get("review") or {}).get("file") or "") for e in ordered}
    return Batch(ordered, grouped(ordered), tuple(shared_sentences(ordered)), tuple(sorted(skipped, key=lambda s: s.file)),
                 tuple(x.path for x in job.ledgers if x.path not in applied), tuple(sorted(edited)))


def _interned(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with one copy of what many reports have in common: the names, weights and verdicts of a programme's indicators."""
    for rows in (facts["indicators"], facts["findings"]):
        rows[:] = [{k: sys.intern(v) if isinstance(v, str) else v for k, v in row.items()} for row in rows]
    return facts


def _entry(key: str) -> str:
    return f"batch/{key}.bin"


def _work(scheduler: str | None, root: str, todo: Sequence[str], job: Job, labels: dict[str, str], workers: int,
          cache: bool) -> Iterable[tuple[str, Outcome]]:
    if not todo:
        return ()
    if scheduler:
        from audit.batch.cluster import on_cluster

        return on_cluster(scheduler, root, todo, job, labels)
    from audit.batch.pool import on_this_machine

    return on_this_machine(root, todo, job, labels, workers, cache)


def _tables(parquet: str, root: str) -> Tables:
    from audit.batch.tables import Tables

    return Tables(parquet, root)


def _labels(found: Sequence[str]) -> dict[str, str]:
    """What the folder of each report's outputs is called: its path without the ending, or with it where two would share one."""
    plain = {f: f[:len(f) - len(Path(f).suffix)].replace("/", "_") for f in found}
    counts = Counter(plain.values())
    return {f: n if counts[n] == 1 else f.replace("/", "_") for f, n in plain.items()}
