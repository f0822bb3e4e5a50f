"""The pictures of the best and the weakest repetition: which, and what is drawn on them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.drawing.faces import head_circle, hide_faces
from formcheck.errors import InputError, OutputError
from formcheck.exercises import load
from formcheck.pose.pose import Pose
from formcheck.report.peaks import KEPT, MEMORY_S, Peaks, decoded, shoot
from formcheck.report.pictures import Picture, load_pictures, save_pictures, take_pictures
from formcheck.results import Hold, Rep, SessionResult, Snapshot, Status
from formcheck.video.picture import Image
from tests.session_maker import heel_raises, stretches
from tests.stick import Camera, standing

SIZE = (320, 240)
FPS = 15


def pose_at(t_s: float, size: tuple[int, int] = SIZE) -> Pose:
    """A standing body in the middle of the picture."""
    pose = Camera(azimuth_deg=90).see(standing(), t_s)
    points = pose.image[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 0.6 * size[1] / (high[1] - low[1])
    middle = np.array([size[0] / 2, size[1] / 2])
    image = pose.image.copy()
    image[:, :2] = (points - (low + high) / 2) * scale + middle
    return replace(pose, image=image, size=size)


def frame_at(t_s: float) -> Image:
    """A grey picture whose level tells its time: two grey levels a second."""
    return np.full((SIZE[1], SIZE[0], 3), round(2 * t_s) % 256, np.uint8)


def fed(result: SessionResult, end_s: float | None = None) -> Peaks:
    """Peaks that have seen the whole recording, or the part up to end_s."""
    peaks = Peaks()
    waiting: list[Rep | Hold] = [*result.reps, *result.holds]
    for t_s in np.arange(0, end_s or result.duration_s, 1 / FPS):
        ended = [span for span in waiting if span.end_s + 0.3 <= t_s]
        waiting = waiting[len(ended) :]
        snapshot = Snapshot(float(t_s), Status.READY, 0, pose_at(float(t_s)))
        reps = tuple(span for span in ended if isinstance(span, Rep))
        holds = tuple(span for span in ended if isinstance(span, Hold))
        peaks.update(frame_at(float(t_s)), replace(snapshot, new_reps=reps, new_holds=holds))
    return peaks


def test_best_and_weakest_at_their_peaks() -> None:
    result = heel_raises([0.8, 1.0, 0.9, 0.6, 0.95])
    best, weakest = fed(result).best_and_weakest(result)
    assert (best.number, weakest.number) == (2, 4)
    for peak in (best, weakest):
        at_s = result.reps[peak.number - 1].peak_s
        assert peak.shot.t_s == pytest.approx(at_s, abs=0.08)
        assert peak.shot.image()[:20].mean() == pytest.approx(2 * at_s, abs=1.6)


def test_fewer_faults_are_better_than_height() -> None:
    result = heel_raises([0.9, 0.95, 0.92, 1.0])
    assert result.reps[3].faults == ("no_pause",)
    best, weakest = fed(result).best_and_weakest(result)
    assert (best.number, weakest.number) == (2, 4)


def test_one_repetition_gives_one_picture_and_none_gives_none() -> None:
    one, none = heel_raises([1.0]), heel_raises([])
    assert [p.kind for p in take_pictures(fed(one), one, load("heel-raise"))] == ["best"]
    assert take_pictures(fed(none), none, load("heel-raise")) == ()


def test_the_last_repetition_may_be_closed_by_the_end_of_the_video() -> None:
    result = heel_raises([0.8, 1.0])
    peaks = fed(result, end_s=result.reps[1].end_s)
    assert [peak.number for peak in peaks.best_and_weakest(result)] == [2, 1]


def test_repetitions_that_do_not_count_in_the_end_are_not_shown() -> None:
    result = heel_raises([0.8, 1.0, 0.9])
    counted = replace(result, reps=result.reps[::2])
    best, weakest = fed(result).best_and_weakest(counted)
    assert (best.number, weakest.number) == (2, 1)
    assert best.shot.t_s == pytest.approx(result.reps[2].peak_s, abs=0.08)


def test_memory_stays_flat() -> None:
    result = heel_raises([0.5 + (i * 37 % 50) / 100 for i in range(60)])
    peaks = fed(result)
    assert len(peaks._recent) <= MEMORY_S * 10 + 2
    assert len(peaks._kept) <= 2 * KEPT
    best, weakest = peaks.best_and_weakest(result)
    clean = [rep for rep in result.reps if not rep.faults]
    assert result.reps[best.number - 1].reached == max(rep.reached for rep in clean)
    assert result.reps[weakest.number - 1].reached == min(rep.reached for rep in result.reps)


def test_a_long_hold_is_shown_while_it_lasts() -> None:
    result = stretches([90.0])
    (peak,) = fed(result).best_and_weakest(result)
    assert result.holds[0].start_s <= peak.shot.t_s <= result.holds[0].end_s


def test_figure_and_skeleton_are_drawn() -> None:
    result, card = heel_raises([1.0]), load("heel-raise")
    peaks = fed(result)
    (picture,) = take_pictures(peaks, result, card)
    plain = peaks.best_and_weakest(result)[0].shot.image()
    drawn = decoded(picture.jpeg)
    assert drawn.shape[0] == 640
    assert drawn.std() > 4 * plain.std()
    without = replace(card, shown_at="")
    (bare,) = take_pictures(peaks, result, without)
    differs = np.abs(decoded(bare.jpeg).astype(int) - drawn).max(axis=2) > 60
    rows = np.flatnonzero(differs.any(axis=1))
    assert rows.size
    assert rows.min() > 400  # the label stands at the ankle


def test_a_pose_of_a_larger_frame_is_cut_from_its_scaled_copy() -> None:
    pose = pose_at(0.0, (1280, 960))
    shot = shoot(np.zeros((240, 320, 3), np.uint8), pose)
    height, width = shot.image().shape[:2]
    assert shot.pose is not None
    assert shot.pose.size == (width, height)
    assert all(shot.pose.in_frame(f"left_{joint}") for joint in ("ankle", "hip", "shoulder"))
    assert height > width


def test_blurring_hides_the_head_and_the_room_but_not_the_legs() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (960, 1280, 3), np.uint8)
    pose = pose_at(0.0, (1280, 960))
    hidden = hide_faces(noise, pose)
    (x, y), radius = head_circle(pose)
    head = hidden[
        int(y - radius / 2) : int(y + radius / 2), int(x - radius / 2) : int(x + radius / 2)
    ]
    assert head.std() < 0.15 * noise.std()
    assert hidden[:, :300].std() < 0.15 * noise.std()
    knee = pose.xy("left_knee").astype(int)
    legs = slice(knee[1] - 8, knee[1] + 8), slice(knee[0] - 8, knee[0] + 8)
    assert np.abs(hidden[legs].astype(int) - noise[legs]).mean() < 2


def test_without_a_body_everything_is_blurred() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (480, 640, 3), np.uint8)
    assert hide_faces(noise, None).std() < 0.15 * noise.std()


def test_pictures_are_kept_beside_the_session(tmp_path: Path) -> None:
    first = (Picture("best", 3, b"a"), Picture("weakest", 12, b"b"))
    save_pictures(first, tmp_path)
    assert load_pictures(tmp_path) == first
    (tmp_path / "pictures" / "mine.jpg").write_bytes(b"mine")
    save_pictures((Picture("best", 1, b"c"),), tmp_path)
    assert load_pictures(tmp_path) == (Picture("best", 1, b"c"),)
    assert (tmp_path / "pictures" / "mine.jpg").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_written_gets_a_line(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("in the way")
    with pytest.raises(OutputError, match="pictures"):
        save_pictures((Picture("best", 1, b"c"),), tmp_path)


def test_a_damaged_picture_gets_a_line() -> None:
    with pytest.raises(InputError, match="damaged"):
        decoded(b"no jpeg")
