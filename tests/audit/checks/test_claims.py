"""One achievement for two indicators: a bonus item that a main section tells as well; boilerplate and bodies are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.claims import check_claims
from extractor import read
from tests.small import write

ROWS = (("矛盾化解", "50", "矛盾纠纷化解到位的得50分。", "50"), ("特色工作加分", "5", "有特色做法的加5分。", "5", "附加分"))
DEED = "创新推出“枫桥驿站夜间调解”服务模式，全年调解纠纷1286件。"
CASES = [
    (f"1.矛盾化解。{DEED}\n\n二、附加分\n\n{DEED}", [("double-claimed", "warning", 2)]),
    (f"1.矛盾化解。全年化解矛盾860件。\n\n二、附加分\n\n{DEED}", []),
    (f"1.矛盾化解。全年平稳。\n\n二、附加分\n\n{DEED}\n\n三、下一步打算\n\n{DEED}", []),  # what lies ahead earns nothing
    (  # one work, two honours
        "1.矛盾化解。微电影《渡口灯火》获全省法治作品二等奖。\n\n2.特色工作。调解纪实《渡口灯火》入选市级普法优秀案例。",
        [("double-claimed", "warning", 2)],
    ),
    (  # one honour told again
        "1.矛盾化解。“老茶馆说事”获评省级基层治理品牌。\n\n2.矛盾回访。“老茶馆说事”获评省级基层治理品牌。",
        [],
    ),
    (  # two works
        "1.矛盾化解。“老茶馆说事”获评省级品牌。\n\n2.特色工作。“田埂课堂”入选市级优秀案例。",
        [],
    ),
    (  # an honour planned
        "1.矛盾化解。“老茶馆说事”获评省级品牌。\n\n2.特色工作。“老茶馆说事”拟申报入选全国优秀案例。",
        [],
    ),
    ("1.矛盾化解。由县委政法委员会办公室牵头化解。\n\n二、附加分\n\n县委政法委员会办公室推出新模式。", []),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_bonus_items(text: str, wanted: list[tuple[str, str, int]], tmp_path: Path) -> None:
    assert [(f.code, f.severity, f.indicator) for f in check_claims(read(write(tmp_path, text, *ROWS)))] == wanted


def test_both_places_are_quoted(tmp_path: Path) -> None:
    report = read(write(tmp_path, CASES[0][0], *ROWS))
    finding, = check_claims(report)
    places = [report.text.index("枫桥驿站"), report.text.rindex("枫桥驿站")]
    assert all(any(q.start <= p < q.end for q in finding.quotes) for p in places)


def test_without_a_table_nothing_is_claimed(tmp_path: Path) -> None:
    assert check_claims(read(write(tmp_path, CASES[0][0]))) == []
