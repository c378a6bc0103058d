"""Reports as tests: pytest collects an `expected.yaml` beside a report and holds the audit against it.

    report: report.txt          # beside this file; without it, the folder's only report
    scheme: annex               # optional, as for `fuhe audit`; so is district
    total: {claimed: "102.9", stated: "102.9", low: "90.1", high: "101.95"}
    scores:
      31: {claimed: "2", low: "1.75", high: "1.75", verdict: contradicted}
    findings:                   # each must be there; findings that are not named are allowed
      - {code: score-mismatch, indicator: 31, severity: error, quotes: [绿色商场]}
    no_findings:                # none of these may be there
      - {severity: error, code: parts-mismatch}
    figures:
      - {value: "61.02", unit: 公顷}
    no_figures:
      - {value: "4", unit: 月}

`pytest --update-expected` writes what the audit gives now: totals, every indicator named (all, where none is), every finding
of severity error or warning. What must not be there, and the figures, stay as written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from audit.model import Audit, Finding
    from extractor.report import Figure

NAME = "expected.yaml"
KEYS = ("report", "scheme", "district", "total", "scores", "findings", "no_findings", "figures", "no_figures")
FIELDS = {
    "total": ("claimed", "stated", "low", "high"), "scores": ("claimed", "low", "high", "verdict", "weight"),
    "findings": ("code", "severity", "indicator", "quotes", "fingerprint"),
    "figures": ("value", "high", "unit", "role", "bound", "subject", "text"),
}
REPORTS = (".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".ofd", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--update-expected."""
    parser.getgroup("fuhe").addoption("--update-expected", action="store_true", help=f"write what the audit gives now into each {NAME}")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """An expected.yaml that speaks of scores, findings, figures or totals is a test file; another tool's is left alone."""
    if file_path.name == NAME and _is_ours(file_path):
        return ExpectedFile.from_parent(parent, path=file_path)
    return None


class Unmet(Exception):
    """The audit differs from what was expected; the text says in what."""


class ExpectedFile(pytest.File):
    """An expected.yaml: a test for each part of it, on one audit."""

    _audit: Audit | None = None

    def collect(self) -> Iterator[pytest.Item]:
        """total, each indicator under scores, each finding and figure that must or must not be there."""
        try:
            data = _load(self.path)
        except (yaml.YAMLError, ValueError) as e:
            raise self.CollectError(f"{self.path}: {e}") from e
        if self.config.getoption("--update-expected"):
            yield UpdateItem.from_parent(self, name="update", data=data)
            return
        if "total" in data:
            yield TotalItem.from_parent(self, name="total", data=data["total"])
        for no, scores in (data.get("scores") or {}).items():
            yield ScoreItem.from_parent(self, name=f"score-{no}", data={"no": no} | scores)
        for kind, absent in (("findings", False), ("no_findings", True), ("figures", False), ("no_figures", True)):
            item = FindingItem if kind.endswith("findings") else FigureItem
            for wanted in data.get(kind) or ():
                yield item.from_parent(self, name=f"{kind.rstrip('s')}-{_short(wanted)}", data=wanted, absent=absent)

    def audit(self) -> Audit:
        """The audit of the report, made once."""
        if self._audit is None:
            import audit

            data = _load(self.path)
            self._audit = audit.run(report_beside(self.path, data.get("report")), scheme=data.get("scheme"), district=data.get("district"))
        return self._audit


