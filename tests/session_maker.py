"""Sessions made up from formulas, for tests of what is written about them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.engine.judging import judge_set
from formcheck.exercises import load
from formcheck.exercises.card import Exercise, Holds
from formcheck.motion.pulse import minimum_jerk
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side, View
from formcheck.results import Finding, Hold, Quality, Rep, SessionResult, Signals

UP_S, HOLD_S, DOWN_S, REST_S = 1.0, 0.5, 1.5, 1.0
PERIOD_S = UP_S + HOLD_S + DOWN_S + REST_S
FPS = 30


def heel_raises(
    reached: Sequence[float],
    *,
    best_deg: float = 32.0,
    side: Side = Side.BOTH,
    source: str = "heel_raises.mp4",
) -> SessionResult:
    """A session with one repetition for each share of the best height."""
    card = load("heel-raise")
    reps = tuple(_rep(i, share, best_deg, side) for i, share in enumerate(reached))
    end_s = len(reps) * PERIOD_S + 2 * REST_S
    return SessionResult(
        exercise=card.name,
        duration_s=end_s,
        quality=Quality(0.97, View.SIDE, ()),
        reps=reps,
        holds=(),
        findings=judge_set(card, reps),
        not_graded=("Left against right shows only from the front.",),
        signals=_signals(card, reps, end_s),
        source=source,
        model="full",
        prescribed=False,
    )


def _rep(index: int, share: float, best_deg: float, side: Side) -> Rep:
    start_s = REST_S + index * PERIOD_S
    faults = (("shallow",) if share < 0.7 else ()) + (("no_pause",) if index == 3 else ())
    return Rep(
        number=index + 1,
        side=side,
        start_s=start_s,
        peak_s=start_s + UP_S + HOLD_S / 2,
        end_s=start_s + UP_S + HOLD_S + DOWN_S,
        up_s=UP_S,
        hold_s=HOLD_S,
        down_s=DOWN_S,
        measures={"rise_shank": 0.17 * share, "plantarflexion_deg": best_deg * share},
        target=best_deg,
        reached=share,
        faults=faults,
        confidence=0.95,
    )


def _signals(card: Exercise, reps: Sequence[Rep], end_s: float) -> Signals:
    t_s = np.arange(0, end_s, 1 / FPS)
    assert not isinstance(card.counts, Holds)
    rest: Array = 1.9 + 0.002 * np.sin(t_s)
    for rep in reps:
        rise = minimum_jerk((t_s - rep.start_s) / rep.up_s)
        fall = minimum_jerk((t_s - rep.start_s - rep.up_s - rep.hold_s) / rep.down_s)
        rest = rest + 0.17 * rep.reached * (rise - fall)
    columns = {card.counts.driver: tuple(float(v) for v in rest)}
    return Signals(tuple(float(t) for t in t_s), columns)


def stretches(held_s: Sequence[float], *, target_s: float = 30.0) -> SessionResult:
    """A session of calf stretches, right and left in turn."""
    card = load("calf-stretch")
    assert isinstance(card.counts, Holds)
    holds: list[Hold] = []
    t_s = 3.0
    for i, held in enumerate(held_s):
        faults = ("short_hold",) if held < target_s - 0.5 else ()
        side = (Side.RIGHT, Side.LEFT)[i % 2]
        measures = {"dorsiflexion_deg": 30.0 - i, "back_knee_deg": 4.0, "lean_deg": 25.0}
        holds.append(Hold(side, t_s, t_s + held, held, target_s, measures, faults))
        t_s += held + 5.0
    times = np.arange(0, t_s, 1 / FPS)
    level = np.zeros_like(times)
    for hold in holds:
        rise = minimum_jerk((times - hold.start_s + 1) / 1.0)
        level += 30 * (rise - minimum_jerk((times - hold.end_s) / 1.0))
    return SessionResult(
        exercise=card.name,
        duration_s=t_s,
        quality=Quality(0.99, View.SIDE, ()),
        reps=(),
        holds=tuple(holds),
        findings=tuple(
            Finding("short_hold", h.start_s, h.end_s, f"{h.side.value.capitalize()} side: short.")
            for h in holds
            if h.faults
        ),
        not_graded=card.never_graded,
        signals=Signals(
            tuple(float(t) for t in times),
            {card.counts.driver: tuple(float(v) for v in level)},
        ),
        source="stretch.mov",
        model="full",
    )


def nothing_counted(coverage: float = 0.9) -> SessionResult:
    """Somebody was there and did no heel raise; with coverage 0 nobody was there."""
    t_s = np.arange(0, 10, 1 / FPS)
    seen = np.where(t_s < 10 * coverage, 1.9 + 0.01 * np.sin(5 * t_s), np.nan)
    card = load("heel-raise")
    assert not isinstance(card.counts, Holds)
    warning = f"Only {coverage:.0%} of the recording could be used: I can't see you."
    return SessionResult(
        exercise=card.name,
        duration_s=10.0,
        quality=Quality(coverage, View.SIDE, (warning,) if coverage < 0.8 else ()),
        reps=(),
        holds=(),
        findings=(),
        not_graded=(),
        signals=Signals(
            tuple(float(t) for t in t_s), {card.counts.driver: tuple(float(v) for v in seen)}
        ),
        source="empty.mp4",
        model="full",
    )
