"""The course of a session on scripted bodies: every transition, every sign, every pause."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.live.coach.stages import Command, Stage, Timing
from formcheck.programmes.plan import Dose
from tests.live.actor import (
    DIM,
    FPS,
    FROM_FRONT,
    HEEL_RAISES,
    TOO_NEAR,
    Studio,
    raising,
    with_hands_up,
)
from tests.stick import standing

STILL = standing()
HAND_UP = with_hands_up(STILL, "right")
HANDS_UP = with_hands_up(STILL, "left", "right")


def test_a_session_from_an_empty_room_to_the_summary() -> None:
    studio = Studio(replace(HEEL_RAISES, sets=2))
    studio.film(2.0, None)
    studio.get_going()
    studio.raise_heels(3)
    studio.film(13.0, STILL)
    studio.raise_heels(3)
    studio.film(12.0, STILL)
    once = [Stage.SETUP, Stage.READY, Stage.COUNT_IN, Stage.ACTIVE]
    assert studio.seen.stages == [*once, Stage.REST, *once, Stage.SUMMARY, Stage.OVER]
    assert studio.session.over
    assert [len(record.reps) for record in studio.session.records] == [3, 3]
    assert [rep.number for rep in studio.session.records[1].reps] == [1, 2, 3]
    counts = [text for text in studio.seen.said if text.isdecimal() or text == "Go!"]
    assert counts == [*"321", "Go!", *"123", *"321", "Go!", *"123"]
    assert studio.seen.said[-1].startswith("All done. 6 repetitions.")


@pytest.mark.parametrize("spoken_s", [0.0, 0.3])
def test_the_count_in_goes_second_by_second_however_long_it_takes_to_say(spoken_s: float) -> None:
    studio = Studio(HEEL_RAISES)
    times_s = [0.0]
    while studio.seen.said[-1:] != ["Go!"]:
        studio.film(1 / FPS, STILL, speaking=studio.t_s - times_s[-1] < spoken_s)
        if studio.seen.scenes[-1].line:
            times_s.append(studio.seen.scenes[-1].t_s)
    assert studio.seen.said[-4:] == [*"321", "Go!"]
    assert np.diff(times_s[-4:]) == pytest.approx([1.0] * 3, abs=1.5 / FPS)


def test_exercise_is_announced_with_camera_and_how_to_do_it() -> None:
    studio = Studio(replace(HEEL_RAISES, side="left"))
    studio.film(1.0, None)
    card = studio.bouts[0].exercise
    assert studio.seen.said[0] == f"Heel raise, left leg. {card.setup} {card.how}"


def test_one_instruction_at_a_time_the_most_basic_first() -> None:
    studio = Studio(HEEL_RAISES)
    studio.film(2.0, None, brightness=DIM)
    studio.film(2.0, None)
    studio.film(2.0, STILL, TOO_NEAR)
    studio.film(2.0, STILL, FROM_FRONT)
    studio.film(2.0, standing(knee_deg=110.0))
    instructions = studio.seen.said[1:]
    assert instructions[:3] == [
        "It is too dark. Turn on a light.",
        "Step into the picture.",
        "Step back, I can't see your feet.",
    ]
    assert instructions[3] == "Turn so that the camera sees you from the side."
    assert instructions[4] in ("Straighten your knees.", "Stand upright.")
    assert Stage.READY not in studio.seen.stages


def test_instruction_is_drawn_at_the_moment_it_is_said_and_repeated_when_not_followed() -> None:
    studio = Studio(HEEL_RAISES)
    studio.film(12.0, None)
    said = [s for s in studio.seen.scenes if s.line and s.line.text == "Step into the picture."]
    assert [s.t_s for s in said] == pytest.approx([0.7, 8.7], abs=0.1)
    assert all(s.advice == "Step into the picture." for s in said)
    before = [s.advice for s in studio.seen.scenes if s.t_s < said[0].t_s]
    assert set(before) == {None}


def test_no_instruction_while_somebody_is_only_passing_through_a_posture() -> None:
    studio = Studio(HEEL_RAISES)
    for _ in range(4):
        studio.film(0.5, STILL, TOO_NEAR)
        studio.film(0.12, STILL, FROM_FRONT)
    assert len(studio.seen.said) == 1  # the announcement


@pytest.mark.parametrize("fps_share", [1, 3])
def test_readiness_takes_a_second_at_any_frame_rate(fps_share: int) -> None:
    studio = Studio(HEEL_RAISES)
    for _ in range(180):
        studio.film(1 / 25, STILL)
        studio.t_s += (fps_share - 1) / 25
    ready_s, count_in_s = (studio.seen.entered(s) for s in (Stage.READY, Stage.COUNT_IN))
    assert count_in_s - ready_s == pytest.approx(1.0, abs=0.04 * fps_share + 0.01)
    assert studio.seen.entered(Stage.ACTIVE) - count_in_s == pytest.approx(3.0, abs=0.13)


def test_readiness_survives_a_flicker_but_not_a_step_away() -> None:
    studio = Studio(HEEL_RAISES)
    studio.film(0.8, STILL)
    studio.film(0.2, None)
    studio.film(0.1, STILL)
    assert studio.seen.stages == [Stage.SETUP, Stage.READY]
    studio.film(0.5, None)
    assert studio.seen.stages == [Stage.SETUP, Stage.READY, Stage.SETUP]


def test_count_in_is_called_off_when_the_person_leaves() -> None:
    studio = Studio(HEEL_RAISES)
    studio.film(3.0, STILL)
    assert studio.now() is Stage.COUNT_IN
    studio.film(1.5, None)
    assert studio.now() is Stage.SETUP
    assert "Go!" not in studio.seen.said


def test_count_in_waits_for_the_announcement_to_end() -> None:
    studio = Studio(HEEL_RAISES)
    studio.film(6.0, STILL, speaking=True)
    assert studio.now() is Stage.READY
    studio.film(1.0, STILL)
    assert studio.now() is Stage.COUNT_IN


def test_nothing_counts_before_go() -> None:
    studio = Studio(HEEL_RAISES, timing=Timing(count_in_s=8))
    studio.film(3.0, STILL)
    studio.raise_heels(1)
    studio.film(5.0, STILL)
    assert studio.now() is Stage.ACTIVE
    assert studio.seen.count == 0
    studio.raise_heels(1)
    assert studio.seen.count == 1


def test_count_is_said_and_shown_with_the_same_frame() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    studio.raise_heels(2)
    one = next(s for s in studio.seen.scenes if s.line and s.line.text == "1" and s.ended)
    before = studio.seen.scenes[studio.seen.scenes.index(one) - 1]
    assert (before.count, one.count) == (0, 1)


def test_leaving_the_frame_pauses_and_coming_back_resumes_after_the_check() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    studio.raise_heels(1)
    left_s = studio.t_s
    studio.film(5.0, None)
    assert studio.now() is Stage.SETUP
    assert studio.seen.entered(Stage.SETUP, 1) - left_s == pytest.approx(1.0, abs=0.1)
    assert "I can't see you. Paused." in studio.seen.said
    assert studio.seen.scenes[-1].resuming
    back_s = studio.t_s
    studio.film(3.0, STILL)
    assert studio.seen.stages[-2:] == [Stage.READY, Stage.ACTIVE]
    assert studio.seen.entered(Stage.ACTIVE, 1) - back_s == pytest.approx(1.2, abs=0.2)
    assert studio.seen.said[-1] == "Go on."
    studio.raise_heels(2)
    assert [len(r.reps) for r in studio.session.records] == [3]


def test_a_glance_away_of_the_model_does_not_pause() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    studio.film(0.8, None)
    studio.film(1.0, STILL)
    assert studio.now() is Stage.ACTIVE


def test_one_hand_pauses_and_resumes() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    studio.raise_heels(1)
    up_s = studio.t_s
    studio.film(2.0, HAND_UP)
    assert studio.seen.entered(Stage.PAUSED) - up_s == pytest.approx(1.5, abs=0.05)
    assert studio.seen.said[-1] == "Paused."
    studio.film(1.0, STILL)
    studio.raise_heels(1)
    assert studio.seen.count == 1
    studio.film(2.0, HAND_UP)
    studio.film(2.0, STILL)
    assert studio.seen.said[-1] == "Go on."
    assert studio.seen.stages[-3:] == [Stage.PAUSED, Stage.READY, Stage.ACTIVE]
    studio.raise_heels(1)
    assert studio.seen.count == 2


def test_the_ring_fills_while_the_hand_is_up() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    first = len(studio.seen.scenes)
    studio.film(1.4, HAND_UP)
    shares = [scene.reading.progress for scene in studio.seen.scenes[first:]]
    assert shares == sorted(shares)
    assert shares[-1] > 0.9
    studio.film(0.5, STILL)
    assert studio.seen.scenes[-1].reading.sign is None
    assert studio.now() is Stage.ACTIVE


def test_both_hands_end_the_set() -> None:
    studio = Studio(replace(HEEL_RAISES, sets=2))
    studio.get_going()
    studio.raise_heels(2)
    studio.film(1.0, HAND_UP)
    studio.film(2.0, HANDS_UP)
    studio.film(0.1, HAND_UP)
    studio.film(1.0, STILL)
    assert studio.now() is Stage.REST
    assert Stage.PAUSED not in studio.seen.stages
    assert [len(record.reps) for record in studio.session.records] == [2]


def test_keys_pause_go_on_skip_and_quit() -> None:
    studio = Studio(replace(HEEL_RAISES, sets=3))
    studio.get_going()
    studio.raise_heels(1)
    studio.session.command(Command.PAUSE)
    studio.film(1.0, STILL)
    assert studio.now() is Stage.PAUSED
    studio.session.command(Command.PAUSE)
    studio.film(3.0, STILL)
    assert studio.now() is Stage.ACTIVE
    assert [len(r.reps) for r in studio.session.command(Command.NEXT)] == [1]
    studio.film(0.5, STILL)
    assert studio.now() is Stage.REST
    studio.session.command(Command.NEXT)
    studio.film(0.5, STILL)
    assert studio.now() is Stage.READY
    studio.session.command(Command.QUIT)
    assert studio.session.over
    assert len(studio.session.records) == 1  # the set that was not begun leaves no record


def test_quitting_keeps_the_set_under_way() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    studio.raise_heels(2)
    assert [len(record.reps) for record in studio.session.command(Command.QUIT)] == [2]


def test_rest_counts_down_warns_and_can_be_paused() -> None:
    studio = Studio(replace(HEEL_RAISES, sets=2, reps=1, rest_s=15))
    studio.get_going()
    studio.raise_heels(1)
    rested_s = studio.seen.entered(Stage.REST)
    studio.film(3.0, None)
    studio.session.command(Command.PAUSE)
    studio.film(20.0, None)
    assert studio.now() is Stage.PAUSED
    studio.session.command(Command.PAUSE)
    studio.film(12.0, None)
    assert studio.seen.stages[-2:] == [Stage.REST, Stage.SETUP]
    assert studio.seen.entered(Stage.SETUP, 1) - rested_s == pytest.approx(35.0, abs=0.2)
    assert "10 seconds left." in studio.seen.said
    assert "Set done. Rest for 15 seconds. Next: Heel raise, set 2 of 2." in studio.seen.said
    numbers = [s.seconds_left for s in studio.seen.scenes if s.stage is Stage.REST]
    assert numbers == sorted(numbers, key=lambda n: -(n or 0))


def test_each_leg_has_its_turn_and_the_wrong_one_is_told() -> None:
    dose = replace(HEEL_RAISES, side="each", reps=1)
    studio = Studio(dose)
    on_left, on_right = standing(free="right"), standing(free="left")
    studio.film(3.0, on_right)
    assert studio.seen.said[-1] == "Stand on your left leg only."
    studio.film(1.0, STILL)
    studio.film(7.0, on_left)
    assert studio.now() is Stage.ACTIVE
    begin_s = studio.t_s
    studio.film(5.0, lambda t_s: standing(free="right", heel_deg=raising(t_s, begin_s, 1)))
    assert "Set done. Rest for 5 seconds. Next: Heel raise, right leg, set 1 of 1." in (
        studio.seen.said
    )


def test_advice_goes_with_its_set() -> None:
    studio = Studio(replace(HEEL_RAISES, side="each", reps=1))
    studio.film(4.0, standing(free="left"))
    assert studio.seen.scenes[-1].advice == "Stand on your left leg only."
    studio.session.command(Command.NEXT)
    studio.session.command(Command.NEXT)
    studio.film(0.5, standing(free="left"))
    assert studio.seen.scenes[-1].bout.side == "right"
    assert {scene.advice for scene in studio.seen.scenes if scene.bout.side == "right"} == {None}


def test_how_it_is_done_is_explained_once_in_a_session() -> None:
    once, again = replace(HEEL_RAISES, reps=1), Dose("calf-stretch", sets=1, hold_s=30)
    studio = Studio(once, again, once)
    studio.film(1.0, None)
    for _ in range(2):
        studio.session.command(Command.NEXT)
        studio.session.command(Command.NEXT)
        studio.film(1.0, None)
    how = studio.bouts[0].exercise.how
    assert len([text for text in studio.seen.said if how in text]) == 1
    assert "Heel raise." in studio.seen.said[1:]


def test_lost_camera_pauses_says_so_once_and_goes_on() -> None:
    studio = Studio(HEEL_RAISES)
    studio.get_going()
    studio.raise_heels(1)
    scenes = [studio.session.lose_camera(studio.t_s + i / 4) for i in range(8)]
    lines = [scene.line.text for scene in scenes if scene.line]
    assert lines == ["The camera shows nothing. Paused."]
    assert {scene.advice for scene in scenes} == {"The camera shows nothing. Paused."}
    studio.t_s += 2.0
    studio.film(4.0, STILL)
    assert "The camera is back." in studio.seen.said
    studio.raise_heels(2)
    assert [len(record.reps) for record in studio.session.records] == [3]


def test_next_exercise_of_a_programme_is_announced() -> None:
    studio = Studio(
        replace(HEEL_RAISES, reps=1, rest_s=0), Dose("calf-stretch", side="left", hold_s=10)
    )
    studio.get_going()
    studio.raise_heels(1)
    studio.film(3.0, STILL)
    assert any(text.startswith("Calf stretch, left leg. ") for text in studio.seen.said)


def test_signs_before_a_set_do_not_skip_it() -> None:
    studio = Studio(replace(HEEL_RAISES, sets=2))
    studio.film(3.0, HANDS_UP, FROM_FRONT)
    studio.film(3.0, HAND_UP, FROM_FRONT)
    assert set(studio.seen.stages) == {Stage.SETUP}
    assert studio.bouts[0] is studio.seen.scenes[-1].bout


def test_skipping_a_paused_rest_does_not_skip_the_set_after_it() -> None:
    studio = Studio(replace(HEEL_RAISES, sets=3, reps=1, rest_s=30))
    studio.get_going()
    studio.raise_heels(1)
    studio.session.command(Command.PAUSE)
    studio.film(0.2, STILL)
    assert studio.now() is Stage.PAUSED
    studio.session.command(Command.NEXT)
    studio.film(0.2, STILL)
    assert studio.seen.scenes[-1].bout.number == 2
    assert studio.now() is Stage.READY
