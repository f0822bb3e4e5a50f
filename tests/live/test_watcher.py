"""A live session that is not told the exercise, on the landmarks of sample clips."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from formcheck.engine.engine import Engine
from formcheck.engine.part import WHOLE
from formcheck.exercises import names
from formcheck.live.coach.session import Scene
from formcheck.live.coach.stages import Command, Stage
from formcheck.live.coach.watcher import FORGOTTEN_S, WatchingSession
from formcheck.pose.pose import Sighting, from_trace
from formcheck.programmes.plan import Dose
from formcheck.results import Snapshot
from formcheck.words import load
from tests.marks import one_worker

CLIPS = Path(__file__).parents[2] / "samples" / "clips"
TRACES = CLIPS.parent / "traces"
HEELS, SHELLS, SQUATS = "heel_side_a", "clam_right_a", "no_squats_a"
BRIGHT = 120.0

of_heels = one_worker("heels watched")


@dataclass(frozen=True)
class Course:
    """What came of a session."""

    session: WatchingSession
    scenes: Sequence[Scene]

    @property
    def said(self) -> list[str]:
        return [scene.line.text for scene in self.scenes if scene.line]

    @property
    def counted(self) -> list[str]:
        return [bout.exercise.name for scene in self.scenes for bout, _ in scene.ended]


@cache
def played(*clips: str, reps: int | None = None) -> Course:
    """A session in front of which these clips are played one after the other, then the q key."""
    session = WatchingSession(load("en"), lambda name: Dose(name, reps=reps, sets=1, tempo="off"))
    scenes, later_s = [], 0.0
    for clip in clips:
        for i, sighting in enumerate(from_trace(TRACES / f"{clip}.full.npz")):
            t_s = sighting.t_s + later_s
            pose = sighting.pose and replace(sighting.pose, t_s=t_s)
            scenes.append(session.update(Sighting(t_s, pose, sighting.cut or i == 0), BRIGHT))
        later_s = scenes[-1].t_s + 1.0
    session.command(Command.QUIT)
    return Course(session, scenes)


def done(session: WatchingSession) -> list[tuple[str, int]]:
    return [(r.bout.exercise.name, len(r.reps)) for r in session.records]


@of_heels
def test_it_counts_from_the_first_repetition_on() -> None:
    course = played(HEELS)
    assert done(course.session) == [("heel-raise", 4)]
    assert course.counted == ["heel-raise"] * 4
    assert course.session.over


def test_who_is_recognised_from_the_front_need_not_turn() -> None:
    assert done(played("heel_front_d").session) == [("heel-raise", 4)]


@pytest.mark.parametrize(
    ("clip", "exercise"), [("calf_side_a", "calf-stretch"), ("soleus_side_d", "soleus-stretch")]
)
def test_a_stretch_is_recognised_while_it_is_held_and_timed_from_its_start(
    clip: str, exercise: str
) -> None:
    (real,) = json.loads((CLIPS / f"{clip}.json").read_text("utf-8"))["holds"]
    course = played(clip)
    said_s = next(scene.t_s for scene in course.scenes if scene.stage is not Stage.SETUP)
    assert said_s < real["end_s"]
    (record,) = course.session.records
    assert record.bout.exercise.name == exercise
    assert [hold.held_s for hold in record.holds] == [pytest.approx(real["held_s"], abs=0.5)]


@of_heels
def test_it_says_what_it_recognises_and_how_sure_it_is() -> None:
    said = played(HEELS).said
    assert said[0] == "Begin any exercise. I will recognise it."
    assert any(line.startswith("Heel raise, ") and "percent sure" in line for line in said)


def test_until_then_it_watches() -> None:
    scenes = played(SQUATS).scenes
    assert {scene.stage for scene in scenes} == {Stage.SETUP}
    assert {scene.count for scene in scenes} == {0}


def test_it_changes_with_the_person() -> None:
    course = played(HEELS, SQUATS, SHELLS)
    assert done(course.session) == [("heel-raise", 4), ("clamshell", 4)]


def test_after_a_set_it_watches_again_and_counts_nothing_twice() -> None:
    course = played(HEELS, HEELS, reps=4)
    assert done(course.session) == [("heel-raise", 4), ("heel-raise", 4)]
    starts = [rep.start_s for record in course.session.records for rep in record.reps]
    assert starts == sorted(set(starts))


def test_no_frame_is_counted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine that recognised goes on: nothing is played to it or to another one again."""
    taken: Counter[tuple[int, float]] = Counter()
    engines: list[Engine] = []  # kept, so that no number is given twice
    update = Engine.update

    def noted(self: Engine, sighting: Sighting) -> Snapshot:
        engines.append(self)
        taken[id(self), sighting.t_s] += 1
        return update(self, sighting)

    monkeypatch.setattr(Engine, "update", noted)
    course = played(HEELS, SHELLS)
    assert done(course.session) == [("heel-raise", 4), ("clamshell", 4)]
    assert set(taken.values()) == {1}
    assert taken.total() == len(course.scenes) * len(names())


def test_an_empty_room_is_forgotten() -> None:
    """What was seen long ago is kept by nobody: the machine may watch for a day."""
    session, rows = WatchingSession(load("en"), Dose), []
    for i in range(int(3 * FORGOTTEN_S)):
        session.update(Sighting(float(i), None), BRIGHT)
        if i % 10 == 0:
            rows.append(len(session.result("heel-raise", WHOLE).signals.t_s))
    assert FORGOTTEN_S / 2 < max(rows) <= FORGOTTEN_S + 2


@pytest.mark.parametrize("lost_s", [0.5, 5.0])
def test_a_camera_that_is_lost_while_it_watches_is_told(lost_s: float) -> None:
    session = WatchingSession(load("en"), Dose)
    scene = session.lose_camera(lost_s)
    assert scene.advice == "The camera shows nothing. Paused."
