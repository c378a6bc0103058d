"""The folder of a batch: on this machine, or wherever fsspec reaches (s3://, memory:// …)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from audit import files
from audit.batch.model import Skipped
from patterns.errors import UnusableInput

SUFFIXES = {".pdf", ".docx", ".doc", ".wps", ".ofd", ".html", ".htm", ".mht", ".mhtml", ".rtf", ".odt",
            ".txt", ".md", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}


class Folder(Protocol):
    """Where reports lie. Names are paths below the folder, with slashes."""

    def names(self) -> list[str]:
        """Every file, in order of name."""
        ...

    def open(self, name: str) -> IO[bytes]:
        """A file for reading."""
        ...

    def revision(self, name: str) -> str:
        """What changes when a file's bytes change."""
        ...

    def shown(self, name: str) -> str:
        """The path or address by which results name a file."""
        ...

    def here(self, name: str) -> Any:
        """A context in which a file is on this machine: its path."""
        ...


class OnDisk:
    """A folder of this machine, and the folders below it."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)

    def names(self) -> list[str]:
        """Every file, in order of name."""
        if not self.root.is_dir():
            raise UnusableInput(self.root, "不是文件夹 / is not a folder", "给出放报告的文件夹 / name the folder that holds the reports")
        return [p.relative_to(self.root).as_posix() for p in sorted(self.root.rglob("*")) if p.is_file()]

    def open(self, name: str) -> IO[bytes]:
        """A file for reading."""
        return (self.root / name).open("rb")

    def revision(self, name: str) -> str:
        """The SHA-256 of a file's bytes."""
        digest = hashlib.sha256()
        with self.open(name) as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
        return digest.hexdigest()

    def shown(self, name: str) -> str:
        """The path."""
        return str(self.root / name)

    @contextmanager
    def here(self, name: str) -> Iterator[str]:
        """The path itself."""
        yield str(self.root / name)


class Remote:
    """A folder that fsspec reaches. Keys and endpoints come from the environment (AWS_*, FSSPEC_S3_ENDPOINT_URL …), never from a call."""

    def __init__(self, root: str) -> None:
        try:
            import fsspec
        except ImportError as e:
            raise UnusableInput(root, "缺少 fsspec / fsspec is not installed", "pip install 'fuhe[cluster]'") from e
        try:
            self.files, self.base = fsspec.core.url_to_fs(root)
        except (ImportError, ValueError) as e:
            raise UnusableInput(root, f"打不开 / cannot be opened ({e})", "核对地址和所需的包 / check the address and the package that it needs") from e
        self.root = root.rstrip("/")

    def names(self) -> list[str]:
        """Every file, in order of name."""
        try:
            self.files.invalidate_cache()
            found = self.files.find(self.base)
        except Exception as e:  # each store has its own
            raise UnusableInput(self.root, f"列不出文件 / cannot be listed ({type(e).__name__}: {e})", "核对地址和密钥 / check the address and the keys") from e
        base = self.base.rstrip("/") + "/"
        return sorted((p.removeprefix(base) for p in found if p.startswith(base)), key=lambda n: n.split("/"))

    def _path(self, name: str) -> str:
        return f"{self.base.rstrip('/')}/{name}"

    def open(self, name: str) -> IO[bytes]:
        """A file for reading."""
        stream: IO[bytes] = self.files.open(self._path(name), "rb")
        return stream

    def revision(self, name: str) -> str:
        """What the store says of a file's contents: its checksum (ETag)."""
        return str(self.files.ukey(self._path(name)))

    def shown(self, name: str) -> str:
        """The address."""
        return f"{self.root}/{name}"

    @contextmanager
    def here(self, name: str) -> Iterator[str]:
        """A copy under its own name, for as long as it is needed."""
        with tempfile.TemporaryDirectory(prefix="fuhe-") as place:
            path = os.path.join(place, name.rpartition("/")[2])
            self.files.get_file(self._path(name), path)
            yield path


def opened(root: str | os.PathLike[str]) -> Folder:
    """A folder by its path or its address. Raises UnusableInput."""
    given = os.fspath(root)
    return Remote(given) if "://" in given else OnDisk(given)


def look(folder: Folder, out: Path | None = None) -> tuple[list[str], list[Skipped]]:
    """(the files that may be reports, what is left out and why). Hidden files, and what stands in the folder that is written to,
    are no part of it. Raises UnusableInput for a folder without reports."""
    found, skipped = [], []
    for name in folder.names():
        parts = name.split("/")
        if any(part.startswith(".") for part in parts):
            continue
        if out is not None and isinstance(folder, OnDisk) and out.resolve() in (folder.root / name).resolve().parents:
            continue
        if parts[-1].startswith("~$"):
            skipped.append(Skipped(name, "办公软件的临时文件 / an office program's temporary file"))
        elif Path(name).suffix.lower() not in SUFFIXES:
            skipped.append(Skipped(name, "不是报告的格式 / not a report's format"))
        elif _ours(folder, name):
            skipped.append(Skipped(name, "是 fuhe 写出的 / written by fuhe"))
        else:
            found.append(name)
    if not found:
        raise UnusableInput(folder.shown("").rstrip("/") or "/", "没有报告文件 / holds no report", "放入 PDF、DOCX、OFD、HTML 或 TXT / put reports into it")
    return found, skipped


def reports_in(root: Path, out: Path | None = None) -> list[Path]:
    """The files of a folder and the folders below it that may be reports, by name. Raises UnusableInput."""
    return [root / name for name in look(OnDisk(str(root)), out)[0]]


def _ours(folder: Folder, name: str) -> bool:
    try:
        with folder.open(name) as stream:
            return files.ours(stream, Path(name).suffix.lower())
    except OSError:
        return False
