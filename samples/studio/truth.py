"""The truth of a clip: when each repetition and hold was, how large, and what was wrong.

Times are those of the command: a repetition starts when the joints begin to move and ends when
they stop; a hold is the time at the top. Sizes are read from the moved skeleton.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from samples.studio.body import Body, Skeleton
from samples.studio.camera import Camera
from samples.studio.channels import measure
from samples.studio.landmarks import LandmarkFinder
from samples.studio.script import Script
from samples.studio.timeline import Event

SCHEMA = 1
CHANNEL_STEP = 0.05  # degrees or centimetres: finer would only make the file larger
LANDMARK_STEP_PX = 0.5

Series = npt.NDArray[np.float64]  # (frames,)
LOWERING_FAULTS = ("fast_lowering",)


@dataclass(frozen=True)
class Recording:
    """The patient in every frame."""

    t_s: Series  # (n,)
    channels: Mapping[str, Series]
    landmarks_px: npt.NDArray[np.float64]  # (n, 33, 2)


class Recorder:
    """Collects what a clip's frames show."""

    def __init__(self, body: Body, finder: LandmarkFinder, camera: Camera) -> None:
        self._body, self._finder, self._camera = body, finder, camera
        self._times: list[float] = []
        self._channels: list[Mapping[str, float]] = []
        self._landmarks: list[npt.NDArray[np.float64]] = []

    def add(self, t_s: float, skeleton: Skeleton) -> None:
        """Note one frame."""
        self._times.append(t_s)
        self._channels.append(measure(self._body, skeleton))
        self._landmarks.append(self._camera.project(self._finder.locate(skeleton)))

    def recording(self) -> Recording:
        """Everything noted so far."""
        names = self._channels[0]
        series = {name: np.array([frame[name] for frame in self._channels]) for name in names}
        return Recording(np.array(self._times), series, np.stack(self._landmarks))


@dataclass(frozen=True)
class _Moment:
    """An event in the recording: its signal above rest, and the frames it spans."""

    recording: Recording
    event: Event
    body: Body

    @property
    def frames(self) -> slice:
        t = self.recording.t_s
        first, last = np.searchsorted(t, [self.event.start_s, self.event.end_s])
        return slice(max(int(first) - 1, 0), min(int(last) + 1, len(t)))

    def channel(self, name: str) -> Series:
        return self.recording.channels[name.format(side=self.event.side)]

    @property
    def signal(self) -> Series:
        """The event's signal (frames,), above its value at the start, positive at the top."""
        whole = self.channel(self.event.stroke.signal)[self.frames]
        above: Series = whole - whole[0]
        return above if above.max() >= -above.min() else -above

    @property
    def amplitude(self) -> float:
        return float(self.signal.max())

    @property
    def peak(self) -> int:
        """The recording's frame with the largest signal."""
        return int(self.frames.start) + int(np.argmax(self.signal))

    def change(self, name: str) -> float:
        """How far a channel at the peak is from its value at the start."""
        values = self.channel(name)
        return float(values[self.peak] - values[self.frames.start])

    def held(self, name: str) -> float:
        """The mean of a channel while the event is at its top."""
        t = self.recording.t_s
        first, last = np.searchsorted(t, [self.event.top_s, self.event.lower_s])
        return float(self.channel(name)[first : max(last, first + 1)].mean())


# How each measure that a movement may ask for is read from its moment.
MEASURES: Mapping[str, Callable[[_Moment], float]] = {
    "rise_shank": lambda m: m.change("hips_height_cm") / (100 * m.body.shank_m),
    "plantarflexion_deg": lambda m: m.change("{side}_plantarflexion_deg"),
    "knee_flexion_deg": lambda m: float(m.channel("{side}_knee_flexion_deg")[m.peak]),
    "lean_deg": lambda m: float(m.channel("lean_deg")[m.peak]),
    "opening_deg": lambda m: m.change("opening_deg"),
    "knee_gap_thigh": lambda m: float(m.channel("knee_gap_cm")[m.peak]) / (100 * m.body.thigh_m),
    "ankle_gap_thigh": lambda m: float(m.channel("ankle_gap_cm")[m.peak]) / (100 * m.body.thigh_m),
    "pelvis_roll_deg": lambda m: m.change("pelvis_twist_deg"),
    "big_toe_extension_deg": lambda m: m.change("{side}_big_toe_extension_deg"),
    "toe_curl_deg": lambda m: m.change("{side}_toe_curl_deg"),
    "dorsiflexion_deg": lambda m: -m.held("{side}_plantarflexion_deg"),
    "back_knee_deg": lambda m: m.held("{side}_knee_flexion_deg"),
    "held_lean_deg": lambda m: m.held("lean_deg"),
}


def _times(moment: _Moment) -> dict[str, float]:
    """When the movement was commanded to begin, to stay at the top and to end."""
    event = moment.event
    return {
        "start_s": event.start_s,
        "top_start_s": event.top_s,
        "peak_s": float(moment.recording.t_s[moment.peak]),
        "top_end_s": event.lower_s,
        "end_s": event.end_s,
    }


