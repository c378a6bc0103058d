"""Every report of a folder, audited side by side; a file that fails is a row with its reason, never a stop."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import audit
from audit.model import Audit
from audit.review import Ledger, apply, binding_of
from audit.selection import Selection, keep
from patterns import expressions as re
from patterns.errors import UnusableInput, half

SUFFIXES = {".pdf", ".docx", ".doc", ".wps", ".ofd", ".html", ".htm", ".txt", ".md", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}
SHARED = 25  # characters from which a sentence that two districts share is worth a look
PEERS = 4  # fewer districts than this have no outliers
ALIKE = Decimal("0.5")  # share of the indicators that two reports of one programme have in common
PARTS = {"html": "复核.html", "xlsx": "复核.xlsx", "docx": "复核意见.docx", "brief": "复核要点.docx"}


@dataclass(frozen=True, slots=True)
class Job:
    """What a run makes of each report. out: the folder for each report's page, workbook, opinion and brief, None for none.

    ledgers: reviews to be applied, each to its own report. lists: SARIF, JUnit and annotations are wanted too.
    """

    scheme: str | None = None
    lang: str = "zh"
    wanted: Selection = field(default_factory=Selection)
    ledgers: tuple[Ledger, ...] = ()
    out: str | None = None
    lists: bool = False
    unreviewed: bool = False
    template: str | None = None
    office: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """What a result depends on beside the file, fuhe and the scheme."""
        return repr((self.lang, sorted(self.wanted.select), sorted(self.wanted.ignore), sorted(self.wanted.known.items()), self.ledgers))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of the folder that was left out, and why."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its audit as the contract's JSON, or why there is none. fresh: audited in this run, not taken from the cache.

    written: what was written for it, by kind (PARTS). made: SARIF run, JUnit suites and annotations, where they were wanted.
    """

    file: str
    audit: dict[str, Any] | None
    reason: str = ""
    sentences: tuple[str, ...] = ()
    fresh: bool = True
    written: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """The state of its review, "" where none was applied."""
        return str(((self.audit or {}).get("review") or {}).get("state") or "")

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
class Group:
    """Reports that can be held against one another: one programme, one year, one scheme."""

    label: str
    entries: tuple[Entry, ...]
    outliers: tuple[Outlier, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators over all its reports, in the order in which they first appear."""
        seen: dict[str, None] = {}
        for entry in self.entries:
            for key in keyed(entry):
                seen.setdefault(key)
        return tuple(seen)

    def cell(self, entry: Entry, name: str) -> dict[str, Any] | None:
        """An indicator of an entry, None where its report has no such indicator."""
        return keyed(entry).get(name)

    @property
    def ranking(self) -> list[tuple[Entry, int, int]]:
        """(entry, rank by claimed, rank by proposed), best proposed first."""
        return ranking(self.entries)


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder's reports side by side, in groups. unmatched: ledgers that are about none of the reports."""

    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]
    shared: tuple[SharedSentence, ...]
    skipped: tuple[Skipped, ...] = ()
    unmatched: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Machine-readable result: a row per file, and by group the matrix, the ranking and the outliers; shared sentences; what was left out."""
        return {
            "reports": [{"file": e.file, "district": e.district, "reason": e.reason or None, "state": e.state or None, "written": dict(e.written),
                         "audit": e.audit} for e in self.entries],
            "groups": [{
                "label": g.label, "files": [e.file for e in g.entries],
                "matrix": [{"indicator": n, "cells": {e.file: brief(g.cell(e, n)) for e in g.entries}} for n in g.names],
                "ranking": [{"file": e.file, "district": e.district, "claimed": text(claimed(e)), "proposed": text(proposed(e)),
                             "pending": text(pending(e)), "rank_claimed": a, "rank_proposed": b} for e, a, b in g.ranking],
                "outliers": [{"indicator": o.indicator, "file": o.file, "claimed": text(o.claimed), "weight": text(o.weight),
                              "typical": text(o.typical)} for o in g.outliers]} for g in self.groups],
            "shared_sentences": [{"text": s.text, "files": list(s.files)} for s in self.shared],
            "skipped": [{"file": s.file, "why": s.why} for s in self.skipped], "ledgers_without_report": list(self.unmatched),
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
    return {k: item[k] for k in ("no", "weight", "claimed", "low", "high", "proposed", "verdict")} | {"difference": text(over(item))}


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


def proposed(entry: Entry) -> Decimal:
    """建议复核分: each claim moved into its interval."""
    return decimal((entry.audit or {}).get("rescored", {}).get("proposed"))


def pending(entry: Entry) -> Decimal:
    """待补材料: what the proposal holds above what the report proves."""
    return proposed(entry) - decimal((entry.audit or {}).get("rescored", {}).get("low"))


def ranking(entries: Sequence[Entry]) -> list[tuple[Entry, int, int]]:
    """(entry, rank by claimed, rank by proposed), best proposed first; equal sums share a rank."""
    good = [e for e in entries if e.audit and e.audit["indicators"]]
    ranks = [{value: 1 + sum(key(o) > value for o in good) for value in {key(e) for e in good}} for key in (claimed, proposed)]
    rows = [(e, ranks[0][claimed(e)], ranks[1][proposed(e)]) for e in good]
    return sorted(rows, key=lambda r: (r[2], r[1], r[0].file))


def grouped(entries: Sequence[Entry]) -> tuple[Group, ...]:
    """Entries in groups of one year, one scheme and one programme: half of the indicators in common. The largest
    come first; reports without a score table stand together in a last group without a label."""
    groups: list[list[Entry]] = []
    for e in (e for e in entries if e.audit and e.audit["indicators"]):
        mine = set(keyed(e))
        for g in groups:
            theirs = set(keyed(g[0]))
            both = len(mine | theirs)
            if _frame(e) == _frame(g[0]) and both and Decimal(len(mine & theirs)) / both >= ALIKE:
                g.append(e)
                break
        else:
            groups.append([e])
    groups.sort(key=len, reverse=True)
    bare = tuple(e for e in entries if e.audit and not e.audit["indicators"])
    return (*(Group(_label(g), tuple(g), tuple(outliers(g))) for g in groups), *([Group("", bare)] if bare else []))


def _frame(entry: Entry) -> tuple[Any, Any]:
    data = entry.audit or {}
    return data.get("document", {}).get("year"), data.get("scheme", {}).get("id")


def _label(entries: Sequence[Entry]) -> str:
    """What a group is called: its programme in the words of its first report, without the district; the scheme where there is one."""
    data = entries[0].audit or {}
    document, scheme = data.get("document", {}), data.get("scheme", {}).get("id") or ""
    title = str(document.get("title") or "").partition("关于")[2] or str(document.get("title") or entries[0].file)
    words = title.replace(str(document.get("district") or "\0"), "").removesuffix("的报告").removeprefix("报送")
    year = str(document.get("year") or "")
    label = words[:40] if not year or year in words else f"{year} {words[:40]}"
    return f"{label}（{scheme}）" if scheme and scheme != "annex" else label


def reports_in(folder: Path, out: Path | None = None) -> list[Path]:
    """The files of a folder and the folders below it that may be reports, by name. Raises UnusableInput."""
    return look(folder, out)[0]


def look(folder: Path, out: Path | None = None) -> tuple[list[Path], list[Skipped]]:
    """(the files that may be reports, what is left out and why). Hidden files, and what stands in the folder that is written to,
    are no part of it. Raises UnusableInput for a folder without reports."""
    if not folder.is_dir():
        raise UnusableInput(folder, "不是文件夹 / is not a folder", "给出放报告的文件夹 / name the folder that holds the reports")
    found, skipped = [], []
    for p in sorted(folder.rglob("*")):
        inside = p.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or (out is not None and out.resolve() in p.resolve().parents) or not p.is_file():
            continue
        if p.name.startswith("~$"):
            skipped.append(Skipped(str(inside), "办公软件的临时文件 / an office program's temporary file"))
        elif p.suffix.lower() not in SUFFIXES:
            skipped.append(Skipped(str(inside), "不是报告的格式 / not a report's format"))
        elif _ours(p):
            skipped.append(Skipped(str(inside), "是 fuhe 写出的 / written by fuhe"))
        else:
            found.append(p)
    if not found:
        raise UnusableInput(folder, "没有报告文件 / holds no report", "放入 PDF、DOCX、OFD、HTML 或 TXT / put reports into it")
    return found, skipped


def _ours(path: Path) -> bool:
    """Whether a page or a letter was written by fuhe."""
    try:
        if path.suffix.lower() in (".html", ".htm"):
            with path.open("rb") as stream:
                return b'<meta name="generator" content="fuhe">' in stream.read(4096)
        if path.suffix.lower() == ".docx":
            with zipfile.ZipFile(path) as package:
                return b"<dc:creator>fuhe</dc:creator>" in package.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return False


def cache_folder() -> Path:
    """Where results are kept: FUHE_CACHE, or the place that the system has for caches. Never among the reports."""
    import platformdirs

    return Path(os.environ.get("FUHE_CACHE") or platformdirs.user_cache_dir("fuhe", appauthor=False)) / "batch"


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


def key_of(file: Path, scheme: str | None, other: str = "") -> str:
    """What a cached result depends on: the file's bytes, its name, the scheme (its content for a file) and fuhe itself."""
    digest = hashlib.sha256(build().encode())
    digest.update(file.name.encode("utf8", "surrogateescape"))
    digest.update((scheme or "").encode())
    digest.update(other.encode())
    if scheme and Path(scheme).is_file():
        digest.update(Path(scheme).read_bytes())
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process makes of one file."""

    audit: dict[str, Any] | None
    reason: str
    sentences: tuple[str, ...] = ()
    no_report: bool = False
    written: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)
    ledger: str = ""


def audit_file(path: str, job: Job, name: str = "") -> Outcome:
    """Audit one file and write what the job wants of it; never raises, since one file must not stop the others. name: of its folder."""
    from audit.outputs.json import to_json

    try:
        result = audit.run(path, scheme=job.scheme)
        ledger = _ledger_of(result, job.ledgers)
        if ledger is not None:
            result = apply(result, ledger)
        result = replace(result, findings=keep(result.findings, job.wanted))
        report = result.report
        own = report.district or ""
        sentences = tuple(dict.fromkeys(
            bare for s in report.sentences if len(bare := anonymous(report.text[s.start:s.end], own)) >= SHARED))
        return Outcome(to_json(result, job.lang), "", sentences, False, _write(result, job, name), _make(result, job), ledger.path if ledger else "")
    except UnusableInput as e:
        return Outcome(None, e.text(job.lang), no_report="不像自查报告" in e.what)
    except Exception as e:
        return Outcome(None, half(f"{path}：内部错误 {type(e).__name__}: {e} / {path}: internal fault {type(e).__name__}: {e}", job.lang))


def _ledger_of(result: Audit, ledgers: Sequence[Ledger]) -> Ledger | None:
    """The ledger about this file; else the one about this district and year, whose decisions will say that the file has changed."""
    bound = binding_of(result)
    for ledger in ledgers:
        said = ledger.binding
        if said.file and (said.file.startswith(bound.file) or bound.file.startswith(said.file)):
            return ledger
    return next((x for x in ledgers if x.binding.district and (x.binding.district, x.binding.year) == (bound.district, bound.year)
                 and (not x.binding.programme or x.binding.programme == bound.programme)), None)


def _write(result: Audit, job: Job, name: str) -> dict[str, str]:
    """The page, workbook, opinion and brief of one report; their paths below the folder, by kind."""
    if job.out is None:
        return {}
    at = {kind: Path(job.out) / name / file for kind, file in PARTS.items()}
    result.to_html(at["html"], job.lang)
    result.to_xlsx(at["xlsx"], job.lang)
    result.to_docx(at["docx"], job.lang, unreviewed=job.unreviewed, template=job.template, office=dict(job.office))
    result.to_brief(at["brief"], job.lang)
    return {kind: f"{name}/{file}" for kind, file in PARTS.items()}


def _make(result: Audit, job: Job) -> dict[str, Any]:
    """What the lists over all reports are put together from."""
    if not job.lists:
        return {}
    from audit.outputs import github, junit, sarif

    return {"sarif": sarif.to_sarif(result, job.lang), "junit": junit.render(result, job.lang), "github": github.render(result, job.lang),
            "summary": github.summary([result], job.lang)}


def anonymous(sentence: str, district: str) -> str:
    """A sentence without white space and without the district's own name."""
    bare = re.sub(r"\s", "", sentence)
    return bare.replace(district, "区").replace(district.removesuffix("区"), "") if len(district) >= 2 else bare


