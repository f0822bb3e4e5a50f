"""Keeps left left and right right, and decides over time which is which."""

from __future__ import annotations

import math

from formcheck.body.measures import middle_xy
from formcheck.pose.pose import Pose

MEMORY_S = 0.5
"""A body that was not seen for so long may be another one."""
SWAP_TORSO = 0.05
"""How much nearer, on average, the exchanged joints must lie (measured: flips 0.1 and more)."""
OUTVOTED_S = 1.0
"""The model must have said the other thing for so much longer, over all of a body's time, before
left and right are exchanged: from behind it wavers."""


class SideKeeper:
    """Left and right as in the pose before, and in the end as in most of them.

    From behind the model takes the back for a front every few frames, and exchanges all lefts
    and rights (measured: see samples). A body cannot do that between two frames. But the first
    frame may be the wrong one: so the frames are counted in which the model agrees.
    """

    JOINTS = ("shoulder", "hip", "knee", "ankle")

    def __init__(self) -> None:
        self._last: Pose | None = None
        self._begun_s = 0.0
        self._agreed_s = 0.0
        self.wrong_since_s: float | None = None
        """From when on left and right were the other way round, told once, when it is found."""

    def update(self, pose: Pose) -> Pose:
        """Take one pose; give it with left and right as in the poses before."""
        last, self.wrong_since_s = self._last, None
        if last is None or pose.t_s - last.t_s >= MEMORY_S:
            self._begun_s, self._agreed_s = pose.t_s, 0.0
        else:
            exchanged = self._exchanged(pose, last)
            self._agreed_s += (last.t_s - pose.t_s) if exchanged else (pose.t_s - last.t_s)
            if self._agreed_s < -OUTVOTED_S:
                exchanged, self._agreed_s = not exchanged, -self._agreed_s
                self.wrong_since_s = self._begun_s
            pose = pose.swapped() if exchanged else pose
        self._last = pose
        return pose

    def _exchanged(self, pose: Pose, last: Pose) -> bool:
        """Whether the body lies nearer to what it was with left and right exchanged."""
        torso = math.dist(middle_xy(pose, "hip"), middle_xy(pose, "shoulder"))
        least, moved = SWAP_TORSO * torso, self._distance(pose, last)
        return moved > least and moved - self._distance(pose.swapped(), last) > least

    def _distance(self, pose: Pose, last: Pose) -> float:
        names = [f"{side}_{joint}" for joint in self.JOINTS for side in ("left", "right")]
        return sum(math.dist(pose.xy(name), last.xy(name)) for name in names) / len(names)
