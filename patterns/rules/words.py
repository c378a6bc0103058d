"""The word classes of the scoring language, as pieces of regular expressions. All repeats are bounded. The words: patterns/words/scoring.tsv."""

from __future__ import annotations

from functools import cache

from patterns import expressions as re
from patterns.places import files

ARABIC = r"\d{1,9}(?:\.\d{1,4})?"
CHINESE = r"(?:零点[零一二三四五六七八九]{1,3}|[一二两三四五六七八九十百]{1,4}(?:点[零一二三四五六七八九]{1,3})?|半)"
NUMBER = rf"(?:{ARABIC}|{CHINESE})"

# 分 as a point, not 5分钟, 三分之一, 2分类, 百分点 …
POINT = r"分(?!钟|之|贝|类|支|局|公司|店|厂|院|校|米|析|解|布|配|散|管|段|享|流|工|离|级|会|册|队|社|区)"


def rows() -> list[dict[str, str]]:
    """The rows of patterns/words/scoring.tsv by column name."""
    text = (files("patterns") / "words" / "scoring.tsv").read_text(encoding="utf8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=True)) for line in lines[1:]]


@cache
def words(*kinds: str) -> tuple[str, ...]:
    """The words of some kinds, longer ones first."""
    found = {w for row in rows() if row["kind"] in kinds for w in row["words"].split()}
    return tuple(sorted(found, key=lambda w: (-len(w), w)))


def either(*kinds: str) -> str:
    """A regular expression for any word of some kinds."""
    return "(?:" + "|".join(map(re.escape, words(*kinds))) + ")"


COUNTER = either("counter")
# one measure to another (万元/亩, 批次/千人, 座/平方公里), and units in Latin letters (DDDs, mg/L)
_OF = r"/(?:[\u4e00-\u9fff]{1,4}?(?=[，。；、的以及得计扣加)]|不|$|达)|[A-Za-z]{1,3}\d?)"
UNIT = rf"(?:/1?0{{0,2}}[十百千]?万(?:人口|人)?|{either('counter', 'measure')}(?:{_OF})?|[A-Za-zμ]{{2,6}}(?:/[A-Za-z]{{1,3}}\d?)?)"

ADVERB, GIVE, TAKE, MOST, END = (either(k) for k in ("adverb", "give", "take", "most", "end"))
