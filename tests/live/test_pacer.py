"""The tempo and drifting from it."""

import pytest

from formcheck import exercises
from formcheck.errors import InputError
from formcheck.live.coach.pacer import Pacer, drift
from formcheck.pose.side_view import Side
from formcheck.programmes.plan import Tempo
from formcheck.results import Rep

TEMPO = Tempo(3, 2, 3)


def rep(up_s: float, hold_s: float, down_s: float) -> Rep:
    end_s = up_s + hold_s + down_s
    return Rep(1, Side.BOTH, 0, 1, end_s, up_s, hold_s, down_s, {}, 1, 1, (), 1)


def test_mark_goes_up_waits_comes_down_and_ticks_each_second() -> None:
    pacer = Pacer(TEMPO)
    pacer.start(10.0)
    beats = [pacer.update(10 + i / 10, resting=False) for i in range(90)]
    levels = {t_s: beats[round(10 * t_s)].level for t_s in (0, 1.5, 3, 4.9, 6.5, 8.0, 8.9)}
    assert levels == pytest.approx({0: 0, 1.5: 0.5, 3: 1, 4.9: 1, 6.5: 0.5, 8.0: 0, 8.9: 0})
    ticks = [i / 10 for i, beat in enumerate(beats) if beat.tick]
    assert ticks == pytest.approx(range(9))


@pytest.mark.parametrize(("resting_from_s", "restarts_s"), [(0.0, 9.0), (10.0, 10.0), (99.0, 11.0)])
def test_mark_waits_for_the_person_but_not_for_ever(
    resting_from_s: float, restarts_s: float
) -> None:
    pacer = Pacer(TEMPO)
    pacer.start(0.0)
    levels = {}
    for i in range(130):
        t_s = i / 10
        levels[t_s] = pacer.update(t_s, resting=t_s >= resting_from_s).level
    begun = min(t_s for t_s, level in levels.items() if t_s > 8.5 and level > 0)
    assert begun == pytest.approx(restarts_s + 0.1, abs=0.11)


@pytest.mark.parametrize(
    ("phases", "expected"),
    [
        ((3, 2, 3), None),
        ((2.4, 1.5, 3.6), None),
        ((1, 2, 3), "pace_up_slower"),
        ((3, 0.5, 2.5), "pace_hold_slower"),
        ((3, 2, 1), "pace_down_slower"),
        ((6, 2, 3), "pace_up_faster"),
        ((2, 2, 0.8), "pace_down_slower"),
    ],
)
def test_drift_names_the_worst_phase(
    phases: tuple[float, float, float], expected: str | None
) -> None:
    assert drift(TEMPO, rep(*phases)) == expected


def test_tempo_is_read_and_refused() -> None:
    assert Tempo.parse("3-2-3") == TEMPO
    assert Tempo.parse("1.5-0-2") == Tempo(1.5, 0, 2)
    for wrong in ("3-2", "a-b-c", "", "0-1-1", "3-2-300", "-1-2-3", "nan-1-1"):
        with pytest.raises(InputError, match="no tempo"):
            Tempo.parse(wrong)


def test_the_cards_prescription_is_the_default() -> None:
    assert Tempo.prescribed(exercises.load("heel-raise")) == TEMPO  # Rathleff 2015
    assert Tempo.prescribed(exercises.load("calf-stretch")) is None
