"""Faults that a report admits or denies, and whether they are the ones that a deduction asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.evidence.lexicon import faults as fault_words
from audit.evidence.lexicon import negation, plans
from audit.evidence.measures import Context, alike
from audit.evidence.passages import Line, Passage, Piece
from audit.evidence.words import Weights, content_words, cover
from extractor.report import Figure

OMITTED = re.compile("未|没有|漏|迟|逾期|缺报|不报|尚未|应[^，。；]{1,4}(?:未|不)")
BROAD = re.compile(
    "(?:未发现|没有发现|未发生|没有|无|不存在|未见)[^，。；]{0,8}(?:问题|违规|违法|不规范|不符合|不合格|情形|行为|情况|现象|差错)|(?:全部|均|全都|都|皆)(?:为)?(?:合格|符合|达标|合规|规范|合乎)|无一违规|合格率(?:为|达到?)?100%"
)
REST_FINE = re.compile("其余[^，。；]{0,12}(?:均|全部|都)|(?:均|全部)[^，。；]{0,8}(?:符合|合格)")
# Complaints that are dealt with are the work itself; only one that was made against somebody is a fault.
WORKLOAD = re.compile(
    "(?:受理|办理|处理|接收|承办|办结|处置|按期|及时)[^，。；]{0,4}(?:投诉|举报|信访)(?:举报)?|(?:投诉|举报|信访)(?:举报)?[^，。；]{0,6}(?:按期|及时|办结|办理|处理|受理|答复|满意|处置)"
)
INSPECTED = re.compile("检查|抽查|抽检|抽样|检测|督查|巡查|核查|排查")
EXCUSE = re.compile("停业|装修|搬迁|注销|关停|停产|歇业|不可抗力|客观原因|免于|豁免|疫情")
REPORTED = re.compile("报齐|报送|上报|填报|提交|交齐|办结|完成|淘汰|拆除|更换|整改|落实|开展|审查|验收|缴")
COUNTABLE = {
    "家",
    "户",
    "个",
    "所",
    "座",
    "名",
    "处",
    "起",
    "例",
    "件",
    "宗",
    "次",
    "项",
    "条",
    "人",
    "批次",
    "批",
    "辆",
    "台",
    "幢",
    "栋",
    "份",
    "户次",
    "家次",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a deduction's condition can hold (检查不合格; 被投诉): its kind of fault and its content words."""

    text: str
    kind: str
    terms: Mapping[str, float]
    own: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault with its number. sure: it plainly is what the rule asks for; else a person must judge."""

    count: Decimal
    figure: Figure | None
    line: Line
    piece: Piece
    passage: Passage
    way: int
    sure: bool
    fit: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a report says of a deduction: faults, the ways that it denies, and the sentences that deny them."""

    ways: tuple[Way, ...]
    faults: tuple[Fault, ...]
    denied: frozenset[int]
    denials: tuple[tuple[Passage, Line], ...]
    complete: bool  # the stated faults are all there are (a partition, 其余均合格)

    @property
    def closed(self) -> bool:
        """Every way is denied or counted in full."""
        open_ = set(range(len(self.ways))) - self.denied
        return not open_ or (bool(self.faults) and self.complete and open_ <= {f.way for f in self.faults if f.sure})


DUTY_UNDONE = re.compile(
    "(?:未|没有|未能)(?:依法|依规|按[^，。；]{0,6}|及时|有效|如期)?(?:组织)?(?:实施|开展|组织|落实|完成|制定|建立|报送|上报|进行|做|处理|整改|公示|公开)"
)


def kind_of(text: str) -> str:
    """The kind of fault that a condition ends on: 不合格产品没有做后处理 is an omission, 检查不合格 a failure."""
    if DUTY_UNDONE.search(text):
        return "omit"
    best, where = "other", -1  # no word of a fault: no number beside it is one
    text = WORKLOAD.sub("", text) or text
    for kind, pattern in fault_words().items():
        for m in pattern.finditer(text):
            if m[0] in ("少", "漏", "迟") and m.end() > where:
                best, where = "omit", m.end()
            elif m.end() > where or (m.end() == where and kind != "omit"):
                best, where = kind, m.end()
    if re.search("应[^，。；]{1,6}未", text) and best != "complaint":
        return "omit"
    return best


