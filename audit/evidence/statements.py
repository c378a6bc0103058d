"""Whether the report states that a condition holds: how much of it a sentence says, and whether as done, denied or planned."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.evidence.lexicon import negation, plans
from audit.evidence.passages import Line, Passage
from audit.evidence.words import OPEN_LIST, Weights, content_words, cover, says

Told = Literal["yes", "no", "plan", "part", "none"]
ENOUGH, SOME, ITSELF = 0.6, 0.4, 0.28
OTHER_LINE, TITLE, PATH = 0.8, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Statement:
    """What was found: told, how much of the condition is covered, the sentences and the passage."""

    told: Told
    coverage: float
    passage: Passage | None = None
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()


def alternatives(condition: str) -> list[str]:
    """A condition with 或 as its ways to be met: 宣传或培训活动 -> 宣传, 培训活动, each with what they share."""
    m = re.search("(?:或者|或)(?!其)", condition)
    if not m:
        return [condition]
    left, right = condition[: m.start()], condition[m.end() :]
    tail = re.split("[，；]", right, maxsplit=1)
    head = re.split("[，；]", left)
    rest = "，".join([*head[:-1], *tail[1:]])
    one, other = head[-1], tail[0]
    words_left, words_right = content_words(one), content_words(other)
    if len(words_right) <= 2 and len(words_left) > 1:
        last = words_left[-1]
        cut = one.rfind(last)
        shared = one[:cut] if cut > 0 else ""
        ending = content_words(other)[-1] if len(words_right) > 1 else ""
        return [f"{one}{ending}，{rest}", f"{shared}{other}，{rest}"]
    if len(words_left) <= 1 and len(words_right) > 1:
        return [f"{one}{other[other.find(words_right[0]) + len(words_right[0]) :]}，{rest}", f"{other}，{rest}"]
    return [f"{one}，{rest}", f"{other}，{rest}"]


def parts(condition: str) -> list[str]:
    """The parts of a condition that must all hold: 印发安排、分解目标并明确责任 -> three."""
    whole = OPEN_LIST.sub(lambda m: m[0].replace("、", "|"), condition)
    return [p.replace("|", "、") for p in re.split("[，；、]|并(?!网|购|联)|且", whole) if set(content_words(p)) - MANNER]


# How well a thing is done is not told in the rule's own words: 推进有力 is met by what was done.
MANNER = frozenset(
    (
        "配合 推进 推动 有力 有效 有序 扎实 见到 实效 成效 到位 规范 较好 良好 及时 按时 如期 积极 主动 认真 切实 深入 "
        "大力 落实 组织 开展 明显 显著 成果 "
    ).split()
)


def state(
    weights: Weights, condition: str, passages: Sequence[tuple[Passage, float]], enough: float = ENOUGH, background: str = ""
) -> Statement:
    """The best statement for a condition among passages that come with their alignment strength."""
    best = Statement("none", 0.0)
    best_key = (0, 0.0)
    rank = {"yes": 4, "no": 3, "part": 2, "plan": 1, "none": 0}
    for way in alternatives(condition):
        terms = weights.terms(way)
        if not terms:
            continue
        pieces = [weights.terms(p) for p in parts(way)]
        for passage, strength in passages:
            if passage.preamble:
                continue  # a preamble praises in general
            found = _in_passage(terms, pieces, passage, strength, enough, background)
            key = (rank[found.told], round(found.coverage + 0.5 * strength, 6))
            if key > best_key:
                best, best_key = found, key
    return best


def _in_passage(
    terms: Mapping[str, float], pieces: Sequence[Mapping[str, float]], passage: Passage, strength: float, enough: float, background: str
) -> Statement:
    # A passage that fits another indicator better must say it all in its own words.
    title, path = (TITLE, PATH) if strength >= 0.8 or not strength else (0.2, 0.0)
    best: tuple[float, Line] | None = None
    for line in passage.lines:
        own = cover(terms, (line.text, 1.0))
        if own < 0.12:
            continue
        value = cover(terms, (line.text, 1.0), (passage.text, OTHER_LINE), (passage.title, title), (passage.path, path)) + 0.2 * own
        if best is None or value > best[0] + 1e-9:
            best = (value, line)
    if best is None:
        return Statement("none", 0.0)
    line = best[1]
    coverage = cover(terms, (line.text, 1.0), (passage.text, OTHER_LINE), (passage.title, title), (passage.path, path), (background, 0.3))
    body = cover(terms, (passage.text, 1.0))
    lines = [line]
    for other in passage.lines:
        if other is not line and any(
            says(w, other.text) >= 0.8 and not any(says(w, x.text) >= 0.8 for x in lines) for t in terms for w in t.split("|")
        ):
            lines.append(other)
    lines.sort(key=lambda x: x.start)
    missing = tuple("".join(t) for t in pieces if t and cover(t, (passage.text, 1.0), (passage.title, 0.5)) < 0.34)
    kept = tuple(lines[:4])
    if coverage < SOME or body < ITSELF:
        return Statement("none", coverage, passage, kept)
    told = polarity(terms, line)
    if told == "no":
        return Statement("no" if coverage >= enough else "part", coverage, passage, (line,))
    if told == "plan" or passage.outlook:
        return Statement("plan", coverage, passage, (line,))
    need = enough - 0.06 * (strength >= 0.95) + (0.4 * max(0.0, 0.8 - strength) if strength else 0.0)
    if coverage >= need and not missing:
        return Statement("yes", coverage, passage, kept)
    return Statement("part", coverage, passage, kept, missing)


def polarity(terms: Mapping[str, float], line: Line) -> Literal["yes", "no", "plan"]:
    """How a sentence says what it says: the pieces that hold the condition's words decide."""
    scored = [(cover(terms, (p.text, 1.0)), p) for p in line.pieces]
    top = max((c for c, _ in scored), default=0.0)
    not_, plan = False, False
    for c, p in scored:
        if c < max(0.15, 0.6 * top):
            continue
        if negation().find("none", p.text):
            continue
        m = negation().find("not", p.text)
        if m and not re.search("不(?:可降解|合格产品|动产|同|断|仅|良|低于|少于|超过|足)|未来", p.text[m.start() : m.start() + 5]):
            not_ = True
        if plans().find("plan", p.text):
            plan = True
        if not not_ and not plan and c >= 0.9 * top:
            return "yes"
    return "no" if not_ else "plan" if plan else "yes"
