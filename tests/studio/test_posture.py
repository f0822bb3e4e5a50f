"""Inverse kinematics and blending."""

import numpy as np
import pytest

from samples.studio.body import SIDES, Body
from samples.studio.movement import movements
from samples.studio.poses.stand import Stand
from samples.studio.posture import Posture, blend, reach, solve, two_bone
from samples.studio.rotations import FORWARD, UP, vec


@pytest.mark.parametrize("target", [vec(0.3, -0.5, 0.2), vec(0, -0.2, 0.6), vec(-0.4, 0.4, 0.1)])
def test_two_bone_reaches_its_target_and_keeps_bone_lengths(target: np.ndarray) -> None:
    start = vec(0.1, 0.2, 0.3)
    middle, end = two_bone(start, start + target, 0.45, 0.40, vec(0, 0.3, 1))
    assert end == pytest.approx(start + target, abs=1e-9)
    assert np.linalg.norm(middle - start) == pytest.approx(0.45)
    assert np.linalg.norm(end - middle) == pytest.approx(0.40)


def test_two_bone_stops_at_full_reach() -> None:
    _, end = two_bone(vec(0, 0, 0), vec(0, -2, 0), 0.45, 0.40, FORWARD)
    assert end == pytest.approx(vec(0, -0.85, 0), abs=1e-4)


def off_target_m(body: Body, posture: Posture) -> float:
    """How far the solved ankles are from where the posture wants them."""
    skeleton = solve(body, posture)
    return max(
        float(np.linalg.norm(skeleton.joint(f"{s}_ankle") - posture.leg(s).ankle)) for s in SIDES
    )


@pytest.mark.parametrize("name", sorted(movements()))
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_every_movement_keeps_its_feet_where_it_says(body: Body, name: str, share: float) -> None:
    movement = movements()[name]
    for faults in [(), *((fault,) for fault in sorted(movement.bends))]:
        for stroke in movement.ways(()):
            pose = movement.at(movement.pose(), stroke, movement.rep, faults, share)
            assert off_target_m(body, pose.posture(body)) < 0.004, (stroke, faults)


def test_reach_puts_the_wrist_on_the_spot(body: Body) -> None:
    hand = vec(0.25, 1.3, 0.4)
    posture = reach(body, Stand().posture(body), "left", hand, elbow=-UP, fingers=UP, palm=FORWARD)
    assert solve(body, posture).joint("left_wrist") == pytest.approx(hand, abs=0.003)


def test_blending_ends_where_it_should(body: Body) -> None:
    a, b = Stand().posture(body), Stand().posture(body).placed(0.5, 0.2, 30)
    assert blend(a, b, 0, left=0, right=0).hips == pytest.approx(a.hips)
    assert blend(a, b, 1, left=1, right=1).left_leg.ankle == pytest.approx(b.left_leg.ankle)
