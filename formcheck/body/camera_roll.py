"""Camera roll, learned from the person: who stands upright is a plumb line."""

from __future__ import annotations

import math
from collections import deque
from statistics import median

from formcheck.body.measures import flexion_deg, forward, middle_xy
from formcheck.body.tracking import standing_scale
from formcheck.pose.pose import Pose

WINDOW_S = 2.0
LEAST_SAMPLES = 10
TOGETHER_SHANK = 0.4
"""Ankles nearer than this: standing, not stepping."""
STRAIGHT_DEG = 20.0
NATURAL_LEAN_DEG = 2.5
"""Shoulders over ankles when people just stand: a little forward (measured: see samples)."""
LEAST_ROLL_DEG = 3.0
"""Less than this is somebody's way of standing, not the camera's."""


class RollTracker:
    """Remembers the tilt of the standing body until the next stand."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, float]] = deque()
        self.roll_deg = 0.0

    def update(self, pose: Pose) -> float:
        """Take one pose; give the camera's roll, degrees, positive when it tilts things right."""
        if _stands(pose):
            shoulder, ankle = middle_xy(pose, "shoulder"), middle_xy(pose, "ankle")
            tilt = math.degrees(
                math.atan2(float(shoulder[0] - ankle[0]), float(ankle[1] - shoulder[1]))
            )
            self._recent.append((pose.t_s, tilt - forward(pose) * NATURAL_LEAN_DEG))
            while pose.t_s - self._recent[0][0] > WINDOW_S:
                self._recent.popleft()
            if len(self._recent) >= LEAST_SAMPLES:
                roll = median(t for _, t in self._recent)
                self.roll_deg = roll if abs(roll) >= LEAST_ROLL_DEG else 0.0
        return self.roll_deg


def _stands(pose: Pose) -> bool:
    apart = abs(float(pose.xy("left_ankle")[0] - pose.xy("right_ankle")[0]))
    if apart > TOGETHER_SHANK * standing_scale(pose).shank_px:
        return False
    shoulder_y, hip_y = middle_xy(pose, "shoulder")[1], middle_xy(pose, "hip")[1]
    straight = min(flexion_deg(pose, leg) for leg in ("left", "right")) < STRAIGHT_DEG
    # Who has the hands on a wall leans on it, and is no plumb line.
    hands_y = min(pose.xy(f"{side}_wrist")[1] for side in ("left", "right"))
    return bool(shoulder_y < hip_y and straight and hands_y > (shoulder_y + hip_y) / 2)
