"""Where every part of a key picture is now: dense flow from a picture of the foot at rest.

Matching each picture with the key picture, not with the one before it, leaves nothing to add up:
the shift is zero again when the foot is back, and stays what it is while the foot is held up
(measured: summed steps were off by half a heel raise after four; matches by a tenth at most).
Only what turns so far that it looks like nothing in the key picture, as lifted toes do, is carried
on from picture to picture until it is back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from weakref import WeakValueDictionary

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.video.picture import Image

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]

AREA_PX = 320 * 240
"""Pixels that a picture is brought to: the exercises move a foot by 1 to 50 of them."""
MOST_ENLARGED = 2.0
"""A smaller picture is enlarged by no more: there is nothing more to see in it."""
STEP_S = 0.05
"""Pictures that follow sooner show nothing new: feet are slow."""
LEAST_PX = 64
"""Neither side is shorter: OpenCV's flow cannot do with 16 pixels."""
CELL_PX = 6
"""Side of the cells into which shifts are averaged."""
PATCH_PX = 9
"""Side of the patches that are compared."""
DETAIL_PX = 4.0
"""Coarser brightness (standard deviation of the blur) is taken off: shadows have soft edges."""
PLAIN = 3.0
"""Standard deviation (grey levels) of a patch that shows nothing: noise and compression."""
FOUND, LOST = 0.5, 0.3
"""Correlation from which a patch is the same one, and below which it is another."""
SURELY = 0.8
"""Correlation from which a part is there again for certain, whatever way it seems to have gone."""
EFFORT = 0.003
"""Correlation that a patch must gain per pixel that it is said to have moved: along a straight
edge it fits anywhere, and a shadow decides where (samples)."""
STAYS = 0.003
STAYING_SHARE = 0.15
"""While so much of what can be seen has moved by less than STAYS (picture sizes), the camera has
not moved: feet may fill most of the picture (samples), and the floor is often plain."""
TEXTURED_SHARE = 0.3
"""Where less of the picture shows anything, what shows is the foot, on a plain floor (samples)."""
FOUND_CELL = 0.5
"""Share of a cell that must have been found for its shift to be believed."""
LEAST_CELL = 0.05
"""Share of a cell that must be found for its shift to count in full."""
SMOOTHING_PX = 5
"""Median filter over the chosen shifts: single wrong ones are dropped."""


@dataclass(frozen=True)
class Field:
    """What became of the cells (h, w) of the key picture.

    shift: (h, w, 2) right and down, in picture sizes (the root of the picture's area), what the
    camera did taken off. camera: (2,) the same, of the whole picture. found: (h, w) how much of
    the cell shows something and was found again, 0..1; lost: showed something that is gone.
    knees_shank: height of the knees over any fixed one, where a body is seen, in shank lengths.
    """

    t_s: float
    shift: Plane
    camera: Plane
    found: Plane
    lost: Plane
    knees_shank: float = 0.0

    @property
    def gone(self) -> float:
        """Share of what the key picture showed that is not found again, 0..1."""
        shown = float(self.found.sum() + self.lost.sum())
        return float(self.lost.sum()) / max(shown, 1.0)


def prepared(image: Image) -> Image:
    """Grey copy (h, w) of a picture (h, w, 3) RGB in the size in which it is compared."""
    height, width = image.shape[:2]
    scale = min(math.sqrt(AREA_PX / (width * height)), MOST_ENLARGED)
    size = (max(round(width * scale), LEAST_PX), max(round(height * scale), LEAST_PX))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(image, size, interpolation=how)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)


