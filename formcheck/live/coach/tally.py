"""What is counted in one set, and what there is to say of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from formcheck.live.coach.pacer import drift
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.spans import Spans
from formcheck.programmes.plan import Bout
from formcheck.results import Hold, Rep, Snapshot
from formcheck.words import Words

FULL_SHARE = 0.95
"""Of the target, from which a clean repetition is praised."""
REMIND_LEFT_S = 10.0


class Tally(Protocol):
    """Takes the frames of one set, of which only those in open `spans` count.

    new: what ended with the last frame and counts (or, of holds, was too short to).
    """

    spans: Spans
    count: int
    new: tuple[Rep | Hold, ...]

    def update(self, snapshot: Snapshot) -> list[Line]:
        """Take one frame; give what there is to say."""

    def join(self, done: Sequence[Rep | Hold]) -> None:
        """Take what had been done before the set was known to be under way."""


def tally_of(bout: Bout, words: Words) -> Tally:
    """The tally of what the set's card counts."""
    return HoldTally(bout, words) if bout.is_hold else RepTally(bout, words)


class RepTally:
    """Repetitions: each is counted aloud, and the worst of its faults is told."""

    def __init__(self, bout: Bout, words: Words) -> None:
        self._bout = bout
        self._words = words
        self.spans = Spans()
        self.count = 0
        self.new: tuple[Rep | Hold, ...] = ()

    def update(self, snapshot: Snapshot) -> list[Line]:
        """Take one frame; give what there is to say."""
        ended = self.spans.reps(snapshot.new_reps)
        reps = [replace(rep, number=self.count + rep.number) for rep in ended]
        self.new = tuple(reps)
        self.count += len(reps)
        return [line for rep in reps for line in self._of_rep(rep, snapshot)]

    def join(self, done: Sequence[Rep | Hold]) -> None:
        """Take what had been done before the set was known to be under way."""
        self.new = self.spans.reps(rep for rep in done if isinstance(rep, Rep))
        self.count = len(self.new)

    def _of_rep(self, rep: Rep, snapshot: Snapshot) -> list[Line]:
        lines = [Line(LineKind.COUNT, str(rep.number))]
        if rep.faults and snapshot.cue:
            lines.append(Line(LineKind.FORM, self._words.card(snapshot.cue), snapshot.marked))
        off = drift(self._bout.tempo, rep) if self._bout.tempo else None
        if off:
            lines.append(Line(LineKind.PACE, self._words.say(off)))
        elif not rep.faults and rep.reached >= FULL_SHARE:
            lines.append(Line(LineKind.PRAISE, self._words.say("praise")))
        return lines


class HoldTally:
    """Holds: one counts when its clock reaches the prescribed time, and not before."""

    def __init__(self, bout: Bout, words: Words) -> None:
        self._goal_s = bout.hold_s or 0.0
        self._words = words
        self._last_s = 0.0
        self.spans = Spans()
        self.count = 0
        self.new: tuple[Rep | Hold, ...] = ()

    def update(self, snapshot: Snapshot) -> list[Line]:
        """Take one frame; give what there is to say."""
        ended = self.spans.holds(snapshot.new_holds)
        self.new = ended
        lines = [self._too_short(hold) for hold in ended if hold.held_s < self._goal_s]
        if not self.spans.is_open or snapshot.hold_s is None:
            self._last_s = 0.0
            return lines
        if snapshot.cue:
            lines.append(Line(LineKind.FORM, self._words.card(snapshot.cue), snapshot.marked))
        if self._passes(snapshot.hold_s, self._goal_s):
            self.count += 1
            done = self._words.say("hold_done", count=self.count)
            lines.append(Line(LineKind.COUNT, done, urgent=True))
        elif self._passes(snapshot.hold_s, self._goal_s - REMIND_LEFT_S):
            lines.append(
                Line(LineKind.INSTRUCTION, self._words.say("left", seconds=int(REMIND_LEFT_S)))
            )
        self._last_s = snapshot.hold_s
        return lines

    def join(self, done: Sequence[Rep | Hold]) -> None:
        """Take what had been done before the set was known to be under way."""
        self.new = ended = self.spans.holds(hold for hold in done if isinstance(hold, Hold))
        self.count = sum(hold.held_s >= self._goal_s for hold in ended)

    def _passes(self, held_s: float, mark_s: float) -> bool:
        return self._last_s < mark_s <= held_s

    def _too_short(self, hold: Hold) -> Line:
        held, goal = math.floor(hold.held_s), round(self._goal_s)
        return Line(LineKind.FORM, self._words.say("hold_again", held=held, goal=goal))
