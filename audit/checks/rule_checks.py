"""Rules that contradict their own indicator: copied rules, values without a class, levels that leave gaps, deductions of nothing said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from audit.checks.references import whole_rule
from audit.checks.rounding import plain
from audit.messages import message
from audit.model import Finding, Quote
from extractor.report import Report, Row
from patterns.clause import Clause, CompiledRule

SLASH = re.compile(r"(?:得|计|加|扣)\s?\d+(?:\.\d+)?\s?分\s?[/／]\s?(?:得|计|加|扣)?\s?\d+(?:\.\d+)?\s?分")
CLASS_WORDS = re.compile(r"中心城区|其[他余](?:各)?区|郊区|远郊|城区|[一-龥]区[、和/／]")
BARE_EACH = re.compile(r"^(?:，|,)?(?:每|凡|有)?(?:发现|出现|发生|查出|存在|有|查实)?\s?[1一]?\s?(?:例|起|项|处|个|次|件|家|条)(?:问题|"
                       r"情况|情形)?(?:的)?[，,]?\s?扣")
FLAT = re.compile(r"(?<!每)[^。；]{4,}的?[，,]?\s?扣\s?\d+(?:\.\d+)?\s?分")
POINTS = re.compile(r"(?:得|计|加|扣|最多|满分|不得分|分|每|低|差|欠|个百分点|扣完为止|直至|完成|达到|未|没有|的|，|；|。|目标|任务|"
                    r"市级|部门|下达|情况|工作)")
STOP_WORDS = frozenset((
    "情况 工作 完成 目标 任务 创建 示范 建设 推进 落实 开展 要求 相关 区内 年度 重点 管理 实施 制度 单位 标准 项目 建筑 新建 节能 绿色 能耗").split())


def check_rules(report: Report, rules: Sequence[CompiledRule], district_class: str) -> list[Finding]:
    """rule-anomaly over all rules."""
    out = [*copied(report), *slashes(report, rules), *unclear(report)]
    told = {f.indicator for f in out}
    out.extend(f for f in levels(report, rules, district_class) if f.indicator not in told)
    return out


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring Chinese characters of a text."""
    text = re.sub(r"[^一-龥]", " ", text)
    return {text[k:k + 2] for k in range(len(text) - 1) if " " not in text[k:k + 2]}


def copied(report: Report) -> Iterator[Finding]:
    """A rule that speaks of another indicator's matter: it shares that rule's condition and none of its own name's own words."""
    rows = report.table.rows
    common = count_names(rows)
    for i, a in enumerate(rows):
        for j, b in enumerate(rows):
            if i == j:
                continue
            shared = longest(a.rule.text, b.rule.text)
            if len(shared) < 10 or "备注" in shared:
                continue
            own = {g for g in bigrams(a.name.text) - bigrams(b.name.text) if common[g] <= 2}
            other = {g for g in bigrams(b.name.text) - bigrams(a.name.text) if common[g] <= 2}
            first = bigrams(re.split("[。；]", a.rule.text)[0])
            if own and not own & bigrams(a.rule.text) and len(other & first & bigrams(shared)) >= 2 and other & bigrams(b.rule.text):
                at = a.rule.text.find(shared)
                yield Finding("rule-anomaly", "warning", a.no, message("checks.copied_rule", name=a.name.text, other=b.name.text, words=shared),
                              (Quote.of(report, a.rule.start, a.rule.end), Quote.of(report, a.rule.start + at, a.rule.start + at + len(shared))))
                break


def count_names(rows: Sequence[Row]) -> dict[str, int]:
    """In how many indicators' names each pair of characters stands."""
    out: dict[str, int] = {}
    for r in rows:
        for g in bigrams(r.name.text):
            out[g] = out.get(g, 0) + 1
    return out


def longest(a: str, b: str) -> str:
    """The longest run of Chinese characters that two rules share; grown from shared runs of eight."""
    grams: dict[str, int] = {b[k:k + 8]: k for k in range(len(b) - 7)}
    best, k = "", 0
    while k < len(a) - 7:
        at = grams.get(a[k:k + 8])
        if at is None:
            k += 1
            continue
        n = 8
        while k + n < len(a) and at + n < len(b) and a[k + n] == b[at + n] and a[k + n] not in "。；":
            n += 1
        if n > len(best):
            best = a[k:k + n]
        k += n
    return best


def slashes(report: Report, rules: Sequence[CompiledRule]) -> Iterator[Finding]:
    """Two values with a slash, where the rule does not say which district gets which."""
    for row in report.table.rows:
        found = list(SLASH.finditer(row.rule.text))
        if found and not CLASS_WORDS.search(row.rule.text):
            yield Finding("rule-anomaly", "warning", row.no, message("checks.slash", name=row.name.text, words=found[0][0]),
                          tuple(Quote.of(report, row.rule.start + m.start(), row.rule.start + m.end()) for m in found))


def unclear(report: Report) -> Iterator[Finding]:
    """每发现1例扣0.1分 as a sentence of its own behind flat deductions: what an 例 is cannot be told."""
    for row in report.table.rows:
        text = row.rule.text
        for m in re.finditer(r"(?:^|[。；])([^。；]+)", text):
            piece = m[1]
            if not BARE_EACH.match(piece.strip()):
                continue
            before = text[:m.start(1)]
            flat = [x for x in re.split("[。；]", before) if FLAT.search(x) and "每" not in x]
            if len(flat) >= 2 or not before.strip("。； "):
                yield Finding("rule-anomaly", "warning", row.no, message("checks.unclear_each", words=piece.strip(), name=row.name.text),
                              (whole_rule(report, row, m.start(1)),))
                break


def levels(report: Report, rules: Sequence[CompiledRule], district_class: str) -> Iterator[Finding]:
    """Levels of one measure that overlap with different points, or leave a gap between them."""
    for row, rule in zip(report.table.rows, rules, strict=True):
        groups: dict[tuple[int | None, str | None], list[Clause]] = {}
        for c in rule.clauses:
            if c.kind == "tier" and c.group is not None and c.applies(report.district or "", district_class):
                groups.setdefault((c.group, c.unit), []).append(c)
        for tiers in groups.values():
            bounded = sorted((t for t in tiers if t.lower is not None or t.upper is not None), key=lambda t: t.lower if t.lower is not None else Decimal(-1))
            if len(bounded) < 2 or sum(t.upper is None for t in bounded) > 1:
                continue
            for a, b in zip(bounded, bounded[1:], strict=False):
                if a.upper is None or b.lower is None or a.points == b.points:
                    continue
                wide = b.lower - a.upper
                step = Decimal(1) if b.unit != "%" and a.upper == a.upper.to_integral_value() else Decimal(0)
                if wide < 0 or (wide == 0 and not a.upper_open and not b.lower_open):
                    key = "tier_overlap"
                elif wide > step:
                    key = "tier_gap"
                else:
                    continue
                if key == "tier_overlap" and wide == 0:
                    continue  # 以上 and 以下 of one number: the law's reading settles it
                quotes = tuple(Quote.of(report, row.rule.start + c.start, row.rule.start + c.end) for c in (a, b) if c.end > c.start)
                yield Finding("rule-anomaly", "warning", row.no,
                              message(f"checks.{key}", name=row.name.text, low=plain(a.upper), high=plain(b.lower), unit=b.unit or ""), quotes)
                break
