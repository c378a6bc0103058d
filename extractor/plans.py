"""Which sentences of a report tell of what is still to be done: chapters of plans (下一步打算), and paragraphs that open with next year."""

from __future__ import annotations

from extractor.report import Section, Sentence
from patterns import expressions as re

_CHAPTER = re.compile(r"下一?步|下一?阶段|明年|来年|今后|(?:工作|整改|改进)(?:打算|计划|思路)|(?:整改|改进)(?:方向|措施)|努力方向|展望|打算|"
                      r"^[^，。；：]{0,12}(?:工作安排|年(?:重点|主要)?(?:工作)?(?:目标|打算|思路|安排))")  # but not 切实把牢工作方向, 工作措施: those tell what was done
_BOTH = re.compile("问题|不足|短板|差距|困难|[和及与、]")  # a chapter of both is one of plans from the sentence that opens them
_DONE_YEAR = re.compile(r"((?:19|20)\d\d)年")
_OPENS = re.compile(r"(?:^|[，。；：、“”\s])(?:下一?步|下一?阶段|明年|来年|下一年|今后|接下来|新的一年|(?P<year>(?:19|20)\d\d)年)[，,:：]?"
                    r"[^。；）]{0,24}?(?:将|拟|计划|打算|力争|重点|着力|继续|聚焦|围绕|紧扣|目标|要(?!求|点)|我[市县区镇局委办街]|我们|全[市县区镇]|[一二三四五]是|第一|：)")
_PLAIN_NEXT = re.compile(r"(?:^|[，。；：\s])(?:下一步|下步|明年|来年|接下来)|预期目标(?:是|为|：|:)")
_CLOSES = re.compile(r"^(?:截至|截止|目前|今年|本年|全年|一年来|上半年|(?P<year>(?:19|20)\d\d)年)")


def planned(text: str, sections: tuple[Section, ...], sentences: tuple[Sentence, ...], year: int | None) -> list[int | None]:
    """For each sentence the place from which on it tells of plans: its start in a chapter of plans or after the sentence that opened
    them in its paragraph, the end of the words that open them in that sentence; None where it tells none. year: the report's."""
    chapters = [_is_chapter(s, sections, year) for s in sections]
    out: list[int | None] = []
    running = False
    last: Sentence | None = None
    item = opener = ""  # the shape of the number that the paragraph at hand begins with, and of that of the paragraph that opened the plans
    for sentence in sentences:
        words = text[sentence.start:sentence.end]
        chapter = chapters[sentence.section] if sentence.section is not None else ""
        if last is None or "\n" in text[last.end:sentence.start]:
            item = _shape(words)
            if last is not None and not (running and sentence.section is not None and item and item != opener):
                running = False
        if running and (m := _CLOSES.match(words)) and not _later(m["year"], year):
            running = False
        opening = next((m for m in _OPENS.finditer(words) if m["year"] is None or _later(m["year"], year)), None) or _PLAIN_NEXT.search(words)
        if chapter == "plans" or running:
            out.append(sentence.start)
        elif opening is not None:
            out.append(sentence.start + opening.end())
        else:
            out.append(None)
        if not running and opening is not None and re.search(r"\d", words[:opening.start()]) is None:  # 今年做了0.6万亩，明年安排1万亩: told in passing
            running, opener = True, item
        last = sentence
    return out


def _is_chapter(section: Section, sections: tuple[Section, ...], year: int | None) -> str:
    """"plans" where a section or one above it is headed as plans alone."""
    at: Section | None = section
    while at is not None:
        title = at.title[:40]
        m = _CHAPTER.search(title)
        if m and not _BOTH.search(title, 0, m.start()) and not any(not _later(y, year) for y in _DONE_YEAR.findall(title)):
            return "plans"
        at = sections[at.parent] if at.parent is not None else None
    return ""


_ENUMERATED = re.compile(r"\s*(?:(?P<is>[一二三四五六七八九十]+是)|(?P<han>[一二三四五六七八九十]+、)|(?P<bracket>[（(][一二三四五六七八九十]+[)）])|"
                         r"(?P<inner>[（(]\d+[)）])|(?P<digit>\d{1,2}[.．、])|(?P<nth>第[一二三四五六七八九十][，,件项])|(?P<dash>[—-]{1,2}))")


def _shape(words: str) -> str:
    """The kind of number that a paragraph begins with. A list that a paragraph of plans opens is numbered otherwise than that paragraph: the next
    item beside one that ends in next year's plans (——老人。…明年想做到600人次。 ——干部。) begins anew."""
    found = _ENUMERATED.match(words)
    return found.lastgroup or "" if found else ""


def _later(stated: str | None, year: int | None) -> bool:
    return stated is not None and year is not None and int(stated) > year
