"""OFD (GB/T 33190-2016): a zip of XML whose text objects place every character; lengths are millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document import Document, Problem
from extractor.readers import seeing
from extractor.readers.images import pixels
from extractor.readers.ink import CONTRAST, GREY, TINY, UNKNOWN, Glyph, PageInk, clean, lay_out, rules_of, turn_of, watermarks
from extractor.readers.layout import parts_of
from extractor.readers.package import Damaged, Package, attribute, kid, kids, local, resolve
from extractor.readers.parts import Place, assemble
from patterns import expressions as re
from patterns.errors import UnusableInput

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

POINTS = 72 / 25.4  # points per millimetre
MAX_PAGES = 2000
MAX_CHARACTERS = 5_000_000
_MAX_RULES = 60_000
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read(path: str, package: Package) -> Document:
    """The Document of an OFD. Pages that hold an image only are recognised (extra `scan`). Raises UnusableInput."""
    try:
        bodies = list(kids(package.xml("OFD.xml"), "DocBody"))
        files = [_File(package, resolve("OFD.xml", (root.text or "").strip())) for b in bodies if (root := kid(b, "DocRoot")) is not None]
    except Damaged as e:
        raise UnusableInput(path, f"OFD 损坏或不完整 / the OFD is damaged or cut short ({e})",
                            "重新导出或重新下载 / export or download it again") from e
    count = sum(len(f.pages) for f in files)
    if not count:
        raise UnusableInput(path, "OFD 没有页面 / the OFD has no pages", "重新导出后提交 / export it again")
    if count > MAX_PAGES:
        raise UnusableInput(path, f"有 {count} 页，超过上限 {MAX_PAGES} 页 / too many pages",
                            "只提交报告和附表所在的页 / keep the pages of the report and its annex")
    pages: list[PageInk] = []
    problems: list[Problem] = []
    images: dict[int, tuple[_File, _Page]] = {}
    shown: dict[tuple[int, seeing.Box], tuple[_File, str]] = {}
    total = 0
    for file in files:
        for name in file.pages:
            number = len(pages) + 1
            ink = PageInk(number, file.area[2] * POINTS, file.area[3] * POINTS)
            try:
                page = _Page(file, name, number)
                ink = page.ink
                if ink.glyphs and page.boxes:
                    ink.pictures = [b for b in seeing.worth_reading(ink.glyphs, page.boxes, ink.width, ink.height) if b in page.boxes]
                    shown |= {(number, b): (file, page.pictures[page.boxes.index(b)]) for b in ink.pictures}
                if not ink.glyphs and page.pictures:
                    images[number] = (file, page)
                elif page.unknown:
                    problems.append(Problem(f"第 {number} 页有 {page.unknown} 个字符没有文字含义（字体自造字），未读 / "
                                            f"{page.unknown} characters on page {number} are a font's own and say nothing", number))
            except (Damaged, ValueError, OverflowError) as e:
                problems.append(Problem(f"第 {number} 页读不了 / page {number} cannot be read ({str(e)[:80]})", number))
            pages.append(ink)
            total += len(ink.glyphs)
            if total > MAX_CHARACTERS:
                raise UnusableInput(path, "文字过多 / too much text", "只提交报告和附表 / keep the report and its annex")
    if len(problems) >= count and not any(p.glyphs for p in pages):
        raise UnusableInput(path, f"OFD 损坏，没有一页可读 / damaged, no page can be read ({problems[0].what})",
                            "重新导出后提交 / export it again")
    _see(path, images, pages, problems)
    seeing.see_parts(pages, problems, lambda number, box: pixels(path, shown[number, box][0].picture(shown[number, box][1])))
    return assemble(path, "ofd", parts_of(pages), pages=count, problems=problems, page_sizes=[(p.width, p.height) for p in pages],
                    title=next((t for b in bodies if (t := _text(kid(b, "DocInfo", "Title")))), None))


def _see(path: str, images: dict[int, tuple[_File, _Page]], pages: list[PageInk], problems: list[Problem]) -> None:
    if not images:
        return
    def image(number: int) -> bytes:
        file, page = images[number]
        return file.picture(page.pictures[0])

    seeing.see_pictures(path, sorted(images), pages, problems, image)


def _text(e: Element | None) -> str | None:
    return " ".join((e.text or "").split()) or None if e is not None else None


def _numbers(text: str | None) -> list[float]:
    return [float(x) for x in _NUMBER.findall(text or "")]


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    n = _numbers(text)
    return (n[0], n[1], n[2], n[3]) if len(n) >= 4 and n[2] > 0 and n[3] > 0 else None


def _matrix(text: str | None) -> Matrix:
    n = _numbers(text)
    return (n[0], n[1], n[2], n[3], n[4], n[5]) if len(n) == 6 else _SAME


def _times(a: Matrix, b: Matrix) -> Matrix:
    """First a, then b."""
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def deltas(text: str | None, count: int) -> list[float]:
    """The advances of a TextCode: plain values and runs `g n v` (n times v), at most `count` of them."""
    out: list[float] = []
    words = (text or "").split()
    k = 0
    while k < len(words) and len(out) < count:
        if words[k] == "g" and k + 2 < len(words):
            times, value = _numbers(words[k + 1]), _numbers(words[k + 2])
            if times and value:
                out += [value[0]] * min(max(int(times[0]), 0), count - len(out))
            k += 3
        else:
            out += _numbers(words[k])[:1]
            k += 1
    return out[:count]


class _File:
    """One document of the package: its page area, pages, templates, composite graphics and images."""

    def __init__(self, package: Package, root: str) -> None:
        self.package = package
        e = package.xml(root)
        if local(e) != "Document":
            raise Damaged(f"{root} is no document")
        common = kid(e, "CommonData")
        self.area = _area(kid(common, "PageArea")) or (0.0, 0.0, 210.0, 297.0)
        self.pages = [resolve(root, attribute(p, "BaseLoc") or "") for p in kids(kid(e, "Pages"), "Page")]
        self.templates = {attribute(t, "ID") or "": (resolve(root, attribute(t, "BaseLoc") or ""), attribute(t, "ZOrder") or "Background")
                          for t in kids(common, "TemplatePage")}
        self.media: dict[str, str] = {}
        self.composites: dict[str, Element] = {}
        self._resources = [resolve(root, (r.text or "").strip()) for r in kids(common, "PublicRes", "DocumentRes")]
        self.known: set[str] = set()
        for name in self._resources:
            self.resources(name)

    def resources(self, name: str) -> None:
        """Take in a resource file; one that is missing costs images only."""
        if name in self.known:
            return
        self.known.add(name)
        root = self.package.optional(name)
        base = resolve(name, attribute(root, "BaseLoc") or ".") if root is not None else ""
        for m in kids(kid(root, "MultiMedias"), "MultiMedia"):
            file = _text(kid(m, "MediaFile"))
            if file:
                self.media[attribute(m, "ID") or ""] = resolve(base + "/x", file)
        for c in kids(kid(root, "CompositeGraphicUnits"), "CompositeGraphicUnit"):
            self.composites[attribute(c, "ID") or ""] = c

    def picture(self, key: str) -> bytes:
        """The bytes of an image by its identifier. Raises Damaged."""
        if key not in self.media:
            raise Damaged(f"image {key} is missing")
        return self.package.read(self.media[key])


def _area(e: Element | None) -> tuple[float, float, float, float] | None:
    return _box(_text(kid(e, "PhysicalBox"))) if e is not None else None


@dataclass(slots=True)
class _Frame:
    """What an element inherits: the map to the page in millimetres, and how deep it lies."""

    matrix: Matrix
    depth: int = 0


@dataclass(slots=True)
class _Page:
    """A page's glyphs and rules, and the identifiers of its images, widest first."""

    file: _File
    name: str
    number: int
    ink: PageInk = field(init=False)
    pictures: list[str] = field(default_factory=list)
    boxes: list[seeing.Box] = field(default_factory=list)  # of the pictures, in points
    _sizes: list[float] = field(default_factory=list)
    unknown: int = 0  # characters of private use: a font's own, that say nothing
    _glyphs: list[tuple[int, Glyph]] = field(default_factory=list)
    _grey: list[list[Glyph]] = field(default_factory=list)  # those of each text object that may be a watermark
    _grounds: list[tuple[tuple[float, float, float, float], float]] = field(default_factory=list)  # filled boxes with their lightness

    def __post_init__(self) -> None:
        root = self.file.package.xml(self.name)
        box = _area(kid(root, "Area")) or self.file.area
        if max(box[2], box[3]) * POINTS > 20_000:
            raise ValueError(f"page size {box[2]:.0f} × {box[3]:.0f} mm")
        self.ink = PageInk(self.number, box[2] * POINTS, box[3] * POINTS)
        frame = _Frame((1.0, 0.0, 0.0, 1.0, -box[0], -box[1]))
        for r in kids(root, "PageRes"):
            self.file.resources(resolve(self.name, (r.text or "").strip()))
        for t in kids(root, "Template"):
            name, _ = self.file.templates.get(attribute(t, "TemplateID") or "", ("", ""))
            template = self.file.package.optional(name) if name else None
            for layer in kids(kid(template, "Content"), "Layer"):
                self._objects(layer, frame)
        for layer in kids(kid(root, "Content"), "Layer"):
            self._objects(layer, frame)
        if self._grey:
            marked = {id(g) for group in self._grey for g in group}
            gone = {id(g) for k in watermarks(self._grey, [g for _, g in self._glyphs if id(g) not in marked]) for g in self._grey[k]}
            self._glyphs = [(t, g) for t, g in self._glyphs if id(g) not in gone]
        lay_out(self._glyphs, self.ink)

    def _objects(self, parent: Element, frame: _Frame) -> None:
        if frame.depth > 12:
            return
        for e in kids(parent):
            if (attribute(e, "Visible") or "").lower() == "false":
                continue
            name = local(e)
            if name in ("PageBlock", "Layer", "Content"):
                self._objects(e, _Frame(frame.matrix, frame.depth + 1))
                continue
            box = _numbers(attribute(e, "Boundary"))
            corner: Matrix = (1.0, 0.0, 0.0, 1.0, box[0], box[1]) if len(box) == 4 else _SAME
            matrix = _times(_times(_matrix(attribute(e, "CTM")), corner), frame.matrix)
            if name == "TextObject":
                self._words(e, matrix)
            elif name == "PathObject":
                self._path(e, matrix)
            elif name == "ImageObject" and len(box) == 4:
                at = next((k for k, s in enumerate(self._sizes) if s < box[2] * box[3]), len(self._sizes))
                self._sizes.insert(at, box[2] * box[3])
                self.pictures.insert(at, attribute(e, "ResourceID") or "")
                (xa, ya), (xb, yb) = _apply(_times(corner, frame.matrix), 0.0, 0.0), _apply(_times(corner, frame.matrix), box[2], box[3])
                self.boxes.insert(at, (max(min(xa, xb) * POINTS, 0.0), max(min(ya, yb) * POINTS, 0.0),
                                       min(max(xa, xb) * POINTS, self.ink.width), min(max(ya, yb) * POINTS, self.ink.height)))
            elif name == "CompositeObject":
                unit = self.file.composites.get(attribute(e, "ResourceID") or "")
                if unit is not None:
                    self._objects(unit, _Frame(matrix, frame.depth + 1))

    def _words(self, e: Element, m: Matrix) -> None:
        turn = turn_of(m[0], m[1])
        if turn is None or not self._seen(e, m):
            return  # text at a slant is a watermark
        size = (_numbers(attribute(e, "Size")) or [3.7])[0]
        if 0 < size * POINTS * (m[0] ** 2 + m[1] ** 2) ** 0.5 < TINY:
            return
        first = len(self._glyphs)
        stretch = (_numbers(attribute(e, "HScale")) or [1.0])[0] or 1.0
        upright = (_numbers(attribute(e, "ReadDirection")) or [0.0])[0] % 360 in (90, 270)
        x = y = 0.0
        for code in kids(e, "TextCode"):
            text = code.text or ""
            x = (_numbers(attribute(code, "X")) or [x])[0]
            y = (_numbers(attribute(code, "Y")) or [y])[0]
            dx, dy = deltas(attribute(code, "DeltaX"), len(text)), deltas(attribute(code, "DeltaY"), len(text))
            for k, char in enumerate(text):
                wide = size * stretch * (1.0 if ord(char) > 0x2000 else 0.5)
                step = dx[k] if k < len(dx) else dx[-1] if dx and len(dx) < len(text) - 1 and not dy else 0.0 if dy or upright else wide
                width = step if 0 < step <= (wide if ord(char) > 0x2000 else 1.9 * wide) else wide
                self._glyph(clean(char), _Corners(x, y - 0.88 * size, x + width, y + 0.12 * size), m, turn)
                x += step if not upright or dx else 0.0
                y += dy[k] if k < len(dy) else wide if upright and not dx else 0.0
        if len(self._glyphs) > first and GREY <= _light(e) <= 1 - CONTRAST:
            self._grey.append([g for _, g in self._glyphs[first:]])

    def _glyph(self, char: str, at: _Corners, m: Matrix, turns: int) -> None:
        if not char:
            return
        if "\ue000" <= char <= "\uefff" or char >= "\U000f0000" or char == UNKNOWN:
            self.unknown += 1
            char = UNKNOWN
        a, b = _apply(m, at.x0, at.y0), _apply(m, at.x1, at.y1)
        x0, x1 = sorted((a[0] * POINTS, b[0] * POINTS))
        top, bottom = sorted((a[1] * POINTS, b[1] * POINTS))
        if not (-1 <= (x0 + x1) / 2 <= self.ink.width + 1 and -1 <= (top + bottom) / 2 <= self.ink.height + 1):
            return  # off the page
        self._glyphs.append((turns, Glyph(char, x0, top, x1, bottom, Place(self.number, x0, top, x1, bottom))))

    def _seen(self, e: Element, m: Matrix) -> bool:
        """Whether text stands out from what is drawn under it."""
        if (attribute(e, "Fill") or "true").lower() == "false" and (attribute(e, "Stroke") or "false").lower() != "true":
            return False
        light = _light(e)
        box = _numbers(attribute(e, "Boundary"))
        middle = _apply(m, box[2] / 2, box[3] / 2) if len(box) == 4 else _apply(m, 0.0, 0.0)
        x, y = middle[0] * POINTS, middle[1] * POINTS
        ground = next((below for (x0, top, x1, bottom), below in reversed(self._grounds) if x0 <= x <= x1 and top <= y <= bottom), 1.0)
        return abs(light - ground) >= CONTRAST

    def _path(self, e: Element, m: Matrix) -> None:
        data = kid(e, "AbbreviatedData")
        if data is None or len(self.ink.rules) > _MAX_RULES or len(data.text or "") > 400_000:
            return
        stroked = (attribute(e, "Stroke") or "true").lower() != "false"
        filled = (attribute(e, "Fill") or "false").lower() == "true"
        if not stroked and not filled:
            return
        for points, closed in _outlines(data.text or ""):
            shown = [_apply(m, x, y) for x, y in points]
            scaled = [(x * POINTS, y * POINTS) for x, y in shown]
            if all(abs(v) < 1e5 for p in scaled for v in p):
                self.ink.rules += rules_of(scaled, closed, stroked)
                if filled and len(scaled) >= 3:
                    self._cover(scaled, _light(e), opaque=_alpha(e) > 250)

    def _cover(self, points: Sequence[tuple[float, float]], light: float, opaque: bool) -> None:
        """A filled box: it hides what was drawn before and is the ground of what comes."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
        if x1 - x0 < 4 or bottom - top < 4 or len(self._grounds) > 5000:
            return
        self._grounds.append(((x0, top, x1, bottom), light))
        if opaque:
            self._glyphs = [(t, g) for t, g in self._glyphs if not (x0 <= g.x <= x1 and top <= g.y <= bottom)]


def _alpha(e: Element) -> float:
    """How opaque an object is, 0 to 255: its own transparency and that of its fill."""
    own, fill = (_numbers(attribute(x, "Alpha")) for x in (e, kid(e, "FillColor")))
    return (own[0] if own else 255.0) * (fill[0] if fill else 255.0) / 255


def _light(e: Element) -> float:
    """How light an object's fill is on white paper, 0 black to 1 white; the fill is black where none is given."""
    value = _numbers(attribute(kid(e, "FillColor"), "Value"))
    if len(value) == 3:
        light = (0.299 * value[0] + 0.587 * value[1] + 0.114 * value[2]) / 255
    elif len(value) == 4:  # CMYK
        light = max(0.0, 1 - (0.299 * value[0] + 0.587 * value[1] + 0.114 * value[2] + value[3]) / 255)
    else:
        light = value[0] / 255 if len(value) == 1 else 0.0
    return 1 - (1 - min(light, 1.0)) * _alpha(e) / 255


@dataclass(frozen=True, slots=True)
class _Corners:
    x0: float
    y0: float
    x1: float
    y1: float


_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


def _outlines(data: str) -> Iterator[tuple[Sequence[tuple[float, float]], bool]]:
    """The figures of abbreviated path data that are made of straight lines."""
    words = re.findall(r"[SMLQBAC]|" + _NUMBER.pattern, data)
    points: list[tuple[float, float]] = []
    closed = curved = False
    k = 0
    while k < len(words):
        kind = words[k]
        count = _ARGUMENTS.get(kind)
        if count is None:
            k += 1
            continue
        numbers = [float(w) for w in words[k + 1:k + 1 + count] if w not in _ARGUMENTS]
        k += 1 + len(numbers)
        if len(numbers) < count:
            continue
        if kind in "SM":
            if len(points) > 1 and not curved:
                yield points, closed
            points, closed, curved = [(numbers[0], numbers[1])], False, False
        elif kind == "L":
            points.append((numbers[0], numbers[1]))
        elif kind == "C":
            closed = True
        else:
            curved = True
    if len(points) > 1 and not curved:
        yield points, closed
