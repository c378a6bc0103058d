"""Headers of score tables: rows of titles, known by their words, or by the columns of numbers below words that are not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.report import Field
from extractor.score_table.places import Line, Place, distinct
from patterns import expressions as re
from patterns.columns import LONGEST, Role, Sense, earlier, endings, senses
from patterns.scores import has_points, is_total, number

_AMOUNT = re.compile(r"(?:.*[:：])?[-−]?[\d,，.]+(?:[万亿]?元|%|分)?")
LEAST = 3  # columns of a score table, and header cells that name a column
_TOP = 4  # rows among which the titles of a table stand
_MOST_TURNS = 4  # titles that take turns in one column
_GENERAL = 2  # characters of a title in the second row that says little without the one above it (情况, 说明)
_LONGEST_BELOW = 14  # characters of a cell in the second row of a header


@dataclass(frozen=True, slots=True)
class Header:
    """Columns as their header names them. words and senses are those of each column, rows the header's own words, for repetitions."""

    words: tuple[str, ...]
    senses: tuple[Mapping[Role, Sense], ...]
    rows: frozenset[tuple[str, ...]] = frozenset()


def names_columns(line: Line) -> bool:
    """A row of column titles: most cells name a column, none is a number, and between them they speak of scores."""
    cells = [p for p in distinct(line) if p.words]
    if len(cells) < LEAST or any(number(p.words) is not None or _AMOUNT.fullmatch(p.words) for p in cells):
        return False
    named = [senses(p.words) for p in cells]
    hits = [s for s in named if s]
    if len(hits) < LEAST or any(len(p.words) > LONGEST + 16 for p in cells):
        return False
    roles = set().union(*hits)
    if "executed" in roles and roles & {"budget", "adjusted"}:
        return True  # beside their parts, 其中：基本支出, 项目支出
    return len(hits) * 5 >= len(cells) * 3 and (bool(roles & {"weight", "claimed"}) or ("rule" in roles and "level" in roles))


def header_at(lines: Sequence[Line], k: int) -> tuple[Header, int] | None:
    """The header that begins at a row, of one row or two, and the row after it."""
    top = lines[k]
    if names_columns(top):
        below = lines[k + 1] if k + 1 < len(lines) else None
        if below is not None and _second(top, below):
            return _joined(top, below), k + 2
        return _told(top), k + 1
    if k + 1 < len(lines) and _may_lead(top) and _second(top, lines[k + 1]):
        joined = _joined(top, lines[k + 1])
        hits = [s for s in joined.senses if any(x.weight for x in s.values())]
        if len(hits) >= LEAST and set().union(*hits) & {"weight", "claimed"}:
            return joined, k + 2
    return None


def _told(line: Line) -> Header:
    """A header of one row."""
    words = tuple(p.words for p in line)
    return Header(words, _of_its_year(words, [senses(w) or endings(w) for w in words]), frozenset({words}))


def _of_its_year(words: Sequence[str], found: Sequence[Mapping[Role, Sense]]) -> tuple[Mapping[Role, Sense], ...]:
    """What titles say, without the columns of an earlier year."""
    old = earlier(words)
    return tuple({} if w in old and "level" not in s else s for w, s in zip(words, found, strict=True))


def words_over_numbers(lines: Sequence[Line]) -> tuple[Header, int, int] | None:
    """The titles of a table whose words are not known, with their first row and the row after them: of the first rows the one, or two, that hold
    short words over every column and no number, where two columns below hold numbers and little else (one where its title says that it is scores)."""
    for k in range(min(_TOP, len(lines) - LEAST)):
        for rows in (lines[k:k + 1], lines[k:k + 2]):
            cells = [p for line in rows for p in distinct(line)]
            if any(len(p.words) > LONGEST or number(p.words) is not None or (has_points(p.words) and any(c.isdigit() for c in p.words)) for p in cells):
                break
            header = _told(rows[0]) if len(rows) == 1 else _joined(*rows)
            if len(rows) == 2 and all(p.words for p in rows[0]) and not any(a.key == b.key for a, b in pairwise(rows[0])):
                break  # a first row of single titles has no second
            if not all(header.words) or len(list(distinct(rows[0]))) < 2 or len(set(header.words)) < LEAST:
                continue
            below = lines[k + len(rows):]
            numeric = [j for j in range(len(header.words)) if _numbers([row[j].words for row in below])]
            if len(numeric) >= 2 or any("claimed" in header.senses[j] for j in numeric):
                return header, k, k + len(rows)
    return None


def _numbers(cells: Sequence[str]) -> bool:
    """A column that holds numbers and little else."""
    filled = [w for w in cells if w]
    found = sum(number(w) is not None for w in filled)
    return bool(filled) and found * 5 >= len(cells) * 3 and found * 5 >= len(filled) * 4


def _may_lead(top: Line) -> bool:
    cells = list(distinct(top))
    return len(cells) >= 2 and all(number(p.words) is None and len(p.words) <= LONGEST for p in cells) and any(senses(p.words) for p in cells)