class Item(pytest.Item):
    """One expectation."""

    parent: ExpectedFile

    def __init__(self, *, data: Mapping[str, Any], absent: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data, self.absent = data, absent

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What differs, without our own stack."""
        from patterns.errors import UnusableInput

        if isinstance(excinfo.value, Unmet | UnusableInput | ValueError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where a failure is shown to be."""
        return self.path, None, f"{self.path.parent.name}: {self.name}"

    def say(self, key: str, **values: object) -> str:
        """A message of the catalogue, in English as pytest itself speaks."""
        from audit.messages import say

        return say(f"ci.{key}", "en", **values)


class TotalItem(Item):
    """The totals."""

    def runtest(self) -> None:
        """Compare claimed, stated, low and high."""
        actual = _totals(self.parent.audit())
        wrong = [self.say("total_differs", field=k, expected=v, actual=actual[k]) for k, v in self.data.items() if not _same(v, actual[k])]
        if wrong:
            raise Unmet("\n".join(wrong))


class ScoreItem(Item):
    """One indicator's scores and verdict."""

    def runtest(self) -> None:
        """Compare each field that is named."""
        result = next((r for r in self.parent.audit().indicators if r.no == self.data["no"]), None)
        if result is None:
            raise Unmet(self.say("no_indicator", no=self.data["no"]))
        actual: dict[str, object] = {"claimed": result.row.claimed, "weight": result.row.weight, "low": result.low, "high": result.high,
                                     "verdict": result.verdict}
        wrong = [self.say("score_differs", no=result.no, field=k, expected=v, actual=actual[k])
                 for k, v in self.data.items() if k != "no" and not _same(v, actual[k])]
        if wrong:
            raise Unmet("\n".join([*wrong, result.reason.text("zh")]))


class FindingItem(Item):
    """A finding that must, or must not, be there."""

    def runtest(self) -> None:
        """Look for it."""
        findings = self.parent.audit().findings
        found = [f for f in findings if _fits_finding(f, self.data)]
        if found and self.absent:
            raise Unmet("\n".join([self.say("finding_present", what=_short(self.data)), *(_told(f) for f in found)]))
        if not found and not self.absent:
            raise Unmet("\n".join([self.say("finding_missing", what=_short(self.data)), *(_told(f) for f in findings)]))


class FigureItem(Item):
    """A figure that must, or must not, be there."""

    def runtest(self) -> None:
        """Look for it."""
        figures = self.parent.audit().report.figures
        found = [f for f in figures if _fits_figure(f, self.data)]
        if found and self.absent:
            raise Unmet("\n".join([self.say("figure_present", what=_short(self.data)), *(f"{f.text} @{f.start}" for f in found)]))
        if not found and not self.absent:
            near = [f.text for f in figures if f.value == str(self.data.get("value")) or f.unit == self.data.get("unit")]
            raise Unmet("\n".join([self.say("figure_missing", what=_short(self.data)), *near[:10]]))


class UpdateItem(Item):
    """Rewrites the file with what the audit gives now."""

    def runtest(self) -> None:
        """Write, keeping the remarks at the head of the file."""
        text = self.path.read_text("utf8")
        head = "".join(line for line in _leading_remarks(text))
        self.path.write_text(head + updated(self.data, self.parent.audit()), encoding="utf8", newline="\n")


def updated(data: Mapping[str, Any], audit: Audit) -> str:
    """The text of an expected.yaml for an audit; data is the file so far."""
    out: dict[str, Any] = {k: data[k] for k in ("report", "scheme", "district") if k in data}
    out["total"] = {k: _plain(v) for k, v in _totals(audit).items() if v is not None}
    named = set(data.get("scores") or {r.no for r in audit.indicators})
    out["scores"] = {r.no: {"claimed": _plain(r.row.claimed), "low": _plain(r.low), "high": _plain(r.high), "verdict": r.verdict}
                     for r in audit.indicators if r.no in named}
    out["findings"] = [{"code": f.code, "severity": f.severity} | ({} if f.indicator is None else {"indicator": f.indicator})
                       | {"quotes": [q.text for q in f.quotes]} for f in audit.findings if f.severity != "info"]
    out |= {k: data[k] for k in ("no_findings", "figures", "no_figures") if k in data}
    return yaml.safe_dump(out, allow_unicode=True, sort_keys=False, width=140)


def report_beside(path: Path, name: str | None) -> Path:
    """The report that an expected.yaml is about. Raises ValueError where that is not clear."""
    if name:
        return path.parent / name
    found = [p for p in sorted(path.parent.iterdir()) if p.suffix.lower() in REPORTS]
    if len(found) != 1:
        raise ValueError(f"{path}: {len(found)} reports beside it; name one with `report:`")
    return found[0]


def _load(path: Path) -> dict[str, Any]:
    """The file, its keys checked. Raises ValueError that names the key."""
    data = yaml.safe_load(path.read_text("utf8"))
    if not isinstance(data, dict):
        raise ValueError("must be a mapping")
    _only(data, KEYS, "")
    _only(data.get("total") or {}, FIELDS["total"], "total")
    for no, scores in (data.get("scores") or {}).items():
        if not isinstance(no, int):
            raise ValueError(f"scores: {no!r} is not an indicator's number")
        _only(scores, FIELDS["scores"], f"scores {no}")
    for kind in ("findings", "no_findings", "figures", "no_figures"):
        for item in data.get(kind) or ():
            _only(item, FIELDS[kind.removeprefix("no_")], kind)
    return data


def _is_ours(path: Path) -> bool:
    try:
        data = yaml.safe_load(path.read_text("utf8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return False
    return isinstance(data, dict) and any(k in data for k in KEYS[3:])


def _only(data: Any, allowed: tuple[str, ...], where: str) -> None:
    if not isinstance(data, Mapping):
        raise ValueError(f"{where or NAME}: must be a mapping")
    unknown = [k for k in data if k not in allowed]
    if unknown:
        raise ValueError(f"{where or NAME}: unknown key {unknown[0]!r}; allowed: {', '.join(allowed)}")


def _totals(audit: Audit) -> dict[str, Decimal | None]:
    return {"claimed": audit.claimed_total, "stated": audit.report.table.stated_total, "low": audit.low, "high": audit.high}


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _same(expected: object, actual: object) -> bool:
    """Equal as numbers where both are, else as text."""
    if expected is None or actual is None:
        return expected is actual
    try:
        return Decimal(str(expected)) == Decimal(str(actual))
    except InvalidOperation:
        return str(expected) == str(actual)


def _fits_finding(f: Finding, wanted: Mapping[str, Any]) -> bool:
    actual = {"code": f.code, "severity": f.severity, "indicator": f.indicator, "fingerprint": f.fingerprint}
    quoted = "\n".join(_squeezed(q.text) for q in f.quotes)
    return (all(_same(v, actual[k]) for k, v in wanted.items() if k != "quotes")
            and all(_squeezed(str(q)) in quoted for q in wanted.get("quotes") or ()))


def _fits_figure(f: Figure, wanted: Mapping[str, Any]) -> bool:
    for k, v in wanted.items():
        actual = getattr(f, k)
        if k == "subject":
            if str(v) not in f.subject:
                return False
        elif not _same(v, actual):
            return False
    return True


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _told(f: Finding) -> str:
    return f"  {f.severity} {f.code} {f.indicator or ''} {f.message.text('zh')}"


def _short(wanted: Mapping[str, Any]) -> str:
    return " ".join(str(v) for k, v in wanted.items() if k != "quotes" and v is not None)


def _leading_remarks(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if not line.startswith("#"):
            return
        yield line
