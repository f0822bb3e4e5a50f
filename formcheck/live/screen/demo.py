"""How an exercise is done: a short loop rendered by the studio, shown beside the live picture."""

from __future__ import annotations

from pathlib import Path

from formcheck.video.frames import open_video
from formcheck.video.picture import Image

FOLDER = Path(__file__).parents[2] / "demos"


class Demo:
    """The loop of one exercise; nothing where there is none (yet)."""

    def __init__(self, exercise: str, folder: Path = FOLDER) -> None:
        path = folder / f"{exercise}.mp4"
        self._frames: list[tuple[float, Image]] = []
        if path.is_file():
            with open_video(path) as video:
                self._frames = [(frame.t_s, frame.image) for frame in video]

    def picture(self, t_s: float) -> Image | None:
        """The picture (h, w, 3) RGB of the loop at a time, seconds."""
        if not self._frames:
            return None
        step_s = self._frames[-1][0] / max(1, len(self._frames) - 1)
        moment = t_s % (self._frames[-1][0] + step_s)
        return next(image for start_s, image in reversed(self._frames) if start_s <= moment)