def _second(top: Line, below: Line) -> bool:
    """The lower row of a header: every cell of its own names a column, under a wider cell or beside one that goes down."""
    above = {p.key for p in top}
    own = [p for p in distinct(below) if p.key not in above]
    if len(own) < 2 or any(number(p.words) is not None or len(p.words) > _LONGEST_BELOW or (has_points(p.words) and any(c.isdigit() for c in p.words)) for p in own):
        return False
    spans = any(a.key == b.key and a.words for a, b in pairwise(top)) or any(not p.words for p in top)
    goes_down = any(p.key in above and p.words for p in below) or any(not p.words for p in below)
    if not spans and not goes_down:
        return False
    pairs = [(t, b.words) for t, b in zip(_filled(top, below), below, strict=True) if b.key not in above and b.words]
    named = sum(bool(_below(t, b)) for t, b in pairs)
    # 年度目标 over 符号, 数值, 计量单位: what says nothing by itself is what stands above it, where its neighbours are titles
    return named == len(pairs) or (named >= LEAST and named * 3 >= len(pairs) * 2)


def _filled(top: Line, below: Line) -> list[str]:
    """The words of a header's upper row; a blank beside a wider cell says what that one says, where something stands under it."""
    out: list[str] = []
    for t, b in zip(top, below, strict=True):
        out.append(t.words or (out[-1] if out and b.words else ""))
    return out


def _below(top: str, below: str) -> Mapping[Role, Sense]:
    found = senses(below) or (endings(below) if len(below) > _GENERAL else {})
    return found or senses(top + below) or senses(below + top)


def _joined(top: Line, below: Line) -> Header:
    words: list[str] = []
    found: list[Mapping[Role, Sense]] = []
    for upper, t, b in zip(_filled(top, below), top, below, strict=True):
        if b.key == t.key or not b.words:
            words.append(t.words)
            found.append(senses(t.words) or endings(t.words))
        else:
            words.append(upper + b.words)
            found.append(_below(upper, b.words) or endings(b.words) or senses(upper))
    return Header(tuple(words), _of_its_year(words, found), frozenset({tuple(p.words for p in top), tuple(p.words for p in below)}))


def repeats(line: Line, header: Header) -> bool:
    """A row that says again what the header says."""
    words = tuple(p.words for p in line)
    filled = [w for w in words if w]
    for row in header.rows:
        same = sum(bool(a) and a == b for a, b in zip(words, row, strict=False))
        if same >= 2 and same * 2 >= len(filled):
            return True
    return False


def unfolded(header: Header, lines: list[Line]) -> tuple[Header, list[Line]]:
    """A table set twice side by side, under the same titles on the left and on the right, as one: the right half below the left. As it was where it
    is none."""
    half, odd = divmod(len(header.words), 2)
    if odd or half < LEAST or header.words[:half] != header.words[half:]:
        return header, lines
    left, right = [line[:half] for line in lines], [line[half:] for line in lines]
    sums = [line for line in left if line and any(is_total(p.words) for p in line[:2])]
    rows = [line for line in [*(x for x in left if x not in sums), *right] if any(p.words for p in line)]
    return Header(header.words[:half], header.senses[:half], frozenset(r[:half] for r in header.rows)), [*rows, *sums]


def folded(header: Header, lines: Sequence[Line]) -> tuple[Header, list[Line]]:
    """A table of which one column holds titles by turns (考核内容 over 计分方法, row under row) and the next one what they say: a column for each
    title, a row for each turn. As it was where no column does."""
    width = len(header.words)
    for j in range(width - 1):
        counts = Counter(line[j].words for line in lines if line[j].words)
        kinds = [k for k in counts if counts[k] >= LEAST]
        labels = [line[j].words for line in lines if line[j].words in kinds]
        if not 2 <= len(kinds) <= _MOST_TURNS or len(labels) < LEAST * len(kinds) or len(labels) * 3 < len(lines) * 2:
            continue
        roles = [set(senses(k)) for k in kinds]
        turns = sum(a == kinds[k % len(kinds)] for k, a in enumerate(labels))
        if not all(roles) or len(set().union(*roles)) < 2 or turns * 10 < len(labels) * 9:
            continue
        words = (*header.words[:j], *kinds, *header.words[j + 2:])
        out: list[Line] = []
        for line in lines:
            if line[j].words not in kinds:
                out.append((*line[:j], *([line[j]] + [line[j + 1]] * (len(kinds) - 1)), *line[j + 2:]))
                continue
            at = kinds.index(line[j].words)
            if at == 0 or not out:
                blanks = [Place(Field("", 0, 0), "", (line[j].key[0], -2 - k), False) for k in range(len(kinds))]
                out.append((*line[:j], *(line[j + 1] if k == at else blanks[k] for k in range(len(kinds))), *line[j + 2:]))
                continue
            last = out[-1]
            out[-1] = (*(a if a.words else b for a, b in zip(last[:j], line[:j], strict=True)),
                       *(line[j + 1] if k == at else last[j + k] for k in range(len(kinds))),
                       *(a if a.words else b for a, b in zip(last[j + len(kinds):], line[j + 2:], strict=True)))
        return Header(words, _of_its_year(words, [senses(w) or endings(w) for w in words]), header.rows), out
    return header, list(lines)
