"""Web pages as governments publish them: the article without navigation, particulars and footer; tables with their spans."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from extractor.document import Document, Problem
from extractor.readers.css import Sheet
from extractor.readers.embedded import LEAST_SHARE, MAX_PICTURES, picture
from extractor.readers.flattened import restore_tables
from extractor.readers.joining import join_heads, join_labels, join_paragraphs
from extractor.readers.numbering import spell
from extractor.readers.parts import Paragraph, Part, RawCell, RawTable, Run, assemble, keeps_apart
from extractor.readers.raised import lowered, raised
from extractor.readers.text import decode
from patterns import expressions as re
from patterns.errors import UnusableInput
from patterns.outline import enumerator

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_CELLS = 400_000
_MAX_SPAN = 5000
_GONE = {"script", "style", "noscript", "head", "nav", "footer", "aside", "form", "iframe", "object", "embed", "applet", "select", "option", "button",
         "input", "textarea", "template", "svg", "canvas", "audio", "video", "map", "link", "meta", "title", "dialog", "rt", "rp", "colgroup", "del", "s", "strike"}
_BLOCKS = {"p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote",
           "pre", "center", "hr", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "figure", "figcaption", "address", "fieldset",
           "details", "summary", "body", "html", "form"}
# Parts of a page that are about the page: by the words of class and id, each between separators or humps
_ABOUT = re.compile(r"(?:^|[\s_\-])(?:nav(?:bar|igation)?|menu|crumbs?|breadcrumbs?|bread|footer|foot|bottom|share|bdsharebuttonbox|tools?|toolbar|sidebar|"
                    r"copyright|related|relate|recommend|search|pager|pagination|prev|next|prenext|hits|qrcode|ewm|login|topbar|weather|sitemap|links?|"
                    r"friendlink|advert|banner|xxgk|dqwz|weizhi|location|position|printer|print|fontsize|zoomtool|skip|floatbar|accessibility)(?:$|[\s_\-\d])", re.I)
_SAYS_ABOUT = re.compile(
    r"(?:主办(?:单位)?|承办(?:单位)?|版权所有|技术支持|网站标识码|网站地图|联系我们|分享到|浏览次数|访问量|阅读次数|点击数|当前位置|您(?:现)?在的位置|您当前的位置|"
    r"字体|字号|字体大小|打印(?:本页|页面)?|关闭(?:窗口|本页)?|收藏|上一篇|下一篇|返回顶部|扫一扫|首页|索引号|信息来源|来源|发布(?:日期|时间|机构)|责任编辑|"
    r"(?:.{0,8}ICP备)|(?:.{0,6}公网安备)|今天是)\s*(?:$|[：:\[【（(>＞\s\d])|.{0,60}(?:网站标识码|ICP备\s*\d|公网安备\s*\d)")
_ORNAMENT = re.compile(r"icon|logo|filetype|share|qrcode|ewm|btn|button|spacer|blank|arrow|dot\.|line\.|\.svg|\.gif|emoji|avatar", re.I)
_PARTICULARS = re.compile(r"索引号|发布(?:日期|机构|时间)|公开(?:日期|时间|方式|范围|类别|主体)|发文(?:字号|日期|机构)|主题分类|主题词|信息分类|浏览次数|有效性|生成日期|"
                          r"成文日期|名\s*称|标\s*题|文\s*号|体裁|效力|公文(?:种类|类型)|组配分类|制发机关|所属类别|文件状态|实施日期")
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.I)
_LIST = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "decimal": "decimal",
         "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting", "trad-chinese-informal": "chineseCounting",
         "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
         "lower-latin": "lowerLetter", "upper-latin": "upperLetter", "cjk-decimal": "ideographDigital", "decimal-leading-zero": "decimalZero"}


def looks_like(data: bytes) -> bool:
    """Whether bytes are a web page: a declaration, or several elements of one near the start."""
    head = data[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or head.count(0) * 4 > len(head):
        head = head.replace(b"\0", b"")
    low = head.lower()
    if re.match(rb"[^<]{0,8}\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html[\s>])", low, re.S):
        return True
    return b"<" in low[:64] and len(set(re.findall(rb"<(html|head|body|meta|title|div|p|table|tr|td|span|h1|h2|br)[\s/>]", low))) >= 3


def read(path: str, data: bytes, pictures: Mapping[str, bytes] | None = None) -> Document:
    """The Document of a web page's bytes. pictures: those saved with it, by address."""
    parts, problems, title = _page(path, data, pictures)
    joined = join_heads(join_paragraphs(restore_tables(parts), anywhere=True))
    for part in joined:
        if isinstance(part, RawTable):
            join_labels(part)
    return assemble(path, "html", joined, problems=problems, title=title)


