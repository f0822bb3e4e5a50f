"""What people really film: no rest first, cut-off ends, exchanged legs, getting ready, zeros."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.left_right import OUTVOTED_S, SideKeeper
from formcheck.engine.engine import DEFAULTS, Engine, Options
from formcheck.engine.reps import RawRep
from formcheck.engine.signal_log import SignalLog
from formcheck.exercises import load
from formcheck.exercises.card import Exercise
from formcheck.motion.counter import RepCounter
from formcheck.pose.pose import Sighting
from formcheck.pose.side_view import Side
from formcheck.report.session_file import as_json, from_json
from formcheck.report.summary import headline
from formcheck.results import SessionResult
from tests.curves import Bump, at, clock, sample, train
from tests.stick import Body, Camera, side_lying, standing

BodyAt = Callable[[float], Body | None]
SIDE_ON = Camera(azimuth_deg=90, noise_px=0.5, ankle_up_m=0.04)
TURNED_AWAY = replace(SIDE_ON, azimuth_deg=180)
MAT = Camera(azimuth_deg=0, elevation_deg=15, origin_px=(300, 330), noise_px=0.5)
HEEL_DEG = 35.0
ONE = Bump(0.3, 1.0, 0.5, 1.0)
STRAIGHT_ON = train(5, Bump(0.3, 0.6, 0.1, 0.6), gap_s=0.0)
"""One straight after the other, with hardly a pause at the top and none below."""


def raising(reps: Iterable[Bump], free: str | None = None) -> BodyAt:
    bumps = list(reps)
    return lambda t_s: standing(heel_deg=HEEL_DEG * at(bumps, t_s), free=free)


def opening(reps: Iterable[Bump], top: str = "left") -> BodyAt:
    bumps = list(reps)
    return lambda t_s: side_lying(top=top, opening_deg=40 * at(bumps, t_s))


def counted(
    sightings: Iterable[Sighting], exercise: str = "heel-raise", options: Options = DEFAULTS
) -> SessionResult:
    engine = Engine(load(exercise), options)
    for sighting in sightings:
        engine.update(sighting)
    return engine.finish()


def swapped(sightings: Iterable[Sighting], *spans: tuple[float, float]) -> Iterator[Sighting]:
    """Left and right exchanged during the spans, as the model does it."""
    for s in sightings:
        wrong = s.pose is not None and any(a <= s.t_s < b for a, b in spans)
        yield replace(s, pose=s.pose.swapped()) if wrong and s.pose else s


def from_second(sightings: Iterable[Sighting], start_s: float) -> Iterator[Sighting]:
    """The recording begins here."""
    for s in sightings:
        if s.t_s >= start_s and s.pose is not None:
            t_s = s.t_s - start_s
            yield Sighting(t_s, replace(s.pose, t_s=t_s))


# --- no rest first -------------------------------------------------------------------------------

KINDS = [
    pytest.param(raising, SIDE_ON, "heel-raise", id="heel-raise"),
    pytest.param(opening, MAT, "clamshell", id="clamshell"),
]


@pytest.mark.parametrize("fps", [10.0, 30.0])
@pytest.mark.parametrize(("doing", "camera", "exercise"), KINDS)
def test_one_repetition_and_nothing_else(
    doing: Callable[..., BodyAt], camera: Camera, exercise: str, fps: float
) -> None:
    result = counted(camera.film(doing([ONE]), ONE.end_s + 0.3, fps), exercise)
    assert len(result.reps) == 1
    assert result.why_none == ()


@pytest.mark.parametrize(("doing", "camera", "exercise"), KINDS)
def test_straight_from_one_into_the_next(
    doing: Callable[..., BodyAt], camera: Camera, exercise: str
) -> None:
    result = counted(camera.film(doing(STRAIGHT_ON), STRAIGHT_ON[-1].end_s + 0.3, 15.0), exercise)
    assert len(result.reps) == len(STRAIGHT_ON)


@pytest.mark.parametrize("into_s", [0.5, 0.65, 0.8])
@pytest.mark.parametrize(("doing", "camera", "exercise"), KINDS)
def test_what_is_cut_off_at_either_end_does_not_count(
    doing: Callable[..., BodyAt], camera: Camera, exercise: str, into_s: float
) -> None:
    first, last = STRAIGHT_ON[0], STRAIGHT_ON[-1]
    film = camera.film(doing(STRAIGHT_ON), last.top_start_s + 0.1, 15.0)
    result = counted(from_second(film, first.start_s + into_s), exercise)
    assert len(result.reps) == len(STRAIGHT_ON) - 2


def strokes(x: Iterable[float], t_s: Iterable[float]) -> list[float]:
    """Peaks of the strokes of a counter that asks for no rest first."""
    counter = RepCounter(0.2, 20.0, at_once=True)
    found = []
    for level, time_s in zip(x, t_s, strict=True):
        stroke = counter.update(float(level), float(time_s))
        if stroke is not None:
            found.append(stroke.peak_s)
            counter.accept(stroke.peak - stroke.rest)
    return found


def test_who_stands_up_from_bent_knees_first_loses_nothing() -> None:
    t_s = clock(20.0)
    bent = -1.2 * sample([Bump(2.0, 0.8, 0.5, 0.8)], t_s)
    assert len(strokes(bent + sample(train(3, Bump(7.0), gap_s=1.0), t_s), t_s)) == 3


def test_swaying_at_the_top_is_no_repetition_of_its_own() -> None:
    t_s = clock(12.0)
    top = sample([Bump(1.0, 1.0, 6.0, 1.0)], t_s)
    sway = 0.25 * sample([Bump(4.0, 0.5, 0.3, 0.5)], t_s)
    assert len(strokes(top + sway, t_s)) == 1


# --- left and right ------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong_s", [0.06, 2.5])
@pytest.mark.parametrize("top", ["left", "right"])
def test_the_first_frames_do_not_decide_the_side(top: str, wrong_s: float) -> None:
    reps = train(3, Bump(0.6, 0.9, 0.5, 1.0), gap_s=0.6)
    film = MAT.film(opening(reps, top), reps[-1].end_s + 0.6, 15.0)
    result = counted(swapped(film, (0.0, wrong_s)), "clamshell")
    assert [rep.side for rep in result.reps] == [Side(top)] * 3


@pytest.mark.parametrize("camera", [SIDE_ON, TURNED_AWAY])
def test_legs_that_change_their_names_lose_nothing(camera: Camera) -> None:
    reps = train(4, Bump(1.0, 0.9, 0.5, 1.0), gap_s=0.6)
    film = camera.film(raising(reps, free="left"), reps[-1].end_s + 0.8, 15.0)
    result = counted(swapped(film, (0.0, 0.2), (2.0, 2.6), (4.4, 4.6), (7.0, 8.0)))
    assert [rep.side for rep in result.reps] == [Side.RIGHT] * 4


def test_the_keeper_is_outvoted_and_says_from_when_on_it_was_wrong() -> None:
    keeper, told = SideKeeper(), []
    for i, t_s in enumerate(clock(4.0)):
        true = TURNED_AWAY.see(standing(), float(t_s))
        kept = keeper.update(true.swapped() if i < 3 else true)
        if keeper.wrong_since_s is not None:
            told.append((float(t_s), keeper.wrong_since_s))
    assert kept.xy("left_ankle") == pytest.approx(true.xy("left_ankle"))
    ((when_s, since_s),) = told
    assert since_s == 0.0
    assert OUTVOTED_S < when_s < OUTVOTED_S + 0.4


# --- from behind, and getting ready --------------------------------------------------------------


def test_from_behind_the_toes_may_rise_with_the_body() -> None:
    reps = train(3, Bump(1.0, 0.9, 0.5, 1.0), gap_s=0.6)

    def lifted(camera: Camera) -> Iterator[Sighting]:
        """The model puts the toes as much higher as the heels, as where it cannot see them."""
        for s in camera.film(raising(reps), reps[-1].end_s + 0.8, 15.0):
            assert s.pose is not None
            flat = camera.see(standing(), s.t_s)
            image = s.pose.image.copy()
            image[31:33, 1] += s.pose.xy("left_hip")[1] - flat.xy("left_hip")[1]
            yield replace(s, pose=replace(s.pose, image=image))

    assert len(counted(lifted(TURNED_AWAY)).reps) == 3
    assert counted(lifted(SIDE_ON)).reps == ()


def test_a_knee_that_lifts_while_the_legs_are_bent_is_no_clamshell() -> None:
    ready, reps = Bump(1.0, 0.4, 0.0, 0.4), train(3, Bump(3.0, 0.9, 0.5, 1.0), gap_s=0.6)

    def body_at(t_s: float) -> Body:
        opened = at(reps, t_s) + 0.5 * at([ready], t_s)
        bent = 50.0 + 40.0 * min(1.0, max(0.0, (t_s - ready.start_s) / 0.8))
        return side_lying(knee_deg=bent, opening_deg=40 * opened)

    result = counted(MAT.film(body_at, reps[-1].end_s + 0.8, 15.0), "clamshell")
    assert len(result.reps) == 3
    assert result.reps[0].start_s > ready.end_s


# --- a zero says why -----------------------------------------------------------------------------


def why(body_at: BodyAt, camera: Camera = SIDE_ON, exercise: str = "heel-raise") -> str:
    result = counted(camera.film(body_at, 8.0, 15.0), exercise)
    assert result.reps == ()
    stored = as_json(result)
    assert tuple(stored["why_none"]) == result.why_none
    assert from_json(stored, result.signals).why_none == result.why_none
    return headline(result, load(exercise))


def test_nobody_in_view_is_said_with_its_time() -> None:
    said = why(lambda t: standing() if t < 2 else None)
    assert "I can't see you: for 6 of 8 s, first at 0:02." in said


def test_the_wrong_position_is_said_with_what_to_do() -> None:
    said = why(lambda _t: side_lying(), MAT)
    assert "Stand upright" in said
    assert "8 of 8 s" in said


def test_the_nearest_miss_is_named_with_its_time_and_what_it_lacked() -> None:
    small = raising([Bump(5.0, 0.5, 0.3, 0.5, height=0.2)])
    said = why(small)
    assert "at 0:05" in said
    assert "a repetition takes 5 %" in said
    apart = why(
        lambda t: side_lying(raise_deg=40 * at([Bump(3.0)], t), opening_deg=0),
        MAT,
        "clamshell",
    )
    assert "0:03: the feet did not stay together" in apart


def test_a_cut_is_told_and_somebody_who_only_stands_gets_a_reason_too() -> None:
    still = why(lambda _t: standing())
    assert "The largest movement" in still
    film = [*SIDE_ON.film(lambda _t: standing(), 4.0, 15.0)]
    film[30] = replace(film[30], cut=True)
    assert any("changed at once, once (first at 0:02)" in line for line in counted(film).why_none)


# --- what it costs -------------------------------------------------------------------------------


def test_what_a_frame_costs_does_not_grow_with_the_repetitions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at: list[int] = []

    def own_best(_card: Exercise, reps: Sequence[RawRep]) -> float:
        looked_at.append(len(reps))
        return 1.0

    monkeypatch.setattr("formcheck.engine.activity.own_best", own_best)
    reps = train(12, Bump(0.5, 0.5, 0.1, 0.5), gap_s=0.2)
    engine = Engine(load("heel-raise"))
    for sighting in SIDE_ON.film(raising(reps), reps[-1].end_s + 0.8, 15.0):
        engine.update(sighting)
    assert len(looked_at) == 12
    assert set(looked_at) == {1}


def test_the_log_knows_why_a_frame_did_not_count() -> None:
    log = SignalLog(("x",))
    log.unseen(0.0, "I can't see you")
    log.seen(0.1, load("heel-raise").view_of(SIDE_ON.see(standing(), 0.1)), {"x": 1.0}, "Stand up")
    assert list(log.hidden) == ["I can't see you", None]
    assert list(log.blocked) == [None, "Stand up"]
    assert np.isnan(log.signal("y")).all()
