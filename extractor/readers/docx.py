"""DOCX (ECMA-376, transitional and strict): text as finally agreed, automatic numbers, tables with their merged cells."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document import Document, Problem
from extractor.readers import html, mhtml, text
from extractor.readers.embedded import Carried, share_of_line
from extractor.readers.flattened import restore_tables
from extractor.readers.joining import join, join_heads, join_labels, join_paragraphs
from extractor.readers.numbering import Numbering
from extractor.readers.package import Damaged, Package, attribute, kid, kids, local, resolve
from extractor.readers.parts import Paragraph, Part, RawCell, RawTable, Run, assemble
from extractor.readers.raised import lowered, raised
from patterns import expressions as re
from patterns.errors import UnusableInput

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_CELLS = 400_000
MAX_COLUMNS = 256
_GONE = {"del", "moveFrom", "rPr", "pPr", "delText", "delInstrText", "instrText", "fldData", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr",
         "tblGrid", "sectPr", "rt", "annotationRef", "footnoteRef", "endnoteRef", "binData", "ctrlPr", "tblPrEx"}
_LETTERS = {"vanish", "strike", "dstrike", "sz", "color", "shd", "highlight", "vertAlign", "position"}
_NOTHING: dict[str, Element] = {}
_TINY = 4  # half-points: letters that nobody sees
_LIFTED = 4  # half-points off the line from which on letters are raised or lowered
_SAYS = {"t", "tab", "ptab", "br", "cr", "noBreakHyphen", "sym", "footnoteReference", "endnoteReference"}
_SYMBOLS = {"F0B7": "·", "F0FC": "√", "F0A8": "□", "F06C": "●", "F06E": "■", "F0D8": "▶", "F0E0": "→", "F0FE": "☑", "F052": "☑", "F0B4": "×",
            "F0B1": "±", "F0B3": "≥", "F0A3": "≤"}


def read(path: str, package: Package) -> Document:
    """The Document of a DOCX. Raises UnusableInput."""
    try:
        body, name = _body(package)
    except Damaged as e:
        raise UnusableInput(path, f"DOCX 损坏 / the DOCX is damaged ({e})",
                            "用 WPS 或 Word 打开另存后重新提交 / open it, save it again") from e
    reader = _Reader(package, name)
    parts = reader.blocks(body)
    if not any(isinstance(p, RawTable) or p.run.text.strip() for p in parts):
        raise UnusableInput(path, "文档里没有文字 / the document holds no text",
                            "若正文是图片，请导出为 PDF / if it holds pictures only, export it as PDF")
    joined = join_heads(join_paragraphs(restore_tables(parts), anywhere=True))
    for part in joined:
        if isinstance(part, RawTable):
            join_labels(part)
    return assemble(path, "docx", joined, problems=reader.problems, title=reader.title)


def _body(package: Package) -> tuple[Element, str]:
    name = "word/document.xml"
    relations = package.optional("_rels/.rels")
    for r in kids(relations, "Relationship"):
        if (attribute(r, "Type") or "").endswith("/officeDocument"):
            name = resolve("document", attribute(r, "Target") or name)
    body = kid(package.xml(name), "body")
    if body is None:
        raise Damaged(f"{name} has no body")
    return body, name


@dataclass(slots=True)
class _Style:
    level: int = 0
    title: bool = False
    number: tuple[str, int | None] | None = None
    based: str | None = None
    letters: Element | None = None  # its run properties
    shaded: bool = False


@dataclass(slots=True)
class _Words:
    """What a paragraph holds: its lines, the boxes anchored in it and the notes it refers to."""

    lines: list[str] = field(default_factory=lambda: [""])
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    carried: list[tuple[str, str, float]] = field(default_factory=list)  # kind, relation, share of the line's width
    depth: int = 0
    in_code: list[bool] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)  # what each open field shows where it has no result


class _Reader:
    def __init__(self, package: Package, name: str) -> None:
        self.package = package
        self.problems: list[Problem] = []
        self.title: str | None = None
        self.cells = 0
        self.nested = 0
        parts = _relations(package, name)
        self.carried = Carried(package, name)
        self.styles = _styles(package.optional(parts.get("styles", "word/styles.xml")))
        self.resolved: dict[str, dict[str, Element]] = {}
        self.numbering = Numbering.of(package.optional(parts.get("numbering", "word/numbering.xml")))
        self.notes = {kind: {attribute(n, "id") or "": n for n in kids(package.optional(parts.get(kind + "s", f"word/{kind}s.xml")), kind)}
                      for kind in ("footnote", "endnote")}

    def chunk(self, key: str) -> list[Part]:
        """The parts of an imported chunk (altChunk): a web page, a text or another DOCX inside the package."""
        target = self.carried.targets.get(key, "")
        name = target.rpartition("/")[2]
        try:
            data = self.package.read(target)
            if data[:2] == b"PK":
                inner = Package(self.package.path, data)
                body, main = _body(inner)
                reader = _Reader(inner, main)
                if self.nested > 3:
                    return []
                reader.nested = self.nested + 1
                parts = reader.blocks(body)
                self.problems += reader.problems
                return parts
            page = mhtml.saved(data) if mhtml.looks_like(data) else mhtml.Saved(data) if html.looks_like(data) else None
            if page is not None:
                parts, problems = html.parts_of(self.package.path, page.page, page.pictures)
                self.problems += problems
                return parts
            if not data.startswith(b"{\\rtf"):
                return text.parts_of(self.package.path, data)
        except (Damaged, UnusableInput):
            pass
        self.problems.append(Problem(f"导入的片段未读（{name or key}） / an imported chunk was not read"))
        return []

    def blocks(self, parent: Element) -> list[Part]:
        """Paragraphs and tables inside an element, in order."""
        out: list[Part] = []
        open_run: Run | None = None  # a paragraph whose own mark was deleted goes on in the next
        if self.nested > 40:
            return out
        self.nested += 1
        for e in _flat(parent):
            if local(e) == "tbl":
                out += self.table(e)
                continue
            if local(e) == "altChunk":
                out += self.chunk(attribute(e, "id") or "")
                continue
            words = self.words(e)
            level, title = self.heading(e)
            runs = [Run(line) for line in words.lines]
            number = self.number(e)
            if number and runs[0].text.strip():
                runs[0] = Run(number + runs[0].text)
            if open_run is not None:
                runs[0], open_run = join(open_run, runs[0]), None
            if _mark_deleted(e):
                open_run = runs.pop()
            words_of = "".join(r.text for r in runs).strip()
            if title and words_of and self.title is None:
                self.title = words_of
            out += [Paragraph(r, level) for r in runs if r.text.strip()]
            for kind, key, share in words.carried:
                out += self.carried.parts(kind, key, share, self.problems)
            for box in words.boxes:
                out += self.blocks(box)
            for kind, key in words.notes:
                note = self.notes[kind].pop(key, None)
                if note is not None:
                    out += [Paragraph(p.run, 0, "note") for p in self.blocks(note) if isinstance(p, Paragraph)]
        if open_run is not None and open_run.text.strip():
            out.append(Paragraph(open_run))
        self.nested -= 1
        return out

    def words(self, paragraph: Element) -> _Words:
        """The text of a paragraph with insertions taken and deletions left out."""
        out = _Words()
        style = attribute(kid(paragraph, "pPr", "pStyle"), "val") or ""
        place = ""
        stack: list[Iterator[Element]] = [kids(paragraph)]
        while stack:
            e = next(stack[-1], None)
            if e is None:
                stack.pop()
                continue
            name = local(e)
            if name in _GONE:
                continue
            if name == "r":
                letters = self.letters(e, style)
                if letters and not self.seen(e, letters):
                    continue
                place = _baseline(letters) if letters else ""
            if name == "AlternateContent":
                choice = kid(e, "Choice")
                chosen = choice if choice is not None else kid(e, "Fallback")
                if chosen is not None:
                    stack.append(kids(chosen))
            elif name == "txbxContent":
                out.boxes.append(e)
            elif name == "object":
                ole = next((x for x in e.iter() if local(x) == "OLEObject"), None)
                if ole is not None and attribute(ole, "Type") != "Link":
                    out.carried.append(("object", attribute(ole, "id") or "", share_of_line(e)))
            elif name in ("blip", "imagedata"):
                out.carried.append(("picture", attribute(e, "embed") or attribute(e, "id") or attribute(e, "link") or "", share_of_line(e)))
            elif name == "fldChar":
                kind = attribute(e, "fldCharType")
                if kind == "begin":
                    out.in_code.append(True)
                    out.chosen.append(_chosen(e))
                elif kind == "separate" and out.in_code:
                    out.in_code[-1] = False
                elif kind == "end" and out.in_code:
                    entry = out.chosen.pop()
                    if out.in_code.pop() and not any(out.in_code):  # a field without a result
                        out.lines[-1] += entry
            elif name in _SAYS and any(out.in_code):
                continue  # the instruction of a field, not its result
            elif name == "t":
                said = (e.text or "").replace("\n", " ").replace("\xad", "").replace("\u200b", "").replace("\ufeff", "")
                out.lines[-1] += raised(out.lines[-1], said) if place == "superscript" else lowered(said) if place == "subscript" else said
            elif name in ("tab", "ptab"):
                out.lines[-1] += " "
            elif name in ("br", "cr"):
                out.lines.append("")
            elif name == "noBreakHyphen":
                out.lines[-1] += "-"
            elif name == "sym":
                out.lines[-1] += _symbol(attribute(e, "char") or "")
            elif name in ("footnoteReference", "endnoteReference"):
                out.notes.append((name.removesuffix("Reference"), attribute(e, "id") or ""))
            elif len(e) and len(stack) < 200:
                stack.append(kids(e))
        return out

    def letters(self, run: Element | None, style: str) -> Mapping[str, Element]:
        """How a run's letters are set: by the run itself, else by its character style, else by its paragraph's style (its key)."""
        own = {name: e for e in kids(kid(run, "rPr")) if (name := local(e)) in _LETTERS}
        named = self.set_by(attribute(kid(run, "rPr", "rStyle"), "val") or "") if run is not None and len(run) and local(run[0]) == "rPr" else _NOTHING
        return ChainMap(own, named, self.set_by(style)) if own or named else self.set_by(style)

    def set_by(self, key: str) -> dict[str, Element]:
        """What a style and those that it is based on say of letters."""
        found = self.resolved.get(key)
        if found is None:
            found = self.resolved[key] = {}
            for style in self._based(key):
                for e in kids(style.letters):
                    if local(e) in _LETTERS:
                        found.setdefault(local(e), e)
        return found

    def seen(self, run: Element, letters: Mapping[str, Element]) -> bool:
        """Whether a run is seen and stands: not hidden, struck out, tiny, or white on white paper."""
        if any((e := letters.get(name)) is not None and _on(e) for name in ("vanish", "strike", "dstrike")):
            return False
        size = attribute(letters.get("sz"), "val") or ""
        if size.isdigit() and int(size) <= _TINY:
            return False
        colour = letters.get("color")
        if colour is None or not _white(colour):
            return True
        return _shaded(letters.get("shd")) or letters.get("highlight") is not None or self.on_ground(run)

    def on_ground(self, e: Element) -> bool:
        """Whether something may be coloured behind an element: its paragraph, cell, table, table's style, or a drawn box."""
        at = e.getparent()
        while at is not None:
            name = local(at)
            if name in ("txbxContent", "background"):
                return True
            for p in (kid(at, "pPr"), kid(at, "tcPr"), kid(at, "tblPr")):
                style = attribute(kid(p, "tblStyle"), "val") or attribute(kid(p, "pStyle"), "val")
                if _shaded(kid(p, "shd")) or (style and any(s.shaded for s in self._based(style))):
                    return True
            at = at.getparent()
        return False

    def _based(self, key: str) -> Iterator[_Style]:
        """A style and those that it is based on."""
        for _ in range(12):
            style = self.styles.get(key)
            if style is None:
                return
            yield style
            key = style.based or ""

    def _chain(self, e: Element) -> Iterator[_Style]:
        return self._based(attribute(kid(e, "pPr", "pStyle"), "val") or "")

    def heading(self, e: Element) -> tuple[int, bool]:
        """The heading level that a paragraph declares (0 for none), and whether it is the title."""
        own = attribute(kid(e, "pPr", "outlineLvl"), "val")
        if own is not None and own.isdigit():
            return (int(own) + 1 if int(own) < 9 else 0), False
        for style in self._chain(e):
            if style.level or style.title:
                return style.level, style.title
        return 0, False

    def number(self, e: Element) -> str:
        """The automatic number of a paragraph, "" for none."""
        own = kid(e, "pPr", "numPr")
        key, level = attribute(kid(own, "numId"), "val"), attribute(kid(own, "ilvl"), "val")
        at = int(level) if level and level.isdigit() else None
        if key is None:
            for style in self._chain(e):
                if style.number:
                    key, given = style.number
                    if at is None:
                        at = given if given is not None else self.numbering.level_of_style(key, attribute(kid(e, "pPr", "pStyle"), "val") or "")
                    break
        if key is None or key == "0":
            return ""
        if any(local(c) == "del" for c in kids(kid(e, "pPr", "rPr"))):
            return ""
        return self.numbering.next(key, at or 0)

    def table(self, tbl: Element) -> list[Part]:
        """A table; one of a single cell is a box around its text."""
        rows: list[list[RawCell]] = []
        above: dict[int, tuple[int, int]] = {}  # the cell that a column's vertical merge began in
        notes: list[Part] = []
        trs = [tr for tr in _flat(tbl) if kid(tr, "trPr", "del") is None]
        if sum(1 for tr in trs for _ in _flat(tr)) == 1:
            tc = next(tc for tr in trs for tc in _flat(tr))
            return self.blocks(tc)
        if _lays_out(trs):
            return [part for tr in trs for tc in _flat(tr) for part in self.blocks(tc)]
        for r, tr in enumerate(trs):
            row: list[RawCell] = [RawCell() for _ in range(_span(kid(tr, "trPr", "gridBefore")) if kid(tr, "trPr", "gridBefore") is not None else 0)]
            still: dict[int, tuple[int, int]] = {}
            for tc in _flat(tr):
                at = len(row)
                across = min(_span(kid(tc, "tcPr", "gridSpan")), MAX_COLUMNS - at)
                down, flat = kid(tc, "tcPr", "vMerge"), kid(tc, "tcPr", "hMerge")
                if across <= 0 or kid(tc, "tcPr", "cellDel") is not None:
                    continue
                self.cells += across
                if self.cells > MAX_CELLS:
                    raise UnusableInput(self.package.path, "表格过大 / too many table cells",
                                        "只提交报告和附表 / keep the report and its annex")
                inside = self.blocks(tc)
                run = _one(inside)
                notes += [p for p in inside if isinstance(p, Paragraph) and p.kind == "note"]
                origin: tuple[int, int] | None = None
                if down is not None and attribute(down, "val") != "restart" and at in above:
                    origin = above[at]
                    home = rows[origin[0]][origin[1]]
                    if run.text.strip():
                        home.run = join(home.run, run) if home.run.text.strip() else run
                elif flat is not None and attribute(flat, "val") != "restart" and row:
                    origin = row[-1].origin or (r, at - 1)
                if origin is None:
                    row.append(RawCell(run))
                    origin = (r, at)
                else:
                    row.append(RawCell(merged=True, origin=origin))
                if down is not None:
                    still[at] = origin
                row += [RawCell(merged=True, origin=origin) for _ in range(across - 1)]
            above = still
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        return [RawTable(rows), *notes] if rows else notes


