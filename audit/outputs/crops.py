"""Cut-outs of the pages that quotes stand on, with a box around each line of the quote.

A PDF is rendered by pdfium, a page image is cut; any other document whose characters have places (OFD) is drawn from them.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.document import BBox, Document

MARGIN = 24.0  # points of page shown above and below the quote, and then up to whole lines
TALLEST = 260.0  # points; a quote longer than this is cut off at the bottom
APART = 90.0  # points between quotes that still share a cut-out
SCALE = 1.6  # pixels per point
WIDE, NARROW, BESIDE = 560.0, 360.0, 200.0  # points: of a cut-out, of what is quoted in it, and what is at most shown beside that
BUDGET = 8_000_000  # bytes of pictures in one file; beyond it only the page numbers are given
IMAGES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"}


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one line for a drawing: their x, the baseline and the size, in points within the cut-out."""

    text: str
    xs: str
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Crop:
    """A cut-out: its size in points, the boxes within it, and either a picture (by key into Cropper.pictures) or runs."""

    page: int
    width: float
    height: float
    boxes: tuple[BBox, ...]
    picture: str | None = None
    runs: tuple[Run, ...] = ()


@dataclass
class Cropper:
    """Makes the cut-outs of one document. pictures holds each picture's data URI once, by key, sizes its size in points."""

    document: Document
    pictures: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, tuple[float, float]] = field(default_factory=dict)
    _used: int = 0
    _pdf: Any = None
    _broken: bool = False
    _by_page: dict[int, list[int]] = field(default_factory=dict)

    def crops(self, quotes: Iterable[tuple[int, int]]) -> tuple[Crop, ...]:
        """The cut-outs for quotes (start, end), in page order; nothing for a document without places."""
        if self.document.places is None:
            return ()
        lines: dict[int, list[BBox]] = {}
        for start, end in quotes:
            for a in self.document.pieces(start, end):
                if a.page is not None and a.bbox is not None:
                    lines.setdefault(a.page, []).append(a.bbox)
        out = []
        for page in sorted(lines):
            for group in _near(sorted(set(lines[page]), key=lambda b: (b[1], b[0]))):
                out += [crop for cells in _beside(group) if (crop := self._crop(page, cells))]
        return tuple(out)

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            self._pdf.close()
            self._pdf = None

    def _crop(self, page: int, boxes: Sequence[BBox]) -> Crop | None:
        sizes = self.document.page_sizes
        width, height = sizes[page - 1] if page <= len(sizes) else (595.3, 841.9)
        left, top, right, bottom = self._frame(page, boxes, width, height)
        across = (min(b[0] for b in boxes), max(b[2] for b in boxes))
        if right - left > WIDE and across[1] - across[0] < NARROW:  # a cell of a wide annex is shown at a size that can be read
            beside = min(BESIDE, (WIDE - across[1] + across[0]) / 2)
            left, right = max(left, float(int(across[0] - beside))), min(right, float(int(across[1] + beside)))
        if bottom - top < 1 or right - left < 1:
            return None
        inside = tuple((round(b[0] - left - 1.5, 1), round(b[1] - top - 1.5, 1), round(b[2] - left + 1.5, 1),
                        round(min(b[3], bottom) - top + 1.5, 1)) for b in boxes if b[1] < bottom)
        key = f"p{page}-{int(top)}-{int(bottom)}-{int(left)}"
        if key in self.pictures or self._picture(key, page, (left, top, right, bottom), (width, height)):
            return Crop(page, right - left, bottom - top, inside, key)
        runs = self._draw(page, left, top, bottom)
        return Crop(page, right - left, bottom - top, inside, None, runs) if runs else None

    def _frame(self, page: int, boxes: Sequence[BBox], width: float, height: float) -> BBox:
        """What to cut: the page's column of print, and the whole lines within the margin of the quote.

        Whole points, so that quotes on the same lines share one picture.
        """
        first, last = min(b[1] for b in boxes), max(b[3] for b in boxes)
        left, top, right, bottom = width, first - 6, 0.0, last + 6
        places = self.document.places
        assert places is not None
        for k in self._on(page):
            x0, y0, x1, y1 = places.boxes[4 * k:4 * k + 4]
            left, right = min(left, x0), max(right, x1)
            if first - MARGIN <= (y0 + y1) / 2 <= last + MARGIN:
                top, bottom = min(top, y0 - 3), max(bottom, y1 + 3)
        top = max(0.0, float(int(top)))
        return max(0.0, float(int(left - 8))), top, min(width, float(int(right + 9))), min(height, float(int(bottom + 1)), top + TALLEST)

    def _on(self, page: int) -> Sequence[int]:
        """The positions of the characters on a page."""
        if not self._by_page:
            places = self.document.places
            for k, p in enumerate(places.pages if places else ()):
                if p and not self.document.text[k].isspace():
                    self._by_page.setdefault(p, []).append(k)
        return self._by_page.get(page, ())

    def _picture(self, key: str, page: int, frame: BBox, size: tuple[float, float]) -> bool:
        if self._broken or self._used > BUDGET:
            return False
        try:
            image = self._render(page, frame, size)
        except Exception:  # a file that has since gone or that pdfium refuses costs the pictures, not the report
            self._broken = True
            return False
        if image is None:
            return False
        data, kind = _encode(image)
        self._used += len(data)
        self.sizes[key] = (frame[2] - frame[0], frame[3] - frame[1])
        self.pictures[key] = f"data:image/{kind};base64,{data}"
        return True

    def _render(self, page: int, frame: BBox, size: tuple[float, float]) -> Any:
        (left, top, right, bottom), (width, height) = frame, size
        path = Path(self.document.path)
        with path.open("rb") as f:
            head = f.read(1024)
        if b"%PDF-" in head:
            import pypdfium2

            if self._pdf is None:
                self._pdf = pypdfium2.PdfDocument(path.read_bytes())
            sheet = self._pdf[page - 1]
            return sheet.render(scale=SCALE, crop=(left, max(0, height - bottom), max(0, width - right), top)).to_pil()
        if path.suffix.lower() in IMAGES:
            from PIL import Image

            with Image.open(path) as picture:
                picture.seek(page - 1)
                ratio = picture.width / width
                part = picture.convert("L").crop((int(left * ratio), int(top * ratio), int(right * ratio), int(bottom * ratio)))
                return part.resize((int((right - left) * SCALE), max(1, int((bottom - top) * SCALE)))) if ratio > SCALE else part
        self._broken = True
        return None

    def _draw(self, page: int, left: float, top: float, bottom: float) -> tuple[Run, ...]:
        """The characters whose middle lies between top and bottom, a run per line of print."""
        places = self.document.places
        assert places is not None
        runs: list[Run] = []
        text, xs, last, widest = "", [], None, 0.0
        for k in self._on(page):
            x0, y0, x1, y1 = places.boxes[4 * k:4 * k + 4]
            c = (self.document.printed or self.document.text)[k]
            if not top <= (y0 + y1) / 2 <= bottom:
                continue
            if last is not None and (abs(last[0] - y0) > 1 or abs(last[1] - y1) > 1):
                runs.append(_run(text, xs, last, widest, top))
                text, xs, widest = "", [], 0.0
            text, last = text + c, (y0, y1)
            xs.append(x0 - left)
            widest = max(widest, x1 - x0)
        if text and last is not None:
            runs.append(_run(text, xs, last, widest, top))
        return tuple(runs)


