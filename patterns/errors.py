"""The one exception that a caller of fuhe has to expect."""

from __future__ import annotations


def half(text: str, lang: str) -> str:
    """One language's half of words written as `中文 / English`; words in one language alone are given back as they are.

    What only the English half holds behind a colon, or between “ ”, is carried over: it is the same in both.
    """
    left, stroke, right = text.partition(" / ")
    if not stroke or not any("\u3400" <= c <= "\u9fff" for c in left):
        return text
    if lang == "en":
        return right
    for mark in ("：", ": "):
        if mark in left:
            return left
    _, colon, rest = right.partition(": ")
    if colon:
        return f"{left}：{rest}"
    quoted = right[right.find("“"):right.rfind("”") + 1] if "“" in right and "”" in right else ""
    return left + quoted if quoted and quoted not in left else left


class UnusableInput(Exception):
    """An input or a call that cannot be used. The command line prints it as one line and exits with status 2.

    place: the file (and, where known, the page, line or key) that is at fault.
    what: what is wrong with it, remedy: what the user can do about it; both as `中文 / English`.
    """

    def __init__(self, place: object, what: str, remedy: str) -> None:
        self.place, self.what, self.remedy = str(place), what, remedy
        super().__init__(" ".join(f"{self.place}: {what}; {remedy}".split()))

    def text(self, lang: str = "zh") -> str:
        """The whole of it on one line in one language ("zh" or "en")."""
        if lang == "zh":
            return " ".join(f"{self.place}：{half(self.what, lang)}；{half(self.remedy, lang)}".split())
        return " ".join(f"{self.place}: {half(self.what, lang)}; {half(self.remedy, lang)}".split())
