"""Sentences → statements, once: what a report says, piece by piece, with topic, polarity, period, place and section.

A statement is what stands between two commas. A line is a sentence (or what stands between two semicolons) of statements; a passage is a
paragraph or one of its 一是-items, with the headings that it stands under. Cells of the annex that tell what was done are statements of their row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from extractor.notes import note_spans
from extractor.report import Figure, Report, Section
from patterns import expressions as re
from patterns.content import plain
from patterns.fold import fold
from patterns.numerals import integer
from patterns.outline import items
from patterns.quantity import Quantity, find
from patterns.speech import Said, done, measure, said

_STOPS = re.compile("[，；;。！？!?：]|(?<![0-9]),(?![0-9])")
_ENDS = re.compile("[。！？!?；;\n]+[”’）)]*")
_SHORTCOMINGS = re.compile("不足|存在(?:的|主要)?问题|困难|差距|短处|短板(?!明显补)|失分|薄弱|主要问题")
_NEXT = re.compile("下一步|下步|打算|努力方向|工作计划|工作安排$|建议|展望|思路|下阶段|明年")
_SIGNATURE = re.compile("特此报告|抄送|签发人|附件\\d*[:：]|附表\\d*[:：]|以上报告")
_COLOPHON = re.compile("^[^。；]{0,40}(?:公开发布|印发)[)）]?$")  # the whole block: （此件公开发布）, 县府办 2024年1月5日印发
_ITEM = re.compile("[一二三四五六七八九十]{1,3}是|——|[（(]?\\d{1,2}[)）]|[①-⑳]")
_DEALT = re.compile("分别|依次|各为")
_NAMES = re.compile("、|和(?!谐|合)|与|(?<!普)及(?![格时其])")
_LABEL = re.compile("^[，、]?(?:其中|包括)?[:：]?")
_BAR = re.compile("(?:未达到?|没有达到|未能达到|尚未达到|达不到|不到|没到|没有到|未到|不及|够不着|够不上|距(?:省|市|县|国家|部)?(?:定|里|下达)|离|距离?|与)(?:[^，。；]{0,6}的)?$")
_CROWD = re.compile("[\u4e00-\u9fff]{0,10}?(?:派员|参加|参训|参会|到场|到会|参与|报名|听课|签到|受训|观看|聆听)")
_TOWARDS = re.compile("(?:向|对|面向|邀请|发动|惠及|吸引|出动|动员|服务)(?:全区|全县|全市|辖区|区内)?$")
_BAR_AFTER = re.compile("^的?(?:考核|年度|高档|满分)?(?:要求|目标|任务|标准|线|红线|基准线?|档)")
_UNITLESS = re.compile(
    r"(?<![\d.:：/×＋+—\-〔(（第])(?:\d+\.\d+|(?<=[率数值比为达至到是])\d{1,3}(?!\d))"
    r"(?![\d.:：]*\d|\s?(?![升降和与及提低高优好超较比且并])[％%‰\u4e00-\u9fffA-Za-z℃㎡/—\-])"
)
_INDEX = re.compile("率|系数|指数|比值?|值|密度|浓度|得分|CMI|DDDs|PUE")
_DAY = re.compile("(?:于|在)?(?:19|20)\\d\\d年(?:\\d{1,2}月)?(?:\\d{1,2}日)?")
_HEADING = 45  # characters of a heading that only names
_LONGEST = 60  # statements of a line that are kept together; a longer one is no sentence


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure where it stands: the words before it in its statement (since the figure before), the words after it (up to the next one),
    and the last word of a measure before it (覆盖率, 占).

    scope: the statement as it concerns this figure: where values are dealt out (甲、乙分别为1、2) without the other names.
    crowd: it counts those who came or listened (18家派员参加). bar: it is what a value is held against (未达到10%, 离80%还有差距), not the value.
    """

    figure: Figure
    before: str
    after: str
    measure: str
    scope: str = ""
    bar: bool = False
    crowd: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """report.text[start:end] between two commas: its plain text, its figures and how it says what it says. names: those to which it deals
    out its values, in order. bare: numbers without a unit that an index, a coefficient or a rate is told in (差异系数为0.41); no cited figures.
    spoken: how many times by the words (办了两期, 各一次), where no figure is cited: numbers and units.
    """

    start: int
    end: int
    text: str
    cited: tuple[Cited, ...]
    said: Said
    names: tuple[str, ...] = ()
    bare: tuple[Cited, ...] = ()
    spoken: tuple[tuple[int, str, str], ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures alone."""
        return tuple(c.figure for c in self.cited)


@dataclass(frozen=True)
class Line:
    """A sentence (or a part of it between semicolons) as statements. passage: index of the passage that it stands in."""

    index: int
    passage: int
    start: int
    end: int
    text: str
    statements: tuple[Statement, ...]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all statements, in order."""
        return tuple(f for s in self.statements for f in s.figures)


@dataclass(frozen=True)
class Passage:
    """A paragraph, an item or a cell. title: the words of the innermost heading; path: those of the outer ones; text: all its lines.

    outlook: it speaks of next steps. shortcomings: it owns up to what falls short. preamble: it stands before the first heading.
    row: the indicator whose cell it is, None in the narrative.
    """

    index: int
    title: str
    path: str
    lines: tuple[Line, ...]
    outlook: bool = False
    shortcomings: bool = False
    preamble: bool = False
    row: int | None = None

    @cached_property
    def text(self) -> str:
        """The plain text of all lines."""
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Narrative:
    """All passages and lines in reading order, cells of the annex last. targets: the goals that a row's own cell sets (目标值), by number."""

    passages: tuple[Passage, ...]
    lines: tuple[Line, ...] = field(default=())
    targets: Mapping[int, tuple[Quantity, ...]] = field(default_factory=dict)

    def around(self, line: Line) -> Passage:
        """The passage of a line."""
        return self.passages[line.passage]


def statements(report: Report) -> Narrative:
    """Read the report's sentences. The annexed table and headings that stand by themselves are none."""
    maker = _Maker(report)
    table = report.table
    first = min((s.start for s in report.sections), default=None)
    blocks = [(b.start, b.end) for b in report.document.blocks if b.kind != "row"] or [
        (m.start(), m.end()) for m in re.finditer(r"[^\n]+", report.text)
    ]
    explained = [(n.start, n.end) for n in note_spans(report) if n.explains]
    for start, end in blocks:
        if table.holds(start) or any(a < end and start < b for a, b in explained):
            continue  # what explains the table is no deed
        text = report.text[start:end]
        cuts = [e.start for e in items(text)]
        bounds = [0, *[c for c in cuts if c], len(text)]
        for a, b in zip(bounds, bounds[1:], strict=False):
            maker.passage(start + a, start + b, first)
    for row in table.rows:
        for name in ("basis", "actual", "reason"):
            cell = getattr(row, name, None)
            if cell is not None and cell.text.strip():
                maker.cell(row.no, cell.start, cell.end)
    targets = {row.no: tuple(find(fold(row.target.text).text)) for row in table.rows if row.target.text.strip()}
    return Narrative(tuple(maker.passages), tuple(maker.lines), targets)


class _Maker:
    """Collects passages and lines."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.passages: list[Passage] = []
        self.lines: list[Line] = []
        self.at = 0
        self.weak = False  # among shortcomings, which plans follow
        self.figures = sorted(report.figures, key=lambda f: f.start)

    def cell(self, row: int, start: int, end: int) -> None:
        """A cell of the annex: a passage of its row."""
        lines = tuple(self._lines(start, end, least=1))
        if lines:
            self.lines += lines
            self.passages.append(Passage(len(self.passages), "", "", lines, row=row))

    def passage(self, start: int, end: int, first: int | None) -> None:
        """A stretch of the narrative."""
        report = self.report
        if (
            end - start < 6
            or _SIGNATURE.search(report.text[start : min(end, start + 12)])
            or _COLOPHON.search(report.text[start:end].strip())
        ):
            return
        if report.title and len(report.title) >= 8 and "".join(report.text[start:end].split()) in report.title:
            return
        section = self._section(start)
        path = list(report.section_path(section.index)) if section else []
        while path and _whole(path[-1], start, end):
            path.pop()  # an item that is one long sentence is a statement, not a heading
        cut = max((s.body if self._names(s) else s.start + len(s.number) for s in path if start <= s.start < end), default=start)
        inner = [s for s in path if s.start >= start]
        title = "".join(plain(s.title) for s in (inner or path[-1:]))
        outer = "".join(plain(s.title) for s in path if s not in inner)
        self.weak = _SHORTCOMINGS.search(title + outer) is not None
        lines = tuple(self._lines(cut, end))
        self.weak = False
        if not lines:
            return
        self.lines += lines
        self.passages.append(
            Passage(
                len(self.passages),
                title,
                outer,
                lines,
                outlook=any(_NEXT.search(t) and not _SHORTCOMINGS.search(t) for t in (title, outer)) and not _SHORTCOMINGS.search(title),
                shortcomings=bool(_SHORTCOMINGS.search(title + outer)),
                preamble=first is not None and start < first,
            )
        )

    def _names(self, heading: Section) -> bool:
        """Whether a heading only names what follows: a short one, that gives no figure and says of nothing that it was done."""
        words = heading.start + len(heading.number), heading.body
        return heading.body - heading.start <= _HEADING and not self._figures(*words) and not done(plain(self.report.text[slice(*words)]))

    def _section(self, start: int) -> Section | None:
        """The innermost section of a stretch: the last one that begins at its first word or holds it."""
        best: Section | None = None
        for s in self.report.sections:
            if s.start > start + 3:
                break
            if s.end > start and (best is None or s.start >= best.start):
                best = s
        return best

    def _figures(self, start: int, end: int) -> list[Figure]:
        while self.at and self.figures[self.at - 1].start >= start:
            self.at -= 1
        while self.at < len(self.figures) and self.figures[self.at].start < start:
            self.at += 1
        out = []
        for f in self.figures[self.at :]:
            if f.start >= end:
                break
            out.append(f)
        return out

    def _lines(self, start: int, end: int, least: int = 3) -> Iterator[Line]:
        text, index = self.report.text, len(self.lines)
        at = start
        for stop in [*(start + m.end() for m in _ENDS.finditer(text[start:end])), end]:
            a, b = at, stop
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            at = stop
            if b - a < least:
                continue
            pieces = tuple(self._statements(a, b))
            for k in range(0, len(pieces), _LONGEST):
                part = pieces[k : k + _LONGEST]
                yield Line(index, len(self.passages), part[0].start, part[-1].end, plain(text[part[0].start : part[-1].end]), part)
                index += 1

    def _statements(self, start: int, end: int) -> Iterator[Statement]:
        text, figures, at = self.report.text, self._figures(start, end), start
        planned = False
        made: list[Statement] = []
        for stop in [*(start + m.end() for m in _STOPS.finditer(text[start:end])), end]:
            if stop > at:
                words = plain(text[at:stop])
                spoken = said(words)
                mine = [f for f in figures if at <= f.start < stop]
                # A plan goes on over its sentence until a word says that something was done: 力争……，新增22个。
                planned = (planned or self._ahead(spoken)) and not done(words)
                if spoken.year is None and made and _DAY.fullmatch(made[-1].text.rstrip("，,")):
                    spoken = spoken._replace(year=made[-1].said.year)  # 2023年2月17日，……被命名
                if (planned or (self.weak and any(f.scope.plan for f in mine))) and spoken.polarity != "plan":
                    spoken = spoken._replace(polarity="plan")
                cited, names = self._cited(at, stop, mine, made)
                made.append(Statement(at, stop, words, cited, spoken, names, self._bare(at, stop, mine, made), () if mine else _times(words)))
            at = stop
        yield from made

    def _bare(self, start: int, end: int, figures: list[Figure], last: Sequence[Statement]) -> tuple[Cited, ...]:
        """The numbers without a unit of a statement that names an index, or goes on from one that does."""
        text = self.report.text
        before = text[last[-1].start : start] if last else ""
        if not _INDEX.search(text, start, end) and not (before and _INDEX.search(before) and end - start < 24):
            return ()
        found = [
            Figure(-1, m[0], None, "", "", "actual", "", "", m[0], m.start(), m.end(), -1, None, Decimal(m[0]))
            for m in _UNITLESS.finditer(text, start, end)
            if not any(f.start < m.end() and m.start() < f.end for f in figures)
        ]
        if not found:
            return ()
        cited, _ = self._cited(start, end, sorted([*figures, *found], key=lambda f: f.start), last)
        return tuple(c for c in cited if c.figure.index < 0)

    def _ahead(self, spoken: Said) -> bool:
        """Whether a statement opens a plan: its word of a plan leads it."""
        return spoken.polarity == "plan" and spoken.at <= 2

    def _cited(self, start: int, end: int, figures: list[Figure], last: Sequence[Statement]) -> tuple[tuple[Cited, ...], tuple[str, ...]]:
        text, out = self.report.text, []
        whole = plain(text[start:end])
        for k, f in enumerate(figures):
            before = plain(text[figures[k - 1].end if k else start : f.start])
            after = plain(text[f.end : figures[k + 1].start if k + 1 < len(figures) else end])
            bar = _BAR.search(before) is not None or _BAR_AFTER.match(after) is not None
            crowd = _CROWD.match(after) is not None or _TOWARDS.search(before) is not None
            out.append(Cited(f, before, after, measure(before), whole, bar, crowd))
        return _dealt(whole, out, last[-1] if last else None)


_SPOKEN = re.compile("(?<![第每又再同])([一二两三四五六七八九十]{1,3})(次|期|场|轮|届|批|回|堂|课)(?![性些定道个度序])")


def _times(words: str) -> tuple[tuple[int, str, str], ...]:
    """How many times a plain text says by words alone: (number, unit, the words before it)."""
    return tuple((n, m[2], words[: m.start()]) for m in _SPOKEN.finditer(words) if (n := integer(m[1])) is not None)


def _dealt(text: str, cited: Sequence[Cited], last: Statement | None) -> tuple[tuple[Cited, ...], tuple[str, ...]]:
    """Values dealt out to names: 甲、乙分别为1和2, or 甲3元、乙4元，占比分别为1%、2%."""
    m = _DEALT.search(text)
    if m is None:
        if last is not None and len(last.names) == len(cited) > 1:  # …分别为216家、306家，占9.0%、12.8%
            return tuple(
                replace(c, scope=f"{n}，{text}", before=n + c.before, measure=c.measure or cited[0].measure)
                for n, c in zip(last.names, cited, strict=True)
            ), last.names
        return tuple(cited), ()
    head = text[: m.start()]
    after = [c for c in cited if sum(len(x.before) + len(plain(x.figure.text)) for x in cited[: cited.index(c) + 1]) > m.start()]
    names = [n for n in _NAMES.split(head) if n]
    if len(names) != len(after) and last is not None and len(last.cited) == len(after) > 1:
        names = [_LABEL.sub("", c.before) for c in last.cited]
        head = ""
    if len(names) < 2 or len(names) != len(after):
        return tuple(cited), ()
    tail = _shared_tail(names) if head else ""
    out = list(cited)
    for n, c in enumerate(after):
        others = [x for k, x in enumerate(names) if k != n]
        scope = f"{names[n]}{tail if tail and tail not in names[n] else ''}{text[m.start() :] if head else text}"
        if any(names[n] in x for x in others):
            scope = f"{names[n]}，{text[m.start() :]}"
        out[cited.index(c)] = replace(
            c, scope=scope, before=names[n] + c.before, measure=measure(names[n]) or measure(names[-1]) or c.measure
        )
    return tuple(out), tuple(names)


def _shared_tail(names: Sequence[str]) -> str:
    """What the last of several names adds for all of them: 小学、初中生均用房面积 -> 生均用房面积."""
    last, first = names[-1], names[0]
    return last[len(first) :] if len(last) > len(first) + 1 else ""


def _whole(heading: Section, start: int, end: int) -> bool:
    return start <= heading.start < end <= heading.body and heading.body - heading.start >= 40 and _ITEM.match(heading.number) is not None
