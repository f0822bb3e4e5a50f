"""Guard: every card is valid, sourced and short to say; a broken one is refused by name."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck.exercises.cards
from formcheck.body.tracking import SPOKEN
from formcheck.errors import CardError, InputError
from formcheck.exercises import load, names
from formcheck.exercises.card import (
    LONGEST_CUE,
    Exercise,
    Fault,
    HoldFault,
    Holds,
    Norm,
    Reps,
    SetFault,
)
from formcheck.exercises.checks import check
from formcheck.exercises.counting import Counting
from formcheck.exercises.directions import Cycles
from formcheck.pose.pose import LANDMARKS

CARDS = [load(name) for name in names()]
AnyFault = Fault | HoldFault | SetFault


def faults(card: Exercise) -> tuple[AnyFault, ...]:
    held = card.counts.faults
    return (*card.faults, *held, *card.set_faults)


EVERY_FAULT = [
    pytest.param(card, fault, id=f"{card.name}-{fault.name}")
    for card in CARDS
    for fault in faults(card)
]


def test_the_core_exercises_are_there() -> None:
    assert {"heel-raise", "calf-stretch", "soleus-stretch", "clamshell"} <= set(names())


def test_files_are_called_as_their_cards() -> None:
    folder = Path(formcheck.exercises.cards.__file__).parent
    files = {p.stem.replace("_", "-") for p in folder.glob("*.py")} - {"--init--"}
    assert files == set(names()) == {card.name for card in CARDS}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_card_says_how_to_set_up_and_what_to_do(card: Exercise) -> None:
    check(card, card.name)
    for sentence in (card.setup, card.how):
        assert sentence.endswith(".")
    assert card.title
    assert card.title[0].isupper()
    assert card.norms
    assert card.counts.source
    face: Counting = card.counts  # checked by mypy: what is counted has one face
    assert face.noun == ("holds" if face.held else "reps")


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_card_names_joints_that_exist(card: Exercise) -> None:
    assert set(card.needs) <= set(SPOKEN)
    marked = {joint for fault in faults(card) for joint in getattr(fault, "joints", ())}
    assert marked <= set(LANDMARKS)
    assert not card.shown_at or f"left_{card.shown_at}" in LANDMARKS


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_every_norm_has_a_source(card: Exercise) -> None:
    for norm in card.norms:
        assert norm.measure
        assert norm.value
        assert norm.source


@pytest.mark.parametrize(("card", "fault"), EVERY_FAULT)
def test_every_fault_is_sourced_and_can_be_told(card: Exercise, fault: AnyFault) -> None:
    assert fault.source
    assert 3 <= len(fault.cue) <= LONGEST_CUE
    assert fault.cue[0].isupper()
    assert not fault.cue.endswith(".")
    assert fault.message.endswith(".")
    assert fault.name.replace("_", "").isalpha()
    assert fault.name.islower()


@pytest.mark.parametrize(("card", "fault"), EVERY_FAULT)
def test_every_fault_has_one_limit(card: Exercise, fault: AnyFault) -> None:
    if not isinstance(fault, SetFault):
        assert (fault.above is None) != (fault.below is None)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_counting_and_judging_share_no_number(card: Exercise) -> None:
    counts = card.counts
    if isinstance(counts, Cycles):
        counting = {gauge.start for gauge in counts.gauges}
        limits = [(f.above, f.below) for f in card.faults]
    elif isinstance(counts, Reps):
        counting = {counts.start}
        judged = [f for f in card.faults if f.measure in (counts.driver, card.graded)]
        limits = [(f.above, f.below) for f in judged]
    else:
        counting = {counts.enter, counts.rise, counts.surely}
        limits = [(f.above, f.below) for f in counts.faults if f.signal == counts.driver]
    assert not counting & {limit for pair in limits for limit in pair}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_what_a_view_hides_is_said(card: Exercise) -> None:
    everywhere = {"side", "oblique", "front", "back"}
    for measure in card.measures:
        assert measure.not_graded or everywhere <= set(measure.views), measure.name
    if isinstance(card.counts, Holds):
        for fault in card.counts.faults:
            assert fault.not_graded or everywhere <= set(fault.views), fault.name


def test_the_faults_that_were_promised() -> None:
    promised = {
        "heel-raise": "shallow shrinking fast_lowering no_pause knee_bend trunk_lean uneven",
        "clamshell": "shallow feet_apart fast_lowering no_pause",
        "calf-stretch": "heel_lift knee_bend no_lean",
        "soleus-stretch": "heel_lift knee_straight no_lean",
        "foot-flex": "rushed short_dorsiflexion short_plantarflexion short_inversion "
        "short_eversion",
        "toe-stretch": "foot_off_knee hand_off_toes",
    }
    for name, wanted in promised.items():
        assert set(wanted.split()) <= {fault.name for fault in faults(load(name))}, name


# --- loading and refusing ------------------------------------------------------------------------

HEEL, CALF = load("heel-raise"), load("calf-stretch")
assert isinstance(HEEL.counts, Reps)
assert isinstance(CALF.counts, Holds)
HOLDS = CALF.counts


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="Did you mean heel-raise"):
        load("heel-rise")
    with pytest.raises(InputError, match=r"Known: .*calf-stretch"):
        load("juggling")


def test_a_card_is_loaded_once() -> None:
    assert load("heel-raise") is HEEL


@pytest.fixture
def new_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a card that somebody has just added, called new-card."""
    folders = [*formcheck.exercises.cards.__path__, str(tmp_path)]
    monkeypatch.setattr(formcheck.exercises.cards, "__path__", folders)
    yield tmp_path / "new_card.py"
    sys.modules.pop("formcheck.exercises.cards.new_card", None)
    load.cache_clear()


