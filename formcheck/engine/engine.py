"""The rule engine: sightings in time order go in, snapshots and a result come out.

The same for live and recorded video: it reads no clock, opens nothing, and decides from poses
and their times alone, so the same sightings give the same result.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from formcheck.body.camera_roll import RollTracker
from formcheck.body.left_right import SideKeeper
from formcheck.body.measures import Moment, Scale
from formcheck.body.tracking import (
    Anchor,
    JumpDetector,
    ScaleTracker,
    Steady,
    ViewTracker,
    unseen,
)
from formcheck.engine.activity import activity_of
from formcheck.engine.part import WHOLE, Part
from formcheck.engine.signal_log import SignalLog
from formcheck.engine.why_none import why_none
from formcheck.exercises.card import Exercise, HoldFault, RepMeasure, Reps
from formcheck.pose.pose import Pose, Sighting
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen, SessionResult, Snapshot, Status

NOBODY = "I can't see you"


@dataclass(frozen=True)
class Options:
    """What the user prescribes; None: found out, or the card's default.

    side: the working leg. target: in the graded measure's unit. height_cm: of the person.
    hold_s: prescribed hold.
    """

    side: Side | None = None
    target: float | None = None
    height_cm: float | None = None
    hold_s: float | None = None


DEFAULTS = Options()


class Engine:
    """One exercise, one person, one recording."""

    def __init__(self, exercise: Exercise, options: Options = DEFAULTS) -> None:
        self._exercise = exercise
        self._options = options
        self._activity = activity_of(exercise, options.target, options.hold_s)
        self._jump = JumpDetector()
        self._sides = SideKeeper()
        self._log = SignalLog(tuple(exercise.signals))
        self._cuts_s: list[float] = []
        self._forget_body()

    def _forget_body(self) -> None:
        self._scale = ScaleTracker(self._exercise.scale_of)
        self._view = ViewTracker(self._exercise.view_of)
        self._roll = RollTracker()
        self._anchor = Anchor(self._exercise.anchor_limit_torso)
        self._side = Steady(self._options.side or Side.BOTH)
        self._measuring: list[Pose] = []

    def update(self, sighting: Sighting) -> Snapshot:
        """Take one frame, in time order, and say what may be shown about it."""
        t_s = sighting.t_s
        if sighting.cut:
            self._sides, self._jump = SideKeeper(), JumpDetector()
        pose = sighting.pose and self._sides.update(sighting.pose)
        if pose is not None and self._sides.wrong_since_s is not None:
            self._exchange_sides(self._sides.wrong_since_s)
        if sighting.cut or (pose is not None and self._jump.update(pose)):
            self._cuts_s.append(t_s)
            self._activity.reset()
            self._give_up_measuring()
            self._forget_body()
        hidden = self._why_not_seen(pose)
        if pose is None or hidden is not None:
            self._give_up_measuring()
            self._activity.unseen(t_s)
            self._log.unseen(t_s, hidden or NOBODY)
            blank = Snapshot(t_s, Status.NOT_SEEN, 0, pose, message=hidden)
            return self._activity.show(blank, None)
        scale = self._scale.update(pose)
        if scale is None:
            self._activity.reset()
            self._measuring.append(pose)
            return self._activity.show(Snapshot(t_s, Status.NOT_READY, 0, pose), None)
        self._count_early(scale)
        return self._activity.show(*self._follow(self._moment(pose, scale)))

    def _exchange_sides(self, since_s: float) -> None:
        """Left was right: what was said of the sides since then is corrected."""
        if self._options.side is None:
            self._activity.exchange_sides(since_s)
            self._side = Steady(self._side.value.other)

    def _count_early(self, scale: Scale) -> None:
        """The frames in which the size was measured count, where a repetition may begin at once."""
        counts = self._exercise.counts
        if isinstance(counts, Reps) and counts.at_once:
            for pose in self._measuring:
                self._follow(self._moment(pose, scale))
            self._measuring.clear()
        self._give_up_measuring()

    def _give_up_measuring(self) -> None:
        """The frames in which the size was measured show nothing."""
        for pose in self._measuring:
            self._log.unseen(pose.t_s, "Stand still")
        self._measuring.clear()

    def _follow(self, moment: Moment) -> tuple[Snapshot, Mapping[str, float]]:
        """Take one frame with all that is needed; what may be shown of it, and its signals."""
        t_s = moment.pose.t_s
        values = {name: signal(moment) for name, signal in self._exercise.signals.items()}
        reason = self._why_not_ready(moment)
        self._activity.update(Seen(t_s, moment.side, moment.view), values, ready=reason is None)
        self._log.seen(t_s, moment.view, values, reason)
        status = Status.NOT_READY
        if reason is None:
            status = Status.ACTIVE if self._activity.moving else Status.READY
        snapshot = Snapshot(
            t_s, status, 0, moment.pose, message=reason, side=moment.side, view=moment.view
        )
        return snapshot, values

    def _why_not_seen(self, pose: Pose | None) -> str | None:
        if pose is None:
            return NOBODY
        hidden = unseen(pose, self._exercise.needs)
        return f"I can't see your {hidden}" if hidden else None

    def _moment(self, pose: Pose, scale: Scale) -> Moment:
        """The pose with scale, view and side."""
        view, bearing_deg = self._view.update(pose)
        before = self._side.value
        if self._options.side is None:
            kept = self._exercise.keeps_side(pose, scale, before)
            side = before if kept else self._exercise.side_of(pose, scale)
            self._side.update(side, pose.t_s)
        if self._side.value is not before:
            self._activity.turn()
            self._anchor = Anchor(self._exercise.anchor_limit_torso)
        roll_deg = self._roll.update(pose)
        return Moment(pose, scale, view, self._side.value, bearing_deg, roll_deg)

    def _why_not_ready(self, moment: Moment) -> str | None:
        points = self._exercise.anchors(moment)
        still = not points or self._anchor.update(
            np.array(points) / moment.scale.torso_px, moment.pose.t_s
        )
        return self._exercise.posture(moment) or (None if still else "Stand still")

    def finish(self, part: Part = WHOLE) -> SessionResult:
        """Close the recording: what is in a part of it judged against the same, final target."""
        self._give_up_measuring()
        reps, holds, findings = self._activity.close(part)
        log = self._log if part is WHOLE else self._log.within(part)
        if self._options.height_cm:
            reps = tuple(
                replace(r, measures=self._in_cm(r.measures, self._options.height_cm)) for r in reps
            )
        return SessionResult(
            exercise=self._exercise.name,
            duration_s=log.duration_s,
            quality=log.quality(),
            reps=reps,
            holds=holds,
            findings=findings,
            not_graded=self._not_graded(log.views),
            signals=log.signals(),
            prescribed=self._options.target is not None,
            why_none=() if reps or holds else self._why_none(log, part),
        )

    def _why_none(self, log: SignalLog, part: Part) -> tuple[str, ...]:
        misses = [miss for miss in self._activity.misses if part.has(miss.start_s)]
        return why_none(log, self._exercise, misses, [t for t in self._cuts_s if part.has(t)])

    def _in_cm(self, measures: Mapping[str, float], height_cm: float) -> Mapping[str, float]:
        return {**measures, **self._exercise.in_cm(measures, height_cm)}

    def _not_graded(self, seen: frozenset[View]) -> tuple[str, ...]:
        """What the views of this recording could not show, and what no camera view can."""
        looked_at: tuple[RepMeasure | HoldFault, ...] = (
            *self._exercise.measures,
            *self._exercise.counts.faults,
        )
        hidden = [x.not_graded for x in looked_at if x.not_graded and not seen <= x.views]
        return (*dict.fromkeys(hidden), *self._exercise.never_graded)
