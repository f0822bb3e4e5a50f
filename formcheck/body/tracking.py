"""What stays the same of a followed body from frame to frame: its size, its bearing, its place.

Small `update` objects. A jump of place, size or bearing means that the video was cut (or that
another body is followed): everything learned is stale then.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Callable
from statistics import median

import numpy as np

from formcheck.body.measures import Scale, length_px, middle_xy, trunk_tilt_deg
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side, View

SCALE_WINDOW_S = 1.0
SCALE_MIN_S = 0.2
SCALE_CHANGE = 0.12
"""Nearer or farther by this much: a step towards the camera at three metres changes 15 %."""
SHANK_OF_WHOLE = 0.318
THIGH_OF_WHOLE = 0.314
"""Of the way from shoulders to ankles (Drillis & Contini 1966: 0.246 and 0.245 of 0.779)."""
VIEW_WINDOW_S = 1.0
FRONT_BELOW_DEG = 25.0
SIDE_ABOVE_DEG = 60.0
"""Bearing of the hips and shoulders: 0 faces the camera, 90 is side-on (measured: see samples)."""
JUMP_TORSO = 0.5
"""A body cannot move half its torso between two frames less than JUMP_GAP_S apart."""
JUMP_SCALE = 1.35
JUMP_GAP_S = 0.2
TURN_WINDOW_S = 0.5
SETTLED_S = 0.1
TURNING_S = 0.15
UPRIGHT_DEG = 45.0
QUIET_TURN_DEG = 6.0
LEAST_TURN_DEG = 25.0
"""Nobody turns by 25 degrees and stands again within 0.15 s; a change of camera does."""
SIDE_STEADY_S = 0.4
"""A foot that only brushes past is no change of the working side."""
NEEDED_VISIBILITY = 0.1
"""Below this on both sides a joint is not in view (hidden feet of clamshells reach 0.1)."""

SPOKEN = {
    "foot_index": "feet",
    "heel": "feet",
    "ankle": "feet",
    "knee": "knees",
    "hip": "hips",
    "shoulder": "shoulders",
    "wrist": "hands",
}


def unseen(pose: Pose, needs: tuple[str, ...]) -> str | None:
    """The first of the needed joints that is out of frame or hidden, in words, or None."""
    for joint in needs:
        sides = (f"left_{joint}", f"right_{joint}")
        if not any(pose.in_frame(s) and pose.visibility(s) >= NEEDED_VISIBILITY for s in sides):
            return SPOKEN[joint]
    return None


class ScaleTracker:
    """Lengths of the body's parts in the image, measured once and then kept.

    A scale that follows every frame would make rest itself drift: the hips are two shanks high,
    so one per cent of scale looks like a tenth of a heel raise. It is measured anew only when the
    body has clearly come nearer, gone away or changed its posture.
    """

    def __init__(self, scale_of: Callable[[Pose], Scale]) -> None:
        self._scale_of = scale_of
        self._recent: deque[tuple[float, Scale]] = deque()
        self._kept: Scale | None = None

    def update(self, pose: Pose) -> Scale | None:
        """Take one pose; give the lengths, or None while they are being measured."""
        self._recent.append((pose.t_s, self._scale_of(pose)))
        while pose.t_s - self._recent[0][0] > SCALE_WINDOW_S:
            self._recent.popleft()
        now = self._median()
        if self._kept is None and pose.t_s - self._recent[0][0] >= SCALE_MIN_S:
            self._kept = now
        elif self._kept is not None and _changed(self._kept, now):
            self._kept = None
            self._recent.clear()
        return self._kept

    def _median(self) -> Scale:
        lengths = [(s.shank_px, s.thigh_px, s.torso_px, s.whole_px) for _, s in self._recent]
        return Scale(*(median(column) for column in zip(*lengths, strict=True)))


def _changed(kept: Scale, now: Scale) -> bool:
    ratio = now.whole_px / kept.whole_px
    return not 1 / (1 + SCALE_CHANGE) < ratio < 1 + SCALE_CHANGE


def measure_scale(pose: Pose) -> Scale:
    """The lengths as they appear in one pose, at least one pixel each: for lying and sitting."""
    torso = math.dist(middle_xy(pose, "hip"), middle_xy(pose, "shoulder"))
    shank, thigh = _longer_px(pose, "knee", "ankle"), _longer_px(pose, "hip", "knee")
    torso = max(torso, 1.0)
    return Scale(max(shank, 1.0), max(thigh, 1.0), torso, whole_px=torso)


def standing_scale(pose: Pose) -> Scale:
    """The lengths of a standing body, from shoulders to the standing ankle.

    The model puts knee and ankle off by up to 16 % of the shank, but the whole within 3 %
    (measured: see samples), so the shank is taken as its share of the whole.
    """
    shoulder = middle_xy(pose, "shoulder")
    ankle = max(pose.xy("left_ankle")[1], pose.xy("right_ankle")[1])
    across = middle_xy(pose, "ankle")[0] - shoulder[0]
    whole = max(math.hypot(float(across), float(ankle - shoulder[1])), 3.0)
    torso = measure_scale(pose).torso_px
    return Scale(whole * SHANK_OF_WHOLE, whole * THIGH_OF_WHOLE, torso, whole_px=whole)


def _longer_px(pose: Pose, start: str, end: str) -> float:
    # The longer of the two is the less foreshortened one.
    lengths = [length_px(pose, f"{s}_{start}", f"{s}_{end}") for s in ("left", "right")]
    return (lengths[0] + lengths[1]) / 2 if min(lengths) > 0.9 * max(lengths) else max(lengths)


def bearing_deg(pose: Pose) -> float:
    """Turn of hips and shoulders about the vertical: 0 to the camera, ±90 side-on, 180 away."""
    across = pose.xyz_m("left_hip") - pose.xyz_m("right_hip")
    across = across + pose.xyz_m("left_shoulder") - pose.xyz_m("right_shoulder")
    return math.degrees(math.atan2(float(across[2]), float(across[0])))


class ViewTracker:
    """The camera's view and the body's bearing, steady over the last second."""

    def __init__(self, view_of: Callable[[Pose], View]) -> None:
        self._view_of = view_of
        self._recent: deque[tuple[float, View, float]] = deque()

    def update(self, pose: Pose) -> tuple[View, float]:
        """Take one pose; give the view and the bearing, 0..180 degrees."""
        self._recent.append((pose.t_s, self._view_of(pose), abs(bearing_deg(pose))))
        while pose.t_s - self._recent[0][0] > VIEW_WINDOW_S:
            self._recent.popleft()
        view = Counter(view for _, view, _ in self._recent).most_common(1)[0][0]
        return view, median(turn for _, _, turn in self._recent)


def standing_view(pose: Pose) -> View:
    """The camera's view of a standing or sitting person, from the bearing."""
    turn_deg = abs(bearing_deg(pose))
    if turn_deg < FRONT_BELOW_DEG:
        return View.FRONT
    if turn_deg > 180 - FRONT_BELOW_DEG:
        return View.BACK
    return View.SIDE if SIDE_ABOVE_DEG < turn_deg < 180 - SIDE_ABOVE_DEG else View.OBLIQUE


