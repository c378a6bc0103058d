"""Every report of a folder, audited side by side; a file that fails is a row with its reason, never a stop."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import audit
from extractor import require_report
from patterns.errors import UnusableInput

SUFFIXES = {".pdf", ".docx", ".doc", ".wps", ".ofd", ".html", ".htm", ".txt", ".md", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
CACHE = ".fuhe-cache"
SHARED = 25  # characters from which a sentence that two districts share is worth a look
PEERS = 4  # fewer districts than this have no outliers


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its audit as the contract's JSON, or why there is none. fresh: audited in this run, not taken from the cache."""

    file: str
    audit: dict[str, Any] | None
    reason: str = ""
    sentences: tuple[str, ...] = ()
    fresh: bool = True

    @property
    def district(self) -> str:
        """The district's name with the year under report, or the file's name where the report gives none."""
        document = (self.audit or {}).get("document", {})
        return f"{document['district']} {document.get('year') or ''}".strip() if document.get("district") else Path(self.file).stem


@dataclass(frozen=True, slots=True)
class Outlier:
    """A claim far from what the peers claim for the same indicator. typical is the peers' median share of the weight."""

    indicator: str
    file: str
    claimed: Decimal
    weight: Decimal
    typical: Decimal


@dataclass(frozen=True, slots=True)
class SharedSentence:
    """A sentence that several files hold (names of districts left out of the comparison)."""

    text: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder's reports side by side."""

    entries: tuple[Entry, ...]
    outliers: tuple[Outlier, ...]
    shared: tuple[SharedSentence, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators over all reports, in the order in which they first appear."""
        seen: dict[str, None] = {}
        for entry in self.entries:
            for key in keyed(entry):
                seen.setdefault(key)
        return tuple(seen)

    def cell(self, entry: Entry, name: str) -> dict[str, Any] | None:
        """An indicator of an entry, None where its report has no such indicator."""
        return keyed(entry).get(name)

    def to_json(self) -> dict[str, Any]:
        """Machine-readable result: a row per file, the matrix, the ranking, outliers and shared sentences."""
        return {
            "reports": [{"file": e.file, "district": e.district, "reason": e.reason or None, "audit": e.audit} for e in self.entries],
            "matrix": [{"indicator": n, "cells": {e.file: brief(self.cell(e, n)) for e in self.entries if e.audit}} for n in self.names],
            "ranking": [{"file": e.file, "district": e.district, "claimed": text(claimed(e)), "rescored": text(settled(e)),
                         "rank_claimed": a, "rank_rescored": b} for e, a, b in ranking(self.entries)],
            "outliers": [{"indicator": o.indicator, "file": o.file, "claimed": text(o.claimed), "weight": text(o.weight),
                          "typical": text(o.typical)} for o in self.outliers],
            "shared_sentences": [{"text": s.text, "files": list(s.files)} for s in self.shared],
        }


def text(value: Decimal) -> str:
    """A plain decimal."""
    return format(value, "f")


def keyed(entry: Entry) -> dict[str, dict[str, Any]]:
    """An entry's indicators by name; a name that a report uses twice is told apart by its domain."""
    out: dict[str, dict[str, Any]] = {}
    for item in (entry.audit or {}).get("indicators", []):
        name = re.sub(r"\s", "", item["name"])
        out[name if name not in out else f"{name}（{item['domain']}）"] = item
    return out


def brief(item: dict[str, Any] | None) -> dict[str, Any] | None:
    """What the matrix shows of an indicator."""
    if item is None:
        return None
    return {k: item[k] for k in ("no", "weight", "claimed", "low", "high", "verdict")} | {"difference": text(over(item))}


def decimal(value: Any) -> Decimal:
    """A JSON number string as Decimal; zero for null."""
    return Decimal(value) if value is not None else Decimal(0)


def over(item: dict[str, Any]) -> Decimal:
    """How far a claim lies above (positive) or below (negative) its rescored interval; zero inside it."""
    claim = decimal(item["claimed"])
    return claim - min(max(claim, decimal(item["low"])), decimal(item["high"]))


def claimed(entry: Entry) -> Decimal:
    """The sum of the claims."""
    return sum((decimal(i["claimed"]) for i in (entry.audit or {}).get("indicators", [])), Decimal(0))


def settled(entry: Entry) -> Decimal:
    """The sum of the claims after each is drawn into its rescored interval: what the claim may keep."""
    return sum((decimal(i["claimed"]) - over(i) for i in (entry.audit or {}).get("indicators", [])), Decimal(0))


def ranking(entries: Sequence[Entry]) -> list[tuple[Entry, int, int]]:
    """(entry, rank by claimed, rank by rescored), best rescored first; equal sums share a rank."""
    good = [e for e in entries if e.audit and e.audit["indicators"]]
    ranks = [{value: 1 + sum(key(o) > value for o in good) for value in {key(e) for e in good}} for key in (claimed, settled)]
    rows = [(e, ranks[0][claimed(e)], ranks[1][settled(e)]) for e in good]
    return sorted(rows, key=lambda r: (r[2], r[1], r[0].file))


def reports_in(folder: Path) -> list[Path]:
    """The files of a folder (not of folders below it) that may be reports, by name. Raises UnusableInput."""
    if not folder.is_dir():
        raise UnusableInput(folder, "不是文件夹 / is not a folder", "给出放报告的文件夹 / name the folder that holds the reports")
    found = sorted(p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES and not p.name.startswith((".", "~$")))
    if not found:
        raise UnusableInput(folder, "没有报告文件 / holds no report", "放入 PDF、DOCX、OFD、HTML 或 TXT / put reports into it")
    return found


@cache
def build() -> str:
    """A digest of fuhe's own files, so that a cache made by other code is not used."""
    digest = hashlib.sha256(audit.__version__.encode())
    root = Path(audit.__file__).parent.parent
    for package in ("audit", "extractor", "patterns"):
        for file in sorted((root / package).rglob("*")):
            if file.suffix in (".py", ".yaml", ".tsv"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def key_of(file: Path, scheme: str | None) -> str:
    """What a cached result depends on: the file's bytes, its name, the scheme (its content for a file) and fuhe itself."""
    digest = hashlib.sha256(build().encode())
    digest.update(file.name.encode("utf8", "surrogateescape"))
    digest.update((scheme or "").encode())
    if scheme and Path(scheme).is_file():
        digest.update(Path(scheme).read_bytes())
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def audit_file(path: str, scheme: str | None, lang: str) -> tuple[dict[str, Any] | None, str, tuple[str, ...]]:
    """(audit JSON, reason, sentences) of one file; never raises, since one file must not stop the others."""
    from audit.outputs.json import to_json

    try:
        result = audit.run(path, scheme=scheme)
        require_report(result.report)
    except UnusableInput as e:
        return None, str(e), ()
    except Exception as e:
        return None, f"{path}: 内部错误 / internal fault: {type(e).__name__}: {e}", ()
    report = result.report
    name = report.district or ""
    sentences = tuple(dict.fromkeys(
        bare for s in report.sentences if len(bare := anonymous(report.text[s.start:s.end], name)) >= SHARED))
    return to_json(result, lang), "", sentences


def anonymous(sentence: str, district: str) -> str:
    """A sentence without white space and without the district's own name."""
    bare = re.sub(r"\s", "", sentence)
    return bare.replace(district, "区").replace(district.removesuffix("区"), "") if len(district) >= 2 else bare


def run(folder: str | os.PathLike[str], scheme: str | None = None, lang: str = "zh", workers: int | None = None, use_cache: bool = True,
        progress: Callable[[int, int, str], None] | None = None) -> Batch:
    """Audit every report in a folder.

    workers: processes (default: one per processor). use_cache: keep results in FOLDER/.fuhe-cache and take from there what
    has not changed. progress is called with (done, total, file name). Raises UnusableInput for a folder without reports.
    """
    root = Path(folder)
    files = reports_in(root)
    store = root / CACHE
    entries: dict[Path, Entry] = {}
    todo: list[tuple[Path, str]] = []
    for file in files:
        try:
            key = key_of(file, scheme) + lang
        except OSError as e:
            entries[file] = Entry(file.name, None, f"{file}: 读不了 / cannot be read ({e.strerror})")
            continue
        kept = load(store / f"{key}.json") if use_cache else None
        if kept is not None:
            entries[file] = Entry(file.name, kept["audit"], kept["reason"], tuple(kept["sentences"]), fresh=False)
        else:
            todo.append((file, key))
    done = len(entries)
    for file, key, outcome in work(todo, scheme, lang, workers or os.cpu_count() or 1):
        found, reason, sentences = outcome
        entries[file] = Entry(file.name, found, reason, sentences)
        if use_cache and found is not None:
            save(store / f"{key}.json", {"audit": found, "reason": reason, "sentences": list(sentences)})
        done += 1
        if progress:
            progress(done, len(files), file.name)
    ordered = tuple(entries[f] for f in files)
    return Batch(ordered, tuple(outliers(ordered)), tuple(shared_sentences(ordered)))


Outcome = tuple[dict[str, Any] | None, str, tuple[str, ...]]


def work(todo: Sequence[tuple[Path, str]], scheme: str | None, lang: str, workers: int) -> Iterable[tuple[Path, str, Outcome]]:
    """Audit files in processes of their own; a file whose process dies is reported as such."""
    if len(todo) <= 1 or workers <= 1:
        for file, key in todo:
            yield file, key, audit_file(str(file), scheme, lang)
        return
    left = dict(todo)
    with ProcessPoolExecutor(min(workers, len(todo))) as pool:
        futures = {pool.submit(audit_file, str(f), scheme, lang): (f, k) for f, k in todo}
        for future in as_completed(futures):
            file, key = futures[future]
            try:
                outcome = future.result()
            except BrokenProcessPool:
                continue
            del left[file]
            yield file, key, outcome
    for file, key in left.items():  # the pool broke: one by one, each in a pool of its own, so that only the culprit fails
        with ProcessPoolExecutor(1) as pool:
            try:
                outcome = pool.submit(audit_file, str(file), scheme, lang).result()
            except BrokenProcessPool:
                outcome = None, f"{file}: 处理进程中止 / its process died", ()
        yield file, key, outcome


def load(file: Path) -> dict[str, Any] | None:
    """A cached result, None where there is none or it cannot be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) and {"audit", "reason", "sentences"} <= kept.keys() else None


def save(file: Path, data: dict[str, Any]) -> None:
    """Keep a result; a folder that cannot be written to only costs the time of auditing again."""
    try:
        file.parent.mkdir(exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(data, ensure_ascii=False), encoding="utf8")
        part.replace(file)
    except OSError:
        return


def outliers(entries: Sequence[Entry]) -> Iterable[Outlier]:
    """Claims whose share of the weight is far from the peers' median: by more than 3 median deviations and a fifth of the weight."""
    tables = [(e, keyed(e)) for e in entries if e.audit]
    for name in dict.fromkeys(n for _, t in tables for n in t):
        shares = {e.file: decimal(t[name]["claimed"]) / decimal(t[name]["weight"])
                  for e, t in tables if name in t and t[name]["claimed"] is not None and decimal(t[name]["weight"]) > 0}
        if len(shares) < PEERS:
            continue
        middle = median(shares.values())
        deviation = median(abs(s - middle) for s in shares.values())
        for e, t in tables:
            if e.file in shares and abs(shares[e.file] - middle) > max(3 * deviation, Decimal("0.2")):
                yield Outlier(name, e.file, decimal(t[name]["claimed"]), decimal(t[name]["weight"]), middle.quantize(Decimal("0.001")))


def shared_sentences(entries: Sequence[Entry]) -> Iterable[SharedSentence]:
    """Sentences that two or more districts use, in the order in which they first appear."""
    where: dict[str, list[Entry]] = {}
    for e in entries:
        for s in e.sentences:
            where.setdefault(s, []).append(e)
    for sentence, users in where.items():
        if len({u.district.split(" ")[0] for u in users}) > 1:
            yield SharedSentence(sentence, tuple(u.file for u in users))
