"""Toes in front of the live coach: counted by what moves at the feet, and recognised by it."""

from __future__ import annotations

import pytest

from formcheck.live.coach.stages import Command
from formcheck.live.coach.watcher import WatchingSession
from formcheck.programmes.plan import Dose
from formcheck.words import load
from tests.marks import SLOW
from tests.test_traces import SAMPLES, with_feet

BRIGHT = 120.0


@pytest.mark.parametrize(
    ("clip", "exercise", "count"),
    [
        pytest.param("toe_lift_side_a", "toe-lift", 4, marks=SLOW),
        ("scrunch_arch_a", "towel-scrunch", 5),
    ],
)
def test_toes_are_recognised_and_counted_from_the_first_on(
    clip: str, exercise: str, count: int
) -> None:
    session = WatchingSession(load("en"), lambda name: Dose(name, sets=1, tempo="off"))
    for sighting in with_feet(SAMPLES / "traces" / f"{clip}.full.npz"):
        session.update(sighting, BRIGHT)
    session.command(Command.QUIT)
    assert [(r.bout.exercise.name, len(r.reps)) for r in session.records] == [(exercise, count)]