def ways(weights: Weights, condition: str, lead: str) -> tuple[Way, ...]:
    """The ways of a deduction's condition; lead is what its rule says before it (whom and what it is about)."""
    condition = (
        re.sub("(?:每有?|每发现|每出现|出现|发现|查出)?[0-9一1]?(?:个|家|起|例|次|项|件)?[^，。；]{0,2}$", "", condition)
        if len(condition) > 60
        else condition
    )
    out = []
    for text in segments(condition):
        words = content_words(text)
        if not words and not any(p.search(text) for p in fault_words().values()):
            continue
        own = weights.terms(text)
        base = {w: 0.5 * v for w, v in weights.terms(lead).items()} | {w: 0.5 * v for w, v in weights.terms(condition).items()}
        out.append(Way(text, kind_of(text), base | own, own))
    return tuple(out)


def segments(condition: str) -> list[str]:
    """The ways of a condition; a piece without a word of fault (a list of things: 甲报告、乙报告，漏报的) goes with the next one."""
    out: list[str] = []
    held = ""
    for text in re.split("[、；，]|或者|或", condition):
        held = f"{held}、{text}" if held else text
        if any(p.search(WORKLOAD.sub("", text)) for p in fault_words().values()):
            out.append(held)
            held = ""
    if held:
        if out:
            out[-1] = f"{out[-1]}，{held}"
        else:
            out.append(held)
    return out


def look(
    ctx: Context,
    weights: Weights,
    condition: str,
    lead: str,
    unit: str | None,
    near: Sequence[tuple[Passage, float]],
    far: Sequence[Passage],
) -> Finding:
    """Faults and denials for a deduction; near passages come with their alignment strength, far ones are the rest of the report."""
    found = ways(weights, condition, lead)
    faults: list[Fault] = []
    denied: set[int] = set()
    plainly: set[int] = set()  # denied in the condition's own words: a lesser fault beside it is another one
    denials: list[tuple[Passage, Line]] = []
    complete = False
    for passage, strength in near:
        settled = strength < 0.8 and len(denied) == len(found)  # the indicator's own passages have denied it all
        for line in passage.lines:
            here: list[Fault] = []
            for piece in line.pieces:
                shut = set() if settled else _denied(found, piece, line, passage, strength)
                if shut:
                    denied |= shut
                    none = negation().find("none", piece.text) is not None
                    plainly |= {k for k in shut if none and cover(found[k].own, (piece.text, 1.0)) >= 0.6}
                    if (passage, line) not in denials:
                        denials.append((passage, line))
                    continue
                here += _admitted(ctx, found, piece, line, passage, unit, strength)
                if not piece.figures and not here:
                    here += _admitted(ctx, found, _with_count(piece, line), line, passage, unit, strength)
            faults += here
            if here and (REST_FINE.search(line.text) or _partition(line, passage, here) or _inspected(line, here)):
                complete = True
    if not any(f.sure for f in faults):
        for passage in far:
            for line in passage.lines:
                for piece in line.pieces:
                    if not negation().find("none", piece.text):
                        faults += _admitted(ctx, found, piece, line, passage, unit, 0.0)
    faults = [f for f in faults if f.way not in plainly or f.piece.text in {p.text for p in f.line.pieces if _all_said(found[f.way], p)}]
    return Finding(found, tuple(_once(faults)), frozenset(denied), tuple(denials), complete)


def _all_said(way: Way, piece: Piece) -> bool:
    """Whether a piece says nearly all telling words of a condition (较大 and 事故, not 事故 alone)."""
    rare = {w: v for w, v in way.own.items() if v >= 0.3} or dict(way.own)
    return cover(rare, (piece.text, 1.0)) >= 0.9


def _with_count(piece: Piece, line: Line) -> Piece:
    """A piece without a number together with the one before it: 某酒店1家停业装修，未开展对标."""
    at = line.pieces.index(piece)
    if not at or not OMITTED.search(piece.text):
        return piece
    before = line.pieces[at - 1]
    return Piece(before.start, piece.end, before.text + piece.text, before.figures[-1:])


