"""The same bytes are not read twice, another scheme does not read them again, and what is in the way is ignored."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import audit
import extractor
import extractor.readers
from audit.cli import main
from audit.outputs.json import to_json

REPORT = Path(__file__).parents[2] / "fixtures" / "qingpu-2021" / "report.txt"


@pytest.fixture
def reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read by a reader, with a cache of the test's own."""
    monkeypatch.setenv("FUHE_CACHE", str(tmp_path / "cache"))
    done: list[str] = []
    real = extractor.readers.read_bytes

    def spy(name: str, data: bytes) -> object:
        done.append(name)
        return real(name, data)

    monkeypatch.setattr(extractor.readers, "read_bytes", spy)
    return done


def test_an_audit_is_the_same_from_the_cache(reads: list[str], tmp_path: Path) -> None:
    plain = audit.run(REPORT)
    assert len(reads) == 1
    first, again = audit.run(REPORT, cache=True), audit.run(REPORT, cache=True)
    assert len(reads) == 2
    assert plain == first == again
    assert to_json(plain) == to_json(again)
    moved = tmp_path / "elsewhere.txt"
    shutil.copy(REPORT, moved)
    other = audit.run(moved, cache=True)
    assert len(reads) == 2 and other.report.document.path == str(moved)
    assert to_json(other) == to_json(audit.run(moved))


def test_another_scheme_reads_nothing_again(reads: list[str], tmp_path: Path) -> None:
    audit.run(REPORT, cache=True)
    assert audit.run(REPORT, scheme="annex", cache=True).scheme is None
    own = tmp_path / "own.yaml"
    own.write_text("代号: own\n指标:\n  - 名称: 联席会议制度\n    分值: 2\n    评分: 建立制度的，得2分。\n", "utf8")
    first = audit.run(REPORT, scheme=str(own), cache=True)
    own.write_text(own.read_text("utf8").replace("own", "changed"), "utf8")
    second = audit.run(REPORT, scheme=str(own), cache=True)
    assert (first.scheme_id, second.scheme_id) == ("own", "changed")
    assert len(reads) == 1


def test_other_bytes_another_district_and_no_cache_are_read(reads: list[str], tmp_path: Path) -> None:
    copy = tmp_path / "report.txt"
    copy.write_bytes(REPORT.read_bytes())
    assert extractor.read(copy, cache=True).district == extractor.read(copy, cache=True).district
    assert extractor.read(copy, district="某区", cache=True).district == "某区"
    copy.write_bytes(REPORT.read_bytes() + "\n补充一句。\n".encode())
    assert "补充一句" in extractor.read(copy, cache=True).text
    assert len(reads) == 3
    for _ in range(2):
        assert main(["extract", str(copy), "--no-cache", "--json", str(tmp_path / "x.json")]) == 0
    assert len(reads) == 5


def test_a_spoilt_entry_costs_time_alone(reads: list[str], tmp_path: Path) -> None:
    outs = []
    for k, spoil in enumerate((None, lambda b: b[:-9], lambda b: b"", lambda b: b[:99] + b"?" + b[100:])):
        for entry in (tmp_path / "cache").rglob("*.bin"):
            if spoil and entry.parent.name in ("reports", "audits"):
                entry.write_bytes(spoil(entry.read_bytes()))
        out = tmp_path / f"{k}.json"
        assert main(["audit", str(REPORT), "--json", str(out)]) in (0, 1)
        outs.append(json.loads(out.read_text("utf8")))
    assert all(o == outs[0] for o in outs) and len(reads) == 4


def test_a_file_that_cannot_be_used_is_refused_each_time(reads: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "letter.txt"
    empty.write_text("这是一封没有数据的信。", "utf8")
    for _ in range(2):
        assert main(["audit", str(empty)]) == 2
        assert "letter.txt" in capsys.readouterr().err
