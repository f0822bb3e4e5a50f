"""Holds: the clock, the time that is up, the one that was too short."""

from formcheck.live.coach.stages import Stage
from formcheck.programmes.plan import Dose
from tests.live.actor import Studio
from tests.stick import staggered, standing

STRETCHED = staggered(dorsiflexion_deg=25.0, lean_deg=15.0)
HOLD = Dose("calf-stretch", side="left", sets=1, reps=1, hold_s=12)


def test_a_hold_is_announced_timed_and_counted_when_its_time_is_up() -> None:
    studio = Studio(HOLD)
    studio.film(2.0, standing())
    into_s = studio.t_s
    studio.film(16.0, STRETCHED)
    assert Stage.COUNT_IN not in studio.seen.stages
    assert "Hold." in studio.seen.said
    assert "10 seconds left." in studio.seen.said
    assert studio.seen.when("Time. Relax. 1.") - into_s <= 14.0
    record = studio.session.records[0]
    assert len(record.holds) == 1
    assert 11.5 <= record.holds[0].held_s <= 13.0


def test_a_hold_that_is_left_early_is_to_be_done_once_more() -> None:
    studio = Studio(HOLD)
    studio.film(6.0, STRETCHED)
    studio.film(4.0, standing())
    short = [text for text in studio.seen.said if text.startswith("That was")]
    assert len(short) == 1
    assert short[0].endswith("of 12 seconds. Once more.")
    assert studio.seen.count == 0
    studio.film(17.0, STRETCHED)
    assert studio.now() is Stage.SUMMARY
