"""From close-up pictures to repetitions: the counterpart of `engine/engine.py`, without a body.

A direction is not known before something has moved. So what is seen is remembered until there is
a repetition in it; then all of it goes to the activity, the first repetition included.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, replace

from formcheck.close_up.card import Genuine, any_rep, close_up_card, only
from formcheck.close_up.flow import Field, KeyPictures, prepared
from formcheck.close_up.following import Following
from formcheck.close_up.guards import Guards
from formcheck.close_up.motion import Motion
from formcheck.close_up.outline import outlines
from formcheck.close_up.why_none import Reasons
from formcheck.engine.activity import activity_of
from formcheck.engine.engine import DEFAULTS, Options
from formcheck.engine.part import WHOLE, Part
from formcheck.engine.signal_log import SignalLog
from formcheck.exercises.card import Exercise, Reps
from formcheck.pose.pose import Sighting
from formcheck.pose.side_view import Side, View
from formcheck.results import Outline, Seen, SessionResult, Snapshot, Status
from formcheck.video.picture import Image

LEARN_EVERY_S = 0.5
IDLE_S = 1.0
"""There is nothing new to learn when nothing has moved for so long."""
REST_S = 1.0
"""Still for so long and not in a repetition: the foot rests."""
KEY_AGE_S = 8.0
"""A key picture is kept this long at least: light and clothes change more slowly."""
SETTLED_S = 0.4
"""Still for so long after something spoilt the picture: it begins anew."""
PIECE = 40
"""Fields that are handed on with one picture, about a repetition: 20 to 40 ms, most of them to fit
a curve (tests/bench/auto_latency.py)."""
ELSEWHERE_S = 1.0
"""Still for so long away from rest: a hold, or the foot rests elsewhere now."""
METHOD = "optical flow"
"""Stands in a result where the pose model's name does otherwise."""


@dataclass(frozen=True, kw_only=True)
class Glimpse(Sighting):
    """One close-up picture. grey: (h, w) as `flow.prepared` makes it.

    knees_shank: height of the knees over any fixed one, in shank lengths, where they are seen.
    """

    pose: None = None
    grey: Image
    knees_shank: float = 0.0


def glimpse_of(image: Image, t_s: float, *, cut: bool) -> Glimpse:
    """What the engine sees of a picture (h, w, 3) RGB."""
    return Glimpse(t_s=t_s, grey=prepared(image), cut=cut)


