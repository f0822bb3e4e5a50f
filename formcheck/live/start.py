"""Puts a live session together from settings, runs it, and takes it apart again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from formcheck.history.book import Book
from formcheck.live.camera.cameras import WEBCAM_SIZE, Source, Turned, open_source
from formcheck.live.camera.capture import Capture
from formcheck.live.camera.eyes import Eyes
from formcheck.live.camera.stats import Spread, Stats
from formcheck.live.close_up import CloseUpEyes
from formcheck.live.coach.records import SetRecord
from formcheck.live.keep import Keeper
from formcheck.live.loop import Loop, Session
from formcheck.live.recording import Recording
from formcheck.live.screen.screen import Screen
from formcheck.live.screen.window import NoWindow, ScreenWindow, Window
from formcheck.live.store import Store
from formcheck.pose.open_model import open_model
from formcheck.speech.voice import Mute, Speaker, Voice
from formcheck.system.files import refuse_target
from formcheck.words import Words

AUTO_MODELS = ("full", "lite")


@dataclass(frozen=True)
class Settings:
    """How a session is run. out: folder for the results. model: None takes the best that keeps up.

    camera: number, address or file. size: asked of a webcam, pixels. book: the history; None to
    remember nothing. blur_faces: in the reports.
    rotate: degrees clockwise by which the camera's pictures are turned.
    """

    camera: str
    out: Path
    size: tuple[int, int] = WEBCAM_SIZE
    model: str | None = None
    mute: bool = False
    window: bool = True
    fullscreen: bool = False
    record: Path | None = None
    close_up: bool = False
    book: Book | None = None
    blur_faces: bool = False
    rotate: int = 0


@dataclass(frozen=True)
class Outcome:
    """What a session gave. path: where it is kept. dropped: of `arrived` camera pictures.

    pages: the reports that were written. problem: what could not be, in one line, or None.
    """

    records: tuple[SetRecord, ...]
    pages: tuple[Path, ...]
    problem: str | None
    path: Path
    model: str
    arrived: int
    dropped: int
    spreads: Mapping[str, Spread]


def run(
    session: Session,
    settings: Settings,
    words: Words,
    began: datetime,
    tell: Callable[[str], None],
) -> Outcome:
    """Run a session to its end; Ctrl-C ends it early and keeps what was done.

    tell: takes lines for the terminal. Raises InputError for a camera that cannot be used,
    ModelError and OutputError.
    """
    stats = Stats()
    with ExitStack() as stack:
        # The model takes a moment to load; a camera would be running on meanwhile.
        eyes = _eyes(settings, session)
        stack.enter_context(eyes)
        source = _source(settings)
        capture = stack.enter_context(Capture(source))
        first = capture.first()
        store = stack.enter_context(
            Store(_path(settings.out, began), _header(session, source.name, began))
        )
        keeper = stack.enter_context(
            Keeper(store.path, source.name, began, settings.book, blur_faces=settings.blur_faces)
        )
        loop = Loop(
            capture,
            eyes,
            session,
            screen=Screen(words),
            window=stack.enter_context(closing(_window(settings))),
            voice=stack.enter_context(closing(_voice(settings, words))),
            store=store,
            keeper=keeper,
            stats=stats,
            tell=tell,
            recording=_recording(settings, stack),
            blur_faces=settings.blur_faces,
        )
        loop.run(first)
    return Outcome(
        tuple(session.records),
        tuple(keeper.pages),
        keeper.warning,
        store.path,
        eyes.model,
        capture.arrived,
        capture.dropped,
        stats.spreads(),
    )


def _source(settings: Settings) -> Source:
    source = open_source(settings.camera, settings.size)
    return Turned(source, settings.rotate) if settings.rotate else source


def _eyes(settings: Settings, session: Session) -> Eyes | CloseUpEyes:
    if settings.close_up:
        return CloseUpEyes()
    models = (settings.model,) if settings.model else AUTO_MODELS
    return Eyes(models, session.exercises, open_model)


def _window(settings: Settings) -> Window:
    return ScreenWindow(fullscreen=settings.fullscreen) if settings.window else NoWindow()


def _voice(settings: Settings, words: Words) -> Voice:
    return Mute() if settings.mute else Speaker(words.lang)


def _recording(settings: Settings, stack: ExitStack) -> Recording | None:
    if settings.record is None:
        return None
    refuse_target(settings.record, settings.camera)
    return stack.enter_context(Recording(settings.record))


def _path(folder: Path, began: datetime) -> Path:
    """A new file of the session's time; a second session in the same second gets a number."""
    stem = began.strftime("%Y-%m-%dT%H-%M-%S")
    names = (f"{stem}.jsonl", *(f"{stem}-{i}.jsonl" for i in range(2, 100)))
    return next(path for path in (folder / name for name in names) if not path.exists())


def _header(session: Session, camera: str, began: datetime) -> Mapping[str, object]:
    planned = list(session.planned)
    return {"began": began.isoformat(timespec="seconds"), "camera": camera, "exercises": planned}
