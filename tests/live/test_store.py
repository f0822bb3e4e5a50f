"""What was done stays done: a full disk, a torn line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from formcheck.errors import OutputError
from formcheck.live.store import Store, read
from formcheck.pose.side_view import Side
from formcheck.programmes.plan import Dose, bouts
from formcheck.results import Rep

resource = pytest.importorskip("resource", reason="how a full disk is played, on Unix")
(BOUT,) = bouts([Dose("heel-raise", sets=1)])


def rep(number: int) -> Rep:
    return Rep(number, Side.BOTH, 0, 1, 2, 1, 0, 1, {"rise_shank": 0.2}, 1, 1, ("shallow",), 0.9)


def numbers(path: Path) -> list[int]:
    return [entry["number"] for entry in read(path) if entry["type"] == "rep"]


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The disk is full beyond `size` bytes of a file: writing stops there, in mid-line."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_each_repetition_is_on_the_disk_before_the_next(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "session.jsonl"
    with Store(path, {"camera": "0"}) as store:
        for number in (1, 2, 3):
            store.add(BOUT, rep(number))
            assert numbers(path) == list(range(1, number + 1))
    first = next(iter(read(path)))
    assert (first["type"], first["schema"], first["camera"]) == ("session", 1, "0")


def test_a_full_disk_loses_nothing_once_there_is_room(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    with Store(path, {}) as store:
        store.add(BOUT, rep(1))
        with no_file_larger_than(path.stat().st_size + 50):
            store.add(BOUT, rep(2))
            store.add(BOUT, rep(3))
            assert store.warning is not None
            assert "2 results are not saved yet; make room on the disk" in store.warning
            assert numbers(path) == [1]  # and the torn line does no harm
        store.add(BOUT, rep(4))
        assert store.warning is None
    assert numbers(path) == [1, 2, 3, 4]


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "session.jsonl"
    with Store(path, {}) as store:
        store.add(BOUT, rep(1))
    with path.open("ab") as file:
        file.write(b'{"type": "rep", "numb')
    assert numbers(path) == [1]


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="choose another folder with --out"):
        Store(tmp_path / "file" / "session.jsonl", {})
