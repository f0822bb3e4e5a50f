"""Cuts the demonstration loops of the live coach out of the sample clips.

    python -m samples.demos

Each loop is a few seconds of a rendered clip, from rest to rest, small enough to travel in the
package: 12 pictures a second, 320 pixels high.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from formcheck.live.screen.demo import FOLDER
from formcheck.video.frames import open_video
from formcheck.video.picture import Image
from formcheck.video.pyav import VideoFrame, av

CLIPS = Path(__file__).parent / "clips"
FPS = 12
HEIGHT = 320
LARGEST = 150_000
"""Bytes of a loop, so that all of them do not make the package heavy."""
ENCODER = {"preset": "veryslow", "crf": "24"}


@dataclass(frozen=True)
class Loop:
    """Which part of which clip: begin_s to end_s, and the share of the width that is kept."""

    clip: str
    begin_s: float
    end_s: float
    left: float = 0.2
    right: float = 0.8


LOOPS = {
    "heel-raise.left": Loop("heel_one_leg_b", 2.3, 5.9),
    "heel-raise.both": Loop("heel_side_a", 1.9, 6.3),
    "calf-stretch.left": Loop("calf_side_a", 2.4, 8.0),
    "soleus-stretch.right": Loop("soleus_side_d", 2.2, 7.8),
    "toe-stretch.left": Loop("toe_both_sides_a", 1.0, 5.5, left=0.15, right=0.75),
    "clamshell.right": Loop("clam_right_a", 2.0, 6.0, left=0.0, right=1.0),
    "toe-lift.left": Loop("close_toe_lift_a", 1.9, 6.4),
    "towel-scrunch.left": Loop("close_scrunch_a", 1.9, 6.9),
    "foot-flex.left": Loop("flex_side_a", 0.9, 5.6, left=0.1, right=0.9),
}


def cut(loop: Loop) -> list[Image]:
    """The pictures of a loop, FPS a second, HEIGHT pixels high, of even width."""
    pictures: list[Image] = []
    with open_video(CLIPS / f"{loop.clip}.mp4") as video:
        for frame in video:
            if frame.t_s >= loop.end_s:
                break
            if frame.t_s >= loop.begin_s + len(pictures) / FPS:
                pictures.append(_small(frame.image, loop))
    return pictures


def _small(image: Image, loop: Loop) -> Image:
    height, width = (int(side) for side in image.shape[:2])
    part = image[:, round(loop.left * width) : round(loop.right * width)]
    wide = round(part.shape[1] * HEIGHT / height) // 2 * 2
    small = cv2.resize(part, (wide, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(small, np.uint8)


def write(path: Path, pictures: list[Image]) -> None:
    """Write a loop as H.264."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FPS, options=ENCODER)
        stream.height, stream.width = (int(side) for side in pictures[0].shape[:2])
        stream.pix_fmt = "yuv420p"
        for number, picture in enumerate(pictures):
            frame = VideoFrame.from_ndarray(picture, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def main() -> int:
    """Write all loops; gives the exit status."""
    for name, loop in LOOPS.items():
        path = FOLDER / f"{name}.mp4"
        write(path, cut(loop))
        size = path.stat().st_size
        print(f"{path.name}: {size / 1000:.0f} kB")
        if size > LARGEST:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