class KeyPicture:
    """A picture of the foot at rest (h, w) grey, with which others are compared in time order."""

    def __init__(self, grey: Image, t_s: float) -> None:
        self.t_s = t_s
        self._grey = self._last = grey
        self._detail = self._last_detail = _detail(grey)
        self._dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        height, width = grey.shape
        self._x, self._y = np.meshgrid(
            np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        )
        self._flow: Plane = np.zeros((height, width, 2), np.float32)
        self._found: Mask = np.ones((height, width), np.bool_)
        self._matched: Field | None = None

    def match(self, grey: Image, t_s: float) -> Field:
        """Find the cells of the key picture in another one (h, w) of the same size."""
        if self._matched is None or self._matched.t_s != t_s:
            self._matched = self._match(grey, t_s)
        return self._matched

    def _match(self, grey: Image, t_s: float) -> Field:
        detail = _detail(grey)
        carried = self._flow + self._moved(self._step(grey))
        flow, fit, spread = self._direct(grey, detail, carried)
        on, _spread = _fit(self._moved(self._last_detail), self._moved(detail, carried))
        chained = (fit < SURELY) & self._found & (on > np.maximum(fit, FOUND))
        self._flow = _smooth(np.where(chained[..., None], carried, flow))
        self._found = (fit > FOUND) | chained
        self._last, self._last_detail = grey, detail
        shows = (spread > PLAIN**2) & self._inside()
        return _field(t_s, self._flow, shows & self._found, shows & (fit < LOST) & ~chained)

    def fits(self, grey: Image) -> bool:
        """Whether a picture has the size of the key picture."""
        return self._grey.shape == grey.shape

    def _direct(self, grey: Image, detail: Plane, carried: Plane) -> tuple[Plane, Plane, Plane]:
        """The flow from the key picture that fits best, how well, and the patches' variance."""
        none = np.zeros_like(carried)
        # Near where it was is right for a foot that moves on, afresh after a jump or a mistake.
        flows = (none, self._calculated(grey, carried), self._calculated(grey, none))
        found = [_fit(self._detail, self._moved(detail, flow)) for flow in flows]
        likeness = np.stack([fit for fit, _spread in found])
        likeness[0] += EFFORT * np.minimum(*(np.hypot(f[..., 0], f[..., 1]) for f in flows[1:]))
        best = likeness.argmax(axis=0)[None]
        fit = np.take_along_axis(likeness, best, axis=0)[0]
        spread = np.take_along_axis(np.stack([spread for _fit, spread in found]), best, axis=0)[0]
        return np.take_along_axis(np.stack(flows), best[..., None], axis=0)[0], fit, spread

    def _step(self, grey: Image) -> Plane:
        """Flow (h, w, 2) from the picture before."""
        return np.asarray(self._dis.calc(self._last, grey, np.zeros_like(self._flow)), np.float32)

    def _calculated(self, grey: Image, first_guess: Plane) -> Plane:
        return np.asarray(self._dis.calc(self._grey, grey, first_guess.copy()), np.float32)

    def _moved(self, plane: Plane, flow: Plane | None = None) -> Plane:
        """What a plane (h, w, …) shows where the parts of the key picture are, or were."""
        flow = self._flow if flow is None else flow
        x, y = self._x + flow[..., 0], self._y + flow[..., 1]
        there = cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(there, np.float32)

    def _inside(self) -> Mask:
        """Which places (h, w) are still in the picture."""
        x, y = self._x + self._flow[..., 0], self._y + self._flow[..., 1]
        height, width = self._grey.shape
        inside: Mask = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        return inside


class KeyPictures:
    """The key pictures of one camera, shared by all the exercises that look at it.

    So a picture is compared once with each of them, however many exercises ask.
    """

    def __init__(self) -> None:
        self._keys: WeakValueDictionary[float, KeyPicture] = WeakValueDictionary()
        self._due_s = -math.inf

    def due(self, t_s: float, *, cut: bool) -> bool:
        """Whether a picture is looked at: one that follows too soon shows nothing new."""
        if cut or t_s - self._due_s >= STEP_S:
            self._due_s = t_s
        return t_s == self._due_s

    def key(self, grey: Image, t_s: float, still_since_s: float = math.inf) -> KeyPicture:
        """The key picture (h, w) of a foot that has been still for a while: this or an earlier."""
        times = [key_s for key_s in self._keys if key_s >= min(still_since_s, t_s)]
        key = self._keys.get(max(times)) if times else None
        if key is None or not key.fits(grey):
            key = self._keys[t_s] = KeyPicture(grey, t_s)
        return key


def _field(t_s: float, flow: Plane, found: Mask, lost: Mask) -> Field:
    """Means over the cells of a flow (h, w, 2) in pixels, where it was found."""
    weight = _cells(found)
    size = np.maximum(weight, np.float32(LEAST_CELL)) * np.float32(math.sqrt(found.size))
    shift = np.asarray(_cells(flow * found[..., None]) / size[..., None], np.float32)
    camera = _camera(shift, weight)
    return Field(t_s, shift - camera, camera, weight, _cells(lost))


def _camera(shift: Plane, found: Plane) -> Plane:
    """Shift (2,) of the whole picture: none while enough of what can be seen stays."""
    there = found > FOUND_CELL
    stays = there & (np.hypot(shift[..., 0], shift[..., 1]) < STAYS)
    plain = there.mean() < TEXTURED_SHARE
    if plain or stays.sum() >= STAYING_SHARE * there.sum():
        return np.zeros(2, np.float32)
    return np.asarray(np.median(shift[there], axis=0), np.float32)


def _fit(here: Plane, there: Plane) -> tuple[Plane, Plane]:
    """Correlation of patches here and there (h, w), and the larger of their variances."""
    spread = np.maximum(_mean(here**2), _mean(there**2))
    fit = _mean(here * there) / np.maximum(spread, np.float32(PLAIN**2))
    return np.asarray(fit, np.float32), spread


def _detail(grey: Image) -> Plane:
    plane = grey.astype(np.float32)
    return plane - np.asarray(cv2.GaussianBlur(plane, (0, 0), DETAIL_PX), np.float32)


def _mean(plane: Plane) -> Plane:
    return np.asarray(cv2.blur(plane, (PATCH_PX, PATCH_PX)), np.float32)


def _smooth(flow: Plane) -> Plane:
    parts = [cv2.medianBlur(np.ascontiguousarray(flow[..., i]), SMOOTHING_PX) for i in (0, 1)]
    return np.asarray(np.dstack(parts), np.float32)


def _cells(plane: Plane | Mask) -> Plane:
    """Means over the cells of a plane (h, w) or (h, w, 2)."""
    height, width = (n // CELL_PX for n in plane.shape[:2])
    whole = plane[: height * CELL_PX, : width * CELL_PX].astype(np.float32)
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.float32)
