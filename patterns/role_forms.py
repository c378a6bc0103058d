"""The wordings that tell what a figure is for: reached (actual), to be reached (target), a movement (change), a threshold (limit).

role_forms.tsv holds one form a line; the first that fits decides. role_words.tsv holds the classes of words that forms name in braces.

role      what a figure in this wording is
if        what the figure itself must be, all of: count, measure (no count), size (neither count nor ratio), ratio, points, time, length,
          area, age, money; range; edge (>= or <=), anybound, bound<=, bound>=, bound<; unit:位; -… for not; and
          ends (以上 or the like follows), named-ratio (a ratio must stand behind an attribute), other-head (its counting word
          does not count the noun that follows: 50人以上企业), then-count (a count follows at once), future (told of what is to come)
near      what stands directly before it, from the figure before; not_near: what must not
after     what follows it in its clause; not_after
clause    what its clause says before it;  lead, follow: what stands before and after its clause
gives     exact: a bound word only compares; compares: so where it is > or <; compares-goal: likewise, save 不足 and 超过;
          <= or >=: a bound that the wording implies; moves: a change with direction and base
example   a clause whose figure ⟦…⟧ has the role by this form; unlike: one whose figure has not. Tests run both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from patterns import expressions as re
from patterns.places import files

CONTEXT = ("ends", "named-ratio", "other-head", "then-count", "future")  # conditions that rest on the words around the figure
_CLASS = re.compile(r"\{([a-z]+(?: of [\u4e00-\u9fff])?)\}")


@dataclass(frozen=True, slots=True)
class Form:
    """A line of role_forms.tsv: conditions on the figure alone (plain) and on the words around it (context); the patterns are
    compiled, None where the line leaves them open."""

    role: str
    plain: frozenset[str]
    context: tuple[str, ...]
    near: re.Pattern[str] | None
    not_near: re.Pattern[str] | None
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    clause: re.Pattern[str] | None
    lead: re.Pattern[str] | None
    follow: re.Pattern[str] | None
    gives: str
    example: str
    unlike: str


@cache
def words(name: str) -> str:
    """The words of a class, between |."""
    return dict(line.split("\t") for line in _lines("role_words.tsv"))[name]


@cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order in which they are tried."""
    out = []
    for line in _lines("role_forms.tsv"):
        role, conditions, near, not_near, after, not_after, clause, lead, follow, gives, example, unlike = line.split("\t")
        asked = conditions.split()
        out.append(Form(
            role, frozenset(asked) - {*CONTEXT}, tuple(c for c in CONTEXT if c in asked), compiled(near), compiled(not_near), compiled(after),
            compiled(not_after), compiled(clause), compiled(lead), compiled(follow), gives, example, unlike))
    return tuple(out)


@cache
def compiled(pattern: str) -> re.Pattern[str] | None:
    """A pattern with its classes of words put in, None for an empty one."""
    return re.compile(_CLASS.sub(lambda m: f"(?:{words(m[1])})", pattern)) if pattern else None


def _lines(name: str) -> list[str]:
    return (files("patterns") / name).read_text(encoding="utf8").splitlines()[1:]
