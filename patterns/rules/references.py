"""A rule that is told elsewhere: 参照备注1评分, 按《…办法》考核, 评分方法同“…”."""

from __future__ import annotations

from patterns import expressions as re

_NUMBER = r"(?:[一二三四五六七八九十\d]{1,3}|[A-Za-z])"
_WAYS = r"(?:参照|参见|详见|见|同|依照|依据|依|按照|按|根据|执行|适用|参考|以)"
_ELSEWHERE = re.compile(
    rf"{_WAYS}(?P<to>(?:本)?(?:备注|附件|附表|附录|附则|附注|说明|注){_NUMBER}?(?:[.-]\d{{1,2}})?|"
    r"《[^《》]{2,60}》|(?:专项|具体|单独|另行|有关|相关|市级|年度|考核|评价|评分){0,3}(?:评分|考核|评价|实施|计分)(?:办法|细则|标准|方案|"
    r"口径)|备注)")
_NOTE = re.compile(rf"(?P<to>(?:备注|附件|附表|附录|附注|(?<![备附])注(?=\\d)){_NUMBER}(?:[.-]\d{{1,2}})?)")
_SAME_AS = re.compile(r"(?:同|与|参照|比照|按照?)[“《「](?P<to>[^”》」]{2,30})[”》」](?:一致|相同|指标)?(?:评分|计分|执行|打分)?$")
_SCORES = re.compile(r"加分|加计|办理|评分|打分|计分|赋分|考核|评定|执行|处理|办法|细则|方法|标准|计算|得分|测算|核定|评价|确定|见|参照|参见|同|规定|为准")
_SCORED_BY = re.compile(r"加分|加计|评分|打分|计分|赋分|评定|得分|考核|计算|测算|核定|评价|执行")
# 认定口径见备注1 says what a word means, not what it earns
_DEFINES = re.compile(r"(?:口径|定义|含义|范围|名单|目录|解释|名录|清单|对象|依据|内涵)[^，。；]{0,6}(?:详见|参见|见|按|以|依据|同)|"
                      r"(?:详见|参见|见)[^，。；]{0,12}(?:口径|定义|名单|目录|名录|清单)")


def reference(text: str, start: int, end: int, beside_points: bool) -> tuple[int, int] | None:
    """Where the name of what is referred to stands; None where a stretch refers to nothing that scores.

    beside_points: the rule gives points of its own, so that a reference counts only where it says that it scores.
    """
    said = text[start:end]
    m = _NOTE.search(text, start, end) or _ELSEWHERE.search(text, start, end)
    if m is not None:  # what stands in a bracket speaks for the bracket: 治理率(小数取位见附注2)
        a, b = text.rfind("(", start, m.start()), text.find(")", m.end(), end)
        said = text[a:b] if a >= 0 <= b and ")" not in text[a:m.start()] else said
    if m is None:
        same = _SAME_AS.search(said)
        return (start + same.start("to"), start + same.end("to")) if same and (_SCORED_BY.search(said) or not beside_points) else None
    if not _SCORES.search(said) or (beside_points and (_DEFINES.search(said) or not _SCORED_BY.search(said))):
        return None
    if m["to"].startswith("《") and not re.search(r"评分|打分|计分|赋分|考核|评定|执行|处理|评价|见|得分", text[m.end():end] + m[0][:2]):
        return None
    return m.start("to"), m.end("to")
