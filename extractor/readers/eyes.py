"""Pages recognised side by side: a process a core, each with the recogniser on one thread, fed a page at a time so that few images are in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
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
    if len(numbers) >= FEW and workers > 1:
        from concurrent.futures.process import BrokenProcessPool  # takes a third of the time in which a page of text is read

        try:
            for done, found in enumerate(_side_by_side(numbers, pages, image, by, workers), 1):
                yield numbers[done - 1], found
        except BrokenProcessPool:
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


def _side_by_side(numbers: Sequence[int], pages: Sequence[PageInk], image: Callable[[int], Any], by: Recognise,
                  workers: int) -> Iterator[PageInk | Exception]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    kind = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    waiting: deque[Future[PageInk] | Exception] = deque()
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(kind), initializer=_alone) as pool:
        try:
            for n in numbers:
                try:
                    waiting.append(pool.submit(by, image(n), pages[n - 1]))
                except BrokenProcessPool:
                    raise
                except Exception as e:  # an image that cannot be drawn
                    waiting.append(e)
                if len(waiting) >= workers + _AHEAD:
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _result(found: Future[PageInk] | Exception) -> PageInk | Exception:
    from concurrent.futures.process import BrokenProcessPool

    if isinstance(found, Exception):
        return found
    try:
        return found.result()
    except BrokenProcessPool:
        raise
    except Exception as e:
        return e


def _alone() -> None:
    """One thread in each process: the cores are taken by the others."""
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        import cv2

        from extractor.readers import scan
    except ImportError:
        return
    cv2.setNumThreads(1)
    scan.THREADS = 1
