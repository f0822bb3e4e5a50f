"""Reads a camera in a thread of its own and keeps only the newest picture.

Whoever is slower than the camera sees the present, not a growing past; what it missed is counted.
A camera that is lost is tried again and again, and the session goes on when it returns.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass
from threading import Condition, Event, Thread

from formcheck.errors import FormcheckError, InputError
from formcheck.live.camera.cameras import Clock, Source
from formcheck.video.frames import Frame

RETRY_S = 1.0
FIRST_PICTURE_S = 15.0
RATE_FRAMES = 30


@dataclass(frozen=True)
class Arrival:
    """A picture, and whether it is the first after the camera was lost."""

    frame: Frame
    fresh: bool


class Capture:
    """Use it as a context manager. `arrived` and `dropped` count pictures.

    clock: seconds, steady. retry_s: pause before a lost camera is tried again.
    """

    def __init__(
        self, source: Source, clock: Clock = time.monotonic, retry_s: float = RETRY_S
    ) -> None:
        self._source = source
        self._retry_s = retry_s
        self._clock = clock
        self._zero_s = clock()
        self._changed = Condition()
        self._newest: Arrival | None = None
        self._error: FormcheckError | None = None
        self._ended = False
        self._stop = Event()
        self._times: deque[float] = deque(maxlen=RATE_FRAMES)
        self._thread = Thread(target=self._run, name="capture", daemon=True)
        self.arrived = 0
        self.dropped = 0

    def __enter__(self) -> Capture:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the camera, or leave it behind when it blocks."""
        self._stop.set()
        self._thread.join(timeout=1.0)

    @property
    def over(self) -> bool:
        """Whether a source that ends has given its last picture, and that was taken."""
        return self._ended and self._newest is None

    def now_s(self) -> float:
        """Seconds since the session began, the time scale of the pictures."""
        return self._clock() - self._zero_s

    def interval_s(self) -> float | None:
        """Usual time from one picture of the camera to the next; None while it is unknown."""
        times = list(self._times)
        if len(times) < RATE_FRAMES:
            return None
        return (times[-1] - times[0]) / (len(times) - 1)

    def first(self, timeout_s: float = FIRST_PICTURE_S) -> Arrival:
        """Wait for the first picture; raises InputError when there is none."""
        arrival = self.newest(timeout_s)
        if self._error is not None:
            raise self._error
        if arrival is None:
            raise InputError(
                f"{self._source.name} gives no picture: unplug it and plug it in again"
            )
        return arrival

    def newest(self, timeout_s: float) -> Arrival | None:
        """The newest picture that was not taken yet; None when none comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None or self._ended, timeout_s)
            arrival, self._newest = self._newest, None
        return arrival

    def _run(self) -> None:
        try:
            self._read_on()
        finally:  # whatever a camera does to its reader, the session must end
            with self._changed:
                self._ended = True
                self._changed.notify()

    def _read_on(self) -> None:
        while not self._stop.is_set():
            try:
                self._read()
            except FormcheckError as error:
                if not self.arrived:
                    self._error = error
                    break
            if self._source.ends:
                break
            self._stop.wait(self._retry_s)

    def _read(self) -> None:
        with closing(self._source.frames(self.now_s)) as frames:
            for number, frame in enumerate(frames):
                if self._stop.is_set():
                    return
                back = number == 0 and self.arrived > 0
                self._put(Arrival(frame, fresh=back or frame.turned))

    def _put(self, arrival: Arrival) -> None:
        with self._changed:
            if self._newest is not None:
                self.dropped += 1
                arrival = Arrival(arrival.frame, arrival.fresh or self._newest.fresh)
            self.arrived += 1
            self._times.append(arrival.frame.t_s)
            self._newest = arrival
            self._changed.notify()
