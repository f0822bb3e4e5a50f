"""One way after the other: which make a repetition, and what is measured of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import fmean, median

from formcheck.engine.cycles.direction_order import OrderReader, Told
from formcheck.engine.cycles.one_foot import Way
from formcheck.engine.reps import RawRep
from formcheck.exercises.card import Exercise
from formcheck.exercises.directions import DIRECTION_S, LEGS, RANGE_SHARE, Cycles, Direction, Pair
from formcheck.pose.side_view import View

LONGEST_PAUSE_S = 4.0
"""Between two directions of one repetition; two to three seconds are common."""
ALONE_SHARE = 0.6
"""A single way counts from this share of the person's usual range (measured: turning in shows as
0.3 to 0.5 of the usual way up or down)."""


@dataclass(frozen=True)
class RawCycle(RawRep):
    """A repetition made of several ways."""

    ways: tuple[Way, ...] = ()

    @property
    def tempo(self) -> tuple[float, float, float]:
        """Mean seconds out, held and back of one way."""
        tempos = [way.raw.tempo for way in self.ways]
        up, hold, down = (fmean(column) for column in zip(*tempos, strict=True))
        return up, hold, down

    @property
    def peak_s(self) -> float:
        """When the way that went farthest was at its end."""
        return max(self.ways, key=lambda way: way.share).raw.peak_s


class Course:
    """Takes ways in the order of time and gives repetitions."""

    def __init__(self, exercise: Exercise, counts: Cycles) -> None:
        self._counts = counts
        self._views = {measure.name: measure.views for measure in exercise.measures}
        self._pairs: tuple[Pair, ...] = ()
        self._reader: OrderReader | None = None
        self._last: Way | None = None
        self._shares: dict[Direction | None, list[float]] = {}

    def take(self, way: Way) -> list[RawRep]:
        """Take the next way; give the repetitions that are over."""
        done: list[RawRep] = []
        pairs = self._counts.pairs_in(way.raw.view)
        if self._reader is None or pairs != self._pairs:
            done, self._pairs, self._reader = self.close(), pairs, OrderReader(pairs)
        elif self._last is not None and self._apart(self._last, way):
            self._reader.pause()
        self._reader.take(way)
        self._last = way
        return [*done, *self._counted(self._reader.over())]

    def _apart(self, last: Way, way: Way) -> bool:
        """Whether a repetition cannot have both: by foot, or after a pause."""
        other_foot = {last.raw.side, way.raw.side} == set(LEGS)
        return other_foot or way.start_s - last.end_s > LONGEST_PAUSE_S

    def close(self) -> list[RawRep]:
        """End the repetition that is open."""
        return self._counted(self._reader.rest()) if self._reader else []

    def _counted(self, over: Iterable[Told]) -> list[RawRep]:
        done = []
        for told in over:
            if len(told.ways) > 1 or self._alone(told.ways[0]):
                for way in told.ways if told.judged else ():
                    self._shares.setdefault(way.direction, []).append(way.share)
                done.append(self._repetition(told))
        return done

    def _alone(self, way: Way) -> bool:
        """Whether it is a repetition that lacks a direction, and no trace of another direction.

        Aslant, such traces are as large as the real thing.
        """
        usual = self._shares.get(way.direction)
        if usual is None or way.raw.view is View.OBLIQUE:
            return False
        return way.share > ALONE_SHARE * median(usual)

    def _repetition(self, told: Told) -> RawRep:
        ways = told.ways
        first, last = ways[0].raw, ways[-1].raw
        share = fmean(way.share for way in ways)
        pulse = replace(first.pulse, top_end_s=last.pulse.top_end_s, end_s=last.pulse.end_s)
        return RawCycle(
            side=Counter(way.raw.side for way in ways).most_common(1)[0][0],
            view=last.view,
            pulse=replace(pulse, rest=0.0, top=share, fit=min(w.raw.pulse.fit for w in ways)),
            measures={
                **self._directions(told, last.view),
                **{name: value for way in ways for name, value in way.raw.measures.items()},
                RANGE_SHARE: share,
                DIRECTION_S: fmean(way.end_s - way.start_s for way in ways),
            },
            confidence=min(way.raw.confidence for way in ways),
            ways=ways,
        )

    def _directions(self, told: Told, view: View) -> dict[str, float]:
        """The share of every direction that the view shows, 0 of those that were left out."""
        found = {}
        for direction in told.judged:
            if view in direction.views:
                share = sum(way.share for way in told.ways if way.direction is direction)
                found[direction.share_name] = share / max(self._shares.get(direction, [1.0]))
                if view in self._views[direction.range_name]:
                    found[direction.range_name] = 0.0
        return found
