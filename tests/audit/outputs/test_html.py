"""The HTML report: complete, self-contained, and deaf to what the document would like it to do."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from audit.model import Audit
from audit.outputs.crops import Cropper, _beside
from audit.outputs.html import render
from audit.outputs.view import view
from extractor.document import Document, Places


def test_every_indicator_and_finding_is_there_with_its_quote_marked(sample: Audit) -> None:
    page = html.fromstring(render(sample))
    assert page.get("lang") == "zh-CN"
    assert [r.get("id") for r in page.xpath("//tr[@data-filter='indicator']")] == ["i-1", "i-2", "i-3", "i-4"]
    found = page.xpath("//article[@data-filter='finding']")
    assert [f.get("data-severity") for f in found] == ["error", "warning", "info"]
    assert [m.text for m in found[0].xpath(".//mark")] == ["节水型企业3家", "云溪化工1家尚在公示期"]
    assert found[0].xpath(".//blockquote")[0].text_content().startswith("全年建成节水型企业3家、节水型小区12个")
    assert len(found[0].xpath(".//blockquote")) == 1  # two quotes of one sentence share it
    assert {o.get("value") for o in page.xpath("//select[@name='lead']/option")} == {"", "区水务局", "区经委", "区房管局", "区教育局"}


def test_links_lead_somewhere_and_ids_are_unique(sample: Audit) -> None:
    page = html.fromstring(render(sample))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert [h for h in page.xpath("//a/@href") if h.removeprefix("#") not in ids] == []


def test_nothing_is_loaded_from_elsewhere_and_the_policy_names_the_only_script(sample: Audit, hostile: Audit) -> None:
    for audit in (sample, hostile):
        text = render(audit)
        page = html.fromstring(text)
        assert page.xpath("//link | //iframe | //object | //embed | //*[@style] | //img") == []
        assert [s for s in page.xpath("//@src | //@href") if not s.startswith(("#", "data:image/"))] == []
        [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        [script] = re.findall(r"<script>(.*?)</script>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert "default-src 'none'" in policy and f"script-src 'sha256-{digest}'" in policy and "unsafe" not in policy


def test_a_documents_markup_stays_text(hostile: Audit) -> None:
    page = html.fromstring(render(hostile))
    assert len(page.xpath("//script")) == 1 and page.xpath("//*[@onload or @onerror]") == []
    assert "<script>document.title='owned'</script>" in page.text_content()
    assert "\u202e" not in render(hostile)  # a mark that turns the reading order round is shown as a replacement
    assert "{{7*7}}" in page.text_content() and "49" not in page.xpath("//h1")[0].text_content()
    assert max(len(e.text_content()) for e in page.xpath("//p | //th | //blockquote")) < 8_000


def test_both_languages(sample: Audit) -> None:
    page = html.fromstring(render(sample, "en"))
    assert page.get("lang") == "en" and "Claimed total" in page.text_content() and "自评分合计" not in page.text_content()


WORDS = "用水总量为5200万立方米，其中工业2100万立方米"


def placed(path: str, kind: str, page: int = 1) -> Document:
    """A document of one line of print, 12 points a character, at 100 points from the left and 200 from the top."""
    boxes: list[float] = []
    for k in range(len(WORDS)):
        boxes += [100 + 12.0 * k, 200.0, 112 + 12.0 * k, 212.0]
    return Document(path, kind, 1, WORDS, places=Places(array("i", [page] * len(WORDS)), array("d", boxes)), page_sizes=((595.0, 842.0),))


def picture(uri: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(uri.split(",", 1)[1])))


@pytest.mark.parametrize("suffix", ["pdf", "png", "tif"])
def test_a_quote_is_cut_out_of_the_page_with_a_box(tmp_path: Path, suffix: str) -> None:
    sheet = Image.new("L", (1190, 1684), 255)
    sheet.paste(0, (200, 400, 440, 424))  # a black bar where the first ten characters stand
    file = tmp_path / f"页.{suffix}"
    sheet.save(file, resolution=144)
    cropper = Cropper(placed(str(file), suffix))
    [crop] = cropper.crops([(0, 10)])
    cropper.close()
    assert crop.picture is not None
    image = picture(cropper.pictures[crop.picture]).convert("L")
    scale = image.width / crop.width
    [box] = crop.boxes
    inside = image.getpixel((int((box[0] + box[2]) / 2 * scale), int((box[1] + box[3]) / 2 * scale)))
    above = image.getpixel((int((box[0] + box[2]) / 2 * scale), int((box[1] - 6) * scale)))
    assert inside < 64 and above > 200
    assert image.height == pytest.approx(crop.height * scale, abs=2)


def test_words_recognised_with_little_confidence_are_told(sample: Audit) -> None:
    text = sample.report.text
    blank = array("d", bytes(8 * 4 * len(text)))
    for percent, told in ((62, True), (97, False)):
        places = Places(array("i", [1] * len(text)), blank, bytes([percent]) * len(text))
        document = replace(sample.report.document, path="无.png", places=places, page_sizes=((595.0, 842.0),))
        assert (f"识别把握{percent}%" in render(replace(sample, report=replace(sample.report, document=document)))) is told


def test_one_cut_out_serves_quotes_on_the_same_lines(tmp_path: Path) -> None:
    file = tmp_path / "页.png"
    Image.new("L", (1190, 1684), 255).save(file)
    cropper = Cropper(placed(str(file), "png"))
    first, second = cropper.crops([(0, 5)]), cropper.crops([(8, 12)])
    assert first[0].picture == second[0].picture and len(cropper.pictures) == 1
    assert first[0].boxes != second[0].boxes


def test_a_page_that_cannot_be_rendered_is_drawn_from_its_characters(sample: Audit, tmp_path: Path) -> None:
    for name in ("没有.pdf", "页.ofd"):
        file = tmp_path / name
        if name.endswith("ofd"):
            file.write_bytes(b"PK")
        [crop] = Cropper(placed(str(file), "ofd")).crops([(2, 8)])
        assert crop.picture is None and "".join(r.text for r in crop.runs) == WORDS
    report = replace(sample.report, document=replace(placed(str(file), "ofd"), text=WORDS))
    finding = replace(sample.findings[1], quotes=(replace(sample.findings[1].quotes[0], start=0, end=12, text=WORDS[:12]),))
    page = html.fromstring(render(replace(sample, report=report, indicators=(), findings=(finding,))))
    [svg] = page.xpath("//figure/*[name()='svg']")
    first_x = float(svg.xpath(".//*[name()='text']")[0].get("x").split()[0])
    assert 0 <= first_x < 15  # the cut-out begins at the column of print
    assert svg.xpath(".//*[name()='text']")[0].text == WORDS and len(svg.xpath(".//*[@class='box']")) == 1


def test_pictures_stop_at_the_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.outputs.crops.BUDGET", -1)
    file = tmp_path / "页.png"
    Image.new("L", (1190, 1684), 255).save(file)
    cropper = Cropper(placed(str(file), "png"))
    assert cropper.crops([(0, 5)])[0].picture is None and not cropper.pictures


def test_the_page_opens_with_the_verdict_and_the_points(sample: Audit) -> None:
    page = html.fromstring(render(sample))
    verdict = page.xpath("//p[starts-with(@class, 'verdict-line')]")[0].text_content()
    assert "自评12分，建议复核分11分，其中待补材料5分" in verdict
    brief = page.xpath("//section[@class='brief']")[0].text_content()
    assert "多1分" in brief and "3 → 2" in brief and "“正文”第" in brief
    assert [d.get("data-group") for d in page.xpath("//details[@data-group and @open]")] == ["error"]  # the rest is folded


def test_a_finding_without_pages_shows_its_paragraph_in_its_place(sample: Audit) -> None:
    page = html.fromstring(render(sample))
    figure = page.xpath("//article[@data-severity='error']//figure[@class='excerpt']")[0]
    assert [h.text for h in figure.xpath(".//strong[@class='hit']")] == ["节水型企业3家", "云溪化工1家尚在公示期"]
    assert "二、节水载体" in figure.text_content() and "三、宣传" in figure.text_content()  # what stands before and after
    [link] = figure.xpath(".//figcaption/a/@href")
    assert "全年建成节水型企业3家" in page.get_element_by_id(link[1:]).text_content()


def test_the_whole_document_is_on_the_page_with_its_figures_marked() -> None:
    import audit
    from tests.gold import FIXTURES

    result = audit.run(FIXTURES / "linhu-2022" / "report.txt")
    page = html.fromstring(render(result))
    kinds = [s.get("class").split()[1] for s in page.xpath("//div[@class='document']//span[starts-with(@class, 'fig')]")]
    assert {"checked", "unchecked", "error"} <= set(kinds)
    shown = "".join(page.xpath("//div[@class='document']")[0].text_content().split())
    assert "".join(result.report.sentence_text(result.report.figures[0].sentence).split()) in shown
    assert "建议复核分" in result._repr_html_() and "<script" not in result._repr_html_()


def test_the_brief_on_the_page_leads_to_what_it_speaks_of(sample: Audit) -> None:
    page = html.fromstring(render(sample))
    links = [a.get("href") for a in page.xpath("//section[@class='brief']//li/a")]
    assert len(links) == 1 + min(5, len(view(sample).challenged))
    for link in links:
        assert len(page.xpath(f"//*[@id='{link[1:]}']")) == 1, link


def test_cells_of_a_wide_row_are_cut_out_apart_and_the_lines_of_a_cell_together() -> None:
    name, rule, more, claimed = (100.0, 50.0, 180.0, 60.0), (200.0, 50.0, 620.0, 60.0), (200.0, 62.0, 430.0, 72.0), (780.0, 55.0, 790.0, 65.0)
    assert _beside([name, rule, more, claimed]) == [[name], [rule, more], [claimed]]
    assert _beside([name, more]) == [[name, more]]  # near enough to be read in one
