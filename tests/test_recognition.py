"""Which exercise is being done, from claims made up and from the landmarks of sample clips."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.auto import parts
from formcheck.exercises import load, names
from formcheck.poses import Sighting, from_trace
from formcheck.recognition import SURE, Claim, Recognised, Recogniser, confidence, recognise

SAMPLES = Path(__file__).parents[1] / "samples"
REPS = ["heel_side_a", "heel_oblique_c", "clam_right_a", "clam_left_b", "calf_both_sides_b"]
NEGATIVE = ["no_squats_a", "no_walking_e", "no_lying_leg_raises_e", "no_arm_raises_d"]


def reps(exercise: str, *starts: float, weight: float = 1.0) -> list[Claim]:
    return [Claim(exercise, s, s + 2.0, weight) for s in starts]


def told(*claims: Claim) -> list[tuple[str, float, float]]:
    return [(r.exercise, r.start_s, r.end_s) for r in recognise(claims)]


def test_nothing_is_no_exercise() -> None:
    assert recognise([]) == ()


def test_one_repetition_is_not_enough_and_each_further_one_makes_it_surer() -> None:
    assert recognise(reps("a", 0.0)) == ()
    found = [recognise(reps("a", *range(0, 3 * n, 3)))[0].confidence for n in (2, 3, 4)]
    assert SURE < found[0] < found[1] < found[2] < 1


def test_certainty_is_the_doubt_that_independent_repetitions_leave() -> None:
    assert confidence(0.0) == 0.0
    assert 1 - confidence(5.0) == pytest.approx((1 - confidence(2.0)) * (1 - confidence(3.0)))


def test_claims_to_the_same_time_speak_against_each_other() -> None:
    even = [*reps("a", 0.0, 3.0, 6.0), *reps("b", 0.1, 3.1, 6.1)]
    assert recognise(even) == ()
    uneven = recognise([*reps("a", 0.0, 3.0, 6.0), *reps("b", 0.1, weight=0.3)])
    assert [r.exercise for r in uneven] == ["a"]
    assert uneven[0].confidence < confidence(3.0)


def test_the_person_changes_the_exercise() -> None:
    claims = [*reps("a", 0.0, 3.0, 6.0), *reps("b", 20.0, 23.0)]
    assert told(*claims) == [("a", 0.0, 8.0), ("b", 20.0, 25.0)]


def test_a_single_other_repetition_is_no_change() -> None:
    claims = [*reps("a", 0.0, 3.0), *reps("b", 6.0), *reps("a", 9.0, 12.0)]
    assert told(*claims) == [("a", 0.0, 14.0)]


def test_a_return_is_told_as_one() -> None:
    claims = [*reps("a", 0.0, 3.0), *reps("b", 10.0, 13.0), *reps("a", 20.0, 23.0)]
    assert [r.exercise for r in recognise(claims)] == ["a", "b", "a"]


def test_each_exercise_gets_the_frames_up_to_half_way_to_the_next() -> None:
    sightings = [Sighting(float(t), None) for t in range(12)]
    found = [
        Recognised("a", 0.0, 3.0, 0.8),
        Recognised("b", 5.0, 6.0, 0.7),
        Recognised("a", 8.0, 11.0, 0.9),
    ]
    (first, of_a, sure), (second, of_b, _) = parts(sightings, found)
    assert (first, second, sure) == ("a", "b", 0.9)
    assert [s.t_s for s in of_a if s] == [0, 1, 2, 3, 7, 8, 9, 10, 11]
    assert [s.t_s for s in of_b if s] == [4, 5, 6]
    assert [s.t_s for s in of_a if s and s.cut] == [7]
    assert len(of_a) == len(of_b) == len(sightings)


def recogniser_of(clip: str) -> Recogniser:
    recogniser = Recogniser([load(name) for name in names()])
    for sighting in from_trace(SAMPLES / "traces" / f"{clip}.full.npz"):
        recogniser.update(sighting)
    return recogniser


@pytest.mark.parametrize("clip", REPS)
def test_rendered_exercises_are_recognised(clip: str) -> None:
    truth = json.loads((SAMPLES / "clips" / f"{clip}.json").read_text("utf-8"))["exercise"]
    recogniser = recogniser_of(clip)
    assert recogniser.now is not None
    assert recogniser.now.exercise == truth
    assert [r.exercise for r in recogniser.finish()] == [truth]


@pytest.mark.parametrize("clip", NEGATIVE)
def test_what_is_no_exercise_is_not_recognised(clip: str) -> None:
    recogniser = recogniser_of(clip)
    assert recogniser.now is None
    assert recogniser.finish() == ()


def test_one_exercise_after_another_is_recognised_as_it_comes() -> None:
    recogniser = Recogniser([load(name) for name in names()])
    heels = list(from_trace(SAMPLES / "traces" / "heel_side_a.full.npz"))
    shells = list(from_trace(SAMPLES / "traces" / "clam_right_a.full.npz"))
    later_s = heels[-1].t_s + 1.0
    for sighting in heels:
        recogniser.update(sighting)
    assert recogniser.now is not None
    assert recogniser.now.exercise == "heel-raise"
    for i, sighting in enumerate(shells):
        recogniser.update(moved(sighting, later_s, cut=i == 0))
    assert recogniser.now.exercise == "clamshell"
    assert [r.exercise for r in recogniser.finish()] == ["heel-raise", "clamshell"]


def moved(sighting: Sighting, by_s: float, *, cut: bool) -> Sighting:
    t_s = sighting.t_s + by_s
    return Sighting(t_s, sighting.pose and replace(sighting.pose, t_s=t_s), cut)
