"""The funds block of a 绩效自评表 (财预〔2020〕10号): 年初预算数, 全年预算数, 全年执行数, 执行率, and the score that the rate earns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.document import Document
from extractor.report import Amount, Field, Money, Row
from extractor.score_table.cells import NOTHING
from extractor.score_table.content import is_band, is_sum
from extractor.score_table.grid import Block
from extractor.score_table.places import Line, Place, distinct
from patterns import expressions as re
from patterns.columns import Role, Sense, senses
from patterns.scores import is_blank, number, squash, weight_in

_MONEY: tuple[Role, ...] = ("budget", "adjusted", "executed", "rate")
_TOTAL = re.compile(r"(?:年度|项目|资金|预算|支出)*(?:资金)?总?(?:总额|金额合计|合计|总计|资金总额|支出总额)[:：]?(?:[（(].*[）)])?")
_TOLD = re.compile(r"(?:其中[：:])?\s*(?P<label>[\u4e00-\u9fff（）()“”]{2,24})[：:]\s*(?P<amount>[-−]?[\d,，]+(?:\.\d+)?)\s*(?:万元|元)?")
_CELL = 24  # characters of a paragraph that was a cell
_LABELLED = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,12}(?:[（(][A-Za-z/÷]{1,3}[）)])?)\s*(?:为|是|共计?)?[：:]?\s*(?P<amount>[-−]?\d[\d,，]*(?:\.\d+)?(?:万?元|%)?)")
_AMOUNT = re.compile(r"[-−]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[-−]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Funds:
    """A funds block: its total row, the rows of which that is the sum, and the indicator 预算执行率 where a score is printed."""

    total: Money | None
    parts: tuple[Money, ...]
    lists: tuple[tuple[Amount, ...], ...]
    row: Row | None
    place: tuple[int, int]


def amount(words: str) -> Decimal | None:
    """An amount of money as printed, separators taken out; None for "", "-" and words."""
    m = _AMOUNT.fullmatch(words.removesuffix("万元").removesuffix("元").removesuffix("%"))
    return Decimal(re.sub("[,，]", "", m[0]).replace("−", "-")) if m else None


def funds_of(block: Block) -> Funds | None:
    """The funds that a block holds, under a header that names budget and spending, beside such labels, or below them; None where there are none."""
    if block.header is not None:
        return _headed(block) or _beside(block, block.above)
    return _beside(block, block.lines)


def funds_told(document: Document, start: int, end: int) -> Funds | None:
    """The funds that the lines of a stretch outside the tables tell (年初预算数120万元，全年执行数117.2万元，…，分值10分，得分9.77分); None where they do not
    tell what was budgeted, what was spent and the score."""
    for first, last in _stretches(document, start, end):
        found: dict[Role, Place] = {}
        for m in _LABELLED.finditer(document.text, first, last):
            known = senses(squash(m["label"]))
            role = next((r for r in (*_MONEY, "weight", "claimed") if _names(known, r)), None)
            if role is not None and role not in found:
                field = Field(m["amount"], m.start("amount"), m.end("amount"))
                found[role] = Place(field, squash(m["amount"]), (0, len(found) + 1), False)
        if _enough(found.keys()) and {"weight", "claimed"} <= found.keys():
            line = (_BLANK, *found.values())
            at: dict[Role, int] = {role: k + 1 for k, role in enumerate(found)}
            total = _money(line, at)
            return Funds(total, (), (), _indicator(line, at, total, ()), (first, first))
    return None


def _stretches(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a stretch; short ones that follow one another are one (labels and amounts a line each)."""
    run: list[tuple[int, int]] = []
    for block in document.blocks:
        if block.kind == "row" or not start <= block.start < end:
            continue
        if block.end - block.start <= _CELL:
            run.append((block.start, block.end))
            continue
        if run:
            yield run[0][0], run[-1][1]
            run = []
        yield block.start, block.end
    if run:
        yield run[0][0], run[-1][1]


