"""Reports held against one another: groups that can be compared, rankings, claims far from the peers', shared sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from audit.batch.model import Entry, Group, Outlier, SharedSentence, claimed, decimal, text

PEERS = 4  # fewer districts than this have no outliers
ALIKE = Decimal("0.5")  # share of the indicators that two reports of one programme have in common


def keyed(entry: Entry) -> dict[str, dict[str, Any]]:
    """An entry's indicators by name."""
    return entry.indicators


def brief(item: dict[str, Any] | None) -> dict[str, Any] | None:
    """What the matrix shows of an indicator."""
    if item is None:
        return None
    return {k: item[k] for k in ("no", "weight", "claimed", "low", "high", "proposed", "verdict")} | {"difference": text(over(item))}


def over(item: dict[str, Any]) -> Decimal:
    """How far a claim lies above (positive) or below (negative) its rescored interval; zero inside it."""
    claim = decimal(item["claimed"])
    return claim - min(max(claim, decimal(item["low"])), decimal(item["high"]))


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
    where: dict[int, list[int]] = {}
    for k, e in enumerate(entries):
        for mark in e.marks:
            where.setdefault(mark, []).append(k)
    names = [e.district.split(" ")[0] for e in entries]
    told: dict[int, dict[int, str]] = {}
    for mark, users in where.items():
        if len({names[k] for k in users}) > 1:
            first = users[0]
            if first not in told:
                told = {first: dict(zip(entries[first].marks, entries[first].sentences(), strict=True))}
            yield SharedSentence(told[first][mark], tuple(entries[k].file for k in users))
