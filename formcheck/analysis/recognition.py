"""Which exercise is being done: every card counts, and what each finds is its evidence.

A card counts nothing but its own exercise, so whatever it does count speaks for it, in good form
or bad. Where a near relation counts the same, each card says how typical it looks. Where two cards
claim the same time, the weaker claim speaks against the stronger. Who does one repetition may be
fidgeting; with each further one the doubt shrinks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from formcheck.analysis.counter import Counter, counter
from formcheck.close_up.flow import KeyPictures
from formcheck.engine.engine import DEFAULTS, Options
from formcheck.engine.part import Part
from formcheck.exercises.card import Exercise
from formcheck.pose.pose import Sighting
from formcheck.results import Hold, Rep, SessionResult, Snapshot

SURE = 0.65
"""An exercise is named from this certainty on: two repetitions, or a hold of six seconds."""
DOUBT = 0.45
"""Share of the doubt that a clean repetition leaves: 0.55 sure after one, 0.80 after two, 0.91
after three."""
SECONDS_PER_REP = 4.0
"""A hold of this length tells as much as a repetition."""
SHARED = 0.5
"""Claims are to the same time when they share this much of the later one: moving out of one thing
and into the next may touch both."""
ALIKE = 4.0
"""Repetitions of one exercise last alike, within this factor (measured: neighbours in the samples
3.7 at most, where ways of a foot flex are left out; a trial squat card without any posture took
1, 12 and 1 s of calf_side_a for squats)."""
SEVERAL = 2.0
"""A change to another exercise is believed from this evidence on, in repetitions."""


@dataclass(frozen=True)
class Claim:
    """What one card counted. weight: in repetitions that are clean and typical. held: not moved."""

    exercise: str
    start_s: float
    end_s: float
    weight: float
    held: bool = False


@dataclass(frozen=True)
class Recognised:
    """An exercise that was done from `start_s` to `end_s`, and how sure that is, 0..1."""

    exercise: str
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True)
class Done:
    """An exercise and the part of a recording that it was done in. confidence: None if named."""

    exercise: str
    part: Part
    confidence: float | None = None


class Recogniser:
    """Lets all cards count in the same sightings. `now` is the exercise done last, when sure.

    The engine of what was recognised has counted all along: nothing is looked at again.
    """

    def __init__(
        self,
        cards: Sequence[Exercise],
        options: Callable[[Exercise], Options] = lambda _card: DEFAULTS,
    ) -> None:
        self._cards = {card.name: card for card in cards}
        self._options = options
        self._keys = KeyPictures()
        self._engines = {card.name: self._engine(card) for card in cards}
        self._claims: list[Claim] = []
        self._running: list[Claim] = []
        self._ended: dict[str, list[Rep | Hold]] = {card.name: [] for card in cards}
        self.now: Recognised | None = None
        self.claimed_s = -math.inf
        """Time of the last frame in which anything was counted or held, seconds."""

    def update(self, sighting: Sighting) -> Mapping[str, Snapshot]:
        """Take one frame, in time order; give what each engine says of it."""
        found = {name: engine.update(sighting) for name, engine in self._engines.items()}
        snapshots = [(self._cards[name], snapshot) for name, snapshot in found.items()]
        before = self._running
        self._running = [c for card, s in snapshots if (c := _held(card, s)) is not None]
        ended = [c for card, s in snapshots for c in _claims(card, s.new_reps, s.new_holds)]
        for name, snapshot in found.items():
            self._ended[name] += (*snapshot.new_reps, *snapshot.new_holds)
        if ended or self._running or before:
            self.claimed_s = sighting.t_s
            self._claims += ended
            self._recognise()
        return found

    def ended(self, exercise: str) -> Sequence[Rep | Hold]:
        """What an exercise's engine has counted so far, as it was judged when it ended."""
        return self._ended[exercise]

    def renew(self, exercise: str) -> None:
        """Count this exercise from nothing again; what it has claimed so far stands."""
        self._engines[exercise] = self._engine(self._cards[exercise])
        self._ended[exercise] = []

    def _engine(self, card: Exercise) -> Counter:
        return counter(card, self._options(card), keys=self._keys)

    def _recognise(self) -> None:
        found = recognise(repeated((*self._claims, *self._running)))
        self.now = found[-1] if found else None

    def may_be(self, exercise: str) -> bool:
        """Whether this is the exercise that is being done, as far as is known."""
        return self.now is not None and self.now.exercise == exercise

    def finish(self) -> tuple[Recognised, ...]:
        """Close the recording; what was done in it, one after the other."""
        results = [(self._cards[name], e.finish()) for name, e in self._engines.items()]
        claims = [c for card, r in results for c in _claims(card, r.reps, r.holds)]
        return recognise(repeated(claims))

    def done(self) -> tuple[Done, ...]:
        """Close the recording; what was done in it, a return to the first counted to the first."""
        return parts(self.finish())

    def result(self, done: Done) -> SessionResult:
        """What the engine of an exercise has counted in its part."""
        return self._engines[done.exercise].finish(done.part)


