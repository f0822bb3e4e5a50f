"""Four-way foot flex: what is commanded is what the skeleton and the truth show."""

from pathlib import Path

import pytest

from samples.studio.body import Body
from samples.studio.channels import measure
from samples.studio.landmarks import find_landmarks
from samples.studio.poses.foot_flex import FootFlex
from samples.studio.posture import solve
from samples.studio.script import read
from samples.studio.studio import Shoot
from samples.studio.truth import Recorder, describe

SET = """
exercise = "foot-flex"
fps = 20
person = { like = "A" }
[[do]]
action = "foot-flex"
side = "left"
reps = 3
up_s = 0.4
hold_s = 0.3
down_s = 0.5
gap_s = 0.2
rest_s = 1.0
variation = 0.0
[[do.rep]]
number = 2
faults = ["short_eversion"]
[[do.rep]]
number = 3
strokes = ["inversion", "eversion"]
"""
STROKE_S = 0.4 + 0.3 + 0.5
NAMES = ("dorsiflexion", "plantarflexion", "inversion", "eversion")


def channels(body: Body, **angles: object) -> dict[str, float]:
    return dict(measure(body, solve(body, FootFlex(**angles).posture(body))))  # type: ignore[arg-type]


def change(body: Body, of: str, channel: str, **angles: object) -> float:
    name = f"{of}_{channel}"
    return channels(body, **angles)[name] - channels(body)[name]


@pytest.mark.parametrize("chair", [False, True])
@pytest.mark.parametrize("flex", [-40.0, -12.0, 18.0])
def test_the_foot_moves_up_and_down_as_commanded(body: Body, flex: float, chair: bool) -> None:
    still = channels(body, chair=chair, side="left")["left_plantarflexion_deg"]
    moved = channels(body, chair=chair, side="left", flex_deg=flex)["left_plantarflexion_deg"]
    assert moved - still == pytest.approx(-flex, rel=0.05)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("inversion", [-15.0, 10.0, 30.0])
def test_the_sole_turns_in_and_out_as_commanded(body: Body, side: str, inversion: float) -> None:
    """Within a fifth: the axis is oblique, so the angle is not quite its rotation."""
    turned = change(body, side, "inversion_deg", inversion_deg=inversion)
    assert turned == pytest.approx(inversion, rel=0.2)


def test_inversion_turns_the_toes_inwards(body: Body) -> None:
    for side, outwards in (("left", 1), ("right", -1)):
        toes = [
            solve(body, FootFlex(inversion_deg=a).posture(body)).joint(f"{side}_big_toe")[0]
            for a in (0.0, 25.0)
        ]
        assert outwards * (toes[1] - toes[0]) < -0.04


def test_one_foot_moves_alone(body: Body) -> None:
    assert change(body, "right", "inversion_deg", side="left", inversion_deg=25.0) == 0
    assert change(body, "right", "plantarflexion_deg", side="left", flex_deg=-30.0) == 0


def test_a_leg_that_rotates_takes_its_share_from_the_foot(body: Body) -> None:
    whole = change(body, "left", "inversion_deg", inversion_deg=25.0)
    rest = change(body, "left", "inversion_deg", inversion_deg=25.0, leg_share=0.8)
    assert rest == pytest.approx(0.2 * whole, abs=1.0)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> dict:  # type: ignore[type-arg]
    path: Path = tmp_path_factory.mktemp("flex") / "clip.toml"
    path.write_text(SET)
    film = Shoot(read(path))
    patient = film.players[0]
    recorder = Recorder(patient.body, find_landmarks(patient.body), film.script.camera)
    for i in range(film.frame_count):
        recorder.add(i / film.script.fps, patient.skeleton(i / film.script.fps))
    return describe(film.script, patient.body, recorder.recording(), patient.timeline.events)


def test_strokes_follow_each_other_within_a_repetition(truth: dict) -> None:  # type: ignore[type-arg]
    first, second, third = truth["reps"]
    assert first["start_s"] == pytest.approx(1.0)
    assert first["end_s"] == pytest.approx(1.0 + 4 * STROKE_S + 3 * 0.2)
    assert second["start_s"] == pytest.approx(first["end_s"] + 0.2)
    assert third["end_s"] - third["start_s"] == pytest.approx(2 * STROKE_S + 0.2)


def test_every_direction_has_its_range(truth: dict) -> None:  # type: ignore[type-arg]
    first, second, third = (rep["measures"] for rep in truth["reps"])
    assert set(first) == {f"{name}_deg" for name in NAMES}
    assert set(third) == {"inversion_deg", "eversion_deg"}
    assert first["dorsiflexion_deg"] == pytest.approx(18, abs=0.5)
    assert first["plantarflexion_deg"] == pytest.approx(38, abs=0.5)
    assert second["eversion_deg"] == pytest.approx(0.3 * first["eversion_deg"], rel=0.1)
    assert second["inversion_deg"] == pytest.approx(first["inversion_deg"], rel=0.01)


def test_a_fault_of_one_direction_is_told_once(truth: dict) -> None:  # type: ignore[type-arg]
    assert [f["fault"] for f in truth["faults"]] == ["short_eversion"]
