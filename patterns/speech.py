"""How a piece of text says what it says: done, not done, denied, planned, of all, expected only; and the faults it speaks of.

The words are data (patterns/words/negation.tsv, plans.tsv, faults.tsv, outcomes.tsv), each row with an example that a test runs.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal, NamedTuple

from patterns import expressions as re
from patterns.content import table
from patterns.numerals import integer

Polarity = Literal["done", "not", "none", "plan"]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_LAST_YEAR = re.compile("上年|上一年|去年|前一年|往年|上年度|上期|上年末")
_COMPARED = re.compile("(?:较|比|与|同|高于|低于|相比)(?:上年|上一年|去年|上年度|上年同期|上年末|20\\d\\d年)")
_OTHER_THAN = re.compile("除[^，。；]{1,30}?(?:外|以外)")
_REST = re.compile("其余|其他均|余下|剩余|另有|另外|还有|仍有|尚有")
_ASIDE = re.compile("不(?:可降解|动产|同|断|仅|良|低于|少于|超过|足为|得(?!力)|忘|打|搞|折|再|为|乱|让|能|高于|多于|等)")
_NO_MOVE = re.compile("增加值|增值[税额服]|增幅|降幅|降水|降雨|降解")  # names of measures and things
_ROUND = re.compile("(?:一[人个户家项件名处条]|无一[人个户家项件名处条]?)(?:都|也)?(?:未|不|没有?)(?:落下?|漏|缺|少|拉下)")  # 一人未落: all of them
_BRACKET = re.compile("（[^（）]*(?:）|$)|\\([^()]*(?:\\)|$)")


_TO = re.compile("(?:^|[^应针相反])(?:对|将|把|向|给)[^，。；]{0,8}$")
_WHOM = re.compile(r"[^，。；\d]{2,14}的[\u4e00-\u9fff]{1,8}(?:进行|实施|予以|开展|约谈|督促|督办|提醒|帮扶|催办|通报|限期|启动|下发|落实|纳入)")


class Said(NamedTuple):
    """polarity: done unless a word says otherwise; at: where that word stands. all: it speaks of every one. forecast: it is expected only.

    year: the last year named in it (at year_at), None where none is; last: it tells of last year (and does not only compare with it); but: 除…外.
    """

    polarity: Polarity
    at: int
    all: bool
    forecast: bool
    year: int | None
    year_at: int
    last: bool
    but: bool


@cache
def _pattern(name: str, kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{r['pattern']})" for r in table(name) if r["kind"] == kind))


@cache
def _fault_words() -> dict[str, tuple[str, ...]]:
    return {r["kind"]: tuple(sorted(r["words"].split(), key=len, reverse=True)) for r in table("faults")}


def find(name: str, kind: str, text: str) -> re.Match[str] | None:
    """The first place where a word of a kind (negation: not, none, all; plans: plan, forecast) stands."""
    return _pattern(name, kind).search(text)


@lru_cache(maxsize=10_000)
def faults(text: str) -> frozenset[tuple[str, str]]:
    """The faults that a plain text speaks of, as (kind, word)."""
    return frozenset((kind, w) for kind, words in _fault_words().items() for w in words if w in text)


def _dealt_with(text: str, found: re.Match[str]) -> bool:
    """Whether a duty left undone only names those whom something is done to: 对未完成目标的单位进行约谈."""
    return _TO.search(text[: found.start()]) is not None and _WHOM.match(text, found.start()) is not None


@lru_cache(maxsize=10_000)
def said(text: str) -> Said:
    """How a plain piece of text (between two commas) says what it says. What stands in brackets decides nothing."""
    whole = text
    text = _BRACKET.sub(lambda m: "　" * len(m[0]), text)
    every = _ROUND.search(text)
    if every:
        text = _ROUND.sub(lambda m: "　" * len(m[0]), text)
    none = find("negation", "none", text)
    not_ = find("negation", "not", text)
    while not_ and (_ASIDE.match(text, not_.start()) or _dealt_with(text, not_)):
        not_ = _pattern("negation", "not").search(text, not_.end())
    plan = find("plans", "plan", text)
    if plan:
        polarity, at = "plan", plan.start()
    elif none and (not not_ or none.start() <= not_.start()):
        polarity, at = "none", none.start()
    elif not_:
        polarity, at = "not", not_.start()
    else:
        polarity, at = "done", -1
    years = list(_YEAR.finditer(text))
    compared = _COMPARED.sub("", text)
    return Said(
        polarity,  # type: ignore[arg-type]
        at,
        every is not None or find("negation", "all", text) is not None,
        find("plans", "forecast", whole) is not None,
        int(years[-1][1]) if years else None,
        years[-1].start() if years else -1,
        _LAST_YEAR.search(compared) is not None,
        _OTHER_THAN.search(text) is not None,
    )


@lru_cache(maxsize=10_000)
def reached(text: str) -> bool | None:
    """Whether a plain text says that a goal was reached (True) or missed (False); None where it says neither."""
    if find("outcomes", "missed", text):
        return False
    return True if find("outcomes", "reached", text) else None


@lru_cache(maxsize=10_000)
def moved(text: str) -> Literal["up", "down", "flat", ""]:
    """The way in which a plain text says that a value moved: the first such word in it."""
    text = _NO_MOVE.sub("　", text)
    found = [(m.start(), way) for way in ("flat", "down", "up") if (m := find("outcomes", way, text))]
    return min(found)[1] if found else ""  # type: ignore[return-value]


@cache
def marks(name: str) -> tuple[str, ...]:
    """The words of a mark of patterns/words/marks.tsv (total, gap, less …)."""
    return next(tuple(r["words"].split()) for r in table("marks") if r["mark"] == name)


@cache
def kin() -> tuple[frozenset[str], ...]:
    """Sets of counting words that may count the same things."""
    return tuple(frozenset(r["words"].split()) for r in table("marks") if r["mark"].startswith("kin"))


_SCORING = re.compile(r"(?:申请|自评|自扣|扣|加|计|报|得|少算)[^，。；]{0,6}?\d(?:\.\d+)?分(?!钟|之|类)")


@lru_cache(maxsize=10_000)
def scoring(text: str) -> bool:
    """Whether a plain text only says what points are asked for or taken: 按省级表彰申请加2分."""
    return _SCORING.search(text) is not None


def leaves_some(text: str) -> bool:
    """Whether a plain text says that some are left over: 剩余1个正在推进."""
    return find("outcomes", "rest", text) is not None


def only_begun(asked: str, told: str) -> bool:
    """Whether a text tells of the beginning of what a condition asks the end of: 完成规划设计招标 for 建成."""
    ends = find("outcomes", "ended", asked) is not None or "完成" in asked
    return (
        ends
        and find("outcomes", "begun", told) is not None
        and find("outcomes", "begun", asked) is None
        and find("outcomes", "ended", told) is None
    )


def only_drafted(asked: str, told: str) -> bool:
    """Whether a text tells of the drafting of what a condition asks to be issued: 规范起草完毕 for 印发规范."""
    issued, drafted = find("outcomes", "issued", asked), find("outcomes", "drafted", told)
    return issued is not None and drafted is not None and find("outcomes", "issued", told) is None and find("outcomes", "drafted", asked) is None


def taken_back(text: str) -> bool:
    """Whether a plain text takes back what stands before it: 省里还没有批. What names a matter of its own does not (细则尚未印发)."""
    return find("outcomes", "taken_back", text) is not None


def from_above(asked: str, told: str) -> bool:
    """Whether a text tells what an office above or beside the district did, where a condition asks for the district's own (县级组织检查)."""
    return any(w in asked for w in marks("own_level")) and find("outcomes", "from_above", told) is not None


