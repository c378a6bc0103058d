"""Reports made up for measuring: as many as are asked for, each of another district, year, set of figures, slips and format, or one of any size.

    python benchmarks/generate.py FOLDER N [--seed 1] [--times 1] [--formats txt,html,docx,pdf]

Every report has a narrative (goals and results, shares, growths, parts, listings) and a score table whose rules earn its claims. One in three
holds a slip (a share, a sum or a total that does not follow), told in FOLDER/slips.tsv. The same seed gives the same bytes of text.
"""

from __future__ import annotations

import argparse
import html
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DISTRICTS = [a + b for a in "东南西北安宁永新长清" for b in ("山区", "江区", "湖区", "城区", "河区", "岭县", "川县", "陵县", "浦区", "源县")]
MATTERS = ("节水器具 充电桩 老旧小区 林带 雨污管网 屋顶光伏 水库大坝 危旧房 社区食堂 健身步道 古树 农机 秸秆 河道 渔船 校车 幼儿园 乡村公路 路灯 公厕 垃圾站 "
           "菜市场 电梯 燃气管 消防栓 桥梁 隧道 码头 粮仓 冷库 图书室 文物 戏台 球场 泳池 养老院 卫生室 疫苗 救护车 血站 药柜 托育点 渡口 温室 果园 茶园 苗圃 湿地 "
           "滩涂 矿坑 尾矿 油烟机 锅炉 风机 储罐 基站 机房 档案 地名碑 界桩 井盖 护栏 标线").split()
DEEDS = "新建 改造 维修 加固 拆除 清理 整治 登记 抽检 普查 更新 挂牌 移交 验收 保养 监测".split()
UNITS = "家 个 处 座 套 公里 户 株 亩 台".split()
PLACES = ["城关", "桥东", "河口", "北门", "石塘", "柳林", "白云", "青龙", "南岸", "上庄", "大井", "小河"]
HEAD = ("序号", "评价指标", "分值", "评分标准", "自评分")


@dataclass(frozen=True)
class Report:
    """A report's title, its paragraphs (headings begin with a Chinese numeral), the rows of its table and the slip that it holds ("" for none)."""

    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    slip: str


def report(seed: int, times: int = 1, indicators: int | None = None) -> Report:
    """The report of a seed. times: how many times as long; indicators: how many rows, where that is not to grow with the length."""
    chance = random.Random(seed)
    district, year = DISTRICTS[seed % len(DISTRICTS)], 2015 + seed // len(DISTRICTS) % 10
    slip = chance.choice(("share", "parts", "total", "", "", "", "", "", ""))
    count = 16 * times if indicators is None else indicators
    paragraphs = [f"现将{district}{year}年度工作情况报告如下。"]
    rows: list[tuple[str, ...]] = []
    claimed = 0
    for k in range(max(16 * times, count)):
        name, unit = theme(k)
        if k < 16 * times:
            paragraphs += _section(chance, k, name, unit, year, slip if k == 5 else "")
        if k < count:
            weight = 2 + k % 4
            got = weight if chance.random() < 0.8 else weight - 1
            claimed += got
            rows.append((str(k + 1), name, str(weight), f"完成{name}年度任务的，得{weight}分；完成率每低1个百分点，扣0.1分，扣完为止。", str(got)))
    rows.append(("", "合计", str(sum(int(r[2]) for r in rows)), "", str(claimed + (slip == "total"))))
    return Report(f"{district}人民政府关于{year}年度民生实事工作的自查报告", tuple(paragraphs), tuple(rows), slip)


def theme(k: int) -> tuple[str, str]:
    """The name of the k-th matter of a report, and the unit in which it is counted. A thousand are different, then stages begin."""
    turn, at = divmod(k, len(MATTERS))
    stage = turn // len(DEEDS)
    return MATTERS[at] + DEEDS[(at + turn) % len(DEEDS)] + (f"第{_chinese(stage + 1)}期" if stage else ""), UNITS[(at + turn) % len(UNITS)]


