"""Names of places: the last unit of a chain, and what is none."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from patterns.place_names import place_at, place_of_office


@pytest.mark.parametrize(("text", "name"), [
    ("上海市青浦区人民政府", "青浦区"), ("宁岭县青杠坳镇人民政府文件", "青杠坳镇"), ("磐州市石炉区安全生产委员会", "石炉区"), ("天津市和平区", "和平区"),
    ("内蒙古自治区呼伦贝尔市海拉尔区", "海拉尔区"), ("新乡市", "新乡市"), ("宁乡市", "宁乡市"), ("和县", "和县"), ("峨边彝族自治县", "峨边彝族自治县"), ("浦东新区", "浦东新区"),
    ("晋城市城区人民政府", "城区"), ("大兴安岭地区加格达奇区", "加格达奇区"), ("本溪市", "本溪市")])
def test_the_last_unit_of_a_chain(text: str, name: str) -> None:
    found = place_at(text)
    assert found is not None and found[0] == name


@pytest.mark.parametrize("text", ["全年实现地区生产总值", "各地区各部门", "单位和居民小区", "市场监督管理局", "县级公立医院", "西湖景区", "重点城市"])
def test_what_names_no_place(text: str) -> None:
    assert place_at(text) is None


def test_the_words_of_the_list_name_none() -> None:
    with files("patterns").joinpath("no_places.tsv").open(encoding="utf8") as lines:
        for row in csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"):
            assert row["stem"] + row["suffix"] in row["example"]
            assert place_at(row["example"]) is None, row


def test_the_first_office() -> None:
    assert place_of_office("项目名称 城区河道清淤 主管部门 218-碧洲市水利局") == "碧洲市"
    assert place_of_office("各区人民政府，全市上下") is None