def _once(faults: Sequence[Fault]) -> list[Fault]:
    """One fault per figure, the surest and best fitting way first."""
    kept: dict[int, Fault] = {}
    for f in sorted(faults, key=lambda f: (not f.sure, -round(f.fit, 6), f.piece.start)):
        key = f.figure.start if f.figure else f.piece.start
        kept.setdefault(key, f)
    return list(kept.values())


def _denied(found: Sequence[Way], piece: Piece, line: Line, passage: Passage, strength: float) -> set[int]:
    """The ways that a piece denies."""
    if plans().find("plan", piece.text) or passage.outlook:
        return set()
    none = negation().find("none", piece.text)
    all_ = negation().find("all", piece.text)
    not_ = negation().find("not", piece.text)
    if not none and not all_ and not not_:
        return set()
    broad = BROAD.search(piece.text)
    out: set[int] = set()
    for k, way in enumerate(found):
        own = cover(way.own, (piece.text, 1.0)) if way.own else 0.0
        fit = cover(way.terms, (piece.text, 1.0), (line.text, 0.8), (passage.text, 0.5), (passage.title, 0.5), (passage.path, 0.3))
        kind = fault_words().get(way.kind)
        says_kind = bool(kind and kind.search(piece.text))
        enough = 0.12 if strength >= 0.7 else 0.3  # in the indicator's own passage a broad denial needs few of its words
        if (
            (none and (own >= 0.3 or (says_kind and fit >= enough) or (broad and fit >= enough and way.kind != "complaint")))
            or (
                not_
                and not none
                and way.kind != "omit"
                and says_kind
                and own >= 0.3
                and re.search("(?:没有|未)[^，。；]{0,6}(?:案件|投诉|举报|情况|情形|问题|此类)", piece.text)
            )
            or (
                all_
                and not not_
                and not _tells_fault(piece, all_.end())
                and (
                    own >= 0.5
                    or (fit >= 0.55 and own >= 0.3)
                    or (broad and fit >= enough and way.kind == "fail")
                    or (way.kind == "omit" and strength >= 0.7 and own >= 0.35 and REPORTED.search(piece.text))
                )
            )
        ):
            out.add(k)
    return out


def _tells_fault(piece: Piece, start: int) -> bool:
    return any(p.search(piece.text, start) for kind, p in fault_words().items() if kind != "omit")


def _admitted(
    ctx: Context, found: Sequence[Way], piece: Piece, line: Line, passage: Passage, unit: str | None, strength: float
) -> list[Fault]:
    """The faults that a piece admits, with the figure that counts them."""
    out: list[Fault] = []
    words = WORKLOAD.sub("", piece.text)
    told = {kind: set(pattern.findall(words)) for kind, pattern in fault_words().items()}
    kinds = {kind for kind, found_ in told.items() if found_}
    if "exceed" in kinds:
        kinds.add("fail")  # what exceeds a limit breaks the standard that sets it
    if not OMITTED.search(piece.text):
        kinds.discard("omit")
    if not kinds:
        return out
    if plans().find("plan", piece.text) and not re.search("将列为|将作为", piece.text):
        return out
    for f in piece.figures:
        if (
            f.unit not in COUNTABLE
            or f.number is None
            or f.number != int(f.number)
            or f.number == 0
            or f.role in ("target", "limit", "change")
        ):
            continue
        if ctx.is_other_year(f, piece) or _other_noun(ctx, f, piece, line):
            continue
        best: tuple[float, int, bool] | None = None
        for k, way in enumerate(found):
            own = cover(way.own, (piece.text, 1.0)) if way.own else 0.0
            fit = cover(way.terms, (piece.text, 1.0), (line.text, 0.8), (passage.text, 0.5), (passage.title, 0.5), (passage.path, 0.3))
            same = way.kind in kinds
            echo = any(len(w) > 1 and w in way.text for w in told.get(way.kind, ()))
            echo = echo or bool(_undone(way.text) & _undone(piece.text))
            if (
                way.kind == "fail"
                and told["fail"] <= FOUND_OUT
                and not told["fail"] & set(way.text.split())
                and cover(way.terms, (piece.text, 1.0), (line.text, 0.5)) < 0.3
            ):
                same = False
            wide = cover(way.own, (piece.text, 1.0), (line.text, 0.9), (passage.text, 0.7), (passage.title, 0.6)) if way.own else 0.0
            kind = alike(f.unit, unit) if unit else 0.6
            sure = strength >= 0.75 and kind > 0 and fit >= 0.33 and (same if way.kind != "omit" else same and own >= 0.4)
            sure = sure or (strength >= 0.75 and kind > 0 and own >= 0.6 and (same or way.kind == "fail"))
            sure = sure or (strength >= 0.75 and kind > 0 and same and echo and wide >= 0.4)
            sure = sure or (strength >= 0.9 and kind > 0 and same and way.kind == "omit" and own >= 0.15 and wide >= 0.5)
            if way.kind == "accident":
                sure = sure and _all_said(way, piece)
            sure = sure and not EXCUSE.search(line.text) and not passage.outlook  # told among the shortcomings, a person judges
            if strength == 0 and not _specific(way, piece, line):
                continue
            likely = (same and (fit >= 0.4 or _rare_words(way, piece) >= 3 if way.kind != "omit" else own >= 0.5)) or (
                own >= 0.6 and way.kind != "omit"
            )
            if not sure and not likely:
                continue
            value = fit + 0.5 * own + 0.3 * same
            if best is None or (sure, value) > (best[2], best[0]):
                best = (value, k, sure)
        if best is not None:
            out.append(Fault(f.number, f, line, piece, passage, best[1], best[2], best[0]))
    return out


