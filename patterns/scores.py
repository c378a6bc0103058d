"""The words of score tables: numbers of score cells, maximum scores in names and rules, totals, notes, offices, serial numbers."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import NamedTuple

from patterns import expressions as re
from patterns import units

_NUMBER = re.compile(r"[-+−]?\d{1,4}(?:\.\d{1,4})?")
_SCORE = re.compile(r"(?:最高|最多|满分|上限|不超过|至多|限|得|加|共计?|计|约|自评|合计)?[：:]?(?P<n>[-+−]?\d{1,4}(?:\.\d{1,4})?)(?:分|%)?(?:[（(][^（）()]{0,20}[）)])?")
_SUM = re.compile(r"[\d.+\-×*÷/()（）分]+[=＝](?P<n>\d{1,4}(?:\.\d{1,4})?)分?")  # 5-0.5=4.5
_NONE = re.compile(r"[/／\\—–\-－―~～*×无空略…\.。]*")
_NAMED = re.compile(
    r"[（(\[【〔<＜〈［{｛「]\s*[^（）()\[\]【】\d]{0,6}?\s*(?P<n>\d{1,4}(?:\.\d{1,3})?)\s*分?\s*(?:值|制)?[）)\]】〕>＞〉］}｝」]"
    r"|[，,、：:\s—-]\s*(?:满分|分值|计|共)?\s*(?P<m>\d{1,4}(?:\.\d{1,3})?)\s*分\s*$|(?<![\d.得扣加减计满])(?P<k>\d{1,4}(?:\.\d{1,3})?)\s*分\s*$")
_RULE_WEIGHT = re.compile(
    r"\s*(?:[（(\[【]\s*(?:满分|本项|共计?|计|分值)?[:：]?\s*(?P<n>\d{1,4}(?:\.\d{1,3})?)\s*分\s*[）)\]】]"
    r"|(?:本项)?(?:满分|分值|标准分|共计?)[为是:：]?\s*(?P<m>\d{1,4}(?:\.\d{1,3})?)\s*分)")
_WHOLE = re.compile(r"(?:满分|(?:本项|此项|该项)(?:满分|共|计)?|标准分)(?:为|是)?(?P<n>\d{1,3}(?:\.\d{1,2})?)分")
_POINTS = re.compile(r"\d\s*分(?![钟之])|[得扣计加减满]分|不得分|满分|扣完")
_TOTAL = re.compile(r"(?:自评|自查|考核|评价|最终|本表)?(?:得分)?(?:总?合计|总计|总分|总得分|总评分|自评总分|共计|总[和数]|累计)(?:得分|分值|分数|总分)?"
                    r"(?:[（(].{0,14}[）)]|\d{2,4}分)?[:：]?")
_SUBTOTAL = re.compile(r".{0,24}小计(?:[（(].{0,12}[）)])?[:：]?|分类合计|(?:本项|该项|单项|分项|本部分|本页)(?:合计|得分|总分)|[一二三四五六七八九十]、?.{0,12}合计")
_GIVES = re.compile(r"[得扣计加减]\s*\d+(?:\.\d+)?\s*分")
_ENDS = re.compile(r"[\s\u3000]\d{1,3}(?:\.\d{1,2})?\s*$")
_ASIDE = re.compile(
    r"得分率.{0,6}|(?:自评|评价|评定|考核|评分|绩效)?(?:等级|等次|结果|结论)(?:评定)?|(?:折算|换算|折合|加权)(?:后)?(?:得分|分数|分值|总分).{0,8}|存在(?:的)?问题.{0,12}|改进措施|"
    r"其他需要说明的.{0,10}|填[报表](?:人|单位|日期|时间).{0,12}|(?:审核|复核|制表|联系|经办)人.{0,12}|(?:单位|项目|财务|部门|分管)?(?:负责人|领导)(?:签字|签章|意见)?.{0,12}|"
    r"联系(?:电话|方式).{0,16}|日期|(?:计量|金额)?单位[:：].{0,8}|[（(]?\d{4}年度?[）)]?|[（(]?盖章[）)]?")
_TOLD_TOTAL = re.compile(r"(?:自评|自查|考核|本表|以上)?(?:总?合计|总计|总分|总得分|得分合计|自评得分|自查得分|自评分|共计)[^。；]{0,16}?(?P<n>\d{1,4}(?:\.\d{1,3})?)"
    r"\s*分?[）)。]?")
_NOTE = re.compile(r"[\s\u3000]*(?:[（(])?(?:备\s?注|附\s?注|填表说明|填报说明|有关说明|说\s?明|注)\s?[\d一二三四五六七八九十]{0,3}\s?[：:、.．\s）)]")
_CAPTION = 40  # characters of a caption
_TITLE = re.compile(r"(?:表格?|报告|总结|公开|汇总|附件\d?|格式|样式|如下)[：:）)]?$|得分|自评|自查|评分|总分|满分|打分|计分|单位[:：]|日期|[（(]续[）)]|^续|\d{4}年\d{1,2}月")
_PART = re.compile(r"\s*(?:第[一二三四五六七八九十\d]{1,2}(?:部分|大?类|项|板块|篇|章)|附?表[一二三四五六七八九十\d]{1,2}|[甲乙丙丁戊己庚辛])[\s\u3000：:、.．]")
_BODY = re.compile(r"[\u4e00-\u9fff]{0,12}(?:局|委|办|部|院|厅|中心|处|科|所|站|室|组|股|镇|乡|街道|公司|政府|部门|协会?|总队|支队|大队|集团|单位|社|校|园|馆|妇联|工会)(?:[）)])?")
_ENUMERATED = re.compile(r"(?:[（(]?[\d一二三四五六七八九十]{1,4}[）)]?[、.．]?|\d{1,2}(?:[.-]\d{1,2}){1,3}|[A-Z]{1,2}\d{0,3}(?:[.-]\d{1,2}){0,2})")

def squash(text: str) -> str:
    """Compatibility characters folded, white space dropped."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