def _lays_out(trs: Sequence[Element]) -> bool:
    """Whether a table only places things on the page: a table inside one of its cells has more cells than it."""
    inner = max((sum(1 for tr in _flat(t) for _ in _flat(tr)) for row in trs for tc in _flat(row) for t in _flat(tc) if local(t) == "tbl"), default=0)
    return inner > sum(1 for tr in trs for _ in _flat(tr))


def _relations(package: Package, name: str) -> dict[str, str]:
    folder, _, file = name.rpartition("/")
    root = package.optional(f"{folder}/_rels/{file}.rels")
    return {(attribute(r, "Type") or "").rpartition("/")[2]: resolve(name, attribute(r, "Target") or "") for r in kids(root, "Relationship")
            if attribute(r, "TargetMode") != "External"}


def _styles(root: Element | None) -> dict[str, _Style]:
    out = {}
    for s in kids(root, "style"):
        key = attribute(s, "styleId") or ""
        name = (attribute(kid(s, "name"), "val") or key).lower()
        own = attribute(kid(s, "pPr", "outlineLvl"), "val")
        found = re.fullmatch(r"(?:heading|标题)\s*([1-9])", name)
        level = int(own) + 1 if own and own.isdigit() and int(own) < 9 else int(found[1]) if found else 0
        pr = kid(s, "pPr", "numPr")
        number, at = attribute(kid(pr, "numId"), "val"), attribute(kid(pr, "ilvl"), "val")
        out[key] = _Style(level, name in ("title", "标题"), (number, int(at) if at and at.isdigit() else None) if number else None,
                          attribute(kid(s, "basedOn"), "val"), kid(s, "rPr"), any(_shaded(e) for e in s.iter() if local(e) == "shd"))
    return out


