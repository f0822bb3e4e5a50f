"""The report in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.exercises import load
from formcheck.report.figures import clock, name_in_words, value_in_words
from formcheck.report.summary import advice, headline, plural, ranges
from formcheck.results import SessionResult
from tests.session_maker import heel_raises, nothing_counted, stretches

FALLING = [0.97, 0.99, 1.0, 0.95, 0.96, 0.9, 0.93, 0.88, 0.69, 0.67, 0.66, 0.65]


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (nothing_counted(), "No heel raises were counted."),
        (nothing_counted(0.0), "No heel raises were counted: nobody could be measured."),
        (heel_raises([1.0]), "1 heel raise."),
        (heel_raises([1.0, 0.95]), "2 heel raises, all of them at 85 % of your best or more."),
        (heel_raises([0.5, 0.6]), "2 heel raises, none of them at 85 % of your best or more."),
        (
            heel_raises([1.0, 0.6, 0.9]),
            "3 heel raises, 2 of them at 85 % of your best or more.",
        ),
        (  # no fault yet, and yet not of full height
            heel_raises([1.0, 0.8, 0.9]),
            "3 heel raises, 2 of them at 85 % of your best or more.",
        ),
        (
            replace(heel_raises([1.0, 0.9]), prescribed=True),
            "2 heel raises, 1 of them reached the prescribed target.",
        ),
        (stretches([22.0]), "1 calf stretch, held for 22 of 30 s."),
        (
            stretches([30.0, 30.0]),
            "2 calf stretches, all of them held for the full 30 s; 60 s of stretch in all.",
        ),
    ],
)
def test_the_first_sentence(result: SessionResult, sentence: str) -> None:
    assert headline(result, load(result.exercise)) == sentence


def test_the_first_sentence_tells_where_the_height_fell() -> None:
    result = heel_raises(FALLING)
    assert [f.fault for f in result.findings].count("shrinking") == 1
    assert headline(result, load("heel-raise")) == (
        "12 heel raises, 8 of them at 85 % of your best or more; height fell by 30 % after rep 8."
    )


def test_each_fault_is_told_once_with_its_repetitions() -> None:
    told = {item.fault: item for item in advice(heel_raises(FALLING))}
    assert told["shallow"].where == "reps 9–12"
    assert told["shallow"].message == "Well below full height. Rise as high as you can."
    assert told["no_pause"].where == "rep 4"
    assert told["shrinking"].where == ""


def test_many_scattered_repetitions_are_told_as_a_count() -> None:
    scattered = heel_raises([0.5 if i % 2 else 1.0 for i in range(40)])
    told = {item.fault: item.where for item in advice(scattered)}
    assert told["shallow"] == "20 of 40 reps"


@pytest.mark.parametrize(
    ("numbers", "told"),
    [([], []), ([3], ["3"]), ([1, 2, 3, 7], ["1–3", "7"]), ([1, 3, 5], ["1", "3", "5"])],
)
def test_numbers_as_runs(numbers: list[int], told: list[str]) -> None:
    assert ranges(numbers) == told


@pytest.mark.parametrize(
    ("noun", "many"),
    [("heel raise", "heel raises"), ("calf stretch", "calf stretches"), ("flex", "flexes")],
)
def test_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("measure", "value", "told"),
    [
        ("plantarflexion_deg", 31.4, "31°"),
        ("trunk_lean_deg", -3.2, "−3°"),
        ("trunk_lean_deg", -0.2, "0°"),
        ("held_s", 29.96, "30.0 s"),
        ("uneven_share", 0.345, "34 %"),
        ("rise_cm", 6.04, "6.0 cm"),
        ("knee_gap_thigh", 0.8251, "0.83"),
        ("rise_shank", float("nan"), "–"),
        ("rise_shank", None, "–"),
    ],
)
def test_values_have_their_units(measure: str, value: float | None, told: str) -> None:
    assert value_in_words(measure, value) == told


def test_measures_have_names() -> None:
    assert name_in_words("plantarflexion_deg") == "plantarflexion"
    assert name_in_words("knee_gap_thigh") == "knee gap, in thigh lengths"
    assert name_in_words("reps") == "reps"
    assert clock(75.9) == "1:15"


def test_a_set_without_reps_before_the_fall_is_not_said_to_fall() -> None:
    result = heel_raises(FALLING)
    early = replace(result, findings=tuple(replace(f, start_s=0.0) for f in result.findings))
    assert "fell" not in headline(early, load("heel-raise"))
