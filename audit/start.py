"""The program `fuhe`: its help is shown from a text, before anything else is imported; all else is audit.cli's."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as typing's, which is not worth its import here
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status of audit.cli.main."""
    args = list(sys.argv[1:] if argv is None else argv)
    if args in (["--help"], ["-h"]) and not settled(os.getcwd()):
        streams()
        with open(os.path.join(os.path.dirname(__file__), "messages", "zh", "help.txt"), encoding="utf8") as text:
            sys.stdout.write(text.read())
        return 0
    import gc

    gc.set_threshold(1_000_000, 50, 1000)  # a report is read once and its process ends: looking for what can be freed costs a twentieth of it
    from audit.cli import main as whole

    return whole(args)


def program() -> None:
    """The command as a process of its own. It ends when its work is done: what Python would first take apart, a report's hundred thousand
    objects, takes as long as to read some pages."""
    status = main()
    threads, children = sys.modules.get("threading"), sys.modules.get("multiprocessing.process")
    if (threads is None or threads.active_count() == 1) and not (children is not None and children.active_children()):
        import atexit

        atexit._run_exitfuncs()
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:  # the usual end says what there is to say
            pass
        else:
            os._exit(status)
    sys.exit(status)


def settled(folder: str) -> bool:
    """Whether a project's settings may hold in a folder: they may name another language."""
    while True:
        if os.path.exists(os.path.join(folder, "fuhe.toml")):
            return True
        try:
            with open(os.path.join(folder, "pyproject.toml"), "rb") as project:
                if b"tool.fuhe" in project.read():
                    return True
        except OSError:
            pass
        above = os.path.dirname(folder)
        if above == folder:
            return False
        folder = above


def streams() -> None:
    """A file or a pipe gets UTF-8. A console, and a stream whose encoding was asked for, keep their own; what it cannot show becomes
    a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            asked = os.environ.get("PYTHONIOENCODING", "")
            if not stream.isatty() and not asked:
                stream.reconfigure(encoding="utf-8", errors="replace")
            elif ":" not in asked:  # a way with what cannot be shown that was asked for stays
                stream.reconfigure(errors="replace")


if __name__ == "__main__":
    program()
