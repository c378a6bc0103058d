"""Score tables written as cards, one indicator after another under the same labels (指标名称：… 分值：… 评分标准：… 自评得分：…), as lines or as small tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.readers.parts import Paragraph, Part, RawCell, RawTable, Run
from patterns import expressions as re
from patterns.columns import Role, senses

_LABELLED = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十①-⑩]{1,2}[）).．、]\s*)?"  # an enumerator
    r"(?:[【\[〔](?P<boxed>[^】\]〕：:]{1,12})[】\]〕]\s*[：:]?"
    r"|(?P<plain>[^：:，。；\d（(【]{1,10})(?P<no>\d{1,3}|[一二三四五六七八九十]{1,3})?(?:[（(]分[）)])?\s*[：:]"
    r"|(?P<apart>[\u4e00-\u9fff]{2,6})[\s\u3000]+(?=\S))\s*")
_NEXT = re.compile(r"[\s；;，,]+(?=[^：:，。；\d（(【\s]{2,10}[：:\s])")  # before a second label of a line
_LEAST = 3  # cards, and labels of a card
_NAME = "指标名称"  # the title of what heads the cards
_LONGEST_HEAD = 60
_SHORT = 8  # characters of a value that is a number with its stop
_TEXTS: frozenset[Role] = frozenset({"level", "rule", "basis", "actual", "target", "reason", "evidence", "lead", "serial", "weight", "claimed", "checked"})


@dataclass(slots=True)
class _Entry:
    """A label with what it says (label "" for a paragraph without one), and the part that it came from."""

    label: str
    run: Run
    part: int


@dataclass(slots=True)
class _Card:
    head: Run | None = None
    values: dict[str, Run] = field(default_factory=dict)


def restore_cards(parts: Sequence[Part]) -> list[Part]:
    """The parts with runs of cards made tables, a row a card."""
    entries = [e for k, part in enumerate(parts) for e in _entries(part, k)]
    out: list[Part] = []
    done = 0  # parts that stand in the result
    k = 0
    while k < len(entries):
        if not entries[k].label:
            k += 1
            continue
        cards, first, after = _cards(entries, k)
        if not _are_indicators(cards):
            k = after if len(cards) >= _LEAST else k + 1
            continue
        out += parts[done:entries[first].part]
        out.append(_table(cards))
        done = entries[after].part if after < len(entries) else len(parts)
        k = after
    return [*out, *parts[done:]]


def _entries(part: Part, k: int) -> list[_Entry]:
    if isinstance(part, Paragraph):
        text = part.run.text
        m = _LABELLED.match(text)
        label = _label(m) if m else ""
        if m is None or not _is_label(label):
            return [_Entry("", part.run, k)]
        out, at = [], m.end()
        for n in _NEXT.finditer(text, m.end()):
            another = _LABELLED.match(text, n.end())
            if another is not None and _is_label(_label(another)):
                out.append(_Entry(label, _value(part.run[at:n.start()]), k))
                label, at = _label(another), another.end()
        return [*out, _Entry(label, _value(part.run[at:]), k)]
    pairs: list[_Entry] = []
    for row in part.rows:
        cells = [c for c in row if not c.merged]
        while cells and not cells[-1].run.text.strip():
            cells.pop()
        if len(cells) == 1 and not _is_label(cells[0].run.text.strip().rstrip("：:")):
            pairs.append(_Entry("", cells[0].run, k))  # the head of a card
            continue
        if len(cells) % 2:
            cells.append(RawCell())
        for name, value in zip(cells[::2], cells[1::2], strict=True):
            label = name.run.text.strip().rstrip("：:")
            if not _is_label(label) or (value.run.text.strip() and _is_label(value.run.text.strip())):
                return [_Entry("", Run(), k)]
            pairs.append(_Entry(label, value.run, k))
    return pairs


def _label(m: re.Match[str]) -> str:
    return str(m["boxed"] or m["plain"] or m["apart"]).strip()


def _value(run: Run) -> Run:
    """What a label says, a short one without its stop (5分。)."""
    run = run.strip()
    return run[:-1] if 1 < len(run.text) <= _SHORT and run.text[-1] in "。；;" else run


def _is_label(words: str) -> bool:
    """Whether words name a column of a score table."""
    return 0 < len(words) <= 10 and bool(senses(words).keys() & _TEXTS)


def _cards(entries: Sequence[_Entry], k: int) -> tuple[list[_Card], int, int]:
    """The cards that begin at an entry, with the entry where they begin (a head before the label included) and the one after them."""
    opening = entries[k].label
    headed = "level" not in senses(opening) and k > 0 and _is_head(entries[k - 1])
    cards: list[_Card] = []
    last = ""
    n = k
    while n < len(entries):
        e = entries[n]
        ahead = entries[n + 1].label if n + 1 < len(entries) else ""
        if e.label == opening or (e.label and cards and e.label in cards[-1].values):
            if e.label != opening or (cards and headed and not _is_head(entries[n - 1])):
                break
            cards.append(_Card(entries[n - 1].run if headed else None, {e.label: e.run}))
        elif e.label:
            cards[-1].values[e.label] = e.run
        elif headed and ahead == opening and _is_head(e):
            pass  # the next card's head
        elif e.run.text.strip() and ahead and ahead != opening and ahead not in cards[-1].values:
            cards[-1].values[last] = cards[-1].values[last] + e.run  # its text goes on
        elif e.run.text.strip() or (n > k and not e.label and not e.run.text and e.part != entries[n - 1].part):
            break
        last = e.label or last
        n += 1
    return cards, k - headed, n


def _are_indicators(cards: Sequence[_Card]) -> bool:
    """Whether cards hold indicators with their scores: enough of them, alike, each with a name, a claim and words of a rule or of what was done."""
    labels = _labels(cards)
    roles = {role for x in labels for role in senses(x)}
    alike = sum(len(c.values) * 3 >= len(labels) * 2 for c in cards)
    named = "level" in roles or (bool(cards) and cards[0].head is not None)
    return len(cards) >= _LEAST <= len(labels) and alike >= len(cards) - 1 and "claimed" in roles and bool(roles & {"rule", "basis", "actual"}) and named


def _is_head(e: _Entry) -> bool:
    return not e.label and 0 < len(e.run.text.strip()) <= _LONGEST_HEAD and e.run.text.strip()[-1] not in "。；，"


def _labels(cards: Sequence[_Card]) -> list[str]:
    return list(dict.fromkeys(label for c in cards for label in c.values))


def _table(cards: Sequence[_Card]) -> RawTable:
    labels = _labels(cards)
    headed = cards[0].head is not None
    rows = [[*([RawCell(Run(_NAME))] if headed else []), *(RawCell(Run(x)) for x in labels)]]
    for c in cards:
        rows.append([*([RawCell(c.head or Run())] if headed else []), *(RawCell(c.values.get(x, Run())) for x in labels)])
    return RawTable(rows, False)
