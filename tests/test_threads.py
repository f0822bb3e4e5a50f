"""Work beside the main thread keeps its order, its bounds and its errors."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from formcheck.system.threads import Beside, ahead, interruptible


def counting(taken: list[int], until: int) -> Iterator[int]:
    for i in range(until):
        taken.append(i)
        yield i


def threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_ahead_keeps_the_order() -> None:
    assert list(ahead(range(500), 3)) == list(range(500))
    assert "ahead" not in threads()


def test_ahead_does_not_run_away() -> None:
    taken: list[int] = []
    with closing(ahead(counting(taken, 1000), 3)) as items:
        assert next(items) == 0
        time.sleep(0.1)
        assert len(taken) <= 6
    assert "ahead" not in threads()


def test_ahead_raises_an_error_after_what_came_before_it() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise ZeroDivisionError

    items = ahead(broken(), 5)
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(ZeroDivisionError):
        next(items)


def test_beside_does_all_in_order_before_it_is_left() -> None:
    done: list[int] = []

    def slowly(item: int) -> None:
        time.sleep(0.001)
        done.append(item)

    with Beside(slowly, 3) as beside:
        for i in range(50):
            beside.put(i)
    assert done == list(range(50))
    assert "beside" not in threads()


def fail(item: int) -> None:
    raise ZeroDivisionError(item)


def put_many(items: int) -> None:
    with Beside(fail, 2) as beside:
        for i in range(items):
            beside.put(i)
            time.sleep(0.001)


@pytest.mark.parametrize("items", [1, 100])
def test_beside_raises_at_the_next_item_or_at_the_end(items: int) -> None:
    with pytest.raises(ZeroDivisionError, match=r"^0$"):
        put_many(items)
    assert "beside" not in threads()


def test_an_error_of_the_caller_goes_first() -> None:
    def leave() -> None:
        with Beside(fail, 2) as beside:
            beside.put(1)
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    assert "beside" not in threads()


def test_the_first_interrupt_is_noted_and_the_second_interrupts() -> None:
    with interruptible() as interrupted:
        assert not interrupted.is_set()
        signal.raise_signal(signal.SIGINT)
        assert interrupted.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_outside_the_main_thread_interrupts_are_left_alone() -> None:
    seen = []

    def work() -> None:
        with interruptible() as interrupted:
            seen.append(interrupted.is_set())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
