"""The truth beside a rendered clip, and its landmark traces."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEIGHTS = ("rise_shank", "opening_deg")
SHALLOW_SHARE = 0.7
STOPS = {"heel_lift", "knee_bend", "knee_straight", "no_lean"}
"""Faults that the studio shows throughout a hold: the clock must not run at all."""
SHORT_BY_S = 0.5
CLOSE_UP = "close-up"
IN_FRONT = ("inversion", "eversion")
SHOWN = {"side": ("dorsiflexion", "plantarflexion"), "front": IN_FRONT, "oblique": IN_FRONT}
"""Strokes of a repetition that a view judges."""
HIDDEN = {"side": IN_FRONT}
"""Those of which a view shows next to nothing; the others last as long as the repetition does."""
SAMPLES = Path(__file__).parents[3] / "samples"


@dataclass(frozen=True)
class TrueRep:
    """One commanded repetition; times in s, measures by name."""

    start_s: float
    end_s: float
    measures: Mapping[str, float]
    faults: frozenset[str]


@dataclass(frozen=True)
class TrueHold:
    """One commanded hold; held_s is the time in the right posture."""

    start_s: float
    end_s: float
    held_s: float
    side: str
    measures: Mapping[str, float]
    faults: frozenset[str]


@dataclass(frozen=True)
class Clip:
    """What one rendered clip shows. exercise: None for a negative. split: dev or unseen."""

    name: str
    exercise: str | None
    split: str
    view: str
    prescribed_s: float
    """The longest hold of the clip, right or wrong, or time at the top of a repetition."""
    reps: tuple[TrueRep, ...]
    holds: tuple[TrueHold, ...]

    @property
    def video(self) -> Path:
        """The clip itself."""
        return SAMPLES / "clips" / f"{self.name}.mp4"

    def trace(self, model: str) -> Path:
        """The landmark trace of this clip made with the given model."""
        return SAMPLES / "traces" / f"{self.name}.{model}.npz"


def _shallow(reps: list[dict[str, Any]]) -> list[bool]:
    """Which repetitions truly are well below the clip's best, for whatever reason."""
    heights = [max(r["measures"].get(name, 0.0) for name in HEIGHTS) for r in reps]
    return [height < SHALLOW_SHARE * max(heights) for height in heights]


def as_seen(rep: dict[str, Any], view: str) -> dict[str, Any]:
    """A repetition of several strokes as long as the view shows it, with the faults it shows."""
    strokes = [s for s in rep["strokes"] if s["name"] not in HIDDEN.get(view, ())]
    unjudged = {s["name"] for s in rep["strokes"]} - set(SHOWN.get(view, ()))
    if not strokes:
        return rep
    return rep | {
        "start_s": strokes[0]["start_s"],
        "end_s": strokes[-1]["end_s"],
        "faults": [f for f in rep["faults"] if f.removeprefix("short_") not in unjudged],
    }


def _longest_top_s(reps: list[dict[str, Any]]) -> float:
    return max((r["top_end_s"] - r["top_start_s"] for r in reps), default=0.0)


def read(path: Path) -> Clip:
    """Read NAME.json. What another fault costs counts too: a low height, a clock that stood."""
    data = json.loads(path.read_text())
    longest = max((hold["held_s"] for hold in data["holds"]), default=0.0)
    for hold in data["holds"]:
        if set(hold["faults"]) & STOPS:
            hold["held_s"] = 0.0
        short = hold["held_s"] < longest - SHORT_BY_S
        hold["faults"] = [f for f in hold["faults"] if f != "short_hold"] + ["short_hold"] * short
    view = data["camera"]["view"]
    data["reps"] = [as_seen(r, view) if r.get("strokes") else r for r in data["reps"]]
    for rep, shallow in zip(data["reps"], _shallow(data["reps"]), strict=True):
        rep["faults"] = [f for f in rep["faults"] if f != "shallow"] + ["shallow"] * shallow
    return Clip(
        name=data["clip"],
        exercise=data["exercise"],
        split=data["split"],
        view=view,
        prescribed_s=longest or _longest_top_s(data["reps"]),
        reps=tuple(
            TrueRep(r["start_s"], r["end_s"], r["measures"], frozenset(r["faults"]))
            for r in data["reps"]
        ),
        holds=tuple(
            TrueHold(
                h["start_s"],
                h["end_s"],
                h["held_s"],
                h["side"],
                h["measures"],
                frozenset(h["faults"]),
            )
            for h in data["holds"]
        ),
    )


def all_clips() -> list[Clip]:
    """Every sample clip with truth that shows a body, by name."""
    clips = [read(path) for path in sorted((SAMPLES / "clips").glob("*.json"))]
    return [clip for clip in clips if clip.view != CLOSE_UP]
