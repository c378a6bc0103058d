"""What style sheets say of an element, as far as it decides whether and how its words are read.

Selectors of names, classes and identifiers are followed, also below one another (`.a p`); those of states and attributes are passed
over, as are rules inside @media and the like. A later rule overrides an earlier one; weights of selectors are not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from patterns import expressions as re

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_READ = {"display", "visibility", "opacity", "font-size", "color", "text-decoration", "text-decoration-line", "vertical-align", "position", "left", "top",
         "text-indent", "width", "background", "background-color", "background-image", "transform", "mso-hide", "content-visibility"}
_MOST = 5000  # rules
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_COMPOUND = re.compile(r"(?:[A-Za-z][\w-]*|\*)?(?:[.#][\w-]+)*")
_WHITE = re.compile(r"(?:#f[a-f0-9]f[a-f0-9]f[a-f0-9]|#fff|white|rgba?\((?:25[0-5],){2}25[0-5](?:,1(?:\.0+)?)?\)|transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\))(?:!important)?")
_NO_GROUND = re.compile(r"(?:none|transparent|initial|inherit|unset|#fff(?:fff)?|white|rgb\(255,255,255\))?(?:!important)?")
_NOTHING = re.compile(r"0*(?:\.0+)?(?:px|pt|em|rem|%)?(?:!important)?")

Declared = dict[str, str]
_NONE: Declared = {}
_Compound = tuple[str, frozenset[str], str]  # name, classes, identifier; "" for any


@dataclass(slots=True)
class Sheet:
    """The rules of a page's style sheets."""

    rules: dict[str, list[tuple[int, tuple[_Compound, ...], Declared]]] = field(default_factory=dict)  # by the key of the last compound
    known: dict[Element, Declared] = field(default_factory=dict)
    _count: int = 0

    @classmethod
    def of_page(cls, root: Element) -> Sheet:
        """From the <style> elements of a page."""
        out = cls()
        for e in root.iter("style"):
            out.add("".join(map(str, e.itertext())))
        return out

    def add(self, text: str) -> None:
        """Take in a style sheet's text."""
        text = re.sub(r"/\*.*?\*/|<!--|-->", "", text, flags=re.S)
        for m in _RULE.finditer(_without_blocks(text)):
            declared = declarations(m[2])
            if not declared or "@" in m[1] or self._count > _MOST:
                continue
            for selector in m[1].split(","):
                compounds = _compounds(selector)
                if compounds:
                    self._count += 1
                    name, classes, key = compounds[-1]
                    self.rules.setdefault(f"#{key}" if key else f".{min(classes)}" if classes else name, []).append((self._count, compounds, declared))

    def of(self, e: Element) -> Declared:
        """What is declared for an element itself: by the sheets, then by its own attribute."""
        known = self.known.get(e)
        if known is not None:
            return known
        if not self.rules and not e.get("style") and _name(e) != "font":
            return _NONE
        found: list[tuple[int, Declared]] = []
        if self.rules:
            for key in ("*", _name(e), *(f".{c}" for c in _classes(e)), f"#{e.get('id') or ''}"):
                found += [(order, declared) for order, compounds, declared in self.rules.get(key, ()) if _matches(e, compounds)]
        out: Declared = {}
        if _name(e) == "font" and e.get("color"):
            out["color"] = str(e.get("color")).lower()
        for _, declared in sorted(found, key=lambda x: x[0]):
            out |= declared
        style = e.get("style")
        if style:
            out |= declarations(style)
        self.known[e] = out
        return out

    def hides(self, e: Element) -> bool:
        """Whether an element is not seen: switched off, see-through, without size, off the page, white on white paper, or a watermark."""
        said = self.of(e)
        if e.get("hidden") is not None:
            return True
        if not said:
            return False
        if said.get("display", "").startswith("none") or said.get("visibility", "").startswith(("hidden", "collapse")) or said.get("mso-hide") == "all":
            return True
        see_through = re.match(r"[\d.]+", said.get("opacity", ""))
        if (see_through and float("0" + see_through[0].strip(".")) < 0.05) or ("font-size" in said and _NOTHING.fullmatch(said["font-size"])):
            return True
        if said.get("position", "").startswith(("absolute", "fixed")) and (any(re.match(r"-\d{3,}", said.get(k, "")) for k in ("left", "top"))
                                                                         or ("rotate(" in said.get("transform", "") and see_through)):
            return True
        if re.match(r"-\d{3,}", said.get("text-indent", "")):
            return True
        return "color" in said and bool(_WHITE.fullmatch(said["color"])) and not self._on_ground(e)

    def _on_ground(self, e: Element) -> bool:
        """Whether an element or what holds it has a colour or a picture behind it."""
        at: Element | None = e
        while at is not None:
            said = self.of(at)
            if at.get("bgcolor") or at.get("background") or any(not _NO_GROUND.fullmatch(v) for k, v in said.items() if k.startswith("background")):
                return True
            at = at.getparent()
        return False

    def struck(self, e: Element) -> bool:
        """Whether an element's words are struck out."""
        said = self.of(e)
        return any("line-through" in said.get(k, "") for k in ("text-decoration", "text-decoration-line"))

    def baseline(self, e: Element) -> str:
        """"sup" or "sub" for words that are set raised or lowered, by their element or their style; "" for others."""
        name = _name(e)
        if name in ("sup", "sub"):
            return name
        if name not in ("span", "a", "font", "b", "i", "em", "strong", "small", "u"):
            return ""
        said = self.of(e).get("vertical-align", "")
        if said.startswith("super") or re.match(r"\+?[1-9]", said):
            return "sup"
        return "sub" if said.startswith("sub") or re.match(r"-[1-9]", said) else ""


