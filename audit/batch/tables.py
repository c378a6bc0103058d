"""All reports as Parquet: tables of reports, indicators and findings, a folder for each programme, year and district.

A report is one file of each table, named by its place in the folder and by what it was made from: a run that is repeated writes nothing
twice, and a report that has changed takes the place of what it was.
"""

from __future__ import annotations

import io
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import quote

from audit.batch.compare import pending, proposed
from audit.batch.model import Entry, claimed
from patterns import cache as kept
from patterns import expressions as re
from patterns.errors import UnusableInput

_NONE = "__HIVE_DEFAULT_PARTITION__"  # as Spark, Arrow and DuckDB read an unknown value
_YEAR = r"(?:19|20)\d\d年度?"


def programme(facts: dict[str, Any]) -> str:
    """The programme that a report is about: its scheme's, else the words of its title without district and year."""
    document, scheme = facts["document"], str(facts["scheme"]["id"] or "")
    if scheme not in ("", "annex"):
        return scheme.rpartition("/")[0] or scheme
    title = str(document.get("title") or "")
    words = title.partition("关于")[2] or title
    words = re.sub(_YEAR, "", words.replace(str(document.get("district") or "\0"), ""))
    return words.removesuffix("的报告").removeprefix("报送")[:40]


class Tables:
    """The folder of the tables. Raises UnusableInput where pyarrow is missing or nothing can be written."""

    def __init__(self, target: str, root: str) -> None:
        try:
            import pyarrow  # noqa: F401
        except ImportError as e:
            raise UnusableInput("--parquet", "缺少 pyarrow / pyarrow is not installed", "pip install 'fuhe[parquet]'") from e
        try:
            import fsspec

            self.files, self.base = fsspec.core.url_to_fs(target)
            self.root = root
            self.there: dict[str, list[str]] = {}
            for path in self.files.find(self.base):
                name = path.rpartition("/")[2]
                if re.fullmatch(r"[0-9a-f]{20}-[0-9a-f]{12}\.parquet", name):
                    self.there.setdefault(name[:20], []).append(path)
        except ImportError as e:
            raise UnusableInput(target, f"缺少 {e.name or 'fsspec'} / {e.name or 'fsspec'} is not installed", "pip install 'fuhe[cluster]'") from e
        except (OSError, ValueError) as e:
            raise UnusableInput(target, f"打不开 / cannot be opened ({e})", "核对地址 / check the address") from e

    def write(self, entry: Entry, key: str) -> None:
        """Write a report's rows, unless they are there."""
        assert entry.audit is not None
        name = f"{kept.digest(self.root, entry.file)[:20]}-{key[:12]}.parquet"
        document = entry.audit["document"]
        values = (("programme", programme(entry.audit)), ("year", document.get("year")), ("district", document.get("district")))
        place = "/".join(f"{k}={quote(str(v), safe='') if v else _NONE}" for k, v in values)
        paths = {table: f"{self.base.rstrip('/')}/{table}/{place}/{name}" for table in ("reports", "indicators", "findings")}
        old = self.there.get(name[:20], [])
        for table, path in paths.items():
            if path not in old:
                self._put(path, table, entry)
        for path in old:
            if path not in paths.values():
                self.files.rm_file(path)
        self.there[name[:20]] = list(paths.values())

    def _put(self, path: str, table: str, entry: Entry) -> None:
        import pyarrow.parquet as parquet

        raw = io.BytesIO()
        parquet.write_table(rows(table, entry), raw)
        try:
            self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
            if "file" in self.files.protocol:  # whole or not at all; an object store has no halves
                self.files.pipe_file(f"{path}.part", raw.getvalue())
                self.files.mv(f"{path}.part", path)
            else:
                self.files.pipe_file(path, raw.getvalue())
        except OSError as e:
            raise UnusableInput(path, f"写不了 / cannot be written ({e})", "换一个位置 / choose another place") from e


def rows(table: str, entry: Entry) -> Any:
    """A report's rows of a table, with types."""
    import pyarrow as pa

    facts = entry.audit or {}
    number, text = pa.decimal128(24, 6), pa.string()
    if table == "reports":
        severities = [f["severity"] for f in facts["findings"]]
        return pa.table({
            "file": pa.array([entry.file], text), "title": pa.array([facts["document"].get("title")], text), "scheme": pa.array([facts["scheme"]["id"]], text),
            "claimed": pa.array([_number(claimed(entry))], number), "low": pa.array([_number(facts["rescored"]["low"])], number),
            "high": pa.array([_number(facts["rescored"]["high"])], number), "proposed": pa.array([_number(proposed(entry))], number),
            "pending": pa.array([_number(pending(entry))], number),
            **{severity: pa.array([severities.count(severity)], pa.int32()) for severity in ("error", "warning", "info")}})
    if table == "indicators":
        found = facts["indicators"]
        return pa.table({
            "file": pa.array([entry.file] * len(found), text), "no": pa.array([i["no"] for i in found], pa.int32()),
            **{k: pa.array([i[k] for i in found], text) for k in ("name", "domain", "verdict")},
            **{k: pa.array([_number(i[k]) for i in found], number) for k in ("weight", "claimed", "low", "high", "proposed")}})
    whole = (entry.whole() or {}).get("findings", [])
    return pa.table({
        "file": pa.array([entry.file] * len(whole), text), **{k: pa.array([f.get(k) for f in whole], text) for k in ("code", "severity", "message")},
        "indicator": pa.array([f.get("indicator") for f in whole], pa.int32()), "page": pa.array([f.get("page") for f in whole], pa.int32()),
        "quotes": pa.array([f.get("quotes") or [] for f in whole], pa.list_(text))})


def _number(value: Any) -> Decimal | None:
    """A number of six decimals, None for none."""
    try:
        return None if value is None else Decimal(value).quantize(Decimal("0.000001"))
    except InvalidOperation:
        return None
