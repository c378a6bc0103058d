"""What a batch is made of: the job, its reports with the facts that the overview needs, groups, and the whole."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from audit.batch.store import Store, whole_of
from audit.review import Ledger
from audit.selection import Selection
from patterns import expressions as re


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


@dataclass(frozen=True)
class Entry:
    """One file: the facts of its audit in the contract's words, or why there is none. fresh: audited in this run, not taken from the cache.

    marks: a number for each sentence that is worth comparing (`marks`). written: what was written for it, by kind (PARTS). made: SARIF run,
    JUnit suites and annotations, where they were wanted. store, place: where the whole of it is kept.
    """

    file: str
    audit: dict[str, Any] | None
    reason: str = ""
    marks: Sequence[int] = ()
    fresh: bool = True
    written: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)
    store: Store | None = None
    place: tuple[int, int] = (0, 0)

    @property
    def state(self) -> str:
        """The state of its review, "" where none was applied."""
        return str(((self.audit or {}).get("review") or {}).get("state") or "")

    @property
    def district(self) -> str:
        """The district's name with the year under report, or the file's name where the report gives none."""
        document = (self.audit or {}).get("document", {})
        return f"{document['district']} {document.get('year') or ''}".strip() if document.get("district") else Path(self.file).stem

    @cached_property
    def indicators(self) -> dict[str, dict[str, Any]]:
        """The indicators by name; a name that a report uses twice is told apart by its domain."""
        out: dict[str, dict[str, Any]] = {}
        for item in (self.audit or {}).get("indicators", []):
            name = re.sub(r"\s", "", item["name"])
            out[name if name not in out else f"{name}（{item['domain']}）"] = item
        return out

    def whole(self) -> dict[str, Any] | None:
        """The audit as the contract's JSON, read from where it is kept."""
        if self.audit is None or self.store is None:
            return self.audit
        out: dict[str, Any] = whole_of(self.store.get(self.place))["audit"]
        return out

    def sentences(self) -> list[str]:
        """The sentences that its marks stand for, in their order."""
        return list(whole_of(self.store.get(self.place))["sentences"]) if self.store is not None else []


def marks(sentences: Iterable[str]) -> array[int]:
    """A number of 64 bits for each sentence."""
    return array("Q", [int.from_bytes(blake2b(s.encode("utf8", "surrogatepass"), digest_size=8).digest(), "big") for s in sentences])


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
        return tuple(dict.fromkeys(name for e in self.entries for name in e.indicators))

    def cell(self, entry: Entry, name: str) -> dict[str, Any] | None:
        """An indicator of an entry, None where its report has no such indicator."""
        return entry.indicators.get(name)

    @property
    def ranking(self) -> list[tuple[Entry, int, int]]:
        """(entry, rank by claimed, rank by proposed), best proposed first."""
        from audit.batch.compare import ranking

        return ranking(self.entries)


@dataclass(frozen=True, slots=True)
class Batch:
    """A folder's reports side by side, in groups. unmatched: ledgers that are about none of the reports. edited: outputs of an earlier run that a
    person had edited, left as they were."""

    entries: tuple[Entry, ...]
    groups: tuple[Group, ...]
    shared: tuple[SharedSentence, ...]
    skipped: tuple[Skipped, ...] = ()
    unmatched: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Machine-readable result: a row per file, and by group the matrix, the ranking and the outliers; shared sentences; what was left out."""
        return {"reports": [self._row(e) for e in self.entries]} | self._overview()

    def json_text(self) -> Iterator[str]:
        """The same as text, report by report: all of them together may be more than the memory holds."""
        yield '{\n "reports": ['
        for k, e in enumerate(self.entries):
            row = json.dumps(self._row(e), ensure_ascii=False, indent=1).replace("\n", "\n  ")
            yield f"{',' if k else ''}\n  {row}"
        rest = json.dumps(self._overview(), ensure_ascii=False, indent=1)
        yield f"{chr(10) + ' ' if self.entries else ''}],{rest[1:]}\n"

    def _row(self, e: Entry) -> dict[str, Any]:
        return {"file": e.file, "district": e.district, "reason": e.reason or None, "state": e.state or None, "written": dict(e.written), "audit": e.whole()}

    def _overview(self) -> dict[str, Any]:
        from audit.batch.compare import brief, pending, proposed

        return {
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


def decimal(value: Any) -> Decimal:
    """A JSON number string as Decimal; zero for null."""
    return Decimal(value) if value is not None else Decimal(0)


def claimed(entry: Entry) -> Decimal:
    """The sum of the claims."""
    return sum((decimal(i["claimed"]) for i in (entry.audit or {}).get("indicators", [])), Decimal(0))
