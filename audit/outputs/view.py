"""What every output for people shows of an audit: totals, indicators and findings in order, in one language.

Outputs differ in their form alone; what counts, what is quoted and how a number is written is settled here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from audit import provenance
from audit.findings import CATALOGUE
from audit.messages import say
from audit.model import Audit, Finding, IndicatorResult, Quote
from audit.outputs.quotes import Context, Passage, contexts, passage
from audit.review import Decision
from audit.words import interval, number, plain
from extractor.document import Document
from extractor.report import Report
from patterns.errors import half

GROUPS = ("verified", "supported", "open", "contradicted", "reviewed")
GROUP_OF = {"verified": "verified", "supported": "supported", "contradicted": "contradicted"}
RANK = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause, its state and what the report makes of it, as text."""

    text: str
    state: str
    state_label: str
    points: str
    explanation: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One line of the indicator table. decision is the reviewer's, machine the interval before it."""

    no: int
    name: str
    domain: str
    lead: str
    rule: str
    weight: Decimal | None
    claimed: Decimal | None
    low: Decimal
    high: Decimal
    proposed: Decimal
    verdict: str
    verdict_label: str
    group: str
    reason: str
    clauses: tuple[ClauseView, ...]
    unparsed: tuple[str, ...]
    passages: tuple[Passage, ...]
    contexts: tuple[Context, ...]
    page: int | None
    place: str
    decision: str
    machine: str
    decided_by: str

    @property
    def pending(self) -> Decimal:
        """待补材料: the points of the proposal that rest on material which the report does not give."""
        return self.proposed - self.low


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. title is its code in a few words, remedy what to do about it; decision is the reviewer's, and
    dismissed says that it no longer counts."""

    code: str
    title: str
    remedy: str
    severity: str
    severity_label: str
    no: int | None
    indicator: str
    domain: str
    lead: str
    message: str
    points: Decimal | None
    passages: tuple[Passage, ...]
    contexts: tuple[Context, ...]
    page: int | None
    place: str
    fingerprint: str
    likeness: str
    decision: str
    dismissed: bool
    proof: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision of the ledger as a line: what it is about, what it does, whether it was applied and why not."""

    subject: str
    decision: str
    standing: str
    standing_label: str
    why: str
    line: int
    reason: str
    reviewer: str
    lang: str

    @property
    def told(self) -> str:
        """The decision with its standing as a sentence, for one that was not applied."""
        return say("review.expired_line", self.lang, line=self.line, subject=self.subject, decision=self.decision,
                   standing=self.standing_label, why=self.why)


@dataclass(frozen=True, slots=True)
class View:
    """All of it. points are the claimed points by group (GROUPS)."""

    lang: str
    file: str
    title: str
    district: str
    year: str
    claimed: Decimal
    stated: Decimal | None
    low: Decimal
    high: Decimal
    proposed: Decimal
    weight: Decimal
    points: tuple[tuple[str, str, Decimal], ...]
    indicators: tuple[IndicatorView, ...]
    findings: tuple[FindingView, ...]
    dismissed: tuple[FindingView, ...]
    decisions: tuple[DecisionView, ...]
    scheme: str
    problems: tuple[str, ...]
    scored: bool
    source: tuple[tuple[str, str], ...]
    narrowed: str = ""  # the options that left findings out

    @property
    def pending(self) -> Decimal:
        """待补材料 over all indicators."""
        return self.proposed - self.low

    @property
    def challenged(self) -> tuple[IndicatorView, ...]:
        """The indicators to challenge, most points at stake first: what the claim loses, then what it lacks material for."""
        def at_stake(i: IndicatorView) -> tuple[Decimal, Decimal]:
            return abs((i.claimed or Decimal(0)) - i.proposed), i.pending

        wanted = [i for i in self.indicators if i.claimed is not None and not i.decision and any(at_stake(i))]
        return tuple(sorted(wanted, key=at_stake, reverse=True))

    def count(self, severity: str) -> int:
        """How many findings of a severity there are."""
        return sum(f.severity == severity for f in self.findings)

    @property
    def expired(self) -> tuple[DecisionView, ...]:
        """Decisions that were not applied."""
        return tuple(d for d in self.decisions if d.standing != "applied")


def decision_text(decision: Decision | None, lang: str) -> str:
    """A decision in words, with reviewer and reason; nothing for None."""
    if decision is None:
        return ""
    return say("review.by", lang, decision=_what(decision, lang), reviewer=plain(decision.entry.reviewer),
               reason=plain(decision.entry.reason))