class JumpDetector:
    """Says when the body is suddenly elsewhere, of another size, or turned."""

    def __init__(self) -> None:
        self._last: Pose | None = None
        self._bearings: deque[tuple[float, float]] = deque()

    def update(self, pose: Pose) -> bool:
        """Take one pose; True when it cannot be the same body in the same shot."""
        last, self._last = self._last, pose
        if last is None or pose.t_s - last.t_s > JUMP_GAP_S:
            self._bearings.clear()
            return False
        torso, before = _torso_px(pose), _torso_px(last)
        moved = math.dist(_centre(pose), _centre(last)) > JUMP_TORSO * max(torso, before)
        grown = max(torso, before) > JUMP_SCALE * max(min(torso, before), 1.0)
        if moved or grown:
            self._bearings.clear()
            return True
        return self._turned(pose)

    def _turned(self, pose: Pose) -> bool:
        """Quiet, then quiet again at another bearing, with no time to turn in between.

        From behind, where the model wavers between back and front, it is never quiet. Of a body
        that lies, shoulders and hips do not tell the bearing.
        """
        if trunk_tilt_deg(pose) > UPRIGHT_DEG:
            self._bearings.clear()
            return False
        self._bearings.append((pose.t_s, _sideness_deg(pose)))
        while pose.t_s - self._bearings[0][0] > TURN_WINDOW_S:
            self._bearings.popleft()
        before = [b for t, b in self._bearings if pose.t_s - t > SETTLED_S + TURNING_S]
        after = [b for t, b in self._bearings if pose.t_s - t <= SETTLED_S]
        if len(before) < 2 or any(max(b) - min(b) > QUIET_TURN_DEG for b in (before, after)):
            return False
        turned = abs(median(before) - median(after)) > LEAST_TURN_DEG
        if turned:
            self._bearings.clear()
        return turned


def _sideness_deg(pose: Pose) -> float:
    """Bearing from 0, facing or turned away (which the model confuses), to 90, side-on."""
    turn = abs(bearing_deg(pose))
    return min(turn, 180 - turn)


def _torso_px(pose: Pose) -> float:
    return math.dist(middle_xy(pose, "hip"), middle_xy(pose, "shoulder"))


def _centre(pose: Pose) -> Array:
    centre: Array = (middle_xy(pose, "hip") + middle_xy(pose, "shoulder")) / 2
    return centre


class Steady:
    """A choice of side that changes only when the new one has lasted SIDE_STEADY_S."""

    def __init__(self, value: Side) -> None:
        self.value = value
        self._since: tuple[Side, float] | None = None

    def update(self, value: Side, t_s: float) -> Side:
        """Take the side seen in one frame; give the steady one."""
        if value is self.value:
            self._since = None
        elif self._since is None or self._since[0] is not value:
            self._since = (value, t_s)
        elif t_s - self._since[1] >= SIDE_STEADY_S:
            self.value, self._since = value, None
        return self.value


class Anchor:
    """Whether the parts that must stay put (the feet on the floor) do stay put.

    The middle places of the older and the newer half of a window are compared, so that a landmark
    that is elsewhere for a frame or two does not count as a step. NaN: not seen, and no step.
    """

    WINDOW_S = 0.5

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._recent: deque[tuple[float, Array]] = deque()

    def update(self, points: Array, t_s: float) -> bool:
        """Take (k, 2) points in body lengths; True while none strays beyond the limit."""
        self._recent.append((t_s, points))
        while t_s - self._recent[0][0] > self.WINDOW_S:
            self._recent.popleft()
        held = np.array([p for _, p in self._recent])
        half = len(held) // 2
        if half == 0:
            return True
        moved = np.median(held[half:], axis=0) - np.median(held[:half], axis=0)
        return not bool((np.abs(moved) >= self._limit).any())