def run(folder: str | os.PathLike[str], job: Job | None = None, workers: int | None = None, use_cache: bool = True,
        progress: Callable[[int, int, str], None] | None = None) -> Batch:
    """Audit every report in a folder and the folders below it.

    workers: processes (default: one per processor). use_cache: keep results in the user's cache and take from there what has
    not changed; where files are to be written for each report, each is audited. progress is called with (done, total, file name).
    Raises UnusableInput for a folder without reports.
    """
    root, job = Path(folder), job or Job()
    found, skipped = look(root, Path(job.out) if job.out else None)
    names = _names(root, found)
    entries: dict[Path, Entry] = {}
    todo: list[tuple[Path, str]] = []
    kept_ok = use_cache and job.out is None and not job.lists
    store = cache_folder()
    for file in found:
        shown = str(file.relative_to(root))
        try:
            key = key_of(file, job.scheme, job.key)
        except OSError as e:
            entries[file] = Entry(shown, None, half(f"{file}：读不了（{e.strerror}） / {file}: cannot be read ({e.strerror})", job.lang))
            continue
        kept = load(store / f"{key}.json") if kept_ok else None
        if kept is not None:
            entries[file] = Entry(shown, kept["audit"], kept["reason"], tuple(kept["sentences"]), fresh=False)
        else:
            todo.append((file, key))
    done = len(entries)
    used = set()
    for file, key, outcome in work(todo, job, names, workers or os.cpu_count() or 1):
        shown = str(file.relative_to(root))
        used.add(outcome.ledger)
        if outcome.no_report:
            skipped.append(Skipped(shown, outcome.reason.removeprefix(f"{file}：").removeprefix(f"{file}: ")))
        else:
            entries[file] = Entry(shown, outcome.audit, outcome.reason, outcome.sentences, written=outcome.written, made=outcome.made)
        if kept_ok and outcome.audit is not None:
            save(store / f"{key}.json", {"audit": outcome.audit, "reason": outcome.reason, "sentences": list(outcome.sentences)})
        done += 1
        if progress:
            progress(done, len(found), shown)
    ordered = tuple(entries[f] for f in found if f in entries)
    applied = {str(((e.audit or {}).get("review") or {}).get("file") or "") for e in ordered}
    return Batch(ordered, grouped(ordered), tuple(shared_sentences(ordered)), tuple(sorted(skipped, key=lambda s: s.file)),
                 tuple(x.path for x in job.ledgers if x.path not in applied))


