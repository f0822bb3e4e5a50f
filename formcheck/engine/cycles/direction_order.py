"""Which way a foot went, told by the order of the ways: some camera places do not show one alone.

A hidden Markov model of a set. The order is prescribed, so what a way looks like need only fit its
place in it; and whatever it looks like with this person, it looks the same in every repetition.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, permutations, product, takewhile
from statistics import fmean

import numpy as np

from formcheck.engine.cycles.one_foot import Way
from formcheck.exercises.directions import Direction, Pair
from formcheck.pose.pose import Array

SMALL = 0.04
"""In the signals' unit: movements are compared evenly below it, by their ratio above."""
PEOPLE_SD, OWN_SD = 1.1, 0.4
"""How much a direction differs between people, and between repetitions of one person, after that
(measured: see samples)."""
LEFT_OUT, OTHER_ORDER, ONE_PAIR = -2.5, -1.5, -0.7
"""Logarithms of odds: of a direction left out; of each pair, or the pairs, gone the other way
round; of a set of one pair alone. Chosen so that one clear movement outweighs each of them."""
PLAUSIBLE = 3.0
"""A reading of the set is believed while it is less likely than the best by no more than this
logarithm: one in twenty."""
ROOM = 0.5
"""A direction is said to be left out where the time between its neighbours is shorter than this
share of one way: where it is longer, a small movement may have been there unseen."""
READINGS = 60
"""How many are followed at a time."""

Order = tuple[Direction, ...]


@dataclass(frozen=True)
class Reading:
    """One reading of a set: the direction of every way, and how likely that is.

    log_p: logarithm of its likelihood. begins: at which ways a repetition begins. at: place in the
    order of the last; -1: a repetition must begin. seen: how often each direction was gone, and its
    mean look.
    """

    order: Order
    log_p: float
    path: tuple[Direction, ...] = ()
    begins: tuple[int, ...] = ()
    at: int = -1
    seen: Mapping[Direction, tuple[int, Array]] = field(default_factory=dict)

    def repetitions(self) -> list[tuple[int, int]]:
        """Where among the ways each repetition begins and ends."""
        return [*pairwise((*self.begins, len(self.path)))]

    @property
    def over(self) -> int:
        """How many repetitions have ended."""
        going_on = 0 <= self.at < len(self.order) - 1
        return len(self.begins) - going_on

    def paused(self) -> Reading:
        """The next way begins a repetition."""
        return replace(self, at=-1)

    def followed_by(self, way: Way) -> Iterator[Reading]:
        """Every reading of the next way: the next direction, or one after others left out."""
        look = np.arcsinh(np.array(way.moved) / SMALL)
        for place, direction in enumerate(self.order):
            if way.direction not in (None, direction):
                continue
            begins = place <= self.at or self.at < 0
            left_out = (place - self.at - 1) % len(self.order) if self.at >= 0 else place
            times, mean = self.seen.get(direction, (0, look))
            alike = 0.0 if way.direction else _log_likelihood(look, direction, times, mean)
            yield Reading(
                self.order,
                self.log_p + LEFT_OUT * left_out + alike,
                (*self.path, direction),
                (*self.begins, len(self.path)) if begins else self.begins,
                place,
                {**self.seen, direction: (times + 1, (times * mean + look) / (times + 1))},
            )


def _log_likelihood(look: Array, direction: Direction, times: int, mean: Array) -> float:
    """Of a look (k,), but for a constant: normal round the person's own, which is round people's.

    times, mean: how often the person's own was seen, and how it looked (k,).
    """
    typical = np.arcsinh(np.array(direction.typical) / SMALL)
    trust, own = PEOPLE_SD**-2, times * OWN_SD**-2
    expected = (trust * typical + own * mean) / (trust + own)
    variance = OWN_SD**2 + 1 / (trust + own)
    return float(-np.sum((look - expected) ** 2) / variance - len(look) * math.log(variance)) / 2


def orders(pairs: tuple[Pair, ...]) -> Iterator[tuple[Order, float]]:
    """Every order that a set may have, with the logarithm of its odds."""
    for gone in dict.fromkeys((pairs, *((pair,) for pair in pairs))):
        alone = ONE_PAIR * (len(gone) < len(pairs))
        for arranged in permutations(gone):
            for turned in product((False, True), repeat=len(gone)):
                odds = OTHER_ORDER * (sum(turned) + (arranged != gone))
                ways = (p[::-1] if back else p for p, back in zip(arranged, turned, strict=True))
                yield tuple(way for pair in ways for way in pair), alone + odds


@dataclass(frozen=True)
class Told:
    """A repetition that is over. judged: directions that it has, and those that it surely lacks."""

    ways: tuple[Way, ...]
    judged: Order


class OrderReader:
    """Takes the ways of a set one by one and keeps its likeliest readings."""

    def __init__(self, pairs: tuple[Pair, ...]) -> None:
        self._readings = [Reading(order, log_p) for order, log_p in orders(pairs)]
        self._ways: list[Way] = []
        self._given = 0

    def pause(self) -> None:
        """The next way begins a repetition."""
        self._readings = [reading.paused() for reading in self._readings]

    def take(self, way: Way) -> None:
        """Take the next way."""
        self._ways.append(way)
        found = [after for reading in self._readings for after in reading.followed_by(way)]
        self._readings = sorted(found, key=lambda reading: -reading.log_p)[:READINGS]

    def over(self) -> Iterator[Told]:
        """Each repetition that is over, and the same one in every likely reading, once."""
        parts = [reading.repetitions()[: reading.over] for reading in self._likely]
        agreed = takewhile(lambda part: len(set(part)) == 1, zip(*parts, strict=False))
        yield from self._give(len(list(agreed)))

    def rest(self) -> Iterator[Told]:
        """Each repetition that was not given yet, in the likeliest reading; a pause follows."""
        self.pause()
        yield from self._give(self._readings[0].over)

    @property
    def _likely(self) -> list[Reading]:
        """The likeliest first."""
        best = self._readings[0].log_p
        return [reading for reading in self._readings if best - reading.log_p <= PLAUSIBLE]

    def _give(self, over: int) -> Iterator[Told]:
        best, *others = self._likely
        for begin, end in best.repetitions()[self._given : over]:
            path = best.path[begin:end]
            ways = zip(self._ways[begin:end], path, strict=True)
            told = all(other.path[begin:end] == path for other in others)
            missing = (way for way in best.order if way not in path)
            lacks = {way for way in missing if told and self._left_out(way, best, begin, end)}
            judged = (way for way in best.order if told and (way in path or way in lacks))
            named = (replace(way, direction=direction) for way, direction in ways)
            yield Told(tuple(named), tuple(judged))
        self._given = max(self._given, over)

    def _left_out(self, direction: Direction, reading: Reading, begin: int, end: int) -> bool:
        """Whether a direction was not gone, rather than not seen: there was no time for it."""
        if self._ways[begin].direction is not None:
            return True  # its gauge would have told it
        place = reading.order.index(direction)
        earlier = [reading.order.index(way) < place for way in reading.path[begin:end]]
        split = begin + sum(earlier)
        if split == 0 or split == len(self._ways):
            return False
        ways = self._ways[begin:end]
        usual_s = fmean(way.end_s - way.start_s for way in ways)
        return self._ways[split].start_s - self._ways[split - 1].end_s < ROOM * usual_s
