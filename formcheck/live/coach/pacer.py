"""The tempo: a mark that goes up, waits and comes down, a quiet tick each second, and drift."""

from __future__ import annotations

import math
from dataclasses import dataclass

from formcheck.programmes.plan import Tempo
from formcheck.results import Rep

BREATH_S = 1.0
"""Rest between two repetitions."""
WAIT_S = 2.0
"""The mark waits at the bottom this long for somebody who has not come down yet."""
DRIFT_S = 0.8
DRIFT_SHARE = 0.35
"""A phase drifts when it is off by both: a second counted in the head is off by a fifth."""


@dataclass(frozen=True)
class Beat:
    """Where the mark stands, 0 (rest) to 1 (target), and whether this frame ticks."""

    level: float
    tick: bool


class Pacer:
    """Runs the tempo from `start` on, waiting for the person between repetitions."""

    def __init__(self, tempo: Tempo) -> None:
        self._tempo = tempo
        self._length_s = tempo.up_s + tempo.hold_s + tempo.down_s + BREATH_S
        self._begun_s = math.inf
        self._ticked = -1

    def start(self, t_s: float) -> None:
        """Begin a repetition now."""
        self._begun_s, self._ticked = t_s, -1

    def update(self, t_s: float, *, resting: bool) -> Beat:
        """Take one frame. resting: the person is at rest, ready for the next repetition."""
        passed = t_s - self._begun_s
        over_s = passed - self._length_s
        if over_s >= 0 and (resting or over_s >= WAIT_S):
            self.start(t_s)
            passed = 0.0
        second = math.floor(min(passed, self._length_s - 0.01))
        tick = second > self._ticked
        self._ticked = max(second, self._ticked)
        return Beat(self._level(passed), tick)

    def _level(self, passed: float) -> float:
        tempo = self._tempo
        if passed < tempo.up_s:
            return max(0.0, passed / tempo.up_s)
        falling = passed - tempo.up_s - tempo.hold_s
        return 1.0 if falling < 0 else max(0.0, 1 - falling / tempo.down_s)


def drift(tempo: Tempo, rep: Rep) -> str | None:
    """The coach's sentence for the phase that is furthest off the tempo, or None."""
    phases = {
        "up": (rep.up_s, tempo.up_s),
        "hold": (rep.hold_s, tempo.hold_s),
        "down": (rep.down_s, tempo.down_s),
    }
    off = {name: took - wanted for name, (took, wanted) in phases.items()}
    drifted = [
        name
        for name, (_, wanted) in phases.items()
        if abs(off[name]) > max(DRIFT_S, DRIFT_SHARE * wanted)
    ]
    if not drifted:
        return None
    worst = max(drifted, key=lambda name: abs(off[name]))
    return f"pace_{worst}_{'slower' if off[worst] < 0 else 'faster'}"