_HEAD = re.compile("[\u4e00-\u9fff]{2}率|占比|比例|比重|满意度|增幅|增速|降幅|覆盖面|系数|占(?![用领地据道压位有])|密度|浓度")


def measure(text: str) -> str:
    """The last word of a measure in a text (覆盖率, 占比), "" where there is none."""
    found = _HEAD.findall(text)
    return found[-1] if found else ""


_DONE = re.compile("已(?!经?(?:经)?列入|纳入)|实际|完成了|全年(?!计划)|累计")


def done(text: str) -> bool:
    """Whether a text says in so many words that something has been done."""
    return _DONE.search(text) is not None


_LEVELS = (
    (4, re.compile("国家级?|全国|国务院|中央|部委|部级")),
    (3, re.compile("省级?|全省|自治区")),
    (2, re.compile("市级|全市|市[委政级]|[\u4e00-\u9fff]市(?:[^区县]|$)|上级")),
)
_PART_YEAR = re.compile(
    "(?<!\\d)1[-—~至到](?:[2-9]|10|11)月|前[一二三]季度|上半年|(?:截至|截止|至)(?:[1-9]|10|11)月(?!.{0,6}12月)|前(?:[2-9]|10|11)个月|1季度|一季度末"
)
_RANK = re.compile(
    "(?<![与和跟同距比较离])(?<!距离)第([0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)|"
    "(?:排名|排在?|[位居名]列|[位名]居|居|列|榜上)(?:全[市省国县区])?第([0-9]{1,3})(?![\\d.%])"
)