def parts(found: Sequence[Recognised]) -> tuple[Done, ...]:
    """For each exercise its part of the recording, and how sure it is.

    One gives way to the next half-way between them.
    """
    changes = [(a.end_s + b.start_s) / 2 for a, b in pairwise(found)]
    spans = list(zip([-math.inf, *changes], [*changes, math.inf], found, strict=False))
    names = dict.fromkeys(r.exercise for r in found)
    return tuple(
        Done(
            name,
            Part(tuple((start_s, end_s) for start_s, end_s, r in spans if r.exercise == name)),
            max(r.confidence for r in found if r.exercise == name),
        )
        for name in names
    )


def _claims(card: Exercise, reps: Sequence[Rep], holds: Sequence[Hold]) -> Sequence[Claim]:
    spans: list[Rep | Hold] = [*reps, *holds]
    return [claim_of(card, span) for span in spans]


def claim_of(card: Exercise, span: Rep | Hold) -> Claim:
    """What a repetition or a hold says for its exercise, in whatever form it was done."""
    lasted_s = span.end_s - span.start_s
    weight = span.confidence if isinstance(span, Rep) else lasted_s / SECONDS_PER_REP
    weight *= card.typical(span.measures)
    return Claim(card.name, span.start_s, span.end_s, weight, isinstance(span, Hold))


def _held(card: Exercise, snapshot: Snapshot) -> Claim | None:
    if not snapshot.hold_s:
        return None
    start_s, weight = snapshot.t_s - snapshot.hold_s, snapshot.hold_s / SECONDS_PER_REP
    return Claim(card.name, start_s, snapshot.t_s, weight, held=True)


def repeated(claims: Iterable[Claim]) -> list[Claim]:
    """Holds, and the repetitions that are repeated: a neighbour of the same card lasted alike.

    What is done once, or never twice alike, is stepping up, turning round or fidgeting. A card that
    takes it for a repetition of its own must not speak against the others, however many there are.
    """
    claims = sorted(claims, key=lambda claim: claim.start_s)
    found = [claim for claim in claims if claim.held]
    for exercise in dict.fromkeys(claim.exercise for claim in claims):
        own = [claim for claim in claims if claim.exercise == exercise and not claim.held]
        alike = [_alike(a, b) for a, b in pairwise(own)]
        kept = zip(own, [*alike, False], [False, *alike], strict=True) if own else ()
        found += [claim for claim, before, after in kept if before or after]
    return found


def _alike(one: Claim, other: Claim) -> bool:
    shorter, longer = sorted((one.end_s - one.start_s, other.end_s - other.start_s))
    return longer <= ALIKE * shorter


def recognise(claims: Iterable[Claim]) -> tuple[Recognised, ...]:
    """What was done, one exercise after the other; nothing where it is not sure."""
    settled = [c for group in _overlapping(claims) if (c := _settle(group)).weight]
    spells = [_together(run) for run in _runs(settled) if _weight(run) >= SEVERAL]
    if spells:
        return _sure(_together(run) for run in _runs(spells))
    # Too little to believe a change: it is what was begun with, or nothing is sure.
    return _sure(_by_exercise(settled)[:1])


def _sure(claims: Iterable[Claim]) -> tuple[Recognised, ...]:
    found = (Recognised(c.exercise, c.start_s, c.end_s, confidence(c.weight)) for c in claims)
    return tuple(r for r in found if r.confidence >= SURE)


def confidence(weight: float) -> float:
    """How sure so many clean repetitions make, 0..1."""
    return 1.0 - float(DOUBT**weight)


def _overlapping(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Groups of claims to the same time, in time order."""
    groups: list[list[Claim]] = []
    reached = float("-inf")
    for claim in sorted(claims, key=lambda c: c.start_s):
        if reached - claim.start_s < SHARED * (claim.end_s - claim.start_s):
            groups.append([])
        groups[-1].append(claim)
        reached = max(reached, claim.end_s)
    return groups


def _settle(group: Sequence[Claim]) -> Claim:
    """The strongest card's claim, weakened by what the others hold against it."""
    best, *others = sorted(_by_exercise(group), key=lambda c: -c.weight)
    return replace(best, weight=best.weight - sum(c.weight for c in others))


def _by_exercise(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for each exercise, in the order of the first."""
    exercises = dict.fromkeys(c.exercise for c in claims)
    return [_together([c for c in claims if c.exercise == e]) for e in exercises]


def _runs(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Neighbours that claim the same exercise, together."""
    runs: list[list[Claim]] = []
    for claim in claims:
        if not runs or runs[-1][-1].exercise != claim.exercise:
            runs.append([])
        runs[-1].append(claim)
    return runs


def _together(run: Sequence[Claim]) -> Claim:
    end_s = max(c.end_s for c in run)
    return Claim(run[0].exercise, run[0].start_s, end_s, _weight(run))


def _weight(claims: Iterable[Claim]) -> float:
    return sum(c.weight for c in claims)
