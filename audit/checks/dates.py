"""Dates against what they are cited for: grounds newer than the act, achievements of another year, dates that do not exist."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from audit.checks.around import narrative
from audit.messages import message
from audit.model import Finding, Quote
from extractor.report import Citation, Report
from patterns import document_number

DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?")
GROUNDS = re.compile(r"根据|依据|按照|依照|遵照|对照|参照|[按据凭依]")
ACT = re.compile(r"取得|获得|获评|获批|获准|获|拿到|领取|通过|批准|核准|颁发|发放|认定|命名|授牌|入选|列入|建成|竣工|开工|投用|投运|"
                 r"投入使用|启动|完成|成立|揭牌|签订|验收")
APPROVED = re.compile(r"获批|获准|批准|批复同意|获得[^，。；]{0,8}(?:批复|批准|称号|认定)|获评|认定为|命名为|入选|"
                      r"取得[^，。；]{0,12}(?:证书|资格|称号|批复)")
ISSUED = re.compile(r"^[^，。；《（]{0,10}?(?:印发|出台|发布|下发|制发|发文|签发|公布|颁布)")
SIGNED = re.compile(r"落款(?:日期|时间)?(?:为|是)?\s*$|(?:发文|印发|成文|签发|发布)(?:日期|时间)(?:为|是)?\s*$")
ACHIEVED = re.compile(r"建成|竣工|投用|投运|投产|投入使用|投入运行|并网|开工|揭牌|挂牌|获评|荣获|获得[^，。；]{0,16}称号|"
                      r"取得[^，。；]{0,16}证书|通过[^，。；]{0,12}验收|创建成功|签约|首发")
AWARDED = re.compile(r"获评|荣获|获得[^，。；]{0,16}(?:称号|奖)|授予|创建成功|命名为")
ABOUT_THE_YEAR = re.compile(r"考核|评审|清单|报告|公布|公示|发布|报送|统计|核定|核算|评估|审计|总结|评价|通报")
PLANNED = re.compile(r"计划|拟|将|预计|力争|目标|下一步|明年|准备|有望|届时|前(?:完成|建成)")
HISTORY = re.compile(r"基础上|继续|巩固|保持|复评|复核|复审|此前|曾|原|自|以来|起|早在|历经|先后|既有|已有")
CERTIFICATE = re.compile(r"(?:证书|称号|批复|认定|牌匾|资质)[^，。；]{0,8}(?:签发|颁发|发证|落款|取得|授予|批准)?(?:日期|时间)(?:为|"
                         r"是)\s*$")
SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def check_dates(report: Report) -> list[Finding]:
    """anachronism, and what is wrong with cited document numbers."""
    out: list[Finding] = []
    for start, end in narrative(report):
        for m in SENTENCE.finditer(report.text, start, end):
            out.extend(in_sentence(report, m.start(), m.end()))
    out.extend(numbers(report))
    return out


def dates(text: str) -> list[re.Match[str]]:
    """The dates of a text that stand outside titles (《…》)."""
    titles = [t.span() for t in re.finditer(r"《[^》]{0,120}》", text)]
    return [d for d in DATE.finditer(text) if not any(a <= d.start() < b for a, b in titles)]


def in_sentence(report: Report, start: int, end: int) -> Iterator[Finding]:
    """The findings on the dates of one sentence."""
    text = report.text[start:end]
    found = dates(text)
    cited = [c for c in report.citations if start <= c.start < end and c.year is not None and c.number]
    told: set[int] = set()
    for d in found:
        if not exists(d):
            yield Finding("anachronism", "warning", None, message("checks.no_such_date", date=d[0]), (Quote.of(report, start + d.start(), start + d.end()),))
    for c in cited:
        ground = grounds(text, c.start - start)
        later = [d for d in found if int(d["year"]) < (c.year or 0) and (acts(text, d) or (ground and start + d.start() > c.end))]
        if later and (ground or behind_act(text, c, start, later[0])):
            d = later[0]
            told.add(c.start)
            yield Finding("anachronism", "warning", None, message("checks.grounds_later", number=c.number or c.text, year=c.year, date=d[0]),
                          (number_quote(report, c), clause_quote(report, start, d)))
            continue
        for d in found:
            issued = ISSUED.match(text[d.end():]) or SIGNED.search(text[:d.start()])
            if issued and int(d["year"]) != c.year and len(cited) == 1 and abs(c.start - start - d.end()) < 90:
                told.add(c.start)
                yield Finding("anachronism", "warning", None, message("checks.issued", number=c.number or c.text, year=c.year, date=d[0]),
                              (number_quote(report, c), clause_quote(report, start, d)))
                break
    if report.year is None:
        return
    for c in cited:
        behind = text[c.end - start:]
        title = c.title or ""
        if (c.start not in told and (c.year or 0) > report.year and grounds(text, c.start - start) and APPROVED.search(behind)
                and str(report.year) not in title and not PLANNED.search(behind) and not any(int(d["year"]) > report.year for d in found)):
            yield Finding("anachronism", "warning", None, message("checks.grounds_next_year", number=c.number or c.text, year=c.year, report=report.year),
                          (number_quote(report, c), Quote.of(report, start, end)))
    for d in found:
        clause_start = max(text.rfind(x, 0, d.start()) for x in "，；。（(") + 1
        after = re.split("[，；。]", text[d.end():])[0]
        clause = text[clause_start:d.end()] + after
        year = int(d["year"])
        if year > report.year and ACHIEVED.search(after) and not ABOUT_THE_YEAR.search(clause) and not PLANNED.search(text[clause_start:]):
            yield outside(report, start, d, after, year)
        elif year < report.year and CERTIFICATE.search(text[:d.start()]):
            yield Finding("anachronism", "warning", None, message("checks.other_year", date=d[0], report=report.year, year=year),
                          (Quote.of(report, start + clause_start, start + d.end()),))
        elif (year < report.year and AWARDED.search(after) and not HISTORY.search(text) and str(report.year) not in text):
            yield outside(report, start, d, after, year)


def outside(report: Report, start: int, d: re.Match[str], after: str, year: int) -> Finding:
    """The finding on an achievement of another year."""
    return Finding("anachronism", "warning", None, message("checks.other_year", date=d[0], report=report.year, year=year),
                   (Quote.of(report, start + d.start(), start + d.end() + len(after)),))


def exists(d: re.Match[str]) -> bool:
    """Whether a date is on the calendar."""
    month = int(d["month"])
    return 1 <= month <= 12 and (d["day"] is None or 1 <= int(d["day"]) <= monthrange(int(d["year"]), month)[1])


def acts(text: str, d: re.Match[str]) -> bool:
    """Whether something is obtained or done on a date: within the clause that holds it or right after it."""
    return ACT.search(re.split("[；。]", text[d.end():])[0][:40]) is not None and not SIGNED.search(text[:d.start()])


def grounds(text: str, at: int) -> bool:
    """Whether a document is cited as the ground of what follows: 根据 … 的批复（文号）, within its clause."""
    before = text[:at]
    head = re.sub(r"《[^》]{0,120}》", "《》", before)
    clause = re.split("[；。]", head)[-1][-60:]
    return GROUNDS.search(re.sub(r"《》", "", clause)) is not None


def behind_act(text: str, c: Citation, start: int, d: re.Match[str]) -> bool:
    """Whether the number stands in a bracket right behind the dated act: 于2021年9月取得证书（…〔2022〕117号）."""
    between = text[d.end():max(c.start - start, d.end())]
    return 0 < len(between) < 40 and not re.search("[。；]", between) and re.search(r"[（(][^（()）]{0,8}$", between) is not None


def number_quote(report: Report, c: Citation) -> Quote:
    """The document number where it stands."""
    at = report.text.find(c.number or c.text, c.start, c.end)
    return Quote.of(report, at, at + len(c.number or c.text)) if at >= 0 else Quote.of(report, c.start, c.end)


def clause_quote(report: Report, start: int, d: re.Match[str]) -> Quote:
    """A date and the words of its act."""
    after = re.match(r"[^，。；\n]*", report.text[start + d.end():start + d.end() + 60])
    return Quote.of(report, start + d.start(), start + d.end() + (after.end() if after else 0))


def numbers(report: Report) -> Iterator[Finding]:
    """Document numbers that are malformed, or cited under two titles."""
    for start, end in narrative(report):
        for n in document_number.find(report.text[start:end]):
            if n.malformed in ("unpaired brackets", "no brackets"):
                yield Finding("missing-reference", "info", None, message("checks.malformed_number", number=n.text, canonical=n.canonical),
                              (Quote.of(report, start + n.start, start + n.end),))
    first: dict[str, Citation] = {}
    for c in report.citations:
        if not c.number or not c.title:
            continue
        key = re.sub(r"[\[\]()（）【】〔〕［］]", "|", re.sub(r"\s", "", c.number))
        other = first.setdefault(key, c)
        if other is not c and not same_title(other.title or "", c.title):
            yield Finding("conflicting-figures", "warning", None, message("checks.two_titles", number=c.number, first=other.title, second=c.title),
                          (Quote.of(report, other.start, other.end), Quote.of(report, c.start, c.end)))


def same_title(a: str, b: str) -> bool:
    """Whether two titles may be of one document: one holds the other, or most of their two-character words agree."""
    a, b = (re.sub(r"[^一-龥A-Za-z0-9]", "", x) for x in (a, b))
    if a in b or b in a:
        return True
    x, y = ({t[k:k + 2] for k in range(len(t) - 1)} for t in (a, b))
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.6
