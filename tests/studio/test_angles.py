"""What is commanded is what the skeleton shows."""

import pytest

from samples.studio.body import Body
from samples.studio.channels import measure
from samples.studio.poses.heel_raise import HANGING_HEELS_DEG, HeelRaise
from samples.studio.poses.squat import Squat
from samples.studio.poses.wall_stretch import WallStretch
from samples.studio.posture import solve

EXACT_DEG = 0.05


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("angle", [5.0, 20.0, 40.0])
def test_heel_raise_extends_the_ankle_by_what_is_commanded(
    body: Body, side: str, angle: float
) -> None:
    rest, top = (
        measure(body, solve(body, HeelRaise(angle_deg=a, side=side).posture(body)))
        for a in (0.0, angle)
    )
    channel = f"{side}_plantarflexion_deg"
    assert top[channel] - rest[channel] == pytest.approx(angle, abs=EXACT_DEG)


@pytest.mark.parametrize("knee", [4.0, 15.0, 34.0])
def test_heel_raise_bends_the_knee_by_what_is_commanded(body: Body, knee: float) -> None:
    found = measure(body, solve(body, HeelRaise(angle_deg=30, knee_deg=knee).posture(body)))
    assert found["left_knee_flexion_deg"] == pytest.approx(knee, abs=EXACT_DEG)


def test_heel_raise_lifts_the_hips_more_when_it_is_higher(body: Body) -> None:
    heights = [
        measure(body, solve(body, HeelRaise(angle_deg=a).posture(body)))["hips_height_cm"]
        for a in (0, 15, 30, 45)
    ]
    assert heights == sorted(heights)
    assert heights[-1] - heights[0] > 7


def test_uneven_raise_shows_on_the_weak_side_only(body: Body) -> None:
    raised = HeelRaise(angle_deg=36, weak_share=0.55).posture(body)
    found = measure(body, solve(body, raised))
    assert found["left_plantarflexion_deg"] - found["right_plantarflexion_deg"] > 0.4 * 36 - 2


def test_on_a_step_the_heels_hang_below_it(body: Body) -> None:
    hanging = measure(body, solve(body, HeelRaise(step_m=0.14).posture(body)))
    assert hanging["both_plantarflexion_deg"] == pytest.approx(HANGING_HEELS_DEG, abs=EXACT_DEG)
    flat = body.joint("left_ankle")[1] + 0.14
    assert hanging["left_ankle_height_cm"] < 100 * flat - 2


def test_stretch_has_the_commanded_ankle_and_knee(body: Body) -> None:
    stretch = WallStretch(tilt_deg=24, side="right", turned_out_deg=0)
    found = measure(body, solve(body, stretch.posture(body)))
    assert found["right_plantarflexion_deg"] == pytest.approx(-24, abs=1.0)
    assert found["right_knee_flexion_deg"] == pytest.approx(stretch.knee_deg, abs=1.5)


def test_squat_bends_the_knee_by_what_is_commanded(body: Body) -> None:
    found = measure(body, solve(body, Squat(knee_deg=80).posture(body)))
    assert found["both_knee_flexion_deg"] == pytest.approx(80, abs=2.0)
