"""The close-up camera from the command line to the report, and where it is offered."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis import sight
from formcheck.analysis.run import analyze
from formcheck.cli.main import run
from formcheck.close_up.engine import Glimpse
from formcheck.close_up.flow import prepared
from formcheck.live.camera.capture import Arrival
from formcheck.live.close_up import CLOSE_UP, CloseUpEyes, FeetWatch, close_up_bouts
from formcheck.live.coach.session import LiveSession
from formcheck.live.coach.stages import Timing
from formcheck.pose.side_view import View
from formcheck.pose.source import FakeLandmarker
from formcheck.programmes.plan import Dose, bouts
from formcheck.report.session_file import load_session
from formcheck.video.frames import Frame
from formcheck.words import load as words
from tests.clip_maker import write_clip
from tests.curves import Bump, clock, sample, train
from tests.test_close_up import lifted, shaken

BUMPS = train(2, Bump(1.5, 0.8, 0.8, 0.9), gap_s=1.0)
T = clock(8.5, 15)
LEVELS = sample(BUMPS, T)


@pytest.fixture(scope="module")
def feet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video in which a patch is lifted twice."""
    path = tmp_path_factory.mktemp("feet") / "feet.mp4"
    return write_clip(path, [lifted(x) for x in LEVELS], times_ms=[round(1000 * t) for t in T])


def test_a_close_up_gives_the_same_files(
    feet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, db = tmp_path / "out", str(tmp_path / "history.sqlite")
    asked = ["analyze", str(feet), "-e", "heel-raise", "--close-up", "--out", str(out), "--db", db]
    assert run(asked) == 0
    assert capsys.readouterr().out.startswith("2 heel raises")
    stored = load_session(out / "session.json")
    assert (stored.quality.view, stored.model) == (View.CLOSE_UP, "optical flow")
    assert np.isfinite(stored.signals.columns["travel_share"]).any()
    page = (out / "report.html").read_text("utf-8")
    assert "optical flow" in page
    assert "MediaPipe" not in page
    assert "data:image/jpeg" in page
    assert (out / "annotated.mp4").stat().st_size > 0
    assert run(["history", "--db", db]) == 0
    assert "2 heel raises" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["-e", "clamshell"], "clamshell cannot be seen close up"),
        (["-e", "auto"], "name it with --exercise"),
        (["-e", "heel-raise", "--landmarks", "csv"], "need a whole body"),
        (["-e", "heel-raise", "--height", "170"], "need a whole body"),
    ],
)
def test_what_cannot_be_done_close_up(
    asked: list[str], told: str, feet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(feet), "--close-up", "--no-save", *asked]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_live_with_an_exercise_that_cannot_be_seen_close_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["live", "clamshell", "--close-up"]) == 2
    assert "without --close-up" in capsys.readouterr().err


def test_a_video_of_a_moving_foot_and_nobody_offers_it(
    feet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "open_model", lambda *_: FakeLandmarker([]))
    warnings = analyze(feet, "heel-raise").quality.warnings
    assert any("feet.mp4 --exercise heel-raise --close-up" in line for line in warnings)


def test_a_video_of_nobody_and_no_foot_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = write_clip(tmp_path / "still.mp4", [lifted(0)] * 30)
    monkeypatch.setattr(sight, "open_model", lambda *_: FakeLandmarker([]))
    warnings = analyze(video, "heel-raise").quality.warnings
    assert not any("--close-up" in line for line in warnings)


def arrivals() -> list[Arrival]:
    return [
        Arrival(Frame(lifted(x), float(t)), fresh=False) for x, t in zip(LEVELS, T, strict=True)
    ]


def test_the_coach_counts_close_up() -> None:
    plan = close_up_bouts(bouts([Dose("heel-raise", sets=1, reps=2)]))
    session = LiveSession(plan, words(), Timing(ready_s=0.2, count_in_s=0), None, CLOSE_UP)
    said = []
    with CloseUpEyes() as eyes:
        for arrival in arrivals():
            scene = session.update(eyes.see(arrival), 120.0)
            said += [scene.line.text] if scene.line else []
    assert {"1", "2"} <= set(said)
    assert [len(record.reps) for record in session.records] == [2]


def test_a_shaken_camera_is_put_right_first() -> None:
    plan = close_up_bouts(bouts([Dose("heel-raise", sets=1, reps=2)]))
    session = LiveSession(plan, words(), Timing(), None, CLOSE_UP)
    advice = None
    for t_s in clock(6.0, 15).tolist():
        scene = session.update(Glimpse(t_s=t_s, grey=prepared(shaken(t_s))), 120.0)
        advice = scene.advice or advice
    assert advice is not None
    assert "camera still" in advice


def test_feet_are_noticed_while_nobody_is_seen() -> None:
    card = bouts([Dose("heel-raise")])[0].exercise
    watch = FeetWatch()
    assert sum(watch.update(arrival, card, nobody=True) for arrival in arrivals()) == 1
    somebody = FeetWatch()
    assert not any(somebody.update(arrival, card, nobody=False) for arrival in arrivals())
