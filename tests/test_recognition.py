"""Which exercise is being done, from claims made up and from the landmarks of sample clips."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.analysis.recognition import (
    SECONDS_PER_REP,
    SURE,
    Claim,
    Recognised,
    Recogniser,
    claim_of,
    confidence,
    parts,
    recognise,
    repeated,
)
from formcheck.body.measures import Moment, angle_deg
from formcheck.exercises import load, names
from formcheck.exercises.card import Exercise, RepMeasure, Reps
from formcheck.pose.pose import Sighting, from_trace
from formcheck.pose.side_view import Side
from formcheck.results import Hold

SAMPLES = Path(__file__).parents[1] / "samples"
SHOWN = ["heel_side_a", "heel_oblique_c", "clam_right_a", "clam_left_b", "calf_both_sides_b"]
STRETCHES = ("calf-stretch", "soleus-stretch")
SOLEUS_DEG = 20.0
"""Bend of the back knee from which the gastrocnemius is slack (Baumbach 2014)."""
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


def test_claims_that_touch_at_their_ends_do_not() -> None:
    alone = recognise(reps("a", 0.0, 3.0))
    assert recognise([*reps("a", 0.0, 3.0), Claim("b", 4.8, 9.0, 1.0)]) == alone


def test_a_draw_says_nothing() -> None:
    draw = [*reps("b", 2.5), *reps("c", 2.5)]
    assert recognise([*reps("a", 0.0), *draw, *reps("a", 5.0)]) == recognise(reps("a", 0.0, 5.0))


def test_too_little_for_a_change_is_what_was_begun_with_or_nothing() -> None:
    assert told(Claim("a", 0.0, 6.0, 1.5), Claim("b", 9.0, 15.0, 1.6)) == [("a", 0.0, 6.0)]
    assert told(Claim("a", 0.0, 4.0, 1.0), Claim("b", 9.0, 15.0, 1.6)) == []


@pytest.mark.parametrize("knee_deg", [0.0, 10.0, 16.0, 18.0, 20.0, 30.0, 60.0])
def test_the_back_knee_tells_the_stretches_at_the_wall_apart(knee_deg: float) -> None:
    calf, soleus = (load(name).typical({"back_knee_deg": knee_deg}) for name in STRETCHES)
    assert calf + soleus == pytest.approx(1.0)
    if knee_deg <= 10:
        assert calf == 1
    elif knee_deg >= 30:
        assert soleus == 1
    else:
        assert abs(calf - soleus) < 1


def test_a_stretch_whose_knee_was_not_measured_is_either() -> None:
    assert [load(name).typical({}) for name in STRETCHES] == [0.5, 0.5]


def test_form_is_no_reason_to_doubt_the_exercise() -> None:
    good = Hold(Side.LEFT, 2.0, 10.0, 8.0, 30.0, {"back_knee_deg": 4.0}, ())
    bad = replace(good, held_s=0.0, faults=("heel_lift",))
    calf = load("calf-stretch")
    assert claim_of(calf, good) == claim_of(calf, bad)
    assert claim_of(calf, bad).weight == pytest.approx(8.0 / SECONDS_PER_REP)


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
    found = [
        Recognised("a", 0.0, 3.0, 0.8),
        Recognised("b", 5.0, 6.0, 0.7),
        Recognised("a", 8.0, 11.0, 0.9),
    ]
    first, second = parts(found)
    assert (first.exercise, second.exercise, first.confidence) == ("a", "b", 0.9)
    assert [t for t in range(12) if first.part.has(t)] == [0, 1, 2, 3, 7, 8, 9, 10, 11]
    assert [t for t in range(12) if second.part.has(t)] == [4, 5, 6]


def recogniser_of(clip: str, *cards: str) -> Recogniser:
    recogniser = Recogniser([load(name) for name in cards or names()])
    for sighting in from_trace(SAMPLES / "traces" / f"{clip}.full.npz"):
        recogniser.update(sighting)
    return recogniser


@pytest.mark.parametrize("clip", SHOWN)
def test_rendered_exercises_are_recognised(clip: str) -> None:
    truth = json.loads((SAMPLES / "clips" / f"{clip}.json").read_text("utf-8"))["exercise"]
    recogniser = recogniser_of(clip)
    assert recogniser.now is not None
    assert recogniser.now.exercise == truth
    assert [r.exercise for r in recogniser.finish()] == [truth]


def stretches() -> list[tuple[str, list[str]]]:
    """The dev clips of stretches at the wall; for each hold, which one its rendered knee makes."""
    found = []
    for path in sorted((SAMPLES / "clips").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if truth["exercise"] in STRETCHES and truth["split"] == "dev":
            knees = [hold["measures"]["back_knee_deg"] for hold in truth["holds"]]
            found.append((path.stem, [STRETCHES[knee >= SOLEUS_DEG] for knee in knees]))
    return found


@pytest.mark.parametrize(("clip", "kinds"), stretches())
def test_stretches_at_the_wall_are_told_apart_in_any_form(clip: str, kinds: list[str]) -> None:
    found = [r.exercise for r in recogniser_of(clip, *STRETCHES).finish()]
    if len(set(kinds)) == 1:
        assert found == kinds[:1]
    else:  # short holds, one of each: what was begun with, or nothing
        assert found in ([], kinds[:1])


def knee_bend_deg(moment: Moment) -> float:
    joints = [[f"{leg}_{j}" for j in ("hip", "knee", "ankle")] for leg in ("left", "right")]
    return max(180 - angle_deg(*(moment.pose.xy(name) for name in leg)) for leg in joints)


def squat() -> Exercise:
    """A stranger's first card: it asks for no posture and counts whatever bends a knee."""
    return Exercise(
        name="squat",
        title="Squat",
        counts=Reps("knee_bend_deg", 25.0, "a trial", genuine=lambda _rep: True),
        signals={"knee_bend_deg": knee_bend_deg},
        posture=lambda _moment: None,
        needs=("hip", "knee", "ankle"),
        measures=(RepMeasure("knee_bend_deg", lambda rep: rep.pulse.height),),
        graded="knee_bend_deg",
    )


def test_a_new_card_changes_nothing_of_what_is_said_of_the_others() -> None:
    trace, found = SAMPLES / "traces" / "calf_side_a.full.npz", []
    for cards in ([load(name) for name in names()], [*map(load, names()), squat()]):
        recogniser = Recogniser(cards)
        for sighting in from_trace(trace):
            recogniser.update(sighting)
        found.append(recogniser.finish())
    assert [r.exercise for r in found[0]] == ["calf-stretch"]
    assert found[0] == found[1]


def test_what_is_never_done_twice_alike_is_no_evidence() -> None:
    unlike = [Claim("b", 0.0, 1.0, 1.0), Claim("b", 2.0, 14.0, 1.0), Claim("b", 15.0, 16.0, 1.0)]
    hold = Claim("a", 4.0, 12.0, 2.0, held=True)
    assert repeated([*unlike, hold]) == [hold]
    assert repeated(reps("b", 0.0, 3.0)) == reps("b", 0.0, 3.0)


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
