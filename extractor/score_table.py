"""The annexed score table: its columns found by words and by content, merged cells filled, furniture rows left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.document import Cell, Document, Table
from extractor.report import Field, Row, ScoreTable

Column = Literal["serial", "domain", "weight", "name", "rule", "lead", "claimed", "other"]

# What a header cell says, squashed; the first pattern that fits decides
_WORDS: tuple[tuple[Column, re.Pattern[str]], ...] = tuple((role, re.compile(pattern)) for role, pattern in (  # type: ignore[misc]
    ("serial", r"序号|编号|序列|No\.?|项次|代码"),
    ("other", r"备注|说明|佐证|印证|支撑|材料|附件|完成情况|工作情况|落实情况|自评(?:依据|理由|情况|说明|内容)|得分(?:依据|理由|情况|说明)|扣分(?:原因|理由|情况|说明)|"
              r"(?:复核|核定|审核|考核组|市级|上级|复评|评审|考评|核实|最终|抽查|他评)[\u4e00-\u9fff]{0,4}得?分|目标值|完成值|实际值|数据来源"),
    ("lead", r"(?:牵头|责任|评价|考核|评分|主管|负责|实施|归口|打分|评审|主责|配合)[\u4e00-\u9fff]{0,4}(?:部门|单位|处室|科室|主体|机构)|^部门$|^单位$|责任人|牵头"),
    ("claimed", r"自评(?:得)?分?值?(?:数)?$|自评[\u4e00-\u9fff（(]{0,4}分|自查(?:得)?分|自[评测查][）)]?$|^得分|实际得分|自我评[价分]|自评结果|评分结果|自报"),
    ("rule", r"评分(?:标准|办法|细则|方法|规则|依据|说明|口径)|评价(?:标准|办法|细则|方法)|考核(?:细则|标准|办法|方法|评分)|计分(?:方法|办法|标准|规则)|"
             r"打分(?:标准|办法)|赋分|扣分(?:标准|办法)|标准及|细则|评定标准|考评(?:标准|办法|细则)|得分标准|评估标准|检查标准"),
    ("weight", r"分值|标准分|权重|满分|基准分|应得分|总分值|分数|^分$|配分|基本分|赋值"),
    ("domain", r"领域|一级指标|类别|类型|大类|板块|维度|一级|分类|目标层|方面|项目类|^项目$|考核项目|准则层|部分"),
    ("name", r"评价指标|指标名称|三级指标|二级指标|考核(?:内容|指标|要点|事项)|评价(?:内容|要点)|指标(?:内容)?$|具体指标|工作任务|工作内容|"
             r"主要(?:内容|任务)|任务|内容|事项|要点|项目"),
))
_NUMBER = re.compile(r"[-+−]?\d{1,4}(?:\.\d{1,4})?")
_SCORE = re.compile(r"[^\d.+\-−]{0,6}?([-+−]?\d{1,4}(?:\.\d{1,4})?)(?:分|%)?(?:[（(][^（）()]{0,20}[）)])?")
_NONE = re.compile(r"[/／\\—–\-－―无空]*")
_TOTAL = re.compile(r"(?:自评)?(?:得分)?(?:总?合计|总计|总分|总得分|自评总分|共计|总[和数]|自评得分合计)")
_SUBTOTAL = re.compile(r".{0,14}小计|分类合计|本项(?:合计|得分)")
_BODY = re.compile(r"[\u4e00-\u9fff]{0,12}(?:局|委|办|部|院|厅|中心|处|科|所|站|镇|街道|公司|政府|部门|协会?|总队|支队|大队|集团|单位)(?:[）)])?")
_SAID = re.compile(r"(?:自评|自查|考核|评价|合计|最终|本区|全区)?(?:总?得分|总分|总评分|合计|自评分|自评结果)"
                   r"(?:合计|共计|总计|总分)?[为是计共：:得达到]{0,3}(\d{1,3}(?:\.\d{1,3})?)分")


def squash(text: str) -> str:
    """Compatibility characters folded, white space dropped."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def number(text: str) -> Decimal | None:
    """The number of a score cell ("2", "２ 分", "0.\\n9", "+1"); None for "", "/", "—" and for words."""
    plain = squash(text).replace("−", "-").replace("．", ".").replace("。", ".")
    m = _SCORE.fullmatch(plain)
    return Decimal(m[1].lstrip("+")) if m else None


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with its columns known. first: the first row below the header."""

    table: Table
    columns: dict[Column, int]
    first: int
    header: tuple[str, ...]


def find_score_table(document: Document) -> ScoreTable | None:
    """The annexed table of indicators, None where the document has none.

    A table goes on in the next one where that has the same columns (a page or a heading may stand between).
    """
    grids: list[_Grid] = []
    for table in document.tables:
        grid = _grid(table, grids[-1] if grids else None)
        if grid is not None:
            grids.append(grid)
    if not grids:
        return None
    rows: list[Row] = []
    total: tuple[Decimal, Field] | None = None
    domain, lead = Field("", 0, 0), Field("", 0, 0)
    for grid in grids:
        found, stated, domain, lead = _rows(grid, len(rows), domain, lead)
        rows += found
        total = total or stated
    if not rows:
        return None
    total = total or _said(document, grids)
    return ScoreTable(tuple(rows), total[0] if total else None, total[1] if total else None, grids[0].table.start, grids[-1].table.end)


def _said(document: Document, grids: Sequence[_Grid]) -> tuple[Decimal, Field] | None:
    """The total that the narrative states, where the table has no total row."""
    inside = [(g.table.start, g.table.end) for g in grids]
    keep = [k for k, c in enumerate(document.text) if not c.isspace()]
    plain = "".join(unicodedata.normalize("NFKC", document.text[k])[:1] or "?" for k in keep)
    for m in reversed(list(_SAID.finditer(plain))):
        start, end = keep[m.start(1)], keep[m.end(1) - 1] + 1
        if not any(a <= start < b for a, b in inside):
            return Decimal(m[1]), Field(document.text[start:end], start, end)
    return None


def _grid(table: Table, before: _Grid | None) -> _Grid | None:
    """The table's columns, None where it is no table of indicators."""
    if not table.rows or len(table.rows[0]) < 3:
        return None
    for k, row in enumerate(table.rows[:6]):
        words = [squash(c.text) for c in row]
        named = _by_words(words)
        if len(named) >= 3 and not any(number(w) is not None for w in words):
            first = k + 1
            if k + 1 < len(table.rows) and _second_header(table.rows[k + 1]):
                under = [squash(c.text) for c in table.rows[k + 1]]
                words = [b if _by_words([b]) else a + b for a, b in zip(words, under, strict=True)]
                named, first = _by_words(words), k + 2
            return _complete(table, named, first, tuple(words))
    if before is not None and len(before.table.rows[0]) == len(table.rows[0]) and _fits(table, before.columns):
        return _Grid(table, before.columns, 0, before.header)
    return _complete(table, {}, 0, ())