class CloseUpEngine:
    """One exercise filmed close up, one recording.

    genuine: what a repetition must show too. keys: key pictures that other exercises share.
    """

    def __init__(
        self,
        exercise: Exercise,
        options: Options = DEFAULTS,
        genuine: Genuine = any_rep,
        keys: KeyPictures | None = None,
    ) -> None:
        self._keys = keys or KeyPictures()
        self._backlog: deque[Field] = deque()
        card = close_up_card(exercise)
        if not isinstance(card.counts, Reps):
            raise TypeError(card.name)
        self._card, self._counts = card, card.counts
        # Whatever a foot does is followed: else its toes alone would be, as it does another thing.
        self._activity = activity_of(only(card, genuine), None, options.hold_s)
        self._log = SignalLog(tuple(card.signals))
        self._reasons = Reasons(card.counts.start)
        self._side = options.side or Side.BOTH
        self._main: Following | None = None
        self._shown: Snapshot | None = None

    def _begin(self, glimpse: Glimpse) -> Following:
        self._close()
        self._main = Following(self._card, self._counts, self._keys, glimpse.grey, glimpse.t_s)
        self._spare: Following | None = None
        self._guards = Guards()
        self._confirmed = False
        self._learned_s = glimpse.t_s
        return self._main

    def _close(self, until_s: float = math.inf) -> None:
        """Forget the rest; what was remembered and had no repetition in it is logged."""
        self._catch_up(len(self._backlog))
        self._activity.reset()
        if self._main is not None:
            self._reasons.missed(self._main.nearest)
            if not self._confirmed:
                self._log_all(self._main, until_s)
        self._main = None

    def update(self, glimpse: Glimpse) -> Snapshot:
        """Take one picture, in time order, and say what may be shown about it."""
        due = self._keys.due(glimpse.t_s, cut=glimpse.cut)
        if self._shown is not None and not due:
            return replace(self._shown, t_s=glimpse.t_s, new_reps=(), new_holds=())
        self._shown = self._take_up(glimpse)
        return self._shown

    def _take_up(self, glimpse: Glimpse) -> Snapshot:
        main = self._main
        if main is None or glimpse.cut:
            if main is not None:
                self._reasons.cut(glimpse.t_s)
            main = self._begin(glimpse)
        field = _compared(main, glimpse)
        spoilt = self._guards.update(field)
        if spoilt is not None:
            return self._wait(glimpse, spoilt)
        self._follow(main, glimpse, field)
        return self._show(main, field)

    def unseen(self, t_s: float, reason: str) -> Snapshot:
        """Take one frame that cannot be compared; the next one begins anew."""
        self._close()
        return self._blank(t_s, reason)

    def _blank(self, t_s: float, reason: str) -> Snapshot:
        self._log.unseen(t_s, reason)
        self._reasons.spoilt(t_s, reason)
        blank = Snapshot(t_s, Status.NOT_READY, 0, message=reason, view=View.CLOSE_UP)
        return self._activity.show(blank, None)

    def _wait(self, glimpse: Glimpse, spoilt: str) -> Snapshot:
        self._catch_up(len(self._backlog))
        self._activity.unseen(glimpse.t_s)
        still = self._guards.still_s(glimpse.t_s) >= SETTLED_S
        if still:
            self._begin(glimpse)
        elif self._main is not None and not self._confirmed:
            self._log_all(self._main)
            self._main.fields.clear()
        return self._blank(glimpse.t_s, spoilt)

    def _follow(self, main: Following, glimpse: Glimpse, field: Field) -> None:
        t_s = glimpse.t_s
        main.add(field)
        still_s = self._guards.still_s(t_s)
        due = t_s - self._learned_s >= LEARN_EVERY_S and still_s < IDLE_S
        if due:
            self._learned_s = t_s
        if self._confirmed and main.direction is not None:
            self._backlog.append(field)
            self._catch_up(PIECE)
        elif due and main.learn():
            self._confirm(main)
        if not self._moving:
            self._spare = None
            if still_s >= REST_S and t_s - main.key_s >= KEY_AGE_S:
                self._renew(main, glimpse)
        elif self._spare is None and still_s >= ELSEWHERE_S:
            self._spare = Following(self._card, self._counts, self._keys, glimpse.grey, t_s)
        elif self._spare is not None:
            self._try(self._spare, glimpse, due=due)

    @property
    def _moving(self) -> bool:
        if self._confirmed:
            return self._activity.moving
        return self._main is not None and self._main.moving

    def _renew(self, main: Following, glimpse: Glimpse) -> None:
        """Take the picture of rest anew."""
        main.rest(glimpse.grey, glimpse.t_s, still_since_s=glimpse.t_s - REST_S)

    def _try(self, spare: Following, glimpse: Glimpse, *, due: bool) -> None:
        """See whether repetitions are done from where the foot has been still since."""
        spare.add(_compared(spare, glimpse))
        if due and spare.learn():
            self._close(until_s=spare.key_s)
            self._main, self._spare = spare, None
            self._guards = Guards()
            self._confirm(spare)

    def _confirm(self, main: Following) -> None:
        self._confirmed = True
        logged_s = self._log.duration_s
        self._backlog += (field for field in main.fields if field.t_s > logged_s)
        self._catch_up(PIECE)

    def _catch_up(self, fields: int) -> None:
        """Hand so many of the fields that wait for it to the activity and the log."""
        main = self._main
        while main is not None and self._backlog and fields > 0:
            self._take(main, self._backlog.popleft(), counting=True)
            fields -= 1

    def _log_all(self, main: Following, until_s: float = math.inf) -> None:
        """Log what was remembered and is not to be counted."""
        for field in main.fields:
            if self._log.duration_s < field.t_s <= until_s:
                self._take(main, field, counting=False)

    def _take(self, main: Following, field: Field, *, counting: bool) -> None:
        values = main.values(field)
        if counting and math.isfinite(values["travel_share"]):
            here = Seen(field.t_s, self._side, View.CLOSE_UP)
            self._activity.update(here, values, ready=True)
        elif counting:
            self._activity.unseen(field.t_s)
        self._log.seen(field.t_s, View.CLOSE_UP, values)

    def _show(self, main: Following, field: Field) -> Snapshot:
        status = Status.ACTIVE if self._moving else Status.READY
        values: dict[str, float] | None = None
        lines: tuple[Outline, ...] = ()
        if main.direction is not None and self._confirmed:
            values, lines = main.values(field), outlines(Motion(field, main.direction))
            values = values if math.isfinite(values["travel_share"]) else None
        snapshot = Snapshot(
            field.t_s, status, 0, outlines=lines, side=self._side, view=View.CLOSE_UP
        )
        return self._activity.show(snapshot, values)

    def finish(self, part: Part = WHOLE) -> SessionResult:
        """Close the recording: what is in a part of it judged against the same, final target."""
        if self._main is not None and not self._confirmed and self._main.learn():
            self._confirm(self._main)
        self._close()
        reps, holds, findings = self._activity.close(part)
        log = self._log if part is WHOLE else self._log.within(part)
        quality = replace(log.quality(), view=View.CLOSE_UP)
        return SessionResult(
            exercise=self._card.name,
            duration_s=log.duration_s,
            quality=quality,
            reps=reps,
            holds=holds,
            findings=findings,
            not_graded=self._card.never_graded,
            signals=log.signals(),
            why_none=() if reps else self._reasons.told(log.duration_s, part),
        )


def _compared(following: Following, glimpse: Glimpse) -> Field:
    field = following.match(glimpse.grey, glimpse.t_s)
    return replace(field, knees_shank=glimpse.knees_shank)
