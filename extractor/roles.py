"""The role of a figure: actual, target, change or limit. The wordings are data (patterns/role_forms.tsv); here they are held against
the words around a figure in its clause."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.meaning import Clause, clause_of
from extractor.report import Bound, Role
from patterns import expressions as re
from patterns.quantity import Quantity
from patterns.role_forms import Form, compiled, forms


@dataclass(frozen=True, slots=True)
class Meaning:
    """role; exact: a bound word before the figure only compares with it (高于95%的考核要求) and is no bound of it.

    compare: for a change "last year", a stated year, or ""; down: the change is a decrease. bound: one that the role implies.
    """

    role: Role
    exact: bool = False
    compare: str = ""
    down: bool = False
    bound: Bound = ""


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a figure. before: from the clause's start; near: from the figure before it in the clause; after: to the
    clause's end; next: to the next figure, then_count whether that is a count; lead: before the clause; sofar: since the last ；;
    follow: after the clause; planned: the sentence tells of plans here."""

    before: str
    near: str
    after: str
    next: str
    then_count: bool
    lead: str
    sofar: str
    follow: str
    planned: bool


_FUTURE = re.compile(
    r"(?:下一步|下一年|明年|今后|20\d\d年)[，,:：]?[^。；]{0,12}?将|届时|(?P<next>20\d\d年)[，,:：]?[^。；）]{0,8}?(?:拟|计划|打算|要(?!求|点))|力争|(?<![为以效实])确保(?!了)(?=[^，。；]{0,30}$)|"
    r"到(?P<year>20\d\d)年(?P<end>底|末)?[，,]|到[“\"]?十[五六七八]五[”\"]?期?末|(?:预期|主要|发展|总体|工作)目标(?:是|为|：|:)|展望")
_STILL = re.compile(r"[\u4e00-\u9fff]{0,4}(?:未|尚未|没有|没)[\u4e00-\u9fff]{0,6}的|[\u4e00-\u9fff]{0,2}(?:遗留|空白|欠账)")  # 2所未移交的幼儿园: what there is
_DOWN = re.compile("降|减|跌|收窄|缩|少|低|慢|后[退移]|下[浮调滑]")
_STATED_YEAR = re.compile(r"(?:比|较|与|于|从|由)(?:全区|我区)?((?:19|20)\d\d)年")
_INCLUDED = re.compile(r"[（(]含[^）)]{0,4}[）)](?=以[上下])")
_CLASSED_TOO = re.compile(r"(?:以[上下内])?[、和且或及并][^，。；、\d]{0,14}$")
_SERIES = re.compile(r"^(?:[、和及与]|以及|，(?:和)?)$")
_LISTED_ON = re.compile(r"^[、和及与]?[\u4e00-\u9fff“”]{0,16}$")
_IN_ALL = re.compile("^(?:，|等)?(?:总共|合计|共计|共)$")
_ENDS = re.compile(r"(?:及|或|含)?[\u4e00-\u9fff]{0,4}?(?:以上|以下|以内)(?:规模)?(?:的)?")
_OF_SMALL = frozenset("人户头只羽张间层次辆台件起床艘株")  # counting words that do not count what is classed by them


def roles(text: str, parts: list[Clause], found: list[Quantity], year: int | None = None, planned: int | None = None) -> list[Meaning]:
    """The meaning of each figure of a folded sentence, in order. year: the one that the report is about. planned: the place from which
    on the sentence tells of plans, None for nowhere."""
    out: list[Meaning] = []
    for k, q in enumerate(found):
        around = _around(text, parts, found, k, planned)
        before = out[-1] if out else None
        meaning = _series(text, found, k, before) or _by_form(q, around, year)
        if meaning is None:
            meaning = _carried(text, parts, found, k, out) or Meaning("actual")
        out.append(meaning)
    for k in range(len(out) - 2, -1, -1):  # 产值不低于300万元、税收不低于25万元的企业: what classes the last classes them all
        if out[k + 1].role == "limit" and out[k].role == "actual" and found[k].bound == found[k + 1].bound != "" \
                and _CLASSED_TOO.match(text[found[k].end:found[k + 1].start]):
            out[k] = out[k + 1]
    return out


