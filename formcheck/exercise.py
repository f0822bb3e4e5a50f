"""The vocabulary of an exercise card: what drives the count, what is judged, what a physio says.

A card is data plus a few pure functions. Counting thresholds sit in `Reps` and are relative to
the person's own rest; judging thresholds sit in `Fault`. They are never the same number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from formcheck.errors import CardError
from formcheck.measures import Moment, Scale
from formcheck.motion import RepWindow
from formcheck.poses import Pose
from formcheck.results import Rep, Side, View

ALL_VIEWS = frozenset({View.SIDE, View.OBLIQUE, View.FRONT, View.BACK, View.UNKNOWN})
SIDEWAYS = frozenset({View.SIDE, View.OBLIQUE})
"""Views that show bending and leaning in the plane of the walk."""
FACING = frozenset({View.FRONT, View.BACK, View.OBLIQUE})
"""Views that show left and right apart."""

Signal = Callable[[Moment], float]


@dataclass(frozen=True)
class Norm:
    """A published figure, shown with its source and always overridable."""

    measure: str
    value: str
    source: str


@dataclass(frozen=True)
class RepMeasure:
    """One number per repetition, taken from the signals of its frames."""

    name: str
    take: Callable[[RepWindow], float]
    views: frozenset[View] = ALL_VIEWS
    not_graded: str = ""
    """Said in the report when the view does not allow it."""


@dataclass(frozen=True)
class Fault:
    """A repetition is at fault when `measure` is above or below the limit.

    The same name may stand twice with different limits; it is reported once.
    """

    name: str
    measure: str
    cue: str
    message: str
    source: str
    above: float | None = None
    below: float | None = None
    joints: tuple[str, ...] = ()

    def applies(self, measures: Mapping[str, float]) -> bool:
        """Whether the measures show the fault; a missing measure shows nothing."""
        value = measures.get(self.measure)
        if value is None:
            return False
        too_high = self.above is not None and value > self.above
        too_low = self.below is not None and value < self.below
        return too_high or too_low


@dataclass(frozen=True)
class SetFault:
    """A fault of the whole set: `first_rep(reps)` is the index where it shows, or None."""

    name: str
    first_rep: Callable[[Sequence[Rep]], int | None]
    cue: str
    message: str
    source: str


@dataclass(frozen=True)
class Reps:
    """What counts repetitions.

    signal: name of the driving signal. start: rise above the person's own rest that can be a
    repetition at all, in the signal's unit. evidence: a second, independent signal that must
    rise by at least `evidence_share` of the first, or the movement was something else.
    """

    signal: str
    start: float
    source: str
    evidence: str | None = None
    evidence_share: float = 0.0
    min_s: float = 0.5
    max_s: float = 20.0


@dataclass(frozen=True)
class Exercise:
    """One exercise as a physiotherapist's card."""

    name: str
    title: str
    counts: Reps
    signals: Mapping[str, Signal]
    measures: tuple[RepMeasure, ...]
    graded: str
    """The measure that is held against the target."""
    faults: tuple[Fault, ...]
    posture: Callable[[Moment], str | None]
    """Why this posture cannot be the exercise's, in words, or None when it can."""
    side_of: Callable[[Pose, Scale], Side]
    """Which leg works, from one pose; the engine steadies it."""
    anchors: tuple[str, ...]
    """Joints of the working legs that must stay put, or nothing counts."""
    anchor_limit_shank: float
    needs: tuple[str, ...]
    """Landmarks that must be seen, without left_/right_."""
    norms: tuple[Norm, ...] = ()
    set_faults: tuple[SetFault, ...] = ()
    setup: str = ""
    how: str = ""
    never_graded: tuple[str, ...] = field(default=())
    """What one camera cannot show of this exercise, in words."""

    def check(self, name: str) -> None:
        """Raise CardError, naming the card and the mistake, when the card is not consistent."""
        known = {m.name for m in self.measures} | set(TIMED)
        mistakes = [
            (self.name != name, f"is named {self.name!r}"),
            (self.counts.signal not in self.signals, f"counts by no signal {self.counts.signal!r}"),
            (self.graded not in known, f"grades no measure {self.graded!r}"),
            *((f.measure not in known, f"fault {f.name!r} reads no measure") for f in self.faults),
            *((not f.source, f"fault {f.name!r} has no source") for f in self.faults),
            *((not n.source, f"norm {n.measure!r} has no source") for n in self.norms),
        ]
        for wrong, what in mistakes:
            if wrong:
                raise CardError(f"The card {name} {what}.")


TIMED = ("up_s", "hold_s", "down_s", "down_up_ratio", "reached")
"""Measures that every repetition has."""
