"""Cuts the feet out of pictures of a whole body: a close-up that stands still while they do."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace

import numpy as np

from formcheck.body.tracking import measure_scale
from formcheck.close_up.flow import prepared
from formcheck.pose.pose import Array, Box, Feet, Pose, Sighting
from formcheck.video.picture import Image

SETTLING_S = 0.5
"""Landmarks of this long are looked at together: single ones jump."""
BESIDE_SHANK, ABOVE_SHANK, BELOW_SHANK = 0.45, 0.3, 0.25
"""Margins round heels, toes and ankles, in shank lengths: toes and a towel before the feet, the
lower shins above them, the edges of the feet below (measured: see samples)."""
ASPECT = 4 / 3
MOVED = 0.15
"""Feet that are this share of the box's width elsewhere need a new box."""
RESIZED = 1.3
"""And so do feet that look this much larger or smaller."""
IN_PICTURE = 0.6
"""Share of the box that must be in the picture, or the feet are not."""
JOINTS = [f"{leg}_{end}" for leg in ("left", "right") for end in ("ankle", "heel", "foot_index")]


class FeetFinder:
    """Takes sightings and their pictures in time order, and adds the feet to them."""

    def __init__(self) -> None:
        self._extents: deque[tuple[float, Array]] = deque()
        self._wanted: Array | None = None
        self._shank_px = self._knees_px = math.nan
        self._knees_shank = 0.0

    def add(self, sighting: Sighting, image: Image) -> Sighting:
        """The sighting with its feet, cut out of the picture (h, w, 3) RGB it was made of.

        Where the body is not seen for a while, the feet are looked for where they were.
        """
        if sighting.cut:
            self._extents.clear()
            self._wanted = None
        begun = sighting.pose is not None and self._follow(sighting.pose)
        if self._wanted is None:
            return sighting
        box = _inside(self._wanted, image)
        left, top, right, bottom = box
        if _area(box) < IN_PICTURE * _area(self._wanted):
            return sighting
        grey = prepared(np.ascontiguousarray(image[top:bottom, left:right]))
        return replace(sighting, feet=Feet(grey, box, begun, self._knees_shank))

    def _follow(self, pose: Pose) -> bool:
        """Look where the feet are; whether that needs a new box."""
        scale = measure_scale(pose)
        if scale is None:
            return False
        knees_px = -float(pose.xy("left_knee")[1] + pose.xy("right_knee")[1]) / 2
        self._knees_shank = (knees_px - self._knees_px) / self._shank_px
        self._extents.append((pose.t_s, _extent(pose, scale.shank_px)))
        while pose.t_s - self._extents[0][0] > SETTLING_S:
            self._extents.popleft()
        extent = np.median([extent for _t_s, extent in self._extents], axis=0)
        if self._wanted is not None and not _elsewhere(extent, self._wanted):
            return False
        self._wanted = extent
        self._shank_px, self._knees_px, self._knees_shank = scale.shank_px, knees_px, 0.0
        return True


def _extent(pose: Pose, shank_px: float) -> Array:
    """Left, top, right, bottom (4,) in pixels, round both feet."""
    feet = np.array([pose.xy(joint) for joint in JOINTS])
    left, top = feet.min(axis=0) - np.array([BESIDE_SHANK, ABOVE_SHANK]) * shank_px
    right, bottom = feet.max(axis=0) + np.array([BESIDE_SHANK, BELOW_SHANK]) * shank_px
    width = max(right - left, (bottom - top) * ASPECT)
    x, y = (left + right) / 2, (top + bottom) / 2
    half = np.array([width, width / ASPECT]) / 2
    return np.array([x - half[0], y - half[1], x + half[0], y + half[1]])


def _elsewhere(extent: Array, box: Array) -> bool:
    (left, top, right, bottom), width = extent, box[2] - box[0]
    moved = math.hypot(left + right - box[0] - box[2], top + bottom - box[1] - box[3]) / 2
    ratio = (right - left) / width
    return bool(moved > MOVED * width or not 1 / RESIZED < ratio < RESIZED)


def _area(box: Box | Array) -> float:
    return float(max(box[2] - box[0], 0) * max(box[3] - box[1], 0))


def _inside(wanted: Array, image: Image) -> Box:
    height, width = image.shape[:2]
    left, top, right, bottom = (round(float(v)) for v in wanted)
    return max(left, 0), max(top, 0), min(right, width), min(bottom, height)
