"""The annexed score table, whatever its drafter called its columns: which tables of a document are one, and what their rows say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby

from extractor.document import Document
from extractor.report import Field, Form, Row, ScoreTable, StatedScore, Sum
from extractor.score_table.arithmetic import within
from extractor.score_table.cells import NOTHING, group_weight, told_total
from extractor.score_table.columns import Columns, assign
from extractor.score_table.content import is_sum
from extractor.score_table.funds import Funds, funds_of, funds_told, project_of
from extractor.score_table.grid import Block, blocks
from extractor.score_table.missing import missing, outside, short_of
from extractor.score_table.rows import Above, read_rows
from extractor.score_table.sums import Found, sum_of
from extractor.score_table.weights import with_weights
from patterns import expressions as re
from patterns.scores import is_by_goal, is_caption, is_note, is_title, may_be_caption, number
from patterns.stated_scores import find

__all__ = ["find_score_table", "with_stated"]

_TITLED = re.compile(r"绩效(?:目标)?(?:完成情况)?(?:自评|自我评价)")
_RATE = "预算执行率"  # the row of the funds where the form prints it among its indicators
_FULL = Decimal(100)  # marks of a 绩效自评表
_CONTINUED = 0.5  # of a headless table's filled places under weight and claim, those that hold numbers


@dataclass(slots=True)
class _Part:
    """One score table of the annex, which may run over several tables of the document."""

    blocks: list[tuple[Block, Columns]] = field(default_factory=list)
    funds: Funds | None = None
    at: int = -1  # the table that the funds stand in
    titled: bool = False  # whether a line above says that it is a 绩效自评表
    project: Field = NOTHING
    captions: list[tuple[Field, int, int]] = field(default_factory=list)  # the line over each table, and its rows' indices
    titles: list[Field] = field(default_factory=list)  # the lines over tables that print scores and head no rows
    found: Found = field(default_factory=Found)

    @property
    def weights(self) -> Decimal:
        return sum((r.weight for r in self.found.rows if r.weight is not None), Decimal(0))


def find_score_table(document: Document) -> ScoreTable:
    """The annex: every table of the document that holds maximum and claimed scores; without rows where there is none."""
    parts = _parts(document)
    parts = [p for p in parts if p.found.rows]
    if not parts:
        return ScoreTable((), other=tuple((t.start, t.end) for t in document.tables), missing=outside(document, None))
    for part in parts:
        _without_giants(part)
    forms = _are_forms(parts)
    captions = [] if forms else [(c.start, c.end) for part in parts for c in _headed(part)]
    captions += [(t.start, t.end) for part in parts for t in part.titles]
    rows: list[Row] = []
    sums: list[Sum] = []
    found_forms: list[Form] = []
    lacking: list[str] = []
    for k, part in enumerate(parts, 1):
        form = k if forms and len(parts) > 1 else None
        before = len(rows)
        funds_row = None
        funds = part.funds.row if part.funds is not None else None
        if funds is not None and not any(funds.name.text in r.name.text and (r.weight, r.claimed) == (funds.weight, funds.claimed) for r in part.found.rows):
            rows.append(replace(funds, no=len(rows) + 1, form=form))
            funds_row = len(rows)
        shift = len(rows)
        if funds_row is None and part.funds is not None:
            funds_row = next((r.no + shift for r in part.found.rows if _RATE in r.name.text[:len(_RATE) + 4] and (not r.rule.text or "执行率" in r.rule.text)), None)
        rows += [replace(r, no=r.no + shift, form=form) for r in part.found.rows]
        sums += [replace(s, rows=(s.rows[0] + shift, s.rows[1] + shift)) for s in part.found.sums]
        sums += [s for s in _group_weights(rows[shift:]) if not any(s.label == o.label for o in sums)]
        total = part.found.total
        rows[before:] = with_weights(rows[before:], total.weight if total is not None else None)
        lacking += missing(part.found)
        short = short_of(rows[before:], total, _FULL if _by_goals(part) else None)
        lacking += [short] if short is not None else []
        if total is not None:
            sums.append(replace(total, rows=(1 if not forms and _of_all(total, rows, before) else before + 1, len(rows))))
        if forms:
            found_forms.append(Form(k, (before + 1, len(rows)), part.project, total.claimed if total else None, total.claimed_field if total else None,
                                    part.funds.total if part.funds else None, part.funds.parts if part.funds else (),
                                    part.funds.lists if part.funds else (), funds_row))
    taken = sorted({(b.start, b.end) for p in parts for b, _ in p.blocks} | {p.funds.place for p in parts if p.funds is not None and p.funds.place[1] > p.funds.place[0]})
    inside = set(taken)
    other = tuple((t.start, t.end) for t in document.tables if (t.start, t.end) not in inside)
    stated = _stated(parts, forms, rows) or (_told_below(document, taken[-1][1]) if len(found_forms) < 2 else None)
    if len(found_forms) == 1 and stated is not None:
        found_forms = [replace(found_forms[0], stated_total=stated[0], total_field=stated[1])]
    return ScoreTable(
        tuple(rows), stated[0] if stated else None, stated[1] if stated else None, taken[0][0], taken[-1][1], parts=tuple(sorted({*taken, *captions})), other=other,
        notes=(*(n for p in parts for n in p.found.notes), *_notes_below(document, taken)), sums=tuple(sums), forms=tuple(found_forms),
        missing=(*lacking, *outside(document, taken[0][0])), method="goals" if all(map(_by_goals, parts)) else "rules",
        scaled=any(c.scaled for p in parts for _, c in p.blocks))


def _of_all(total: Sum, rows: Sequence[Row], before: int) -> bool:
    """Whether the total of one of several tables is that of all rows so far: it is their sum, or more than its own table's rows can give."""
    if total.claimed is None or not before:
        return False
    most = sum((max(r.weight or Decimal(0), r.claimed or Decimal(0)) for r in rows[before:]), Decimal(0))
    return total.claimed == sum((r.claimed for r in rows if r.claimed is not None), Decimal(0)) or total.claimed > most


