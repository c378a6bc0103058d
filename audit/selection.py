"""Which findings a call wants to hear of: by code, and without those that a baseline already holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from audit.findings import CATALOGUE
from audit.messages import LANGUAGES
from audit.model import Audit, Finding
from patterns.errors import UnusableInput

HEAD = "# fuhe 基线：每行是一个已知的问题（代码 指纹 次数 说明），由 --write-baseline 写出。\n"


@dataclass(frozen=True, slots=True)
class Selection:
    """select: the codes wanted, empty for all. ignore: those not wanted. known: how often each finding stands in the baseline.
    options: what was asked for, by option, for the provenance."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    known: dict[str, int] = field(default_factory=dict)
    options: tuple[tuple[str, str], ...] = ()


def of(select: str | None, ignore: str | None, baseline: str | None) -> Selection:
    """The selection that the options ask for. Raises UnusableInput for a code that is none and a baseline that cannot be read."""
    asked = tuple((k, v) for k, v in (("select", select), ("ignore", ignore), ("baseline", Path(baseline).name if baseline else None)) if v)
    return Selection(_codes(select, "--select"), _codes(ignore, "--ignore"), _known(baseline) if baseline else {}, asked)


def narrowed(result: Audit, wanted: Selection) -> Audit:
    """An audit with the findings that are wanted; what was asked for stands among the options that it was made with."""
    if not wanted.options:
        return result
    made = replace(result.provenance, options={**result.provenance.options, **dict(wanted.options)})
    return replace(result, findings=keep(result.findings, wanted), provenance=made)


def code_of(name: str) -> str | None:
    """The code that a word means: itself, or its title in either language."""
    if name in CATALOGUE:
        return name
    return next((c.code for c in CATALOGUE.values() for lang in LANGUAGES if c.title(lang).lower() == name.lower()), None)


def keep(findings: Iterable[Finding], wanted: Selection) -> tuple[Finding, ...]:
    """The findings that are wanted, in their order."""
    left = Counter(wanted.known)
    out = []
    for f in findings:
        if (wanted.select and f.code not in wanted.select) or f.code in wanted.ignore:
            continue
        if left[f"{f.code} {f.likeness}"] > 0:
            left[f"{f.code} {f.likeness}"] -= 1
            continue
        out.append(f)
    return tuple(out)


def baseline(results: Sequence[Audit]) -> str:
    """The findings of some audits as a baseline's text."""
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for f in (f for r in results for f in r.findings):
        key = f"{f.code} {f.likeness}"
        counts[key] += 1
        words[key] = " ".join(f.message.text("zh").split())
    return HEAD + "".join(f"{key} {counts[key]} {words[key]}\n" for key in sorted(counts))


def _codes(text: str | None, option: str) -> frozenset[str]:
    out = set()
    for name in (text or "").replace("，", ",").split(","):
        if name.strip():
            code = code_of(name.strip())
            if code is None:
                raise UnusableInput(option, f"没有问题代码“{name.strip()}” / no such finding code “{name.strip()}”",
                                    "用 fuhe explain 查看全部 / see all with fuhe explain")
            out.add(code)
    return frozenset(out)


def _known(path: str) -> dict[str, int]:
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as e:
        raise UnusableInput(path, "基线读不了 / the baseline cannot be read", "用 --write-baseline 写一份 / write one with --write-baseline") from e
    out: dict[str, int] = {}
    for n, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split(" ", 3)
        if len(fields) < 3 or not fields[2].isdecimal():
            raise UnusableInput(f"{path}:{n}", "不是基线的一行 / not a line of a baseline", "用 --write-baseline 重写 / write it anew with --write-baseline")
        out[f"{fields[0]} {fields[1]}"] = int(fields[2])
    return out