def test_a_new_file_is_a_new_exercise(new_card: Path) -> None:
    new_card.write_text(
        "from dataclasses import replace\n"
        "from formcheck.exercises.cards.heel_raise import CARD as HEEL_RAISE\n"
        "CARD = replace(HEEL_RAISE, name='new-card')\n"
    )
    assert "new-card" in names()
    assert load("new-card").counts == HEEL.counts


def test_a_file_without_a_card_is_refused(new_card: Path) -> None:
    new_card.write_text("CARDS = []\n")
    with pytest.raises(CardError, match="new-card defines no CARD"):
        load("new-card")


@pytest.mark.parametrize(
    ("card", "mistake"),
    [
        (replace(HEEL, name="heal-raise"), "is named 'heal-raise'"),
        (replace(HEEL, norms=(Norm("up_s", "3 s", ""),)), "norm 'up_s' has no source"),
        (replace(HEEL, counts=replace(HEEL.counts, driver="hop")), "no signal 'hop'"),
        (replace(HEEL, graded="joy"), "grades no measure 'joy'"),
        (
            replace(HEEL, faults=(replace(HEEL.faults[0], source=""),)),
            f"fault {HEEL.faults[0].name!r} has no source",
        ),
        (
            replace(HEEL, faults=(replace(HEEL.faults[0], measure="joy"),)),
            f"fault {HEEL.faults[0].name!r} reads no measure",
        ),
        (
            replace(HEEL, faults=(replace(HEEL.faults[0], spoils=("joy",)),)),
            f"fault {HEEL.faults[0].name!r} spoils no measure",
        ),
        (
            replace(HEEL, faults=(replace(HEEL.faults[0], above=None, below=None),)),
            f"fault {HEEL.faults[0].name!r} has no limit",
        ),
        (
            replace(HEEL, faults=(replace(HEEL.faults[0], cue="Please " * 9),)),
            f"fault {HEEL.faults[0].name!r} has a cue too long to say",
        ),
        (
            replace(HEEL, set_faults=(replace(HEEL.set_faults[0], source=""),)),
            "fault 'shrinking' has no source",
        ),
        (replace(HEEL, needs=("shoulder", "tail")), "needs no joint 'tail'"),
    ],
)
def test_a_broken_card_of_repetitions_is_refused(card: Exercise, mistake: str) -> None:
    with pytest.raises(CardError, match=mistake) as refused:
        check(card, "heel-raise")
    assert "heel-raise" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("counts", "mistake"),
    [
        (replace(HOLDS, driver="hop"), "no signal 'hop'"),
        (replace(HOLDS, enter=30.0, surely=20.0), "surely a stretch below where it enters"),
        (
            replace(HOLDS, faults=(replace(HOLDS.faults[0], signal="hop"),)),
            f"fault {HOLDS.faults[0].name!r} reads no signal",
        ),
        (
            replace(HOLDS, faults=(replace(HOLDS.faults[0], source=""),)),
            f"fault {HOLDS.faults[0].name!r} has no source",
        ),
        (
            replace(HOLDS, faults=(replace(HOLDS.faults[0], confirmed_by="hop"),)),
            f"fault {HOLDS.faults[0].name!r} reads no signal",
        ),
        (
            replace(HOLDS, faults=(replace(HOLDS.faults[0], spoils=("joy",)),)),
            "spoils what it does not report",
        ),
        (replace(HOLDS, messages={}), "no sentence for 'short_hold'"),
        (replace(HOLDS, measures={"joy": frozenset()}), "reports no signal 'joy'"),
    ],
)
def test_a_broken_card_of_holds_is_refused(counts: Holds, mistake: str) -> None:
    with pytest.raises(CardError, match=mistake):
        check(replace(CALF, counts=counts), "calf-stretch")


# --- one fault at a time -------------------------------------------------------------------------


def test_a_fault_applies_beyond_its_limit_and_to_nothing_that_is_missing() -> None:
    high = Fault("high", "x", "Lower", "too high.", "a source", above=5.0)
    low = Fault("low", "x", "Higher", "too low.", "a source", below=5.0)
    assert [high.applies({"x": x}) for x in (4.0, 5.0, 6.0)] == [False, False, True]
    assert [low.applies({"x": x}) for x in (4.0, 5.0, 6.0)] == [True, False, False]
    assert not high.applies({})
    assert not low.applies({"y": 0.0})
