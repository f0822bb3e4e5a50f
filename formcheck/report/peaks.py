"""Keeps the picture of each repetition's peak while a video streams by, in little memory.

A repetition is known only when it is over, so the last seconds are remembered, as JPEGs of the
body alone; of all the peaks only the highest and the lowest ones stay.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.errors import InputError
from formcheck.pose.pose import Pose
from formcheck.pose.side_view import View
from formcheck.results import Hold, Outline, Rep, SessionResult, Snapshot
from formcheck.video.picture import Image

EVERY_S = 0.1
MEMORY_S = 21.0
"""As long as the longest repetition (20 s); of a longer hold a later moment is shown."""
NEAR_S = 0.5
"""A picture farther from the peak than this does not show it."""
KEPT = 12
"""So many of the highest and of the lowest repetitions."""
QUALITY = 92
LONG_SIDE = 640
"""Pixels; larger pictures are brought down to it."""
ROOM = 0.14
"""Air round the body, as a share of its longer extent: the landmarks end at eyes and toes."""
UPRIGHT, LYING = 3 / 4, 3 / 2
"""Width over height of a picture."""


@dataclass(frozen=True)
class Shot:
    """One moment: its picture as JPEG, and the body's pose in pixels of that picture.

    pose: None where no body was seen but feet; outlines: what was followed then.
    """

    t_s: float
    jpeg: bytes
    pose: Pose | None
    outlines: tuple[Outline, ...] = ()

    def image(self) -> Image:
        """(h, w, 3) RGB."""
        return decoded(self.jpeg)


@dataclass(frozen=True)
class Peak:
    """The picture of repetition or hold `number`, counted from 1."""

    number: int
    shot: Shot


class Peaks:
    """Fed with every frame and what the engine said about it; holds a few megabytes at most."""

    def __init__(self) -> None:
        self._recent: deque[Shot] = deque()
        # By the start of the repetition, which is the same in every judgement of it.
        self._kept: dict[float, tuple[float, Shot]] = {}

    def copy(self) -> Peaks:
        """What is kept so far; the pictures themselves are shared and never change."""
        other = Peaks()
        other._recent, other._kept = self._recent.copy(), self._kept.copy()
        return other

    def update(self, image: Image, snapshot: Snapshot) -> None:
        """Take one frame: image (h, w, 3) RGB, perhaps a scaled copy of the pose's frame."""
        ended: tuple[Rep | Hold, ...] = (*snapshot.new_reps, *snapshot.new_holds)
        for span in ended:
            self._keep(span)
        pose, t_s = snapshot.pose, snapshot.t_s
        if pose is None and snapshot.view is not View.CLOSE_UP:
            return
        if self._recent and t_s - self._recent[-1].t_s < EVERY_S:
            return
        shot = shoot_whole(image, snapshot) if pose is None else shoot(image, pose)
        self._recent.append(shot)
        while t_s - self._recent[0].t_s > MEMORY_S:
            self._recent.popleft()

    def _keep(self, span: Rep | Hold) -> None:
        at_s = span.peak_s if isinstance(span, Rep) else (span.start_s + span.end_s) / 2
        shot = min(self._recent, key=lambda s: abs(s.t_s - at_s), default=None)
        inside = shot is not None and span.start_s <= shot.t_s <= span.end_s
        if shot is None or not (inside or abs(shot.t_s - at_s) <= NEAR_S):
            return
        self._kept[span.start_s] = (_size(span), shot)
        if len(self._kept) > 2 * KEPT:
            by_size = sorted(self._kept, key=lambda start_s: self._kept[start_s][0])
            del self._kept[by_size[KEPT]]

    def best_and_weakest(self, result: SessionResult) -> tuple[Peak, ...]:
        """One picture of the best and one of the weakest, by the final judgement; fewer if same.

        Fewer faults are better; among equals the larger one is.
        """
        done: Sequence[Rep | Hold] = result.reps or result.holds
        if done and done[-1].start_s not in self._kept:
            self._keep(done[-1])  # it was closed by the end of the recording
        ranked = sorted(
            ((-len(span.faults), _size(span), i) for i, span in enumerate(done)), reverse=True
        )
        shown = [i for *_, i in ranked if done[i].start_s in self._kept]
        chosen = dict.fromkeys((shown[0], shown[-1])) if shown else ()
        return tuple(Peak(i + 1, self._kept[done[i].start_s][1]) for i in chosen)


def _size(span: Rep | Hold) -> float:
    # The target moves while a set goes on (the person's own best); the measure itself does not.
    return span.reached * span.target if isinstance(span, Rep) else span.held_s


def shoot(image: Image, pose: Pose) -> Shot:
    """Cut the body out of a frame, upright or lying, and keep it as JPEG."""
    scale = image.shape[1] / pose.size[0]
    points = pose.image * (scale, scale, scale, 1)
    left, top, right, bottom = frame_of(points, image.shape[1], image.shape[0])
    smaller = min(1.0, LONG_SIDE / max(right - left, bottom - top))
    size = (round((right - left) * smaller), round((bottom - top) * smaller))
    cut = cv2.resize(image[top:bottom, left:right], size, interpolation=cv2.INTER_AREA)
    points = (points - (left, top, 0, 0)) * (smaller, smaller, smaller, 1)
    return Shot(pose.t_s, _encoded(cut), replace(pose, image=points, size=size))


def shoot_whole(image: Image, snapshot: Snapshot) -> Shot:
    """Keep a whole frame, of feet alone, as JPEG."""
    height, width = image.shape[:2]
    smaller = min(1.0, LONG_SIDE / max(width, height))
    size = (round(width * smaller), round(height * smaller))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return Shot(snapshot.t_s, _encoded(small), None, snapshot.outlines)


def _encoded(image: Image | cv2.typing.MatLike) -> bytes:
    bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    _, jpeg = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
    return jpeg.tobytes()


def decoded(jpeg: bytes) -> Image:
    """(h, w, 3) RGB of a JPEG; raises InputError when it is none."""
    bgr = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if bgr is None:
        raise InputError("a stored picture is damaged: analyse the video again")
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)


def frame_of(points: NDArray[np.float64], width: int, height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom (px) of a picture of the landmarks (33, 4) inside w x h."""
    corner = np.array([width, height], float)
    low, high = (np.clip(f(points[:, :2], axis=0), 0, corner) for f in (np.min, np.max))
    body = np.maximum(high - low, 2.0) + 2 * ROOM * float(max(high - low))
    aspect = LYING if body[0] > body[1] else UPRIGHT
    wanted = np.maximum(body, (body[1] * aspect, body[0] / aspect))
    wanted = np.minimum(wanted, corner)
    start = np.clip((low + high - wanted) / 2, 0, corner - wanted)
    left, top = (int(v) for v in start)
    right, bottom = (int(v) for v in np.ceil(start + wanted))
    return left, top, min(right, width), min(bottom, height)
