"""What a process makes of one report: the one function that is called on this machine's cores and on a cluster's."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import audit
from audit import files
from audit.batch.folder import opened
from audit.batch.model import Job, marks
from audit.batch.store import pack
from audit.model import Audit
from audit.review import Ledger, apply, binding_of
from audit.selection import narrowed
from extractor.readers.eyes import WORKERS
from patterns import expressions as re
from patterns.errors import UnusableInput, half

PARTS = {"html": "复核.html", "xlsx": "复核.xlsx", "docx": "复核意见.docx", "brief": "复核要点.docx"}
SHARED = 25  # characters from which a sentence that two districts share is worth a look
_ITEM = ("no", "name", "domain", "weight", "claimed", "low", "high", "proposed", "verdict")  # what the overview shows of an indicator
_DOCUMENT = ("path", "district", "year", "title")
_ONE = threading.Lock()  # pdfium reads one document at a time; a worker with several threads waits here


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a process makes of one file. packed: its audit and its sentences for keeping (audit.batch.store), None where there is none.
    edited: outputs that were there already and were not overwritten, for a person had edited them."""

    packed: bytes | None
    reason: str = ""
    no_report: bool = False
    written: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Any] = field(default_factory=dict)
    ledger: str = ""
    edited: Sequence[str] = ()


def audit_file(root: str, name: str, job: Job, label: str = "", cache: bool = False) -> Outcome:
    """Audit one file of a folder and write what the job wants of it; never raises, since one file must not stop the others.

    label: what the folder of its outputs is called. cache: take its reading from fuhe's cache, and keep it there.
    """
    WORKERS.set(1)  # the cores are taken by other reports
    with _ONE:
        folder = opened(root)
        shown, path = folder.shown(name), ""
        try:
            with folder.here(name) as path:
                return _outcome(audit.run(path, scheme=job.scheme, cache=cache), shown, job, label)
        except UnusableInput as e:
            return Outcome(None, e.text(job.lang).replace(path or shown, shown), no_report="不像自查报告" in e.what)
        except Exception as e:
            return Outcome(None, half(f"{shown}：内部错误 {type(e).__name__}: {e} / {shown}: internal fault {type(e).__name__}: {e}", job.lang))
        finally:
            re.keep()  # a worker process ends without a word


def _outcome(result: Audit, shown: str, job: Job, label: str) -> Outcome:
    from audit.outputs.json import to_json

    if result.report.document.path != shown:
        result = replace(result, report=replace(result.report, document=replace(result.report.document, path=shown)))
    ledger = _ledger_of(result, job.ledgers)
    if ledger is not None:
        result = apply(result, ledger)
    result = narrowed(result, job.wanted)
    report = result.report
    own = report.district or ""
    sentences = list(dict.fromkeys(bare for s in report.sentences if len(bare := anonymous(report.text[s.start:s.end], own)) >= SHARED))
    whole = to_json(result, job.lang)
    facts = {"audit": facts_of(whole), "marks": list(marks(sentences))}
    written, edited = _write(result, job, label)
    return Outcome(pack(facts, {"audit": whole, "sentences": sentences}), "", False, written, _make(result, job), ledger.path if ledger else "", edited)


def facts_of(whole: dict[str, Any]) -> dict[str, Any]:
    """What the overview needs of an audit's JSON."""
    review = whole.get("review")
    return {
        "document": {k: whole["document"].get(k) for k in _DOCUMENT}, "scheme": {"id": whole["scheme"]["id"]}, "rescored": whole["rescored"],
        "indicators": [{k: i.get(k) for k in _ITEM} for i in whole["indicators"]],
        "findings": [{"code": f["code"], "severity": f["severity"]} for f in whole["findings"]],
    } | ({"review": {"state": review.get("state"), "file": review.get("file")}} if review else {})


def _ledger_of(result: Audit, ledgers: Sequence[Ledger]) -> Ledger | None:
    """The ledger about this file; else the one about this district and year, whose decisions will say that the file has changed."""
    bound = binding_of(result)
    for ledger in ledgers:
        said = ledger.binding
        if said.file and (said.file.startswith(bound.file) or bound.file.startswith(said.file)):
            return ledger
    return next((x for x in ledgers if x.binding.district and (x.binding.district, x.binding.year) == (bound.district, bound.year)
                 and (not x.binding.programme or x.binding.programme == bound.programme)), None)


def _write(result: Audit, job: Job, name: str) -> tuple[dict[str, str], list[str]]:
    """The page, workbook, opinion and brief of one report: their paths below the folder, by kind, and those of them that a person had
    edited and that were left as they were."""
    if job.out is None:
        return {}, []
    writers: dict[str, Callable[..., object]] = {"html": result.to_html, "xlsx": result.to_xlsx, "brief": result.to_brief,
               "docx": partial(result.to_docx, unreviewed=job.unreviewed, template=job.template, office=dict(job.office))}
    edited = []
    for kind, file in PARTS.items():
        at = Path(job.out) / name / file
        if files.changed(at):
            edited.append(f"{name}/{file}")
        else:
            writers[kind](at, job.lang)
    return {kind: f"{name}/{file}" for kind, file in PARTS.items()}, edited


def _make(result: Audit, job: Job) -> dict[str, Any]:
    """What the lists over all reports are put together from."""
    if not job.lists:
        return {}
    from audit.outputs import github, junit, sarif

    return {"sarif": sarif.to_sarif(result, job.lang), "junit": junit.render(result, job.lang), "github": github.render(result, job.lang),
            "summary": github.summary([result], job.lang)}


def anonymous(sentence: str, district: str) -> str:
    """A sentence without white space and without the district's own name."""
    bare = re.sub(r"\s", "", sentence)
    return bare.replace(district, "区").replace(district.removesuffix("区"), "") if len(district) >= 2 else bare


