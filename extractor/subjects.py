"""Subjects: the noun phrase that a figure counts, with 分别 and 依次 dealing values to the subjects named before."""

from __future__ import annotations

from extractor.meaning import Clause, clause_of
from extractor.roles import Meaning
from patterns import expressions as re
from patterns.quantity import Quantity

_PERIOD = (
    r"(?:(?:截至|截止|至|到|自)?(?:19|20)\d\d年?(?:度|\d{1,2}月(?:\d{1,2}日)?)?(?:年?[底末初]|第[一二三四]季度|"
    r"上半年|下半年)?|截至(?:目前|年底|年末)|全年|年内|年末|年底|年初|当年|本年度?|今年|目前|现有?|上年|去年|同期)")
_LEADING = re.compile(
    rf"^(?:[、，：:“”\s]|{_PERIOD}|其中|并且?|以及|[和及与而则且另再又的]|同时|此外|另有|其次|首先|"
    rf"[一二三四五六七八九十]+是|我区|本区|全区|区内|辖区内?|我市|本市|全县|我县|本县|全镇|共计?|累计|先后|继续|"
    rf"已经?|实际|"
    r"通过|完成了?|经[^，]{0,8}核定|对照|预计|计划|力争|组织|开展|年度)+")
_TRAILING = re.compile(
    r"(?:(?<!行)为|(?<!公)共|[是达有约近各均已超逾计在的到至、，：:由从“”‘’(（]|达到|共有|共计|合计|总计|累计|分别|"
    r"依次|超过|不足|不低于|不少于|不超过|不高于|高于|低于|优于|小于|大于|控制在|保持在|稳定在|实际|完成|"
    r"建成|实现|落实|[增提升上下降减]+(?:长|加|高|升|降|低|少)(?:了|到|至)?|降幅|增幅|升幅|相差|超出|超额|仅|总数|"
    r"数量|为市|市里|市级部门|市级|年内|当年|全年|了|折合|下达)+$")
_TAIL = re.compile(r"[\u4e00-\u9fff“”A-Za-z]{0,24}")
_TAIL_STOP = re.compile(
    r"的|(?<![人户亩日月年平])均|已|全部|小于|大于|于(?!业)|在(?!线|建)|被|将|中(?!学|小|心|药|医|型|介|央)|获|参加|参与|参训|参赛|报名|"
    r"申报|完成|采用|通过|实现|开展|建成|确定|接受|投入|进入|列入|纳入|(?<!行)为(?!民)|是|有(?!机|限)|(?<!公)共|"
    r"到场|对接|培训|具备|"
    r"实施|执行|落实|达标|达到|获评|启动|签约|开工|推行|举行|如期|按时|按期|竣工|组织|成功|以上|以下|左右|进行|"
    r"(?<!响|供|适|反)应|未|不(?!合格|锈|动产)|(?<!许)可(?!回收|再生|降解|燃|调|穿戴)|拟(?!人)|计划|等|负责|派员|"
    r"承担|从事|需|须|评定|下降|增长|提高|形成|收集|因|由|与|和|及")
_OWN_NOUN = re.compile(r"[率比占额量数能积耗值价速]$")
_SHARE = re.compile(r"(?:占|占比|比重|比例)[^，。；]{0,12}$")
_DEALT = re.compile(r"(?:分别|依次|各)[^，；。\d]{0,10}$")
_ITEM = re.compile(r"[^、，；。：和及与以]{1,24}")
_LONGEST = 30


def subjects(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], heading: str) -> list[str]:
    """The subject of each figure of a folded sentence, in order; a word of the heading where the sentence names none."""
    out: list[str] = []
    for k, q in enumerate(found):
        clause = parts[clause_of(parts, q.start)]
        start = max([clause.start, *(p.end for p in found[max(0, k - 1):k] if p.end > clause.start)])
        near = text[start:q.start]
        own = _before(near)
        behind = _behind(text[q.end:clause.end], q)
        beside = _host(parts, found, k)
        if own and k and start == found[k - 1].end and near.startswith(_left_over(text, found[k - 1], near)):
            own = _before(near[len(_left_over(text, found[k - 1], near)):]) if len(near) > len(_left_over(text, found[k - 1], near)) else ""
        previous = out[-1] if out else ""
        if meanings[k].role == "change" and not own:
            subject = previous
        elif _SHARE.search(near) and not own.rstrip("占比例重"):
            subject = f"{previous}占比"
        elif q.dimension == "count" and behind and (not own or not _names(own)):
            subject = behind
        elif own in ("完成率", "创建率", "达标率", "履约率", "占比", "上报率", "接入率", "覆盖率", "合格率", "整改率") and previous and out:
            subject = f"{_bare(previous)}{own}"
        elif own:
            subject = own
        elif behind:
            subject = behind
        elif beside is not None:
            subject = out[beside]
        else:
            subject = previous or heading
        out.append(subject[-_LONGEST:])
    _deal(text, parts, found, meanings, out)
    return out


