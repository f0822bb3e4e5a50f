"""The product as it is used: every exercise through every command to every output.

Cards are found, not listed, so a new one is looked at here as soon as it has a clip.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import html5lib
import pytest

from formcheck import exercises
from formcheck.analysis import sight
from formcheck.cli.main import run
from formcheck.live import start
from formcheck.video.frames import open_video
from tests.played_back import Clip, EveryPicture, PlayedBack, clip_of, joined

CARDS = exercises.names()
SMALL_HOLD_S = 3.0
"""Less than any stretch of the samples lasts."""
TABLES = {"signals.csv", "landmarks.csv"}
WRITTEN = {"session.json", "report.html", "annotated.mp4", "landmarks.trc", *TABLES}


class Desk:
    """A user at the command line, in a folder of their own."""

    def __init__(self, folder: Path, printed: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._printed = printed

    def types(self, *words: object) -> str:
        """What a command printed; it must have ended well, with nothing but its own output."""
        status = run([str(word) for word in words])
        out, err = self._printed.readouterr()
        assert (status, err) == (0, ""), f"{words}: {out}{err}"
        assert "Traceback" not in out
        return out


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def show(monkeypatch: pytest.MonkeyPatch, *clips: Clip) -> None:
    """Play the clips to whatever opens a model or a camera."""
    for module in (sight, start):
        monkeypatch.setattr(module, "open_model", lambda *_: PlayedBack([*joined(clips)]))
    monkeypatch.setattr(start, "Capture", lambda *_: EveryPicture(clips))


def whole(folder: Path) -> dict[str, object]:
    """What a session's files say, each of them complete."""
    for name in {*TABLES} & {path.name for path in folder.iterdir()}:
        rows = list(csv.reader((folder / name).open(encoding="utf-8")))
        assert len({len(row) for row in rows}) == 1, name
        assert len(rows) > 2, name
    page = html5lib.HTMLParser(strict=True).parse((folder / "report.html").read_text("utf-8"))
    assert page.find(".//{*}h1") is not None
    session: dict[str, object] = json.loads((folder / "session.json").read_text("utf-8"))
    done = session["reps"] or session["holds"]
    assert isinstance(done, list)
    assert done, "the sample of an exercise counts as it"
    spans = "reps.csv" if session["reps"] else "holds.csv"
    assert len((folder / spans).read_text("utf-8").splitlines()) == 1 + len(done)
    return session


@pytest.mark.parametrize("card", CARDS)
def test_a_recorded_video_through_every_output(
    card: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip, out = clip_of(card), desk.folder / "out"
    show(monkeypatch, clip)
    everything = ("--landmarks", "csv", "--format", "trc", "--hold", SMALL_HOLD_S, "--out", out)
    shown = desk.types("analyze", clip.path, "--exercise", card, *everything)
    assert {path.name for path in out.iterdir()} >= WRITTEN
    session = whole(out)
    with open_video(out / "annotated.mp4") as film:
        assert sum(1 for _ in film) == len(clip.sightings())
    assert str(len(session["reps"] or session["holds"])) in shown  # type: ignore[arg-type]

    page = (out / "report.html").read_bytes()
    (out / "report.html").unlink()
    desk.types("report", out / "session.json")
    assert (out / "report.html").read_bytes() == page

    assert exercises.load(card).title in desk.types("history")
    trend = desk.folder / "trend.html"
    desk.types("history", card, "--html", trend)
    html5lib.HTMLParser(strict=True).parse(trend.read_text("utf-8"))
    for kind in ("csv", "json"):
        kept = desk.folder / f"history.{kind}"
        desk.types("history", "export", "--out", kept)
        assert card in kept.read_text("utf-8")
    assert card in desk.types("exercises")
    assert desk.types("exercises", card).strip()


@pytest.mark.parametrize("card", CARDS)
def test_a_live_session_through_to_its_report(
    card: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(monkeypatch, clip_of(card))
    small = ("--sets", 1, "--reps", 1, "--hold", SMALL_HOLD_S, "--count-in", 0, "--tempo", "off")
    quiet = ("--mute", "--no-window", "--out", desk.folder)
    printed = desk.types("live", card, *small, *quiet, "--camera", clip_of(card).path)
    assert "1 of 1" in printed
    (page,) = desk.folder.rglob("report.html")
    whole(page.parent)
    assert exercises.load(card).title in desk.types("history")


def test_a_programme_through_all_its_steps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clips = [clip_of(card) for card in CARDS]
    show(monkeypatch, *clips)
    small = 'source = "here"\nsets = 1\nreps = 1\nrest_s = 0\nhold_s = 3\ntempo = "off"\n'
    steps = "".join(f'[[step]]\nexercise = "{card}"\n{small}' for card in CARDS)
    programme = desk.folder / "small.toml"
    programme.write_text(f'title = "Small"\n{steps}', "utf-8")
    quiet = ("--mute", "--no-window", "--count-in", 0, "--out", desk.folder / "out")
    desk.types("program", programme, *quiet)
    pages = {page.parent.name: page for page in (desk.folder / "out").rglob("report.html")}
    assert {*pages} == {*CARDS}
    for page in pages.values():
        whole(page.parent)
