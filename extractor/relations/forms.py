"""The wordings of patterns/forms: rows of data, compiled to patterns over tagged text (extractor.relations.tagged).

A row has: name; round (rows of a lower round are read first); form; gives (the relation, and its properties); example; not (a sentence
that the row must not read). A form is written with

    {total} {part} …     a figure in a slot; all of one family, whatever the first one's is
    {percent%}           a share (% or ‰); {percent^} percentage points; {percent*} a change: %, 百分点, 倍 or the quantity's own unit
    {whole#}             a figure of any family
    {parts、}            a list of two or more figures with their words, joined by 、 or 和; {parts，} also by commas; {parts；} also by ；
    {parts，1}           the same, or a single one
    {listed}             a list of two or more names
    @whole               a name, by which the figure of that slot is found
    ~                    words without a stop or a figure; … also commas and figures of other families; …… also ；and 。
    <past>               a class of words (patterns/words/relations.tsv)
    [[ … ]]              what is cut out once it was read, so that the rest can be read again

and everything else is a regular expression. Spaces mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import regex

from extractor.relations.model import Type

FILES = ("parts", "shares", "growth", "goals", "listings", "same")
_STOPS = "，；。：！？、（）,;:!?"
_FIGURE = r"\ue000-\uf8ff\U00100000-\U0010fffd"
_WORD = rf"[^{_STOPS}{_FIGURE}]"
_PHRASE = rf"[^，；。：！？（）,;:!?{_FIGURE}]"  # may hold 、
_KIN = r"(?P=kin)"
_INDEX = r"[\U00100000-\U0010fffd]"
_ANY = r"[\ue000\ue001\ue002\ue004]"
_KINDS = {"growth": {"now": _ANY, "before": _ANY}, "parts": {"total": r"[\ue000\ue001]"}, "goal": {"target": r"[\ue001]"},
          "ratio": {"whole": r"[\ue000\ue001\ue002]", "part": r"[\ue000\ue001\ue002]"}, "skip": {"now": _ANY, "before": _ANY}}
_JOINS = {"、": "(?:、|和|及|与|以及|，?和)", "，": "(?:、|，|和|及|与|以及)", "；": "(?:、|，|；|。(?:其中，?)?|和|及|与|以及)"}
_NOT_ITEM = "(?!另|此外|同时|合计|共计|总计|累计|比|较|同比|完成率|截至|占)"
_NAME = rf"[^，；。：！？、（）,;:!?{_FIGURE}]{{1,40}}"
_MACRO = regex.compile(
    r"\{(?P<slot>[a-z]+)(?P<how>[、，；]?[%^*#1]?)\}|@(?P<name>[a-z]+)|(?P<gap>……|…|~)|<(?P<cls>[a-z]+)>|(?P<cut>\[\[|\]\])|(?P<space>\s+)")


@dataclass(frozen=True, slots=True)
class Form:
    """A row, compiled. needs: words of which one must stand in the text for the form to match (a quick test)."""

    name: str
    round: int
    type: Type | None
    form: str
    options: frozenset[str]
    example: str
    counter: str
    pattern: regex.Pattern[str]
    slots: frozenset[str]
    lists: frozenset[str]
    names: frozenset[str]
    needs: tuple[str, ...]


@cache
def words() -> dict[str, str]:
    """The word classes as alternations, longest first. A word may itself be a pattern (one with digits in it)."""
    out: dict[str, list[str]] = {}
    for line in (files("patterns") / "words" / "relations.tsv").read_text(encoding="utf8").splitlines()[1:]:
        if line.strip():
            name, members, *_ = line.split("\t")
            out.setdefault(name, []).extend(members.split("|"))
    classes = {name: "(?:" + "|".join(sorted(set(members), key=lambda w: (-len(w), w))) + ")" for name, members in out.items()}
    return {name: _spelled_out(members, classes) for name, members in classes.items()}


def _spelled_out(members: str, classes: dict[str, str]) -> str:
    """A class with the classes that it names put in their places."""
    while "<" in regex.sub(r"\(\?P?<", "", members):
        members = regex.sub("<([a-z]+)>", lambda m: classes[m[1]], members)
    return members


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order in which they are tried."""
    out = []
    for name in FILES:
        for line in (files("patterns") / "forms" / f"{name}.tsv").read_text(encoding="utf8").splitlines()[1:]:
            if line.strip() and not line.startswith("#"):
                out.append(_compile(line.split("\t")))
    return tuple(sorted(out, key=lambda f: f.round))


