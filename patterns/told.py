"""What a cell of an annex tells, by its words alone: a value, a goal, a deed, a pointer at material."""

from __future__ import annotations

from patterns import expressions as re
from patterns.scores import is_unit

_VALUE = re.compile(
    r"(?P<aim>[≥≤>＞<＜≧≦]=?|不[低高少多超]于|不超过|至少)?[-+−]?\d[\d,.，/:：]*(?P<unit>[^\d\s（(]{0,8}?)(?:以[上下内]|及以上)?(?:[（(].{0,12}[）)])?[。；]?")
_AIM = re.compile(r"以[上下内]|不[低高少多]于|不超过|至少|上年|下达|目标|任务|完成|全覆盖|达到")
_DONE = re.compile(
    r"已|未|均|全部|共\d+(?![\d.]*分)|完成|印发|召开|开展|建立|成立|组建|制定|出台|落实|达到?\d|通过|办结|[\d〕]号|"
    r"\d[\d,.]*(?:[万亿]?[元亩吨人次户件家个项起期场份处所座条]|[%‰]|公里|平方)")
_REFERENCE = re.compile(
    r"(?:附件|附表|佐证|证据|材料|资料|台账|档案|卷宗?|目录|第|[A-Za-z])[^\d，。；]{0,3}\d{1,4}(?:[-—~～至、.]\d{1,4})*[页盒卷号件册]?(?:[、，；和].*)?|"
    r".*(?:材料|资料|文件|台账|纪要|照片|截图|复印件|报表|清单|记录|名册|名录|目录|合同|协议|年鉴|批复|通报|公报|统计局|平台|系统|档案盒\d*号?)(?:数据|备查)?")
_LONGEST_REFERENCE = 24
_LONGEST_AIM = 16


def is_value(words: str) -> bool:
    """A number with its unit and little else (≥95%, 46平方千米, 7次), as goals and results are.

    >>> is_value("46平方千米"), is_value("1.常务会议学法")
    (True, False)
    """
    m = _VALUE.fullmatch(words)
    return m is not None and (is_unit(m["unit"]) or m["unit"].endswith(("%", "‰")) or (m["aim"] is not None and not m["unit"]))


def is_aim(words: str) -> bool:
    """Words that say what is asked for: a value with a sign, or a number with a word of comparison.

    >>> is_aim("≥95%"), is_aim("每年不少于4次"), is_aim("96.2%")
    (True, True, False)
    """
    m = _VALUE.fullmatch(words)
    if m is not None and m["aim"] is not None:
        return is_value(words)
    return len(words) <= _LONGEST_AIM and _AIM.search(words) is not None and any(c.isdigit() for c in words) and not _DONE.match(words)


def tells(words: str) -> bool:
    """Words that tell what was done or was not: counted things, documents with their numbers, deeds.

    >>> tells("已全部办结"), tells("组织领导")
    (True, False)
    """
    return _DONE.search(words) is not None


def is_reference(words: str) -> bool:
    """A short pointer at material or at its place.

    >>> is_reference("附件1-2"), is_reference("会议纪要"), is_reference("档案治理")
    (True, True, False)
    """
    return len(words) <= _LONGEST_REFERENCE and _REFERENCE.fullmatch(words) is not None


_NUMBER = r"(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|第?(?:[一二三四五六七八九十]{1,3}|\d{1,2}(?:[.．]\d{1,2}){0,2})(?:部分|章|节|条|点|[、.．])?)"
_PLACE = re.compile(rf"(?:详见|参见|(?<![会接意常可看罕])见|同)(?:正文|本?报告|自[查评]报告|文中|上文|前文|叙述部分|文字部分)?(?:正文)?(?P<path>{_NUMBER}+)(?=$|[，。；、）)\s])")
_BARE = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,2}(?:[.．]\d{1,2}){0,2}")


def place_pointed_at(words: str) -> tuple[str, ...]:
    """The numbers of the sections, outermost first, that a cell sends its reader to; none where it names no place of the text.

    >>> place_pointed_at("已达标，见正文二（四）4"), place_pointed_at("见报告第六部分"), place_pointed_at("见附件1")
    (('二', '四', '4'), ('六',), ())
    """
    m = _PLACE.search(words)
    return tuple(_BARE.findall(m["path"])) if m else ()
