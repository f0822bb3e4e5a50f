"""The marker file of OpenSim (TRC): metres, x to the right in the picture, y up, z to the camera.

MediaPipe's world has its origin between the hips, so that in it the floor would rise and fall
with a heel raise. Here the hips move as they do in the picture, and the toes stand at y = 0.
"""

from __future__ import annotations

import numpy as np

from formcheck.pose.pose import LANDMARKS, Array

TOES = [LANDMARKS.index(f"{side}_foot_index") for side in ("left", "right")]
HIPS = [LANDMARKS.index(f"{side}_hip") for side in ("left", "right")]
FLIP = np.array([1.0, -1.0, -1.0])
"""From x right, y down, z away to x right, y up, z near: a half turn about x."""
DEFAULT_RATE = 30.0


def marker_names() -> tuple[str, ...]:
    """The landmarks by the names that Pose2Sim and Sports2D give them: RAnkle, LBigToe, Nose."""
    return tuple(_marker(name) for name in LANDMARKS)


def _marker(name: str) -> str:
    parts = ["big", "toe"] if name.endswith("foot_index") else [*name.split("_")]
    side = next((part for part in name.split("_") if part in ("left", "right")), "")
    words = [part.capitalize() for part in parts if part not in ("left", "right")]
    return side[:1].upper() + "".join(words)


def trc_text(name: str, t_s: Array, image: Array, world: Array) -> str:
    """A TRC file. t_s (n,) s; image (n, 33, 4) px; world (n, 33, 3) m; NaN where not seen."""
    places = in_metres(image, world)
    rate = (len(t_s) - 1) / (t_s[-1] - t_s[0]) if len(t_s) > 1 else DEFAULT_RATE
    markers = marker_names()
    told = f"{rate:.2f}"
    head = [
        f"PathFileType\t4\t(X/Y/Z)\t{name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
        "OrigNumFrames",
        f"{told}\t{told}\t{len(t_s)}\t{len(markers)}\tm\t{told}\t1\t{len(t_s)}",
        "Frame#\tTime\t" + "\t\t\t".join(markers) + "\t\t",
        "\t\t" + "\t".join(f"{axis}{i + 1}" for i in range(len(markers)) for axis in "XYZ"),
        "",
    ]
    rows = [
        f"{i + 1}\t{t:.4f}\t" + "\t".join(_told(v) for v in frame.ravel())
        for i, (t, frame) in enumerate(zip(t_s, places, strict=True))
    ]
    return "\n".join([*head, *rows]) + "\n"


def _told(value: float) -> str:
    return "NaN" if np.isnan(value) else f"{value:.5f}"


def in_metres(image: Array, world: Array) -> Array:
    """(n, 33, 3) metres: the world landmarks, carried along by the hips' way in the picture."""
    seen = np.isfinite(world).all(axis=(1, 2))
    places: Array = world * FLIP
    if not seen.any():
        return places
    flat, metres = image[seen, :, :2], world[seen, :, :2]
    # One scale for all frames: the size of the body in the picture over that in the world.
    pixels_per_m = float(np.median(_size(flat) / _size(metres)))
    hips = image[:, HIPS, :2].mean(axis=1) / pixels_per_m
    way = (hips - hips[seen][0]) * FLIP[:2]
    places[:, :, :2] += way[:, None, :]
    places[:, :, 1] -= np.median(places[seen][:, TOES, 1])
    return places


def _size(points: Array) -> Array:
    """(n,) root mean square distance of points (n, 33, 2) from their middle."""
    spread: Array = np.sqrt(((points - points.mean(axis=1, keepdims=True)) ** 2).mean(axis=(1, 2)))
    return spread
