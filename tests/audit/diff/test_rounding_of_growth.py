"""Whatever the two values, a growth that was computed from them and rounded as offices round accuses nobody."""

from __future__ import annotations

import tempfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from audit.diff.growths import growth_findings
from audit.diff.links import Years
from tests.audit.diff.test_match import years


def told(last: str, this: str) -> Years:
    """Two reports of a sentence each."""
    return years(Path(tempfile.mkdtemp()), last, this, table=True)


@settings(max_examples=25, deadline=None)
@given(st.integers(50, 90_000), st.integers(50, 90_000), st.sampled_from([0, 1, 2]), st.booleans())
def test_a_growth_that_was_computed_is_silent(before: int, now: int, places: int, own_unit: bool) -> None:
    if own_unit:
        change = f"{'增加' if now >= before else '减少'}{abs(now - before)}人次"
    else:
        percent = (Decimal(abs(now - before)) / before * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        change = f"{'增长' if now >= before else '下降'}{percent}%"
    if now == before:
        return
    y = told(f"全年培训护理员{before}人次。", f"全年培训护理员{now}人次，比上年{change}。")
    assert not list(growth_findings(y))


@settings(max_examples=25, deadline=None)
@given(st.integers(500, 90_000), st.integers(2, 18), st.integers(3, 9))
def test_one_that_is_off_by_points_is_not(before: int, percent: int, off: int) -> None:
    now = before + before * percent // 100
    y = told(f"全年培训护理员{before}人次。", f"全年培训护理员{now}人次，比上年增长{percent + off}.0%。")
    found = list(growth_findings(y))
    assert [f.code for f in found] == ["growth-mismatch"] and (found[0].severity == "warning" or found[0].proof)