@lru_cache(maxsize=10_000)
def levels(text: str) -> frozenset[int]:
    """The levels of government that a text names: 4 national, 3 provincial, 2 municipal."""
    return frozenset(n for n, p in _LEVELS if p.search(text))


def fitting_level(asked: str, told: str) -> bool:
    """Whether a text told may speak of the level of government that another asks for: 省级以上 is not met by 市级. No level named fits any."""
    want, have = levels(asked), levels(told)
    if not want or not have or ("市级" not in asked and not {3, 4} & want):
        return True
    above = "以上" in asked
    return bool(want & have) or (above and max(have) > min(want))


BEHIND = 4  # characters of a name that may stand between a grade and the number of what has it (4A级景区1家)


@lru_cache(maxsize=10_000)
def other_grade(asked: str, before: str) -> bool:
    """Whether the words right before a number name another grade than a text asks for: 二等奖 where 一等奖 is asked for. Of 二等奖以上
    the better ones are meant as well."""
    before = before.rstrip("的为者获得达到（(")
    return not fitting_grade(asked, before[-BEHIND - max(len(g) for series in _grades() for g in series) :])


@lru_cache(maxsize=10_000)
def fitting_grade(asked: str, told: str) -> bool:
    """Whether a text told may speak of the grade that another asks for: 新创5A级景区 is not met by 4A级景区. No grade named fits any."""
    for series in _grades():
        want = {k for k, g in enumerate(series) if _names(series, g, asked)}
        have = {k for k, g in enumerate(series) if _names(series, g, told)}
        above = any(f"{series[k]}{more}" in asked for k in want for more in ("以上", "及以上"))
        if want and have and not (want & have) and not (above and min(have) < max(want)):
            return False
    return True


def _names(series: tuple[str, ...], grade: str, text: str) -> bool:
    """Whether a text names a grade and not only a longer one of its series that ends so (A级 in 5A级)."""
    return grade in text and not any(grade in other and other in text for other in series if other != grade)


@cache
def _grades() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(r["grades"].split()) for r in table("grades"))


@lru_cache(maxsize=10_000)
def part_year(text: str) -> bool:
    """Whether a text tells of a part of the year only (1—11月, 前三季度)."""
    return _PART_YEAR.search(text) is not None


def rank(text: str) -> int | None:
    """The rank that a text tells: 排名第3位."""
    m = _RANK.search(text)
    return integer(m[1] or m[2]) if m and not (m[1] or m[2]).isdigit() else int(m[1] or m[2]) if m else None
