"""From a script to motion and its truth, without drawing."""

from pathlib import Path

import numpy as np
import pytest

from samples.studio.body import SIDES
from samples.studio.landmarks import NAMES, find_landmarks
from samples.studio.script import read
from samples.studio.studio import Shoot
from samples.studio.truth import Recorder, describe

HEEL_RAISES = """
exercise = "heel-raise"
fps = 20
seed = 5
person = { like = "A" }
[[do]]
action = "stand"
seconds = 0.5
[[do]]
action = "heel-raise"
reps = 3
amplitude = 36
variation = 0.0
[[do.rep]]
number = 2
faults = ["fast_lowering"]
[[do.rep]]
number = 3
faults = ["shallow", "knee_bend"]
"""
TOE_STRETCH = """
exercise = "toe-stretch"
fps = 10
person = { like = "A" }
[[do]]
action = "toe-stretch"
reps = 1
hold_s = 6.0
variation = 0.0
[[do.rep]]
number = 1
faults = ["hand_off_toes"]
lapse = [2.0, 4.5]
"""
WALK = """
motion = "walk"
fps = 20
at = [0.0, -1.5, 0]
person = { like = "A" }
fidget = 0.0
[[do]]
action = "walk"
to = [0.0, 1.0]
face_deg = 90
"""


def shoot(tmp_path: Path, text: str) -> Shoot:
    path = tmp_path / "clip.toml"
    path.write_text(text)
    return Shoot(read(path))


def told(film: Shoot) -> dict:  # type: ignore[type-arg]
    patient = film.players[0]
    recorder = Recorder(patient.body, find_landmarks(patient.body), film.script.camera)
    for i in range(film.frame_count):
        recorder.add(i / film.script.fps, patient.skeleton(i / film.script.fps))
    return describe(film.script, patient.body, recorder.recording(), patient.timeline.events)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> dict:  # type: ignore[type-arg]
    return told(shoot(tmp_path_factory.mktemp("truth"), HEEL_RAISES))


def test_truth_has_every_repetition(truth: dict) -> None:  # type: ignore[type-arg]
    assert [r["number"] for r in truth["reps"]] == [1, 2, 3]
    assert [r["faults"] for r in truth["reps"]] == [[], ["fast_lowering"], ["shallow", "knee_bend"]]


def test_truth_times_are_those_commanded(truth: dict) -> None:  # type: ignore[type-arg]
    start = 0.5 + 0.6  # standing, then the rest before the first repetition
    for rep in truth["reps"]:
        times = [rep[k] for k in ("start_s", "top_start_s", "top_end_s", "end_s")]
        command = rep["commanded"]
        spans = [command[k] for k in ("up_s", "hold_s", "down_s")]
        assert times == pytest.approx(start + np.cumsum([0, *spans]), abs=1e-3)
        start = times[-1] + command["gap_s"]


def test_truth_amplitudes_are_those_commanded(truth: dict) -> None:  # type: ignore[type-arg]
    for rep, wanted in zip(truth["reps"], (36, 36, 36 * 0.42), strict=True):
        assert rep["amplitude_deg"] == pytest.approx(wanted, abs=1.5)  # the body sways
    assert 0.15 < truth["reps"][0]["measures"]["rise_shank"] < 0.22
    assert truth["reps"][2]["measures"]["knee_flexion_deg"] > 25


def test_faults_have_times(truth: dict) -> None:  # type: ignore[type-arg]
    quick = next(f for f in truth["faults"] if f["fault"] == "fast_lowering")
    rep = truth["reps"][1]
    assert quick["start_s"] == rep["top_end_s"]
    assert quick["end_s"] == rep["end_s"]


def test_a_lapse_is_a_fault_for_a_while_and_no_time_held(tmp_path: Path) -> None:
    film = shoot(tmp_path, TOE_STRETCH)
    truth, body = told(film), film.players[0].body
    (hold,), (fault,) = truth["holds"], truth["faults"]
    top = 0.6 + 2.2
    assert (hold["start_s"], hold["end_s"]) == pytest.approx((top, top + 6.0), abs=1e-3)
    assert hold["held_s"] == pytest.approx(6.0 - 2.5, abs=1e-3)
    assert (fault["start_s"], fault["end_s"]) == pytest.approx((top + 2.0, top + 4.5), abs=1e-3)

    def hand_to_toes_shank(t_s: float) -> float:
        skeleton = film.players[0].skeleton(t_s)
        way = skeleton.joint("left_middle") - skeleton.joint("left_second_toe")
        return float(np.linalg.norm(way)) / body.shank_m

    assert max(hand_to_toes_shank(top + t) for t in (0.1, 1.5, 5.0, 5.9)) < 0.25
    assert min(hand_to_toes_shank(top + t) for t in (2.9, 3.6)) > 0.6


def test_feet_that_carry_do_not_slide(tmp_path: Path) -> None:
    player = shoot(tmp_path, WALK).players[0]
    times = np.arange(0, player.timeline.duration_s, 0.05)
    skeletons = [player.skeleton(float(t)) for t in times]
    ankles = {s: np.array([k.joint(f"{s}_ankle") for k in skeletons]) for s in SIDES}
    speeds = [np.linalg.norm(np.diff(a[:, [0, 2]], axis=0), axis=1) / 0.05 for a in ankles.values()]
    assert np.minimum(*speeds).max() < 0.12  # m/s: one foot always stands
    assert np.abs(np.mean(list(ankles.values()), axis=0)[-1, [0, 2]] - [0, 1]).max() < 0.03


def test_landmarks_are_on_the_right_sides(tmp_path: Path) -> None:
    player = shoot(tmp_path, WALK).players[0]
    places = dict(
        zip(
            NAMES,
            find_landmarks(player.body).locate(player.body.move({}, player.body.hips)),
            strict=True,
        )
    )
    for name, place in places.items():
        if "left" in name:
            assert place[0] > 0, name
        if "right" in name:
            assert place[0] < 0, name
    assert places["nose"][2] > places["left_ear"][2]
    assert places["left_heel"][2] < places["left_ankle"][2] < places["left_foot_index"][2]
