"""fuhe 复核 as one import: `import fuhe; fuhe.audit("报告.pdf")`, and as a program: `python -m fuhe`."""

from __future__ import annotations

from audit import __version__
from audit import run as audit
from audit.diff import compare
from audit.model import Audit, Finding, IndicatorResult
from audit.years import compare_years
from extractor import read as extract
from extractor.report import Report
from patterns.errors import UnusableInput

__all__ = ["Audit", "Finding", "IndicatorResult", "Report", "UnusableInput", "__version__", "audit", "compare", "compare_years", "extract"]

if __name__ == "__main__":
    from audit.start import program

    program()
