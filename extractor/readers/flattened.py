"""Score tables that lost their grid on the way: columns of spaces, one cell a line, all cells in one paragraph.

The header still names the columns. What follows is laid under them: by where it stands, where spaces keep the columns apart, else as the
cheapest way to read the cells in order as rows. What does not fit is left a paragraph.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.readers.cards import restore_cards
from extractor.readers.parts import Paragraph, Part, RawCell, RawTable, Run, half_widths
from patterns import expressions as re
from patterns.columns import LONGEST, Role, best, endings, senses
from patterns.scores import (
    has_points,
    is_blank,
    is_bodies,
    is_direction,
    is_enumerator,
    is_note,
    is_subtotal,
    is_total,
    is_unit,
    number,
    weight_in,
)

_LEAST = 4  # columns that a header must name in a row
_WIDE = re.compile(r"[ \u3000\u2002\u2003\xa0]{2,}|\t+|\u3000")
_ANY = re.compile(r"\s+")
_FOOT = re.compile(r"(?:填[报表]|制表|审核|复核|单位负责|项目负责|财务负责|负责)人|联系电话|填报日期|^(?:特此|此致)")
_LEVEL = re.compile(r".{2,10}(?:指标|类|方面)(?:[（(].{1,8}[）)])?|[一二三四五六七八九十]+[、.．].{2,20}|[（(][一二三四五六七八九十]+[）)].{2,20}|[A-Z][\u4e00-\u9fff].{1,19}|"
                    r".{2,16}[（(]\d{1,3}分[）)]")
_KIND = re.compile(r"(?:[\u4e00-\u9fff]{2,8}指标|满意度)(?:[（(]\d{1,3}分?[）)])?")
_WIDEST = re.compile(r"(?:产出|效益|满意度|效果|过程|决策|投入|管理|履职\w{0,4}|预算执行|社会评价)(?:指标)?(?:[（(].{1,8}[）)])?|成本指标[（(].{1,8}[）)]")
_ALL_LEVELS = re.compile(r"(?:绩效|考核|评价|评估)?指标(?:体系|情况|完成情况)?")  # a title over 一级指标, 二级指标, 三级指标
_AMOUNT = re.compile(r"[-−]?[\d,，]+(?:\.\d+)?%?|[-－—–/／无]+")
_VALUE = re.compile(r"[≥≤＞＜><=＝﹦]|不[低高超少多]|\d")
_TEXTS: frozenset[Role] = frozenset({"level", "rule", "basis", "reason", "target", "actual", "evidence", "lead"})
_MONEY: frozenset[Role | None] = frozenset({"budget", "adjusted", "executed"})
_AMOUNTS: frozenset[Role | None] = _MONEY | {"rate", "weight", "claimed"}
_SKIP: dict[Role, float] = {"weight": 4.0, "claimed": 3.0, "rule": 1.5, "basis": 0.6, "target": 1.2, "actual": 1.2, "serial": 1.0, "lead": 0.3,
                            "sign": 0.5, "unit": 0.5}
_LONG = 14  # characters of the title of a column
_SHORT = 6  # characters of a column's title that names nothing known
_AGAIN = 2.0  # one more piece in the same cell
_BARE = 2.0  # a row of levels alone
_LINE = 1.5  # a row that runs over the end of a line, or ends before it, where lines are rows
_MOST = 3.0  # the dearest fit of one piece that is still taken


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a paragraph between spaces. at: where it begins, in half widths."""

    paragraph: int
    start: int
    end: int
    text: str
    at: int

    @property
    def words(self) -> str:
        return _ANY.sub("", unicodedata.normalize("NFKC", self.text))


def restore_tables(parts: Sequence[Part]) -> list[Part]:
    """The parts with flattened score tables, and those written as cards, made tables again."""
    parts = restore_cards(parts)
    out: list[Part] = []
    k = 0
    while k < len(parts):
        stop = k
        while stop < len(parts) and isinstance(parts[stop], Paragraph):
            stop += 1
        if stop > k:
            out += _paragraphs([p for p in parts[k:stop] if isinstance(p, Paragraph)])
            k = stop
        else:
            out.append(parts[k])
            k += 1
    return out


