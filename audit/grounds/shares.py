"""Shares that answer a clause: stated in percent, of all of them, or so many of so many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from audit.grounds.asks import HUNDRED, Ask
from audit.grounds.scene import Scene
from audit.grounds.values import (
    LEAST,
    PERCENT,
    SHARES,
    Reading,
    alike_end,
    context,
    made,
    marked,
    named,
    of_a_neighbour,
    ordered,
    share,
    sought,
    usable,
)
from extractor.statements import Cited, Line
from patterns.content import content_words, cover, light, plain
from patterns.speech import marks, moved, reached


def rates(scene: Scene, ask: Ask, lines: Sequence[tuple[Line, float]] | None = None, change: bool = False) -> list[Reading]:
    """Shares in percent that a clause may ask for, best first."""
    out = []
    bare = bool(ask.topic) and all(light(w) for w in ask.terms)  # 建成的占比: the indicator's name says of what
    for line, _ in scene.lines(ask) if lines is None else lines:
        if bare and cover(ask.topic, (line.text, 1.0), (scene.around(line).title, 0.9), (ask.row.name.text * (scene.around(line).row is not None), 1.0)) < LEAST:
            continue
        for k, s in enumerate(line.statements):
            for c in (*s.cited, *(c for c in s.bare if c.figure.number == 0 and c.measure)):
                value = share(c.figure, ask.demand.unit) if c.figure.unit else c.figure.number  # 再犯罪率为0
                if (
                    value is not None
                    and c.figure.role == "target"
                    and c.before.endswith(("达到", "超过", "高于", "完成"))
                    and reached(s.text)
                    and not change
                ):
                    fit = sought(scene, ask, line, k, c) + 0.25 * max(0.0, named(ask, line, k, c)) - 0.1
                    if fit >= LEAST:  # 联网率达到90%的任务要求
                        out.append(replace(made(scene, ask, value, line, k, c, fit), high=None))
                if value is None or not usable(scene, s, c, change):
                    continue
                if len(ask.neighbours) and scene.around(line).row is None and of_a_neighbour(ask, "".join(x.text for x in line.statements[max(0, k - 1) : k + 1])):
                    continue
                word = named(ask, line, k, c)
                if word <= -0.5 and cover(ask.rare, (c.before, 1.0), (c.scope, 0.9)) < 0.8:
                    continue  # another rate
                fit = marked(ask, s, c) + sought(scene, ask, line, k, c) + (0.25 if word > 0 else 0.5) * word + 0.05 * alike_end(ask.demand.subject, c.before)
                if (whole := ask.demand.whole) and "占" in c.before:
                    of = c.before[c.before.rfind("占") + 1 :]
                    if content_words(of):
                        same = cover(dict.fromkeys(content_words(whole), 1.0), (of, 1.0))
                        fit += 0.2 if same >= 0.7 else -0.1 if same >= 0.4 else -0.4
                elif ask.demand.measure and "占" in c.before and _of_whom_only(ask, line, c):
                    fit -= 0.4  # 巡讲24所学校，占中小学的46.2% is no 中小学副校长配备率
                if ask.place[1] > 1 and any(x in c.before for x in marks("overall")) and not any(x in ask.demand.subject for x in marks("overall")):
                    fit -= 0.3  # the rate of all is no rate of one of them
                if fit >= LEAST:
                    out.append(
                        replace(made(scene, ask, value, line, k, c, fit), how="named" if word > 0 and value != HUNDRED else "stated")
                    )
        out += every(scene, ask, line)
    if not out and lines is None and not change and ask.demand.measure.endswith("率") and len(ask.demand.measure) > 2:
        out = _only_one(scene, ask)
    if any(r.how == "named" and r.fit >= 0.9 and (r.rare >= 0.3 or len(ask.rare) <= 1) for r in out):
        out = [r for r in out if r.how not in ("every", "pair")]  # 全部销号 is not 按期整改率96.5%
    return ordered(out)


def _of_whom_only(ask: Ask, line: Line, c: Cited) -> bool:
    """Whether a line shares with a clause only the words of the whole that a share is of."""
    of = c.before[c.before.rfind("占") + 1 :]
    others = {w: v for w, v in ask.rare.items() if w not in of}
    return len(others) < len(ask.rare) and bool(others) and cover(others, (line.text.replace(of, ""), 1.0)) < LEAST


def _only_one(scene: Scene, ask: Ask) -> list[Reading]:
    """The rate of the very name that a clause asks for (整改率), told wherever it may be, if the report tells no other value of it."""
    out = []
    for line in scene.narrative.lines:
        if scene.around(line).row not in (None, ask.row.no) or scene.around(line).outlook or cover(ask.terms, (line.text, 1.0)) < 0.8:
            continue
        for k, s in enumerate(line.statements):
            for c in s.cited:
                value = share(c.figure, ask.demand.unit)
                if value is not None and c.measure == ask.demand.measure and usable(scene, s, c):
                    out.append(made(scene, ask, value, line, k, c, LEAST))
    return out if len({r.low for r in out}) == 1 else []


def every(scene: Scene, ask: Ask, line: Line) -> Iterator[Reading]:
    """100% without a percent sign: all of them, or as many done as there are."""
    for k, s in enumerate(line.statements):
        if s.said.polarity in ("plan", "not") or s.said.but or scene.later_year(s):
            continue
        passage = scene.around(line)
        deed = ask.demand.measure.removesuffix("率")
        lead = "".join(x.text for x in line.statements[max(0, k - 2) : k])
        row = ask.row.name.text if passage.row is not None else ""
        fit = scene.sought(ask, line, k) + 0.2 * scene.relevance(line, ask.row.no)
        covers = ask.demand.measure in marks("coverage")  # 均成立老年人体育协会 is a 覆盖率 of 100%, in whatever verb
        if deed and deed not in SHARES and not covers and cover({deed: 1.0}, (s.text, 1.0), (lead, 0.5)) < 0.5:
            continue
        if fit < 0.65 or cover(ask.rare, (s.text, 1.0), (lead, 0.9), (passage.title, 0.7), (row, 0.8)) < 0.45:
            continue
        if s.said.all and not any(c.figure.unit in PERCENT for c in s.cited) and s.said.polarity == "done":
            yield Reading(HUNDRED, HUNDRED, line, context(scene, ask, line, k), s.figures, fit - 0.15, "every", s.said.forecast, cover(ask.rare, (s.text, 1.0)))
            continue
        counts = [
            c
            for x in line.statements[max(0, k - 1) : k + 1]
            for c in x.cited
            if c.figure.number is not None and (c.figure.base_unit == c.figure.unit or "应" in c.before or "实" in c.before) and c.figure.role != "limit"
            and plain(c.figure.text) not in ask.demand.marks
        ]
        if (
            len(counts) == 2
            and counts[0].figure.unit == counts[1].figure.unit
            and (_of_all(counts[0], counts[1], "" if deed in SHARES else deed) or _against_whole(ask, counts[0], counts[1]))
        ):
            whole, part = counts[0].figure.number, counts[1].figure.number
            if whole and part is not None and part < whole:
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), tuple(c.figure for c in counts), fit - 0.15, "pair")
        first = line.statements[k - 1].cited if k else ()
        if s.text.startswith("其中") and len(first) == len(s.cited) == 1 and fit >= 0.8 and first[0].figure.unit == s.cited[0].figure.unit and s.said.polarity == "done":
            whole, part = first[0].figure.number, s.cited[0].figure.number  # 提出申请的有11人，其中10人上了岗
            if whole and part is not None and part < whole and len(s.text) >= 6:
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), (first[0].figure, s.cited[0].figure), fit - 0.3, "pair")
        if (
            len(s.cited) == 2
            and s.cited[1].before.startswith(("（应", "（共", "（总"))
            and s.cited[0].figure.unit == s.cited[1].figure.unit
        ):
            part, whole = s.cited[0].figure.number, s.cited[1].figure.number
            if whole and part is not None and part <= whole:  # 设置母婴室的公园18个（应设20个）
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), s.figures, fit - 0.1, "pair")
        if len(counts) == 2 and counts[0].figure.unit == counts[1].figure.unit and any(w in counts[1].before for w in marks("due")):
            part, whole = counts[0].figure.number, counts[1].figure.number  # 持证上岗412名，应持证430名
            if whole and part is not None and part < whole and not any(w in counts[0].before for w in marks("due")):
                share = (part / whole * HUNDRED).quantize(Decimal("0.01"))
                yield Reading(share, share, line, context(scene, ask, line, k), tuple(c.figure for c in counts), fit - 0.15, "pair")
        if len(counts) == 2 and counts[0].figure.unit == counts[1].figure.unit and counts[0].figure.number == counts[1].figure.number:
            yield Reading(HUNDRED, HUNDRED, line, context(scene, ask, line, k), tuple(c.figure for c in counts), fit - 0.1, "pair")


def _of_all(whole: Cited, part: Cited, deed: str) -> bool:
    """Whether the words make the second of two numbers a part of the first: 应换届的9个党组织按期换届8个; of all there are the deed (接入) was done."""
    if any(w in part.before for w in ("应", "须", "需", "未")) or (moved(part.before) and part.before.endswith(("到", "至", "为"))):
        return False  # 由86家压减到3家
    if deed and part.before.startswith("其中") and deed in whole.before and any(w in part.after[:6] for w in ("了", "已", "都", "均")):
        return True  # 提出安置申请的有11人，其中10人上了岗
    return any(w in whole.before for w in ("应", "须", "需")) or (
        bool(deed) and deed in part.before and (not whole.before.strip("，其中") or any(w in whole.before for w in marks("all_there_are")))
    )


def _against_whole(ask: Ask, whole: Cited, part: Cited) -> bool:
    """Whether a number is of the very thing that a clause holds another against (编制数 of 达到编制数90%: 核定编制45名，在编41名)."""
    words = content_words(ask.demand.whole)
    if not words or any(w in part.before for w in ("应", "须", "需", "未", *marks("gap"))):
        return False
    said = dict.fromkeys(words, 1.0)
    return cover(said, (whole.before, 1.0)) >= 0.5 and any(w in part.before for w in marks("there"))