def _group_weights(rows: Sequence[Row]) -> Iterator[Sum]:
    """The weights that the names of domains and subdomains print (产出指标（50分）), with the rows that they group."""
    for level in ("domain", "subdomain"):
        for label, group in groupby(rows, key=lambda r: getattr(r, level)):
            members = list(group)
            weight = group_weight(label) if label.text else None
            if weight is not None:
                yield Sum(label, (members[0].no, members[-1].no), weight[0], weight[1])


def _parts(document: Document) -> list[_Part]:
    """The score tables in order; a table goes on in the next one where that has the same columns (a page or a heading may stand between)."""
    out: list[_Part] = []
    above = Above()
    before: tuple[Block, Columns] | None = None
    for index, table in enumerate(document.tables):
        if not table.rows:
            continue
        for block in blocks(table):
            funds = funds_of(block)
            columns = _continued(block, before) if before is not None and block.header is None and funds is None and not block.money else None
            goes_on = columns is not None
            if funds is not None or block.money:
                _total_below(block, before, out)
            if funds is not None:
                out.append(_Part(funds=funds, at=index, project=project_of(block)))
                above, before = Above(), None
            if columns is None and not block.money and (funds is None or block.header is not None):
                columns = assign(block)
            if columns is None:
                continue
            part = out[-1] if out else None
            if part is not None and part.funds is not None and not part.found.rows and index > part.at + 1:
                part = None  # a budget of something else
            if part is None or (not goes_on and _begins(part, block, before)):
                part = _Part(project=project_of(block), titled=_TITLED.search(document.text, 0, block.start) is not None)
                out.append(part)
                above = Above()
            above.cut = goes_on
            if not goes_on:
                above.bands = []
            part.blocks.append((block, columns))
            begun = len(part.found.rows)
            read_rows(document, block, columns, above, part.found)
            part.captions.append((_caption(document, index), begun, len(part.found.rows)))
            title = _above(document, index)
            if title.text and is_title(title.text):
                part.titles.append(title)
            before = (block, columns)
    parts = _with_funds(out)
    after = 0
    for part in parts:
        if part.found.rows and part.funds is None and _by_goals(part):
            part.funds = funds_told(document, after, part.blocks[0][0].start)
        after = part.blocks[-1][0].end if part.blocks else after
    return parts


