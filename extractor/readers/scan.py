"""Page images: straightened, table rules found, text recognised by RapidOCR with the models inside its package (extra `scan`)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np

from extractor.readers.ink import Glyph, PageInk, Rule, clean
from extractor.readers.lattice import boxes_of
from extractor.readers.mending import MENDED, mend_words
from extractor.readers.parts import Place, is_han
from extractor.readers.small_print import tell_marks

THREADS = -1  # of the recogniser: as many as there are cores; processes that share the cores set 1 (eyes)
MAX_SIDE = 7000  # pixels; larger pages are read smaller
_LEAST_SIDE = 40
_MOST_SKEW = 4.0  # degrees


@dataclass(frozen=True, slots=True)
class _View:
    """The straightened image, and the maps from its pixels to the page's points: laid out upright, and as shown."""

    grey: Any
    seal: Any  # where a red seal lies, None where there is none
    scale: float
    back: Any  # 2 × 3: from straightened pixels to those of the image as given

    def box(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """The box on the page as shown, in points."""
        corners = np.array([[x0, top, 1.0], [x1, top, 1.0], [x1, bottom, 1.0], [x0, bottom, 1.0]]) @ self.back.T * self.scale
        return float(corners[:, 0].min()), float(corners[:, 1].min()), float(corners[:, 0].max()), float(corners[:, 1].max())


def recognise(image: Any, page: PageInk) -> None:
    """Fill a page with the glyphs and rules of its image, an array of grey or RGB pixels. Raises ValueError for an image too small."""
    grey, seal = _grey(image)
    if min(grey.shape) < _LEAST_SIDE:
        raise ValueError(f"an image of {grey.shape[1]} × {grey.shape[0]} pixels")
    if max(grey.shape) > MAX_SIDE:
        shrink = MAX_SIDE / max(grey.shape)
        grey, seal = (None if x is None else cv2.resize(x, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) for x in (grey, seal))
    size = _letter_size(_ink(grey))
    if 0 < size < _SMALL and max(grey.shape) * _LARGER / size <= MAX_SIDE:
        by = _LARGER / size
        grey, seal = (None if x is None else cv2.resize(x, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC) for x in (grey, seal))
    scale = page.width / grey.shape[1]
    look = _Look.at(_straighten(grey, seal, scale, 0))
    found, plain = _read(look.clear)
    turns = 0 if plain else _turns(grey)
    if turns:
        look = _Look.at(_straighten(grey, seal, scale, turns))
        found, _ = _read(look.clear)
    view = look.view
    page.rules = [Rule(*(v * view.scale for v in (r.x0, r.y0, r.x1, r.y1))) for r in look.rules]
    bare = cv2.subtract(look.dark, cv2.dilate(look.lines, np.ones((5, 5), np.uint8)))
    for text, sure, box in _again(look.clear, found):
        text, sure, box, doubts = tell_marks(look.clear, bare, text, sure, box, _words)
        page.doubts += doubts
        mended = mend_words(text)
        sure = [min(s, MENDED / 100) if a != b else s for s, a, b in zip(sure, text, mended, strict=True)]
        page.glyphs += _glyphs(mended, sure, box, view, page.number)
    _second_look(page, view, look.clear, bare)


@dataclass(frozen=True, slots=True)
class _Look:
    """A view with its dark pixels, its rules (as pixels and as an image), and the image without them."""

    view: _View
    dark: Any
    rules: list[Rule]
    lines: Any
    clear: Any

    @classmethod
    def at(cls, view: _View) -> _Look:
        """What a view shows."""
        fields = _fields(view.grey)
        for x0, top, x1, bottom in fields:
            view.grey[top:bottom, x0:x1] = 255 - view.grey[top:bottom, x0:x1]
        dark = _ink(view.grey)
        rules, lines = _rules(dark)
        rules = _through(rules, fields)
        if view.seal is not None and rules:  # a rule that runs on beyond a seal runs under it
            under = np.zeros_like(dark)
            for r in rules:
                across = (slice(max(0, int(r.y0) - 2), int(r.y1) + 3), slice(None)) if r.y0 == r.y1 else (slice(None), slice(max(0, int(r.x0) - 2), int(r.x1) + 3))
                under[across] = 255
            rules, lines = _rules(dark | (under & view.seal))
        clear = view.grey.copy()
        clear[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
        return cls(view, dark, rules, lines, clear)


def _fields(grey: Any) -> list[tuple[int, int, int, int]]:
    """Dark fields with light print on them (the header of many a table), as boxes in pixels."""
    unit = max(grey.shape) / 2339  # pixels of an A4 page at 200 dpi
    solid = cv2.morphologyEx((grey < _DARK).astype(np.uint8), cv2.MORPH_OPEN, np.ones((max(3, round(7 * unit)), max(3, round(7 * unit))), np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((max(3, round(45 * unit)), max(3, round(45 * unit))), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    out = []
    for x, y, w, h, area in stats[1:min(count, 2000)]:
        if w >= 120 * unit and h >= 35 * unit and area >= 0.85 * w * h and (w < 0.98 * grey.shape[1] or h < 0.5 * grey.shape[0]):
            part = grey[y:y + h, x:x + w]
            if float((part < _DARK).mean()) >= 0.5 and float((part > 200).mean()) > 0.01:
                out.append((int(x), int(y), int(x + w), int(y + h)))
    return out


_DARK = 130


def _through(rules: list[Rule], fields: Sequence[tuple[int, int, int, int]]) -> list[Rule]:
    """Rules with the edges of dark fields, and uprights that end at a field carried on through it: fields hide the rules under them."""
    if not fields:
        return rules
    out = list(rules)
    for x0, top, x1, bottom in fields:
        out += [Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom), Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom)]
        out += [Rule(r.x0, top, r.x0, bottom) for r in rules if r.y0 != r.y1 and x0 < r.x0 < x1 and (abs(r.y0 - bottom) < 12 or abs(r.y1 - top) < 12)]
    return out


_PLAIN = 0.8  # of the recogniser's confidence: below it a page may lie on its side or upside down
_QUICK = 1500  # pixels of the longer side, to tell which way a page lies


def _turns(grey: Any) -> int:
    """The quarter turns (counter-clockwise) that set a page upright: those in which it is read best."""
    shrink = min(1.0, _QUICK / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)

    def score(turns: int) -> float:
        result = _engine()(np.repeat(np.ascontiguousarray(np.rot90(small, turns))[..., None], 3, axis=2), use_det=True, use_cls=False, use_rec=True)
        if getattr(result, "boxes", None) is None or not result.txts:
            return 0.0
        return sum(len(text) * float(sure) ** 2 for text, sure, box in zip(result.txts, result.scores, result.boxes, strict=True) if _level(box))

    scores = [score(turns) for turns in range(4)]
    best = max(range(4), key=lambda k: scores[k])
    return best if scores[best] > 1.2 * scores[0] else 0


def _level(corners: Any) -> bool:
    """Whether a box of print is broader than high, or of a single character."""
    across, down = abs(float(corners[1][0] - corners[0][0])), abs(float(corners[3][1] - corners[0][1]))
    return across * 1.5 >= down


def _ink(grey: Any) -> Any:
    """The dark pixels of a page."""
    return cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 18)


def _grey(image: Any) -> tuple[Any, Any]:
    """The image in grey, seals taken off, and where they were."""
    array = np.asarray(image)
    if array.ndim == 3:
        if array.shape[2] >= 3:
            return _without_seals(np.ascontiguousarray(array[..., :3], dtype=np.uint8))
        array = array[..., 0]
    return np.ascontiguousarray(array, dtype=np.uint8), None


def _without_seals(rgb: Any) -> tuple[Any, Any]:
    """An RGB page in grey; where a seal in red or another colour lies over it, its lightest channel: there the seal is as light as paper,
    and print stays dark. Coloured print (a letterhead, its rule, a headline) is no seal: its parts are small or thin."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    seal = None
    best = rgb.max(axis=2)
    coloured = best.astype(np.int16) - rgb.min(axis=2)
    red = rgb[..., 0].astype(np.int16) - np.maximum(rgb[..., 1], rgb[..., 2])
    unit = max(grey.shape) / 2339  # pixels of an A4 page at 200 dpi
    for strong, least in ((red > 40, round(60 * unit)), ((coloured > 60) & (red <= 40), round(100 * unit))):  # about 8 and 13 mm
        mask = strong.astype(np.uint8)
        if not mask.any():
            continue
        count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(mask, np.ones((5, 5), np.uint8)), connectivity=8)
        for x, y, w, h, area in stats[1:min(count, 5000)]:
            if min(w, h) < least or area > 0.6 * w * h:  # a filled field is no seal
                continue
            seal = np.zeros_like(grey) if seal is None else seal
            part = (slice(max(0, y - 2), y + h + 2), slice(max(0, x - 2), x + w + 2))
            channel = best[part]
            grey[part] = np.where(mask[part] > 0, np.maximum(channel, grey[part]), grey[part])
            pale = (channel > 150) & (cv2.dilate(mask[part], np.ones((3, 3), np.uint8)) > 0)
            grey[part][pale] = 255
            seal[part] |= cv2.dilate(mask[part], np.ones((5, 5), np.uint8)) * 255
    return grey, seal


def _straighten(grey: Any, seal: Any, scale: float, turns: int) -> _View:
    """The view of an image after some quarter turns (counter-clockwise) and made level."""
    high, wide = grey.shape
    back = np.array({0: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], 1: [[0.0, -1.0, wide], [1.0, 0.0, 0.0]], 2: [[-1.0, 0.0, wide], [0.0, -1.0, high]],
                     3: [[0.0, 1.0, 0.0], [-1.0, 0.0, high]]}[turns])
    if turns:
        grey, seal = (None if x is None else np.ascontiguousarray(np.rot90(x, turns)) for x in (grey, seal))
    angle = _skew(grey)
    h, w = grey.shape
    if abs(angle) < 0.05:
        return _View(grey, seal, scale, back)
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0)
    if seal is not None:
        seal = cv2.warpAffine(seal, turn, (w, h), flags=cv2.INTER_NEAREST)
    return _View(cv2.warpAffine(grey, turn, (w, h), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), seal, scale,
                 back @ np.vstack([cv2.invertAffineTransform(turn), [0.0, 0.0, 1.0]]))


def _skew(grey: Any) -> float:
    """The turn in degrees that makes lines of print level: the one that sets their rows apart most."""
    shrink = 900 / max(grey.shape)
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA) if shrink < 1 else grey
    dark = (255 - small).astype(np.float32)
    dark = np.clip(dark - float(np.median(dark)) - 20, 0, None)
    if not dark.any():
        return 0.0
    h, w = dark.shape

    def sharpness(angle: float) -> float:
        turned = cv2.warpAffine(dark, cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0), (w, h), flags=cv2.INTER_LINEAR)
        rows = turned.sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    best = max((k * 0.5 for k in range(-8, 9)), key=lambda a: (sharpness(a), -abs(a)))
    best = max((best + k * 0.1 for k in range(-5, 6)), key=sharpness)
    best = max((best + k * 0.025 for k in range(-4, 5)), key=sharpness)
    return best if abs(best) <= _MOST_SKEW else 0.0


def _rules(dark: Any) -> tuple[list[Rule], Any]:
    """The straight rules in pixels, and an image of them."""
    unit = max(dark.shape) / 2339  # pixels of an A4 page at 200 dpi
    image = np.zeros_like(dark)
    found: dict[bool, list[tuple[int, int, int, int]]] = {}
    masks = {}
    for flat in (True, False):
        length = round((60 if flat else 34) * unit)
        thick = cv2.dilate(dark, np.ones((3, 1) if flat else (1, 3), np.uint8))  # a rule that steps by a pixel stays one
        thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 3) if flat else (3, 1), np.uint8))
        mask = masks[flat] = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length) if flat else (length, 1), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
        found[flat] = []
        for k in range(1, min(count, 5000)):
            x, y, across, down, area = (int(v) for v in stats[k])
            long, thin = (across, down) if flat else (down, across)
            if long >= length and thin <= 14 * unit and area >= 0.4 * long:
                found[flat].append((x, y, across, down))
    # An upright of one row's height may be the stroke of a character, unless it runs from rule to rule
    found[False] = [b for b in found[False] if b[3] >= 90 * unit or _reaches(b, found[True], 6 * unit)]
    out: list[Rule] = []
    for flat in (True, False):
        for x, y, across, down in found[flat]:
            middle = y + down / 2 if flat else x + across / 2
            out.append(Rule(x, middle, x + across, middle) if flat else Rule(middle, y, middle, y + down))
            image[y:y + down, x:x + across] |= masks[flat][y:y + down, x:x + across]
    return out, image


def _reaches(upright: tuple[int, int, int, int], level: Sequence[tuple[int, int, int, int]], near: float) -> bool:
    """Whether an upright ends at a level rule above and below."""
    x, y, across, down = upright
    crossing = [(b, b + d) for a, b, c, d in level if a - near <= x + across / 2 <= a + c + near]
    return all(any(b - near <= end <= stop + near for b, stop in crossing) for end in (y, y + down))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                            "Global.log_level": "error", "Global.use_cls": False, "Global.max_side_len": MAX_SIDE, "Global.text_score": 0.3,
                            "Det.limit_type": "max", "Det.limit_side_len": 1600})


_Recognised = tuple[str, list[float], list[tuple[float, float, float, float]]]


def _read(grey: Any) -> tuple[list[_Recognised], bool]:
    """Lines of text with the confidence (0 to 1) and the box (pixels) of each character; whether it is plain that they lie level and upright."""
    result = _engine()(np.repeat(grey[..., None], 3, axis=2), use_det=True, use_cls=False, use_rec=True, return_word_box=True, return_single_char_box=True)
    if getattr(result, "boxes", None) is None or not result.txts:
        return [], False
    sizes = [(max(float(np.ptp(b[:, 0])), float(np.ptp(b[:, 1]))), _level(b)) for b in result.boxes]
    plain = float(np.mean(result.scores)) >= _PLAIN and sum(size for size, level in sizes if level) * 2 > sum(size for size, _ in sizes)
    out = []
    for corners, score, words in zip(result.boxes, result.scores, result.word_results, strict=True):
        top, bottom = float(np.mean(corners[:2, 1])), float(np.mean(corners[2:, 1]))
        text = ""
        sure: list[float] = []
        boxes: list[tuple[float, float, float, float]] = []
        for char, certain, box in words:
            if not char or box is None:
                continue
            xs = [float(p[0]) for p in box]
            each = (max(xs) - min(xs)) / len(char)
            for k, c in enumerate(char):
                text += c
                sure.append(min(float(certain), 1.0) if certain is not None else float(score))
                boxes.append((min(xs) + k * each, top, min(xs) + (k + 1) * each, bottom))
        if text.strip():
            out.append((text, sure, boxes))
    return _once(out), plain


def _once(lines: list[_Recognised]) -> list[_Recognised]:
    """Lines without those that lie within another: a column of print that is found whole and in part."""
    def area(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    areas = [area(boxes) for _, _, boxes in lines]
    out = []
    for k, line in enumerate(lines):
        x0, top, x1, bottom = areas[k]
        size = max(1.0, (x1 - x0) * (bottom - top))
        within = any((min(x1, c) - max(x0, a)) * (min(bottom, d) - max(top, b)) > 0.7 * size for j, (a, b, c, d) in enumerate(areas)
                     if j != k and min(x1, c) > max(x0, a) and min(bottom, d) > max(top, b)
                     and (c - a) * (d - b) > size and len(lines[j][0]) > len(line[0]))
        if not within:
            out.append(line)
    return out


def _words(grey: Any) -> str:
    """What the picture of one line says."""
    result = _engine()(np.repeat(grey[..., None], 3, axis=2), use_det=False, use_cls=False, use_rec=True)
    return "".join(result.txts or ()).strip()


_SMALL, _LARGER = 28.0, 36.0  # pixels of a character: a page of smaller ones than the first is enlarged until they are like the second


def _letter_size(dark: Any) -> float:
    """The height in pixels of most characters, told by their ink; 0 where there is too little."""
    best: list[int] = []
    for width in (3, 5):  # what joins the strokes of a character joins small characters with one another
        joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((width, width), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        heights = [int(h) for _, _, w, h, area in stats[1:count] if 8 <= h <= 120 and 0.7 <= w / h <= 1.4 and area >= 0.2 * w * h]
        if len(heights) > len(best):
            best = heights
    return float(np.percentile(best, 60)) if len(best) >= 12 else 0.0


_DOUBT = 0.88  # a line that holds a character recognised with less is looked at again
_SIZES = (1.3, 2.0, 0.8)


def _again(grey: Any, lines: list[_Recognised]) -> list[_Recognised]:
    """Doubtful lines recognised once more in other sizes; the surest reading of as many characters stands."""
    out: list[_Recognised] = []
    for text, sure, boxes in lines:
        if min(sure) >= _DOUBT or len(out) > 4000:
            out.append((text, sure, boxes))
            continue
        top, bottom = min(b[1] for b in boxes), max(b[3] for b in boxes)
        air = (bottom - top) * 0.15
        crop = grey[max(0, round(top - air)):round(bottom + air), max(0, round(boxes[0][0] - 3 * air)):round(boxes[-1][2] + 3 * air)]
        readings = [(text, sure)]
        for size in _SIZES if crop.size else ():
            resized = cv2.resize(crop, None, fx=size, fy=size, interpolation=cv2.INTER_CUBIC if size > 1 else cv2.INTER_AREA)
            result = _engine()(np.repeat(resized[..., None], 3, axis=2), use_det=False, use_cls=False, use_rec=True)
            found = "".join(result.txts or ()).strip()
            if len(found) == len(text):
                readings.append((found, [float(min(result.scores))] * len(found)))
        text, sure = _voted(readings)
        out.append((text, sure, boxes))
    return out


def _voted(readings: Sequence[tuple[str, list[float]]]) -> tuple[str, list[float]]:
    """Of several readings of one line the character that most of them give at each place, the surer one where they are even."""
    text, sure = "", []
    for k in range(len(readings[0][0])):
        votes: dict[str, list[float]] = {}
        for found, certain in readings:
            votes.setdefault(found[k], []).append(certain[k])
        char = max(votes, key=lambda c: (len(votes[c]), sum(votes[c])))
        text += char
        sure.append(max(votes[char]) * (1.0 if len(votes) == 1 else 0.9))
    return text, sure


def _glyphs(text: str, sure: list[float], boxes: Sequence[tuple[float, float, float, float]], view: _View, number: int) -> list[Glyph]:
    """A line's glyphs. The recogniser's boxes hold some air: heights are brought to the size of the characters."""
    out = []
    pitches = sorted(b[0] + b[2] - a[0] - a[2] for (a, b), pair in zip(zip(boxes, boxes[1:], strict=False), zip(text, text[1:], strict=False), strict=True)
                     if is_han(pair[0]) and is_han(pair[1]))
    em = pitches[len(pitches) // 2] / 2 if len(pitches) >= 3 else (boxes[0][3] - boxes[0][1]) * 0.85
    for char, certain, (x0, top, x1, bottom) in zip(text, sure, boxes, strict=True):
        if is_han(char) and x1 - x0 < em:
            x0, x1 = (x0 + x1 - em) / 2, (x0 + x1 + em) / 2
        middle, half = (top + bottom) / 2, min(bottom - top, 1.1 * em) / 2
        place = Place(number, *view.box(x0, middle - half, x1, middle + half), max(1, min(99, int(certain * 100))))
        out += [Glyph(c, x0 * view.scale, (middle - half) * view.scale, x1 * view.scale, (middle + half) * view.scale, place) for c in clean(char)]
    return out


def _second_look(page: PageInk, view: _View, clear: Any, dark: Any) -> None:
    """Recognise small cells in which there is ink but no text was found: a lone digit is easily passed over. Ink of a line that was found is
    none: the line of a merged cell may stand across a row's edge that is drawn beside it."""
    dark = dark.copy()
    for g in page.glyphs:
        margin = 0.15 * (g.bottom - g.top)
        left, high, right, low = (max(0, round(v / view.scale)) for v in (g.x0 - margin, g.top - margin, g.x1 + margin, g.bottom + margin))
        dark[high:low, left:right] = 0
    crops: list[Any] = []
    places: list[tuple[float, float, float, float]] = []
    for cell in boxes_of(page):
        if any(cell[0] <= g.x <= cell[2] and cell[1] <= g.y <= cell[3] for g in page.glyphs):
            continue
        a, b, c, d = (round(v / view.scale) for v in cell)
        ink = dark[max(b + 4, 0):max(d - 4, 0), max(a + 4, 0):max(c - 4, 0)]
        if not ink.size or len(crops) > 400:
            continue
        ys, xs = np.nonzero(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)))
        if len(xs) < 20 or int(ys.max() - ys.min()) < 10 or int(ys.max() - ys.min()) > 120 or int(xs.max() - xs.min()) > 250:
            continue
        left, high, right, low = a + 4 + int(xs.min()), b + 4 + int(ys.min()), a + 5 + int(xs.max()), b + 5 + int(ys.max())
        air = max(4, (low - high) // 4)
        crop = clear[max(high - air, 0):low + air, max(left - 2 * air, 0):right + 2 * air]
        crops.append(np.repeat(crop[..., None], 3, axis=2))
        places.append((float(left), float(high), float(right), float(low)))
    for crop, (x0, top, x1, bottom) in zip(crops, places, strict=True):
        result = _engine()(crop, use_det=False, use_cls=False, use_rec=True)
        text = "".join(result.txts or ()).strip()
        if not text or not result.scores or min(result.scores) < 0.3:
            continue
        each = (x1 - x0) / len(text)
        line = [(x0 + k * each, top, x0 + (k + 1) * each, bottom) for k in range(len(text))]
        page.glyphs += _glyphs(text, [float(min(result.scores))] * len(text), line, view, page.number)
