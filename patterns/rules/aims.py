"""Goals that a rule states for itself: 目标为95%, 目标值：不低于12家, 年度任务300人次."""

from __future__ import annotations

from functools import lru_cache

from patterns import expressions as re
from patterns.fold import fold
from patterns.quantity import Quantity, find

_AIM = re.compile(r"(?<![超出过于多少低])(?<!高出)(?:目标值?|年度任务|任务数?|目标任务)(?:要求|规定)?(?:为|是|：|:|定为|设为|确定为)?(?:[≥≤><]|不低于|不少于|不高于|不超过)?$")


@lru_cache(maxsize=2048)
def aims(text: str) -> tuple[Quantity, ...]:
    """The quantities that a rule's text names as what is to be reached, in order; empty where it names none.

    >>> [q.text for q in aims("目标值为95%。达到目标值得满分；每低1个百分点扣1分")]
    ['95%']
    >>> aims("每超出任务数10%加1分，比目标低5%扣1分")
    ()
    """
    folded = fold(text).text
    return tuple(q for q in find(folded) if q.unit != "分" and q.number is not None and _AIM.search(folded, max(0, q.start - 14), q.start))