def _second_header(row: Sequence[Cell]) -> bool:
    """A header of two rows: the second holds sub-headings under merged cells, and no number."""
    words = [squash(c.text) for c in row if c.text.strip()]
    return any(c.merged for c in row) and bool(words) and all(len(w) <= 12 and number(w) is None for w in words) and len(_by_words(words)) >= 1


def _by_words(words: Sequence[str]) -> dict[Column, int]:
    out: dict[Column, int] = {}
    for k, word in enumerate(words):
        if not word or len(word) > 20:
            continue
        for role, pattern in _WORDS:
            if pattern.search(word):
                if role == "name" and "name" in out and "domain" not in out and re.search("二级|三级|具体", word):
                    out["domain"], out["name"] = out["name"], k
                elif role == "name" and "name" in out and re.search("三级|四级|具体|要点|指标", word):
                    out["name"] = k
                elif role == "domain" and "domain" in out:
                    out.setdefault("name", k)
                elif role != "other":
                    out.setdefault(role, k)
                break
    return out


@dataclass(frozen=True, slots=True)
class _Content:
    """What a column holds below the header."""

    numbers: float
    length: float
    points: float
    bodies: float
    filled: float
    values: tuple[Decimal, ...]


def _content(table: Table, first: int, k: int) -> _Content:
    cells = [squash(r[k].text) for r in table.rows[first:] if not _is_total(r)]
    filled = [c for c in cells if c]
    n = len(filled) or 1
    values = tuple(v for v in map(number, filled) if v is not None)
    return _Content(
        numbers=len(values) / n, length=sum(map(len, filled)) / n, points=sum("分" in c for c in filled) / n,
        bodies=sum(all(_BODY.fullmatch(x) for x in re.split("[、，,;；/]", c) if x) for c in filled) / n,
        filled=len(filled) / (len(cells) or 1), values=values)


def _fits(table: Table, columns: dict[Column, int]) -> bool:
    weights = _content(table, 0, columns["weight"])
    return weights.numbers >= 0.5 or not weights.filled


def _is_total(row: Sequence[Cell]) -> bool:
    first = next((squash(c.text) for c in row if c.text.strip()), "")
    return bool(_TOTAL.match(first) or _SUBTOTAL.match(first))