def _headed(block: Block) -> Funds | None:
    """Funds under a header of their own; None where it names no budget and spending, or there is no total row."""
    assert block.header is not None
    roles = set().union(*(s.keys() for s in block.header.senses)) if block.header.senses else set()
    if len(roles & {"budget", "adjusted", "executed"}) < 2:
        return None
    at: dict[Role, int] = {}
    for j in block.columns:
        if not any(amount(line[j].words) is not None for line in block.lines):
            continue  # the label above the rows' names
        for role in (*_MONEY, "weight", "claimed"):
            if role not in at and _names(block.header.senses[j], role):
                at[role] = j
                break
    rows = [line for line in block.lines if not is_band(line) and any(amount(line[at[r]].words) is not None for r in _MONEY[:3] if r in at)]
    return _made(block, rows, at, block.header.words) if rows else None


def _names(found: Mapping[Role, Sense], role: Role) -> bool:
    """Whether a role is the best reading of a title."""
    return role in found and found[role].weight == max(s.weight for s in found.values())


def _role(place: Place) -> Role | None:
    """What a label beside an amount says that it is."""
    found = senses(place.words.rstrip("：:"))
    return next((r for r in (*_MONEY, "weight", "claimed") if _names(found, r)), None)


def _beside(block: Block, lines: Sequence[Line]) -> Funds | None:
    """Funds whose labels stand left of the amounts: one label a row and a column for the total and each part (labels down the side), or
    labels and amounts by turns."""
    pieces = [line for line in lines if not is_sum(line) or "资金" in line[0].words]
    found = _down(pieces)
    scores = {role: place for role, place in _turns(pieces).items() if role in ("weight", "claimed")}
    if found is not None and scores and not scores.keys() & found[1].keys():
        rows, at, titles = found
        for role in scores:
            at[role] = len(rows[0])
            rows = [(*row, scores[role][1] if k == 0 else _BLANK) for k, row in enumerate(rows)]
        found = rows, at, [*titles, *(a.words for a, _ in scores.values())]
    found = found or _by_turns(pieces)
    return _made(block, *found) if found is not None else None


_Sheet = tuple[list[Line], dict[Role, int], Sequence[str]]


def _down(lines: Sequence[Line]) -> _Sheet | None:
    """A sheet that stands on its side, set upright."""
    rows: dict[Role, tuple[int, Line]] = {}
    for line in lines:
        own = list(distinct(line))
        labels = [p for p in own if amount(p.words) is None and not is_blank(p.words)]
        role = next((r for p in reversed(labels) if (r := _role(p)) is not None), None)
        if role is not None and role not in rows and len(labels) <= 2 and any(amount(p.words) is not None for p in own):
            rows[role] = (max(line.index(p) for p in labels), line)
    if not _enough(rows.keys()):
        return None
    first = max(j for j, _ in rows.values()) + 1
    top = next((line for line in lines if all(amount(p.words) is None for p in distinct(line)) and len(list(distinct(line))) >= 2), None)
    at: dict[Role, int] = {role: k + 1 for k, role in enumerate(rows)}
    out = []
    for j in range(first, len(lines[0])):
        values = [line[j] for _, line in rows.values()]
        if any(amount(p.words) is not None for p in values) and (j == first or any(p.key != line[j - 1].key for p, (_, line) in zip(values, rows.values(), strict=True))):
            out.append((top[j] if top is not None else _BLANK, *values))
    return (out, at, [line[j].words for j, line in rows.values()]) if out else None


def _by_turns(lines: Sequence[Line]) -> _Sheet | None:
    """Label, amount, label, amount, in one row or over a few."""
    found = _turns(lines)
    if not _enough(found.keys()):
        return None
    return [(_BLANK, *(b for _, b in found.values()))], {role: k + 1 for k, role in enumerate(found)}, [a.words for a, _ in found.values()]


def _turns(lines: Sequence[Line]) -> dict[Role, tuple[Place, Place]]:
    """Labels with the amounts behind them, in the next cell or in their own (年初预算数：186.00, 分值 10)."""
    found: dict[Role, tuple[Place, Place]] = {}
    for line in lines:
        own = list(distinct(line))
        for a, b in zip(own, [*own[1:], _BLANK], strict=False):
            within = _LABELLED.fullmatch(a.field.text.strip())
            if within is not None:
                start = a.field.start + a.field.text.index(within["amount"])
                amounts = Field(within["amount"], start, start + len(within["amount"]))
                a, b = Place(a.field, squash(within["label"]), a.key, a.merged), Place(amounts, squash(within["amount"]), a.key, a.merged)
            role = _role(a)
            if role is not None and role not in found and (amount(b.words) is not None or number(b.words) is not None):
                found[role] = (a, b)
    return found


