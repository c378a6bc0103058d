"""Pages that have to be read from their images, in any format: by the extra `scan` where it is installed, else a word about it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any

from extractor.document import Problem
from extractor.readers.ink import PageInk
from patterns.errors import UnusableInput

INSTALL = '装上识别引擎：pip install "fuhe[scan]" / install the extra: pip install "fuhe[scan]"'


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
        problems += [Problem(f'第 {n} 页是图片，未识别；{INSTALL} / page {n} is an image and was not read', n) for n in numbers]
        return
    from extractor.readers import scan

    failed = 0
    for n in numbers:
        try:
            scan.recognise(image(n), pages[n - 1])
        except UnusableInput as e:
            failed += 1
            problems.append(Problem(f"第 {n} 页无法识别：{e.what} / page {n} could not be recognised", n))
        except Exception as e:  # the recogniser and its runtime raise what they like; one page must not cost the others
            failed += 1
            problems.append(Problem(f"第 {n} 页无法识别 / page {n} could not be recognised ({' '.join(str(e).split())[:80]})", n))
    if failed == len(numbers) and not any(p.glyphs for p in pages):
        raise UnusableInput(path, f"没有一页可以识别 / no page could be recognised ({problems[-1].what})",
                            "重新扫描为 PDF（300 dpi） / scan it again as PDF, 300 dpi")


def see_pictures(path: str, numbers: Sequence[int], pages: list[PageInk], problems: list[Problem], data: Callable[[int], bytes]) -> None:
    """As see, from the bytes of image files."""
    def image(number: int) -> Any:
        from extractor.readers import images

        return images.pixels(path, data(number))

    see(path, numbers, pages, problems, image)
