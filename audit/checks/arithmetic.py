"""Every relation that the report states is computed; what does not come out is accused, defended, and told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from audit.checks import conflicts, counts, growth, parts, ratios
from audit.defence import defend
from audit.defence.pleading import Reading
from audit.messages import Message, message
from audit.model import Finding
from audit.said import Accusation, Judge, Outcome, Said
from extractor.relations.model import Relation
from extractor.report import Report


@dataclass(frozen=True, slots=True)
class Family:
    """How one type of relation is computed and told."""

    code: str
    judge: Judge
    explain: Callable[[Said, Relation, Outcome], Message]
    derive: Callable[[Said, Relation, Outcome], Message]


FAMILIES = {
    "parts": Family(parts.CODE, parts.judge, parts.explain, parts.derive),
    "ratio": Family(ratios.CODE, ratios.judge, ratios.explain, ratios.derive),
    "goal": Family(ratios.CODE, ratios.judge_goal, ratios.explain, ratios.derive),
    "growth": Family(growth.CODE, growth.judge, growth.explain, growth.derive),
    "count": Family(counts.CODE, counts.judge, counts.explain, counts.derive),
    "same": Family(conflicts.CODE, conflicts.judge, conflicts.explain, conflicts.derive),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """An accusation and what the defence says to it; None: nothing, it is proven."""

    accusation: Accusation
    reading: Reading | None

    @property
    def proven(self) -> bool:
        """Whether no reading acquits."""
        return self.reading is None


def judge(said: Said, relation: Relation) -> Outcome | None:
    """A relation's arithmetic, whatever its type; None where there is nothing to compute."""
    return FAMILIES[relation.type].judge(said, relation)


def check_arithmetic(report: Report) -> list[Finding]:
    """parts-mismatch, percentage-mismatch, count-mismatch and conflicting-figures: one finding per matter."""
    said = Said(report)
    verdicts: list[Verdict] = []
    sound: set[int] = set()
    for relation in report.relations:
        outcome = judge(said, relation)
        if outcome is None:
            continue
        if outcome.verdict == "consistent":
            sound.update(outcome.figures)
            continue
        family = FAMILIES[relation.type]
        accusation = Accusation(family.code, said, relation, outcome, judge, family.explain(said, relation, outcome),
                                family.derive(said, relation, outcome))
        reading = defend(accusation)
        if reading is None or not reading.silent:
            verdicts.append(Verdict(accusation, reading))
    suspects = wrong_ones(verdicts, sound)
    return [finding for finding, _ in one_error_each([(tell(said, group), group) for group in matters(verdicts, suspects)], suspects)]


def wrong_ones(verdicts: Sequence[Verdict], sound: set[int]) -> set[int]:
    """The figures that several proven accusations share and no sound relation confirms: each is one slip seen from several sides."""
    counted = Counter(i for v in verdicts if v.proven for i in set(v.accusation.outcome.figures))
    return {i for i, n in counted.items() if n > 1 and i not in sound}


def matters(verdicts: Sequence[Verdict], suspects: set[int]) -> list[list[Verdict]]:
    """The accusations of one code that speak of one slip: the same disputed figure, or the same wrong one."""
    groups: list[tuple[str, set[int], list[Verdict]]] = []
    for v in verdicts:
        a = v.accusation
        keys = {a.outcome.disputed} | (suspects & set(a.outcome.figures))
        same = [g for g in groups if g[0] == a.code and g[1] & keys]
        for g in same:
            groups.remove(g)
        groups.append((a.code, keys.union(*(g[1] for g in same)), [*(x for g in same for x in g[2]), v]))
    return [g[2] for g in groups]


def tell(said: Said, group: Sequence[Verdict]) -> Finding:
    """The finding on one matter: its surest accusation is told, the others are named in the proof."""
    head = min(group, key=lambda v: (not v.proven, v.accusation.outcome.disputed))
    a = head.accusation
    rest = [v.accusation for v in group if v is not head]
    quotes = said.quotes([a.relation, *(r.relation for r in rest)], {i for x in (a, *rest) for i in x.outcome.figures})
    if head.reading is not None:
        return Finding(a.code, "warning", None, message("checks.read_otherwise", finding=a.message, reading=head.reading.message), quotes)
    return Finding(a.code, "error", None, a.message, quotes, proof=proof(said, a, rest))


def proof(said: Said, a: Accusation, rest: Iterable[Accusation]) -> tuple[Message, ...]:
    """What the report says, what follows, what it says instead, and what else it would have to mean."""
    figures = dict.fromkeys((*a.outcome.premises, a.outcome.disputed))
    words = message("proof.says", quote=said.words(a.relation).text) if said.quotable(a.relation) else message(
        "proof.says_apart", quotes="；".join(said.told(i).text for i in figures))
    return (words, a.derivation, message("proof.instead", stated=said.figure(a.outcome.disputed).text), message("proof.no_other"),
            *(message("proof.also", finding=r.message) for r in rest))


def one_error_each(told: Sequence[tuple[Finding, list[Verdict]]], suspects: set[int]) -> list[tuple[Finding, list[Verdict]]]:
    """Findings of several codes on one wrong figure: the first proven one is the error, the others refer to it."""
    out: list[tuple[Finding, list[Verdict]]] = []
    named: dict[int, Finding] = {}
    for finding, group in told:
        wrong = sorted(i for v in group for i in suspects & set(v.accusation.outcome.figures))
        earlier = next((named[i] for i in wrong if i in named), None)
        if finding.severity == "error":
            if earlier is not None:
                text = message("checks.same_matter", finding=finding.message, other=earlier.message)
                finding = replace(finding, severity="warning", message=text, proof=())
            else:
                named.update(dict.fromkeys(wrong, finding))
        out.append((finding, group))
    return out
