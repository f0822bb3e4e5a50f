"""Stretches that are held: a clock that runs only while the posture is right, and says why not.

While the person is in position the frames are kept; the hold is measured from them in one pure
function, on every frame, so that the clock on the screen and the figure in the report agree.
"""

from __future__ import annotations

from collections.abc import Mapping

from formcheck.engine.hold_measuring import LEAST_S, RawHold, measure_hold, still_s
from formcheck.exercises.card import Exercise, Holds
from formcheck.motion.frame_table import Rows
from formcheck.results import Seen

LEAVE_S = 1.0
"""A stretch that was held for the prescribed time has ended when it was left for this long."""
LEAST_WRONG_S = 3.0
"""A hold too short to count does when it was tried this long in a wrong posture."""
LEAST_STILL_S = 1.5
"""Less time without going deeper or back is a lunge (measured: see samples)."""


class HoldTracker:
    """One exercise's holds, from signals to `RawHold`s, for one side at a time.

    clock_s: what may be shown of the running hold; it stands still or goes on, and never back.
    done_s: time from which on a hold is complete. waits: whether one that was let go of before
    that may still go on.
    """

    def __init__(self, exercise: Exercise, holds: Holds, done_s: float = 0.0) -> None:
        self._exercise = exercise
        self._holds = holds
        self._done_s = done_s
        self._clear()

    def _clear(self) -> None:
        self._rows = Rows(tuple(self._exercise.signals))
        self._seen: Seen | None = None
        self._left_s: float | None = None
        self.running: RawHold | None = None
        self.clock_s = 0.0
        self.waits = False

    def reset(self) -> RawHold | None:
        """Close the present stay (cut, change of side, end); give its hold if there was one."""
        hold = self.running
        counts = hold is not None and self._counts(hold)
        self._clear()
        return hold if counts else None

    def _counts(self, hold: RawHold) -> bool:
        """Whether it was held long enough, and not a lunge that goes up and down."""
        if hold.held_s < LEAST_S and hold.end_s - hold.start_s < LEAST_WRONG_S:
            return False
        t_s, driver = self._rows.t_s, self._rows[self._holds.driver]
        inside = (t_s >= hold.start_s) & (t_s <= hold.end_s)
        return still_s(t_s[inside], driver[inside], self._holds.still) >= LEAST_STILL_S

    def unseen(self, t_s: float) -> RawHold | None:
        """Take one frame that did not show the body."""
        return self._left(t_s)

    def update(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> RawHold | None:
        """Take one frame; not `ready`: seen, but not in the stretch's position."""
        t_s = seen.t_s
        # What is told from the whole stay is told from how it is left, too.
        if ready or (self._seen is not None and self._holds.over_stay.names):
            self._seen = seen
            self._rows.append(t_s, values)
            self.running = measure_hold(self._holds, seen, self._rows)
        if not ready:
            return self._left(t_s)
        hold = self.running
        if hold is not None:
            self.clock_s = max(self.clock_s, hold.clock_s)
        if hold is None or not hold.left:
            self._left_s, self.waits = None, False
            return None
        ended = self._left(t_s)
        self.waits = self._left_s is not None and t_s - self._left_s >= LEAVE_S
        return ended

    def _left(self, t_s: float) -> RawHold | None:
        if self._seen is None:
            return None
        if self._left_s is None:
            self._left_s = t_s
        done = self.running is not None and self.running.held_s >= self._done_s
        leave_s = LEAVE_S if done else self._holds.leave_s
        return self.reset() if t_s - self._left_s >= leave_s else None
