"""The fuzz itself tells what breaks from what is told, and makes the same inputs again."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.hostile.outcome import Outcome, _judged
from tests.hostile.texts import SESSIONS, sessions
from tests.hostile.values import mutated_bytes


@pytest.mark.parametrize(
    ("status", "told", "took_s", "outcome"),
    [
        (0, "", 1.0, Outcome.CLEAN),
        (2, "Error: no such file\n", 1.0, Outcome.ONE_LINE),
        (2, "Error: two\nlines\n", 1.0, Outcome.TRACEBACK),
        (2, "", 1.0, Outcome.TRACEBACK),
        (1, "Error: something unforeseen happened\n", 1.0, Outcome.TRACEBACK),
        (-1, "Traceback (most recent call last):\n", 1.0, Outcome.TRACEBACK),
        (0, "", 61.0, Outcome.HANG),
    ],
)
def test_what_counts_as_broken(
    status: int, told: str, took_s: float, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.hostile.outcome.MOST_BYTES", 1 << 60)  # the tests' own memory
    assert _judged(status, told, took_s)[0] == outcome


def test_a_seed_makes_the_same_inputs_again(tmp_path: Path) -> None:
    data = bytes(range(256))
    assert mutated_bytes(data, Random(3)) == mutated_bytes(data, Random(3))
    assert mutated_bytes(data, Random(3)) != mutated_bytes(data, Random(4))
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        assert len([*sessions(folder, Random(5))]) == SESSIONS
    assert (one / "17" / "session.json").read_bytes() == (two / "17" / "session.json").read_bytes()
