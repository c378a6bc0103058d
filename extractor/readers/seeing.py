"""Pages that have to be read from their images, in any format: by the extra `scan` where it is installed, else a word about it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

from extractor.document import Problem
from extractor.readers.ink import Glyph, PageInk
from extractor.readers.parts import has_han
from patterns.errors import UnusableInput, half

INSTALL = '装上识别引擎：pip install "fuhe[scan]" / install the extra: pip install "fuhe[scan]"'


def not_installed(zh: str, en: str) -> str:
    """What was not read, and that the extra would read it, in both languages."""
    return f"{zh}；{half(INSTALL, 'zh')} / {en}; {half(INSTALL, 'en')}"


# Who wants to hear how many pages of how many were recognised; recognising takes seconds a page.
PROGRESS: ContextVar[Callable[[int, int], None] | None] = ContextVar("PROGRESS", default=None)


def available() -> bool:
    """Whether the extra `scan` is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2", "numpy", "PIL"))


def see(path: str, numbers: Sequence[int], pages: list[PageInk], problems: list[Problem], image: Callable[[int], Any]) -> None:
    """Fill the pages of the given numbers from what image(number) gives: an array of pixels, grey or RGB, upright.

    A page that fails is a Problem. Raises UnusableInput where no page has text and the extra is missing, or where every page fails.
    """
    if not available():
        if not any(p.glyphs for p in pages):
            raise UnusableInput(path, "是扫描件或图片，没有文字层 / a scan or an image without a text layer", INSTALL)
        problems += [Problem(not_installed(f"第 {n} 页是图片，未识别", f"page {n} is an image and was not read"), n) for n in numbers]
        return
    from extractor.readers.eyes import look  # processes and what goes between them

    failed = 0
    told = PROGRESS.get()
    if told is not None:
        told(0, len(numbers))
    for k, (n, found) in enumerate(look(numbers, pages, image), 1):
        if isinstance(found, PageInk):
            pages[n - 1] = found
            problems += _unclear(found)
        else:  # the recogniser and its runtime raise what they like; one page must not cost the others
            failed += 1
            if isinstance(found, UnusableInput):
                what = f"第 {n} 页无法识别：{half(found.what, 'zh')} / page {n} could not be recognised: {half(found.what, 'en')}"
            else:
                what = f"第 {n} 页无法识别 / page {n} could not be recognised ({' '.join(str(found).split())[:80]})"
            problems.append(Problem(what, n))
        if told is not None:
            told(k, len(numbers))
    if failed == len(numbers) and not any(p.glyphs for p in pages):
        raise UnusableInput(path, f"没有一页可以识别（{half(problems[-1].what, 'zh')}） / no page could be recognised ({half(problems[-1].what, 'en')})",
                            "重新扫描为 PDF（300 dpi） / scan it again as PDF, 300 dpi")


def _unclear(page: PageInk) -> list[Problem]:
    """What a picture leaves open of the small print beside its numbers."""
    return [Problem(f"第 {page.number} 页“{words}”旁的小字（指数或注号）未能认清，数字存疑 / page {page.number}: small print beside “{words}” is unclear, "
                    "the number may be wrong", page.number) for words in page.doubts]


Box = tuple[float, float, float, float]
MAX_PICTURES = 40  # looked at in one document; the rest is named
LEAST_TEXT = 12  # characters that a picture of text holds at least


def see_parts(pages: Sequence[PageInk], problems: list[Problem], image: Callable[[int, Box], Any]) -> None:
    """Add to pages of text what the pictures on them say (PageInk.pictures), where they hold text: a pasted table, say.

    image(number, box) gives a picture as pixels. A picture without text (a photograph) adds nothing.
    """
    seen = 0
    for page in pages:
        if not page.pictures:
            continue
        n = page.number
        if not available():
            problems.append(Problem(not_installed(f"第 {n} 页的图片未识别", f"a picture on page {n} was not read"), n))
            continue
        if seen >= MAX_PICTURES:
            problems.append(Problem(f"图片过多，第 {n} 页的图片未识别 / too many pictures: that on page {n} was not read", n))
            continue
        from extractor.readers import scan

        seen += len(page.pictures)
        try:
            for box in page.pictures:
                part = PageInk(n, box[2] - box[0], box[3] - box[1])
                scan.recognise(image(n, box), part)
                text = "".join(g.char for g in part.glyphs)
                if len(text) >= LEAST_TEXT and has_han(text):
                    part.shift(box[0], box[1])
                    problems += _unclear(part)
                    page.glyphs += part.glyphs
                    page.rules += part.rules
        except Exception as e:  # as in see: one picture must not cost the document
            problems.append(Problem(f"第 {n} 页的图片无法识别 / a picture on page {n} could not be recognised ({' '.join(str(e).split())[:80]})", n))


MAX_LINES = 300  # with unknown characters, recognised in one document; the rest is named


def see_letters(pages: Sequence[PageInk], problems: list[Problem], image: Callable[[int, Box], Any]) -> None:
    """Fill in the characters that fonts do not tell (PageInk.unknown) from pictures of their lines; blank ones go.

    image(number, box) gives a part of a page as pixels. What stays unknown is a Problem; its place is kept (ink.UNKNOWN).
    """
    lines = 0
    for page in pages:
        if not page.unknown:
            continue
        left = len(page.unknown)
        if available() and lines < MAX_LINES:
            from extractor.readers import letters

            rows = letters.rows_of(page)
            lines += len(rows)
            try:
                left = letters.fill_in(page, rows, image)
            except Exception as e:  # as in see: what fails is named below
                problems.append(Problem(f"第 {page.number} 页无法识别 / page {page.number} could not be recognised ({' '.join(str(e).split())[:80]})", page.number))
        if left:
            problems.append(Problem(f"第 {page.number} 页有 {left} 个字符的字体不表明文字，未读 / the font of {left} characters on page {page.number} does not say "
                                    "what they are", page.number))


def worth_reading(glyphs: Sequence[Glyph], images: Sequence[Box], width: float, height: float) -> list[Box]:
    """The images on a page of text that may hold text themselves: large, and hardly any of the page's text on them. Images cut into
    strips or tiles are one."""
    if not glyphs:
        return []
    out = []
    for box in _whole([(max(b[0], 0.0), max(b[1], 0.0), min(b[2], width), min(b[3], height)) for b in images]):
        x0, top, x1, bottom = box
        if (x1 - x0 < 0.4 * width or bottom - top < 0.06 * height) and (bottom - top < 0.4 * height or x1 - x0 < 0.15 * width):
            continue
        if sum(x0 <= g.x <= x1 and top <= g.y <= bottom for g in glyphs) < 8:
            out.append(box)
    return out


def _whole(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of one width that stand on one another, or of one height side by side, as one."""
    rest = sorted(boxes, key=lambda b: (round(b[0]), b[1]))
    for flat in (False, True):
        out: list[Box] = []
        a, b, c, d = (1, 0, 3, 2) if flat else (0, 1, 2, 3)
        for box in sorted(rest, key=lambda x: (round(x[a]), x[b])):
            last = out[-1] if out else None
            if last is not None and abs(last[a] - box[a]) < 2 and abs(last[c] - box[c]) < 2 and -2 < box[b] - last[d] < 2:
                out[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            else:
                out.append(box)
        rest = out
    return rest


def see_pictures(path: str, numbers: Sequence[int], pages: list[PageInk], problems: list[Problem], data: Callable[[int], bytes]) -> None:
    """As see, from the bytes of image files."""
    def image(number: int) -> Any:
        from extractor.readers import images

        return images.pixels(path, data(number))

    see(path, numbers, pages, problems, image)