def parts_of(path: str, data: bytes, pictures: Mapping[str, bytes] | None = None) -> tuple[list[Part], list[Problem]]:
    """The paragraphs and tables of a web page, before paragraphs are joined, and what could not be read. Raises UnusableInput."""
    return _page(path, data, pictures)[:2]


def _page(path: str, data: bytes, pictures: Mapping[str, bytes] | None = None) -> tuple[list[Part], list[Problem], str | None]:
    from lxml import etree

    text, problems = _decode(path, data)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise UnusableInput(path, "网页解析不了 / the web page cannot be parsed", "另存为 PDF 或文本 / save it as PDF or text") from e
    if root is None:
        raise UnusableInput(path, "网页里没有内容 / the web page is empty", "重新下载 / download it again")
    title = _title(root)
    sheet = Sheet.of_page(root)
    _fill_in(root)
    _prune(root, sheet)
    article = _article(root)
    heads = _heads(root, article, title)
    walker = _Walker(path, sheet, pictures or {}, problems)
    parts = heads + walker.parts(article)
    if walker.elsewhere and not any(isinstance(p, RawTable) for p in parts):
        problems.append(Problem(f"有 {walker.elsewhere} 幅图片在别的文件里，未读 / {walker.elsewhere} pictures in other files were not read"))
    if not any(isinstance(p, RawTable) or p.run.text.strip() for p in parts):
        raise UnusableInput(path, "网页里没有正文 / the web page holds no article",
                            "正文可能由脚本载入：另存为 PDF / its text may be loaded by a script: save it as PDF")
    return parts, problems, title


def _decode(path: str, data: bytes) -> tuple[str, list[Problem]]:
    """By mark, then UTF-8 where it fits, then as declared, then GB18030."""
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-8"), []
        except UnicodeDecodeError:
            pass
        found = _META.search(data[:8192])
        name = found[1].decode("ascii").lower() if found else ""
        if name.startswith("gb") or not name or name in ("iso-8859-1", "latin1"):
            name = "gb18030"
        try:
            return data.decode(name), []
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(path, data)


def _name(e: Element) -> str:
    return e.tag.lower() if isinstance(e.tag, str) else ""


def _squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _title(root: Element) -> str | None:
    for e in root.iter("meta"):
        if (e.get("name") or "").lower() in ("articletitle", "article_title") and (e.get("content") or "").strip():
            return " ".join(str(e.get("content")).split())
    found = next(root.iter("title"), None)
    words = " ".join("".join(map(str, found.itertext())).split()) if found is not None else ""
    parts = [w.strip() for w in re.split(r"\s[-–—|]\s|[_|｜]|--", words) if w.strip()]
    return max(parts, key=len) if parts else None


