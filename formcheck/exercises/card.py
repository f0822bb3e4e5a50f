"""The vocabulary of an exercise card: what drives the count, what is judged, what a physio says.

A card is data plus a few pure functions. Counting thresholds sit in `Reps` and are relative to
the person's own rest; judging thresholds sit in `Fault`. They are never the same number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from formcheck.body.measures import Moment, Scale
from formcheck.body.tracking import measure_scale, standing_view
from formcheck.exercises.counting import Repeated
from formcheck.exercises.directions import Cycles
from formcheck.motion.counter import RepWindow
from formcheck.motion.frame_table import ALL_TOLD, OverStay
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side, View
from formcheck.results import Rep

ALL_VIEWS = frozenset({View.SIDE, View.OBLIQUE, View.FRONT, View.BACK, View.UNKNOWN})
SIDEWAYS = frozenset({View.SIDE, View.OBLIQUE})
"""Views that show bending and leaning in the plane of the walk."""

LONGEST_CUE = 45
"""Characters of a cue: two seconds of speech."""

Signal = Callable[..., float]
"""A number from what is seen: a Moment, or of the close-up camera a Motion."""


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

    The same name may stand twice with different limits; it is reported once. spoils: measures that
    mean nothing in a repetition with this fault; nor do they set the person's own best.
    """

    name: str
    measure: str
    cue: str
    message: str
    source: str
    above: float | None = None
    below: float | None = None
    spoils: tuple[str, ...] = ()
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
class Reps(Repeated):
    """What counts repetitions.

    driver: the signal that goes up and comes back. start: rise above the person's own rest that
    can be a repetition at all, in the signal's unit. genuine: whether the other signals agree that
    it was this exercise and nothing else. hold_s: prescribed time at the top; 0: none.
    """

    driver: str
    start: float
    source: str
    genuine: Callable[[RepWindow], bool]
    min_s: float = 0.5
    max_s: float = 20.0
    hold_s: float = 0.0
    at_once: bool = False
    """Whether it counts from the first frame on: no rest need come first, a top may."""
    not_genuine: str = "the rest of the body did not move as in this exercise"
    """What is said of a movement that is not genuine."""


@dataclass(frozen=True)
class HoldFault:
    """A stretch is at fault while `signal` is above or below the limit.

    over_rest: the signal is taken over its own low level during the stay. within: limit over its
    own low level while the stretch is held: less, because nothing else changes meanwhile.
    confirmed_by: a second signal that must go over the same limit. stops: the clock stops
    meanwhile. spoils: measures that mean nothing meanwhile. views: where the camera can see it.
    """

    name: str
    signal: str
    cue: str
    message: str
    source: str
    above: float | None = None
    below: float | None = None
    over_rest: bool = False
    within: float | None = None
    confirmed_by: str = ""
    stops: bool = True
    spoils: tuple[str, ...] = ()
    views: frozenset[View] = SIDEWAYS
    not_graded: str = ""
    joints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holds:
    """What is held.

    driver: the signal that goes up with the stretch. It is a stretch from the level `enter` on
    when it has also gone up by `rise` over this stay's own low level, and from `surely` on in any
    case (for who steps right into it).
    target_s: the prescribed time. measures: signals reported, with their views. deepen: what is
    said when the stretch was let go of, and not left.
    """

    driver: str
    enter: float
    rise: float
    surely: float
    target_s: float
    source: str
    faults: tuple[HoldFault, ...]
    measures: Mapping[str, frozenset[View]]
    messages: Mapping[str, str]
    """Sentences for the faults that no signal shows: short_hold."""
    deepen: str = ""
    still: float = math.inf
    """How far the driver wanders at most while it is held; what goes up and down is no stretch."""
    takes_s: float = 0.0
    """How long what has come takes to be held, and to be let go of before it leaves, seconds."""
    over_stay: OverStay = ALL_TOLD
    leave_s: float = 1.0
    """How long the stretch may be left before the prescribed time, and go on."""
    held: ClassVar[bool] = True
    noun: ClassVar[str] = "holds"

    @property
    def prescribed_s(self) -> float | None:
        """The card's own time of a stretch, seconds."""
        return self.target_s


