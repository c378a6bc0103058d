"""Page images: PNG, JPEG, TIFF (several pages), BMP, WebP; their text is recognised."""

from __future__ import annotations

import io
import warnings
from typing import Any

from extractor.document import Document, Problem
from extractor.readers import seeing
from extractor.readers.ink import PageInk
from extractor.readers.layout import parts_of
from extractor.readers.parts import assemble
from patterns.errors import UnusableInput

MAX_SIDE = 20_000  # pixels
MAX_PIXELS = 120_000_000
MAX_PAGES = 500
_ENOUGH = 7000  # pixels: more are not looked at
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, ZeroDivisionError)  # what Pillow raises


def read(path: str, data: bytes) -> Document:
    """The Document of an image file. Raises UnusableInput where it is too large or damaged, or the extra `scan` is missing."""
    if not seeing.available():
        raise UnusableInput(path, "是图片，需要文字识别 / an image, which has to be recognised", seeing.INSTALL)
    image = _open(path, data)
    try:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    except _BROKEN as e:
        raise _damaged(path) from e
    if count > MAX_PAGES:
        raise UnusableInput(path, f"有 {count} 页，超过上限 {MAX_PAGES} 页 / too many pages",
                            "只提交报告和附表所在的页 / keep the pages of the report and its annex")
    try:
        pages = [PageInk(k + 1, *_points(image, k)) for k in range(count)]
    except _BROKEN as e:
        raise _damaged(path) from e
    problems: list[Problem] = []
    seeing.see(path, range(1, count + 1), pages, problems, lambda n: _pixels(path, image, n - 1))
    if not any(p.glyphs for p in pages):
        raise UnusableInput(path, "图片里没有认出文字 / no text was recognised in the image",
                            "用 300 dpi 重新扫描 / scan it again at 300 dpi")
    return assemble(path, "scan", parts_of(pages), pages=count, problems=problems, page_sizes=[(p.width, p.height) for p in pages])


def pixels(path: str, data: bytes) -> Any:
    """An image file's bytes as an array of grey or RGB pixels, upright. Raises UnusableInput."""
    return _pixels(path, _open(path, data), 0)


def _open(path: str, data: bytes) -> Any:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"))
    except Image.DecompressionBombError as e:
        raise _too_large(path, "") from e
    except _BROKEN as e:
        raise _damaged(path) from e
    _check(path, image)
    return image


def _check(path: str, image: Any) -> None:
    w, h = image.size
    if max(w, h) > MAX_SIDE or w * h > MAX_PIXELS:
        raise _too_large(path, f"（{w} × {h} 像素）")


def _too_large(path: str, size: str) -> UnusableInput:
    return UnusableInput(path, f"图片尺寸过大{size} / the image is too large", "按 A4、300 dpi 重新扫描 / scan it again as A4 at 300 dpi")


def _points(image: Any, frame: int) -> tuple[float, float]:
    """The page's size by the image's own resolution; where that makes no sense, as wide as A4."""
    w, h = _size(image, frame)
    try:
        dpi = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0.0
    if not 60 <= dpi <= 1300 or not 150 < w * 72 / dpi < 3000:
        dpi = w * 72 / (595.0 if w <= h else 842.0)
    return w * 72 / dpi, h * 72 / dpi


def _size(image: Any, frame: int) -> tuple[int, int]:
    image.seek(frame)
    w, h = image.size
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    return (h, w) if turned else (w, h)


def _pixels(path: str, image: Any, frame: int) -> Any:
    import numpy as np
    from PIL import Image, ImageOps

    image.seek(frame)
    _check(path, image)
    try:
        shown = ImageOps.exif_transpose(image)
        if shown.mode in ("RGBA", "LA", "PA") or (shown.mode == "P" and "transparency" in shown.info):
            shown = shown.convert("RGBA")
            paper = Image.new("RGBA", shown.size, "white")
            paper.alpha_composite(shown)
            shown = paper
        shown = shown.convert("L" if shown.mode in ("1", "L", "I", "I;16", "F") else "RGB")
        shown.thumbnail((_ENOUGH, _ENOUGH))
        return np.asarray(shown)
    except _BROKEN as e:
        raise _damaged(path) from e


def _damaged(path: str) -> UnusableInput:
    return UnusableInput(path, "图片损坏或不完整 / the image is damaged or cut short", "重新扫描或导出 / scan or export it again")