_TWO = re.compile(r"\d\s+\d")


def words_of(text: str) -> str:
    """A cell without white space; where that would join two numbers (4 and 1 below one another), each white stretch is a blank."""
    return " ".join(unicodedata.normalize("NFKC", text).split()) if _TWO.search(text) and _SCORES.fullmatch(text) else squash(text)


_SCORES = re.compile(r"[\d\s.分]+")


def number(text: str) -> Decimal | None:
    """The number of a score cell ("2", "２ 分", "0.\\n9", "+1"); None for "", "/", "—", for words and for two numbers (4 and 1 below one another)."""
    if _TWO.search(text):
        return None
    plain = squash(text).replace("−", "-").replace("。", ".")
    m = _SCORE.fullmatch(plain) or _SUM.fullmatch(plain)
    return Decimal(m["n"].lstrip("+")) if m else None


_TOLD = re.compile(r"(?:自评|自查|实得|应得|得|计|打|评|记)(?:为|了)?[：:]?(?P<n>\d{1,3}(?:\.\d{1,2})?)分")


def told_claim(text: str) -> Decimal | None:
    """The score that a cell of words tells (持证2人，得7分; 自评3分，缺1次); None where it tells none or several."""
    found = {m["n"] for m in _TOLD.finditer(squash(text))}
    return Decimal(found.pop()) if len(found) == 1 else number(text)


class Printed(NamedTuple):
    """A number as printed: text[start:end] of what it was looked for in."""

    value: Decimal
    start: int
    end: int


def last_number(text: str) -> Printed | None:
    """The last number inside a cell of words (自评得分 98.5 分)."""
    m = max(_NUMBER.finditer(text), key=lambda m: m.start(), default=None)
    return Printed(_decimal(m[0].replace("−", "-")), m.start(), m.end()) if m else None


def weight_in(text: str, bare: bool = False) -> Printed | None:
    """The maximum score that a name prints (组织体系（8分）); 0 where the bracket only takes off (最多减3分).

    bare: a number alone in brackets at the end counts too, as where the header says 考核内容（分值）.
    """
    best = None
    for m in _NAMED.finditer(text):
        if m["n"] is not None and "分" not in m[0] and not re.search("分值|权重|满分", m[0]) and not (bare and m.end() == len(text.rstrip())):
            continue
        best = m
    if best is None:
        return None
    group = next(g for g in ("n", "m", "k") if best[g] is not None)
    takes_off = best["n"] is not None and re.search("[减扣]", best[0]) is not None
    return Printed(Decimal(0) if takes_off else _decimal(best[group]), best.start(group), best.end(group))


def weight_in_rule(text: str) -> Printed | None:
    """The maximum score that a rule opens with (（8分）按时完成的…, 满分5分，…)."""
    m = _RULE_WEIGHT.match(text)
    if m is None:
        return None
    group = "n" if m["n"] is not None else "m"
    return Printed(_decimal(m[group]), m.start(group), m.end(group))


def stated_maximum(rule: str) -> Decimal | None:
    """The maximum that a rule names as such, wherever it stands (每起扣2分，满分30分); None where it names none or several."""
    found = {m["n"] for m in _WHOLE.finditer(squash(rule))}
    return Decimal(found.pop()) if len(found) == 1 else None


def _decimal(digits: str) -> Decimal:
    return Decimal(unicodedata.normalize("NFKC", digits))


def is_blank(words: str) -> bool:
    """A cell that says nothing, or says that there is nothing to say (/, —)."""
    return _NONE.fullmatch(words) is not None


def has_points(words: str) -> bool:
    """Words that give or take points: they belong to a rule."""
    return _POINTS.search(words) is not None


