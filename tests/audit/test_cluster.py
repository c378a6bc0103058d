"""A Dask cluster of four worker processes, one of which is killed, gives byte for byte what one process gives; from a folder and from an object store."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit import batch
from audit.cli import main
from tests.gold import FIXTURES
from tests.small import write

distributed: Any = pytest.importorskip("distributed")
BUCKET = "reports"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An S3-compatible store on this machine."""
    moto, s3fs, fsspec = (pytest.importorskip(name) for name in ("moto.server", "s3fs", "fsspec"))
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        address = f"http://{host}:{port}"
        for key, value in (("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_DEFAULT_REGION", "us-east-1"),
                           ("FSSPEC_S3_ENDPOINT_URL", address)):
            patch.setenv(key, value)
        patch.setitem(fsspec.config.conf, "s3", {"endpoint_url": address})
        s3fs.S3FileSystem.clear_instance_cache()
        yield address
    server.stop()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Four worker processes of one thread."""
    with _four() as made:
        yield made


@pytest.fixture(scope="module")
def beside_store(endpoint: str) -> Iterator[Any]:
    """Four workers that were started where the store is known."""
    with _four() as made:
        yield made


def _four() -> Any:
    return distributed.LocalCluster(n_workers=4, threads_per_worker=1, processes=True, dashboard_address=None)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of several kinds, one that cannot be read, and one that is none."""
    root = tmp_path_factory.mktemp("报告")
    for name in ("linhu-2021", "linhu-2022", "binjiang-2021"):
        shutil.copy(FIXTURES / name / "report.txt", root / f"{name}.txt")
    for k in range(9):
        write(root, f"1.安全。责任落实{k}项。", ("消防安全", "100", "消防安全责任落实的得100分。", str(100 - k))).rename(root / f"小{k}.txt")
    (root / "下级").mkdir()
    shutil.copy(FIXTURES / "qingpu-2021" / "report.pdf", root / "下级" / "青浦.pdf")
    (root / "坏.pdf").write_bytes(b"%PDF-1.4 cut short")
    (root / "说明.txt").write_text("请查收。", "utf8")
    return root


def whole(result: batch.Batch) -> str:
    """The machine-readable result."""
    return "".join(result.json_text())


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(cluster: Any, reports: Path) -> None:
    alone = batch.run(reports, workers=1, use_cache=False)
    seen: list[str] = []

    def watch(done: int, total: int, name: str) -> None:
        seen.append(name)
        if len(seen) == 3:
            pid = next(iter(cluster.workers.values())).pid
            os.kill(pid, signal.SIGKILL)

    together = batch.run(reports, use_cache=False, scheduler=cluster.scheduler_address, progress=watch)
    assert whole(together) == whole(alone)
    assert len(seen) == len(set(seen)) == len(alone.entries) + len([s for s in alone.skipped if s.file.endswith(".txt")])


def test_an_object_store_is_a_folder_like_any_other(beside_store: Any, endpoint: str, reports: Path, tmp_path: Path) -> None:
    files = pytest.importorskip("s3fs").S3FileSystem()
    files.mkdir(BUCKET)
    files.put(str(reports), f"{BUCKET}/2021", recursive=True)
    address = f"s3://{BUCKET}/2021"
    root = address if files.exists(f"{BUCKET}/2021/坏.pdf") else f"{address}/{reports.name}"
    alone = batch.run(root, workers=1)
    local = batch.run(reports, workers=1)
    assert [e.file for e in alone.entries] == [e.file for e in local.entries]
    assert whole(alone).replace(root, "~") == whole(local).replace(str(reports), "~")
    tables = f"s3://{BUCKET}/tables"
    together = batch.run(root, use_cache=False, scheduler=beside_store.scheduler_address, parquet=tables)
    assert whole(together) == whole(alone)
    found = sorted(files.find(f"{BUCKET}/tables"))
    assert len(found) == 3 * sum(e.audit is not None for e in alone.entries)
    # Workers of an earlier test would not know the store. It goes on where the first run stood: nothing is left to do, nothing is written twice.
    again = batch.run(root, workers=1, parquet=tables)
    assert whole(again) == whole(alone) and not any(e.fresh for e in again.entries if e.audit)
    assert sorted(files.find(f"{BUCKET}/tables")) == found


def test_the_command_takes_addresses(cluster: Any, reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "全部.json"
    assert main(["batch", str(reports), "--scheduler", cluster.scheduler_address, "--no-cache", "--json", str(out)]) == 1
    assert out.read_text("utf8") == whole(batch.run(reports, workers=1))
    for call in (["batch", str(reports / "没有")], ["batch", str(reports), "--scheduler", "tcp://127.0.0.1:1"]):
        assert main(call) == 2
        assert "Traceback" not in capsys.readouterr().err