def _names(root: Path, found: Sequence[Path]) -> dict[Path, str]:
    """A folder name for each report: its path without the ending, or with it where two would share one."""
    plain = {f: f.relative_to(root).with_suffix("").as_posix().replace("/", "_") for f in found}
    counts = Counter(plain.values())
    return {f: n if counts[n] == 1 else f.relative_to(root).as_posix().replace("/", "_") for f, n in plain.items()}


def work(todo: Sequence[tuple[Path, str]], job: Job, names: Mapping[Path, str], workers: int) -> Iterable[tuple[Path, str, Outcome]]:
    """Audit files in processes of their own; a file whose process dies is reported as such."""
    if len(todo) <= 1 or workers <= 1:
        for file, key in todo:
            yield file, key, audit_file(str(file), job, names[file])
        return
    left = dict(todo)
    with ProcessPoolExecutor(min(workers, len(todo))) as pool:
        futures = {pool.submit(audit_file, str(f), job, names[f]): (f, k) for f, k in todo}
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
                outcome = pool.submit(audit_file, str(file), job, names[file]).result()
            except BrokenProcessPool:
                outcome = Outcome(None, half(f"{file}：处理进程中止 / {file}: its process died", job.lang))
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
        file.parent.mkdir(parents=True, exist_ok=True)
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