@dataclass(frozen=True)
class CloseUp:
    """How the exercise shows to a camera that sees nothing but feet or lower legs.

    start: least travel of the parts that move, in picture sizes, that can be a repetition. hold_s:
    prescribed time at the top; 0: none. Range is not graded: how far something moves in the picture
    depends on how near the camera is. at_feet: what else a repetition must show where the picture
    was cut round the feet of a body in view; None: there the landmarks count better.
    """

    start: float
    source: str
    faults: tuple[Fault, ...]
    never_graded: tuple[str, ...]
    min_s: float = 0.5
    max_s: float = 20.0
    hold_s: float = 0.0
    at_feet: Callable[[RepWindow], bool] | None = None


ONE_SIDE = {Side.LEFT: "Use your left leg", Side.RIGHT: "Use your right leg"}


def untold(_pose: Pose, _scale: Scale) -> Side:
    """Where the landmarks do not tell which foot works: both, unless the person names one."""
    return Side.BOTH


@dataclass(frozen=True)
class Exercise:
    """One exercise as a physiotherapist's card."""

    name: str
    title: str
    counts: Reps | Cycles | Holds
    """Each is a `Counting`."""
    signals: Mapping[str, Signal]
    posture: Callable[[Moment], str | None]
    """Why this posture cannot be the exercise's, in words, or None when it can."""
    needs: tuple[str, ...]
    """Landmarks that must be seen, without left_/right_."""
    side_of: Callable[[Pose, Scale], Side] = untold
    """Which leg works, from one pose; the engine steadies it."""
    keeps_side: Callable[[Pose, Scale, Side], bool] = lambda _pose, _scale, _side: False
    """Whether the leg that worked so far still may, though one pose alone says another."""
    measures: tuple[RepMeasure, ...] = ()
    graded: str = ""
    """The measure that is held against the target."""
    faults: tuple[Fault, ...] = ()
    anchors: Callable[[Moment], Sequence[Array]] = lambda _moment: ()
    """Points (2,) px that must stay put, or nothing counts."""
    anchor_limit_torso: float = 0.15
    scale_of: Callable[[Pose], Scale] = measure_scale
    view_of: Callable[[Pose], View] = standing_view
    in_cm: Callable[[Mapping[str, float], float], Mapping[str, float]] = lambda _m, _h: {}
    """Measures in centimetres, from the others and the person's height in cm."""
    norms: tuple[Norm, ...] = ()
    set_faults: tuple[SetFault, ...] = ()
    amplitude: str = "range"
    """What is large in a good repetition, in a word: "9 of 12 at full height"."""
    shown: str = ""
    """Measure that people are shown where all views had it; else, and without one, the graded."""
    shown_at: str = ""
    """Joint at which pictures write that measure, without left_/right_."""
    setup: str = ""
    how: str = ""
    diagram: str = ""
    """The camera's place, drawn from above."""
    one_side: Mapping[Side, str] = field(default_factory=lambda: dict(ONE_SIDE))
    """What is said to somebody in position who is to use this leg and does not."""
    camera: frozenset[View] = ALL_VIEWS
    """Where the live coach wants the camera before it begins."""
    never_graded: tuple[str, ...] = field(default=())
    """What one camera cannot show of this exercise, in words."""
    close_up: CloseUp | None = None
    """How it is counted from the feet alone; None: it cannot be."""
    typical: Callable[[Mapping[str, float]], float] = lambda _measures: 1.0
    """How far a repetition or hold with these measures is this exercise and no near relation's that
    counts the same, 0..1. It decides which of them is recognised, and counts and judges nothing."""

    @property
    def correctable(self) -> tuple[Fault | HoldFault, ...]:
        """What is judged of single repetitions or holds, the most important first."""
        return (*self.faults, *self.counts.faults)


TIMED = ("up_s", "hold_s", "short_by_s", "down_s", "down_up_ratio", "reached")
"""Measures that every repetition has; short_by_s where a hold is prescribed."""
PAUSE_S = "pause_s"
"""A card's own measure of the time at the top, where the curve's is wrong: hold_s is the same."""
SHORT_HOLD = "short_hold"