def _paragraphs(paragraphs: list[Paragraph]) -> list[Part]:
    """Paragraphs that follow one another, with the tables among them."""
    pieces = [p for k, paragraph in enumerate(paragraphs) for p in _pieces(paragraph, k, _ANY)]
    headers = list(_headers(pieces, paragraphs))
    if not headers:
        return list(paragraphs)
    out: list[Part] = []
    done = (0, 0)  # paragraph and character up to which the parts are made
    for n, (begin, end) in enumerate(headers):
        if (pieces[begin].paragraph, pieces[begin].start) < done:
            continue
        limit = headers[n + 1][0] if n + 1 < len(headers) else len(pieces)
        found = _aligned(paragraphs, pieces, begin, end, limit) or _streamed(paragraphs, pieces, begin, end, limit)
        if found is None:
            continue
        table, after = found
        out += _between(paragraphs, done, (pieces[begin].paragraph, pieces[begin].start))
        out.append(table)
        done = after
    return [*out, *_between(paragraphs, done, (len(paragraphs), 0))]


def _between(paragraphs: Sequence[Paragraph], start: tuple[int, int], stop: tuple[int, int]) -> list[Part]:
    """What stands between two places, as paragraphs."""
    out: list[Part] = []
    for k in range(start[0], min(stop[0] + 1, len(paragraphs))):
        p = paragraphs[k]
        first = start[1] if k == start[0] else 0
        last = stop[1] if k == stop[0] else len(p.run.text)
        if first == 0 and last == len(p.run.text):
            out.append(p)
        elif p.run.text[first:last].strip():
            out.append(Paragraph(p.run[first:last].strip(), p.level, p.kind, p.breaks))
    return out


