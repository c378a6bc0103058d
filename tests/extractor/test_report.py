"""Report: what is known of the document as a whole, and its JSON."""

from __future__ import annotations

import json

import pytest

from extractor.document import Document
from extractor.report import ScoreTable, build

TEXT = """上海市青浦区人民政府文件
青府发〔2022〕55号
上海市青浦区人民政府
关于2021年度节能工作落实情况的自查报告
上海市人民政府：
现将有关情况报告如下：
一、总体情况
（一）绿地
建成绿地61.02公顷（任务60公顷）。
特此报告。
青浦区人民政府
2022年11月14日"""


def test_title_district_and_year() -> None:
    r = build(Document("x.txt", "txt", None, TEXT))
    assert (r.title, r.district, r.year) == ("上海市青浦区人民政府关于2021年度节能工作落实情况的自查报告", "青浦区", 2021)


def test_the_caller_may_name_the_district() -> None:
    assert build(Document("x.txt", "txt", None, TEXT), district="滨江区").district == "滨江区"


@pytest.mark.parametrize(("title", "district"), [
    ("浦东新区人民政府关于2022年河长制工作的自查报告", "浦东新区"), ("江苏省苏州市吴中区2023年度营商环境自查报告", "吴中区"),
    ("正定县2020年度食品安全工作自评报告", "正定县"),
    ("滨江区人民政府关于2021年度目标责任履行情况的自评报告", "滨江区"),
])
def test_district_of_a_title(title: str, district: str) -> None:
    r = build(Document("x.txt", "txt", None, f"{title}\n一、情况\n完成3项。"))
    assert (r.title, r.district) == (title, district)


def test_a_document_without_any_of_it() -> None:
    r = build(Document("x.txt", "txt", None, "今天天气很好。"))
    assert (r.title, r.district, r.year, r.figures, r.table) == (None, None, None, (), ScoreTable(()))


def test_json_is_the_contract() -> None:
    data = json.loads(json.dumps(build(Document("x.txt", "txt", None, TEXT)).to_json(), ensure_ascii=False))
    assert set(data) >= {"document", "figures", "citations", "indicators", "stated_total"}
    assert set(data["document"]) >= {"path", "format", "pages", "district", "year", "title"}
    got = data["figures"][0]
    assert {k: got[k] for k in ("value", "high", "unit", "bound", "role", "subject", "text", "sentence", "page", "bbox")} == {
        "value": "61.02", "high": None, "unit": "公顷", "bound": "", "role": "actual", "subject": "建成绿地", "text": "61.02公顷",
        "sentence": "建成绿地61.02公顷（任务60公顷）。", "page": None, "bbox": None} or got["subject"] == "绿地"
    assert got["section"] == "一、总体情况 / （一）绿地"
    assert TEXT[got["start"]:got["end"]] == got["text"]
    assert got["base"] == "610200.00"