def _enough(roles: Collection[Role]) -> bool:
    """What a sheet of funds must tell: what was spent, and of what."""
    return "executed" in roles and ("budget" in roles or "adjusted" in roles)


_BLANK = Place(NOTHING, "", (-1, -1), False)


def _made(block: Block, rows: Sequence[Line], at: dict[Role, int], titles: Sequence[str]) -> Funds | None:
    """The funds of rows whose columns are known; None where no row holds any."""
    whole = next((line for line in rows if any(_TOTAL.fullmatch(p.words) for p in _labels(line, at))), rows[0])
    k = rows.index(whole)
    total = _money(whole, at)
    parts = tuple(_money(line, at) for line in rows[k + 1:])
    return Funds(total, parts, _lists(block), _indicator(whole, at, total, titles), (block.start, block.end))


def _lists(block: Block) -> tuple[tuple[Amount, ...], ...]:
    """Amounts in words, one list a column: 其中：基本支出：1326.70 over 项目支出：1394.52. A cell that ends in a colon heads a new list."""
    columns: dict[int, list[list[Amount]]] = {}
    for line in block.lines:
        for p in distinct(line):
            lists = columns.setdefault(p.key[1], [])
            m = _TOLD.fullmatch(p.field.text.strip())
            value = amount(squash(m["amount"])) if m else None
            if m is None or value is None:
                lists.append([])
                continue
            if not lists:
                lists.append([])
            start = p.field.start + p.field.text.index(m["amount"])
            lists[-1].append(Amount(squash(m["label"]), value, Field(m["amount"], start, start + len(m["amount"]))))
    return tuple(tuple(found) for lists in columns.values() for found in lists if len(found) > 1)


def _labels(line: Line, at: dict[Role, int]) -> list[Place]:
    """The words left of a row's numbers, widest first."""
    first = min(at.values())
    return [p for p in distinct(line) if line.index(p) < first]


def _money(line: Line, at: dict[Role, int]) -> Money:
    fields = {r: line[at[r]].field if r in at else NOTHING for r in _MONEY}
    values = {r: amount(squash(f.text)) for r, f in fields.items()}
    labels = _labels(line, at)
    label = labels[-1].field if labels else NOTHING
    return Money(label, values["budget"], values["adjusted"], values["executed"], values["rate"],
                 fields["budget"], fields["adjusted"], fields["executed"], fields["rate"])


def _indicator(line: Line, at: dict[Role, int], total: Money, header: Sequence[str]) -> Row | None:
    """The funds as an indicator, where the total row prints a maximum score, or a score under a title that does (得分（10分）)."""
    claimed = line[at["claimed"]] if "claimed" in at else None
    place = line[at["weight"]] if "weight" in at else None
    weight, weight_field = (number(place.words), place.field) if place is not None else (None, NOTHING)
    if weight is None and claimed is not None and number(claimed.words) is not None:
        weight, weight_field = next(((w.value, claimed.field) for w in map(weight_in, header) if w is not None), (None, NOTHING))
    if weight is None:
        return None
    name = Field("预算执行率", total.rate_field.start, total.rate_field.end)
    return Row(no=1, domain=NOTHING, weight=weight, weight_field=weight_field, name=name, rule=NOTHING, lead=NOTHING,
               claimed=number(claimed.words) if claimed else None, claimed_field=claimed.field if claimed else NOTHING,
               target=total.adjusted_field, actual=total.executed_field)


def project_of(block: Block) -> Field:
    """The project's or unit's name as the form's head prints it."""
    for line in block.above:
        own = list(distinct(line))
        for a, b in zip(own, own[1:], strict=False):
            if re.fullmatch(r"(?:项目|单位|部门)名称[:：]?", a.words):
                return b.field
    return NOTHING
