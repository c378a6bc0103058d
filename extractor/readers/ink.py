"""What is printed on a page, whichever format it came from: glyphs with boxes, and the rules of its tables."""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from extractor.readers.parts import Place, Run, is_han, median
from extractor.readers.raised import lowered, raised
from patterns import expressions as re

# Radicals that stand for the character itself where a font's table of characters is careless (NFKC leaves these alone)
_RADICALS = dict(zip("⺟⺠⺢⺬⺮⺶⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳", "母民水示竹羊肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟", strict=True))

SLANT = 6.0  # degrees off the quarter turns from which on text is a watermark
CONTRAST = 0.3  # of white to black: what differs less from its ground is not there to be read
GREY = 0.4  # how light print is at least that may be a watermark
TINY = 1.5  # points: smaller letters are not seen
UNKNOWN = "\ufffd"  # a character that is printed and that nobody could tell
THIN = 3.0  # a filled box no thicker than this (points) is a rule


@dataclass(slots=True)
class Glyph:
    """A character in the frame of its text (upright); place is where it stands on the page as shown."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    place: Place

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: horizontal where y0 == y1, else vertical."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PageInk:
    """A page: its number from 1, its size in points, glyphs and rules in the frame of its text."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)  # boxes of images that may hold text, as shown
    unknown: list[Glyph] = field(default_factory=list)  # those of its glyphs whose font does not say what they are (UNKNOWN)
    doubts: list[str] = field(default_factory=list)  # words of a picture beside which small print stays unclear

    def turn(self, turns: int) -> None:
        """Lay out text that does not run to the right in a frame of its own; places stay those of the page as shown.

        turns: 1 for text that runs up the page, 2 for text upside down, 3 for text that runs down.
        """
        w, h = self.width, self.height

        def turn(x: float, y: float) -> tuple[float, float]:
            return {1: (h - y, x), 2: (w - x, h - y), 3: (y, w - x)}[turns]

        for g in self.glyphs:
            a, b = turn(g.x0, g.top), turn(g.x1, g.bottom)
            g.x0, g.x1 = sorted((a[0], b[0]))
            g.top, g.bottom = sorted((a[1], b[1]))
        turned = []
        for r in self.rules:
            a, b = turn(r.x0, r.y0), turn(r.x1, r.y1)
            turned.append(Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])))
        self.rules = turned


    def shift(self, x: float, y: float) -> None:
        """Move a part of a page to where it stands on the page."""
        for g in self.glyphs:
            p = g.place
            g.x0, g.x1, g.top, g.bottom = g.x0 + x, g.x1 + x, g.top + y, g.bottom + y
            g.place = p._replace(x0=p.x0 + x, x1=p.x1 + x, top=p.top + y, bottom=p.bottom + y)
        self.rules = [Rule(r.x0 + x, r.y0 + y, r.x1 + x, r.y1 + y) for r in self.rules]


