"""A pinhole camera on a tripod.

World frame: x left of the patient, y up, z the way the patient faces, metres. Image frame:
x right, y down, pixels, origin at the top left corner.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samples.studio.rotations import UP, Vec, unit, vec

NEAR_M, FAR_M = 0.1, 30.0
FRONT_WITHIN_DEG, SIDE_WITHIN_DEG = 25.0, 30.0  # of straight ahead and of square to the side


@dataclass(frozen=True)
class Camera:
    """Where the camera is and what it sees."""

    azimuth_deg: float = 90.0  # 0 in front of the patient, 90 at the patient's left
    distance_m: float = 3.2  # over the floor, from the aim point
    height_m: float = 1.0  # of the lens
    aim: tuple[float, float, float] = (0.0, 0.88, 0.05)  # world point in the image centre
    roll_deg: float = 0.0  # positive: the image turns clockwise
    fov_deg: float = 40.0  # vertical
    size: tuple[int, int] = (640, 480)  # width, height in px
    close_up: bool = False  # only feet and lower legs are in the picture: no pose to be found

    @property
    def eye(self) -> Vec:
        """World position of the lens (3,)."""
        a = np.radians(self.azimuth_deg)
        over = np.array([np.sin(a), 0.0, np.cos(a)]) * self.distance_m
        return vec(self.aim[0], self.height_m, self.aim[2]) + over

    @property
    def elevation_deg(self) -> float:
        """How high above the aim point's horizon the lens is."""
        return float(np.degrees(np.arctan2(self.height_m - self.aim[1], self.distance_m)))

    @property
    def view(self) -> str:
        """Name of the view: side, oblique, front or back; or close-up."""
        if self.close_up:
            return "close-up"
        off_front = abs((self.azimuth_deg + 180) % 360 - 180)
        if off_front <= FRONT_WITHIN_DEG:
            return "front"
        if off_front >= 180 - FRONT_WITHIN_DEG:
            return "back"
        return "side" if abs(off_front - 90) <= SIDE_WITHIN_DEG else "oblique"

    def axes(self) -> npt.NDArray[np.float64]:
        """Rows (3, 3): the image's right, up and backward directions in the world."""
        back = unit(self.eye - np.array(self.aim))
        right = unit(np.cross(UP, back))
        up = np.cross(back, right)
        a = np.radians(self.roll_deg)
        rolled_right = np.cos(a) * right + np.sin(a) * up
        rolled_up = np.cos(a) * up - np.sin(a) * right
        return np.stack([rolled_right, rolled_up, back])

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return float(self.size[1] / 2 / np.tan(np.radians(self.fov_deg) / 2))

    def project(self, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Image positions (n, 2) in px of world points (n, 3); NaN behind the camera."""
        seen = (points - self.eye) @ self.axes().T
        depth = np.where(seen[:, 2] < -NEAR_M, -seen[:, 2], np.nan)
        scale = self.focal_px / depth
        width, height = self.size
        return np.stack([width / 2 + scale * seen[:, 0], height / 2 - scale * seen[:, 1]], axis=1)

    def matrix(self) -> npt.NDArray[np.float64]:
        """World to clip space (4, 4), as OpenGL wants it (column vectors)."""
        view = np.eye(4)
        view[:3, :3] = self.axes()
        view[:3, 3] = -self.axes() @ self.eye
        width, height = self.size
        lens = 1 / np.tan(np.radians(self.fov_deg) / 2)
        clip = np.zeros((4, 4))
        clip[0, 0], clip[1, 1] = lens * height / width, lens
        clip[2, 2] = (FAR_M + NEAR_M) / (NEAR_M - FAR_M)
        clip[2, 3] = 2 * FAR_M * NEAR_M / (NEAR_M - FAR_M)
        clip[3, 2] = -1.0
        return clip @ view