def _around(text: str, parts: list[Clause], found: list[Quantity], k: int, planned: int | None) -> _Around:
    q = found[k]
    c = parts[clause_of(parts, q.start)]
    if q.end > c.end:  # a unit in brackets: 5吨/（平方千米×30天）
        c = replace(c, end=max(q.end, parts[clause_of(parts, q.end)].end))
    start = max([c.start, *(p.end for p in found[max(0, k - 1):k] if p.end > c.start)])
    included = _INCLUDED.match(text, q.end)
    if included:  # 10万元（含）以下: the bracket is no end of the clause
        c = replace(c, end=parts[clause_of(parts, included.end())].end)
    host = _host(text, parts, c)
    following = [n for n in found[k + 1:k + 2] if n.start < c.end]
    follow = min([c.end, *(n.start for n in following)])
    across = "" if start > c.start else text[max([host.start, *(p.end for p in found[max(0, k - 2):k] if p.end <= host.end)]):host.end] if host else ""
    return _Around((text[host.start:host.end] if host else "") + text[c.start:q.start], across + text[start:q.start], text[q.end:max(c.end, q.end)], text[q.end:max(follow, q.end)],
                   bool(following) and following[0].dimension == "count", text[max(0, c.start - 40):c.start],
                   text[max(text.rfind("；", 0, q.start), text.rfind("。", 0, q.start)) + 1:q.start], text[c.end:c.end + 30],
                   planned is not None and q.start >= planned)


def _host(text: str, parts: list[Clause], c: Clause) -> Clause | None:
    """The words before the bracket behind which a clause goes on: 应编“一河（湖）一策”方案19份."""
    if text[c.start - 1:c.start] not in ("）", ")"):
        return None
    k = clause_of(parts, c.start - 1)
    while k > 0 and parts[k].depth > c.depth:
        k -= 1
    return parts[k] if parts[k].depth == c.depth and text[parts[k].end:parts[k].end + 1] in ("（", "(") else None


def _series(text: str, found: list[Quantity], k: int, before: Meaning | None) -> Meaning | None:
    """7.4%、13.03%、2.84% and 12.5%和8.3%: members of one series share a role."""
    if not k or before is None or before.role == "actual" or not _SERIES.match(text[found[k - 1].end:found[k].start]):
        return None
    same = found[k].dimension == found[k - 1].dimension
    return before if same else None


def _by_form(q: Quantity, a: _Around, year: int | None) -> Meaning | None:
    """What the first form says that fits."""
    facts = _facts(q)
    for form in forms():
        if not form.plain <= facts:
            continue
        near = form.near.search(a.near) if form.near else None
        if (form.near and near is None) or not all(_holds(condition, q, a, year) for condition in form.context):
            continue
        if ((form.after and not form.after.match(a.next if "then-count" in form.context else a.after))
                or (form.not_after and form.not_after.match(a.after))
                or (form.not_near and form.not_near.search(a.near))
                or (form.clause and not form.clause.search(a.before))
                or (form.lead and not form.lead.search(a.lead))
                or (form.follow and not form.follow.match(a.follow))):
            continue
        return _given(form, near, q, a)
    return None


def _given(form: Form, near: re.Match[str] | None, q: Quantity, a: _Around) -> Meaning:
    role: Role = form.role  # type: ignore[assignment]
    compares = q.bound in (">", "<")
    if form.gives == "moves":
        return Meaning(role, compare=_base(a), down=bool(near and _DOWN.search(near[0])))
    if form.gives in ("<=", ">="):
        return Meaning(role, bound=form.gives)  # type: ignore[arg-type]
    exact = form.gives == "exact" or (form.gives == "compares" and compares) \
        or (form.gives == "compares-goal" and compares and not a.near.endswith(("不足", "不到", "超过", "大于")))
    return Meaning(role, exact=exact)


