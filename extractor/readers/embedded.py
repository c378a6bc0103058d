"""What a text document carries besides its own text: embedded workbooks, pictures of text, imported chunks.

Each gives the parts that it says, or a Problem that names what could not be read. Photographs and ornaments give neither.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.document import Problem
from extractor.readers import seeing
from extractor.readers.ink import PageInk
from extractor.readers.package import Damaged, Package, attribute, kid, kids, local, resolve
from extractor.readers.parts import NOWHERE, Part, RawCell, RawTable, Run, has_han
from patterns import expressions as re
from patterns.errors import UnusableInput

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_LINE = 440.0  # points: the width of a line on A4 with usual margins
MAX_PICTURES = 12  # recognised in one document; the rest is named
MAX_SHEET = 200_000  # cells
LEAST_SHARE = 0.35  # of a line's width that a picture worth reading takes at least


class Carried:
    """The members that one part of a package points at, and what they say."""

    def __init__(self, package: Package, name: str) -> None:
        folder, _, file = name.rpartition("/")
        root = package.optional(f"{folder}/_rels/{file}.rels")
        self.package = package
        self.targets = {attribute(r, "Id") or "": resolve(name, attribute(r, "Target") or "") for r in kids(root, "Relationship")
                        if attribute(r, "TargetMode") != "External"}
        self._pictures = 0
        self._linked = {attribute(r, "Id") or "" for r in kids(root, "Relationship") if attribute(r, "TargetMode") == "External"}

    def parts(self, kind: str, key: str, share: float, problems: list[Problem]) -> list[Part]:
        """The parts of an embedded "object" or "picture"; what cannot be read is added to the problems."""
        target = self.targets.get(key, "")
        name = target.rpartition("/")[2]
        if key in self._linked and kind == "picture" and share >= LEAST_SHARE:
            problems.append(Problem("有图片只是链接，不在文件里，未读 / a picture is only linked, not in the file: it was not read"))
        if not target or target not in self.package:
            return []
        try:
            data = self.package.read(target)
        except Damaged:
            problems.append(Problem(f"{name} 损坏，读不了 / {name} is damaged"))
            return []
        if kind == "object":
            if name.lower().endswith((".xlsx", ".xlsm")):
                found, wrong = workbook(name, data)
            else:
                found, wrong = [], [Problem(f"嵌入的对象未读（{name}） / an embedded object was not read")]
        elif self._pictures >= MAX_PICTURES:
            found, wrong = [], [Problem(f"图片过多，{name} 未识别 / too many pictures: {name} was not read")]
        else:
            self._pictures += share >= LEAST_SHARE
            found, wrong = picture(name, data, share)
        problems += wrong
        return found


def share_of_line(e: Element) -> float:
    """How much of a line's width a drawing takes; 0 where it does not say."""
    at: Element | None = e
    while at is not None and local(at) not in ("p", "body"):
        extent = kid(at, "extent")
        if extent is None:
            extent = kid(at, "xfrm", "ext")
        across = attribute(extent, "cx") or ""
        if across.isdigit():
            return int(across) / 12700 / _LINE
        for shape in [at, *kids(at, "shape", "rect")]:
            found = re.search(r"(?:^|;)\s*width:\s*([\d.]+)(pt|in|cm|mm|px)?", attribute(shape, "style") or "")
            if found:
                return float(found[1]) * {"in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}.get(found[2] or "pt", 1.0) / _LINE
        at = at.getparent()
    return 0.0


def workbook(name: str, data: bytes) -> tuple[list[Part], list[Problem]]:
    """The sheets of an embedded workbook (XLSX) as tables; merged ranges are merged cells."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except Exception as e:  # openpyxl raises what its zip and XML layers raise
        return [], [Problem(f"嵌入的工作簿读不了（{name}） / the embedded workbook cannot be read ({' '.join(str(e).split())[:60]})")]
    out: list[Part] = []
    problems: list[Problem] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or sheet.max_row is None or sheet.max_row * sheet.max_column > MAX_SHEET:
            if sheet.sheet_state == "visible":
                problems.append(Problem(f"嵌入的工作簿过大（{name}） / the embedded workbook is too large"))
            continue
        rows = [[RawCell(Run(_printed(cell.value, cell.number_format))) for cell in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            home = (area.min_row - 1, area.min_col - 1)
            for r in range(area.min_row - 1, min(area.max_row, len(rows))):
                for c in range(area.min_col - 1, min(area.max_col, len(rows[r]))):
                    if (r, c) != home:
                        rows[r][c] = RawCell(merged=True, origin=home)
        rows = _shown(sheet, rows)
        while rows and not any(c.run.text or c.merged for c in rows[-1]):
            rows.pop()
        if rows and any(c.run.text for r in rows for c in r):
            out.append(RawTable(rows))
    if not out and not problems:
        problems.append(Problem(f"嵌入的工作簿没有内容（{name}） / the embedded workbook is empty"))
    return out, problems


def _shown(sheet: Any, rows: list[list[RawCell]]) -> list[list[RawCell]]:
    """The rows and columns of a sheet that are not hidden; a merged cell of which the first place is hidden shows in its first place left."""
    down = [r for r in range(len(rows)) if not (r + 1 in sheet.row_dimensions and sheet.row_dimensions[r + 1].hidden)]
    gone = {c for letter, d in sheet.column_dimensions.items() if d.hidden
            for c in range((d.min or _column(letter)) - 1, d.max or _column(letter))}
    if len(down) == len(rows) and not gone:
        return rows
    out: list[list[RawCell]] = []
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for r in down:
        line: list[RawCell] = []
        for c, cell in enumerate(rows[r]):
            if c in gone:
                continue
            home = cell.origin if cell.merged and cell.origin else (r, c)
            at = (len(out), len(line))
            if home not in homes:
                homes[home] = at
                line.append(RawCell(rows[home[0]][home[1]].run))
            else:
                line.append(RawCell(merged=True, origin=homes[home]))
        out.append(line)
    return out


def _column(letters: str) -> int:
    out = 0
    for c in letters:
        out = out * 26 + ord(c.upper()) - 64
    return out


def _printed(value: object, shape: str) -> str:
    """A cell's value as its sheet shows it: a share as per cent, a float without the noise of binary."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    number = Decimal(repr(value))
    if "%" in shape:
        places = shape.split("%")[0].partition(".")[2].count("0")
        return f"{(number * 100).quantize(Decimal(1).scaleb(-places))}%"
    return format(number.normalize(), "f")


def picture(name: str, data: bytes, share: float) -> tuple[list[Part], list[Problem]]:
    """The text of a picture that takes `share` of the line's width, where it holds any: a table or some lines of print."""
    if share < LEAST_SHARE:
        return [], []
    if not seeing.available():
        return [], [Problem(seeing.not_installed(f"图片未识别（{name}）", f"a picture was not read ({name})"))]
    from extractor.readers import images
    from extractor.readers.layout import parts_of

    try:
        pixels = images.pixels(name, data)
    except UnusableInput as e:
        return [], [Problem(f"图片读不了（{name}：{e.what}） / a picture cannot be read")]
    height, width = pixels.shape[:2]
    page = PageInk(1, 595.0, 595.0 * height / max(1, width))
    problems: list[Problem] = []
    seeing.see(name, [1], [page], problems, lambda _: pixels) if min(height, width) >= 40 else None
    text = "".join(g.char for g in page.glyphs)
    if len(text) < seeing.LEAST_TEXT or not has_han(text):
        return [], []  # a photograph, a seal, an ornament
    return _unplaced(parts_of([page])), problems


def _unplaced(parts: Sequence[Part]) -> list[Part]:
    """Parts without places on a page, their confidence kept: a flowing document has no pages."""
    for part in parts:
        for run in [c.run for row in part.rows for c in row] if isinstance(part, RawTable) else [part.run]:
            run.places = None if run.places is None else [NOWHERE._replace(sure=p.sure) for p in run.places]
    return list(parts)
