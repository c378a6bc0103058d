"""The wordings of patterns/forms: rows of data, compiled to patterns over tagged text (extractor.relations.tagged).

A row has: name; round (rows of a lower round are read first); form; gives (the relation, and its properties); example; not (a sentence
that the row must not read). A form is written with

    {total} {part} …     a figure in a slot; all of one family, whatever the first one's is
    {percent%}           a share (% or ‰); {percent^} percentage points; {percent*} a change: %, 百分点, 倍 or the quantity's own unit
    {whole#}             a figure of any family
    {parts、}            a list of two or more figures with their words, joined by 、 or 和; {parts，} also by commas; {parts；} also by ；
    {parts，1}           the same, or a single one
    {listed}             a list of two or more names
    @who                 the subject that a change names itself, or nothing; it must be that of the figure
    @whole               a name, by which the figure of that slot is found
    {whole!} {x+} {x<}   a goal; a value of any kind; one that may be told of another time
    •                    a figure of whatever sort
    —                    anything up to the next goal of the family
    ~                    words without a stop or a figure; … also commas and figures of other families; …… also ；and 。
    <past>               a class of words (patterns/words/relations.tsv)
    [[ … ]]              what is cut out once it was read, so that the rest can be read again

and everything else is a regular expression. Spaces mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from extractor.relations.model import Type
from patterns import cache as kept
from patterns import expressions as re
from patterns.places import files

if TYPE_CHECKING:
    from pathlib import Path

    import regex

_WORDS = files("patterns") / "words" / "relations.tsv"
FILES = ("parts", "shares", "growth", "goals", "same")
_STOPS = "，；。：！？、（）,;:!?"
_FIGURE = r"\ue000-\uf8ff\U00100000-\U0010fffd"
_WORD = rf"[^{_STOPS}{_FIGURE}]"
_PHRASE = rf"[^，；。：！？（）,;:!?{_FIGURE}]"  # may hold 、
_KIN = r"(?P=kin)"
_INDEX = r"[\U00100000-\U0010fffd]"
_NO_SERIES = rf"(?!(?:、|和|及){_WORD}{{0,8}}[\ue004\ue009])"  # 分别占48%、52%: dealt out, not said of one
_LEVEL = r"[\ue000\ue001\ue002\ue004\ue00a\ue00b\ue00c]"
_ANY = r"[\ue000\ue001\ue002\ue004]"
_OLD = r"[\ue001\ue00b\ue00c]"
_KINDS = {"growth": {"now": _ANY, "before": _OLD}, "parts": {"total": r"[\ue000\ue001\ue003]"}, "goal": {"target": r"[\ue001\ue00a]", "actual": r"[\ue000\ue002\ue004]"},
          "ratio": {"whole": r"[\ue000\ue001\ue002\ue00b]", "part": r"[\ue000\ue002]"}, "skip": {"now": _ANY, "before": _ANY}}
_JOIN = "(?:、|和|及|与|以及|，?和)"
_NO_SUM = "(?<!共|共有|共计|合计|总计|累计|总数|总数为|总额|总额为|总量|总量为|总投资|总投资为)"
_PLAIN = frozenset(("deal", "done", "than"))  # classes of plain words
_BEGIN = r"(?:^|(?<=[，；。：（〓])|(?<=[\U00100000-\U0010fffd])(?![、，；。〓]))"
_MACRO = re.long(
    r"\{(?P<slot>[a-z]+)(?P<how>[、，；]?[%^*#1+<!]*)\}|@(?P<name>[a-z]+)|(?P<gap>……|…|~|—|•)|(?<!P)<(?P<cls>[a-z]+)>|(?P<cut>\[\[|\]\])|(?P<space>\s+)")


@dataclass(frozen=True, slots=True)
class Form:
    """A row, compiled. Quick tests of whether a text can match: needs, words of which one must stand in it; order, the kinds of figures that
    must stand in it one after another (an expression for its start); pieces, expressions each of which must be found."""

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
    order: str
    pieces: tuple[str, ...]

    def may_match(self, text: str) -> bool:
        """Whether a tagged text has what the form cannot do without. Most texts lack something, and to look for all of it takes long."""
        if self.order and not _has(self.order, text):
            return False
        if self.needs:
            for word in self.needs:
                if word in text:
                    break
            else:
                return False
        return not self.pieces or all(_says(piece, text) for piece in self.pieces)


@lru_cache(maxsize=1024)
def _has(order: str, text: str) -> bool:
    return re.match(order, text) is not None


@lru_cache(maxsize=1024)
def _says(piece: str, text: str) -> bool:
    return re.long(piece).search(text) is not None


@cache
def words() -> dict[str, str]:
    """The word classes as alternations, longest first. A word may itself be a pattern (one with digits in it)."""
    found: dict[str, str] = kept.table("relation-words", _classes, __file__, str(_WORDS))
    return found


def _classes() -> dict[str, str]:
    out: dict[str, list[str]] = {}
    for line in _WORDS.read_text(encoding="utf8").splitlines()[1:]:
        if line.strip():
            name, members, *_ = line.split("\t")
            out.setdefault(name, []).extend(re.long(r"(?:[^|()]|\((?:[^()]|(?R))*\))+").findall(members))
    classes = {name: "(?:" + "|".join(sorted(set(members), key=lambda w: (-len(w), w))) + ")" for name, members in out.items()}
    return {name: _spelled_out(members, classes) for name, members in classes.items()}


def _spelled_out(members: str, classes: dict[str, str]) -> str:
    """A class with the classes that it names put in their places."""
    while "<" in re.sub(r"\(\?P?<", "", members):
        members = re.sub("<([a-z]+)>", lambda m: classes[m[1]], members)
    return members


def _file(name: str) -> Path:
    return files("patterns") / "forms" / f"{name}.tsv"


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order in which they are tried."""
    rows = kept.table("relation-forms", _rows, __file__, str(_WORDS), *(str(_file(name)) for name in FILES))
    return tuple(Form(name, round_, kind, form, frozenset(options), example, counter, re.long(pattern), frozenset(slots), frozenset(lists), frozenset(names),
                      needs, order, pieces)
                 for name, round_, kind, form, options, example, counter, pattern, slots, lists, names, needs, order, pieces in rows)