def _fill_in(root: Element) -> None:
    """Put what is filled into a form's fields where the fields stand: a reader of the page sees it."""
    for e in list(root.iter("input", "textarea", "select")):
        kind = (e.get("type") or "text").lower()
        if _name(e) == "input":
            words = e.get("value") or "" if kind in ("text", "number", "date", "tel", "") else ""
        elif _name(e) == "select":
            chosen = [o for o in e.iter("option") if o.get("selected") is not None] or list(e.iter("option"))[:1]
            words = "".join(map(str, chosen[0].itertext())) if chosen else ""
        else:
            words = "".join(map(str, e.itertext()))
        cell = next((a for a in e.iterancestors() if _name(a) in ("td", "th")), None)
        if cell is None or not words.strip():
            continue  # a search box, a choice of languages
        for inner in list(e):
            e.remove(inner)
        e.tag, e.text = "span", _CONTROL.sub("", words)


def _prune(root: Element, sheet: Sheet) -> None:
    """Take out what is about the page and not of the article."""
    gone: list[Element] = []
    whole = len(_squash("".join(map(str, root.itertext()))))
    for e in root.iter():
        name = _name(e)
        if not name:
            continue
        if (name in _GONE and name != "form") or sheet.hides(e) or sheet.struck(e):
            gone.append(e)
            continue
        if name in ("form", "html", "body"):
            continue
        words = f"{e.get('class') or ''} {e.get('id') or ''}"
        about = bool(words.strip() and _ABOUT.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", words))) or name == "header"
        if not about and name not in ("table", "ul", "div", "p", "td", "span", "dl"):
            continue
        text = _squash("".join(map(str, e.itertext())))
        if (about and len(text) * 10 < 3 * whole) or (len(text) < 400 and text and (_SAYS_ABOUT.match(text) or _is_particulars(e, text) or _is_links(e, text))):
            gone.append(e)
    for e in gone:
        parent = e.getparent()
        if parent is None:
            continue
        tail, before = _CONTROL.sub("", e.tail or ""), e.getprevious()
        if tail:
            if before is not None:
                before.tail = _CONTROL.sub("", before.tail or "") + tail
            else:
                parent.text = _CONTROL.sub("", parent.text or "") + tail
        parent.remove(e)


# Characters that a damaged page may hold and that XML text may not.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def _is_particulars(e: Element, text: str) -> bool:
    """The box of a document's particulars: index number, dates, who published it."""
    return _name(e) in ("table", "ul", "div", "dl") and len(set(_PARTICULARS.findall(text))) >= 3 and "。" not in text


def _is_links(e: Element, text: str) -> bool:
    """A list of links."""
    links = sum(len(_squash("".join(map(str, a.itertext())))) for a in e.iter("a"))
    return _name(e) in ("ul", "div", "dl") and sum(1 for _ in e.iter("a")) >= 3 and links * 10 > 7 * len(text) and "。" not in text


def _article(root: Element) -> Element:
    """The innermost element that holds nearly all of the page's running text."""
    body = next(root.iter("body"), root)

    def weight(e: Element) -> int:
        return len(_squash("".join(map(str, e.itertext()))))

    at, most = body, weight(body)
    while True:
        inner = max((c for c in at if _name(c) and _name(c) not in ("p", "span", "table", "tr", "td", "tbody")), key=weight, default=None)
        if inner is None or weight(inner) * 100 < 90 * most:
            return at
        at = inner


def _heads(root: Element, article: Element, title: str | None) -> list[Part]:
    """The headline that stands above the article, where the article does not repeat it."""
    if title is None:
        return []
    inside = set(article.iter())
    text = _squash("".join(map(str, article.itertext())))[:2000]
    for e in root.iter("h1", "h2", "h3", "h4", "div", "p", "td", "span"):
        words = _squash("".join(map(str, e.itertext())))
        if 6 <= len(words) <= 120 and e not in inside and (words == _squash(title) or (_name(e)[0] == "h" and words in _squash(title))) and words not in text:
            return [Paragraph(Run(" ".join("".join(map(str, e.itertext())).split())), level=1)]
    return []


class _Walker:
    """Turns elements into paragraphs and tables."""

    def __init__(self, path: str, sheet: Sheet, pictures: Mapping[str, bytes], problems: list[Problem]) -> None:
        self.path = path
        self.sheet = sheet
        self.pictures = pictures
        self.problems = problems
        self.cells = 0
        self.seen = 0
        self.elsewhere = 0  # pictures that are not in the file

    def parts(self, root: Element) -> list[Part]:
        """The parts of an element in order. Goes deep without recursion except into layout tables."""
        out: list[Part] = []
        words: list[str] = []
        level = 0
        open_sup: list[int] = []

        def flush(to: int = 0) -> None:
            nonlocal level
            lines = list(_lines("".join(words)))
            if level and len(lines) > 1 and not any(enumerator(line) for line in lines):  # a headline set in several lines is one
                lines = ["".join(lines)]
            for line in lines:
                out.append(Paragraph(Run(line), level))
            words.clear()
            level = to

        for event, e in _walk(root):
            name = _name(e)
            if event == "text":
                words.append(e.text or "")
            elif event == "tail":
                words.append(e.tail or "")
            elif place := self.sheet.baseline(e):
                if event == "start":
                    open_sup.append(len(words))
                elif open_sup:
                    at = min(open_sup.pop(), len(words))
                    inner = "".join(words[at:])
                    words[at:] = [raised("".join(words[max(0, at - 8):at]), inner) if place == "sup" else lowered(inner)]
            elif event == "start":
                if name == "table":
                    flush()
                    out += self.table(e)
                elif name == "br":
                    words.append("\u2028")
                elif name == "img":
                    shown = self.picture(e)
                    if shown:
                        flush()
                        out += shown
                elif name in _BLOCKS:
                    flush(int(name[1]) if len(name) == 2 and name[0] == "h" and name[1].isdigit() else level if name in ("div", "p") and level else 0)
                    if name == "li":
                        words.append(_marker(e))
            elif name in _BLOCKS and name != "table":
                flush()
        flush()
        return out

    def picture(self, e: Element) -> list[Part]:
        """What a picture says that the page carries with it; others are counted, ornaments apart."""
        address = (e.get("src") or "").strip()
        across = re.match(r"\s*(\d{1,5})\s*(%?)", e.get("width") or self.sheet.of(e).get("width", ""))
        share = int(across[1]) / (100 if across[2] else 620) if across else 1.0
        if share < LEAST_SHARE or not address or (not address.startswith("data:") and _ORNAMENT.search(address[:300])):
            return []
        data = self.pictures.get(address) or self.pictures.get(address.removeprefix("cid:"))
        found = re.match(r"data:image/[\w.+-]{1,20};base64,", address[:64])
        if found:
            try:
                import base64

                data = base64.b64decode(address[found.end():], validate=False)
            except ValueError:
                self.problems.append(Problem("图片损坏，未读 / a picture is damaged and was not read"))
                return []
        if data is None:
            self.elsewhere += 1
            return []
        self.seen += 1
        if self.seen > MAX_PICTURES:
            if self.seen == MAX_PICTURES + 1:
                self.problems.append(Problem("图片过多，其余未识别 / too many pictures: the others were not read"))
            return []
        parts, wrong = picture(f"图{self.seen}", data, share)
        self.problems += wrong
        return parts

    def table(self, table: Element) -> list[Part]:
        """A table of data as a grid; one that only lays out the page as what its cells hold."""
        trs = [tr for tr in table.iter("tr") if next(tr.iterancestors("table")) is table]
        cells = [[td for td in tr if _name(td) in ("td", "th")] for tr in trs]
        lone = [td for row in cells for td in row]
        long = max((len(_squash("".join(map(str, td.itertext())))) for td in lone), default=0)
        nested = any(next(td.iter("table"), None) is not None for td in lone)
        if len(lone) <= 1 or (nested and long > 400) or max((len(r) for r in cells), default=0) <= 1 or (len(cells) <= 2 and long > 1500):
            return [p for td in lone for p in self.parts(td)]
        out: list[Part] = []
        caption = next((c for c in table if _name(c) == "caption"), None)
        if caption is not None:
            out += self.parts(caption)
        return [*out, RawTable(self.grid(cells))]

    def grid(self, cells: list[list[Element]]) -> list[list[RawCell]]:
        """Cells on a grid (HTML, 4.9.12: forming a table)."""
        taken: dict[tuple[int, int], tuple[int, int]] = {}
        runs: dict[tuple[int, int], Run] = {}
        for r, row in enumerate(cells):
            c = 0
            for td in row:
                while (r, c) in taken:
                    c += 1
                down, across = _span(td.get("rowspan")), max(1, _span(td.get("colspan")))
                down = min(down or len(cells), len(cells) - r)
                across = min(across, 256)
                self.cells += down * across
                if self.cells > MAX_CELLS:
                    raise UnusableInput(self.path, "表格过大 / too many table cells", "只提交报告和附表 / keep the report and its annex")
                for a in range(r, r + down):
                    for b in range(c, c + across):
                        taken.setdefault((a, b), (r, c))
                runs[r, c] = Run("\n".join(_cell_lines(self.parts(td))))
                c += across
        width = max((c for _, c in taken), default=-1) + 1
        out = []
        for r in range(len(cells)):
            line = []
            for c in range(width):
                origin = taken.get((r, c))
                line.append(RawCell() if origin is None else RawCell(runs.get((r, c), Run())) if origin == (r, c) else RawCell(merged=True, origin=origin))
            out.append(line)
        return [row for row in out if row]


def _cell_lines(parts: list[Part]) -> Iterator[str]:
    for p in parts:
        if isinstance(p, RawTable):
            for row in p.rows:
                yield " ".join(c.run.text for c in row if c.run.text.strip())
        else:
            yield p.run.text


def _walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Start, text, end and tail of every element in reading order; a table's inside is left to the caller."""
    yield "text", root
    stack = [iter(root)]
    open_: list[Element] = []
    while stack:
        e = next(stack[-1], None)
        if e is None:
            stack.pop()
            if open_:
                done = open_.pop()
                yield "end", done
                yield "tail", done
            continue
        if not _name(e):
            yield "tail", e
            continue
        yield "start", e
        if _name(e) == "table":
            yield "end", e
            yield "tail", e
            continue
        yield "text", e
        open_.append(e)
        stack.append(iter(e))


def _lines(text: str) -> Iterator[str]:
    """White space as a browser collapses it; none where a source line breaks between Chinese characters."""
    for part in text.split("\u2028"):
        plain = part.replace("\u200b", "").replace("\ufeff", "").replace("\xad", "")
        plain = re.sub(r"[ \t]*[\r\n][ \t\r\n]*", lambda m: " " if keeps_apart(plain[:m.start()][-1:], plain[m.end():][:1]) else "", plain)  # noqa: B023
        plain = re.sub(r"[ \t\u00a0]+", " ", plain).strip(" \u3000")
        if plain.strip():
            yield plain


def _marker(li: Element) -> str:
    """The number of an item of a numbered list, "" for others."""
    parent = li.getparent()
    if parent is None or _name(parent) != "ol":
        return ""
    style = re.search(r"list-style(?:-type)?\s*:\s*([\w\-]+)", f"{li.get('style') or ''};{parent.get('style') or ''}")
    kind = _LIST.get(style[1] if style else parent.get("type") or "1")
    if kind is None:
        return ""
    items = [c for c in parent if _name(c) == "li"]
    at = _whole(parent.get("start"), 1)
    for item in items:
        at = _whole(item.get("value"), at)
        if item is li:
            break
        at += 1
    return spell(at, kind) + ("、" if kind in ("chineseCounting", "ideographDigital") else ".")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\s*\d{1,6}\s*", text) else default


def _span(text: str | None) -> int:
    return min(_whole(text, 1), _MAX_SPAN)
