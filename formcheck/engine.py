"""The rule engine: sightings in time order go in, snapshots and a result come out.

The same for live and recorded video: it reads no clock, opens nothing, and decides from poses
and their times alone, so the same sightings give the same result.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from formcheck.body import Anchor, JumpDetector, ScaleTracker, ViewTracker, unseen
from formcheck.exercise import Exercise
from formcheck.findings import first_cue, judge, judge_set, own_best
from formcheck.measures import Moment
from formcheck.poses import Pose, Sighting
from formcheck.reps import RawRep, RepTracker
from formcheck.results import (
    Quality,
    Rep,
    SessionResult,
    Side,
    Signals,
    Snapshot,
    Status,
    View,
)

SIDE_STEADY_S = 0.3
"""A change of the working side must last this long."""
CUE_SHOWN_S = 4.0
"""How long the screen shows the correction of a repetition."""


@dataclass(frozen=True)
class Options:
    """What the user prescribes. target: in the graded measure's unit. None: the card's default."""

    side: Side | None = None
    target: float | None = None
    height_cm: float | None = None
    hold_s: float | None = None


class Steady:
    """A choice that changes only when the new value has lasted."""

    def __init__(self, value: Side) -> None:
        self.value = value
        self._since: tuple[Side, float] | None = None

    def update(self, value: Side, t_s: float) -> Side:
        """Take the value of one frame; give the steady one."""
        if value is self.value:
            self._since = None
        elif self._since is None or self._since[0] is not value:
            self._since = (value, t_s)
        elif t_s - self._since[1] >= SIDE_STEADY_S:
            self.value, self._since = value, None
        return self.value


class Engine:
    """One exercise, one person, one recording."""

    def __init__(self, exercise: Exercise, options: Options = Options()) -> None:  # noqa: B008
        self._exercise = exercise
        self._options = options
        self._tracker = RepTracker(exercise)
        self._jump = JumpDetector()
        self._raw: list[RawRep] = []
        self._log = _Log(tuple(exercise.signals))
        self._cue: tuple[str, tuple[str, ...], float] | None = None
        self._forget_body()

    def _forget_body(self) -> None:
        self._scale = ScaleTracker()
        self._view = ViewTracker()
        self._anchor = Anchor(self._exercise.anchor_limit_shank)
        self._side = Steady(self._options.side or Side.BOTH)

    def update(self, sighting: Sighting) -> Snapshot:
        """Take one frame, in time order, and say what may be shown about it."""
        pose, t_s = sighting.pose, sighting.t_s
        ended: list[RawRep | None] = []
        if sighting.cut or (pose is not None and self._jump.update(pose)):
            ended.append(self._tracker.reset())
            self._forget_body()
        reason = self._why_not_seen(pose)
        if pose is None or reason is not None:
            ended.append(self._tracker.unseen(t_s))
            self._log.unseen(t_s)
            return self._snapshot(t_s, Status.NOT_SEEN, pose, None, reason, ended)
        moment = self._moment(pose, ended)
        if moment is None:
            self._log.unseen(t_s)
            return self._snapshot(t_s, Status.NOT_READY, pose, None, "Stand still", ended)
        values = {name: signal(moment) for name, signal in self._exercise.signals.items()}
        reason = self._why_not_ready(moment)
        ended.append(self._tracker.update(moment, values, ready=reason is None))
        self._log.seen(t_s, moment.view, values)
        status = Status.NOT_READY
        if reason is None:
            status = Status.ACTIVE if self._tracker.moving else Status.READY
        return self._snapshot(t_s, status, pose, (moment, values), reason, ended)

    def _why_not_seen(self, pose: Pose | None) -> str | None:
        if pose is None:
            return "I can't see you"
        hidden = unseen(pose, self._exercise.needs)
        return f"I can't see your {hidden}" if hidden else None

    def _moment(self, pose: Pose, ended: list[RawRep | None]) -> Moment | None:
        scale = self._scale.update(pose)
        if scale is None:
            ended.append(self._tracker.reset())
            return None
        view = self._view.update(pose)
        before = self._side.value
        if self._options.side is None:
            self._side.update(self._exercise.side_of(pose, scale), pose.t_s)
        if self._side.value is not before:
            ended.append(self._tracker.reset())
            self._anchor = Anchor(self._exercise.anchor_limit_shank)
        return Moment(pose, scale, view, self._side.value)

    def _why_not_ready(self, moment: Moment) -> str | None:
        reason = self._exercise.posture(moment)
        points = [
            moment.pose.xy(f"{leg}_{joint}")
            for leg in moment.legs
            for joint in self._exercise.anchors
        ]
        steady = self._anchor.update(np.array(points) / moment.scale.shank_px, moment.pose.t_s)
        if reason is None and not steady:
            return "Stand still"
        return reason

    def _snapshot(
        self,
        t_s: float,
        status: Status,
        pose: Pose | None,
        seen: tuple[Moment, dict[str, float]] | None,
        message: str | None,
        ended: list[RawRep | None],
    ) -> Snapshot:
        new = tuple(self._judged(raw) for raw in ended if raw is not None)
        for rep in new:
            fault = first_cue(self._exercise, rep)
            self._cue = (fault.cue, fault.joints, t_s) if fault else None
        snapshot = Snapshot(t_s, status, len(self._raw), pose, message=message, new_reps=new)
        if self._cue and t_s - self._cue[2] < CUE_SHOWN_S:
            snapshot = replace(snapshot, cue=self._cue[0], marked=self._cue[1])
        if seen is None:
            return snapshot
        moment, values = seen
        return replace(snapshot, side=moment.side, view=moment.view, level=self._level(values))

    def _level(self, values: dict[str, float]) -> float | None:
        rest = self._tracker.rest
        heights = [raw.pulse.height for raw in self._raw]
        if rest is None or not heights:
            return None
        return (values[self._exercise.counts.signal] - rest) / max(heights)

    def _judged(self, raw: RawRep) -> Rep:
        self._raw.append(raw)
        return judge(self._exercise, raw, len(self._raw), self._target())

    def _target(self) -> float:
        return self._options.target or own_best(self._exercise, self._raw)

    def finish(self) -> SessionResult:
        """Close the recording: every repetition judged against the same, final target."""
        last = self._tracker.reset()
        if last is not None:
            self._raw.append(last)
        target = self._target()
        reps = tuple(judge(self._exercise, r, i + 1, target) for i, r in enumerate(self._raw))
        return SessionResult(
            exercise=self._exercise.name,
            duration_s=self._log.duration_s,
            quality=Quality(self._log.coverage, self._log.view, self._warnings()),
            reps=reps,
            holds=(),
            findings=judge_set(self._exercise, reps),
            not_graded=self._not_graded(),
            signals=self._log.signals(),
        )

    def _warnings(self) -> tuple[str, ...]:
        return ()

    def _not_graded(self) -> tuple[str, ...]:
        view = self._log.view
        hidden = [m.not_graded for m in self._exercise.measures if view not in m.views]
        return (*hidden, *self._exercise.never_graded)


class _Log:
    """The signals of every frame, and how much was seen."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._times: list[float] = []
        self._rows: list[tuple[float, ...]] = []
        self._views: dict[View, int] = {}

    def unseen(self, t_s: float) -> None:
        self._times.append(t_s)
        self._rows.append(())

    def seen(self, t_s: float, view: View, values: dict[str, float]) -> None:
        self._times.append(t_s)
        self._rows.append(tuple(values.values()))
        self._views[view] = self._views.get(view, 0) + 1

    @property
    def duration_s(self) -> float:
        return self._times[-1] if self._times else 0.0

    @property
    def coverage(self) -> float:
        return sum(bool(row) for row in self._rows) / max(1, len(self._rows))

    @property
    def view(self) -> View:
        return max(self._views, key=lambda v: self._views[v], default=View.UNKNOWN)

    def signals(self) -> Signals:
        blank = (float("nan"),) * len(self._names)
        columns = zip(*(row or blank for row in self._rows), strict=True)
        return Signals(tuple(self._times), dict(zip(self._names, columns, strict=False)))
