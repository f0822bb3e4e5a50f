"""Work beside the main thread, with bounded queues and errors that come through."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from types import FrameType
from typing import Generic, Self, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class _End:
    """Nothing comes any more; error: why, when it broke off."""

    error: BaseException | None = None


def ahead(items: Iterable[Item], size: int) -> Generator[Item]:
    """Yield `items`, fetched up to `size` ahead in a thread of their own.

    An error in them is raised here, after the items before it. Whoever leaves early closes the
    generator; the thread has ended then.
    """
    queue: Queue[Item | _End] = Queue(size)
    stop = threading.Event()

    def fetch() -> None:
        end = _End()
        try:
            for item in items:
                queue.put(item)
                if stop.is_set():
                    break
        except BaseException as error:  # noqa: BLE001 - raised where the items are read
            end = _End(error)
        queue.put(end)

    thread = threading.Thread(target=fetch, name="ahead", daemon=True)
    thread.start()
    try:
        while not isinstance(item := queue.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stop.set()
        while thread.is_alive():  # it may be waiting for room
            with suppress(Empty):
                queue.get(timeout=0.01)


class Beside(Generic[Item]):
    """Hands items to `work`, one after the other, in a thread of its own.

    Use it as a context manager: leaving it waits until all is done. An error of `work` is raised
    at the next `put`, or when leaving.
    """

    def __init__(self, work: Callable[[Item], None], size: int) -> None:
        self._work = work
        self._queue: Queue[Item | _End] = Queue(size)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="beside", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._queue.put(_End())
        self._thread.join()
        if self._error is not None and kind is None:
            raise self._error

    def put(self, item: Item) -> None:
        """Hand over an item; waits while `size` of them are not done yet."""
        if self._error is not None:
            raise self._error
        self._queue.put(item)

    def _run(self) -> None:
        while not isinstance(item := self._queue.get(), _End):
            if self._error is None:  # else only make room, so that nobody waits
                try:
                    self._work(item)
                except BaseException as error:  # noqa: BLE001 - raised where the items are put
                    self._error = error


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Let the first Ctrl-C set an event, so that the work can end where it is whole.

    The second one interrupts as usual. Outside the main thread Ctrl-C does not arrive anyway.
    """
    interrupted = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = signal.getsignal(signal.SIGINT)

    def note(_number: int, _frame: FrameType | None) -> None:
        interrupted.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
