"""Rows of a block whose columns are known: indicators with merged cells filled, subtotals, totals, headings and notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from extractor.document import Document
from extractor.report import Field, Row, Sum
from extractor.score_table.cells import NOTHING, group_weight, told_claim, told_total, weight_in, weight_in_rule
from extractor.score_table.columns import Columns
from extractor.score_table.content import is_band, is_beside, is_sum
from extractor.score_table.grid import Block
from extractor.score_table.headers import repeats
from extractor.score_table.places import Line, Place, distinct
from extractor.score_table.sums import Found, sum_of, without_groups, without_total
from patterns.columns import LONGEST, Role, best
from patterns.outline import enumerator
from patterns.scores import has_points, is_blank, is_caption, is_note, is_sign, is_subtotal, is_total, number, squash

_LONGEST_HEADING = 60


@dataclass(slots=True)
class Above:
    """What the rows so far hand down: merged cells, the heading, the number of the last row."""

    no: int = 0
    levels: list[Field] = field(default_factory=list)
    lead: Field = NOTHING
    bands: list[Field] = field(default_factory=list)  # the headings that the rows stand under, the widest first
    page: int | None = None
    cut: bool = False  # a page ended here, or a heading stands between: what is blank in the next row goes on with the row above
    blank: tuple[int, int] | None = None  # the lead's cell whose words stand on the page before


def read_rows(document: Document, block: Block, columns: Columns, above: Above, found: Found) -> None:
    """Add the rows of a block to what was found, and go on from what the rows above hand down."""
    lead_column = columns.roles.get("lead")
    merges_lead = block.tells_merged and lead_column is not None and any(line[lead_column].merged for line in block.lines)
    last: Line | None = None
    group = above.no + 1  # the first row since the last subtotal
    begun = len(found.rows)
    if block.above and not above.bands and is_band(block.above[-1]) and _is_heading(block.above[-1], columns) and is_caption(next(distinct(block.above[-1])).field.text):
        above.bands = [next(distinct(block.above[-1])).field]  # it stands over the titles
    headings: list[tuple[Field, int, int]] = []  # with the row that follows, and how many headings it stands under
    totals: list[tuple[Sum, list[Place]]] = []
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
            wider = [line[j] for j in columns.levels[:-1]]
            if wider and wider[0].words and not wider[0].merged and is_subtotal(line[columns.levels[1]].words):
                above.levels = [wider[0].field]  # 组织 | 小计: the group begins with its sum
            if not any(is_total(p.words) for p in own[:3]):
                found.sums.append(sum_of(line, columns, (group, above.no)))
                group = above.no + 1
            else:
                totals.append((sum_of(line, columns, (group, above.no)), [p for p in own if number(p.words) is not None]))
                group = above.no + 1
                found.trailing = bool(found.rows)
            last = None
            continue
        if is_beside(line):
            last = None
            continue
        if last is not None and found.rows and _goes_on_alone(line, columns):
            found.rows[-1] = _longer(found.rows[-1], line, columns)
            continue
        if is_band(line):
            own = own[-1:]
            said = _labelled(own[0].field)
            if said is not None and found.rows and last is not None:
                found.rows[-1] = _with(found.rows[-1], *said)
                continue
            told = told_total(own[0].field)
            if told is not None:
                found.total = found.total or Sum(own[0].field, (1, above.no), claimed=told[0], claimed_field=told[1])
                found.trailing = bool(found.rows)
            elif is_note(own[0].field.text) or is_note(own[0].words + "："):
                found.notes.append(own[0].field)
            elif _is_heading(line, columns):
                above.bands = _stacked(above.bands, own[0].field, under, k + 1 < len(block.lines) and _is_heading(block.lines[k + 1], columns))
                above.levels = []
                above.cut = True
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
    _settle(totals, found)
    found.rows[begun:] = without_groups(without_total(found.rows[begun:], found), found.serials[begun:], found)
    above.no = found.rows[-1].no if found.rows else 0
    for k, (heading, first_row, depth) in enumerate(headings):
        stop = next((row - 1 for _, row, d in headings[k + 1:] if d <= depth), above.no)
        weight = group_weight(heading)
        if weight is not None and first_row <= stop:
            found.sums.append(Sum(heading, (first_row, stop), weight[0], weight[1]))


def _settle(totals: list[tuple[Sum, list[Place]]], found: Found) -> None:
    """Of several rows that call themselves totals the one whose claim is the sum of all is the total, else the last one that prints a claim; the
    others are those of their group. A total whose numbers stand a column further than their titles is read as what they add up to."""
    if not totals:
        return
    everything = sum((r.claimed for r in found.rows if r.claimed is not None), Decimal(0))
    weights = sum((r.weight for r in found.rows if r.weight is not None), Decimal(0))
    told = []
    for s, numbers in totals:
        if s.weight is None and s.claimed is not None and s.claimed >= weights > 0 and s.claimed != everything:
            # a row that was not read, of the funds, adds no more to the claims than to the weights
            moved = next((p for p in numbers if p.field.start > s.claimed_field.start and Decimal(0) <= (number(p.words) or Decimal(-1)) - everything
                          <= s.claimed - weights), None)
            if moved is not None:
                s = replace(s, weight=s.claimed, weight_field=s.claimed_field, claimed=number(moved.words), claimed_field=moved.field)
        told.append(s)
    printed = [t for t in told if t.claimed is not None] or told
    whole = next((t for t in reversed(printed) if t.claimed == everything), printed[-1])
    if found.total is None or (found.total.claimed is None and whole.claimed is not None) or whole.claimed == everything:
        found.total = replace(whole, rows=(1, len(found.rows)))
    found.sums += [t for t in told if t is not whole and t.rows[0] <= t.rows[1]]


def _is_heading(line: Line, columns: Columns) -> bool:
    """A row of one short text where headings begin: not in the columns right of the names."""
    own = list(distinct(line))[-1:]
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
    claimed, claimed_field = told_claim(claimed_place.field) if columns.told else (number(claimed_place.words), claimed_place.field)
    weight, weight_field = _weight(line, last, columns, name)
    basis = claimed_place.field if columns.told and "basis" not in roles else _at(line, roles.get("basis"))
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
        name=name, rule=rule, lead=above.lead, claimed=claimed, claimed_field=claimed_field, basis=basis,
        target=_target(line, roles), actual=_at(line, roles.get("actual")), reason=_at(line, roles.get("reason")),
        checked=_at(line, roles.get("checked")), evidence=_at(line, roles.get("evidence")),
        extra=number(line[columns.plus].words) if columns.plus is not None else None, sign=_at(line, roles.get("sign")))


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
        if columns.numbered:
            return weight_in(place.field) or (None, NOTHING)
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


def _labelled(cell: Field) -> tuple[Role, Field] | None:
    """What a row of one cell tells of the indicator above it under a label of its own (自评说明：已全部办结), with the words behind the label."""
    label, colon, words = cell.text.replace(":", "：").partition("：")
    role = best(label) if colon and words.strip() and len(label) <= LONGEST else None
    if role not in ("basis", "actual", "reason"):
        return None
    start = cell.start + len(label) + 1 + len(words) - len(words.lstrip())
    return role, Field(cell.text[start - cell.start:].rstrip(), start, start + len(cell.text[start - cell.start:].rstrip()))


def _with(row: Row, role: Role, words: Field) -> Row:
    """An indicator with what a row of its own tells of it."""
    if getattr(row, role).text:
        return row
    return replace(row, basis=words) if role == "basis" else replace(row, actual=words) if role == "actual" else replace(row, reason=words)


def _goes_on_alone(line: Line, columns: Columns) -> bool:
    """Whether a row holds nothing but one more piece of rule or evidence, under its column: the indicator above goes on."""
    own = list(distinct(line))
    told: tuple[Role, ...] = ("rule", "basis", "actual", "reason")
    at = [j for j, p in enumerate(line) if p.key == own[0].key]
    return is_band(line) and len(at) == 1 and at[0] != columns.name and at[0] in {columns.roles[r] for r in told if r in columns.roles}


def _longer(row: Row, line: Line, columns: Columns) -> Row:
    """An indicator with the texts of one more row."""
    def joined(role: Role, old: Field) -> Field:
        more = _at(line, columns.roles.get(role))
        if not more.text or more.start < old.end:
            return old
        return Field(f"{old.text}\n{more.text}" if old.text else more.text, old.start if old.text else more.start, more.end)

    return replace(row, rule=joined("rule", row.rule), basis=joined("basis", row.basis), actual=joined("actual", row.actual),
                   reason=joined("reason", row.reason))


