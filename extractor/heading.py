"""What a report is called, which district's it is, and of which year: told by its first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import Block, Document
from extractor.readers.parts import median
from patterns import expressions as re
from patterns.place_names import place_at, place_of_office

_YEAR = re.compile(r"((?:19|20)\d\d)\s?年")
_CHINESE_YEAR = re.compile(r"(二[〇○零]二[一二三四五六七八九〇零]|二[〇○零]一[〇零一二三四五六七八九])年")
_TITLE = re.compile(
    r"(?:关于.{2,80}|(?:自查|自评|述职|履职|工作|执行|落实|完成)[^，。]{0,12})(?:报告|汇报|总结|说明|"
    r"函)(?:[（(][^（）()]{1,12}[）)])?")
_ISSUER = re.compile(r"[\u4e00-\u9fff]{3,30}(?:人民政府|委员会|办公室|管委会|局|委|办)")  # the first line of a title in two
_NO_TITLE = re.compile(r".*文件$|.*[〔\[［]\d{4}[〕\]］].{0,3}\d+\s?号.*|附\s?[件表]\s?\d*.{0,2}|签发人.*|.*[：:。，；]$|密级.*|特急|[\d\s.\-—]+")
_LARGE = 1.2  # of the text's size: a headline is set larger
_LONGEST = 60
_LEAD = re.compile(r"(?:关于)?(?:报送|上报|呈报|呈送|印发|提交|公布|公开)?(?:20\d\d年(?:度|全年|以来)?[，,]?)?(?:中共|中国共产党)?")
_FIRST_PAGES = 3000  # characters


def title_of(document: Document, opening: Sequence[tuple[int, int]]) -> str | None:
    """The report's title. opening: the stretches of text before the first heading.

    What the page shows comes first: a block that names a report, then the largest or the declared headline; what the file says of itself
    (a PDF's metadata, mostly another document's name) counts only where the page shows it too.
    """
    blocks = [re.sub(r"\s+", "", document.text[s:e]) for s, e in opening]
    shown = _named(blocks) or _headline(document, opening)
    if shown:
        return shown
    own = " ".join((document.title or "").split())
    if own and (document.format in ("html", "docx") or re.sub(r"\s+", "", own) in re.sub(r"\s+", "", document.text[:_FIRST_PAGES])):
        return own
    return None


def _named(blocks: Sequence[str]) -> str | None:
    """The block (or two blocks of one broken line) that names a report."""
    for k, block in enumerate(blocks):
        if len(block) <= 120 and _TITLE.search(block) and not block.endswith(("：", "。", "，")):
            issuer = blocks[k - 1] if k and block.startswith("关于") and _ISSUER.fullmatch(blocks[k - 1]) else ""
            return issuer + block
        pair = block + blocks[k + 1] if k + 1 < len(blocks) else ""
        if pair and len(pair) <= 120 and "关于" in block and _TITLE.search(pair) and not pair.endswith(("：", "。", "，")):
            return pair
    return None


def _headline(document: Document, opening: Sequence[tuple[int, int]]) -> str | None:
    """The headline that the format declares, or the lines set larger than the text."""
    declared = next((b for b in document.blocks[:8] if b.level == 1 and _may_be_title(document, b)), None)
    if declared is not None:
        return re.sub(r"\s+", "", document.text[declared.start:declared.end])
    if document.places is None:
        return None
    sizes = [_size(document, s, e) for s, e in opening]
    usual = _usual(document)
    large = [k for k, size in enumerate(sizes) if usual and size > _LARGE * usual and not _NO_TITLE.fullmatch(document.text[slice(*opening[k])].strip())]
    if not large:
        return None
    run = [large[0]]
    for before, k in pairwise(large):
        if k != before + 1 or abs(sizes[k] - sizes[before]) > 0.1 * sizes[k]:
            break
        run.append(k)
    words = "".join(re.sub(r"\s+", "", document.text[slice(*opening[k])]) for k in run)
    return words if 4 <= len(words) <= _LONGEST else None


def _may_be_title(document: Document, block: Block) -> bool:
    words = document.text[block.start:block.end].strip()
    return 4 <= len(words) <= _LONGEST and not _NO_TITLE.fullmatch(words) and not re.match(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]", words)


def _size(document: Document, start: int, end: int) -> float:
    assert document.places is not None
    boxes = document.places.boxes
    return max((median(sorted(boxes[4 * k + 3] - boxes[4 * k + 1] for k in range(start, min(end, start + 40)) if document.places.pages[k])),)
               if any(document.places.pages[start:min(end, start + 40)]) else (0.0,))


def _usual(document: Document) -> float:
    """The height of most characters."""
    assert document.places is not None
    boxes, pages = document.places.boxes, document.places.pages
    step = max(1, len(pages) // 2000)
    heights = [boxes[4 * k + 3] - boxes[4 * k + 1] for k in range(0, len(pages), step) if pages[k]]
    return median(heights) if heights else 0.0


def district_of(title: str | None, blocks: Sequence[str], document: Document) -> str | None:
    """The county, district, city or town that reports: the last unit of the chain that begins the title, the letterhead or another
    block of the opening; else that of the first office that the first pages name, forms included."""
    for words in (title or "", *(b for b in blocks if not b.endswith(("：", ":"))), document.title or ""):
        squashed = re.sub(r"\s+", "", words)
        lead = _LEAD.match(squashed)
        for at in {lead.end() if lead else 0, 0}:
            found = place_at(squashed, at)
            if found and not found[0].endswith(("省", "自治区", "行政区")):
                return found[0]
    return place_of_office(document.text[:_FIRST_PAGES])


def year_of(title: str | None, text: str) -> int | None:
    """The year under report: the title's, else the one that the text names most; a date's year counts little, 2021年度 much."""
    title = title or ""
    named = re.search(r"((?:19|20)\d\d)\s?年?度", title) or _YEAR.search(title)
    if named:
        return int(named[1])
    m = _CHINESE_YEAR.search(title)
    if m:
        from patterns.numerals import integer

        return integer(m[1].replace("○", "〇"))
    counted: Counter[int] = Counter()
    for m in _YEAR.finditer(text):
        after = text[m.end():m.end() + 8].lstrip()
        counted[int(m[1])] += 6 if after[:1] == "度" else 1 if re.match(r"\d{1,2}\s?月\s?\d{1,2}", after) else 2
    return max(counted, key=lambda y: (counted[y], y)) if counted else None
