"""What is drawn can be read from three metres, in any size, and mirrors without mixing up sides."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.drawing.pen import GREEN, INK, SKY, VERMILLION, WHITE, YELLOW
from formcheck.live.coach.gestures import Gesture, GestureReading
from formcheck.live.coach.pacer import Beat
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.session import Scene
from formcheck.live.coach.stages import Stage
from formcheck.live.screen.screen import Screen
from formcheck.programmes.plan import Dose, bouts
from formcheck.results import Snapshot, Status
from formcheck.video.picture import Image
from formcheck.words import languages, load
from tests.live.actor import FROM_FRONT, SIDE_ON
from tests.stick import standing

SIZES = [(640, 480), (1280, 720), (1920, 1080), (480, 640)]
(BOUT,) = bouts([Dose("heel-raise", sets=1, reps=12)])
POSE = SIDE_ON.see(standing(), 0.0)
SEEN = Snapshot(0.0, Status.ACTIVE, 0, POSE, level=0.8)
ACTIVE = Scene(0.0, Stage.ACTIVE, BOUT, SEEN, count=7)
CUE = Line(LineKind.FORM, "Keep your knees straight", ("left_knee",))


def room(size: tuple[int, int] = (640, 480)) -> Image:
    return np.full((size[1], size[0], 3), 100, np.uint8)


def draw(scene: Scene, size: tuple[int, int] = (640, 480), lang: str = "en") -> Image:
    return Screen(load(lang)).draw(room(size), scene)


def where(image: Image, colour: tuple[int, int, int]) -> np.ndarray:
    """(h, w) mask of pixels of exactly this colour."""
    return np.asarray((image == np.array(colour, np.uint8)).all(axis=2))


def ring_part(image: Image) -> Image:
    """The disc in which the count stands, without its ring."""
    h = image.shape[0]
    x, y, half = round(0.255 * h), round(0.47 * h), round(0.15 * h)
    return image[y - half : y + half, x - half : x + half]


@pytest.mark.parametrize("size", SIZES[:3])
def test_the_count_is_at_least_15_percent_of_the_height(size: tuple[int, int]) -> None:
    rows = where(ring_part(draw(ACTIVE, size)), WHITE).any(axis=1)
    digit = np.flatnonzero(rows)
    gaps = np.flatnonzero(np.diff(digit) > 1)
    height = (digit[gaps[0]] if len(gaps) else digit[-1]) - digit[0] + 1
    assert height >= 0.15 * size[1]


def test_the_ring_fills_with_the_count() -> None:
    filled = [where(draw(replace(ACTIVE, count=n)), SKY).sum() for n in (0, 3, 6, 9)]
    assert filled == sorted(filled)
    assert filled[3] > filled[0]
    assert where(draw(replace(ACTIVE, count=12)), GREEN).sum() > filled[3] - filled[0]


def test_the_bar_grows_with_the_level_and_turns_green_at_the_target() -> None:
    def bar(level: float) -> Image:
        snapshot = replace(SEEN, level=level, pose=None)
        return draw(replace(ACTIVE, snapshot=snapshot, count=0))[:, -110:]

    heights = [where(bar(level), SKY).any(axis=1).sum() for level in (0.2, 0.5, 0.9)]
    assert heights == sorted(heights)
    assert where(bar(1.05), GREEN).any()
    assert where(bar(0.5), WHITE).any()  # the target line


def test_the_tempo_mark_moves_beside_the_bar() -> None:
    marks = []
    for level in (0.0, 0.5, 1.0):
        image = draw(replace(ACTIVE, beat=Beat(level, tick=False)))
        marks.append(np.flatnonzero(where(image, YELLOW).any(axis=1)).mean())
    assert marks == sorted(marks, reverse=True)


def test_nothing_stale_is_shown_of_somebody_who_is_not_seen() -> None:
    unseen = Snapshot(0.0, Status.NOT_SEEN, 0, None, message="I can't see your feet")
    image = draw(replace(ACTIVE, snapshot=unseen))
    assert not where(ring_part(image), WHITE).any()
    assert not where(image, SKY).any()
    assert (image[:60] != room()[:60]).any()  # but why


def test_it_mirrors_and_marks_the_joint_at_fault_on_its_own_side() -> None:
    pose = FROM_FRONT.see(standing(), 0.0)
    left_x, right_x = (pose.xy(f"{side}_knee")[0] for side in ("left", "right"))
    assert left_x > right_x  # in the camera's picture; in a mirror left is on the left
    scene = replace(ACTIVE, snapshot=replace(SEEN, pose=pose, level=None), cue=CUE)
    columns = np.flatnonzero(where(draw(scene), VERMILLION).any(axis=0))
    assert columns.mean() == pytest.approx(639 - left_x, abs=4)


def test_the_camera_picture_is_left_as_it_is() -> None:
    image = room()
    Screen(load()).draw(image, ACTIVE)
    assert (image == room()).all()


def test_a_sign_is_a_ring_that_fills() -> None:
    half, full = (
        draw(replace(ACTIVE, reading=GestureReading(Gesture.END, share))) for share in (0.5, 1.0)
    )
    assert 0 < where(half, YELLOW).sum() < where(full, YELLOW).sum()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_can_be_drawn_in_every_size_and_language(
    stage: Stage, size: tuple[int, int]
) -> None:
    scene = replace(
        ACTIVE,
        stage=stage,
        seconds_left=60,
        cue=CUE,
        advice="Step back, I can't see your feet. " * 2,
        farewell="All done. " * 6,
        reading=GestureReading(Gesture.PAUSE, 0.4),
    )
    for lang in languages():
        image = draw(scene, size, lang)
        assert image.shape == (size[1], size[0], 3)
        assert where(image, WHITE).any()
        assert where(image, INK).any()


def test_sentences_stay_inside_the_picture_in_every_language() -> None:
    for lang in languages():
        words = load(lang)
        for text in (*words.coach.values(), *words.cards.values()):
            if text.endswith("."):
                continue  # spoken only, or short by design
            image = draw(replace(ACTIVE, cue=Line(LineKind.PACE, text)), lang=lang)
            assert not where(image, YELLOW)[:, :3].any(), text
            assert not where(image, YELLOW)[:, -3:].any(), text


def test_demonstration_and_camera_plan_go_away_when_the_check_passes(tmp_path: Path) -> None:
    set_up = draw(replace(ACTIVE, stage=Stage.SETUP, snapshot=Snapshot(0, Status.NOT_SEEN, 0)))
    ready = draw(replace(ACTIVE, stage=Stage.READY, snapshot=Snapshot(0, Status.NOT_SEEN, 0)))
    assert where(set_up, SKY).any()  # the person on the plan
    assert not where(ready, SKY).any()