def _section(chance: random.Random, k: int, name: str, unit: str, year: int, slip: str) -> Iterator[str]:
    goal = chance.randint(40, 400)
    done = goal + chance.randint(0, 30)
    share = round(done / goal * 100, 1) + (3 if slip == "share" else 0)
    last = chance.randint(30, goal)
    growth = round((done - last) / last * 100, 1)
    parts = [chance.randint(5, done // 4) for _ in range(2)]
    parts.append(done - sum(parts))
    where = chance.sample(PLACES, 3)
    money = round(chance.uniform(80, 900), 2)
    yield f"（{_chinese(k + 1)}）{name}"
    yield (f"{year}年{name}任务为{goal}{unit}，实际完成{done}{unit}，完成率{share}%，比上年的{last}{unit}{'增长' if growth >= 0 else '下降'}{abs(growth)}%。"
           f"其中，{where[0]}镇{parts[0]}{unit}、{where[1]}镇{parts[1]}{unit}、{where[2]}镇{parts[2] + (7 if slip == 'parts' else 0)}{unit}。")
    yield (f"全年投入资金{money}万元，召开专题会议{chance.randint(2, 12)}次，印发《{name}实施方案》，组织{where[0]}、{where[1]}、{where[2]}等"
           f"{chance.randint(4, 9)}个镇参加，群众满意度达到{chance.randint(90, 99)}.{chance.randint(0, 9)}%。对发现的{chance.randint(3, 20)}个问题均已整改到位。")


def _chinese(n: int) -> str:
    digits = "零一二三四五六七八九"
    if n >= 100:
        rest = n % 100
        return f"{_chinese(n // 100) if n >= 1000 else digits[n // 100]}百" + ("" if not rest else ("零" if rest < 10 else "") + _chinese(rest).replace("十", "一十", rest < 20))
    return digits[n] if n < 10 else ("" if n < 20 else digits[n // 10]) + "十" + (digits[n % 10] if n % 10 else "")


def text(r: Report) -> str:
    """As plain text."""
    return "\n".join((r.title, "", *r.paragraphs, "", "附件：自评分表", "\t".join(HEAD), *("\t".join(row) for row in r.rows))) + "\n"


def page(r: Report) -> str:
    """As HTML."""
    rows = "".join(f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in row)}</tr>" for row in (HEAD, *r.rows))
    body = "".join(f"<p>{html.escape(p)}</p>" for p in r.paragraphs)
    return f"<!doctype html><html><head><meta charset=utf-8><title>{r.title}</title></head><body><h1>{r.title}</h1>{body}<p>附件：自评分表</p><table>{rows}</table></body></html>"


def word(r: Report, path: Path) -> None:
    """As DOCX."""
    import docx

    made = docx.Document()
    made.add_heading(r.title, 0)
    for p in (*r.paragraphs, "附件：自评分表"):
        made.add_paragraph(p)
    table = made.add_table(0, len(HEAD))
    for row in (HEAD, *r.rows):
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    made.save(str(path))


def pdf(r: Report, path: Path) -> None:
    """As PDF, with ruled tables over pages."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("body", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK")
    cell = ParagraphStyle("cell", fontName="STSong-Light", fontSize=9, leading=12, wordWrap="CJK")
    rows = [[Paragraph(html.escape(c), cell) for c in row] for row in (HEAD, *r.rows)]
    table = LongTable(rows, colWidths=(36, 130, 36, 230, 48), repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    story = [*(Paragraph(html.escape(p), body) for p in (r.title, *r.paragraphs, "附件：自评分表")), table]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)


def write(r: Report, stem: Path, kind: str) -> Path:
    """Write a report in a format; its path."""
    path = stem.with_suffix(f".{kind}")
    if kind == "txt":
        path.write_text(text(r), encoding="utf8")
    elif kind == "html":
        path.write_text(page(r), encoding="utf8")
    else:
        {"docx": word, "pdf": pdf}[kind](r, path)
    return path


def folder(place: Path, count: int, seed: int = 1, times: int = 1, formats: tuple[str, ...] = ("txt", "html", "docx", "pdf")) -> None:
    """A folder of reports, and what slips they hold."""
    place.mkdir(parents=True, exist_ok=True)
    slips = ["file\tslip"]
    for k in range(count):
        made = report(seed * 100_000 + k, times)
        path = write(made, place / f"{k:05d}", formats[k % len(formats)])
        if made.slip:
            slips.append(f"{path.name}\t{made.slip}")
    (place / "slips.tsv").write_text("\n".join(slips) + "\n", encoding="utf8")


def main() -> None:
    """Write the folder that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--formats", default="txt,html,docx,pdf")
    args = parser.parse_args()
    folder(args.folder, args.count, args.seed, args.times, tuple(args.formats.split(",")))


if __name__ == "__main__":
    main()