def _what(decision: Decision, lang: str) -> str:
    entry = decision.entry
    kind = "finding" if entry.about_finding else "indicator"
    severity = say(f"severity.{entry.severity}", lang) if entry.severity else ""
    return say(f"review.{entry.action}_{kind}", lang, **({"score": number(entry.score)} if kind == "indicator" else {"severity": severity}))


def _indicator(audit: Audit, result: IndicatorResult, lang: str) -> IndicatorView:
    report, row = audit.report, result.row
    decision = audit.review.of_indicator(row.no) if audit.review else None
    group = "reviewed" if decision else GROUP_OF.get(result.verdict, "open")
    clauses = tuple(
        ClauseView(plain(c.clause.text), c.state, say("labels.state_" + c.state.replace("-", "_"), lang), interval(c.low, c.high),
                   plain(c.explanation.text(lang)) if c.explanation else "") for c in result.clauses)
    machine = interval(decision.low, decision.high) if decision and decision.low is not None and decision.high is not None else ""
    return IndicatorView(
        row.no, plain(row.name.text), plain(row.domain.text), plain(row.lead.text), plain(row.rule.text), row.weight, row.claimed,
        result.low, result.high, result.proposed, result.verdict, say(f"labels.verdict_{result.verdict}", lang), group, plain(result.reason.text(lang)),
        clauses, tuple(plain(u) for u in result.rule.unparsed), _passages(report, (e.quote for e in result.evidence)),
        contexts(report, (e.quote for e in result.evidence)),
        report.document.page(row.name.start),
        where(report, result.evidence[0].quote.start if result.evidence else row.name.start, lang), decision_text(decision, lang), machine,
        plain(decision.entry.reviewer) if decision else "")


def _passages(report: Report, quotes: Iterable[Quote]) -> tuple[Passage, ...]:
    return tuple(passage(report, q) for q in dict.fromkeys(quotes))


def _finding(audit: Audit, finding: Finding, lang: str, dismissed: bool = False) -> FindingView:
    report = audit.report
    row = next((r.row for r in audit.indicators if r.no == finding.indicator), None)
    decision = audit.review.of_finding(finding) if audit.review else None
    if decision is None and dismissed and audit.review and finding.indicator is not None:
        decision = audit.review.of_indicator(finding.indicator)
    passages = _passages(report, finding.quotes)
    code = CATALOGUE[finding.code]
    return FindingView(
        finding.code, code.title(lang), code.remedy(lang), finding.severity,
        say(f"severity.{finding.severity}", lang), finding.indicator,
        plain(row.name.text) if row else "", plain(row.domain.text) if row else "", plain(row.lead.text) if row else "",
        plain(finding.message.text(lang)), finding.points, passages,
        contexts(report, finding.quotes), next((p.page for p in passages if p.page), None),
        where(report, finding.quotes[0].start, lang) if finding.quotes else "", finding.fingerprint, finding.likeness,
        decision_text(decision, lang), dismissed, tuple(plain(step.text(lang)) for step in finding.proof),
        decision is not None and not dismissed)


def where(report: Report, at: int, lang: str) -> str:
    """Where a position is to be looked for: the page, or the heading and the paragraph under it; in the annex its row."""
    page = report.document.page(at)
    if page:
        return say("labels.page_of", lang, page=page)
    row = next((r for r in report.table.rows if r.name.start <= at <= max(f.end for f in (r.name, r.claimed_field, r.rule, r.basis, r.reason))), None)
    if row is not None:
        return say("labels.row_of", lang, no=row.no)
    first = max((s.start for s in report.sections if s.start <= at < s.end), default=0)
    section = next((s for s in reversed(report.sections) if s.start == first and s.start <= at < s.end), None)
    count = sum(first <= b.start <= at for b in report.document.blocks if b.kind in ("paragraph", "note", "heading")) or 1
    if section is None or not section.number + section.title:
        return say("labels.paragraph_of", lang, n=count)
    title = plain(section.number + section.title)
    return say("labels.section_of", lang, section=title if len(title) <= 24 else title[:24] + "…", n=count)