def _complete(table: Table, named: dict[Column, int], first: int, header: tuple[str, ...]) -> _Grid | None:
    """Columns that the header does not tell, told by what they hold."""
    width = len(table.rows[0])
    columns = dict(named)
    other = {k for k, w in enumerate(header) if w and k not in named.values() and _WORDS[1][1].search(w)}
    content = {k: _content(table, first, k) for k in range(width)}

    def free() -> list[int]:
        return [k for k in range(width) if k not in columns.values() and k not in other]

    if "serial" not in columns and not header:
        for k in free()[:1]:
            values = content[k].values
            if content[k].numbers == 1 and len(values) >= 4 and all(b - a == 1 for a, b in zip(values, values[1:], strict=False)):
                columns["serial"] = k
    if "rule" not in columns:
        texts = [k for k in free() if content[k].numbers < 0.3 and content[k].points >= 0.4 and content[k].length >= 8]
        if texts:
            columns["rule"] = max(texts, key=lambda k: content[k].length * content[k].points)
    numeric = [k for k in free() if content[k].numbers >= 0.7 and content[k].values]
    if "weight" not in columns and numeric:
        columns["weight"] = numeric.pop(0)
    if "claimed" not in columns:
        numeric = [k for k in numeric if k != columns.get("weight")]
        if numeric:
            columns["claimed"] = numeric[-1] if not header else numeric[0]
    if not header and "weight" in columns and "claimed" in columns and columns["weight"] > columns["claimed"]:
        columns["weight"], columns["claimed"] = columns["claimed"], columns["weight"]
    if "lead" not in columns:
        bodies = [k for k in free() if content[k].bodies >= 0.6 and content[k].filled]
        if bodies:
            columns["lead"] = bodies[-1]
    if "name" not in columns:
        texts = [k for k in free() if content[k].numbers < 0.3 and content[k].filled >= 0.6 and content[k].length >= 3]
        if texts:
            columns["name"] = texts[-1] if columns.get("rule", width) > texts[-1] else texts[0]
        elif "domain" in columns:
            columns["name"] = columns.pop("domain")
    if "domain" not in columns and "name" in columns:
        left = [k for k in free() if k < columns["name"] and content[k].numbers < 0.3 and content[k].filled]
        if left:
            columns["domain"] = left[0]
    if not {"name", "weight"} <= set(columns) or ("rule" not in columns and "claimed" not in columns):
        return None
    return _Grid(table, columns, first, header)


def _rows(grid: _Grid, before: int, domain: Field, lead: Field) -> tuple[list[Row], tuple[Decimal, Field] | None, Field, Field]:
    out: list[Row] = []
    total: tuple[Decimal, Field] | None = None
    columns, table = grid.columns, grid.table
    merges_lead = table.tells_merged and "lead" in columns and any(r[columns["lead"]].merged for r in table.rows[grid.first:])
    for cells in table.rows[grid.first:]:
        words = [squash(c.text) for c in cells]
        if grid.header and _repeats_header(words, grid.header):
            continue
        if _is_total(cells):
            if not _SUBTOTAL.match(next(w for w in words if w)):
                total = _total(cells, columns) or total
            continue
        band = _band(cells, columns)
        if band is not None:
            domain, lead = band, Field("", 0, 0)
            continue
        own = _text(table, cells, columns.get("domain"))
        if own.text and own != domain:
            domain, lead = own, Field("", 0, 0)
        boss = _text(table, cells, columns.get("lead"))
        if boss.text or merges_lead:
            lead = boss
        name, rule = _text(table, cells, columns["name"]), _text(table, cells, columns.get("rule"))
        weight, claimed = _text(table, cells, columns["weight"]), _text(table, cells, columns.get("claimed"))
        if not name.text or (number(weight.text) is None and number(claimed.text) is None):
            continue
        out.append(Row(before + len(out) + 1, domain, number(weight.text), weight, name, rule, lead, number(claimed.text), claimed))
    return out, total, domain, lead


def _repeats_header(words: Sequence[str], header: Sequence[str]) -> bool:
    same = sum(bool(a) and a == b for a, b in zip(words, header, strict=False))
    return same >= 2 and same * 2 >= sum(bool(w) for w in words)


def _band(cells: Sequence[Cell], columns: dict[Column, int]) -> Field | None:
    """A row that holds one text only, across the table: the heading of the indicators below it."""
    filled = [c for c in cells if c.text.strip()]
    if len(filled) == 1 and number(filled[0].text) is None and len(squash(filled[0].text)) <= 40 and cells.index(filled[0]) <= columns["name"]:
        return Field(filled[0].text, filled[0].start, filled[0].end)
    return None


def _text(table: Table, cells: Sequence[Cell], k: int | None) -> Field:
    """A cell as a field; a merged cell's text stands where its first place is."""
    if k is None:
        return Field("", cells[0].start, cells[0].start)
    cell = cells[k]
    if cell.merged and cell.origin is not None and cell.origin[1] == k:
        cell = table.rows[cell.origin[0]][cell.origin[1]]
    return Field(cell.text, cell.start, cell.end)


def _total(cells: Sequence[Cell], columns: dict[Column, int]) -> tuple[Decimal, Field] | None:
    """The stated total of a 合计 row: under the claimed scores, else its last number."""
    k = columns.get("claimed")
    order = ([cells[k]] if k is not None else []) + [c for c in reversed(cells) if c is not (cells[k] if k is not None else None)]
    for c in order:
        value = number(c.text)
        if value is not None:
            return value, Field(c.text, c.start, c.end)
    for c in order:
        found = list(_NUMBER.finditer(unicodedata.normalize("NFKC", c.text)))
        if found and len(c.text) == len(unicodedata.normalize("NFKC", c.text)):
            m = found[-1]
            return Decimal(m[0].replace("−", "-")), Field(c.text[m.start():m.end()], c.start + m.start(), c.start + m.end())
    return None