def _without_giants(part: _Part) -> None:
    """Rows that would be worth more than the whole are none: amounts of money under scores. They are said to be unread."""
    total = part.found.total
    most = total.weight if total is not None and total.weight is not None else _FULL if _by_goals(part) else None
    if most is None or most <= 0 or not any(r.weight is not None and r.weight > most for r in part.found.rows):
        return
    kept = [r for r in part.found.rows if r.weight is None or r.weight <= most]
    if len(kept) < 2 or sum(r.weight or 0 for r in kept) > most:  # what the rest adds up to is no whole of theirs
        return
    part.found.unread += [r.name for r in part.found.rows if r.weight is not None and r.weight > most]
    part.found.rows[:] = [replace(r, no=k) for k, r in enumerate(kept, 1)]
    part.found.serials[:] = [""] * len(kept)


def _total_below(block: Block, before: tuple[Block, Columns] | None, parts: Sequence[_Part]) -> None:
    """The total of the indicators that stands below the funds which follow them in the same table."""
    if before is None or before[0].table is not block.table or parts[-1].found.total is not None:
        return
    line = next((x for x in block.lines if is_sum(x) and "资金" not in x[0].words), None)
    if line is not None:
        found = sum_of(line, before[1], (1, len(parts[-1].found.rows)))
        parts[-1].found.total = found if found.claimed is not None else None


def _with_funds(parts: list[_Part]) -> list[_Part]:
    """The parts with the funds that stand below their table: where the first table has none above it and the last funds none below them."""
    if not parts or parts[-1].found.rows or parts[0].funds is not None:
        return parts
    out: list[_Part] = []
    for part in parts:
        if not part.found.rows and out and out[-1].funds is None:
            out[-1].funds, out[-1].at = part.funds, part.at
        else:
            out.append(part)
    return out


def _above(document: Document, index: int) -> Field:
    """The line right over a table; nothing where another table stands there."""
    start = document.tables[index].start
    after = document.tables[index - 1].end if index else 0
    block = next((b for b in reversed(document.blocks) if b.end <= start and b.kind != "row"), None)
    return NOTHING if block is None or block.start < after else Field(document.text[block.start:block.end], block.start, block.end)


def _caption(document: Document, index: int) -> Field:
    """The line right over a table that may head its rows."""
    line = _above(document, index)
    return line if line.text and may_be_caption(line.text) else NOTHING


def _headed(part: _Part) -> list[Field]:
    """Give rows without a heading the caption of their table (表一　日常管理（60分）), where it prints a weight or a number of its own, or stands
    over one of several tables that all have one; the captions used."""
    printed = [c for c, _, _ in part.captions if c.text]
    if not any(is_caption(c.text) for c in printed) and not (len(printed) > 1 and len(printed) == len(part.captions)):
        return []
    used, caption = [], NOTHING
    for own, first, stop in part.captions:
        caption = own if own.text else caption
        members = part.found.rows[first:stop]
        if not caption.text or any(r.domain.text for r in members):
            continue
        part.found.rows[first:stop] = [replace(r, domain=caption) for r in members]
        used.append(caption)
    return used


def _begins(part: _Part, block: Block, before: tuple[Block, Columns] | None) -> bool:
    """Whether a headed table is a new one: the one before has ended with its total, or had other columns."""
    if not part.found.rows:
        return False
    return part.found.trailing or before is None or block.header is None or before[0].header is None or block.header.words != before[0].header.words