def _flat(parent: Element) -> Iterator[Element]:
    """The paragraphs, tables, rows or cells of an element, those in wrappers (content controls, insertions) included."""
    stack = [kids(parent)]
    while stack:
        e = next(stack[-1], None)
        if e is None:
            stack.pop()
        elif local(e) in ("p", "tbl", "tr", "tc", "altChunk"):
            yield e
        elif local(e) in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "Choice", "AlternateContent") and len(stack) < 50:
            stack.append(kids(e))


def _on(e: Element) -> bool:
    """The value of a property that is on where it stands alone."""
    return attribute(e, "val") not in ("0", "false", "off", "none")


def _baseline(letters: Mapping[str, Element]) -> str:
    """Whether letters are set raised or lowered: "superscript", "subscript" or ""."""
    own = attribute(letters.get("vertAlign"), "val")
    if own in ("superscript", "subscript"):
        return own
    lift = attribute(letters.get("position"), "val") or ""
    if re.fullmatch(r"-?\d{1,3}", lift) and abs(int(lift)) >= _LIFTED:
        return "superscript" if int(lift) > 0 else "subscript"
    return ""


def _white(colour: Element) -> bool:
    """Whether letters are as white as paper."""
    value = (attribute(colour, "val") or "").lower()
    theme = (attribute(colour, "themeColor") or "").lower()
    return theme in ("background1", "light1") if theme and attribute(colour, "themeShade") is None else bool(re.fullmatch("f[a-f0-9]f[a-f0-9]f[a-f0-9]", value))


