"""What a rule leaves out of a fault: 外地生产、本地经销的除外; （因申请人补正的除外）; 除不可抗力外，……; 已整改到位的不扣分."""

from __future__ import annotations

from patterns import expressions as re
from patterns.clause import Clause, CompiledRule
from patterns.fold import fold

_BEHIND = re.compile("([^，；。：（）()]{2,30}?)的?(?:者)?(?:，|予以)?(?:除外|不在此限|不再?(?:予以?)?扣分|不予扣分|可?不扣|免于扣分|免予扣分)(?![0-9一二三])")
_BRACKET = re.compile("[（(][^（）()]*除外[^（）()]*[）)]")
_BEFORE = re.compile("^除(?:因|了)?([^，。；]{2,20}?)(?:的情形|的)?(?:之|以)?外，?")


def exempted(rule: CompiledRule, clause: Clause) -> str:
    """The words of what a deduction does not count, "" where it counts all."""
    if clause.kind not in ("deduct", "zero"):
        return ""
    text = fold(rule.text).text
    rest = text[clause.end :]
    after = min((c.start for c in rule.clauses if c.start >= clause.end), default=len(text)) - clause.end
    stop = re.search("[；。]", rest[:after])
    told = fold(clause.text).text + "，" + rest[: stop.start() if stop else after]
    found = [m[1] for m in _BEHIND.finditer(told)]
    found += [m[1] for piece in re.split("[，；。]", told) if (m := _BEFORE.match(piece + "，"))]
    return "，".join(dict.fromkeys(w.strip("的、， ") for w in found))


def counted(condition: str) -> str:
    """A condition without what it leaves out in front: 除不可抗力外，未按期完工 -> 未按期完工."""
    return _BEFORE.sub("", condition) or condition


def without_exemptions(text: str) -> str:
    """A text without the words that leave something out of a deduction."""
    return _BEHIND.sub("", _BRACKET.sub("", text))
