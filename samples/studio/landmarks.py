"""MediaPipe Pose's 33 landmarks on the rendered body: where they really are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samples.studio.body import SIDES, Body, Points, Skeleton, skin

NAMES = (
    "nose",
    "left_eye_inner", "left_eye", "left_eye_outer",
    "right_eye_inner", "right_eye", "right_eye_outer",
    "left_ear", "right_ear", "mouth_left", "mouth_right",
    "left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
    "left_wrist", "right_wrist", "left_pinky", "right_pinky",
    "left_index", "right_index", "left_thumb", "right_thumb",
    "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
    "left_heel", "right_heel", "left_foot_index", "right_foot_index",
)  # fmt: skip

# Places on the skin of the generic body in decimetres (x left, y up, z forward), left side.
ON_SKIN = {
    "eye_inner": (0.17, 7.27, 1.36),
    "eye": (0.32, 7.28, 1.36),
    "eye_outer": (0.47, 7.28, 1.25),
    "ear": (0.85, 7.20, 0.45),
    "mouth": (0.25, 6.745, 1.4),
}
NOSE = (0.0, 7.05, 1.7)
HEEL_HEIGHT_DM = (-8.05, -7.75)
BIG_TOE = "toe1-2"


@dataclass(frozen=True)
class LandmarkFinder:
    """Which vertex each landmark on the skin is; the others are joints."""

    body: Body
    vertices: dict[str, int]

    def locate(self, skeleton: Skeleton) -> Points:
        """World positions (33, 3) in metres, in the order of NAMES."""
        index = np.array(list(self.vertices.values()))
        rest = self.body.vertices[index]
        moved, _ = skin(skeleton, self.body.weights[index], rest, rest)
        on_skin = dict(zip(self.vertices, moved, strict=True))
        return np.stack([on_skin[n] if n in on_skin else skeleton.joint(n) for n in NAMES])


def find_landmarks(body: Body) -> LandmarkFinder:
    """Pick the vertices once per body."""
    used = np.unique(body.surfaces["skin"])
    c = body.generic[used] * 10.0

    def nearest(place: tuple[float, float, float]) -> int:
        return int(used[np.argmin(((c - np.array(place)) ** 2).sum(axis=1))])

    found = {"nose": nearest(NOSE)}
    for side in SIDES:
        sign = 1.0 if side == "left" else -1.0
        for name, (x, y, z) in ON_SKIN.items():
            label = f"mouth_{side}" if name == "mouth" else f"{side}_{name}"
            found[label] = nearest((sign * x, y, z))
        heel = (sign * c[:, 0] > 0) & (c[:, 1] > HEEL_HEIGHT_DM[0]) & (c[:, 1] < HEEL_HEIGHT_DM[1])
        found[f"{side}_heel"] = _extreme(used, heel, -c[:, 2])
        toe = body.weights[used][:, [body.bones[f"{BIG_TOE}.{side[0].upper()}"]]].toarray()[:, 0]
        found[f"{side}_foot_index"] = _extreme(used, toe > 0.5, c[:, 2])
    return LandmarkFinder(body, found)


def _extreme(
    used: npt.NDArray[np.int64], among: npt.NDArray[np.bool_], value: npt.NDArray[np.float64]
) -> int:
    return int(used[np.argmax(np.where(among, value, -np.inf))])
