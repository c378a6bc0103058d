"""The annexed table under other names, orders and habits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor.readers import read_bytes
from extractor.report import ScoreTable, build
from extractor.score_table import find_score_table
from patterns.scores import number

OPENING = "安全生产工作自查报告。\n\n"


def table(*rows: str, opening: str = OPENING) -> ScoreTable:
    """The score table of a text whose rows are written with ｜ between cells."""
    found = find_score_table(read_bytes("x.txt", (opening + "\n".join(r.replace("｜", "\t") for r in rows)).encode()))
    assert found is not None
    return found


def brief(found: ScoreTable) -> list[tuple[str, str | None, str, str | None]]:
    return [(r.domain.text, r.weight and str(r.weight), r.name.text, None if r.claimed is None else str(r.claimed)) for r in found.rows]


def test_serial_numbers_subtotals_and_none() -> None:
    found = table("序号｜考核项目｜考核内容｜标准分｜评分办法｜责任单位｜自评得分", "1｜组织｜责任落实｜5｜未开会的扣1分｜区应急局｜5", "2｜｜考核｜3｜得3分｜区应急局｜3分",
                  "｜小计｜｜8｜｜｜8", "3｜排查｜整改｜４｜每项扣0.5分｜区应急局｜３.５", "4｜｜举报｜2｜得2分｜公安分局｜/", "｜总分｜｜14｜｜｜11.5")
    assert brief(found) == [("组织", "5", "责任落实", "5"), ("组织", "3", "考核", "3"), ("排查", "4", "整改", "3.5"), ("排查", "2", "举报", None)]
    assert found.stated_total == Decimal("11.5")


def test_five_columns_in_another_order() -> None:
    found = table("自评分｜满分｜指标名称｜考核细则｜一级指标", "2｜2｜证照联办｜开通的得2分｜准入", "1.5｜2｜一窗通办｜每差1个百分点扣0.5分｜准入", "3｜3｜信用修复｜得3分｜信用")
    assert brief(found) == [("准入", "2", "证照联办", "2"), ("准入", "2", "一窗通办", "1.5"), ("信用", "3", "信用修复", "3")]
    assert found.stated_total is None


def test_no_header() -> None:
    found = table("食品｜2｜量化分级｜覆盖率达到95%以上的得2分｜区市场监管局｜2", "｜3｜抽检监测｜每千人4批次得3分，每少0.1扣0.5分｜区市场监管局｜2.5",
                  "农产品｜1｜快检｜每少1次扣0.1分｜区农委｜1", "合计｜6｜｜｜｜5.5")
    assert brief(found) == [("食品", "2", "量化分级", "2"), ("食品", "3", "抽检监测", "2.5"), ("农产品", "1", "快检", "1")]
    assert found.stated_total == Decimal("5.5")


def test_header_repeated_and_score_wrapped() -> None:
    head = "领域｜分值｜评价指标｜评分标准｜牵头评价部门｜自评分"
    found = table(head, "甲｜1｜指标一｜得1分｜区甲局｜0.", "9", "｜2｜指标二｜得2分｜｜2", head, "乙｜2｜指标三｜得2分｜区乙局｜2", "合计｜5｜｜｜｜4.9")
    assert brief(found) == [("甲", "1", "指标一", "0.9"), ("甲", "2", "指标二", "2"), ("乙", "2", "指标三", "2")]


@pytest.mark.parametrize("word", ["合计", "总计", "总分", "自评总分", "合 计", "总得分"])
def test_total_rows(word: str) -> None:
    found = table("领域｜分值｜评价指标｜评分标准｜自评分", f"{word}｜｜｜｜12", "甲｜7｜指标一｜得7分｜7", "｜5｜指标二｜得5分｜5")
    assert found.stated_total == 12 and len(found.rows) == 2


def test_total_in_the_narrative() -> None:
    text = "综上，自评得分为96.5分。\n\n领域\t分值\t评价指标\t评分标准\t自评分\n甲\t50\t指标一\t得50分\t48\n\t50\t指标二\t得50分\t48.5\n"
    found = build(read_bytes("x.txt", text.encode())).table
    assert found.stated_total == Decimal("96.5")


def test_bands_and_scores_of_others() -> None:
    found = table("序号｜指标内容｜分值｜评分细则｜自评得分｜复核得分｜备注", "一、组织｜｜｜｜｜｜", "1｜机构｜2｜成立的得2分｜2｜1｜",
                  "二、成效｜｜｜｜｜｜", "2｜办件｜5｜每差1%扣1分｜4｜4｜见附件")
    assert brief(found) == [("一、组织", "2", "机构", "2"), ("二、成效", "5", "办件", "4")]


def test_header_of_two_rows() -> None:
    page = ("<html><body><p>报告</p><table><tr><td rowspan=2>领域</td><td rowspan=2>指标</td><td colspan=2>得分情况</td><td rowspan=2>评分标准</td></tr>"
            "<tr><td>标准分</td><td>自评分</td></tr><tr><td rowspan=2>甲</td><td>一</td><td>3</td><td>2.5</td><td>得3分</td></tr>"
            "<tr><td>二</td><td>2</td><td></td><td>得2分</td></tr></table></body></html>")
    found = find_score_table(read_bytes("x", page.encode()))
    assert found is not None and brief(found) == [("甲", "3", "一", "2.5"), ("甲", "2", "二", None)]


def test_another_table_is_not_taken() -> None:
    found = table("街镇｜户数｜面积｜完成率", "甲镇｜12｜3.4｜95%", "合计｜12｜3.4｜95%", "", "附表", "",
                  "领域｜分值｜评价指标｜评分标准｜自评分", "甲｜2｜指标一｜得2分｜2", "｜1｜指标二｜得1分｜1")
    assert len(found.rows) == 2


def test_pipes() -> None:
    text = "| 序号 | 指标 | 分值 | 评分标准 | 自评分 |\n|---|---|---|---|---|\n| 1 | 公开 | 3 | 公开的得3分 | 3 |\n| 2 | 答复 | 2 | 每次扣0.5分 | 0 |\n| | 自评总分 | 5 | | 3 |\n"
    found = find_score_table(read_bytes("x.md", (OPENING + text).encode()))
    assert found is not None and brief(found) == [("", "3", "公开", "3"), ("", "2", "答复", "0")] and found.stated_total == 3


@pytest.mark.parametrize(("text", "value"), [("2", "2"), ("２ 分", "2"), ("0.\n9", "0.9"), ("+1", "1"), ("-0.5", "-0.5"), ("1．5", "1.5"),
                                             ("", None), ("/", None), ("—", None), ("无", None), ("达标", None)])
def test_number(text: str, value: str | None) -> None:
    assert number(text) == (None if value is None else Decimal(value))