def _shaded(e: Element | None) -> bool:
    """Whether a shading has another colour than paper."""
    fill = (attribute(e, "fill") or "auto").lower()
    return e is not None and (fill not in ("auto", "ffffff") or attribute(e, "themeFill") is not None or (attribute(e, "val") or "clear") not in ("clear", "nil"))


def _mark_deleted(e: Element) -> bool:
    mark = kid(e, "pPr", "rPr")
    return kid(mark, "del") is not None or kid(mark, "moveFrom") is not None


def _span(e: Element | None) -> int:
    value = attribute(e, "val")
    return max(1, min(int(value), MAX_COLUMNS)) if value and value.isdigit() and len(value) < 6 else 1


def _one(parts: list[Part]) -> Run:
    """A cell's paragraphs, and those of tables inside it, as one text."""
    lines = []
    for p in parts:
        if isinstance(p, RawTable):
            lines += [" ".join(c.run.text for c in row if c.run.text.strip()) for row in p.rows]
        elif p.kind != "note":
            lines.append(p.run.text)
    return Run("\n".join(x.strip() for x in lines if x.strip()))


def _symbol(code: str) -> str:
    if code.upper() in _SYMBOLS:
        return _SYMBOLS[code.upper()]
    if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code):
        value = int(code, 16)
        if 0xF020 <= value <= 0xF07E:
            return chr(value - 0xF000)
        if 0x20 <= value < 0xD800:
            return chr(value)
    return ""


def _chosen(e: Element) -> str:
    """The entry that a drop-down field of a form shows: it is told beside the list, not as text."""
    entries = next((x for x in e.iter() if local(x) == "ddList"), None)
    if entries is None:
        return ""
    words = [attribute(x, "val") or "" for x in entries if local(x) == "listEntry"]
    at = attribute(kid(entries, "result"), "val") or attribute(kid(entries, "default"), "val") or "0"
    return words[int(at)] if at.isdigit() and int(at) < len(words) else ""
