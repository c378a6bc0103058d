"""Pages recognised side by side: a process a core, each with the recogniser on one thread, fed a page at a time so that few images are in memory."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from extractor.readers.ink import PageInk

if TYPE_CHECKING:
    from concurrent.futures import Future

# How many processes may recognise pages; None for one per core. Who reads many reports side by side sets 1.
WORKERS: ContextVar[int | None] = ContextVar("WORKERS", default=None)
FEW = 4  # pages that are not worth the start of another process
_EACH = 1200 << 20  # bytes that a process with the recogniser takes
_AHEAD = 1  # images that wait while all processes are busy

Recognise = Callable[[Any, PageInk], PageInk]


def recognise(image: Any, page: PageInk) -> PageInk:
    """The page with what its image says."""
    from extractor.readers import scan

    scan.recognise(image, page)
    return page


def look(numbers: Sequence[int], pages: Sequence[PageInk], image: Callable[[int], Any], by: Recognise = recognise) -> Iterator[tuple[int, PageInk | Exception]]:
    """Each page of the given numbers with what its image says, or the fault that it met; in their order.

    image(number) gives the pixels. A process that dies (for want of memory, say) leaves its pages to this one.
    """
    workers = min(workers_allowed(), len(numbers) // (FEW // 2))
    done = 0
    if len(numbers) >= FEW and workers > 1 and sys.executable and not getattr(sys, "frozen", False):
        try:
            for done, found in enumerate(_side_by_side(numbers, pages, image, by, workers), 1):
                yield numbers[done - 1], found
        except _Died:
            pass
    for n in numbers[done:]:
        try:
            yield n, by(image(n), pages[n - 1])
        except Exception as e:
            yield n, e


def workers_allowed() -> int:
    """One process a core, as far as the free memory reaches."""
    asked = WORKERS.get()
    if asked is not None:
        return asked
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        free = 4 * _EACH
    return max(1, min(os.cpu_count() or 1, free // _EACH))


class _Died(Exception):
    """A process that recognises pages ended before it answered."""


def _side_by_side(numbers: Sequence[int], pages: Sequence[PageInk], image: Callable[[int], Any], by: Recognise,
                  workers: int) -> Iterator[PageInk | Exception]:
    from concurrent.futures import ThreadPoolExecutor
    from queue import SimpleQueue

    idle: SimpleQueue[_Eye] = SimpleQueue()
    eyes = [_Eye() for _ in range(workers)]
    for eye in eyes:
        idle.put(eye)

    def ask(*question: Any) -> PageInk | Exception:
        eye = idle.get()
        try:
            return eye.ask(question)
        finally:
            idle.put(eye)

    waiting: deque[Future[PageInk | Exception] | Exception] = deque()
    pool = ThreadPoolExecutor(workers)
    try:
        for n in numbers:
            try:
                waiting.append(pool.submit(ask, by, image(n), pages[n - 1]))
            except Exception as e:  # an image that cannot be drawn
                waiting.append(e)
            if len(waiting) >= workers + _AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        for eye in eyes:
            eye.close()
        pool.shutdown(wait=True, cancel_futures=True)


def _result(found: Future[PageInk | Exception] | Exception) -> PageInk | Exception:
    return found if isinstance(found, Exception) else found.result()


_PROGRAM = "import sys; sys.path[:] = {path!r}; from extractor.readers.eyes import serve; serve()"


class _Eye:
    """A process that recognises one page after another. It is a program of its own: those of `multiprocessing` run the caller's program
    once more, which a script without `if __name__ == "__main__"` does not expect of a call that reads a file."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", _PROGRAM.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         env=os.environ | {"OMP_NUM_THREADS": "1"})

    def ask(self, question: Any) -> PageInk | Exception:
        """What it answers to (how to recognise, image, page). Raises _Died."""
        assert self._process.stdin is not None and self._process.stdout is not None
        try:
            pickle.dump(question, self._process.stdin, protocol=5)
            self._process.stdin.flush()
            found: PageInk | Exception = pickle.load(self._process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as e:
            raise _Died from e
        return found

    def close(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def serve() -> None:
    """The program of such a process: questions from standard input, answers to standard output, until there are no more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a recogniser prints is no answer
    questions = os.fdopen(os.dup(0), "rb")
    _alone()
    while True:
        try:
            by, image, page = pickle.load(questions)
        except EOFError:
            return
        found: PageInk | Exception
        try:
            found = by(image, page)
        except Exception as e:
            found = e
        try:
            said = pickle.dumps(found, protocol=5)
        except Exception:  # a fault that is none of plain values
            said = pickle.dumps(RuntimeError(str(found)), protocol=5)
        answers.write(said)
        answers.flush()


def _alone() -> None:
    """One thread in each process: the cores are taken by the others."""
    try:
        import cv2

        from extractor.readers import scan
    except ImportError:
        return
    cv2.setNumThreads(1)
    scan.THREADS = 1