FOUND_OUT = frozenset({"查出", "查处", "查获", "立案"})


def _undone(text: str) -> set[str]:
    """The deeds that a text says were not done: 未落实 -> 落实."""
    return {m[1] for m in re.finditer("(?:未|没有|未能)(?:按[^，。；]{0,5}|如期|及时)?([\u4e00-\u9fff]{2})", text)}


def _specific(way: Way, piece: Piece, line: Line) -> bool:
    """Whether a fault told elsewhere shares a telling word with a condition, not only 企业 or 完成."""
    rare = {w: v for w, v in way.terms.items() if v >= 0.3}
    return bool(rare) and (cover(rare, (piece.text, 1.0), (line.text, 0.6)) >= 0.3 or _rare_words(way, piece) >= 3)


def _rare_words(way: Way, piece: Piece) -> int:
    """How many of a condition's telling words a piece says as they are."""
    return sum(v >= 0.3 and w in piece.text for w, v in way.terms.items())


def _other_noun(ctx: Context, f: Figure, piece: Piece, line: Line) -> bool:
    """Whether a figure beside a fault word counts something else: what was checked, what passed, what was put right."""
    before, after = ctx.before(f, piece, 10), ctx.after(f, line, 8)
    if re.search(
        "(?:检查|抽查|抽样|抽检|出动|共|巡查|受检|涉及|覆盖|整改|改正到位|完成整改|复查)(?:了|点位|商户|企业|单位|门店)*$", before
    ) and not re.search("不合格|违|责令|未|立案|查处|查获", before):
        return not re.match("不合格|违|未|被|存在|因", after)
    return bool(re.search("(?<!不)合格$", before)) or bool(re.match("(?:合格|符合|达标)", after))


def _inspected(line: Line, here: Sequence[Fault]) -> bool:
    """Whether a sentence tells how many were looked at beside the faults: a check's result is all that it found."""
    return any(
        f.number is not None
        and f.number > fault.count
        and INSPECTED.search(p.text[: p.text.find(f.text[0])] if f.text[0] in p.text else p.text)
        for fault in here
        for p in line.pieces
        for f in p.figures
        if f is not fault.figure and f.unit in COUNTABLE
    )


def _partition(line: Line, passage: Passage, here: Sequence[Fault]) -> bool:
    """Whether a sentence, with the one before it, splits a total into the good ones and the faults: 12家，完成10家；另有2家未…"""
    at = passage.lines.index(line)
    numbers = [f.number for x in passage.lines[max(0, at - 1) : at + 1] for f in x.figures if f.number is not None]
    for fault in here:
        for total in numbers:
            if total > fault.count and any(good + fault.count == total for good in numbers if good != total):
                return True
    return False
