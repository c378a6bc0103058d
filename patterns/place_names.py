"""Names of counties, districts, cities, towns: 上海市青浦区 is 青浦区, 宁岭县青杠坳镇 is 青杠坳镇; 地区, 城区, 全市 name none (no_places.tsv)."""

from __future__ import annotations

from functools import cache

from patterns import expressions as re
from patterns.places import files

_HAN = r"[\u4e00-\u9fff]"
# One unit of a chain; the longest endings first. A name has two characters or more before 镇, 乡 and 街道
_UNIT = re.compile(
    rf"(?P<stem>{_HAN}{{1,12}}?)(?P<suffix>特别行政区|自治区|自治州|自治县|自治旗|经济技术开发区|高新技术产业开发区|高新区|经开区|开发区|新区|街道|地区|省|州|盟|市|区|县|旗|镇|乡)")
_NOT_INSIDE = re.compile(r"[的各该等及与我您在为对将于由从被把]|.[和]|^本(?!溪)|"
                         r"实现|完成|关于|报送|报告|年度|推进|落实|加强|单位|居民|项目|工作|企业|部门|全年|主管|名称|实施|重点|主要|周边")
_NOT_AFTER = {  # what makes another word of an ending: 区域, 市场
    "区": "域级内里分间划", "市": "场值民委政级长容", "县": "级域", "镇": "压定静痛区", "乡": "村镇", "州": "", "旗": "下帜舰", "省": "级", "盟": "", "街道": "", "地区": "生"}
_TWO = {"镇", "乡", "州", "省", "街道"}  # names of one character before these are parts of longer ones (新乡市, 徐州市)
_KINDS = {"社区", "园区", "小区", "景区", "老区", "校区", "库区"}  # 幸福社区 is no district either
_LONGEST = {"区": 5, "县": 5, "市": 5, "旗": 6, "镇": 6, "乡": 6, "省": 3, "州": 4, "盟": 4}


@cache
def _none() -> frozenset[str]:
    with files("patterns").joinpath("no_places.tsv").open(encoding="utf8") as lines:
        import csv

        return frozenset(row["stem"] + row["suffix"] for row in csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def place_at(text: str, at: int = 0) -> tuple[str, int] | None:
    """The last unit of the chain of places that a text names from a place on, and where the chain ends; None where it names none.

    >>> place_at("上海市青浦区人民政府")
    ('青浦区', 6)
    >>> place_at("宁岭县青杠坳镇人民政府文件")
    ('青杠坳镇', 7)
    >>> place_at("全年实现地区生产总值") is None
    True
    """
    found: tuple[str, int] | None = None
    chain = ""
    while True:
        unit = _unit(text, at, chain)
        if unit is None:
            return found
        name, at = unit
        chain = name
        found = name, at


def _unit(text: str, at: int, chain: str) -> tuple[str, int] | None:
    """The unit that begins at a place. chain: the unit before it, "" for none."""
    for m in _units(text, at):
        stem, suffix = m["stem"], m["suffix"]
        name = stem + suffix
        if len(stem) > _LONGEST.get(suffix, 10) or _NOT_INSIDE.search(stem):
            return None
        if len(stem) == 1 and suffix in _TWO:
            continue
        if suffix == "地区" and not re.match(r"行政公署|行署|[\u4e00-\u9fff]{2,8}?[县市区旗]", text[m.end():m.end() + 10]):
            continue
        after = text[m.end():m.end() + 1]
        if after and after in _NOT_AFTER.get(suffix, ""):
            continue
        if name in _none():
            # 晋城市城区 is one; 城区 alone is none
            return (name, m.end()) if chain.endswith("市") and name in ("城区", "郊区", "矿区") and text[m.end():m.end() + 4] == "人民政府" else None
        if any(name.endswith(word) for word in _none() if (len(word) > 2 and not word.startswith("自治")) or word in _KINDS):
            return None
        return name, m.end()
    return None


def _units(text: str, at: int) -> list[re.Match[str]]:
    """The readings of the unit at a place, the shortest first."""
    out = []
    for stop in range(at + 2, min(len(text), at + 20) + 1):
        m = _UNIT.fullmatch(text, at, stop)
        if m:
            out.append(m)
    return out


_OFFICE = r"(?:人民政府|委员会|党委|党工委|管委会|办事处|[\u4e00-\u9fff]{1,12}?(?:局|委|办公室|中心|办|院|馆|所|总站|指挥部|领导小组))"
_BEFORE = re.compile(r"(?:^|[\s：:，,。；;、（(《“\d\-—])")


def place_of_office(text: str) -> str | None:
    """The place of the first office that a text names at the start of a word: 柳堰区城市管理委员会 → 柳堰区."""
    for m in _BEFORE.finditer(text):
        found = place_at(text, m.end())
        if found and not found[0].endswith(("省", "自治区", "地区")) and re.match(_OFFICE, text[found[1]:found[1] + 16]):
            return found[0]
    return None
