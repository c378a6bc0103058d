"""The one exception that a caller of fuhe has to expect."""

from __future__ import annotations


class UnusableInput(Exception):
    """An input or a call that cannot be used. The command line prints it as one line and exits with status 2.

    place: the file (and, where known, the page, line or key) that is at fault.
    what: what is wrong with it.
    remedy: what the user can do about it.
    """

    def __init__(self, place: object, what: str, remedy: str) -> None:
        self.place, self.what, self.remedy = str(place), what, remedy
        super().__init__(" ".join(f"{self.place}: {what}; {remedy}".split()))
