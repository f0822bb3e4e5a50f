"""The same frames with the same timestamps give the same repetitions, live and recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.analysis.counter import counter
from formcheck.analysis.loop import watch
from formcheck.analysis.sight import BodySight
from formcheck.engine.engine import Options
from formcheck.exercises import load
from formcheck.exercises.card import Exercise
from formcheck.live.camera.capture import Arrival
from formcheck.live.camera.eyes import Eyes
from formcheck.live.coach.records import SetRecord
from formcheck.live.coach.session import LiveSession
from formcheck.live.coach.stages import Command, Timing
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import locate
from formcheck.pose.pose import Pose
from formcheck.programmes.plan import Dose, bouts
from formcheck.results import SessionResult, Snapshot
from formcheck.video.frames import Frame, open_video
from formcheck.video.picture import Image
from formcheck.words import load as load_words

CLIPS = Path(__file__).parents[2] / "samples" / "clips"
SECONDS = 11.0
SAMPLES = [
    ("heel_side_a", "heel-raise"),
    ("heel_one_leg_b", "heel-raise"),
    ("calf_side_a", "calf-stretch"),
]
AT_ONCE = Timing(ready_s=0.0, count_in_s=0)


class Clip:
    """Every second frame of the first seconds of a video, as `run` wants it."""

    def __init__(self, path: Path) -> None:
        with open_video(path) as video:
            self.info = video.info
            self.frames = [frame for frame in video if frame.t_s < SECONDS][::2]
        self.warnings = ()

    def __iter__(self) -> Iterator[Frame]:
        return iter(self.frames)


class Remembered:
    """Asks the model once for each picture; whoever comes second gets the same answer."""

    name = "remembered"

    def __init__(self, model: Landmarker) -> None:
        self._model = model
        self._seen: dict[float, Pose | None] = {}

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        if t_s not in self._seen:
            self._seen[t_s] = self._model.detect(image_rgb, t_s)
        return self._seen[t_s]

    def scout(self, image_rgb: Image, t_s: float) -> list[Pose]:
        return self._model.scout(image_rgb, t_s)

    def restart(self) -> None:
        self._model.restart()

    def close(self) -> None:
        pass


def live(frames: list[Frame], model: Remembered, exercise: str) -> SetRecord:
    plan = bouts([Dose(exercise, reps=100, hold_s=100, tempo="off")])
    session = LiveSession(plan, load_words(), AT_ONCE)
    with Eyes(["lite"], (plan[0].exercise,), lambda _name: model) as eyes:
        for frame in frames:
            session.update(eyes.see(Arrival(frame, fresh=False)), 120.0)
    (record,) = session.command(Command.QUIT)
    return record


def recorded_as(card: Exercise, film: Clip, model: Remembered, options: Options) -> SessionResult:
    sight, engine = BodySight(model, [card]), counter(card, options)

    def step(frame: Frame, cut: bool) -> Snapshot:
        return engine.update(sight.see(frame, cut))

    watch(film, step, lambda *_: None)  # type: ignore[arg-type]
    return engine.finish()


@pytest.mark.parametrize(("clip", "exercise"), SAMPLES)
def test_live_gives_what_analyze_gives(clip: str, exercise: str) -> None:
    film = Clip(CLIPS / f"{clip}.mp4")
    card = load(exercise)
    with Landmarker(locate("lite")) as landmarker:
        model = Remembered(landmarker)
        hold_s = 100.0 if exercise == "calf-stretch" else None
        recorded = recorded_as(card, film, model, Options(hold_s=hold_s))
        record = live(film.frames, model, exercise)
    assert record.reps or record.holds
    assert record.holds == recorded.holds
    # Nothing counts before the person was ready, however briefly; all the rest is the same.
    later = recorded.reps[len(recorded.reps) - len(record.reps) :]
    assert record.reps == tuple(replace(rep, number=i + 1) for i, rep in enumerate(later))
    assert len(recorded.reps) - len(record.reps) <= 1
