"""What is to be done in a session: doses, cut into sets in the order in which they are done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck import exercises
from formcheck.errors import InputError
from formcheck.exercises.card import Exercise
from formcheck.pose.side_view import Side

DEFAULT_SETS = 3
DEFAULT_REPS = 12
"""3 x 12 is where Rathleff 2015 begins."""
DEFAULT_HOLDS = 1
DEFAULT_REST_S = 60.0
DEFAULT_REST_AFTER_HOLD_S = 30.0
"""AAOS: 30 s hold, 30 s rest."""
MOST_SETS, MOST_REPS = 20, 500
LONGEST_HOLD_S, LONGEST_REST_S = 600.0, 3600.0
LARGEST_TARGET = 1000.0
"""Beyond these it is a slip of the keyboard: nobody does 21 sets or holds for 11 minutes."""
EACH = "each"
"""One leg after the other in every set."""
SIDES = ("auto", "left", "right", "both", EACH)
TEMPOS = "give seconds for up, hold and down such as 3-2-3, or off"


@dataclass(frozen=True)
class Tempo:
    """The prescribed seconds of a repetition's three phases."""

    up_s: float
    hold_s: float
    down_s: float

    @classmethod
    def parse(cls, text: str) -> Tempo:
        """Read "up-hold-down" in seconds, such as "3-2-3"; raises InputError."""
        try:
            up, hold, down = (float(part) for part in text.split("-"))
        except ValueError as error:
            raise InputError(f"no tempo {text!r}: {TEMPOS}") from error
        if not (0 < up <= 30 and 0 <= hold <= 30 and 0 < down <= 30):
            raise InputError(f"no tempo {text!r}: {TEMPOS}, 30 at most")
        return cls(up, hold, down)

    @classmethod
    def prescribed(cls, exercise: Exercise) -> Tempo | None:
        """The tempo of the card's norms, or None when they do not give all three phases."""
        norms = {n.measure: n.value.split()[0] for n in reversed(exercise.norms) if n.value}
        try:
            return cls(*(float(norms[phase]) for phase in ("up_s", "hold_s", "down_s")))
        except (KeyError, ValueError):
            return None


@dataclass(frozen=True)
class Dose:
    """How much of one exercise, as a person writes it; None is the card's or the usual value.

    side: one of SIDES. reps: repetitions or holds in a set. target: in the unit of the card's
    graded measure. tempo: "up-hold-down" in seconds, or "off". per_week: days, for the history.
    """

    exercise: str
    side: str = "auto"
    sets: int | None = None
    reps: int | None = None
    hold_s: float | None = None
    rest_s: float | None = None
    target: float | None = None
    tempo: str | None = None
    per_week: float | None = None
    source: str = ""


@dataclass(frozen=True)
class Bout:
    """One set with one side.

    number, of: which of the exercise's sets this is. goal: repetitions or holds. side: None when
    the engine is to recognise it. hold_s: of a hold, or of the top of a repetition; None for the
    card's own. rest_s: the rest that follows.
    """

    exercise: Exercise
    side: Side | None
    number: int
    of: int
    goal: int
    hold_s: float | None
    rest_s: float
    target: float | None
    tempo: Tempo | None

    @property
    def is_hold(self) -> bool:
        """Whether this set is held and not repeated."""
        return self.exercise.counts.held


def bouts(doses: Iterable[Dose]) -> tuple[Bout, ...]:
    """All sets of a session in order; raises InputError where a dose cannot be done."""
    return tuple(bout for dose in doses for bout in _bouts(dose))


def _bouts(dose: Dose) -> Iterable[Bout]:
    exercise = exercises.load(dose.exercise)
    if dose.side not in SIDES:
        raise InputError(f"no side {dose.side!r}: choose {', '.join(SIDES)}")
    check_amounts(dose)
    is_hold = exercise.counts.held
    sets = dose.sets or (1 if is_hold else DEFAULT_SETS)
    rest_s = dose.rest_s
    if rest_s is None:
        rest_s = DEFAULT_REST_AFTER_HOLD_S if is_hold else DEFAULT_REST_S
    for number in range(1, sets + 1):
        for side in _sides(dose.side):
            yield Bout(
                exercise=exercise,
                side=side,
                number=number,
                of=sets,
                goal=dose.reps or (DEFAULT_HOLDS if is_hold else DEFAULT_REPS),
                hold_s=dose.hold_s or exercise.counts.prescribed_s,
                rest_s=rest_s,
                target=dose.target,
                tempo=None if is_hold else _tempo(dose.tempo, exercise),
            )


def check_amounts(dose: Dose) -> None:
    """Raise InputError for amounts that nobody does."""
    limits = (
        ("sets", dose.sets, 1, MOST_SETS),
        ("repetitions", dose.reps, 1, MOST_REPS),
        ("hold", dose.hold_s, 1, LONGEST_HOLD_S),
        ("rest", dose.rest_s, 0, LONGEST_REST_S),
    )
    for name, value, least, most in limits:
        if value is not None and not least <= value <= most:  # nan is neither
            raise InputError(f"{name}: {value:g} cannot be; give {least} to {most:g}")
    if dose.target is not None and not 0 < dose.target <= LARGEST_TARGET:
        raise InputError(f"a target of {dose.target:g} cannot be: give up to {LARGEST_TARGET:g}")


def _sides(side: str) -> tuple[Side | None, ...]:
    if side == EACH:
        return (Side.LEFT, Side.RIGHT)
    return (None,) if side == "auto" else (Side(side),)


def _tempo(text: str | None, exercise: Exercise) -> Tempo | None:
    if text is None:
        return Tempo.prescribed(exercise)
    return None if text == "off" else Tempo.parse(text)
