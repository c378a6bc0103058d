"""Finds a figure by its name: 占总额72.3% means the figure whose subject is that total, wherever it stands; else none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.relations.tagged import Label
from extractor.report import Figure

_LEAD = re.compile("^(?:[全本我该各][区县市镇乡省国部局院校]{1,2}|全部|全年|全|总的?|年末|年度|其|上述|当年|同期|的)+(?=.)")
_TRAIL = re.compile("(?:总数|总量|总额|总计|数量|数|的|比重|比例|总体)+$")
_PRONOUN = re.compile("^(?:总量|总数|总额|总场次|合计数?|数量|台数|件数|例数|人数|户数|金额|规模|总体|该)$")
_REACH = 400  # figures looked back


@dataclass
class Names:
    """The figures of a report with their labels and families."""

    figures: Sequence[Figure]
    labels: dict[int, Label]
    family: dict[int, str]

    def find(self, name: str, near: int, like: int | None) -> int | None:
        """The last figure before `near` (exclusive) whose subject is `name`, of the family of figure `like`."""
        core = _TRAIL.sub("", _LEAD.sub("", name.strip("的了“”")))
        if len(core) < 2:
            return None
        for k in range(near - 1, max(-1, near - _REACH), -1):
            f = self.figures[k]
            if f.role in ("change", "limit") or f.high is not None or f.number is None or (f.unit in ("%", "‰")):
                continue
            if like is not None and self.family[k] != self.family[like]:
                continue
            if self.fits(core, k):
                return k
        return None

    def fits(self, core: str, k: int) -> bool:
        """Whether a name is the subject of a figure: it ends the words before it or begins the words after it."""
        label = self.labels.get(k, Label("", ""))
        head = re.sub("(?:共有?|总?[计数]|为|达到?|是|有|约|已|合计|实现|完成)+$", "", label.head)
        return head.endswith(core) or label.tail.startswith(core) or (len(core) >= 4 and (core in head or core in label.tail))