def source(audit: Audit, lang: str) -> tuple[tuple[str, str], ...]:
    """The provenance as (name, value) for people: version, file, scheme, options."""
    scheme = say("terminal.scheme_annex", lang) if audit.scheme_id == "annex" else audit.scheme_id
    if audit.provenance.revision:
        scheme += f" ({audit.provenance.revision})"
    pairs = [("version", f"fuhe {provenance.to_json(audit)['version']}"), ("digest", provenance.digest(audit)), ("scheme", scheme)]
    if audit.provenance.options:
        pairs.append(("options", " ".join(f"--{k} {plain(v)}" for k, v in audit.provenance.options.items())))
    return tuple((say(f"labels.source_{k}", lang), v) for k, v in pairs)


def source_line(audit: Audit, lang: str) -> str:
    """The provenance in a line, for paper: version, the file's digest as people copy it, scheme."""
    return say("brief.source", lang, version=f"fuhe {provenance.to_json(audit)['version']}", digest=provenance.short(audit), scheme=audit.scheme_id)


def source_lines(audits: Iterable[Audit], lang: str) -> list[str]:
    """Of several files, each with its path."""
    return [f"{plain(a.report.document.path)}　{source_line(a, lang)}" for a in audits]


def _decision(audit: Audit, decision: Decision, lang: str) -> DecisionView:
    entry = decision.entry
    subject = (entry.finding or entry.code or "") if entry.about_finding else say("labels.indicator_of", lang, no=entry.indicator)
    if entry.about_finding and entry.code and entry.finding:
        subject = f"{entry.code} {entry.finding}"
    return DecisionView(plain(str(subject)), _what(decision, lang), decision.standing, say(f"review.standing_{decision.standing}", lang),
                        plain(decision.why.text(lang)) if decision.why else "", entry.line, plain(entry.reason), plain(entry.reviewer),
                        lang)


def view(audit: Audit, lang: str = "zh") -> View:
    """An audit as its readers see it, in a language ("zh" or "en"). Findings come worst first, most points first."""
    report, document = audit.report, audit.report.document
    indicators = tuple(_indicator(audit, r, lang) for r in audit.indicators)
    ordered = sorted(audit.findings, key=lambda f: (RANK[f.severity], -(f.points or Decimal(0))))
    points = tuple((g, say(f"labels.group_{g}", lang), sum((i.claimed or Decimal(0) for i in indicators if i.group == g), Decimal(0)))
                   for g in GROUPS)
    made = View(
        lang=lang, file=plain(Path(document.path).name), title=plain(report.title or document.title or Path(document.path).name)[:300],
        district=plain(report.district or ""), year=str(report.year or ""), claimed=audit.claimed_total, stated=report.table.stated_total,
        low=audit.low, high=audit.high, proposed=audit.proposed, weight=sum((i.weight or Decimal(0) for i in indicators), Decimal(0)),
        points=tuple(p for p in points if p[2] or p[0] != "reviewed"), indicators=indicators,
        findings=tuple(_finding(audit, f, lang) for f in ordered),
        dismissed=tuple(_finding(audit, f, lang, True) for f in audit.review.dismissed) if audit.review else (),
        decisions=tuple(_decision(audit, d, lang) for d in audit.review.decisions) if audit.review else (),
        scheme=audit.scheme_id, scored=bool(indicators), source=source(audit, lang), narrowed=" ".join(
            f"--{k} {plain(v)}" for k, v in audit.provenance.options.items() if k in ("select", "ignore", "baseline")), problems=tuple(
            half(plain(p.what), lang) + (f" ({say('labels.page_of', lang, page=p.page)})" if p.page else "") for p in document.problems))
    return _printed(made, document) if document.printed else made


_SAME = {"indicator": "name", "unparsed": "text"}  # fields that say what another key of the JSON says


def _printed(value: Any, document: Document, key: str = "") -> Any:
    """A view of a document set in traditional characters, with what it quotes as printed. Quotes by their places are so already."""
    if isinstance(value, (Passage, Context, DecisionView)):
        return value
    if isinstance(value, tuple):
        return tuple(_printed(v, document, key) for v in value)
    if isinstance(value, str):
        return document.as_printed(value, _SAME.get(key, key))
    if not isinstance(value, (View, IndicatorView, FindingView, ClauseView)):
        return value
    labels = ("title",) if isinstance(value, FindingView) else ()  # a finding's title is ours
    return replace(value, **{f.name: _printed(getattr(value, f.name), document, f.name) for f in fields(value) if f.name not in labels})


__all__ = ["View", "interval", "number", "plain", "view"]