def _host(parts: list[Clause], found: list[Quantity], k: int) -> int | None:
    """The last figure of the clause that the parenthesis around figure k interrupts."""
    clause = parts[clause_of(parts, found[k].start)]
    if clause.depth == 0 or clause.outer is None or clause.outer >= len(parts):
        return None
    outer = parts[clause.outer]
    return next((j for j in range(k - 1, -1, -1) if outer.start <= found[j].start < outer.end), None)


def _before(words: str) -> str:
    """The noun phrase before a figure, without what leads up to it and the predicate."""
    words = words.rpartition("的")[2] if re.search(r"的[^的]{2,}$", words) and len(words) > 24 else words
    last = None
    while last != words:
        last, words = words, _TRAILING.sub("", _LEADING.sub("", words))
    for mark in ("、", "和", "及"):  # an enumeration that is counted: 甲、乙2家 counts its members
        if mark == "、" and words.count("、") and not re.search("[率额量]$", words):
            words = words.rpartition("、")[2]
    return words.strip("“”\"'（()）")


def _left_over(text: str, previous: Quantity, near: str) -> str:
    """The part of the words between two figures that belongs to the first: 10个|商办用地、|3个."""
    m = _TAIL.match(near)
    words = m[0] if m else ""
    stop = near.find("、")
    return near[:stop + 1] if previous.dimension == "count" and 0 <= stop <= len(words) and stop + 1 == len(near) else ""


def _behind(words: str, q: Quantity) -> str:
    """The noun behind a counting word: 1000个|公共充电桩."""
    if q.dimension != "count":
        return ""
    m = _TAIL.match(words)
    noun = m[0] if m else ""
    stop = _TAIL_STOP.search(noun)
    return (noun[:stop.start()] if stop else noun).strip("“”")


def _names(words: str) -> bool:
    """Whether the words before a count name what is counted, and do not only say what is done (抽查15个项目)."""
    return len(words) > 4 or bool(_OWN_NOUN.search(words))


def _bare(subject: str) -> str:
    return re.sub("(?:完成率|占比)$", "", subject)


def _deal(text: str, parts: list[Clause], found: list[Quantity], meanings: list[Meaning], out: list[str]) -> None:
    """甲、乙分别为1个和2个; 甲1吨、乙2吨，分别下降3%、4%."""
    for k, q in enumerate(found):
        clause = parts[clause_of(parts, q.start)]
        head = text[clause.start:q.start]
        m = _DEALT.search(head)
        if m is None:
            continue
        series = [k]
        while series[-1] + 1 < len(found) and re.fullmatch("[、和及与]|以及", text[found[series[-1]].end:found[series[-1] + 1].start]):
            series.append(series[-1] + 1)
        n = len(series)
        if n < 2:
            continue
        names = [x for x in _ITEM.findall(head[:m.start()]) if x.strip()]
        base = ""
        if len(names) != n:
            base = _before(head[:m.start()])
            names = out[k - n:k] if k >= n and len({found[j].dimension for j in range(k - n, k)}) and not base else []
        if len(names) != n:
            names = _listed(text[:clause.start], n)
        if len(names) == n:
            for j, name in zip(series, names, strict=True):
                clean = re.split(r"已|于|(?<![人户亩日月年平])均|\d|入选|列入|获|的(?=.{3})", _LEADING.sub("", name) or name)[0] or name
                out[j] = f"{clean}{base}"[-_LONGEST:]


def _listed(text: str, n: int) -> list[str]:
    """The last enumeration of exactly n names in a text, [] where there is none."""
    lists = [x.split("、") for x in re.split("[，；。：]", re.sub("[和及与]", "、", text)) if x.count("、") == n - 1]
    return [name.strip()[-12:] if k == 0 else name.strip()[:12] for k, name in enumerate(lists[-1])] if lists else []