@dataclass
class Line:
    """Glyphs of one line of print, left to right; they stay as they are."""

    glyphs: list[Glyph]
    page: int
    column: tuple[float, float] | None = None  # the edges of the column of print that it stands in, None on a page of one

    @property
    def x0(self) -> float:
        """Left edge of its first glyph."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Right edge of its last glyph."""
        return self.glyphs[-1].x1

    @cached_property
    def top(self) -> float:
        """Upper edge."""
        return min([g.top for g in self.glyphs])

    @cached_property
    def bottom(self) -> float:
        """Lower edge."""
        return max([g.bottom for g in self.glyphs])

    @cached_property
    def y(self) -> float:
        """Middle of its glyphs."""
        return median([(g.top + g.bottom) / 2 for g in self.glyphs])

    @cached_property
    def em(self) -> float:
        """The width of a Chinese character in it."""
        return _em(self.glyphs, 0.8)

    @cached_property
    def height(self) -> float:
        """The height of its glyphs."""
        return median([g.bottom - g.top for g in self.glyphs])

    @cached_property
    def text(self) -> str:
        """Its characters."""
        return "".join([g.char for g in self.glyphs])

    def run(self) -> Run:
        """Its characters with their places; a gap between Latin words is a space (boxes of recognised characters stand less exactly), raised
        and lowered characters say what they mean."""
        said = self._said()
        if said is None and len(self.text) == len(self.glyphs) and not _IN_A_WORD.search(self.text):
            return Run(self.text, [g.place for g in self.glyphs])
        text: list[str] = []
        places: list[Place] = []
        spread = self._spread()
        said = said or list(self.text)
        before: Glyph | None = None
        for g, char in zip(self.glyphs, said, strict=True):
            if not char:
                continue
            if (before is not None and g.x0 - before.x1 > spread + (0.18 if g.place.sure >= 100 else 0.5) * (g.bottom - g.top) and before.char.isascii() and g.char.isascii()
                    and before.char.isalnum() and g.char.isalnum()):
                text.append(" ")
                places.append(before.place)
            text.append(char)
            places += [g.place] * len(char)
            before = g
        return Run("".join(text), places)

    def _spread(self) -> float:
        """How far its letters are set apart: the gap that most neighbours have, 0 where they touch."""
        gaps = sorted(b.x0 - a.x1 for a, b in itertools.pairwise(self.glyphs) if not a.char.isspace() and not b.char.isspace())
        usual = gaps[len(gaps) // 2] if len(gaps) >= 4 else 0.0
        return usual if usual > 0.04 * self.height else 0.0

    def _said(self) -> list[str] | None:
        """What each glyph says: a small one set high is an exponent or a note's mark, one set low an index. None where each is what it is."""
        height = self.height
        if min([g.bottom - g.top for g in self.glyphs]) >= 0.92 * height:
            return None
        small = [g.bottom - g.top < 0.92 * height and not g.char.isspace() for g in self.glyphs]
        said = [g.char for g in self.glyphs]
        if not any(small):
            return said
        whole = [g for g, s in zip(self.glyphs, small, strict=True) if not s]
        level = median(g.bottom for g in whole) if whole else 0.0
        k = 0
        while k < len(said):
            if not small[k]:
                k += 1
                continue
            stop = k
            while stop < len(said) and small[stop]:
                stop += 1
            part = "".join(g.char for g in self.glyphs[k:stop])
            lift = level - median(g.bottom for g in self.glyphs[k:stop])
            tiny = max(g.bottom - g.top for g in self.glyphs[k:stop]) < 0.78 * height  # a letter of another font may be lower and stand on the line
            if k and lift > (0.12 if tiny else 0.22) * height:
                mark = raised("".join(said[max(0, k - 8):k]), part)
                said[k:stop] = list(mark) if len(mark) == stop - k else [mark] + [""] * (stop - k - 1)
            elif k and part.isdigit() and said[k - 1].isalpha() and lift < (0.02 if tiny else -0.05) * height:
                said[k:stop] = lowered(part)
            k = stop
        return said


_IN_A_WORD = re.compile("[0-9A-Za-z]{2}")  # between two such there may be a gap
_BLANK = re.compile(r"\s")
_TWICE = re.compile(r"(\S).{0,2}\1", re.S)


def turn_of(dx: float, dy: float) -> int | None:
    """The quarter turns of text that runs along (dx, dy), y downwards: 0 to the right, 1 up, 2 to the left, 3 down; None at a slant."""
    angle = math.degrees(math.atan2(-dy, dx))
    turns = round(angle / 90)
    return None if abs(angle - 90 * turns) > SLANT else turns % 4


def lay_out(glyphs: Sequence[tuple[int, Glyph]], page: PageInk) -> None:
    """Put glyphs, each with the quarter turns in which it runs, on a page in the frame in which most of its text is upright.

    A strip of text that runs another way (a turned label) is laid level in the middle of the place that it takes, in reading
    order, so that it is read as one line of the cell that it stands in.
    """
    counts = Counter([t for t, _ in glyphs])
    if not counts[1] and not counts[2] and not counts[3]:
        page.glyphs += [g for _, g in glyphs]
        return
    turned = max(range(4), key=lambda t: counts[t])
    glyphs, blocks = _take_blocks(glyphs, turned, page) if len(counts) > 1 else (glyphs, [])
    page.glyphs += [g for t, g in glyphs if t == turned]
    if turned:
        page.turn(turned)
    strips: list[tuple[int, list[Glyph]]] = []
    before: int | None = None
    for turn, glyph in glyphs:
        if turn != turned:
            if before != turn:
                strips.append((turn, []))
            strips[-1][1].append(glyph)
        before = turn
    for turn, strip in strips:
        for part in _columns(strip, turn):
            x0, x1 = min(g.x0 for g in part), max(g.x1 for g in part)
            top, bottom = min(g.top for g in part), max(g.bottom for g in part)
            frame = PageInk(page.number, page.width, page.height, [Glyph("", x0, top, x1, bottom, part[0].place)])
            if turned:
                frame.turn(turned)
            box = frame.glyphs[0]
            step, middle = (box.x1 - box.x0) / len(part), (box.top + box.bottom) / 2
            for k, g in enumerate(part):
                page.glyphs.append(Glyph(g.char, box.x0 + k * step, middle - step / 2, box.x0 + (k + 1) * step, middle + step / 2, g.place))
    for above, block in blocks:
        _put_block(page, block, above)


_BLOCK = 40  # characters, and three lines: less that is turned against its page is a label


def _take_blocks(glyphs: Sequence[tuple[int, Glyph]], turned: int, page: PageInk) -> tuple[list[tuple[int, Glyph]], list[tuple[bool, PageInk]]]:
    """Blocks that run another way than most of the page (a broad table on an upright page), each laid level with its rules in a frame of
    its own, with whether it stands above the rest; and the glyphs that are left."""
    rest, out = list(glyphs), []
    for turn in {t for t, _ in glyphs} - {turned}:
        block = [g for t, g in rest if t == turn]
        if len(block) < _BLOCK or len(_columns(block, turn)) < 3:
            continue
        x0, top, x1, bottom = min(g.x0 for g in block), min(g.top for g in block), max(g.x1 for g in block), max(g.bottom for g in block)
        others = [g for t, g in rest if t != turn]
        if sum(x0 <= g.x <= x1 and top <= g.y <= bottom for g in others) * 20 > len(block):
            continue
        air = 2 * max(g.bottom - g.top for g in block)
        mine = {r for r in page.rules if x0 - air <= (r.x0 + r.x1) / 2 <= x1 + air and top - air <= (r.y0 + r.y1) / 2 <= bottom + air}
        frame = PageInk(page.number, page.width, page.height, block, [r for r in page.rules if r in mine])
        if turn:
            frame.turn(turn)
        page.rules = [r for r in page.rules if r not in mine]
        rest = [(t, g) for t, g in rest if t != turn]
        out.append((top < min((g.top for g in others), default=top), frame))
    return rest, out


def _put_block(page: PageInk, block: PageInk, above: bool) -> None:
    """Set a block above or below what stands on a page; places stay."""
    left = min((g.x0 for g in page.glyphs), default=0.0) - min(g.x0 for g in block.glyphs)
    tops, bottoms = [g.top for g in page.glyphs] + [r.y0 for r in page.rules], [g.bottom for g in page.glyphs] + [r.y1 for r in page.rules]
    mine = [g.top for g in block.glyphs] + [r.y0 for r in block.rules], [g.bottom for g in block.glyphs] + [r.y1 for r in block.rules]
    down = min(tops, default=0.0) - _AIR - max(mine[1]) if above else max(bottoms, default=0.0) + _AIR - min(mine[0])
    for g in block.glyphs:
        g.x0, g.x1, g.top, g.bottom = g.x0 + left, g.x1 + left, g.top + down, g.bottom + down
    page.glyphs = block.glyphs + page.glyphs if above else page.glyphs + block.glyphs
    page.rules += [Rule(r.x0 + left, r.y0 + down, r.x1 + left, r.y1 + down) for r in block.rules]


_AIR = 40.0  # points between a block that was laid level and the rest


def _columns(glyphs: list[Glyph], turn: int) -> list[list[Glyph]]:
    """A strip's lines of print, each in its own reading order."""
    def level(g: Glyph) -> float:
        return g.x if turn in (1, 3) else g.y

    def order(g: Glyph) -> float:
        return {0: g.x, 1: -g.y, 2: -g.x, 3: g.y}[turn]

    lines: list[list[Glyph]] = []
    for g in sorted(glyphs, key=level):
        size = max(g.x1 - g.x0, g.bottom - g.top)
        if lines and abs(level(g) - level(lines[-1][-1])) < 0.6 * size:
            lines[-1].append(g)
        else:
            lines.append([g])
    if turn == 3:
        lines.reverse()
    return [part for line in lines for part in _runs(sorted(line, key=order))]


def _runs(line: list[Glyph]) -> list[list[Glyph]]:
    """A line's stretches without a wide gap."""
    out = [[line[0]]]
    for before, g in itertools.pairwise(line):
        gap = max(max(before.x0, g.x0) - min(before.x1, g.x1), max(before.top, g.top) - min(before.bottom, g.bottom))
        if gap > 1.5 * max(g.x1 - g.x0, g.bottom - g.top):
            out.append([])
        out[-1].append(g)
    return out


def watermarks(groups: Sequence[Sequence[Glyph]], others: Sequence[Glyph]) -> set[int]:
    """Which groups of grey letters (each of one text object) are watermarks: those that lie over or under other print, and those that say
    the same elsewhere on the page."""
    said = ["".join(g.char for g in group if not g.char.isspace()) for group in groups]
    rows: dict[int, list[Glyph]] = {}
    for g in others:
        rows.setdefault(int(g.y // 16), []).append(g)

    def lies_over(group: Sequence[Glyph]) -> bool:
        hits = 0
        for g in group:
            near = [o for level in range(int((g.top - 16) // 16), int((g.bottom + 16) // 16) + 1) for o in rows.get(level, ())]
            hits += any((g.x0 <= o.x <= g.x1 and g.top <= o.y <= g.bottom) or (o.x0 <= g.x <= o.x1 and o.top <= g.y <= o.bottom) for o in near if not o.char.isspace())
        return hits * 5 >= len(group)

    out = {k for k, group in enumerate(groups) if said[k] and lies_over(group)}
    words = {said[k] for k in out}
    return out | {k for k, w in enumerate(said) if w in words}


@cache
def clean(char: str) -> str:
    """A glyph's character as text: radicals and compatibility forms as the characters that they stand for, controls dropped."""
    code = ord(char[0]) if char else 0
    if char == UNKNOWN:
        return char
    if code in (0xE5E5, 0xE4C6):
        return "\u3000"  # the blank of a maker of Chinese fonts
    if code in (0xFFFE, 0xFFFF, 0x02, 0xAD):
        return "-"  # a hyphen at a line end, as pdfium marks it
    if char in _RADICALS:
        return _RADICALS[char]
    if 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    if code < 32 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0x200B, 0xFEFF):
        return ""
    return char


WHOLE = math.inf  # the gap in characters that splits no line


def lines_of(glyphs: Iterable[Glyph], page: int, gap: float = 3.0) -> list[Line]:
    """Glyphs as lines from top to bottom. A gap wider than `gap` characters splits a line in two, left one first."""
    return split_rows(rows_of(glyphs), page, gap)


def split_rows(rows: Iterable[list[Glyph]], page: int, gap: float = 3.0) -> list[Line]:
    """The same of glyphs that stand in rows already."""
    return [Line(part, page) for row in rows for part in _split(row, gap)]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand on one level, from the left; the levels from top to bottom."""
    rest = sorted([((g.top + g.bottom) / 2, g.x0, k, g) for k, g in enumerate(glyphs)])
    rows: list[_Row] = []  # from the left; of two at one place the upper one first
    row: _Row = []
    level = first = 0.0
    for y, x0, _, g in rest:
        height = g.bottom - g.top
        if rows and (y == level or abs(y - level) <= 0.36 * (height if height > first else first)):
            row.append((x0, len(row), g))
            level += (y - level) / len(row)
        else:
            row = [(x0, 0, g)]
            rows.append(row)
            level, first = y, height
    _take_marks(rows)
    for row in rows:
        row.sort()
    return [_no_doubles([g for _, _, g in row]) for row in rows]


_Row = list[tuple[float, int, Glyph]]


def _take_marks(rows: list[_Row]) -> None:
    """Put a few small letters that stand in the gaps of the line above or below them into that line: indices and marks set far off it."""
    for k in range(len(rows) - 1, -1, -1):
        row = rows[k]
        if len(row) > 4:
            continue
        high = max(g.bottom - g.top for _, _, g in row)
        for other in (rows[k - 1] if k else None, rows[k + 1] if k + 1 < len(rows) else None):
            if other is not None and all(_in_gap(g, other, high) for _, _, g in row):
                other += [(x0, len(other) + n, g) for n, (x0, _, g) in enumerate(row)]
                del rows[k]
                break


def _in_gap(g: Glyph, row: _Row, high: float) -> bool:
    """Whether a letter is much smaller than a line's and stands between two of them, on their level in part."""
    near = [o for _, _, o in row if o.x0 < g.x1 + high and o.x1 > g.x0 - high and not o.char.isspace()]
    return bool(near) and all(o.bottom - o.top > 1.35 * high and min(o.bottom, g.bottom) - max(o.top, g.top) > 0.3 * high
                              and min(o.x1, g.x1) - max(o.x0, g.x0) < 0.3 * (g.x1 - g.x0) for o in near)


def _no_doubles(row: list[Glyph]) -> list[Glyph]:
    """A character printed twice almost in place is a bold one."""
    if not _TWICE.search("".join([g.char for g in row])):
        return row
    out: list[Glyph] = []
    for g in row:
        for o in out[-3:]:
            if o.char == g.char and abs(o.x0 - g.x0) < 0.3 * (width := max(g.x1 - g.x0, 0.1)) and abs(o.y - g.y) < 0.3 * width and not g.char.isspace():
                break
        else:
            out.append(g)
    return out


def _em(glyphs: Sequence[Glyph], share: float) -> float:
    """The width of a Chinese character among some glyphs; where there is none, a share of their height."""
    wide = [g.x1 - g.x0 for g in glyphs if "\u3400" <= g.char <= "\u9fff" or is_han(g.char)]
    return median(wide) if wide else median([g.bottom - g.top for g in glyphs]) * share


def _split(row: list[Glyph], gap: float) -> list[list[Glyph]]:
    blank = _BLANK.search("".join([g.char for g in row])) is not None
    if not blank and gap == WHOLE:
        return [row]
    em = _em(row, 0.75)
    if not blank and max([b.x0 - a.x1 for a, b in itertools.pairwise(row)], default=0.0) <= gap * em:
        return [row]
    parts: list[list[Glyph]] = [[]]
    right: float | None = None
    for g in row:
        if g.char.isspace():
            if parts[-1] and g.x0 - (right or 0) < em:
                parts[-1].append(g)
            continue
        if right is not None and g.x0 - right > gap * em:
            parts.append([])
        parts[-1].append(g)
        right = g.x1
    out = []
    for part in parts:
        while part and part[-1].char.isspace():
            part.pop()
        if part:
            out.append(part)
    return out


def text_of_lines(lines: Iterable[Line]) -> Run:
    """Lines as one stretch of text, soft breaks gone."""
    out = Run("", [])
    for line in lines:
        run = line.run()
        if out.text and run.text and out.text[-1].isascii() and run.text[0].isascii() and out.text[-1].isalpha() and run.text[0].isalpha():
            out = out + Run(" ")
        out = out + run
    return out


def rules_of(points: Sequence[tuple[float, float]], closed: bool, stroked: bool) -> Iterator[Rule]:
    """The rules that an outline draws: a thin filled box is one, a stroked outline is one per side."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if x1 - x0 <= THIN or y1 - y0 <= THIN:
        if x1 - x0 >= y1 - y0:
            yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        else:
            yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
        return
    if not stroked:
        return
    sides = list(itertools.pairwise(points)) + ([(points[-1], points[0])] if closed and points[0] != points[-1] else [])
    for (ax, ay), (bx, by) in sides:
        if abs(ay - by) <= 0.8 < abs(ax - bx):
            yield Rule(min(ax, bx), (ay + by) / 2, max(ax, bx), (ay + by) / 2)
        elif abs(ax - bx) <= 0.8 < abs(ay - by):
            yield Rule((ax + bx) / 2, min(ay, by), (ax + bx) / 2, max(ay, by))