def _rep(strokes: Sequence[_Moment], number: int) -> dict[str, Any]:
    """One repetition; of its strokes the largest gives the amplitude and the peak."""
    moment = max(strokes, key=lambda m: m.amplitude)
    event = moment.event
    cm = moment.change(event.movement.distance) if event.movement.distance else None
    ranges = {f"{m.event.stroke.name}_deg": m.amplitude for m in strokes if m.event.stroke.name}
    return {
        "number": number,
        "side": event.side,
        **_times(moment),
        "start_s": strokes[0].event.start_s,
        "end_s": strokes[-1].event.end_s,
        "amplitude_deg": moment.amplitude,
        "amplitude_cm": cm,
        "measures": {name: MEASURES[name](moment) for name in event.movement.measures} | ranges,
        "strokes": [_stroke(m.event) for m in strokes if m.event.stroke.name],
        "commanded": asdict(event.rep),
        "faults": list(event.faults),
    }


def _stroke(event: Event) -> dict[str, Any]:
    return {"name": event.stroke.name, "start_s": event.start_s, "end_s": event.end_s}


def _by_rep(moments: Sequence[_Moment]) -> list[list[_Moment]]:
    """The strokes of each repetition."""
    key = attrgetter("event.set_number", "event.number")
    return [list(strokes) for _, strokes in groupby(moments, key)]


def _hold(moment: _Moment, number: int) -> dict[str, Any]:
    event = moment.event
    return {
        "number": number,
        "side": event.side,
        "start_s": event.top_s,
        "end_s": event.lower_s,
        "held_s": event.rep.hold_s - event.lapsed_s,
        "entered_s": event.start_s,
        "left_s": event.end_s,
        "measures": {
            name.removeprefix("held_"): MEASURES[name](moment) for name in event.movement.measures
        },
        "faults": list(event.faults),
    }


def _faults(moments: Sequence[_Moment]) -> list[dict[str, Any]]:
    """Every fault with the time it shows in."""
    found = []
    for strokes in _by_rep(moments):
        first, end_s = _times(strokes[0]), strokes[-1].event.end_s
        for fault in strokes[0].event.faults:
            start = first["top_end_s" if fault in LOWERING_FAULTS else "start_s"]
            shown = strokes[0].event.lapses or (start, end_s)
            found.append({"fault": fault, "start_s": shown[0], "end_s": shown[1]})
    return found


def describe(
    script: Script, body: Body, recording: Recording, events: Sequence[Event]
) -> dict[str, Any]:
    """The truth of a clip as plain data; samples/README.md explains every key."""
    counted = [
        _Moment(recording, event, body)
        for event in events
        if event.movement.name == script.exercise
    ]
    reps = [m for m in counted if m.event.movement.counts == "reps"]
    holds = [m for m in counted if m.event.movement.counts == "holds"]
    found = {
        "schema": SCHEMA,
        "clip": script.name,
        "exercise": script.exercise,
        "motion": script.motion,
        "split": script.split,
        "person": {"name": script.patient.person.name, **asdict(script.patient.person.shape)},
        "bystanders": len(script.bystanders),
        "camera": _camera(script.camera),
        "sensor": asdict(script.sensor),
        "fps": script.fps,
        "duration_s": len(recording.t_s) / script.fps,
        "size": list(script.camera.size),
        "shank_cm": 100 * body.shank_m,
        "thigh_cm": 100 * body.thigh_m,
        "reps": [_rep(strokes, i + 1) for i, strokes in enumerate(_by_rep(reps))],
        "holds": [_hold(m, i + 1) for i, m in enumerate(holds)],
        "faults": _faults(counted),
    }
    return {key: _rounded(value) for key, value in found.items()}


def _camera(camera: Camera) -> dict[str, Any]:
    return {
        "view": camera.view,
        "azimuth_deg": camera.azimuth_deg,
        "elevation_deg": camera.elevation_deg,
        "height_m": camera.height_m,
        "distance_m": camera.distance_m,
        "roll_deg": camera.roll_deg,
        "fov_deg": camera.fov_deg,
    }


def _rounded(value: Any) -> Any:
    """Plain data with numbers short enough to read."""
    match value:
        case dict():
            return {k: _rounded(v) for k, v in value.items()}
        case list() | tuple():
            return [_rounded(v) for v in value]
        case float():
            return round(value, 4)
    return value


def _stepped(values: npt.NDArray[np.float64], step: float) -> npt.NDArray[np.float64]:
    return np.round(values / step) * step


def write(truth: Mapping[str, Any], recording: Recording, clip: Path) -> None:
    """Put the truth beside a clip: NAME.json and NAME.truth.npz."""
    clip.with_suffix(".json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    channels = np.stack(list(recording.channels.values()), axis=1)
    np.savez_compressed(
        clip.with_suffix(".truth.npz"),
        t_s=recording.t_s.astype(np.float32),
        channel_names=np.array(list(recording.channels)),
        channels=_stepped(channels, CHANNEL_STEP).astype(np.float32),
        landmarks_px=_stepped(recording.landmarks_px, LANDMARK_STEP_PX).astype(np.float16),
    )
