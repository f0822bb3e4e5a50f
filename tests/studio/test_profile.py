"""Motion profiles and the seeded wobble."""

import pytest

from samples.studio.profile import PROFILES, minimum_jerk, wander


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_profiles_start_at_nothing_end_at_all_and_never_turn_back(profile) -> None:  # type: ignore[no-untyped-def]
    values = [profile(i / 50) for i in range(-5, 56)]
    assert values[:6] == [0] * 6
    assert values[-5:] == pytest.approx([1] * 5)
    assert values == sorted(values)


def test_minimum_jerk_rests_at_both_ends() -> None:
    step = 1e-4
    assert minimum_jerk(step) / step < 1e-6
    assert (1 - minimum_jerk(1 - step)) / step < 1e-6
    assert minimum_jerk(0.5) == pytest.approx(0.5)


def test_wander_is_seeded_and_bounded() -> None:
    values = [wander(i / 10, seed=3) for i in range(300)]
    assert values == [wander(i / 10, seed=3) for i in range(300)]
    assert max(map(abs, values)) <= 1
    assert max(values) - min(values) > 0.5
