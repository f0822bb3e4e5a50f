"""Programmes: those that ship can be done, bad ones are told with the line and the reason."""

from pathlib import Path

import pytest

from formcheck import exercises, programmes
from formcheck.errors import CardError, InputError
from formcheck.pose.side_view import Side
from formcheck.programmes.plan import Dose, bouts

GOOD = """title = "Mornings"

[[step]]
exercise = "heel-raise"
source = "my physiotherapist"
side = "each"
sets = 2
reps = 8
rest_s = 30
tempo = "off"

[[step]]
exercise = "calf-stretch"
source = "AAOS"
hold_s = 20
"""


def write(folder: Path, text: str) -> str:
    path = folder / "own.toml"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("name", programmes.names())
def test_every_programme_that_ships_can_be_done(name: str) -> None:
    programme = programmes.load(name)
    assert bouts(programme.doses)
    assert all(dose.source for dose in programme.doses)


def test_plantar_fasciitis_has_all_that_is_implemented() -> None:
    doses = programmes.load("plantar-fasciitis").doses
    assert {dose.exercise for dose in doses} == set(exercises.names())


def test_a_programme_is_cut_into_sets_and_sides(tmp_path: Path) -> None:
    programme = programmes.load(write(tmp_path, GOOD))
    plan = bouts(programme.doses)
    assert programme.title == "Mornings"
    assert [(b.exercise.name, b.side, b.number, b.goal) for b in plan] == [
        ("heel-raise", Side.LEFT, 1, 8),
        ("heel-raise", Side.RIGHT, 1, 8),
        ("heel-raise", Side.LEFT, 2, 8),
        ("heel-raise", Side.RIGHT, 2, 8),
        ("calf-stretch", None, 1, 1),
    ]
    assert (plan[0].rest_s, plan[0].tempo, plan[4].hold_s) == (30, None, 20)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('title = "Mornings"', "", 1, "give it a name"),
        ('"heel-raise"', '"heel-rise"', 4, "Did you mean heel-raise?"),
        ('source = "my physiotherapist"', "", 3, "this step has no source"),
        ('side = "each"', 'side = "up"', 6, "no side 'up'"),
        ("sets = 2", "sets = 0", 7, "sets is a whole number from 1 to 20"),
        ("reps = 8", "reps = 8.5", 8, "reps is a whole number"),
        ("rest_s = 30", "rest_s = true", 9, "rest_s is a number"),
        ('tempo = "off"', 'tempo = "fast"', 10, "no tempo 'fast'"),
        ("hold_s = 20", "hold_s = 9999", 15, "hold_s is a number from 1 to 600"),
        ("hold_s = 20", "holds = 20", 15, "there is no holds; known are exercise"),
        ("hold_s = 20", "hold_s = nan", 15, "hold_s is a number from 1 to 600"),
        ("hold_s = 20", "target = inf", 15, "target is a number above 0"),
        ("sets = 2", "sets = 1000000000", 7, "sets is a whole number from 1 to 20"),
        ("sets = 2", "sets = [2]", 7, "sets is a whole number"),
        ("sets = 2", '"a.*b" = 2', 3, "there is no a.*b"),
        ("sets = 2", "sets = ", 7, "Invalid value (at line 7, column 8)"),
    ],
)
def test_a_bad_file_gets_the_line_and_the_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    with pytest.raises(CardError) as raised:
        programmes.load(write(tmp_path, GOOD.replace(old, new)))
    message = str(raised.value)
    assert f"line {line}" in message
    assert reason in message
    assert "\n" not in message


def test_a_file_without_steps_or_without_a_file(tmp_path: Path) -> None:
    with pytest.raises(CardError, match=r"line 1: list what to do under \[\[step\]\] headings"):
        programmes.load(write(tmp_path, 'title = "Nothing"\n'))
    with pytest.raises(InputError, match="no programme 'nowhere'"):
        programmes.load("nowhere")


def test_a_dose_that_cannot_be_done_is_refused() -> None:
    with pytest.raises(InputError, match="no side 'up'"):
        bouts([Dose("heel-raise", side="up")])
    with pytest.raises(InputError, match="No exercise is called 'jump'"):
        bouts([Dose("jump")])


@pytest.mark.parametrize(
    "text",
    [
        'title = "A"\nstep = [1]\n',
        'title = "A"\nstep = "x"\n',
        'title = "A"\nstep = [[]]\n',
        "a = " + "[" * 5000,
        'title = "A"\n' + '[[step]]\nexercise = "heel-raise"\nsource = "x"\n' * 101,
    ],
    ids=["number", "text", "list", "deep", "many"],
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(CardError) as raised:
        programmes.load(write(tmp_path, text))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["~nouser/a.toml", ".", "/", "", "x" * 5000, "\udcff.toml"])
def test_a_path_that_is_none_is_told(name: str) -> None:
    with pytest.raises(InputError, match="no programme"):
        programmes.load(name)


@pytest.mark.parametrize(
    "dose",
    [
        Dose("heel-raise", sets=1_000_000_000),
        Dose("heel-raise", reps=10**9),
        Dose("heel-raise", target=float("inf")),
        Dose("calf-stretch", hold_s=float("nan")),
        Dose("calf-stretch", rest_s=float("inf")),
    ],
)
def test_amounts_that_nobody_does_are_refused(dose: Dose) -> None:
    with pytest.raises(InputError, match="cannot be"):
        bouts([dose])
