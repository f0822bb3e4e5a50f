"""Makes the landmark traces of the sample clips, so that most tests need no inference.

    python -m samples.traces [NAME …]      all clips when none is named

Writes samples/traces/NAME.MODEL.npz: t (n,) s; image (n, 33, 4) px and visibility; world
(n, 33, 3) m; size (w, h); cuts (n,). NaN where nobody was found. It goes through the same frames,
cuts and following as `formcheck analyze`, so a trace is what the engine sees.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from rich.progress import track

from formcheck.body.follow import Follower
from formcheck.exercises import load, names
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import locate
from formcheck.pose.pose import Sighting
from formcheck.video.cuts import CutDetector
from formcheck.video.frames import open_video

CLIPS = Path(__file__).parent / "clips"
TRACES = Path(__file__).parent / "traces"
MODELS = ("full", "lite")
CLOSE_UP = "close-up"
STEPS_PER_PX = 16
"""Positions are kept to a sixteenth of a pixel: well below the model's own jitter, and small."""


def truth_of(clip: Path) -> dict[str, Any]:
    """The truth beside a clip."""
    truth: dict[str, Any] = json.loads(clip.with_suffix(".json").read_text("utf-8"))
    return truth


def trace(clip: Path, model: str) -> list[Sighting]:
    """All sightings of one clip, followed as for the clip's own exercise."""
    exercise = truth_of(clip)["exercise"]
    card = load(exercise if exercise in names() else "heel-raise")
    with open_video(clip) as video, Landmarker(locate(model), video.info.size) as landmarker:
        follower, cuts = Follower(landmarker, card), CutDetector()
        return [
            follower.see(frame.image, frame.t_s, cut=cuts.update(frame.image, frame.t_s))
            for frame in video
        ]


def save(sightings: list[Sighting], path: Path) -> None:
    """Write a trace that `formcheck.pose.pose.from_trace` reads."""
    size = next((s.pose.size for s in sightings if s.pose), (0, 0))
    blank_image, blank_world = np.full((33, 4), np.nan), np.full((33, 3), np.nan)
    image = np.array([s.pose.image if s.pose else blank_image for s in sightings])
    world = np.array([s.pose.world if s.pose else blank_world for s in sightings])
    image[..., :3] = np.round(image[..., :3] * STEPS_PER_PX) / STEPS_PER_PX
    image[..., 3] = np.round(image[..., 3], 2)
    np.savez_compressed(
        path,
        t=np.array([s.t_s for s in sightings]),
        image=image.astype(np.float32),
        world=np.round(world, 3).astype(np.float16),
        size=np.array(size),
        cuts=np.array([s.cut for s in sightings]),
    )


def main() -> None:
    """Trace the named clips, or all, with every shipped model; in close-ups there is no body."""
    TRACES.mkdir(exist_ok=True)
    wanted = sys.argv[1:]
    clips = [c for c in sorted(CLIPS.glob("*.mp4")) if not wanted or c.stem in wanted]
    clips = [c for c in clips if truth_of(c)["camera"]["view"] != CLOSE_UP]
    for clip in track(clips, "Tracing"):
        for model in MODELS:
            save(trace(clip, model), TRACES / f"{clip.stem}.{model}.npz")


if __name__ == "__main__":
    main()
