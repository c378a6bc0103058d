"""Words of two years: passages repeated word for word, and last year's achievement claimed again."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from audit.diff.model import Repetition, YearFinding
from audit.messages import message
from audit.model import Quote
from extractor.report import Report
from patterns import expressions as re

LONG = 20  # a repeated sentence shorter than this is a formula (现将有关情况报告如下)
SAME = 0.85  # share of a clause's characters that last year's clause holds in order
# What happens once: a title won, a thing put into use. Yearly duties (编制, 开展, 检查) are repeated rightly.
ONCE = re.compile(
    r"获评|获批|荣获|获得|获颁|获选|入选|入围|跻身|当选|拿下|摘得|建成|投运|投用|投产|揭牌|落成|开业|竣工|并网|上线|取得|"
    r"通过(?:国家|市级|省级)?验收|创成|成功创建|创建成功|成功申报|命名为|认定为|授予")
NAME = re.compile(
    r"公司|集团|社区|园区|街道|[镇乡村站厂馆所院校区岛港码头]|项目|中心|基地|平台|商场|广场|大厦|"
    r"“[^”]+”|《[^》]+》|首[个座家批台例]")
PAST = re.compile(r"上年|去年|此前|既有|已有|原有|往年|以来|基础上|(?<!\d)20\d\d\s*年")
FILLER = re.compile(
    r"[\s“”\"，、—\-（）()]|新(?=获|建|创|入)|年内|年初|年底|全年|当年|今年|本年度?|再次|继续|成功|"
    r"[一二三四五六七八]是|(?<!\d)20\d\d年(?:\d+月(?:\d+日)?)?")


def clauses(report: Report, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Stretches between the given punctuation in the narrative's sentences."""
    for s in report.sentences:
        at = s.start
        for m in pattern.finditer(report.text, s.start, s.end):
            if m.start() > at:
                yield at, m.start()
            at = m.end()
        if s.end > at:
            yield at, s.end


def repeated(old: Report, new: Report) -> tuple[Repetition, ...]:
    """Sentences of some length that stand in both reports, in the new one's order."""
    def key(report: Report, start: int, end: int) -> str:
        return re.sub(r"\s", "", report.text[start:end])

    seen = {key(old, s.start, s.end): s for s in reversed(old.sentences)}
    out, done = [], set()
    for s in new.sentences:
        words = key(new, s.start, s.end)
        if len(words) >= LONG and words in seen and words not in done:
            done.add(words)
            out.append(Repetition(Quote.of(old, seen[words].start, seen[words].end), Quote.of(new, s.start, s.end)))
    return tuple(out)


def recycled_findings(old: Report, new: Report) -> Iterator[YearFinding]:
    """recycled-achievement: a named, one-off achievement of last year stands in the new report as this year's.

    Not where the new report says that it is last year's.
    """
    stops = re.compile(r"[，；。！？：\n]")
    past = [(s, e, FILLER.sub("", old.text[s:e])) for s, e in clauses(old, stops) if ONCE.search(old.text[s:e])]
    for start, end in clauses(new, stops):
        words = new.text[start:end]
        if not ONCE.search(words) or not NAME.search(words) or told_as_past(new, start, end):
            continue
        bare = FILLER.sub("", words)
        if len(bare) < 10:
            continue
        for s, e, other in past:
            if alike(bare, other) >= SAME:
                yield YearFinding(
                    "recycled-achievement", "warning",
                    message("diff.recycled", now=words.strip(), before=old.text[s:e].strip()),
                    (Quote.of(new, start, end),), (Quote.of(old, s, e),))
                break


def told_as_past(report: Report, start: int, end: int) -> bool:
    """Whether a clause speaks of an earlier year: 上年, 既有, a year before the report's."""
    for m in PAST.finditer(report.text, start, end):
        year = re.match(r"20\d\d", m.group())
        if year is None or (report.year and int(year.group()) < report.year):
            return True
    return False


def alike(a: str, b: str) -> float:
    """The share of the shorter text's characters that the other holds in long common runs."""
    if min(len(a), len(b)) < SAME * 0.7 * max(len(a), len(b)):
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return sum(m.size for m in matcher.get_matching_blocks() if m.size >= 2) / min(len(a), len(b))
