"""A body seen at one moment: named landmarks in the image and in the world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.video.picture import Image

Array = NDArray[np.float64]
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

LANDMARKS = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
"""Names in the order in which MediaPipe Pose numbers its 33 landmarks."""

_INDEX = {name: i for i, name in enumerate(LANDMARKS)}
_OTHER = {"left": "right", "right": "left"}
_MIRROR = [
    _INDEX["_".join(_OTHER.get(part, part) for part in name.split("_"))] for name in LANDMARKS
]


@dataclass(frozen=True)
class Pose:
    """One body at one time.

    t_s: time of the frame, seconds.
    image: (33, 4) x, y, z in pixels of the source frame (x right, y down, z away from the
        camera relative to the hips), and visibility 0..1.
    world: (33, 3) metres, origin between the hips, x right, y down, z away from the camera.
    size: width and height of the source frame, pixels.
    """

    t_s: float
    image: Array
    world: Array
    size: tuple[int, int]

    def xy(self, name: str) -> Array:
        """(2,) pixel position of the landmark `name`."""
        point: Array = self.image[_INDEX[name], :2]
        return point

    def xyz_m(self, name: str) -> Array:
        """(3,) world position of the landmark `name`, metres."""
        point: Array = self.world[_INDEX[name]]
        return point

    def visibility(self, name: str) -> float:
        """How sure the model is that `name` is in view, 0..1."""
        return float(self.image[_INDEX[name], 3])

    def swapped(self) -> Pose:
        """The same body with left and right exchanged."""
        return replace(self, image=self.image[_MIRROR], world=self.world[_MIRROR])

    def turned(self, degrees: int) -> Pose:
        """The same body in a picture turned clockwise by a multiple of 90 degrees."""
        image, world, (width, height) = self.image.copy(), self.world.copy(), self.size
        for _ in range(degrees // 90 % 4):
            image[:, 0], image[:, 1] = height - image[:, 1], image[:, 0].copy()
            world[:, 0], world[:, 1] = -world[:, 1], world[:, 0].copy()
            width, height = height, width
        return replace(self, image=image, world=world, size=(width, height))

    def in_frame(self, name: str) -> bool:
        """Whether the landmark lies inside the picture."""
        x, y = self.xy(name)
        return bool(0 <= x < self.size[0] and 0 <= y < self.size[1])


@dataclass(frozen=True)
class Feet:
    """The part of a picture that shows the feet.

    grey: (h, w). box: where it is in the frame. begun: elsewhere than in the frame before.
    knees_shank: height of the knees, in shank lengths, over where they were when the box began.
    """

    grey: Image
    box: Box
    begun: bool
    knees_shank: float


@dataclass(frozen=True)
class Sighting:
    """What one frame showed: its time, the followed body or None, whether the scene was cut.

    feet: cut out of its picture, where somebody looked for them.
    """

    t_s: float
    pose: Pose | None
    cut: bool = False
    feet: Feet | None = None


def from_trace(path: Path) -> Iterator[Sighting]:
    """Read a recorded landmark trace (.npz: t, image, world, size) without any video.

    Arrays: t (n,) s; image (n, 33, 4) px and visibility; world (n, 33, 3) m; size (w, h).
    Frames in which nobody was found are NaN.
    """
    with np.load(path) as trace:
        times, image, world = trace["t"], trace["image"], trace["world"]
        width, height = (int(v) for v in trace["size"])
        cuts = trace["cuts"] if "cuts" in trace else np.zeros(len(times), bool)
    for t_s, points, metres, cut in zip(times, image, world, cuts, strict=True):
        seen = bool(np.isfinite(points).all())
        pose = None
        if seen:
            pose = Pose(float(t_s), points.astype(float), metres.astype(float), (width, height))
        yield Sighting(float(t_s), pose, bool(cut))