def _rows() -> list[tuple[Any, ...]]:
    """The fields of every form, patterns as text."""
    out = []
    for name in FILES:
        for line in _file(name).read_text(encoding="utf8").splitlines()[1:]:
            if line.strip() and not line.startswith("#"):
                out.append(_compile(line.split("\t")))
    return sorted(out, key=lambda row: int(row[1]))


def _compile(cells: list[str]) -> tuple[Any, ...]:
    name, round_, form, gives, example, counter = (*cells, "", "")[:6]
    kind, *options = gives.split()
    compiler = _Compiler(kind)
    pattern = compiler(form)
    return (name, int(round_), None if kind == "skip" else cast(Type, kind), form, options, example, counter, pattern, sorted(compiler.slots), sorted(compiler.lists),
            sorted(compiler.names), _needs(form), *compiler.must())


def _needs(form: str) -> tuple[str, ...]:
    """Words of which one must stand in a text that the form matches: its longest literal, or a class or choice that it cannot do without."""
    bare = form.replace("[[", " ").replace("]]", " ")
    bare = re.sub(r"\[[^\[\]]*\][?*]?|\{[^{}]*\}[?*]?|@[a-z]+|~|…", " ", bare)
    alone = re.long(r"\((?:[^()]|(?R))*\)").sub(" ", bare)  # a class inside a group is one of its choices
    choices: list[list[str]] = [re.findall(r"[\u4e00-\u9fff]+", words()[c]) for c in re.findall(r"(?<!P)<([a-z]+)>(?![?*{])", alone) if c in _PLAIN]
    groups = re.long(r"\((?:[^()]|(?R))*\)(?![?*{])").findall(bare)
    choices += [g[3:-1].split("|") for g in groups if re.fullmatch(r"\(\?:[\u4e00-\u9fff|]+\)", g)]
    rest = re.long(r"\((?:[^()]|(?R))*\)[?*]?|<[a-z]+>[?*]?").sub(" ", bare)
    found: list[str] = re.findall(r"[\u4e00-\u9fff（：]+(?![?*{])", rest)
    if found:
        return (max(found, key=len),)
    return tuple(sorted(choices, key=len)[0]) if choices else ()


def _words_alone(piece: str) -> str:
    """A piece of a form without slots, as an expression of its own."""
    bare = re.sub(r"(?<=\(\?:)~|(?<=\|)~|~(?=[|)])", "", re.sub(r"\s+", "", piece))  # at its ends there may be words or none
    spelled = re.sub("<([a-z]+)>", lambda m: words()[m[1]], bare)
    return spelled.replace("~", rf"{_PHRASE}{{0,48}}?")


