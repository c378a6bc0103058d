"""Rows of a block whose columns are known: indicators with merged cells filled, subtotals, totals, headings and notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.document import Document
from extractor.report import Field, Row, Sum
from extractor.score_table.cells import NOTHING, group_weight, last_number, told_total, weight_in, weight_in_rule
from extractor.score_table.columns import Columns, is_band, is_beside, is_sum
from extractor.score_table.grid import Block, Line, distinct, repeats
from patterns.columns import Role
from patterns.outline import enumerator
from patterns.scores import has_points, is_blank, is_note, is_sign, is_subtotal, is_total, number, squash

_LONGEST_HEADING = 60
_LEAST_OF_TOTAL = 4  # rows of which the last may be the total of the others


@dataclass(slots=True)
class Above:
    """What the rows so far hand down: merged cells, the heading, the number of the last row."""

    no: int = 0
    levels: list[Field] = field(default_factory=list)
    lead: Field = NOTHING
    bands: list[Field] = field(default_factory=list)  # the headings that the rows stand under, the widest first
    page: int | None = None
    cut: bool = False  # a page ended here: what is blank in the next row goes on with the row above
    blank: tuple[int, int] | None = None  # the lead's cell whose words stand on the page before


@dataclass(slots=True)
class Found:
    """What a table gives, before it is known whether it stands alone."""

    rows: list[Row] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    total: Sum | None = None
    notes: list[Field] = field(default_factory=list)
    serials: list[str] = field(default_factory=list)  # as printed, a row each
    unread: list[Field] = field(default_factory=list)  # the first cells of rows that print scores and could not be read
    trailing: bool = False  # whether the last row read was the total


def read_rows(document: Document, block: Block, columns: Columns, above: Above, found: Found) -> None:
    """Add the rows of a block to what was found, and go on from what the rows above hand down."""
    lead_column = columns.roles.get("lead")
    merges_lead = block.tells_merged and lead_column is not None and any(line[lead_column].merged for line in block.lines)
    last: Line | None = None
    group = above.no + 1  # the first row since the last subtotal
    begun = len(found.rows)
    headings: list[tuple[Field, int, int]] = []  # with the row that follows, and how many headings it stands under
    banded = False  # whether the row above is a heading too
    for k, line in enumerate(block.lines):
        own = list(distinct(line))
        if not own:
            continue
        under, banded = banded, False
        if block.header is not None and repeats(line, block.header):
            above.cut = True
            continue
        if is_sum(line):
            if any(is_subtotal(p.words) for p in own[:3]):
                found.sums.append(_sum(line, columns, (group, above.no)))
                group = above.no + 1
            else:
                total = _sum(line, columns, (1, above.no))
                if found.total is None or (found.total.claimed is None and total.claimed is not None):
                    found.total = total
                found.trailing = bool(found.rows)
            last = None
            continue
        if is_beside(line):
            last = None
            continue
        if is_band(line):
            told = told_total(own[0].field)
            if told is not None:
                found.total = found.total or Sum(own[0].field, (1, above.no), claimed=told[0], claimed_field=told[1])
                found.trailing = bool(found.rows)
            elif is_note(own[0].field.text) or is_note(own[0].words + "："):
                found.notes.append(own[0].field)
            elif _is_heading(line, columns):
                above.bands = _stacked(above.bands, own[0].field, under, k + 1 < len(block.lines) and _is_heading(block.lines[k + 1], columns))
                above.levels = []
                banded = True
                headings.append((own[0].field, above.no + 1, len(above.bands)))
                group = above.no + 1
            last = None
            continue
        page = document.page(line[columns.name].field.start)
        above.cut, above.page = above.cut or page != above.page, page
        row = _row(line, last, columns, above, merges_lead)
        if row is None and found.rows and last is not None and _continues(line, last, columns):
            found.rows[-1] = _longer(found.rows[-1], line, columns)
        elif row is not None:
            above.no += 1
            found.rows.append(row)
            serial = columns.roles.get("serial")
            found.serials.append(line[serial].words if serial is not None else "")
            found.trailing = False
        elif not _template(line, columns):
            found.unread.append(own[0].field)
        last = line
    found.rows[begun:] = _without_groups(_without_total(found.rows[begun:], found), found.serials[begun:], found)
    above.no = found.rows[-1].no if found.rows else 0
    for k, (heading, first_row, depth) in enumerate(headings):
        stop = next((row - 1 for _, row, d in headings[k + 1:] if d <= depth), above.no)
        weight = group_weight(heading)
        if weight is not None and first_row <= stop:
            found.sums.append(Sum(heading, (first_row, stop), weight[0], weight[1]))


def _is_heading(line: Line, columns: Columns) -> bool:
    """A row of one short text where headings begin: not in the columns right of the names."""
    own = list(distinct(line))
    return is_band(line) and len(own[0].words) <= _LONGEST_HEADING and line.index(own[0]) <= columns.name and not is_note(own[0].field.text)


def _stacked(bands: list[Field], new: Field, under: bool, over: bool) -> list[Field]:
    """The headings that hold once a new one stands in the table, two at most. under: it stands directly under another one; over: another
    one stands directly under it."""
    styles = [_style(f) for f in bands]
    style = _style(new)
    if style and style in styles:
        return [*bands[:styles.index(style)], new]
    if under and bands:
        return [bands[0], new]
    if len(bands) == 2 and not style and not any(styles) and not over:
        return [bands[0], new]  # 产出指标, 数量指标, …, 质量指标
    return [new]


def _style(heading: Field) -> str:
    """The style of the number that a heading begins with, "" where it has none: headings of one level share it."""
    found = enumerator(heading.text)
    return found.style if found is not None else ""


def _without_total(rows: list[Row], found: Found) -> list[Row]:
    """The last row, or the first one, is the total under a label of its own (总评, 汇总) where the others add up to its weight and its claim and it has no rule."""
    if found.total is not None or len(rows) < _LEAST_OF_TOTAL:
        return rows
    for k in (len(rows) - 1, 0):
        others = [r for i, r in enumerate(rows) if i != k]
        weights, claims = [r.weight for r in others if r.weight is not None], [r.claimed for r in others if r.claimed is not None]
        if not rows[k].rule.text and not rows[k].target.text and len(weights) == len(claims) == len(others) and (
                (rows[k].weight, rows[k].claimed) == (sum(weights, Decimal(0)), sum(claims, Decimal(0)))):
            total = rows[k]
            found.total = Sum(total.name, (1, len(others)), total.weight, total.weight_field, total.claimed, total.claimed_field)
            found.trailing = k > 0
            del found.serials[len(found.serials) - len(rows) + k]
            return [replace(r, no=rows[0].no + i) for i, r in enumerate(others)]
    return rows


def _without_groups(rows: list[Row], serials: list[str], found: Found) -> list[Row]:
    """Rows that stand for those below them are no indicators: without a rule where the others have one, or numbered 1 over 1.1, and with
    the weight that those add up to. They become the heading and the sum of their group."""
    ruled = sum(bool(r.rule.text) for r in rows) * 2 >= len(rows)
    heads = [k for k, r in enumerate(rows) if r.weight is not None and ((ruled and not r.rule.text) or (
        serials[k] and k + 1 < len(rows) and serials[k + 1].startswith((serials[k].rstrip(".．") + ".", serials[k].rstrip("-") + "-"))))]
    out: list[Row] = []
    head: Row | None = None
    for k, r in enumerate(rows):
        if k in heads:
            stop = next((h for h in heads if h > k), len(rows))
            below = rows[k + 1:stop]
            nested = bool(serials[k]) and bool(below) and all(s.startswith(serials[k].rstrip(".．")) and s != serials[k] for s in serials[k + 1:stop])
            if below and (nested or sum((b.weight for b in below if b.weight is not None), Decimal(0)) == r.weight):
                head = r
                first = rows[0].no + len(out)
                found.sums.append(Sum(r.name, (first, first + len(below) - 1), r.weight, r.weight_field, r.claimed, r.claimed_field))
                continue
            head = None
        domain = head.name if head is not None and not r.domain.text else r.domain
        out.append(replace(r, no=rows[0].no + len(out), domain=domain))
    return out


def _row(line: Line, last: Line | None, columns: Columns, above: Above, merges_lead: bool) -> Row | None:
    roles = columns.roles
    levels = _levels(line, columns, above)
    lead_column = roles.get("lead")
    lead = _at(line, lead_column)
    if lead_column is not None and not lead.text and (above.cut or line[lead_column].key == above.blank):
        above.blank = line[lead_column].key
    elif lead.text or merges_lead:
        above.lead = lead
    above.cut = False
    name = levels[-1]
    claimed_place = line[roles["claimed"]]
    claimed = number(claimed_place.words)
    weight, weight_field = _weight(line, last, columns, name)
    rule = _at(line, roles["rule"]) if "rule" in roles else name if has_points(squash(name.text)) and weight_in(name) is None else NOTHING
    if not name.text or is_blank(squash(name.text)):
        return None
    if weight is None and (columns.source == "name" or (not line[columns.name].words and columns.source == "column")):
        return None  # a name of the row above, and nothing to earn
    if weight is None and claimed is None and not _unscored(line, last, columns, rule):
        return None
    if last is not None and _same(line, last, columns, ("claimed", "weight")) and _same_name(line, last, columns):
        return None  # one indicator over several rows
    wider = [f for f in (above.bands if len(levels) < 3 or not levels[0].text else ()) if f.text]
    wider += [f for f in levels[:-1] if f.text]
    return Row(
        no=above.no + 1, domain=wider[0] if wider else NOTHING, subdomain=wider[1] if len(wider) > 1 else NOTHING, weight=weight, weight_field=weight_field,
        name=name, rule=rule, lead=above.lead, claimed=claimed, claimed_field=claimed_place.field, basis=_at(line, roles.get("basis")),
        target=_target(line, roles), actual=_at(line, roles.get("actual")), reason=_at(line, roles.get("reason")),
        checked=_at(line, roles.get("checked")), evidence=_at(line, roles.get("evidence")), sign=_at(line, roles.get("sign")))


def _unscored(line: Line, last: Line | None, columns: Columns, rule: Field) -> bool:
    """A row that prints no number and is an indicator all the same: a name and a rule of its own."""
    if "rule" not in columns.roles or not has_points(squash(rule.text)) or not line[columns.name].words:
        return False
    return last is None or (not _same(line, last, columns, ("rule",)) and not _same_name(line, last, columns))


def _template(line: Line, columns: Columns) -> bool:
    """A row that prints no score and no rule: nothing is lost with it."""
    scores = [columns.roles[r] for r in ("weight", "claimed") if r in columns.roles]
    return all(number(line[j].words) is None for j in scores) and not has_points(squash(_at(line, columns.roles.get("rule")).text))


def _levels(line: Line, columns: Columns, above: Above) -> list[Field]:
    """The names of all levels; a blank place goes on with what stands above it, as long as nothing wider has changed."""
    out: list[Field] = []
    before = above.levels
    changed = False
    for k, j in enumerate(columns.levels):
        place = line[j]
        old = before[k] if k < len(before) else NOTHING
        if place.words:
            if place.field != old:
                if k == 0 and len(columns.levels) > 1:
                    above.lead = NOTHING
                changed = True
            out.append(place.field)
        else:
            out.append(NOTHING if changed else old)
    above.levels = out
    if not out[-1].text and len(out) > 1:
        wider = [f for f, j in zip(out, columns.levels, strict=True) if f.text and line[j].words]
        if wider:
            return [*out[:-1], wider[-1]]
    return out


def _weight(line: Line, last: Line | None, columns: Columns, name: Field) -> tuple[Decimal | None, Field]:
    if columns.source == "column":
        place = line[columns.roles["weight"]]
        if last is not None and place.merged and place.key == last[columns.roles["weight"]].key and not _same_name(line, last, columns):
            return None, NOTHING  # one weight for several indicators: that of their group
        return number(place.words), place.field
    if columns.source == "name":
        found = weight_in(name, columns.bare)
        return found if found is not None else (None, NOTHING)
    if columns.source == "rule":
        found = weight_in_rule(line[columns.roles["rule"]].field)
        return found if found is not None else (None, NOTHING)
    return None, NOTHING


def _target(line: Line, roles: dict[Role, int]) -> Field:
    revised = _at(line, roles.get("revised"))
    value = revised if revised.text and not is_blank(squash(revised.text)) else _at(line, roles.get("target"))
    sign, unit = _at(line, roles.get("sign")), _at(line, roles.get("unit"))
    before = sign if is_sign(squash(sign.text)) else NOTHING
    pieces = [f for f in (before, value, unit if value.text else NOTHING) if f.text]
    if len(pieces) < 2:
        return value
    return Field("".join(f.text for f in pieces), min(f.start for f in pieces), max(f.end for f in pieces))


def _at(line: Line, column: int | None) -> Field:
    return line[column].field if column is not None else NOTHING


def _same(line: Line, last: Line, columns: Columns, roles: tuple[Role, ...]) -> bool:
    """Whether two rows show the same merged cell in every one of these columns that there is."""
    found = [columns.roles[r] for r in roles if r in columns.roles]
    return bool(found) and all(line[j].key == last[j].key for j in found)


def _same_name(line: Line, last: Line, columns: Columns) -> bool:
    return line[columns.name].key == last[columns.name].key


def _continues(line: Line, last: Line, columns: Columns) -> bool:
    """Whether a row without a number of its own goes on with the indicator above: its name is merged with it or blank."""
    place = line[columns.name]
    return ((place.key == last[columns.name].key or not place.words) and number(line[columns.roles["claimed"]].words) is None) or (
        _same(line, last, columns, ("claimed",)) and _same_name(line, last, columns))


def _longer(row: Row, line: Line, columns: Columns) -> Row:
    """An indicator with the texts of one more row."""
    def joined(role: Role, old: Field) -> Field:
        more = _at(line, columns.roles.get(role))
        if not more.text or more.start < old.end:
            return old
        return Field(f"{old.text}\n{more.text}" if old.text else more.text, old.start if old.text else more.start, more.end)

    return replace(row, rule=joined("rule", row.rule), basis=joined("basis", row.basis), actual=joined("actual", row.actual),
                   reason=joined("reason", row.reason))


def _sum(line: Line, columns: Columns, rows: tuple[int, int]) -> Sum:
    """The weight and the claim of a total's row: under their columns, else behind their labels, else its last number."""
    own = list(distinct(line))
    label = next((p for p in own if is_total(p.words) or is_subtotal(p.words)), own[0])
    weight = claimed = None
    weight_field = claimed_field = NOTHING
    place = line[columns.roles["claimed"]]
    if number(place.words) is not None and place.key != label.key:
        claimed, claimed_field = number(place.words), place.field
    column = columns.roles.get("weight")
    if column is not None and number(line[column].words) is not None and line[column].key != label.key and line[column].key != place.key:
        weight, weight_field = number(line[column].words), line[column].field
    labelled = [(a, b) for a, b in zip(own, own[1:], strict=False) if number(a.words) is None and number(b.words) is not None]
    for a, b in labelled:
        if "得分" in a.words and a is not label:
            claimed, claimed_field = number(b.words), b.field
    if claimed is None:
        for p in own[1:]:
            if number(p.words) is not None and not (column is not None and p.key == line[column].key):
                claimed, claimed_field = number(p.words), p.field
    if claimed is None and not any(number(p.words) is not None for p in own):
        for p in reversed(own):
            said = last_number(p.field)
            if said is not None and ("得" in p.words or "评" in p.words or not is_total(p.words)):
                (claimed, claimed_field) = said
                break
    if weight is None:
        printed = weight_in(label.field) or next((w for p in own[1:] if p.field != claimed_field and number(p.words) is None
                                                  and (w := weight_in(p.field)) is not None), None)
        if printed is not None and printed[1] != claimed_field:
            weight, weight_field = printed
    return Sum(label.field, rows, weight, weight_field, claimed, claimed_field)
