"""A picture that lost how the camera was held is turned; a person who lies there is left to lie."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck import exercises
from formcheck.analysis.request import Request
from formcheck.analysis.run import analyze_poses
from formcheck.body.turn import turn_of
from formcheck.errors import InputError
from formcheck.pose.pose import Pose, from_trace

TRACES = Path(__file__).parents[1] / "samples" / "traces"
KNOWN = [exercises.load(name) for name in exercises.names()]


def moments(trace: str) -> list[Pose]:
    """Five poses, a second apart."""
    found: list[Pose] = []
    for sighting in from_trace(TRACES / f"{trace}.full.npz"):
        if sighting.pose is not None and sighting.t_s >= 0.3 + len(found):
            found.append(sighting.pose)
    return found[:5]


@pytest.mark.parametrize("lost", [90, 180, 270])
@pytest.mark.parametrize(
    ("trace", "exercise"),
    [
        ("heel_side_a", "heel-raise"),
        ("heel_front_d", "heel-raise"),
        ("calf_side_a", "calf-stretch"),
        ("soleus_both_sides_h", "soleus-stretch"),
    ],
)
def test_a_body_that_lies_where_it_should_stand_is_turned(
    trace: str, exercise: str, lost: int
) -> None:
    poses = [pose.turned(360 - lost) for pose in moments(trace)]
    assert turn_of(poses, [exercises.load(exercise)], KNOWN) == lost


@pytest.mark.parametrize("trace", ["heel_side_a", "clam_right_a", "flex_side_a", "calf_side_a"])
def test_a_picture_that_is_right_is_left_alone(trace: str) -> None:
    assert turn_of(moments(trace), KNOWN, KNOWN) == 0


@pytest.mark.parametrize("trace", ["clam_behind_g", "clam_faults_f", "clam_kneeling_g"])
@pytest.mark.parametrize("exercise", ["heel-raise", "toe-lift", "calf-stretch"])
def test_who_does_another_exercise_lying_is_not_stood_up(trace: str, exercise: str) -> None:
    assert turn_of(moments(trace), [exercises.load(exercise)], KNOWN) == 0


def test_too_little_says_nothing() -> None:
    poses = [pose.turned(90) for pose in moments("heel_side_a")]
    assert turn_of(poses[:2], [exercises.load("heel-raise")], KNOWN) == 0


def test_turned_there_and_back_is_the_same_body_and_counts_the_same() -> None:
    pose = moments("heel_side_a")[0]
    width, height = pose.size
    x, y = pose.xy("nose")
    turned = pose.turned(90)
    assert turned.size == (height, width)
    assert turned.xy("nose").tolist() == pytest.approx([height - y, x])
    back = turned.turned(270)
    assert np.allclose(back.image, pose.image)
    assert np.allclose(back.world, pose.world)


def test_a_lying_recording_of_a_clamshell_counts_no_heel_raise_even_when_stood_up() -> None:
    sightings = list(from_trace(TRACES / "clam_right_a.full.npz"))
    for turn in (90, 270):
        stood = [replace(s, pose=s.pose and s.pose.turned(turn)) for s in sightings]
        assert not analyze_poses(stood, "heel-raise").reps


@pytest.mark.parametrize("rotate", [45, -90, 360, 10**12])
def test_other_turns_are_refused(rotate: int) -> None:
    with pytest.raises(InputError, match="give 0, 90, 180 or 270"):
        Request.of("clip.mp4", "heel-raise", rotate=rotate)
