"""Two counters to compare with, on the same landmarks.

fixed angles: the rule of the popular trainers: one joint, two thresholds, up then down is one.
peaks: scipy.signal.find_peaks on the signal that formcheck itself counts by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.signal import find_peaks

from formcheck.body.measures import angle_deg
from formcheck.pose.pose import Pose, Sighting
from formcheck.results import Signals

FIXED = {
    "heel-raise": (("knee", "ankle", "foot_index"), 115.0, 125.0),
    "clamshell": (("hip", "knee", "ankle"), 95.0, 110.0),
}
"""Joint and thresholds, degrees, set by hand on the development clips of each exercise."""
PROMINENCE = {"heel-raise": 0.05, "clamshell": 0.2}
MIN_DISTANCE_S = 0.8


def fixed_angles(exercise: str, sightings: Sequence[Sighting]) -> int | None:
    """Repetitions by two thresholds on one joint; None where nobody offers such a rule."""
    if exercise not in FIXED:
        return None
    joints, low, high = FIXED[exercise]
    count, up = 0, False
    for sighting in sightings:
        if sighting.pose is None:
            continue
        angle = _angle(sighting.pose, joints)
        if angle > high:
            up = True
        elif angle < low and up:
            up, count = False, count + 1
    return count


def _angle(pose: Pose, joints: tuple[str, str, str]) -> float:
    side = max(("left", "right"), key=lambda s: pose.visibility(f"{s}_{joints[1]}"))
    first, vertex, last = (pose.xy(f"{side}_{joint}") for joint in joints)
    angle = angle_deg(first, vertex, last)
    return 0.0 if math.isnan(angle) else angle


def peaks(exercise: str, signals: Signals, driver: str) -> int | None:
    """Repetitions by SciPy's peak finder on the driving signal."""
    if exercise not in PROMINENCE or not signals.t_s:
        return None
    x = np.array(signals.columns[driver])
    seen = np.isfinite(x)
    if seen.sum() < 2:
        return 0
    x = np.interp(signals.t_s, np.array(signals.t_s)[seen], x[seen])
    step = float(np.median(np.diff(signals.t_s)))
    found, _ = find_peaks(
        x, prominence=PROMINENCE[exercise], distance=max(1, round(MIN_DISTANCE_S / step))
    )
    return len(found)