class _Compiler:
    """A form as a regular expression; notes its slots."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.slots: set[str] = set()
        self.lists: set[str] = set()
        self.names: set[str] = set()
        self.kin = False
        self.opens = True
        self.cut = 0
        self.form = ""
        self.order: list[str] = []
        self.pieces: list[str] = []

    def __call__(self, form: str) -> str:
        self.form = form
        return _MACRO.sub(self._one, form)

    def must(self) -> tuple[str, tuple[str, ...]]:
        """The kinds of figures and the expressions that a match cannot do without; none where the form is a choice of several."""
        groups = re.long(r"\((?:[^()]|(?R))*\)")
        if "|" in groups.sub("", self.form) or re.search(r"\]\]\s*[?*{]", self.form):
            return "", ()
        for m in groups.finditer(self.form):  # (?:<divide>|用于|分成): words alone
            if m[0].startswith("(?:") and not re.search(r"\{[a-z]|[@…—•]|\(\?P", m[0]):
                self._note(m, [], _words_alone(m[0]))
        return "".join(f"[^{kinds}]*+[{kinds}]" for kinds in self.order), tuple(dict.fromkeys(self.pieces))

    def _note(self, m: regex.Match[str], kinds: Sequence[str], piece: str = "") -> None:
        """Note what a piece of the form asks for, where the form cannot do without it."""
        if self.form.count("(", 0, m.start()) == self.form.count(")", 0, m.start()) and not re.match(r"\s*(?:[?*]|\{0)", self.form[m.end():]):
            self.order += kinds
            self.pieces += [piece] if piece else []

    def _one(self, m: regex.Match[str]) -> str:
        self.opens = m.start() == 0
        if m["slot"]:
            self._note(m, self._asked(m["slot"], m["how"] or ""))
            return self._slot(m["slot"], m["how"] or "")
        if m["name"] == "who":
            self.names.add("who")
            return rf"(?P<who>{_PHRASE}{{0,24}}?)"
        if m["name"]:
            self.names.add(m["name"])
            return rf"(?P<{m['name']}>{_WORD}{{1,24}}?)"
        if m["gap"]:
            if m["gap"] == "~":
                return rf"{_PHRASE}{{0,48}}?"
            if m["gap"] == "•":
                self._note(m, [r"\ue000-\ue00d"])
                return rf"(?:[\ue000-\ue00d][\ue100-\uf8ff]{_INDEX})"
            if m["gap"] == "—":
                return rf"(?:(?!\ue001{_KIN})[^（）]){{0,140}}?"
            crossed = "。；" if m["gap"] == "…" else ""
            lookahead = rf"(?![\ue000\ue004]{_KIN})" if self.kin else ""
            return rf"(?:{lookahead}[^（）{crossed}]){{0,120}}?"
        if m["cls"]:
            self._note(m, [], words()[m["cls"]])
            return words()[m["cls"]]
        if m["cut"]:
            if m["cut"] == "[[":
                self.cut += 1
                return f"(?P<cut{self.cut}>"
            return ")"
        return ""

    def _slot(self, slot: str, how: str) -> str:
        if slot == "skip":
            item = rf"(?:(?!其中|总|合计){_PHRASE}){{0,36}}?\ue000{_KIN}{_INDEX}{_PHRASE}{{0,20}}?"
            return rf"(?:{item}[，、；])*?"
        self.slots.add(slot)
        if slot == "listed":
            begin = _BEGIN if self.opens else ""
            name = rf"{_WORD}{{1,40}}"
            if "+" in how:
                name = rf"{_WORD}{{1,40}}(?:[\ue000-\ue00d][\ue100-\uf8ff]{_INDEX}{_WORD}{{0,10}})?"
            last = rf"(?:、|(?<=[^、，；。：]{{2}})(?:和|及|与|以及))(?P<listed>{name})"  # no name is one character long before 和
            return rf"{begin}(?P<listed>{name})(?:、(?P<listed>{name}))*(?:{last})"
        if how[:1] in ("、", "，", "；") and how:
            self.lists.add(slot)
            return self._list(slot, how)
        if how[:1] == "%":
            kinds = r"[\ue004\ue00a]" if "+" in how else r"\ue004"
            return rf"{kinds}[\ue100-\uf8ff](?P<{slot}>{_INDEX}){_NO_SERIES}"
        if how == "^":
            return rf"\ue005[\ue100-\uf8ff](?P<{slot}>{_INDEX})"
        if how == "*":
            return rf"(?:[\ue004\ue005\ue006\ue009][\ue100-\uf8ff]|[\ue000\ue002\ue003]{_KIN})(?P<{slot}>{_INDEX}){_NO_SERIES}"
        if how == "#":
            return rf"[\ue000\ue001][\ue100-\uf8ff](?P<{slot}>{_INDEX})"
        if how == "<":
            return rf"[\ue000\ue00b]{self._family()}(?P<{slot}>{_INDEX})"
        if how == "!":
            return rf"\ue001{self._family()}(?P<{slot}>{_INDEX})"
        if how == "+":
            return rf"{_LEVEL}{self._family()}(?P<{slot}>{_INDEX})"
        kinds = _KINDS.get(self.kind, {}).get(slot, r"[\ue000]")
        return rf"{kinds}{self._family()}(?P<{slot}>{_INDEX})"

    def _asked(self, slot: str, how: str) -> list[str]:
        """The kinds of the figures that a slot takes, for each that it cannot do without; as `_slot` and `_list` have them."""
        if slot in ("skip", "listed"):
            return []
        if how[:1] in ("、", "，", "；") and how:
            kinds = (r"\ue004\ue005\ue006\ue009" if slot == "percent" else _OLD if slot == "before" else _ANY if self.kind == "growth"
                     else r"\ue000\ue001\ue002" if self.kind == "ratio" else r"\ue000\ue001\ue003")
            return [kinds.strip("[]")] * (1 if "1" in how else 2)
        kinds = {"^": r"\ue005", "*": r"\ue004\ue005\ue006\ue009\ue000\ue002\ue003", "#": r"\ue000\ue001", "<": r"\ue000\ue00b", "!": r"\ue001", "+": _LEVEL}.get(
            how, r"\ue004\ue00a" if how[:1] == "%" else _KINDS.get(self.kind, {}).get(slot, r"\ue000"))
        return [kinds.strip("[]")]

    def _family(self) -> str:
        if self.kin:
            return _KIN
        self.kin = True
        return r"(?P<kin>[\ue100-\uf8ff])"

    def _list(self, slot: str, how: str) -> str:
        """Items joined by 、 or 和; joined by commas and stops only where the next clause is nothing but a name and its figure."""
        if slot == "percent":
            item = rf"{_WORD}{{0,10}}?[\ue004\ue005\ue006\ue009][\ue100-\uf8ff](?P<{slot}>{_INDEX})"
            return rf"{item}(?:(?:、|和|及|与|以及){item})++"
        kinds = _OLD if slot == "before" else _ANY if self.kind == "growth" else r"[\ue000\ue001\ue002]" if self.kind == "ratio" else r"[\ue000\ue001\ue003]"
        mixed = "#" in how
        begin = _BEGIN if self.opens else ""
        no_item, no_clause = f"(?!{words()['noitem']})", f"(?!{words()['noclause']})" if self.kind == "parts" else ""
        family = r"[\ue100-\uf8ff]" if mixed else self._family()
        again = family if mixed else _KIN
        each = rf"(?:{_WORD}{{1,12}}、){{1,12}}{_WORD}{{1,14}}?各{_WORD}{{0,5}}?"  # 甲、乙、丙各3个
        first = rf"{begin}{no_item}(?:{each}|{_PHRASE if begin else _WORD}{{0,60}}?){_NO_SUM}{kinds}{family}(?P<{slot}>{_INDEX})"
        tail = rf"{_WORD}{{0,20}}?"
        item = rf"{_WORD}{{0,36}}?{_NO_SUM}{kinds}{again}(?P<{slot}>{_INDEX})"
        clause = rf"{no_item}{no_clause}(?:{each}|{_WORD}{{1,20}}?){_NO_SUM}{kinds}{again}(?P<{slot}>{_INDEX})(?:(?!已|均|全部|都){_WORD}){{0,8}}?(?=[，；。、〓]|$)"
        joined = rf"{tail}{_JOIN}{no_item}{item}"  # its tail first, or three items with words behind them would not be one list
        many = "*" if "1" in how else "+"
        listed = rf"{first}(?:{joined}){many}+"
        if how[0] != "、":  # one way to join them all: a clause after A、B is of another matter
            apart = "，" if how[0] == "，" else rf"(?:(?:，{_WORD}{{1,14}})?；|，)"
            listed = rf"{first}(?:(?:{joined})++|(?:{tail}{apart}{clause}){many}+)"
        if how[0] == "、":
            return listed
        purpose = rf"{kinds}{again}(?P<{slot}>{_INDEX}){_PHRASE}{{1,24}}"  # 30万元用于编制；30万元用于审计
        return rf"(?:{begin}{kinds}{family}(?P<{slot}>{_INDEX}){_WORD}{{1,24}}(?:[，；、]{purpose})++(?=[，；。]|$)|{listed})"
