"""Time and memory against size: one, ten and a hundred times the narrative (its pages, figures and relations), the indicators, and both.

    python benchmarks/scale.py [--factors 1,10,100] [--axes narrative,indicators,both,pages]

Each line is a whole process over a made-up report (generate.py): seconds of processor time, those a unit of size beside the first line's, and
the peak memory. A straight line keeps the third column at 1 or below. `pages` reads PDFs (`fuhe extract`); the others audit plain text.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import generate

ROOT = Path(__file__).parents[1]


def process(command: list[str], cache: str) -> tuple[float, float]:
    """Processor seconds (user and system) and peak megabytes of a process."""
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, "FUHE_CACHE": cache})
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}: exit status {started.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--factors", default="1,10,100")
    parser.add_argument("--axes", default="narrative,indicators,both,pages")
    args = parser.parse_args()
    factors = [int(f) for f in args.factors.split(",")]
    with tempfile.TemporaryDirectory() as place:
        cache = str(Path(place) / "cache")
        idle = min(process([sys.executable, "-m", "audit.start", "audit", str(generate.write(generate.report(1), Path(place) / "first", "txt")),
                            "--no-cache"], cache)[0] for _ in range(2))
        print(f"start and 16 indicators: {idle:.2f} s")
        print("| axis | times | size | CPU s | per unit | peak MiB |\n| --- | --- | --- | --- | --- | --- |")
        for axis in args.axes.split(","):
            first = 0.0
            for factor in factors:
                made = generate.report(7, 1 if axis == "indicators" else factor, 16 * factor if axis in ("indicators", "both") else 16)
                path = generate.write(made, Path(place) / f"{axis}-{factor}", "pdf" if axis == "pages" else "txt")
                took, peak = process([sys.executable, "-m", "audit.start", "extract" if axis == "pages" else "audit", str(path), "--no-cache",
                                      "--json", os.devnull], cache)
                first = first or took
                size = f"{sum(map(len, made.paragraphs)):,} characters, {len(made.rows) - 1} indicators"
                print(f"| {axis} | {factor}× | {size} | {took:.2f} | {took / factor / first:.2f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()
