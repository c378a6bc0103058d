"""Regular expressions, compiled when first used, and kept compiled for the next run.

Used as `re` is: `from patterns import expressions as re`. Compiling the several hundred expressions of a report's way takes longer than
matching them, and Python compiles them anew in every process. The compiled form is kept in fuhe's cache, by the expression's whole
text, the version of Python and that of `regex`; what is not found there is compiled, as ever.

`long` gives expressions of the package `regex`. An expression made of a document's own words has nothing to keep: `passing` compiles it.
"""

from __future__ import annotations

import atexit
import copyreg
import marshal
import re
import sys
from array import array
from collections.abc import Callable, Iterator
from functools import cache
from re import ASCII, Match, Pattern, S, escape
from typing import TYPE_CHECKING, Any, AnyStr, cast

from patterns import cache as kept

if TYPE_CHECKING:
    import regex

__all__ = ["ASCII", "I", "Match", "Pattern", "S", "compile", "escape", "findall", "finditer", "fullmatch", "keep", "long", "match", "passing", "search",
           "split", "sub"]

I = re.I  # noqa: E741
MOST = 4000  # expressions kept; fuhe has about a thousand
_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer", "groupindex", "groups", "flags")


class _Lazy:
    """An expression that is compiled when its first method is asked for; from then on its methods are the compiled one's own."""

    __slots__ = ("_given", "_make", "pattern", *_METHODS)

    def __init__(self, pattern: str, given: int, make: Callable[[str, int], Any]) -> None:
        self.pattern = pattern
        self._given = given
        self._make = make

    def __getattr__(self, name: str) -> Any:
        made = self._make(self.pattern, self._given)
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)

    def __reduce__(self) -> tuple[Any, ...]:
        return (compile if self._make is _compiled else long), (self.pattern, self._given)

    def __repr__(self) -> str:
        return f"expressions.compile({self.pattern!r}, {self._given})"


@cache
def compile(pattern: AnyStr, flags: int = 0) -> Pattern[AnyStr]:
    """As re.compile; a fault in the expression shows at its first use. One over bytes is compiled at once and not kept."""
    if isinstance(pattern, bytes):
        return re.compile(pattern, flags)
    return cast(Pattern[AnyStr], _Lazy(pattern, int(flags), _compiled))


@cache
def long(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """As regex.compile, for expressions that `re` cannot say."""
    return cast("regex.Pattern[str]", _Lazy(pattern, int(flags), _compiled_long))


passing = re.compile


def search(pattern: AnyStr, text: AnyStr, flags: int = 0) -> Match[AnyStr] | None:
    """As re.search."""
    return compile(pattern, flags).search(text)


def match(pattern: AnyStr, text: AnyStr, flags: int = 0) -> Match[AnyStr] | None:
    """As re.match."""
    return compile(pattern, flags).match(text)


def fullmatch(pattern: AnyStr, text: AnyStr, flags: int = 0) -> Match[AnyStr] | None:
    """As re.fullmatch."""
    return compile(pattern, flags).fullmatch(text)


def split(pattern: AnyStr, text: AnyStr, maxsplit: int = 0, flags: int = 0) -> list[AnyStr | Any]:
    """As re.split."""
    return compile(pattern, flags).split(text, maxsplit)


def sub(pattern: AnyStr, by: AnyStr | Callable[[Match[AnyStr]], AnyStr], text: AnyStr, count: int = 0, flags: int = 0) -> AnyStr:
    """As re.sub."""
    return compile(pattern, flags).sub(by, text, count)


def findall(pattern: AnyStr, text: AnyStr, flags: int = 0) -> list[Any]:
    """As re.findall."""
    return compile(pattern, flags).findall(text)


def finditer(pattern: AnyStr, text: AnyStr, flags: int = 0) -> Iterator[Match[AnyStr]]:
    """As re.finditer."""
    return compile(pattern, flags).finditer(text)


# what is kept: the arguments that the engines' own `compile` takes, by engine, flags and text

_fresh: dict[str, bytes] = {}


@cache
def _known() -> dict[str, bytes]:
    """The expressions kept by earlier runs."""
    data = kept.load(_name())
    if data is not None:
        try:
            found = marshal.loads(data)
        except (EOFError, ValueError, TypeError):
            found = None
        if isinstance(found, dict):
            return found
    return {}


def _name() -> str:
    """The entry of this Python. Another version's compiled form is of no use here."""
    return f"expressions-{sys.implementation.cache_tag}-{sys.hexversion:x}.bin"


def _compiled(pattern: str, flags: int) -> Any:
    key = f"re{flags} {pattern}"
    data = _known().get(key)
    try:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler, _parser  # type: ignore[attr-defined]

        def make(all_flags: int, code: bytes, groups: int, names: dict[str, int]) -> Any:
            return _sre.compile(pattern, all_flags, array("I", code).tolist(), groups, names, _by_number(groups, names))

        if data is not None:
            try:
                return make(*marshal.loads(data))
            except Exception:  # what was kept is no expression
                pass
        parsed = _parser.parse(pattern, flags)
        whole = (int(flags | parsed.state.flags), array("I", _compiler._code(parsed, flags)).tobytes(), parsed.state.groups - 1, dict(parsed.state.groupdict))
        made = make(*whole)
    except re.error:
        raise
    except Exception:  # another Python than those known: its own way, nothing kept
        return re.compile(pattern, flags)
    _keep(key, whole)
    return made


def _by_number(groups: int, names: dict[str, int]) -> tuple[str | None, ...]:
    out: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        out[number] = name
    return tuple(out)


def _compiled_long(pattern: str, flags: int) -> Any:
    import regex

    key = f"regex{regex.__version__} {flags} {pattern}"
    data = _known().get(key)
    if data is not None:
        try:
            return _maker()(*marshal.loads(data))
        except Exception:  # made by another build of regex
            data = None
    made = regex.compile(pattern, flags)
    _keep(key, _taken_apart(made)[1])
    return made


@cache
def _maker() -> Any:
    """What regex itself rebuilds a pickled expression with."""
    import regex

    return _taken_apart(regex.compile("a"))[0]


def _taken_apart(made: Any) -> tuple[Any, Any]:
    """(what rebuilds an expression of regex, from what): what pickle would keep of it."""
    reduce: Any = copyreg.dispatch_table[type(made)]
    function, arguments = reduce(made)
    return function, arguments


def _keep(key: str, value: tuple[Any, ...]) -> None:
    try:
        data = marshal.dumps(value)
    except ValueError:
        return
    if not _fresh:
        atexit.register(keep)
    _fresh[key] = data


def keep() -> None:
    """Keep what this process had to compile; called when it ends, and by whoever ends processes otherwise."""
    if not _fresh:
        return
    _known.cache_clear()
    every = _known() | _fresh
    if len(every) > MOST:
        every = dict(_fresh)
    kept.save(_name(), marshal.dumps(every))
    _fresh.clear()
