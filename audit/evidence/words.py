"""Content words of a condition, what they weigh, and whether a piece of text says them."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from audit.evidence.lexicon import synonyms
from patterns.fold import fold

QUOTES = re.compile("[“”\"‘’'「」『』《》〈〉*]")
CJK = re.compile("[\u4e00-\u9fff]")

# Words that carry no subject: frames of the rule's own language, quantities, bodies that every sentence names.
EMPTY = frozenset(
    (
        "面向 不同 各种 涉及 情况 工作 相关 有关 以及 及其 或者 并且 按照 根据 依据 依照 对照 通过 进行 予以 给予 能够 "
        "应当 应该 必须 可以 其中 其他 其它 各区 各类 各项 各级 本项 此项 该项 满分 得分 计分 扣分 评分 加分 分值 最多 "
        "最高 不超 超过 以上 以下 及以上 不足 不到 低于 高于 达到 百分点 扣完 为止 直至 扣完为止 至多 上限 每有 每出现 "
        "每发现 每建成 中心城区 其他区 其余 所在区 全年 年度 当年 本年度 今年 要求 规定 是否 存在 出现 发现 没有 未能 "
        "不得 基准 参评 为准 考核内容 主要 实际 标准 内容 方面 范围 予以 之一 一定 有所 用于 属于 作为 所属 一个 一家 "
        "两家 两个 两类 多个 包括 涉及 每次 每家 每个 每项 每起 每例 1个 1家 的话 视情 酌情 分别 部分 全部 均 凡 凡是 "
    ).split()
)
OPEN_LIST = re.compile("([^，。；、（()）]{2,14}(?:[、“”]{1,3}[^，。；、（()）“”]{2,14}){1,8}[”]?)等")

# Words that many rules share: they say what is done, not what it is done to.
LIGHT = frozenset(
    (
        "完成 开展 组织 落实 推进 实施 建立 制定 印发 举办 加强 推动 目标 任务 计划 指标 单位 企业 项目 管理 建设 区级 "
        "市级 部门 完善 情况 活动 工作 机制 执行 领域 重点 有效 良好 规范 及时 按时 按期 按规定 到位 较好 健全 下达 区内 "
        "辖区 开展了 完成率 "
    ).split()
)


@cache
def _cutter() -> Any:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.dt  # the one dictionary of the process


def plain(text: str) -> str:
    """The folded text without quotation marks; for comparing words, not for places."""
    return QUOTES.sub("", fold(text).text)


@lru_cache(maxsize=8192)
def content_words(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, in order, each once."""
    seen: dict[str, None] = {}
    for word in _cutter().cut(plain(text), HMM=False):
        if len(word) >= 2 and CJK.search(word) and word not in EMPTY and not re.match(r"\d", word):
            seen[word] = None
    # Single characters that jieba leaves over are often one word of two (维|保): join neighbours.
    singles = re.findall("[\u4e00-\u9fff]+", "".join(w if len(w) == 1 else "|" for w in _cutter().cut(plain(text), HMM=False)))
    for run in singles:
        run = re.sub(
            "[的得分计扣加每有且与和或及等并被对为在由把将就以所其各该本全均已了一二三四五六七八九十两个家起例次项达到至从向而不未无]",
            "|",
            run,
        )
        for piece in run.split("|"):
            if len(piece) >= 2 and piece not in EMPTY:
                seen[piece] = None
    return tuple(seen)


@lru_cache(maxsize=200_000)
def says(word: str, text: str) -> float:
    """How surely a plain text says a word: 1 as written or by a synonym, 0.8 where it is shortened or lengthened, else 0."""
    if word in text:
        return 1.0
    for other in synonyms().get(word, ()):
        if other in text:
            return 1.0
    if len(word) == 2 and _apart(word).search(text):
        return 0.8
    if len(word) >= 4:
        halves = (word[:2], word[2:])
        return max(0.0, sum(0.4 for h in halves if h in text or any(o in text for o in synonyms().get(h, ()))))
    if len(word) == 3 and (word[:2] in text or word[1:] in text):
        return 0.5
    return 0.0


@lru_cache(maxsize=8192)
def _apart(word: str) -> re.Pattern[str]:
    return re.compile(f"{word[0]}[\u4e00-\u9fff]{{1,2}}{word[1]}")


class Weights:
    """What a word weighs: rare among the annex's rules weighs more. From the annex alone, so that the narrative moves nothing."""

    def __init__(self, rules: Iterable[str]) -> None:
        self.count = 0
        self.seen: dict[str, int] = {}
        for rule in rules:
            self.count += 1
            for word in content_words(rule):
                self.seen[word] = self.seen.get(word, 0) + 1

    def of(self, word: str) -> float:
        """The weight of a word, above 0 and at most about 1."""
        rare = math.log(1 + self.count / (1 + self.seen.get(word, 0))) / math.log(2 + self.count)
        return max(0.1, rare) * (0.35 if word in LIGHT else 1.0)

    def terms(self, text: str, factor: float = 1.0) -> dict[str, float]:
        """The content words of a text with their weights. Of an open list (甲、乙、丙等) any one will do: 甲|乙|丙 is one term."""
        out: dict[str, float] = {}
        rest = text
        for m in OPEN_LIST.finditer(text):
            items = [max(words, key=self.of) for words in map(content_words, re.split("[、“”]+", m[1])) if words]
            if len(items) > 1:
                out["|".join(dict.fromkeys(items))] = factor * max(map(self.of, items))
                rest = rest.replace(m[1], " ")
        return out | {word: factor * self.of(word) for word in content_words(rest)}


def cover(terms: Mapping[str, float], *texts: tuple[str, float]) -> float:
    """The share of the terms' weight that the texts say; each text comes with its credit (1 the sentence itself)."""
    total = sum(terms.values())
    if not total:
        return 0.0
    got = 0.0
    for word, weight in terms.items():
        best = 0.0
        for text, credit in texts:
            if credit > best:
                best = max(best, credit * max(says(w, text) for w in word.split("|")))
        got += weight * best
    return got / total
