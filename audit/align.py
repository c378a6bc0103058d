"""Which passages speak for which indicator: by the words they share, rare ones weighing more, never by order.

Each passage is judged by itself against the annex, so that moving or deleting one moves no other. A passage may speak for
several indicators, an indicator may have several passages or none.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.evidence.passages import Passage
from audit.evidence.words import Weights, content_words, says
from extractor.report import Row

NAME, RULE, DOMAIN, HINT = 2.0, 1.0, 0.4, 0.3
IN_TITLE, IN_PATH = 1.0, 0.3
ELSEWHERE = 0.75  # of a passage that stands under the heading of another domain
NEAR = 0.5  # of the passage's best indicator
LEAST, FULL = 0.4, 0.9  # below the one a passage says nothing of an indicator, from the other on it fits it by itself
PREAMBLE = 0.6


@dataclass(frozen=True)
class Alignment:
    """passages of each indicator, best first, with their strength (1 for the indicator that a passage fits best)."""

    of: Mapping[int, tuple[tuple[Passage, float], ...]]
    score: Mapping[tuple[int, int], float]
    raw: Mapping[tuple[int, int], float]

    def strength(self, passage: Passage, no: int) -> float:
        """How well a passage fits an indicator against its best one, 0 to 1."""
        return self.score.get((passage.index, no), 0.0)


def topics(row: Row, weights: Weights, hints: Sequence[str] = ()) -> dict[str, float]:
    """The words that an indicator is about, with their weights; name before rule before domain. Hints are search words."""
    out: dict[str, float] = {}
    for text, factor in ((row.domain.text, DOMAIN), (row.rule.text, RULE), (row.name.text, NAME), *((h, HINT) for h in hints)):
        for word in content_words(text):
            out[word] = max(out.get(word, 0.0), factor * weights.of(word) ** 1.5)
    return out


def align(rows: Sequence[Row], passages: Sequence[Passage], weights: Weights, hints: Mapping[int, Sequence[str]]) -> Alignment:
    """Score every passage against every indicator and keep what comes near the passage's best."""
    about = {row.no: topics(row, weights, hints.get(row.no, ())) for row in rows}
    size = {no: math.sqrt(sum(sorted(terms.values(), reverse=True)[:14])) or 1.0 for no, terms in about.items()}
    domains = {row.no: domain_words(row) for row in rows}
    every = frozenset().union(*domains.values()) if domains else frozenset()
    of: dict[int, list[tuple[Passage, float]]] = {row.no: [] for row in rows}
    score: dict[tuple[int, int], float] = {}
    raw: dict[tuple[int, int], float] = {}
    for passage in passages:
        headed = {w for w in every if w in passage.path or w in passage.title}
        found = {
            no: _fit(terms, passage) / size[no] * (ELSEWHERE if headed and not headed & domains[no] else 1.0) for no, terms in about.items()
        }
        best = max(found.values(), default=0.0)
        if best < LEAST:
            continue
        for no, value in found.items():
            strength = value / best * min(1.0, value / FULL) * (PREAMBLE if passage.preamble else 1.0)
            score[passage.index, no] = strength
            raw[passage.index, no] = value
            if value >= NEAR * best and value >= LEAST:
                of[no].append((passage, strength))
    ordered = {no: tuple(sorted(found_, key=lambda item: (-round(item[1], 6), item[0].text))) for no, found_ in of.items()}
    return Alignment(ordered, score, raw)


def domain_words(row: Row) -> frozenset[str]:
    """The words by which headings name an indicator's domain (文化旅游领域 -> 文化, 旅游)."""
    return frozenset(w for w in content_words(row.domain.text) if w not in COMMON)


COMMON = frozenset(
    "领域 综合 管理 工作 重点 节能 支持 保障 支撑 年度 其它 其他 附加 建设 发展 目标 任务 加分 碳达峰 碳中和 基础 专项 落实".split()
)


def _fit(terms: Mapping[str, float], passage: Passage) -> float:
    total = 0.0
    for word, weight in terms.items():
        if word in passage.title:
            total += IN_TITLE * weight * (1.3 if word in passage.text else 1.0)
        elif word in passage.text:
            total += weight
        elif word in passage.path:
            total += IN_PATH * weight
        elif len(word) > 3 and says(word, passage.text) >= 0.8:
            total += 0.5 * weight
    return total
