"""Score tables written as cards: the same labels for every indicator, as lines, boxed, several a line or as small tables."""

from __future__ import annotations

import pytest

from extractor.readers import read_bytes
from extractor.report import Report, build

HEAD = "云河县2023年供水服务考核自查报告\n\n一、总体情况\n2023年，全县水质合格率100%，投入资金320万元。\n\n附件：自评表\n\n"
ROWS = (
    ("水质检测", "水质合格率100%得4分，每低1个百分点扣0.5分。", "4", "4", "合格率100%"),
    ("管网巡查", "每月巡查1次，每少1次扣0.5分。", "6", "5", "全年巡查10次，少2次"),
    ("抢修及时", "抢修到场不超过1小时得5分。", "5", "4.5", "平均48分钟"),
)
WAYS = {
    "lines": "指标{n}：{name}\n分值：{weight}分\n评分标准：{rule}\n完成情况：{told}\n自评得分：{claimed}分\n\n",
    "boxed": "{n}.{name}（{weight}分）\n【评分标准】{rule}\n【完成情况】{told}\n【自评得分】{claimed}分\n\n",
    "numbered": "（{han}）{name}\n1. 分值：{weight}分。\n2. 考核标准：{rule}\n3. 完成情况：{told}。\n4. 自评得分：{claimed}分。\n",
    "several a line": "考核指标：{name} 分值：{weight} 自评分：{claimed}\n评分标准：{rule}\n完成情况：{told}\n",
    "tabs": "指标名称\t{name}\t分值\t{weight}\n评分标准\t{rule}\n完成情况\t{told}\n自评得分\t{claimed}\n\n",
}
TABLE = "<table><tr><td colspan=4>{n}．{name}（{weight}分）</td></tr><tr><td>考核标准</td><td colspan=3>{rule}</td></tr>" \
    "<tr><td>完成情况</td><td>{told}</td><td>自评分</td><td>{claimed}</td></tr></table>"


def written(way: str) -> str:
    return "".join(way.format(n=k + 1, han="一二三"[k], name=r[0], rule=r[1], weight=r[2], claimed=r[3], told=r[4]) for k, r in enumerate(ROWS))


def read(data: str) -> Report:
    return build(read_bytes("x", data.encode()))


def check(report: Report) -> None:
    rows = report.to_json()["indicators"]
    assert [(r["weight"], r["claimed"]) for r in rows] == [(r[2], r[3]) for r in ROWS]
    assert all(w[0] in r["name"] and w[1].rstrip("。") in r["rule"] and w[4] in r["basis"] + r["actual"] for r, w in zip(rows, ROWS, strict=True))
    assert [f.text for f in report.figures if f.indicator is None] == ["100%", "320万元"]


@pytest.mark.parametrize("way", WAYS)
def test_cards_as_lines(way: str) -> None:
    check(read(HEAD + written(WAYS[way])))


def test_cards_as_small_tables() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in HEAD.split("\n") if line)
    check(read(f"<html><body>{paragraphs}{written(TABLE)}</body></html>"))


def test_labels_without_scores_stay_text() -> None:
    """The same labels over and over without a claimed score are prose."""
    text = "".join(f"工作任务：{r[0]}\n责任单位：县水务局\n完成情况：{r[4]}\n" for r in ROWS)
    report = read(HEAD + text)
    assert not report.table.rows and len([f for f in report.figures if f.indicator is None]) > 2


def test_two_cards_are_no_table() -> None:
    assert not read(HEAD + written(WAYS["lines"]).split("指标3")[0]).table.rows
