"""Toes that lift and curl, the towel under them, and the camera that sees nothing but feet."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from samples.studio.body import Body, skin
from samples.studio.camera import Camera
from samples.studio.poses.foot_on_floor import FootOnFloor
from samples.studio.poses.toe_lift import ToeLift
from samples.studio.poses.towel_scrunch import TowelScrunch
from samples.studio.posture import solve
from samples.studio.script import TowelPlan, read
from samples.studio.sensor import Camcorder, Sensor
from samples.studio.timeline import direct
from samples.studio.towel import Towel

REST = FootOnFloor()
MOVED_M, STILL_M = 0.008, 0.001


def foot(body: Body, pose: FootOnFloor, side: str = "right") -> np.ndarray:
    """The skin (n, 3) of one foot below the ankle, always the same points in the same order."""
    mine = body.vertices[:, 0] < 0 if side == "right" else body.vertices[:, 0] > 0
    used = np.flatnonzero(mine & (body.vertices[:, 1] < 0.07))
    rest = body.vertices[used]
    moved, _ = skin(solve(body, pose.posture(body)), body.weights[used], rest, rest)
    return np.asarray(moved)


def front(points: np.ndarray) -> np.ndarray:
    """Which points (n,) are the front of a foot at rest: its toes."""
    z = points[:, 2]
    return np.asarray(z > z.min() + 0.85 * (z.max() - z.min()))


def hind(points: np.ndarray) -> np.ndarray:
    """Which points (n,) are in the hind half of a foot at rest."""
    z = points[:, 2]
    return np.asarray(z < (z.min() + z.max()) / 2)


def sole_of_heel(points: np.ndarray) -> np.ndarray:
    """Which points (n,) are under the heel of a foot at rest."""
    y, z = points[:, 1], points[:, 2]
    return np.asarray((z < z.min() + 0.04) & (y < 0.01))


@pytest.mark.parametrize("standing", [False, True])
def test_in_a_toe_lift_toes_rise_and_the_rest_of_the_foot_stays(body: Body, standing: bool) -> None:
    rest = foot(body, ToeLift(standing=standing))
    risen = foot(body, ToeLift(standing=standing, lift_deg=36.0)) - rest
    assert risen[:, 1].max() > MOVED_M
    assert np.abs(risen[hind(rest)]).max() < STILL_M


def test_one_foot_works_and_the_other_rests(body: Body) -> None:
    moved = foot(body, ToeLift(lift_deg=36.0, side="left")) - foot(body, ToeLift())
    assert np.abs(moved).max() < STILL_M


def test_the_big_toe_can_lift_alone(body: Body) -> None:
    rest = foot(body, ToeLift())
    risen = (foot(body, ToeLift(lift_deg=36.0, toes="big")) - rest)[:, 1]
    inner = rest[:, 0] > np.median(rest[front(rest), 0])  # the big toe of a right foot
    assert risen[front(rest) & inner].max() > MOVED_M
    assert np.median(risen[front(rest) & ~inner]) < STILL_M
    with pytest.raises(ValueError, match="all or big"):
        ToeLift(toes="small").posture(body)


def test_a_forefoot_lifts_about_the_heel_and_a_heel_about_the_ball(body: Body) -> None:
    rest = foot(body, REST)
    back = rest[:, 2] < rest[:, 2].min() + 0.04
    forefoot = (foot(body, FootOnFloor(forefoot_deg=13.0)) - rest)[:, 1]
    heel = (foot(body, FootOnFloor(heel_deg=13.0)) - rest)[:, 1]
    assert forefoot[front(rest)].min() > MOVED_M
    assert abs(foot(body, FootOnFloor(forefoot_deg=13.0))[:, 1].min()) < MOVED_M
    assert heel[back].min() > MOVED_M
    assert np.abs(heel[front(rest)]).max() < MOVED_M


@pytest.mark.parametrize(("base_share", "nearer_m"), [(0.35, 0.025), (-0.4, 0.006)])
def test_in_a_scrunch_toes_come_nearer_and_stay_on_the_floor(
    body: Body, base_share: float, nearer_m: float
) -> None:
    rest = foot(body, TowelScrunch())
    curled = foot(body, TowelScrunch(curl_deg=52.0, base_share=base_share))
    assert rest[:, 2].max() - curled[:, 2].max() > nearer_m
    assert curled[front(rest), 1].min() == pytest.approx(rest[front(rest), 1].min(), abs=0.004)
    assert np.abs((curled - rest)[sole_of_heel(rest)]).max() < 0.004


TWO_SCRUNCHES = """
person = { like = "A" }
[towel]
creep_m = 0.02
[[do]]
action = "towel-scrunch"
reps = 2
"""


def test_each_scrunch_gathers_the_towel_by_as_much(body: Body, tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text(TWO_SCRUNCHES)
    script = read(path)
    assert script.towel is not None
    events = direct(script.patient, body, 1).events
    towel, ends = Towel(script.towel, events), [0.0, *(event.end_s for event in events)]
    edges = [float(towel.at(t)[0][:, 2].max()) for t in ends]
    assert np.diff(edges) == pytest.approx([-0.02, -0.02])
    behind = [float(towel.at(t)[0][:, 2].min()) for t in ends]
    assert behind[0] == behind[-1]


def test_a_towel_is_pulled_away() -> None:
    towel = Towel(TowelPlan(pull_m=(0.1, 0.4), pull_s=(2.0, 3.0)), [])
    assert towel.at(1.9)[0] == pytest.approx(towel.at(0.0)[0])
    way = towel.at(3.1)[0] - towel.at(0.0)[0]
    assert way == pytest.approx(np.tile([0.1, 0.0, 0.4], (len(way), 1)))


def test_a_shaking_camera_moves_the_picture() -> None:
    picture = np.random.default_rng(1).integers(0, 255, (48, 64, 3), np.uint8)
    still, shaking = (Camcorder(Sensor(shake_px=px), (64, 48), 1) for px in (0.0, 6.0))
    assert np.array_equal(still.take([picture], 0.0), still.take([picture], 1.0))
    assert not np.array_equal(shaking.take([picture], 0.0), shaking.take([picture], 1.0))


def test_a_close_up_says_so_instead_of_its_side() -> None:
    side = Camera(azimuth_deg=90.0)
    assert side.view == "side"
    assert replace(side, close_up=True).view == "close-up"
