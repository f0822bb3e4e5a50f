"""The command itself: a sample as the camera, a window on a desktop, a real voice, a real kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.cli.main import run
from formcheck.drawing.pen import WHITE
from formcheck.live.store import read
from formcheck.video.picture import Image
from tests.live.desktop import desktop
from tests.live.mjpeg import PATIENCE_S, wait_until

CLIP = Path(__file__).parents[2] / "samples" / "clips" / "heel_side_a.mp4"
OPTIONS = ["--camera", str(CLIP), "--model", "lite", "--count-in", "1", "--tempo", "off", "--mute"]


@contextmanager
def live(folder: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[Any]:
    program = "import sys; from formcheck.cli.main import main; main()"
    command = [sys.executable, "-c", program, "live", "heel-raise", *OPTIONS, *options]
    process = subprocess.Popen(
        [*command, "--out", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**(env or os.environ), "XDG_DATA_HOME": str(folder)},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def kept(folder: Path) -> list[dict[str, Any]]:
    return [dict(entry) for path in folder.glob("*.jsonl") for entry in read(path)]


def reps(folder: Path) -> list[dict[str, Any]]:
    return [entry for entry in kept(folder) if entry["type"] == "rep"]


WINDOW = np.s_[:480, :640]
"""Without a window manager it stands in the corner."""


def white_share(picture: Image) -> float:
    """Share of the window that is purely white."""
    return float((picture[WINDOW] == np.array(WHITE)).all(axis=2).mean())


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb is a desktop of Linux")
def test_a_session_on_a_desktop(tmp_path: Path) -> None:
    with desktop(tmp_path) as screen:
        options = ("--sets", "1", "--reps", "50", "--stats")
        with live(tmp_path, *options, env=screen.environment) as process:
            wait_until(lambda: white_share(screen.screenshot()) > 0.003)  # words in pure white
            picture = screen.screenshot()
            screen.press("q", "formcheck")
            text, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, text
    assert "captured to shown" in text
    assert picture[WINDOW].std() > 30
    assert (picture[500:] == 0).all()  # a window manager would let it fill the screen


def test_killed_it_loses_at_most_the_repetition_in_progress_and_interrupted_nothing(
    tmp_path: Path,
) -> None:
    folders = tmp_path / "killed", tmp_path / "interrupted"
    options = ("--sets", "1", "--reps", "50", "--no-window")
    # One after the other: a computer that is busy with both may see no repetition whole.
    with live(folders[0], *options) as killed:
        wait_until(lambda: reps(folders[0]))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    with live(folders[1], *options) as interrupted:
        wait_until(lambda: reps(folders[1]))
        interrupted.send_signal(signal.SIGINT)
        text, _ = interrupted.communicate(timeout=PATIENCE_S)
    before, after = ([entry["type"] for entry in kept(folder)] for folder in folders)
    assert before == ["session", *["rep"] * len(reps(folders[0]))]
    assert after == ["session", *["rep"] * len(reps(folders[1])), "set", "end"]
    assert len(kept(folders[1])[-2]["reps"]) >= len(reps(folders[1]))
    assert interrupted.returncode == 0
    assert "Interrupted; what was done is kept." in text
    assert "of 50" in text


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--side", "up"], "no side 'up'"),
        (["--camera", "99"], "camera 99 cannot be opened"),
        (["--camera", "nothing.mp4"], "nothing.mp4: no such file"),
        (["--tempo", "fast"], "no tempo 'fast'"),
        (["--lang", "xx"], "no words for 'xx'"),
        (["--size", "big"], "no size 'big'"),
    ],
)
def test_bad_options_get_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], reason: str
) -> None:
    command = ["live", "heel-raise", *OPTIONS, "--no-window", "--out", str(tmp_path), *options]
    assert run(command) == 2
    printed = capsys.readouterr()
    assert reason in printed.err
    assert len((printed.out + printed.err).strip().splitlines()) == 1


def test_a_programme_that_is_not_there_gets_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["program", "nowhere", "--mute", "--no-window"]) == 2
    assert "no programme 'nowhere': give plantar-fasciitis or the path" in capsys.readouterr().err
