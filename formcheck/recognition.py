"""Which exercise is being done: every card counts, and what each finds is its evidence.

A card counts nothing but its own exercise, so whatever it does count speaks for it. Where two
cards claim the same time, the weaker claim speaks against the stronger. Who does one repetition
may be fidgeting; with each further one the doubt shrinks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from formcheck.engine import DEFAULTS, Engine, Options
from formcheck.exercise import Exercise
from formcheck.poses import Sighting
from formcheck.results import Hold, Rep, SessionResult, Snapshot

SURE = 0.65
"""An exercise is named from this certainty on: two repetitions, or a hold of six seconds."""
DOUBT = 0.45
"""Share of the doubt that a clean repetition leaves: 0.55 sure after one, 0.80 after two, 0.91
after three."""
SECONDS_PER_REP = 4.0
"""A hold of this length tells as much as a repetition."""
SEVERAL = 2.0
"""A change to another exercise is believed from this evidence on, in repetitions."""


@dataclass(frozen=True)
class Claim:
    """What one card counted. weight: in clean repetitions."""

    exercise: str
    start_s: float
    end_s: float
    weight: float


@dataclass(frozen=True)
class Recognised:
    """An exercise that was done from `start_s` to `end_s`, and how sure that is, 0..1."""

    exercise: str
    start_s: float
    end_s: float
    confidence: float


class Recogniser:
    """Lets all cards count in the same sightings. `now` is the exercise done last, when sure."""

    def __init__(self, cards: Sequence[Exercise], options: Options = DEFAULTS) -> None:
        self._engines = {card.name: Engine(card, options) for card in cards}
        self._claims: list[Claim] = []
        self._running: dict[str, Claim] = {}
        self.now: Recognised | None = None

    def update(self, sighting: Sighting) -> None:
        """Take one frame, in time order."""
        snapshots = {name: engine.update(sighting) for name, engine in self._engines.items()}
        before = self._running
        self._running = {n: c for n, s in snapshots.items() if (c := _held(n, s)) is not None}
        ended = [
            claim_of(name, span)
            for name, snapshot in snapshots.items()
            for span in _spans(snapshot.new_reps, snapshot.new_holds)
        ]
        if ended or self._running or before:
            self._claims += ended
            found = recognise((*self._claims, *self._running.values()))
            self.now = found[-1] if found else None

    def finish(self) -> tuple[Recognised, ...]:
        """Close the recording; what was done in it, one after the other."""
        results = [engine.finish() for engine in self._engines.values()]
        return recognise(claim for result in results for claim in claims_of(result))


def claims_of(result: SessionResult) -> Iterable[Claim]:
    """The claims of a whole recording."""
    return (claim_of(result.exercise, span) for span in _spans(result.reps, result.holds))


def _spans(reps: Sequence[Rep], holds: Sequence[Hold]) -> Sequence[Rep | Hold]:
    return [*reps, *holds]


def claim_of(exercise: str, span: Rep | Hold) -> Claim:
    """What a repetition or a hold says for its exercise."""
    weight = span.confidence if isinstance(span, Rep) else span.held_s / SECONDS_PER_REP
    return Claim(exercise, span.start_s, span.end_s, weight)


def _held(exercise: str, snapshot: Snapshot) -> Claim | None:
    if not snapshot.hold_s:
        return None
    start_s, weight = snapshot.t_s - snapshot.hold_s, snapshot.hold_s / SECONDS_PER_REP
    return Claim(exercise, start_s, snapshot.t_s, weight)


def recognise(claims: Iterable[Claim]) -> tuple[Recognised, ...]:
    """What was done, one exercise after the other; nothing where it is not sure."""
    settled = [_settle(group) for group in _overlapping(claims)]
    spells = [_together(run) for run in _runs(settled) if _weight(run) >= SEVERAL]
    whole = [_together(run) for run in _runs(spells or settled)]
    found = [Recognised(c.exercise, c.start_s, c.end_s, confidence(c.weight)) for c in whole]
    return tuple(r for r in found if r.confidence >= SURE)


def confidence(weight: float) -> float:
    """How sure so many clean repetitions make, 0..1."""
    return 1.0 - float(DOUBT**weight)


def _overlapping(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Groups of claims to the same time, in time order."""
    groups: list[list[Claim]] = []
    reached = float("-inf")
    for claim in sorted(claims, key=lambda c: c.start_s):
        if claim.start_s >= reached:
            groups.append([])
        groups[-1].append(claim)
        reached = max(reached, claim.end_s)
    return groups


def _settle(group: Sequence[Claim]) -> Claim:
    """The strongest card's claim, weakened by what the others hold against it."""
    by_card = [_together([c for c in group if c.exercise == e]) for e in _exercises(group)]
    best, *others = sorted(by_card, key=lambda c: -c.weight)
    return replace(best, weight=best.weight - sum(c.weight for c in others))


def _exercises(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(c.exercise for c in claims))


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
