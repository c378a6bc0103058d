"""Where results go: refused before anything is read, written whole or not at all, never onto what a person wrote."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from os import PathLike
from pathlib import Path
from typing import IO

from patterns.errors import UnusableInput

# What an office program opens by its name alone: another ending is a slip of the call.
STRICT = {"--html": (".html", ".htm"), "--xlsx": (".xlsx",), "--docx": (".docx",), "--brief": (".docx",), "--annotate": (".docx", ".pdf"),
          "--csv": (".csv",), "--parquet": (".parquet",)}
OFFICE = (".xlsx", ".docx")
UNTOUCHED = b">2000-01-01T00:00:00Z</dcterms:modified>"  # what fuhe writes; an office program puts the day on which it saved
PDF_MARK = b"\n%fuhe\n"  # the last line of a PDF that fuhe wrote, a comment to every reader
REPORTS = (".pdf", ".docx", ".doc", ".wps", ".ofd", ".xlsx", ".xls", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Target:
    """A file that a call asks to be written: the option that asks for it and where it goes ("-" is standard output)."""

    option: str
    path: str


def refuse(inputs: Iterable[str | PathLike[str]], targets: Sequence[Target]) -> None:
    """Raise UnusableInput for a target that would overwrite an input or another target, that is a folder, that has the ending of
    another kind of file, or whose folder cannot be made. Nothing is read and nothing is written."""
    read = [Path(p) for p in inputs]
    seen: list[Target] = []
    for t in targets:
        if t.path != "-":
            _alone(t)
            for p in read:
                if same(Path(t.path), p):
                    raise UnusableInput(t.path, f"{t.option} 会覆盖输入的文件 / {t.option} would overwrite an input", "换一个文件名 / choose another name")
        for other in seen:
            if (t.path == "-") == (other.path == "-") and (t.path == "-" or same(Path(t.path), Path(other.path))):
                raise UnusableInput(t.path, f"{other.option} 和 {t.option} 写到同一处 / {other.option} and {t.option} write to the same place",
                                    "各给一个文件名 / give each its own")
        seen.append(t)


def same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, also through links, and on file systems that do not tell capitals apart."""
    try:
        if one.samefile(other):
            return True
    except OSError:
        pass
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _alone(t: Target) -> None:
    path, suffix = Path(t.path), Path(t.path).suffix.lower()
    allowed = STRICT.get(t.option)
    _keep(path)
    if path.is_dir():
        raise UnusableInput(t.path, f"{t.option} 要的是文件名，这是文件夹 / {t.option} wants a file name, this is a folder",
                            "在后面加上文件名 / add a file name")
    if allowed and suffix not in allowed:
        raise UnusableInput(t.path, f"{t.option} 的文件名应以 {'、'.join(allowed)} 结尾 / {t.option} wants a name that ends in {', '.join(allowed)}",
                            "改文件名 / change the name")
    if not allowed and suffix in REPORTS:
        raise UnusableInput(t.path, f"{t.option} 写不出 {suffix} 文件 / {t.option} does not write {suffix} files", "改文件名 / change the name")
    for folder in path.parents:
        if folder.exists():
            if not folder.is_dir():
                raise UnusableInput(t.path, f"“{folder}”不是文件夹 / “{folder}” is not a folder", "换一个位置 / choose another place")
            return


def changed(path: str | PathLike[str]) -> bool:
    """Whether a workbook, a Word file or a PDF that is there was made or saved by another hand than fuhe's: decisions that a reviewer
    filled in, an opinion that the office edited, a report. Other kinds of files, and empty ones, are nobody's work."""
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in (*OFFICE, ".pdf"):
        return False
    import zipfile

    try:
        if not file.is_file() or not file.stat().st_size:
            return False
        if suffix == ".pdf":
            return not file.read_bytes().endswith(PDF_MARK)
        with zipfile.ZipFile(file) as parts:
            return UNTOUCHED not in parts.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return True


def ours(stream: IO[bytes], suffix: str) -> bool:
    """Whether a page, a letter or an annotated copy was written by fuhe: none of them is what a district submitted."""
    if suffix == ".docx":
        import zipfile

        try:
            with zipfile.ZipFile(stream) as parts:
                return b"<dc:creator>fuhe</dc:creator>" in parts.read("docProps/core.xml")
        except (OSError, KeyError, ValueError, zipfile.BadZipFile):
            return False
    try:
        if suffix in (".html", ".htm"):
            return b'<meta name="generator" content="fuhe">' in stream.read(4096)
        if suffix == ".pdf":
            stream.seek(-len(PDF_MARK), os.SEEK_END)
            return stream.read() == PDF_MARK
    except (OSError, ValueError):
        return False
    return False


def _keep(path: str | PathLike[str]) -> None:
    if changed(path):
        raise UnusableInput(path, "已有这个文件，而且有人改过，或者不是 fuhe 写的，不覆盖 / is there already, edited or not written by fuhe, and is not overwritten",
                            "换一个文件名，或先移走它 / choose another name, or move it away first")


def write(path: str | PathLike[str], data: bytes | str) -> None:
    """Write a file whole or not at all; missing folders are made. Raises UnusableInput where it cannot be written."""
    write_parts(path, [data.encode("utf8") if isinstance(data, str) else data])


def write_parts(path: str | PathLike[str], parts: Iterable[bytes]) -> None:
    """The same of a file that comes piece by piece, so that it need not be in memory whole."""
    target = Path(os.path.realpath(path))
    part = ""
    _keep(target)
    try:
        if target.exists() and not target.is_file():  # a pipe or a device is written to, not replaced
            with target.open("wb") as stream:
                stream.writelines(parts)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        wanted = str(target.parent / f".{target.name[:40]}.{os.getpid()}-{next(_COUNT)}.part")
        handle = os.open(wanted, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        part = wanted
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
        os.chmod(part, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        os.replace(part, target)
        part = ""
    except OSError as e:
        raise UnusableInput(target, f"写不了 / cannot be written ({e.strerror or e})",
                            "关闭已打开的文件，或换一个位置 / close it where it is open, or choose another place") from e
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


_COUNT = count()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def protect(path: str | PathLike[str], document: str) -> None:
    """Raise UnusableInput where a path is the file that the document was read from."""
    if same(Path(path), Path(document)):
        raise UnusableInput(path, "会覆盖送审的报告 / would overwrite the submitted report", "换一个文件名 / choose another name")
