"""What a real camera does to a picture: too little light, noise, and blur."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from samples.studio.profile import wander

Image = npt.NDArray[np.uint8]

GAMMA = 2.2
NOISE_TILES = 8  # noise pictures that are dealt out in turn, each shifted at random
SHAKE_S = (2.3, 0.9, 0.37)  # periods of a hand that holds a camera
SHAKE_DEG_PX = 0.06  # how far it rolls meanwhile


@dataclass(frozen=True)
class Sensor:
    """Defaults: a good camera in a bright room."""

    light: float = 1.0  # share of the light that reaches the sensor
    noise: float = 0.0  # standard deviation in 8-bit steps
    defocus_px: float = 0.0  # standard deviation of the blur
    shutter: int = 1  # pictures averaged per frame: motion blur over half a frame
    shake_px: float = 0.0  # how far a hand-held camera strays; the truth knows it not


class Camcorder:
    """Applies a sensor to frames in order; seeded, so two runs agree."""

    def __init__(self, sensor: Sensor, size: tuple[int, int], seed: int) -> None:
        self._sensor = sensor
        self._random = np.random.default_rng(seed)
        self._seed = seed
        steps = (np.arange(256) / 255.0) ** GAMMA * sensor.light
        self._curve = np.round(255 * np.clip(steps, 0, 1) ** (1 / GAMMA)).astype(np.uint8)
        width, height = size
        shape = (NOISE_TILES if sensor.noise else 0, height, width, 3)
        noise = self._random.standard_normal(shape, dtype=np.float32)
        self._noise = np.round(noise * sensor.noise).astype(np.int16)

    def take(self, pictures: list[Image], t_s: float) -> Image:
        """One frame (h, w, 3) uint8 from the pictures of its exposure."""
        exposed = np.mean(pictures, axis=0) if len(pictures) > 1 else pictures[0]
        picture: Image = exposed.astype(np.uint8)
        if self._sensor.shake_px:
            picture = self._shaken(picture, t_s)
        if self._sensor.light != 1.0:
            picture = self._curve[picture]
        if self._sensor.defocus_px:
            picture = cv2.GaussianBlur(picture, (0, 0), self._sensor.defocus_px).astype(np.uint8)
        if self._sensor.noise:
            tile = self._noise[self._random.integers(NOISE_TILES)]
            shift = tuple(int(n) for n in self._random.integers(0, tile.shape[:2]))
            noisy = picture + np.roll(tile, shift, axis=(0, 1))
            picture = np.clip(noisy, 0, 255).astype(np.uint8)
        return picture

    def _shaken(self, picture: Image, t_s: float) -> Image:
        """The picture as a moving camera sees it, cropped so that no edge shows."""
        height, width = picture.shape[:2]
        far = self._sensor.shake_px
        x, y, turn = (far * wander(t_s, self._seed + k, periods_s=SHAKE_S) for k in range(3))
        zoom = 1 + 3 * far / height
        move = cv2.getRotationMatrix2D((width / 2, height / 2), SHAKE_DEG_PX * turn, zoom)
        move[:, 2] += np.array([x, y])
        shaken = cv2.warpAffine(picture, move, (width, height), borderMode=cv2.BORDER_REPLICATE)
        return shaken.astype(np.uint8)
