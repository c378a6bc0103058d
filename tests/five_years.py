"""Five reports of one invented district, 2020 to 2024, each in its drafter's words. Planted: a jump in 2022 that nothing explains, a unit that
changed in 2023, an age that changed in 2024; all else is quiet."""

from __future__ import annotations

from pathlib import Path

TEXTS = {
    2020: "全县建成污水处理站18座，日处理能力3.6万吨。全年清运生活垃圾1.82万吨，无害化处理率96.2%。新改建农村公厕41座。\n\n"
          "配备保洁员612名，发放补助734.4万元。组织专项检查86次，巡查企业320家次。建成美丽庭院1,240户。\n\n"
          "投入整治资金3,215万元。受理群众投诉156件。60周岁以上老年人参与志愿服务2,160人次。",
    2021: "污水处理站达到21座，比上年增加3座，日处理能力4.2万吨。清运生活垃圾1.91万吨，同比增长4.9%；无害化处理率97.1%，提高0.9个百分点。"
          "农村公厕新改建45座。\n\n在岗保洁员638名，较上年增加26名，补助发放765.6万元。专项检查开展92次，巡查企业346家次，增长8.1%。美丽庭院建成1,385户。\n\n"
          "整治资金投入3,480万元，比上年增长8.2%。群众投诉受理148件，比上年少8件。60周岁以上老年人参与志愿服务2,310人次。",
    2022: "全县共有污水处理站23座，日处理能力4.5万吨。生活垃圾清运量2.03万吨，增长6.3%，无害化处理率97.8%。新改建农村公厕48座，上年45座。\n\n"
          "保洁员651名，发放补助781.2万元。组织专项检查95次，巡查企业371家次。建成美丽庭院3,960户。\n\n"
          "投入整治资金3,702万元，同比增长6.4%。受理群众投诉139件。60周岁以上老年人参与志愿服务2,455人次。",
    2023: "污水处理站25座，较上年新增2座，日处理能力4.9万吨。全年清运生活垃圾2.35万立方米，无害化处理率98.3%，提高0.5个百分点。"
          "农村公厕新改建50座。\n\n保洁员队伍664名，补助796.8万元，增长2.0%。专项检查98次，巡查企业389家次，比上年增长4.9%。建成美丽庭院4,120户。\n\n"
          "整治资金投入3,925万元。群众投诉受理131件。60周岁以上老年人参与志愿服务2,590人次。",
    2024: "污水处理站达27座，日处理能力5.3万吨。全年清运生活垃圾2.46万立方米，增长4.7%，无害化处理率98.7%。新改建农村公厕52座。\n\n"
          "在岗保洁员672名，发放补助806.4万元。专项检查101次，巡查企业402家次。美丽庭院建成4,310户，增长4.6%。\n\n"
          "投入整治资金4,160万元，比上年增长6.0%。受理群众投诉126件。65周岁以上老年人参与志愿服务1,980人次。",
}
ROWS = (
    ("污水处理站运行", 12, "建成污水处理站15座以上的得12分，每少1座扣1分。", 12),
    ("生活垃圾处理", 15, "无害化处理率达到95%以上的得15分，每低1个百分点扣2分。", 15),
    ("专项检查", 10, "开展专项检查80次以上的得10分。", 10),
    ("资金投入", 10, "整治资金投入较上年增长的得10分。", 10),
)
VOLUNTEERS = ("志愿服务", 5, "开展志愿服务的得5分。", 5)


def rows(year: int) -> list[tuple[str, int, str, int]]:
    """The annex of a year: in 2022 a rule is reworded, from 2023 one is stricter and one more indicator counts."""
    out = list(ROWS)
    if year >= 2022:
        out[2] = ("专项检查", 10, "专项检查达到80次的，得10分。", 10)
    if year >= 2023:
        out[1] = ("生活垃圾处理", 15, "无害化处理率达到97%以上的得15分，每低1个百分点扣2分。", 15)
        out.append(VOLUNTEERS)
    return out


def write(folder: Path) -> list[Path]:
    """The five reports as text files, in the order of their years."""
    out = []
    for year, text in TEXTS.items():
        table = "".join(f"{k}\t{name}\t{weight}\t{rule}\t{claimed}\n" for k, (name, weight, rule, claimed) in enumerate(rows(year), 1))
        total = sum(r[3] for r in rows(year))
        file = folder / f"青禾县{year}.txt"
        file.write_text(f"青禾县{year}年度农村人居环境整治自查报告\n\n一、工作情况\n\n{text}\n\n附表 自评表\n序号\t指标\t分值\t评分标准\t自评分\n"
                        f"{table}合计\t\t{total}\t\t{total}\n", encoding="utf8")
        out.append(file)
    return out
