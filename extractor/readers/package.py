"""Packages of XML (DOCX, OFD): a zip that cannot swell without bound, and XML that cannot reach outside itself."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from patterns.errors import UnusableInput

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_ENTRIES = 20_000
MAX_MEMBER = 256 * 1024 * 1024  # bytes unpacked
MAX_XML = 96 * 1024 * 1024
MAX_TOTAL = 768 * 1024 * 1024
MAX_RATIO = 400  # unpacked to packed, for members above RATIO_FROM
RATIO_FROM = 8 * 1024 * 1024


class Damaged(ValueError):
    """A member that is missing, cut short or not well formed."""


class Package:
    """The members of a zip by name. Sizes are checked before and while unpacking; a name is never used as a path on disk."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as e:
            raise UnusableInput(path, "压缩包损坏或不完整 / the package is damaged or cut short",
                                "重新导出或重新下载 / export or download it again") from e
        if len(infos) > MAX_ENTRIES or sum(i.file_size for i in infos) > MAX_TOTAL or any(map(_swells, infos)):
            raise UnusableInput(path, "解压后体积异常，疑似压缩炸弹 / it unpacks to an unreasonable size",
                                "核对来源后重新提交 / check where it came from")
        self._infos = {i.filename.replace("\\", "/").lstrip("/"): i for i in infos}
        self._folded = {n.lower(): n for n in self._infos}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._folded

    def names(self) -> list[str]:
        """The names of all members."""
        return list(self._infos)

    def read(self, name: str, limit: int = MAX_MEMBER) -> bytes:
        """The bytes of a member. Raises Damaged, or UnusableInput where it is encrypted or larger than it says."""
        info = self._infos.get(self._folded.get(name.lower(), ""))
        if info is None:
            raise Damaged(f"{name} is missing")
        if info.flag_bits & 1:
            raise UnusableInput(self.path, "文件加密 / the file is encrypted", "去掉密码后重新提交 / remove the password and submit again")
        try:
            with self._zip.open(info) as f:
                data = f.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as e:
            raise Damaged(f"{name} is damaged") from e
        if len(data) > limit:
            raise UnusableInput(self.path, f"{name} 过大 / {name} is too large", "核对来源后重新提交 / check where it came from")
        return data

    def xml(self, name: str) -> Element:
        """The root of a member's XML. Raises Damaged."""
        return parse_xml(self.path, name, self.read(name, MAX_XML))

    def optional(self, name: str) -> Element | None:
        """The root of a member's XML, None where it is missing or damaged."""
        try:
            return self.xml(name)
        except Damaged:
            return None


def _swells(info: zipfile.ZipInfo) -> bool:
    return info.file_size > MAX_MEMBER or (info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(1, info.compress_size))


def parse_xml(path: str, name: str, data: bytes) -> Element:
    """XML without a document type: no entities, no external files. Raises Damaged; UnusableInput where it declares any."""
    from lxml import etree

    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data or "<!DOCTYPE".encode("utf-16-le") in data[:8192] \
            or "<!DOCTYPE".encode("utf-16-be") in data[:8192]:
        raise UnusableInput(path, f"{name} 里有实体声明，不予解析 / {name} declares XML entities",
                            "核对来源后重新导出 / check its source, export it again")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
                             remove_pis=True, huge_tree=False, collect_ids=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise Damaged(f"{name}: {str(e)[:80]}") from e
    if root is None:
        raise Damaged(f"{name} is empty")
    return root


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(e: Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return _local(e.tag) if isinstance(e.tag, str) else ""


def kids(e: Element | None, *names: str) -> Iterator[Element]:
    """The children of the given names, all elements where none is given."""
    if e is not None:
        for child in e:
            if (name := local(child)) and (not names or name in names):
                yield child


def kid(e: Element | None, *way: str) -> Element | None:
    """The first child of a name, and of that the first of the next name."""
    for name in way:
        e = next(kids(e, name), None)
    return e


def attribute(e: Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if e is None:
        return None
    value = e.get(name)
    if value is not None:
        return str(value)
    return next((str(v) for k, v in e.attrib.items() if _local(str(k)) == name), None)


def resolve(base: str, location: str) -> str:
    """The member that a location in the member `base` names."""
    location = location.replace("\\", "/").strip()
    joined = location if location.startswith("/") else posixpath.join(posixpath.dirname(base), location)
    return posixpath.normpath("/" + joined.lstrip("/")).lstrip("/")
