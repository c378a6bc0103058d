"""Pages recognised side by side come back in their order, whole or with their own fault, also where a process dies."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.readers import eyes
from extractor.readers.ink import Glyph, PageInk
from extractor.readers.parts import Place


def read(image: Any, page: PageInk) -> PageInk:
    """A recogniser that reads the number in its image and who it is; some pages are beyond it."""
    number, bad, parent = image
    if number in bad:
        if parent is not None and os.getpid() != parent:
            os._exit(9)
        raise ValueError(f"page {number}")
    page.glyphs.append(Glyph(f"{number}@{os.getpid()}", 0, 0, 1, 1, Place(number, 0, 0, 1, 1)))
    return page


@pytest.fixture(autouse=True)
def two() -> Iterator[None]:
    """Two processes, whatever the machine has."""
    token = eyes.WORKERS.set(2)
    yield
    eyes.WORKERS.reset(token)


def look(numbers: list[int], bad: set[int], parent: int | None = None) -> tuple[list[object], int]:
    pages = [PageInk(n, 10, 10) for n in range(1, 13)]
    out: list[object] = []
    processes = set()
    for n, found in eyes.look(numbers, pages, lambda n: (n, bad, parent), read):
        if isinstance(found, Exception):
            out.append((n, str(found)))
        else:
            text, _, process = found.glyphs[0].char.partition("@")
            processes.add(int(process))
            out.append((n, text))
    return out, len(processes - {os.getpid()})


def test_pages_come_in_their_order_each_with_its_own_fault() -> None:
    numbers = [1, 2, 3, 5, 6, 8, 9, 10]
    found, processes = look(numbers, {3})
    assert found == [(n, f"page {n}" if n == 3 else str(n)) for n in numbers]
    assert processes >= 1


def test_few_pages_are_read_here() -> None:
    assert look([1, 2, 3], set()) == ([(1, "1"), (2, "2"), (3, "3")], 0)


def test_a_process_that_dies_leaves_its_pages_to_this_one() -> None:
    numbers = [1, 2, 3, 4, 5, 6]
    found, _ = look(numbers, {4}, os.getpid())
    assert found == [(n, f"page {n}" if n == 4 else str(n)) for n in numbers]


def test_a_caller_s_program_runs_once(tmp_path: Path) -> None:
    program = tmp_path / "program.py"  # without `if __name__ == "__main__"`
    program.write_text("""
import sys
sys.path[:] = %r
print("started")
from extractor.readers import eyes
from extractor.readers.ink import PageInk
from tests.extractor.readers.test_eyes import read
eyes.WORKERS.set(2)
pages = [PageInk(n, 10, 10) for n in range(1, 7)]
print(len([f for _, f in eyes.look([1, 2, 3, 4, 5, 6], pages, lambda n: (n, set(), None), read) if isinstance(f, PageInk)]))
""" % [str(Path(__file__).parents[3]), *sys.path], "utf8")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["started", "6"]


def test_an_image_that_cannot_be_drawn_is_its_page_s_fault() -> None:
    def image(n: int) -> Any:
        if n == 2:
            raise ValueError("no image")
        return n, set(), None

    pages = [PageInk(n, 10, 10) for n in range(1, 7)]
    found = dict(eyes.look([1, 2, 3, 4, 5], pages, image, read))
    assert isinstance(found[2], ValueError) and all(isinstance(found[n], PageInk) for n in (1, 3, 4, 5))


def test_the_number_of_processes_is_bounded_by_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    eyes.WORKERS.set(None)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert 1 <= eyes.workers_allowed() <= 64
    monkeypatch.setattr(os, "sysconf", lambda name: 1, raising=False)
    assert eyes.workers_allowed() == 1


def test_a_scan_is_the_same_side_by_side(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    pdfium = pytest.importorskip("pypdfium2")
    from extractor.readers import read_document

    source = Path(__file__).parents[3] / "fixtures" / "qingpu-2021" / "report.pdf"
    image = pytest.importorskip("PIL.Image")
    made = pdfium.PdfDocument(str(source))
    page = made[2].render(scale=150 / 72).to_pil().convert("L")
    first, *others = (page.crop((0, top, 1240, top + 130)) for top in (200, 330, 460, 590))
    path = tmp_path / "scan.pdf"
    assert isinstance(first, image.Image)
    first.save(path, save_all=True, append_images=others, resolution=150)
    together = read_document(path)
    eyes.WORKERS.set(1)
    alone = read_document(path)
    assert together == alone and together.format == "scan" and together.text.strip()