def points_given(text: str) -> int:
    """How often a text gives so many points for, or takes them off for, something (得2分, 每起扣0.5分)."""
    return len(_GIVES.findall(text))


def last_piece_is_score(text: str) -> bool:
    """Running text that ends in a bare number set apart, as the score of a row does."""
    return _ENDS.search(text) is not None


def is_total(words: str) -> bool:
    """The label of a total (合计, 总分, 自评总得分)."""
    return _TOTAL.fullmatch(words) is not None


def is_subtotal(words: str) -> bool:
    """The label of a subtotal (小计, 一、组织领导小计)."""
    return _SUBTOTAL.fullmatch(words) is not None


def is_aside(words: str) -> bool:
    """The label of a row that is neither indicator nor sum: 得分率, 自评等级, 填表人, 单位：分."""
    return _ASIDE.fullmatch(words) is not None


def told_total(text: str) -> Printed | None:
    """The total that a row of one cell tells in words (自评总分：98.5分)."""
    m = _TOLD_TOTAL.fullmatch(text.strip())
    if m is None:
        return None
    lead = len(text) - len(text.lstrip())
    return Printed(_decimal(m["n"]), lead + m.start("n"), lead + m.end("n"))


def may_be_caption(text: str) -> bool:
    """A line over a table that may head its rows: short, no sentence, and no title of a form, a table, a list of scores."""
    plain = squash(text)
    return 2 <= len(plain) <= _CAPTION and not re.search("[。；;，？！]", plain) and _TITLE.search(plain) is None and number(plain) is None


def is_heading_of_table(text: str) -> bool:
    """A line that names the table below it: 表二　附加分自评表, 附件3."""
    numbered = re.match(r"\s*(?:附?表|附件)\s*[一二三四五六七八九十\d]{1,3}(?!分)", text) is not None
    return numbered or re.search(r"(?:自评|评分|考核|得分|打分)表(?:[（(][^（）()]*[）)])?\s*$", text) is not None


def is_title(text: str) -> bool:
    """A line over a score table that prints its full marks (附表1　考核自评表（基础分80分）): short, no sentence, no section of the narrative."""
    plain = squash(text)
    return len(plain) <= _CAPTION and not re.search("[。；;，？！]", plain) and re.search(r"[（(][^（）()]{0,8}\d+分[^（）()]{0,4}[）)]$", plain) is not None and (
        re.search(r"表[（(]|^附|^表", plain) is not None)


def is_caption(text: str) -> bool:
    """A line over a table that heads its rows by itself: it prints their weight or a number of its own (表一　日常管理（60分）, 第二部分　重点任务)."""
    return _PART.match(text) is not None or ((found := weight_in(text)) is not None and text[found.end:found.end + 1].strip() == "分")


def is_by_goal(text: str) -> bool:
    """A rule that says no more than that goal and result decide (达到目标值得满分，未达到的按完成值/目标值×权重计分): no steps of its own."""
    return re.search("[扣减]|每[低高少超降]|[以及]上", text) is None and re.search("目标值|指标值|完成值|优、良|执行率|按比例|按期完成", text) is not None


def is_note(text: str) -> bool:
    """The beginning of a note under a table (备注1：, 注：)."""
    return _NOTE.match(text) is not None


def is_bodies(words: str) -> bool:
    """A list of offices and nothing else."""
    parts = [p for p in re.split("[、，,;；/和]", words) if p]
    return bool(parts) and all(_BODY.fullmatch(p) for p in parts)


def is_unit(words: str) -> bool:
    """A unit of measurement or a counting word and nothing else."""
    found = units.find(words, 0)
    return found is not None and found.end == len(words)


_SIGNS = frozenset("≥≤=＝﹦><〉〈＞＜≧≦")
_DIRECTIONS = frozenset((
    "定性 定量 正向 反向 逆向 负向 正向指标 反向指标 大于 小于 等于 大于等于 小于等于 >= <= 不低于 不高于 不少于 不超过 不多于 至少 至多 以上 以下 以内 "
    "越高越好 越低越好 越大越好 越小越好 越多越好 越少越好 有效性 区间").split())


def is_sign(words: str) -> bool:
    """A sign of comparison, or words that stand for one, and nothing else."""
    return words in _SIGNS or (words in _DIRECTIONS and words[:2] in ("大于", "小于", "等于", ">=", "<=", "不低", "不高", "不少", "不超", "不多", "至少", "至多"))


def is_direction(words: str) -> bool:
    """A sign of comparison, or the word of a column of signs (≥, 正向, 定性, 不低于)."""
    return words in _SIGNS or words in _DIRECTIONS


def is_enumerator(words: str) -> bool:
    """A serial number of any style: 12, 3.1, 一、, A2."""
    return _ENUMERATED.fullmatch(words) is not None
