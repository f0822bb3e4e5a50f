"""Makes people in a picture unrecognisable: the head, and everything round the exerciser's body."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.drawing.bones import BONES
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.video.picture import Image

Mask = NDArray[np.float32]

HEAD = LANDMARKS[:11]
HEAD_SPREAD, HEAD_TORSO = 1.9, 0.32
"""Radius of the head: of the spread of the face's landmarks (eyes to mouth and ears), and of the
torso's length where the face is seen from the side or from behind and its landmarks huddle."""
LIMB_TORSO = 0.34
"""Width of the body that stays sharp round its bones, in torso lengths."""
EDGE_TORSO = 0.04
COARSE = 4
"""The mask is drawn so many times smaller: its edges are soft anyway."""
BLUR_TORSO = 0.18
"""Standard deviation of the blur: about half a head, so that no feature is left."""


def hide_faces(image: Image, pose: Pose | None) -> Image:
    """Blur all of the picture but the body below the head of the one who exercises.

    Other people are not looked for, so their faces could not be blurred one by one: what is not
    the exerciser's body is blurred as a whole. Without a pose that is everything.
    image: (h, w, 3) RGB; the pose in pixels of a frame of any size with the same picture.
    """
    height, width = image.shape[:2]
    scale = width / pose.size[0] if pose else 1.0
    torso = _torso_px(pose) * scale if pose else min(height, width) / 3
    # Blurred small and stretched again: the same to the eye, at a hundredth of the time.
    small = 8 / max(8.0, BLUR_TORSO * torso)
    tiny = cv2.resize(image, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
    hidden = cv2.resize(cv2.GaussianBlur(tiny, (0, 0), 8), (width, height))
    if pose is None:
        return np.asarray(hidden, np.uint8)
    coarse = _body_mask(pose, scale / COARSE, torso / COARSE, (height // COARSE, width // COARSE))
    sharp = cv2.resize(coarse, (width, height))
    return np.asarray(cv2.blendLinear(image, hidden, sharp, 1 - sharp), np.uint8)


def _body_mask(pose: Pose, scale: float, torso: float, shape: tuple[int, int]) -> Mask:
    """(h, w) 1 where the picture stays as it is, 0 where it is hidden, soft in between."""
    mask = np.zeros(shape, np.float32)
    points = {name: tuple(int(v * scale) for v in pose.xy(name)) for name in LANDMARKS}
    trunk = [points[name] for name in ("left_shoulder", "right_shoulder", "right_hip", "left_hip")]
    cv2.fillConvexPoly(mask, cv2.convexHull(np.array(trunk)), 1)
    for start, end in BONES:
        cv2.line(mask, points[start], points[end], 1, max(2, round(LIMB_TORSO * torso)))
    centre, radius = head_circle(pose)
    head = (int(centre[0] * scale), int(centre[1] * scale)), int(radius * scale)
    cv2.circle(mask, *head, 0, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), max(1.0, EDGE_TORSO * torso))
    cv2.circle(soft, *head, 0, -1)
    return np.asarray(soft, np.float32)


def head_circle(pose: Pose) -> tuple[tuple[float, float], float]:
    """Centre and radius of a circle round the head, pixels of the pose's frame."""
    face = np.array([pose.xy(name) for name in HEAD])
    x, y = (float(v) for v in face.mean(axis=0))
    spread = float(np.linalg.norm(face - (x, y), axis=1).max())
    return (x, y), max(HEAD_SPREAD * spread, HEAD_TORSO * _torso_px(pose))


def _torso_px(pose: Pose) -> float:
    shoulder, hip = (
        (pose.xy(f"left_{joint}") + pose.xy(f"right_{joint}")) / 2 for joint in ("shoulder", "hip")
    )
    return max(8.0, math.dist(shoulder, hip))