@lru_cache(maxsize=4096)
def declarations(text: str) -> Declared:
    """The declarations of a rule or of a style attribute that are read, values in small letters and without blanks."""
    out = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip().lower()
        if colon and name in _READ:
            out[name] = re.sub(r"\s+", "", value).lower()
    return out


def _without_blocks(text: str) -> str:
    """A sheet without its @media, @supports … blocks."""
    out, depth, at = [], 0, 0
    inside = False
    for m in re.finditer(r"@[a-z-]+[^{};]{0,500}\{|[{}]", text):
        if m[0][0] == "@" and not depth:
            out.append(text[at:m.start()])
            inside, depth = True, 1
        elif inside:
            depth += 1 if m[0][-1] == "{" else -1
            if not depth:
                inside, at = False, m.end()
    if not inside:
        out.append(text[at:])
    return "".join(out)


def _compounds(selector: str) -> tuple[_Compound, ...]:
    """A selector's compounds; none where it has what is not followed."""
    words = selector.replace(">", " ").split()
    if not words or len(words) > 6 or not all(_COMPOUND.fullmatch(w) for w in words):
        return ()
    return tuple((re.match(r"[A-Za-z*][\w-]*|", w)[0].lower(), frozenset(re.findall(r"\.([\w-]+)", w)), (re.findall(r"#([\w-]+)", w) or [""])[0]) for w in words)  # type: ignore[index]


def _matches(e: Element, compounds: tuple[_Compound, ...]) -> bool:
    if not _fits(e, compounds[-1]):
        return False
    rest = list(compounds[:-1])
    at = e.getparent()
    while rest and at is not None:
        if _fits(at, rest[-1]):
            rest.pop()
        at = at.getparent()
    return not rest


def _fits(e: Element, compound: _Compound) -> bool:
    name, classes, key = compound
    return name in ("", "*", _name(e)) and classes.issubset(_classes(e)) and (not key or key == e.get("id"))


def _name(e: Element) -> str:
    return e.tag.lower() if isinstance(e.tag, str) else ""


def _classes(e: Element) -> Iterator[str] | list[str]:
    return (e.get("class") or "").split()
