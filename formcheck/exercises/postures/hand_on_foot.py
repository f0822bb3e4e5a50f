"""A hand that holds a foot, told from a whole stay with crossed legs rather than from one frame.

Where the toes are is known only roughly (`crossed_legs.py`), but a hand that holds them stays put,
and before or after it lay elsewhere: lower, in the lap. So the hand is at the toes while it is
where it settled, and the foot has slid off only when the hand has left that place too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from formcheck.exercises.postures.crossed_legs import STILL_LIFTED_SHANK
from formcheck.motion.frame_table import OverStay, Rows
from formcheck.pose.pose import Array

SIDES = ("left", "right")
LIFT = "crossed_leg_lift_shank"
SETTLED_S = 1.5
"""Where a hand was for this long, nearest to the toes, is where it holds them."""
LASTS_S = 0.3
"""What lasts shorter may be the landmarks' doing."""
AT_TOES_SHANK = 0.45
"""A hand that settles farther from where the toes should be holds none (measured: 0.37 and less;
one in the lap 0.03-0.8, which is why it must have come, too)."""
COMES_SHANK = 0.19
"""How far it comes from at least (measured: to the toes 0.25 and more; hands that make room for
the foot, once it lies on the knee, 0.13 and less)."""
ON_THE_WAY = 0.4
"""What a hand's way is worth while the leg is laid across or put down, as hands then make room
(measured: 0.3 and less)."""
RAISED_SHANK = 0.15
"""From this much higher than where it settled a hand did not come out of the lap: it scratched a
nose."""
AWAY_SHANK = 0.45
"""This far it has surely left, wherever it came from (measured: while it holds 0.01-0.10)."""
IN_LAP = 0.85
"""Share of the way from which on the hand is where it came from."""
SHOULDERS_WEIGH = 3.0
"""The trunk bows with the hand, and its landmarks are surer by so much (measured: scatter in a hold
0.005 shanks, hands 0.01-0.10)."""
LYING_PERCENTILE, LYING_SHANK = 90, 0.25
"""A crossed leg lies on the knee when it is no lower than this under its level of the stay."""
SUNK_SHANK = 0.28
"""It has sunk with its foot when it is this much lower (measured: slid off 0.4-0.65, while only
the hand lets go 0.17 and less)."""


@dataclass(frozen=True)
class Grip:
    """One hand, over the n frames of a stay.

    came_shank: how far it came, 0 when it holds no toes. away_shank: (n,) distance from where it
    holds them. there: (n,) share of the way to that place: 0 in the lap, 1 at the toes.
    """

    came_shank: float
    away_shank: Array
    there: Array


def told(stay: Rows) -> dict[str, Array]:
    """The signals (n,) of GRIP, from what every frame of a stay showed.

    hand_at_toes: 1 where a hand holds the toes, 0 where it came from. hand_off_toes,
    foot_off_knee: from 0.5 on the hand is away, and the leg lies where it lay or has sunk. A
    sunken leg alone is often the model's mistake: it cannot see the foot under the hand.
    """
    grip = max((_grip(stay, side) for side in SIDES), key=lambda grip: grip.came_shank)
    far = min(max(grip.came_shank, COMES_SHANK), AWAY_SHANK)
    away = np.clip(grip.away_shank / far, 0.0, 1.0)
    sunk = np.clip((_lying_shank(stay) - stay[LIFT]) / (2 * SUNK_SHANK), 0.0, 1.0)
    return {
        "hand_at_toes": grip.there,
        "hand_off_toes": np.minimum(away, 1.0 - sunk),
        "foot_off_knee": np.minimum(away, sunk),
    }


GRIP = OverStay(("hand_at_toes", "hand_off_toes", "foot_off_knee"), told)


def _lying_shank(stay: Rows) -> float:
    """How high the crossed leg is when it lies on the knee, in shank lengths."""
    return float(np.percentile(stay[LIFT], LYING_PERCENTILE))


def _grip(stay: Rows, side: str) -> Grip:
    """What the hand of one side does."""
    gap, down = stay[f"{side}_hand_from_toes_shank"], stay[f"{side}_hand_down_shank"]
    hand = _steady(stay, f"{side}_hand")
    up = np.flatnonzero(stay[LIFT] >= STILL_LIFTED_SHANK)
    near = np.argsort((gap + down)[up])  # the toes are above the lap
    held = up[near[: _frames(stay, SETTLED_S)]]
    settled = np.median(hand[:, held], axis=1)
    away = np.hypot(*(hand - settled[:, None]))
    lying = stay[LIFT] > _lying_shank(stay) - LYING_SHANK
    came_from = np.where(lying, 1.0, ON_THE_WAY) * away
    came_from[hand[1] < settled[1] - RAISED_SHANK] = 0.0
    came = float(np.sort(came_from)[-_frames(stay, LASTS_S)])
    if came < COMES_SHANK or np.median(gap[held]) > AT_TOES_SHANK:
        return Grip(0.0, away, np.zeros_like(away))
    along = _along(_reach(stay), came_from >= IN_LAP * came, held)
    return Grip(came, away, np.minimum(np.minimum(along, 1.0), 2 * (1 - away / came)))


def _reach(stay: Rows) -> Array:
    """(6, n) what moves when a hand reaches for the toes: both hands, as one that holds a foot is
    often taken for the other, and the shoulders."""
    hands = [_steady(stay, f"{side}_hand") for side in SIDES]
    return np.concatenate([*hands, SHOULDERS_WEIGH * _steady(stay, "shoulders")])


def _along(x: Array, start: NDArray[np.bool_], end: NDArray[np.intp]) -> Array:
    """(n,) how far x (k, n) is from where it is in the frames `start` (0) to `end` (1)."""
    lap, toes = np.median(x[:, start], axis=1), np.median(x[:, end], axis=1)
    way = toes - lap
    along: Array = way @ (x - lap[:, None]) / (way @ way)
    return along


def _steady(stay: Rows, part: str) -> Array:
    """(2, n) running medians over LASTS_S of where a part is: a hidden hand's place trembles."""
    x = np.stack([stay[f"{part}_right_shank"], stay[f"{part}_down_shank"]])
    half = _frames(stay, LASTS_S) // 2
    padded = np.pad(x, ((0, 0), (half, half)), mode="edge")
    steady: Array = np.median(sliding_window_view(padded, 2 * half + 1, axis=1), axis=2)
    return steady


def _frames(stay: Rows, seconds: float) -> int:
    """How many of the stay's frames make up this time, one at least and all at most."""
    t_s = stay.t_s
    lasted = float(t_s[-1] - t_s[0])
    share = seconds / lasted if lasted > seconds else 1.0
    return max(1, round(share * len(t_s)))
