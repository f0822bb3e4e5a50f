"""How an exercise is done: a short loop rendered by the studio, shown beside the live picture.

A loop's file is EXERCISE.SIDE.mp4: the leg that it shows at work. A loop of one leg is mirrored
for the other.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from formcheck.pose.side_view import Side
from formcheck.video.frames import open_video
from formcheck.video.picture import Image

FOLDER = Path(__file__).parents[2] / "demos"
OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


class Demo:
    """The loop of one exercise; nothing where there is none (yet).

    side: the leg that is to be used; None: as the loop shows it. shows: what it was asked for.
    """

    def __init__(self, exercise: str, side: Side | None = None, folder: Path = FOLDER) -> None:
        self.shows = (exercise, side)
        path, mirrored = _loop(folder, exercise, side)
        self._frames: list[tuple[float, Image]] = []
        if path is not None:
            with open_video(path) as video:
                self._frames = [(f.t_s, _mirror(f.image) if mirrored else f.image) for f in video]

    def picture(self, t_s: float) -> Image | None:
        """The picture (h, w, 3) RGB of the loop at a time, seconds."""
        if not self._frames:
            return None
        step_s = self._frames[-1][0] / max(1, len(self._frames) - 1)
        moment = t_s % (self._frames[-1][0] + step_s)
        return next(image for start_s, image in reversed(self._frames) if start_s <= moment)


def _loop(folder: Path, exercise: str, side: Side | None) -> tuple[Path | None, bool]:
    """The file of the loop, None where there is none, and whether it is to be mirrored."""
    loops = {path.suffixes[0][1:]: path for path in sorted(folder.glob(f"{exercise}.*.mp4"))}
    wanted = side or Side.BOTH
    if wanted in loops:
        return loops[wanted], False
    if side in OTHER and OTHER[side] in loops:
        return loops[OTHER[side]], True
    return next(iter(loops.values()), None), False


def _mirror(image: Image) -> Image:
    return np.asarray(cv2.flip(image, 1), np.uint8)
