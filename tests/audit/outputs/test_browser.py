"""The HTML report in a real browser: the document's script does not run, ours does, and axe-core finds nothing serious."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from audit.model import Audit
from audit.outputs.html import render

BROWSER = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
AXE = importlib.util.find_spec("axe_core_python")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")


DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")


def browse(page: str, folder: Path, width: int = 1280, *flags: str) -> html.HtmlElement:
    """The page as the browser has it after its scripts have run."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf8")
    assert BROWSER
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", f"--window-size={width},900", *flags,
         "--virtual-time-budget=20000", "--dump-dom", file.as_uri()], check=True, capture_output=True, timeout=120)
    return html.fromstring(done.stdout.decode())


def test_a_documents_script_does_not_run_and_ours_does(hostile: Audit, tmp_path: Path) -> None:
    page = browse(render(hostile), tmp_path)
    assert not page.findtext(".//title").startswith("owned")
    assert re.search(r"4\D+4", page.findtext(".//output"))  # the filter's own script counted what it shows


def test_the_policy_stops_a_script_that_slipped_in(sample: Audit, tmp_path: Path) -> None:
    page = render(sample).replace("<main>", "<main><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">")
    assert browse(page, tmp_path).findtext(".//title") != "owned"


@pytest.mark.parametrize(("change", "findings", "indicators"), [
    ("f.querySelector('[value=error]').click()", ["warning", "info"], 4),
    ("f.elements.lead.value = '区经委'", ["error"], 1),
    ("f.elements.domain.value = '总量控制'", ["info"], 1),
    ("f.elements.words.value = '尚在公示期'", ["error"], 2),  # the sentence is quoted for two indicators
])
def test_filters(sample: Audit, tmp_path: Path, change: str, findings: list[str], indicators: int) -> None:
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", render(sample))
    act = f"const f = document.getElementById('filters'); {change}; f.dispatchEvent(new Event('input'));"
    shown = browse(page.replace("</body>", f"<script>{act}</script></body>"), tmp_path)
    assert shown.xpath("//article[not(@hidden)]/@data-severity") == findings
    assert len(shown.xpath("//tr[@data-filter='indicator' and not(@hidden)]")) == indicators
    heads = shown.xpath("//tr[@class='domain-row' and not(@hidden)]")
    assert 1 <= len(heads) <= 3


@pytest.mark.skipif(AXE is None, reason="needs axe-core-python")
@pytest.mark.parametrize(("width", "flags"), [(1280, ()), (390, ()), (1280, DARK)])
def test_axe_finds_no_serious_violation(sample: Audit, hostile: Audit, tmp_path: Path, width: int, flags: tuple[str, ...]) -> None:
    assert AXE and AXE.origin
    axe = (Path(AXE.origin).parent / "axe.min.js").read_text("utf8")
    for name, audit in {"sample": sample, "hostile": hostile}.items():
        page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", render(audit, "en"))
        run = ("document.querySelectorAll('details').forEach(d => { d.open = true; }); axe.run().then(r => { "
               "const p = document.createElement('pre'); p.id = 'axe'; p.textContent = JSON.stringify("
               "r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 200))])); document.body.append(p); })")
        page = page.replace("</body>", f"<script>{axe}</script><script>{run}</script></body>")
        folder = tmp_path / name
        folder.mkdir()
        [found] = browse(page, folder, width, *flags).xpath("//pre[@id='axe']")
        assert [v for v in json.loads(found.text) if v[0] in ("serious", "critical")] == []


@pytest.mark.skipif(AXE is None, reason="needs axe-core-python")
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_on_the_overview_and_the_comparison(tmp_path: Path, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit import batch, run
    from audit.diff import compare
    from audit.outputs import batch as overview
    from audit.outputs import diff
    from tests.gold import FIXTURES

    monkeypatch.setenv("FUHE_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "报告"
    source.mkdir()
    for name in ("linhu-2021", "linhu-2022"):
        shutil.copy(FIXTURES / name / "report.txt", source / f"{name}.txt")
    (source / "说明.txt").write_text("请查收。", encoding="utf8")
    pages = {"overview": overview.to_html(batch.run(source, workers=1)),
             "comparison": diff.to_html(compare(*(run(source / f"{n}.txt") for n in ("linhu-2021", "linhu-2022"))))}
    assert AXE and AXE.origin
    axe = (Path(AXE.origin).parent / "axe.min.js").read_text("utf8")
    for name, page in pages.items():
        page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)
        run_axe = ("axe.run().then(r => { const p = document.createElement('pre'); p.id = 'axe'; p.textContent = JSON.stringify("
                   "r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html.slice(0, 200))])); document.body.append(p); })")
        folder = tmp_path / name
        folder.mkdir()
        [found] = browse(page.replace("</body>", f"<script>{axe}</script><script>{run_axe}</script></body>"), folder, width).xpath("//pre[@id='axe']")
        assert [v for v in json.loads(found.text) if v[0] in ("serious", "critical")] == [], name


def test_a_link_into_what_is_folded_unfolds_it(sample: Audit, tmp_path: Path) -> None:
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", render(sample))
    act = "location.hash = '#i-3'; setTimeout(() => { document.title = String(document.getElementById('table').open); }, 500)"
    shown = browse(page.replace("</body>", f"<script>{act}</script></body>"), tmp_path)
    assert shown.findtext(".//title") == "true"


def test_a_search_without_a_match_says_so(sample: Audit, tmp_path: Path) -> None:
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", render(sample))
    act = "const f = document.getElementById('filters'); f.elements.words.value = '没有这样的话'; f.dispatchEvent(new Event('input'));"
    shown = browse(page.replace("</body>", f"<script>{act}</script></body>"), tmp_path)
    assert shown.xpath("//p[@id='nothing' and not(@hidden)]")


def test_nothing_is_wider_than_a_phone(sample: Audit, hostile: Audit, tmp_path: Path) -> None:
    """In a frame of 390, since a window of the browser is never narrower than 500; with everything unfolded."""
    for name, audit in {"sample": sample, "hostile": hostile}.items():
        folder = tmp_path / name
        folder.mkdir()
        page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", render(audit))
        tell = "document.querySelectorAll('details').forEach(d => { d.open = true; }); parent.postMessage(document.documentElement.scrollWidth, '*')"
        (folder / "inner.html").write_text(page.replace("</body>", f"<script>{tell}</script></body>"), encoding="utf8")
        frame = ("<!DOCTYPE html><title></title><iframe src='inner.html' style='width:390px;height:800px;border:0'></iframe>"
                 "<script>onmessage = e => { document.title = e.data; }</script>")
        assert 0 < int(browse(frame, folder).findtext(".//title") or 0) <= 390, name


def test_the_overview_is_filtered_by_words_and_by_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audit import batch
    from audit.outputs import batch as overview
    from tests.gold import FIXTURES

    monkeypatch.setenv("FUHE_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "报告"
    source.mkdir()
    for name in ("binjiang-2021", "linhu-2021"):
        shutil.copy(FIXTURES / name / "report.txt", source / f"{name}.txt")
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", overview.to_html(batch.run(source, workers=1)))
    for act, wanted in (("", {"滨江区", "临湖区"}), ("document.querySelector('input[type=checkbox]').click();", {"临湖区"}),
                        ("const w = document.querySelector('input[type=search]'); w.value = '滨江'; w.dispatchEvent(new Event('input', {bubbles: true}));", {"滨江区"})):
        shown = browse(page.replace("</body>", f"<script>{act}</script></body>"), tmp_path)
        rows = shown.xpath("(//table)[1]//tr[td][not(@hidden)]")
        assert {d for d in ("滨江区", "临湖区") if any(d in r.text_content() for r in rows)} == wanted, act
