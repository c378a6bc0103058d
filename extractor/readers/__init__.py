"""One reader per format: a reader makes a Document and nothing else."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from extractor.document import Block, Cell, Document, Table
from patterns.errors import UnusableInput


def read_document(path: str | PathLike[str]) -> Document:
    """Read a file. Raises UnusableInput."""
    file = Path(path)
    try:
        text = file.read_text(encoding="utf8")
    except OSError as e:
        raise UnusableInput(file, f"读不了 / cannot be read ({e.strerror})", "检查路径 / check the path") from e
    except UnicodeDecodeError as e:
        raise UnusableInput(file, "不是文本 / is not text", "换一种格式 / use another format") from e
    blocks: list[Block] = []
    out: list[str] = []
    rows: list[tuple[Cell, ...]] = []
    at = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        if "\t" in line:
            cells, pos = [], at
            for value in line.split("\t"):
                bare = value.strip()
                lead = len(value) - len(value.lstrip())
                cells.append(Cell(bare, pos + lead, pos + lead + len(bare)))
                pos += len(value) + 1
            rows.append(tuple(cells))
            blocks.append(Block("row", at, at + len(line), table=0))
        else:
            line = line.strip().replace("**", "")
            blocks.append(Block("paragraph", at, at + len(line)))
        out.append(line)
        at += len(line) + 1
    width = max((len(r) for r in rows), default=0)
    full = [r + tuple(Cell("", r[-1].end, r[-1].end) for _ in range(width - len(r))) for r in rows]
    tables = (Table(tuple(full), rows[0][0].start, rows[-1][-1].end, tells_merged=False),) if rows else ()
    return Document(str(file), "txt", None, "\n".join(out), tuple(blocks), tables)