def _run(text: str, xs: Sequence[float], line: tuple[float, float], widest: float, top: float) -> Run:
    # A Chinese character is as wide as its size; a box's height may hold the leading too. The baseline is 0.85 down the em.
    height = line[1] - line[0]
    size = min(height, widest) if any(ord(c) > 0x2E80 for c in text) else height * 0.8
    return Run(text, " ".join(f"{x:.1f}" for x in xs), round(line[0] - top + (height - size) / 2 + size * 0.85, 1), round(size, 1))


def _near(boxes: Sequence[BBox]) -> list[list[BBox]]:
    """Boxes in groups that fit into one cut-out each."""
    groups: list[list[BBox]] = []
    for b in boxes:
        if groups and b[1] - max(x[3] for x in groups[-1]) < APART and b[3] - groups[-1][0][1] < TALLEST - 2 * MARGIN:
            groups[-1].append(b)
        else:
            groups.append([b])
    return groups


def _beside(boxes: Sequence[BBox]) -> list[list[BBox]]:
    """Boxes that together are too wide to be read in one cut-out (cells of a wide annex) in groups that can be, from left to right;
    the lines of one cell stay together."""
    columns: list[list[BBox]] = []
    for b in sorted(boxes):
        if columns and (b[0] < max(x[2] for x in columns[-1]) or b[2] - columns[-1][0][0] < NARROW):
            columns[-1].append(b)
        else:
            columns.append([b])
    return columns


def _encode(image: Any) -> tuple[str, str]:
    """The smaller of a 16-grey PNG (print) and a JPEG (scan), as base64 and its kind."""
    grey = image.convert("L")
    as_png, as_jpeg = io.BytesIO(), io.BytesIO()
    grey.quantize(16).save(as_png, "PNG", optimize=True)
    data, kind = as_png.getvalue(), "png"
    if len(data) > 40_000:
        grey.save(as_jpeg, "JPEG", quality=55)
        if len(as_jpeg.getvalue()) < len(data):
            data, kind = as_jpeg.getvalue(), "jpeg"
    return base64.b64encode(data).decode("ascii"), kind