def _facts(q: Quantity) -> frozenset[str]:
    """The conditions of forms (patterns.role_forms) that hold of a figure by itself."""
    d = q.dimension
    kind = "points" if d == "percentage points" else "time" if d.startswith("time") else d
    facts = {kind, f"unit:{q.unit}", "count" if d == "count" else "-count", "ratio" if d == "ratio" else "-ratio"}
    if d != "count":
        facts |= {"measure", "size"} if d != "ratio" else {"measure"}
    if q.unit != "比":
        facts.add("-ratio2")
    if q.unit != "项":
        facts.add("-unit:项")
    if q.high is not None:
        facts.add("range")
    if q.bound in (">=", "<="):
        facts.add("edge")
    if q.bound not in ("", "~"):
        facts |= {"anybound", f"bound{q.bound}"}
    return frozenset(facts)


def _holds(condition: str, q: Quantity, a: _Around, year: int | None) -> bool:
    """Whether a condition that rests on the words around a figure holds (patterns.role_forms.CONTEXT)."""
    match condition:
        case "ends":
            return _ENDS.match(a.after) is not None
        case "named-ratio":
            return q.dimension != "ratio" or _matches("{attribute}(?:在|为|达|达到)?$", a.near)
        case "other-head":
            return q.unit in _OF_SMALL and not _matches(f"以[上下](?:规模)?的?[^，。；、]{{0,6}}?{{heads of {q.unit}}}", a.after)
        case "then-count":
            return a.then_count
        case _:
            return _to_come(a, year)


def _matches(pattern: str, words: str) -> bool:
    found = compiled(pattern)
    return found is not None and found.search(words) is not None


def _to_come(a: _Around, year: int | None) -> bool:
    """Whether a figure is told of what is to come and is no stock that there is: 剩余5个, 上年结转6个, 2所未移交的幼儿园."""
    if _matches("{stock}", a.near) or _STILL.match(a.after):
        return False
    return a.planned or _future(a.sofar, year)


def _future(words: str, year: int | None) -> bool:
    """Whether the words before a figure, back to the last ； or 。, put it into the future of a report on `year`."""
    for m in _FUTURE.finditer(words):
        stated = int(m["year"]) if m["year"] else None
        if m["next"]:
            if year is not None and int(m["next"][:4]) > year:
                return True
            continue
        if stated is None or (year is not None and stated > year) or (stated % 5 == 0 and not m["end"]):
            return True
    return False


def _base(a: _Around) -> str:
    """What a change is compared with: its own clause first, then the clauses just before it."""
    for words in (a.near, a.before, a.lead.rpartition("。")[2]):
        if _matches("{before}", words):
            return "last year"
        year = _STATED_YEAR.search(words)
        if year:
            return year[1]
    return ""


def _carried(text: str, parts: list[Clause], found: list[Quantity], k: int, told: list[Meaning]) -> Meaning | None:
    """计划新建甲600个、乙2个 and 应报月报12期、季报4期，共16期: a plan governs the rest of its list and its total."""
    if not k or told[-1].role != "target" or told[-1].exact:
        return None
    previous = found[k - 1]
    between = text[previous.end:found[k].start]
    if k > 1 and _IN_ALL.match(between) and told[-2].role == "target":
        return Meaning("target")
    if clause_of(parts, previous.start) != clause_of(parts, found[k].start):
        return None
    head = text[parts[clause_of(parts, previous.start)].start:previous.start]
    if "、" in between and len(between) < 24 and _LISTED_ON.match(between.partition("、")[2]) \
            and re.search("计划|应|拟|下达|力争", head) and not _matches("{done}|实", between):
        return Meaning("target")
    return None