def _continued(block: Block, before: tuple[Block, Columns]) -> Columns | None:
    """The columns of the table before, where they fit a table without a header."""
    earlier, columns = before
    if not block.lines or not earlier.lines or len(block.lines[0]) != len(earlier.lines[0]):
        return None
    scores = [columns.roles[r] for r in ("weight", "claimed") if r in columns.roles]
    words = [line[j].words for line in block.lines for j in scores if line[j].words]
    first = [block.lines[0][j].words for j in scores]
    if (words and sum(number(w) is not None for w in words) < _CONTINUED * len(words)) or any(w and number(w) is None for w in first):
        return None
    if "weight" in columns.roles:
        pairs = [(number(line[columns.roles["weight"]].words), number(line[columns.roles["claimed"]].words)) for line in block.lines]
        both = [(w, c) for w, c in pairs if w is not None and c is not None]
        if sum(not within(w, c) for w, c in both) > max(1, len(both) // 5):
            return None
    return columns


_KINDS = ("产出", "效益", "满意度")  # what a 绩效自评表 divides its indicators into


def _by_goals(part: _Part) -> bool:
    """Whether a table is a 绩效自评表: goal and result a row, no rule of its own a row, and a title that says so, funds or the kinds of indicators beside them."""
    rows = part.found.rows
    if sum(bool(r.target.text and r.actual.text) for r in rows) * 2 < len(rows) or len({r.rule.text for r in rows if not is_by_goal(r.rule.text)}) * 3 > len(rows) + 3:
        return False
    return part.titled or part.funds is not None or sum(any(kind in r.domain.text for r in rows) for kind in _KINDS) >= 2


def _are_forms(parts: Sequence[_Part]) -> bool:
    """Whether the tables are forms, each for itself: they have funds of their own, or weights of the same full marks each."""
    if any(p.funds is not None or _by_goals(p) for p in parts):
        return True
    weights = [p.weights for p in parts]
    return len(parts) > 1 and min(weights) > 0 and max(weights) <= min(weights) * Decimal("1.2") and min(weights) >= 90


def _stated(parts: Sequence[_Part], forms: bool, rows: Sequence[Row]) -> tuple[Decimal, Field] | None:
    """The stated total of the whole annex: of several tables that are one, the number that is the sum of all."""
    totals = [(p.found.total.claimed, p.found.total.claimed_field) for p in parts if p.found.total is not None and p.found.total.claimed is not None]
    if forms and len(parts) > 1:
        return None
    if len(totals) <= 1:
        return totals[0] if totals else None
    everything = sum((r.claimed for r in rows if r.claimed is not None), Decimal(0))
    return next((t for t in totals if t[0] == everything), None)


def _told_below(document: Document, end: int) -> tuple[Decimal, Field] | None:
    """The total that the line right below the annex tells (合计得分：95.5分), where it tells nothing else."""
    block = next((b for b in document.blocks if b.start >= end), None)
    if block is None or block.kind == "row":
        return None
    return told_total(Field(document.text[block.start:block.end], block.start, block.end))


def with_stated(document: Document, table: ScoreTable, narrative: Sequence[tuple[int, int]]) -> ScoreTable:
    """The annex with the scores that the narrative states for it; its total is the last of them where the table prints none."""
    found = []
    for start, end in narrative:
        for s in find(document.text, start, end):
            found.append(StatedScore(s.kind, s.value, Field(document.text[s.start:s.end], s.start, s.end),
                                     Field(document.text[s.number_start:s.number_end], s.number_start, s.number_end)))
    total = next((s for s in reversed(found) if s.kind == "total"), None)
    if table.rows and table.stated_total is None and len(table.forms) < 2 and total is not None:
        forms = tuple(replace(f, stated_total=total.value, total_field=total.field) for f in table.forms)
        table = replace(table, stated_total=total.value, total_field=total.field, forms=forms)
    return replace(table, stated=tuple(found))


def _notes_below(document: Document, taken: Sequence[tuple[int, int]]) -> list[Field]:
    """The paragraphs right below a table that explain it: one that says 注 or 备注, and the numbered ones after it."""
    out: list[Field] = []
    for _, end in taken:
        going = False
        for b in document.blocks:
            if b.start < end or b.kind == "row":
                if b.start >= end:
                    break
                continue
            text = document.text[b.start:b.end]
            if not is_note(text) and not (going and re.match(r"\s*[（(]?\d{1,2}[）)]?[.．、]", text)):
                break
            going = True
            out.append(Field(text, b.start, b.end))
    return out