def _compile(cells: list[str]) -> Form:
    name, round_, form, gives, example, counter = (*cells, "", "")[:6]
    kind, *options = gives.split()
    compiler = _Compiler(kind)
    pattern = compiler(form)
    return Form(name, int(round_), None if kind == "skip" else cast(Type, kind), form, frozenset(options), example, counter,
                regex.compile(pattern), frozenset(compiler.slots), frozenset(compiler.lists), frozenset(compiler.names), _needs(form))


def _needs(form: str) -> tuple[str, ...]:
    """The Chinese literal of a form that stands outside brackets and options, () where there is none."""
    bare = regex.sub(r"\((?:[^()]|(?R))*\)\??|\[[^\[\]]*\]\??|<[a-z]+>\??|\{[^{}]*\}|@[a-z]+", " ", form.replace("[[", " ").replace("]]", " "))
    found: list[str] = regex.findall(r"[\u4e00-\u9fff（]+(?!\?)", bare)
    return (max(found, key=len),) if found else ()


class _Compiler:
    """A form as a regular expression; notes its slots."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.slots: set[str] = set()
        self.lists: set[str] = set()
        self.names: set[str] = set()
        self.kin = False
        self.cut = 0

    def __call__(self, form: str) -> str:
        return _MACRO.sub(self._one, form)

    def _one(self, m: regex.Match[str]) -> str:
        if m["slot"]:
            return self._slot(m["slot"], m["how"] or "")
        if m["name"]:
            self.names.add(m["name"])
            return rf"(?P<{m['name']}>{_WORD}{{1,24}}?)"
        if m["gap"]:
            if m["gap"] == "~":
                return rf"{_PHRASE}{{0,48}}?"
            crossed = "。；" if m["gap"] == "…" else ""
            lookahead = rf"(?![\ue000\ue001]{_KIN})" if self.kin else ""
            return rf"(?:{lookahead}[^（）{crossed}]){{0,120}}?"
        if m["cls"]:
            return words()[m["cls"]]
        if m["cut"]:
            if m["cut"] == "[[":
                self.cut += 1
                return f"(?P<cut{self.cut}>"
            return ")"
        return ""

    def _slot(self, slot: str, how: str) -> str:
        self.slots.add(slot)
        if slot == "listed":
            return rf"(?P<listed>{_NAME})(?:、(?P<listed>{_NAME}))*(?:(?:、|和|及|与|以及)(?P<listed>{_NAME}))"
        if how[:1] in ("、", "，", "；") and how:
            self.lists.add(slot)
            return self._list(slot, how)
        if how == "%":
            return rf"\ue004[\ue100-\uf8ff](?P<{slot}>{_INDEX})"
        if how == "^":
            return rf"\ue005[\ue100-\uf8ff](?P<{slot}>{_INDEX})"
        if how == "*":
            return rf"(?:[\ue004\ue005\ue006\ue009][\ue100-\uf8ff]|[\ue000\ue002\ue003]{_KIN})(?P<{slot}>{_INDEX})"
        if how == "#":
            return rf"[\ue000\ue001][\ue100-\uf8ff](?P<{slot}>{_INDEX})"
        kinds = _KINDS.get(self.kind, {}).get(slot, r"[\ue000]")
        return rf"{kinds}{self._family()}(?P<{slot}>{_INDEX})"

    def _family(self) -> str:
        if self.kin:
            return _KIN
        self.kin = True
        return r"(?P<kin>[\ue100-\uf8ff])"

    def _list(self, slot: str, how: str) -> str:
        more = "*" if how.endswith("1") else "+"
        kinds = r"[\ue000\ue001\ue002]" if self.kind in ("growth", "ratio") else r"[\ue000\ue003]"
        if slot == "percent":
            item = rf"{_WORD}{{0,4}}?[\ue004\ue005\ue006\ue009][\ue100-\uf8ff](?P<{slot}>{_INDEX})"
            return rf"{item}(?:(?:、|和|及|与|以及){item})++"
        first = rf"{_NOT_ITEM}{_WORD}{{0,36}}?{kinds}{self._family()}(?P<{slot}>{_INDEX}){_WORD}{{0,20}}?"
        item = rf"{_NOT_ITEM}{_WORD}{{0,36}}?{kinds}{_KIN}(?P<{slot}>{_INDEX}){_WORD}{{0,20}}?"
        return rf"{first}(?:{_JOINS[how[0]]}{item}){more}+"
