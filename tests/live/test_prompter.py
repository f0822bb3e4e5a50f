"""What is said next, and what is never said."""

from itertools import pairwise

import pytest

from formcheck.live.coach.prompter import Line, LineKind, Prompter

SAFETY, COUNT = Line(LineKind.SAFETY, "stop"), Line(LineKind.COUNT, "7")
FORM, PACE, PRAISE = (
    Line(LineKind.FORM, "form"),
    Line(LineKind.PACE, "pace"),
    Line(LineKind.PRAISE, "good"),
)


def test_safety_goes_first_then_the_count_then_one_cue() -> None:
    prompter = Prompter()
    said = [prompter.update([PRAISE, PACE, FORM, COUNT, SAFETY], 0.0, speaking=False)]
    said += [prompter.update([], t_s, speaking=False) for t_s in (0.1, 0.2, 0.3, 0.4)]
    assert said == [SAFETY, COUNT, FORM, None, None]


def test_only_safety_interrupts() -> None:
    prompter = Prompter()
    assert prompter.update([COUNT, FORM], 0.0, speaking=True) is None
    assert prompter.update([SAFETY], 0.1, speaking=True) is SAFETY


def test_an_urgent_line_interrupts_and_the_others_wait() -> None:
    prompter, hold = Prompter(), Line(LineKind.COUNT, "Hold.", urgent=True)
    explanation = Line(LineKind.ANNOUNCEMENT, "A long explanation.")
    assert prompter.update([explanation], 0.0, speaking=False) is explanation
    assert prompter.update([FORM, hold], 1.0, speaking=True) is hold
    assert prompter.update([], 1.1, speaking=True) is None


def test_what_waits_is_forgotten_with_its_set_but_for_the_count() -> None:
    prompter, advice = Prompter(), Line(LineKind.INSTRUCTION, "Use your right leg.")
    prompter.update([advice, FORM, COUNT], 0.0, speaking=True)
    prompter.end_set()
    assert prompter.update([], 0.1, speaking=False) is COUNT
    assert prompter.update([], 0.2, speaking=False) is None


def test_a_stale_cue_is_dropped_not_queued() -> None:
    prompter = Prompter()
    prompter.update([COUNT, FORM], 0.0, speaking=True)
    assert prompter.update([], 0.9, speaking=False) is COUNT
    assert prompter.update([], 2.5, speaking=False) is None


def test_a_newer_line_replaces_the_older_one_of_its_kind() -> None:
    prompter = Prompter()
    eight = Line(LineKind.COUNT, "8")
    prompter.update([COUNT], 0.0, speaking=True)
    prompter.update([eight], 0.5, speaking=True)
    assert prompter.update([], 0.6, speaking=False) is eight
    assert prompter.update([], 0.7, speaking=False) is None


@pytest.mark.parametrize(("line", "seconds"), [(FORM, 5.0), (PACE, 8.0), (PRAISE, 15.0)])
def test_cool_downs(line: Line, seconds: float) -> None:
    prompter = Prompter()
    times = [i / 10 for i in range(400)]
    said = [t_s for t_s in times if prompter.update([line], t_s, speaking=False)]
    gaps = [b - a for a, b in pairwise(said)]
    assert gaps == pytest.approx([seconds] * len(gaps), abs=0.11)
    assert len(said) >= 3


def test_praise_and_pace_keep_away_from_the_cue_before() -> None:
    prompter = Prompter()
    assert prompter.update([FORM], 0.0, speaking=False) is FORM
    assert prompter.update([PACE], 2.0, speaking=False) is None
    assert prompter.update([PACE], 3.5, speaking=False) is PACE
    assert prompter.update([FORM], 5.5, speaking=False) is FORM  # form waits for nobody