def _headers(pieces: Sequence[_Piece], paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """The runs of pieces that name columns: all in one paragraph, or each a paragraph of its own."""
    whole = _title_lines(pieces)
    k = 0
    while k < len(pieces):
        stop = k
        while stop < len(pieces) and (_is_title(pieces[stop]) or pieces[stop].paragraph in whole or (
                stop > k and _may_be_title(pieces[stop]) and any(map(_is_title, pieces[stop + 1:stop + 3]))) or (
                stop == k and _may_be_title(pieces[stop]) and (senses(pieces[stop].words) or endings(pieces[stop].words))
                and all(_is_title(p) or (_may_be_title(p) and endings(p.words)) for p in pieces[stop + 1:stop + 3]))):
            stop += 1
        while k < stop:
            alone = _is_alone(pieces[k], paragraphs)
            end = k + 1
            while end < stop and ((alone and _is_alone(pieces[end], paragraphs)) or pieces[end].paragraph == pieces[k].paragraph):
                end += 1
            first = next((i for i in range(k, end) if "level" in senses(pieces[i].words) and senses(pieces[i].words)["level"].rank == 1), k)
            while first > k and senses(pieces[first - 1].words).keys() & {"serial", "level"} and not _ALL_LEVELS.fullmatch(pieces[first - 1].words):
                first -= 1
            begin = first if end - first >= _LEAST and _names_scores(pieces[first:end]) else k
            if end - begin >= _LEAST and _names_scores(pieces[begin:end]):
                yield begin, end
            k = end
        k = max(stop, k + 1)


def _title_lines(pieces: Sequence[_Piece]) -> set[int]:
    """The paragraphs that are nothing but titles, most of them known."""
    out = set()
    for index, group in groupby(pieces, key=lambda p: p.paragraph):
        own = list(group)
        known = sum(bool(senses(p.words)) for p in own)
        if len(own) >= _LEAST and known * 2 >= len(own) and known >= _LEAST - 1 and all(len(p.text) <= LONGEST and number(p.words) is None for p in own) and _names_scores(own):
            out.add(index)
    return out


def _is_title(piece: _Piece) -> bool:
    told = "：" in piece.text or "。" in piece.text or (len(piece.text) > _LONG and "年" in piece.text)  # a sentence, or the title of the whole
    return len(piece.text) <= LONGEST and not told and any(s.weight > 1 for s in senses(piece.words).values())


def _may_be_title(piece: _Piece) -> bool:
    return (len(piece.text) <= _SHORT and piece.text.isalpha()) or (len(piece.text) <= _LONG and bool(endings(piece.words)) and not any(c.isdigit() for c in piece.text))


def _is_alone(piece: _Piece, paragraphs: Sequence[Paragraph]) -> bool:
    return len(paragraphs[piece.paragraph].run.text.strip()) == len(piece.text)


def _pieces(paragraph: Paragraph, index: int, apart: re.Pattern[str]) -> list[_Piece]:
    text = paragraph.run.text
    out: list[_Piece] = []
    at = width = 0

    def put(start: int, end: int) -> None:
        nonlocal width, at
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        width += half_widths(text[at:start + lead])
        at = start + lead
        out.append(_Piece(index, at, end, text[at:end].rstrip(), width))

    begin = 0
    for m in apart.finditer(text):
        if text[begin:m.start()].strip():
            put(begin, m.start())
        begin = m.end()
    if text[begin:].strip():
        put(begin, len(text))
    return _closed_up(out, text)


def _closed_up(pieces: list[_Piece], text: str) -> list[_Piece]:
    """Titles and labels that are set letter by letter (序  号, 合　计) as one piece each."""
    out: list[_Piece] = []
    k = 0
    while k < len(pieces):
        stop = k
        while stop < len(pieces) and stop - k < _SHORT and len(pieces[stop].text) == 1 and "\u4e00" <= pieces[stop].text <= "\u9fff":
            stop += 1
        while stop > k + 1 and not (senses(words := "".join(p.text for p in pieces[k:stop])) or is_total(words) or is_subtotal(words)):
            stop -= 1
        if stop > k + 1:
            first, last = pieces[k], pieces[stop - 1]
            out.append(_Piece(first.paragraph, first.start, last.end, text[first.start:last.end], first.at))
        else:
            out.append(pieces[k])
        k = max(stop, k + 1)
    return out


def _names_scores(pieces: Sequence[_Piece]) -> bool:
    """Whether pieces are the header of a score table, or of a form's funds."""
    roles = {r for p in pieces for r in senses(p.words) or endings(p.words)}
    return ("claimed" in roles and bool(roles & {"weight", "rule"}) and ("level" in roles or not senses(pieces[0].words))) or len(_MONEY & roles) >= 2


def _roles(header: Sequence[_Piece]) -> list[Role | None]:
    """What each column is; a level that only groups the numbered ones is none."""
    out: list[Role | None] = []
    for p in header:
        found = senses(p.words)
        out.append("level" if "level" in found and "weight" in found else best(p.words) or next(iter(endings(p.words)), None))
    if "level" not in out and None in out and not _MONEY & set(out):
        out[out.index(None)] = "level"  # a title not met before, where nothing else names the indicators
    if "claimed" not in out:  # 自评得分情况: of two readings the one that no other column has
        out = ["claimed" if "claimed" in senses(p.words) and "claimed" not in out[:k] else role for k, (p, role) in enumerate(zip(header, out, strict=True))]
    return out


# ---- columns of spaces

def _aligned(paragraphs: Sequence[Paragraph], pieces: Sequence[_Piece], begin: int, end: int, limit: int) -> tuple[RawTable, tuple[int, int]] | None:
    """A table whose lines are paragraphs and whose columns are kept apart by spaces, and the place after it."""
    first = pieces[begin].paragraph
    header = _pieces(paragraphs[first], first, _WIDE)
    if len(header) < _LEAST or len(header) != end - begin or first == len(paragraphs) - 1:
        return None
    roles = _roles(header)
    rows: list[list[Run]] = [[paragraphs[first].run[p.start:p.end].strip() for p in header]]
    last = pieces[limit].paragraph if limit < len(pieces) else len(paragraphs)
    k = first + 1
    while k < last:
        line = _pieces(paragraphs[k], k, _WIDE)
        text = paragraphs[k].run.text.strip()
        columns = None if is_note(text) or _FOOT.search(text[:20]) else _total_of(line, roles) or _under(line, header, roles)
        if columns is None:
            break
        runs = [Run() for _ in header]
        for p, j in zip(line, columns, strict=True):
            piece = paragraphs[k].run[p.start:p.end].strip()
            runs[j] = runs[j] + piece if runs[j].text else piece
        scored = any(roles[j] in ("weight", "claimed", "serial") for j in columns)
        heads = len(line) == 1 and _LEVEL.fullmatch(line[0].words) is not None
        if len(rows) > 1 and not scored and not heads and all(rows[-1][j].text for j in columns):
            for j in columns:
                rows[-1][j] = rows[-1][j] + runs[j]
        else:
            rows.append(runs)
        k += 1
    if sum(_scored([r.text for r in row], roles) for row in rows) < 2:
        return None
    return RawTable([[RawCell(r) for r in row] for row in rows], tells_merged=False), (k, 0)


def _total_of(line: Sequence[_Piece], roles: Sequence[Role | None]) -> list[int] | None:
    """The columns of a total's label and numbers, which stand where there is room."""
    if not line or not (is_total(line[0].words) or is_subtotal(line[0].words)) or len(line) > 3 or any(number(p.words) is None for p in line[1:]):
        return None
    scores = [j for j, role in enumerate(roles) if role in ("weight", "claimed")]
    at = [j for j in scores if roles[j] == "claimed"] if len(line) == 2 else scores
    return [0, *at[:len(line) - 1]] if len(at) >= len(line) - 1 and 0 not in at else None


def _scored(words: Sequence[str], roles: Sequence[Role | None]) -> bool:
    return any(role in ("weight", "claimed") and number(w) is not None for w, role in zip(words, roles, strict=True))


def _under(pieces: Sequence[_Piece], header: Sequence[_Piece], roles: Sequence[Role | None]) -> list[int] | None:
    """The column of each piece: in order, near its title, and of its kind; None where the line is no row."""
    if not pieces or len(pieces) > len(header):
        return None
    n, m = len(pieces), len(header)
    cost = [[_off(p, h) / 6 + _fit(p.words, roles[j], j == _name(roles), "weight" not in roles) for j, h in enumerate(header)] for p in pieces]
    if n == m and sum(_fit(p.words, roles[j], j == _name(roles), "weight" not in roles) for j, p in enumerate(pieces)) <= _MOST * n:
        return list(range(m))
    least = [[float("inf")] * (m + 1) for _ in range(n + 1)]
    least[n] = [0.0] * (m + 1)
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            least[i][j] = min(least[i][j + 1], cost[i][j] + least[i + 1][j + 1])
    if least[0][0] > _MOST * n:
        return None
    out, i, j = [], 0, 0
    while i < n:
        if least[i][j] == least[i][j + 1]:
            j += 1
        else:
            out.append(j)
            i, j = i + 1, j + 1
    return out


def _off(piece: _Piece, title: _Piece) -> float:
    """How far a piece begins, or has its middle, from a title's."""
    middle = piece.at + half_widths(piece.text) / 2 - title.at - half_widths(title.text) / 2
    return min(abs(piece.at - title.at), abs(middle))


def _name(roles: Sequence[Role | None]) -> int:
    return max((j for j, role in enumerate(roles) if role == "level"), default=-1)


# ---- cells one after the other

def _streamed(paragraphs: Sequence[Paragraph], pieces: Sequence[_Piece], begin: int, end: int, limit: int) -> tuple[RawTable, tuple[int, int]] | None:
    """A table whose cells follow one another, a line each or in one paragraph, and the place after it."""
    stop = next((k for k in range(end, limit) if _FOOT.search(pieces[k].text) or is_note(pieces[k].text + " ")), limit)
    header, body = pieces[begin:end], pieces[end:stop]
    if all(_is_alone(p, paragraphs) for p in header):
        body = _whole(body, paragraphs)
    roles = _roles(header)
    money = len(_MONEY & set(roles)) >= 2
    label: Sequence[_Piece] = ()
    if money:
        amounts = [k for k, role in enumerate(roles) if role in _AMOUNTS]
        label, header = header[:amounts[0]], header[amounts[0]:amounts[-1] + 1]
        roles = roles[amounts[0]:amounts[-1] + 1]
    lines = header[0].paragraph == header[-1].paragraph != body[-1].paragraph if body else False
    if "rule" not in roles and roles.count("level") > 1 and sum(has_points(p.words) for p in body) * len(roles) >= len(body):
        roles[_name(roles)] = "rule"  # 量化指标, whose cells give the points
    levels = 0 if money else _levels_lost(body, roles)
    spread = _name(roles)  # the column of the title that ran over the lost ones
    lost: list[Role | None] = ["level"] * levels
    roles = [*roles[:spread], *lost, *roles[spread:]]
    rows = _amounts(body, len(header)) if money else _with_sums(body, roles, lines)
    last = max((k for k, row in enumerate(rows) if _scored(_texts(row, len(header) + money + levels), [None, *roles] if money else roles)), default=-1)
    rows = rows if money else rows[:last + 1]
    if len(rows) < (1 if money else 2):
        return None

    def run(pieces_of: Sequence[_Piece]) -> Run:
        out = Run()
        for p in pieces_of:
            more = paragraphs[p.paragraph].run[p.start:p.end].strip()
            out = out + more if out.text else more
        return out

    width = len(header) + money + levels
    titles = [RawCell(run([p])) for p in header]
    titles[spread + 1:spread + 1] = [RawCell(merged=True, origin=(0, spread)) for _ in range(levels)]
    table = [[RawCell(run(label)) for _ in range(money)] + titles]
    for row in rows:
        table.append([RawCell(run([p for p, j in row if j == column])) for column in range(width)])
    final = max((p for row in rows for p, _ in row), key=lambda p: (p.paragraph, p.end))
    return RawTable(table, tells_merged=False), (final.paragraph, final.end)


def _whole(body: Sequence[_Piece], paragraphs: Sequence[Paragraph]) -> list[_Piece]:
    """The pieces where every cell is a line of its own: a line is one cell, whatever blanks it holds (1.1 组织领导), save a line of several numbers."""
    out: list[_Piece] = []
    for index, group in groupby(body, key=lambda p: p.paragraph):
        own = list(group)
        if sum(number(p.words) is not None for p in own) > 1:
            out += own
        else:
            first, last = own[0], own[-1]
            out.append(_Piece(index, first.start, last.end, paragraphs[index].run.text[first.start:last.end], first.at))
    return out


def _levels_lost(body: Sequence[_Piece], roles: Sequence[Role | None]) -> int:
    """How many columns of levels stand under the one title that names the indicators (指标名称 over 产出指标, 数量指标 and the name): of these the
    cells show kinds of indicators."""
    if sum(role == "level" for role in roles) != 1:
        return 0
    kinds = {p.words for p in body if _KIND.fullmatch(p.words)}
    return 2 if len(kinds) >= 4 else 1 if len(kinds) >= 2 else 0


_Row = list[tuple[_Piece, int]]


def _texts(row: _Row, width: int) -> list[str]:
    return ["".join(p.words for p, j in row if j == column) for column in range(width)]


def _amounts(body: Sequence[_Piece], width: int) -> list[_Row]:
    """The rows of a funds block: a label and an amount, a dash or a percentage for every column."""
    out: list[_Row] = []
    k = 0
    while k < len(body):
        stop = k
        while stop < len(body) and not _AMOUNT.fullmatch(body[stop].words):
            stop += 1
        values = stop
        while values < len(body) and _AMOUNT.fullmatch(body[values].words):
            values += 1
        if values - stop == width and stop > k:
            out.append([(body[stop - 1], 0), *((p, j + 1) for j, p in enumerate(body[stop:values]))])
        k = max(values, k + 1)
    return out


def _with_sums(body: Sequence[_Piece], roles: Sequence[Role | None], lines: bool) -> list[_Row]:
    """The rows between totals, and the totals: a label and the numbers that follow it."""
    out: list[_Row] = []
    scores = [j for j, role in enumerate(roles) if role in ("weight", "claimed")]
    begin = k = 0
    while k <= len(body):
        if k < len(body) and not _is_sum(body[k].words):
            k += 1
            continue
        out += _cheapest(body[begin:k], roles, lines)
        if k == len(body):
            break
        stop = k + 1
        claimed = [j for j in scores if roles[j] == "claimed"]
        beside = scores if len(scores) > 1 or not claimed or claimed[0] < 2 else [claimed[0] - 1, *claimed]  # a weight that has no column
        while stop < len(body) and stop - k <= len(beside) and number(body[stop].words) is not None:
            stop += 1
        at = beside if stop - k - 1 == len(beside) else claimed
        out.append([(body[k], 0), *zip(body[k + 1:stop], at, strict=False)])
        while stop < len(body) and body[stop].words.endswith("%"):
            stop += 1  # a rate beside the total
        begin = k = stop
    return out


def _cheapest(body: Sequence[_Piece], roles: Sequence[Role | None], lines: bool) -> list[_Row]:
    """The cheapest way to read pieces as rows: a shortest path through (piece, column), a new row wherever the columns start again."""
    n = len(roles)
    name = _name(roles)
    levels = [j for j, role in enumerate(roles) if role == "level"]
    skip = [(3.0 if j == name else 0.0) if role == "level" else _SKIP.get(role, 0.1) if role else 0.1 for j, role in enumerate(roles)]
    before = [0.0]
    for s in skip:
        before.append(before[-1] + s)
    infinite = float("inf")
    paths: list[list[tuple[int, bool]]] = []  # for every piece and column: the column of the piece before, and whether a row begins
    state: list[float] | None = None
    for k, p in enumerate(body):
        step: list[tuple[int, bool]] = []
        cost: list[float] = []
        across = _LINE if lines and k > 0 and body[k - 1].paragraph != p.paragraph else 0.0
        within = _LINE if lines and k > 0 and not across else 0.0
        heading = k > 0 and _LEVEL.fullmatch(body[k - 1].words) is not None
        ends = [infinite] * n if state is None else [
            c + min(before[n] - before[i + 1], _BARE if roles[i] == "level" and heading else infinite) for i, c in enumerate(state)]
        finish = min(range(n), key=ends.__getitem__) if state is not None else -1
        for j in range(n):
            fit = _fit(p.words, roles[j], j == name, "weight" not in roles) + (_misplaced(p.words, j, levels) if roles[j] == "level" else 0.0)
            choices = [(before[j] + (0.0 if state is None else ends[finish] + within), finish, True)]
            if state is not None:
                choices += [(state[i] + before[j] - before[i + 1] + across, i, False) for i in range(j)]
                if roles[j] in _TEXTS or roles[j] is None:
                    choices.append((state[j] + _AGAIN + (1.0 if roles[j] == "level" else 0.0) + across / 2, j, False))
            least, i, begins = min(choices)
            cost.append(least + fit)
            step.append((i, begins))
        paths.append(step)
        state = cost
    if state is None:
        return []
    j = min(range(n), key=lambda i: state[i] + before[n] - before[i + 1])
    rows: list[_Row] = [[]]
    for k in range(len(body) - 1, -1, -1):
        rows[-1].append((body[k], j))
        j, begins = paths[k][j]
        if begins and k:
            rows.append([])
    return [row[::-1] for row in rows[::-1]]


def _misplaced(words: str, column: int, levels: Sequence[int]) -> float:
    """What it costs to lay a kind of indicator of a 绩效自评表 under another level than its own."""
    if len(levels) < 3:
        return 0.0
    own = 0 if _WIDEST.fullmatch(words) else 1 if _KIND.fullmatch(words) else None
    return 0.0 if own is None or column == levels[own] else 1.0


def _is_sum(words: str) -> bool:
    return is_total(words) or is_subtotal(words)


def _fit(words: str, role: Role | None, is_name: bool, weighs: bool) -> float:
    """What it costs to take words for a cell of a column. weighs: names print their weights, for there is no column of weights."""
    numeric, blank = number(words) is not None, is_blank(words)
    if role in ("weight", "claimed", "checked"):
        return 0.0 if numeric else 0.3 if blank else 6.0
    if role == "serial":
        return (1.5 if "." in words else 0.0) if is_enumerator(words) else 6.0
    if numeric and not words.endswith("%") and role not in ("target", "actual", "evidence", None):
        return 6.0
    points = has_points(words)
    if role == "rule":
        return 0.0 if points else 1.0 if len(words) >= 12 else 2.5
    if role == "level":
        if is_direction(words):
            return 4.0
        if len(words) > 1 and _VALUE.match(words) and not is_enumerator(words):
            return 5.0
        if is_unit(words):
            return 2.0
        wide = _LEVEL.fullmatch(words) is not None
        weighted = weighs and wide and weight_in(words) is not None
        return (2.0 if len(words) > 30 or (points and not wide) else 0.0) + ((0.8 if wide and not weighted else 0.0) if is_name else (0.0 if wide else 0.8))
    if role in ("target", "actual"):
        return 0.0 if _VALUE.search(words) and weight_in(words) is None else 0.6 + (1.5 if _LEVEL.fullmatch(words) else 0.0)
    if role == "lead":
        return 0.0 if is_bodies(words) else 2.0
    if role == "sign":
        return 0.0 if is_direction(words) else 1.5 if len(words) <= 2 else 4.0
    if role == "unit":
        return 0.0 if is_unit(words) else 4.0
    if blank:
        return 0.2
    return (0.6 if role in ("basis", "reason") else 0.8) + (1.5 if _LEVEL.fullmatch(words) else 0.0)
