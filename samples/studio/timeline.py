"""From an actor's script to what the actor does at every moment, and what counts in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.life import alive
from samples.studio.movement import Movement, Rep, Stroke
from samples.studio.posture import STEPPING_M, Posture, blend
from samples.studio.profile import PROFILES, Profile, minimum_jerk
from samples.studio.script import Action, Actor, Perform, RepEdit, Turn, Walk, changed, rep_of
from samples.studio.travel import Place, Travel

NO_TURN_DEG = 12.0  # a smaller turn is taken within the first step of a walk
SAME_M, SAME_ROTATION = 0.003, 0.01  # postures closer than this need no transition
LAPSE_RAMP_S = 0.8  # a fault that comes and goes takes this long to come, and to go
SHRINKING_TO = 0.5  # what is left of the amplitude in the last repetition
SHRUNK_BELOW = 0.75  # of the first amplitude: a repetition that shows the fault

Postures = Callable[[float], Posture]


@dataclass(frozen=True)
class Event:
    """One commanded repetition or hold, or one stroke of a repetition, in clip time."""

    movement: Movement
    stroke: Stroke
    number: int  # from 1, within its set
    set_number: int  # from 0, within the clip
    side: str
    start_s: float
    rep: Rep
    faults: tuple[str, ...]
    lapse: tuple[float, float] | None = (
        None  # from and to: when the faults show, seconds after the top
    )

    @property
    def top_s(self) -> float:
        """When the full amplitude is reached."""
        return self.start_s + self.rep.up_s

    @property
    def lower_s(self) -> float:
        """When the way back begins."""
        return self.top_s + self.rep.hold_s

    @property
    def end_s(self) -> float:
        """When rest is reached again."""
        return self.lower_s + self.rep.down_s

    def progress(self, t_s: float, profile: Profile) -> float:
        """Share of the amplitude at a time."""
        up = profile((t_s - self.start_s) / self.rep.up_s)
        return up - profile((t_s - self.lower_s) / self.rep.down_s)

    @property
    def lapses(self) -> tuple[float, float] | None:
        """When faults that come and go show, clip time."""
        if self.lapse is None:
            return None
        return self.top_s + self.lapse[0], self.top_s + self.lapse[1]

    @property
    def lapsed_s(self) -> float:
        """How long they show."""
        return self.lapse[1] - self.lapse[0] if self.lapse else 0.0

    def wrong(self, t_s: float) -> float | None:
        """How far faults that come and go have come, 0 to 1; None when they stay.

        At the ends of a lapse they are half-way.
        """
        if self.lapses is None:
            return None
        start, end = self.lapses
        come = minimum_jerk((t_s - start) / LAPSE_RAMP_S + 0.5)
        return come - minimum_jerk((t_s - end) / LAPSE_RAMP_S + 0.5)


@dataclass(frozen=True)
class Segment:
    """A stretch of time with one way to find the posture; `postures` takes clip time."""

    start_s: float
    end_s: float
    postures: Postures


@dataclass(frozen=True)
class Timeline:
    """Everything one person does in a clip."""

    segments: tuple[Segment, ...]
    events: tuple[Event, ...]
    seed: int
    fidget: float

    @property
    def duration_s(self) -> float:
        """When the last action ends."""
        return self.segments[-1].end_s

    def posture(self, t_s: float) -> Posture:
        """The living posture at a time; after the end the last one stays."""
        segment = next((s for s in self.segments if t_s < s.end_s), self.segments[-1])
        still = segment.postures(min(t_s, segment.end_s))
        return alive(still, t_s, self.seed, self.fidget)


class _Director:
    """Lays one actor's actions end to end."""

    def __init__(self, actor: Actor, body: Body, seed: int) -> None:
        self._body, self._place = body, actor.at
        self._random = np.random.default_rng(seed)
        self._segments: list[Segment] = []
        self._events: list[Event] = []
        self._sets = 0
        self._now = 0.0
        for action in actor.do:
            self._act(action)
        self.timeline = Timeline(tuple(self._segments), tuple(self._events), seed, actor.fidget)

    def _act(self, action: Action) -> None:
        match action:
            case Walk():
                self._walk(action)
            case Turn():
                self._travel(replace(self._place, facing_deg=action.to_deg))
            case Perform():
                self._perform(action)

    def _add(self, seconds: float, postures: Postures) -> None:
        self._segments.append(Segment(self._now, self._now + seconds, postures))
        self._now += seconds

    def _last(self) -> Posture | None:
        return self._segments[-1].postures(self._now) if self._segments else None

    def _enter(self, first: Posture, seconds: float) -> None:
        last = self._last()
        if last is not None and seconds > 0 and not same(last, first):
            start = self._now
            self._add(seconds, lambda t: transition(last, first, (t - start) / seconds))

    def _travel(self, end: Place) -> None:
        travel, start = Travel(self._body, self._place, end), self._now
        self._enter(travel.posture(0.0), 0.4)
        start = self._now
        self._add(travel.seconds, lambda t: travel.posture(t - start))
        self._place = end

    def _walk(self, walk: Walk) -> None:
        x, z = walk.to
        heading = float(np.degrees(np.arctan2(x - self._place.x, z - self._place.z)))
        if abs(_turn(self._place.facing_deg, heading)) > NO_TURN_DEG:
            self._travel(replace(self._place, facing_deg=heading))
        self._travel(Place(x, z, heading))
        if walk.face_deg is not None and abs(_turn(heading, walk.face_deg)) > NO_TURN_DEG:
            self._travel(replace(self._place, facing_deg=walk.face_deg))

    def _perform(self, action: Perform) -> None:
        place, body, pose = self._place, self._body, action.pose

        def at(moved: object) -> Posture:
            posture: Posture = moved.posture(body)  # type: ignore[attr-defined]
            return posture.placed(place.x, place.z, place.facing_deg)

        self._enter(at(pose), action.timing.enter_s)
        if not action.timing.reps:
            posture = at(pose)
            self._add(action.timing.seconds, lambda _: posture)
            return
        events = self._plan(action)
        profile = PROFILES[action.timing.profile]

        def during(t_s: float) -> Posture:
            event = next((e for e in reversed(events) if t_s >= e.start_s), None)
            if event is None or t_s >= event.end_s:
                return at(pose)
            share, wrong = event.progress(t_s, profile), event.wrong(t_s)
            moved = action.movement.at(
                pose, event.stroke, event.rep, event.faults, share, wrong=wrong
            )
            return at(moved)

        self._add(events[-1].end_s + events[-1].rep.gap_s - self._now, during)
        self._events += events
        self._sets += 1

    def _plan(self, action: Perform) -> list[Event]:
        timing, movement = action.timing, action.movement
        usual, events = rep_of(action), list[Event]()
        side = getattr(action.pose, "side", "both")
        start = self._now + timing.rest_s
        for i in range(timing.reps):
            edit = next((e for e in action.edits if e.number == i + 1), RepEdit(i + 1))
            faults = list(dict.fromkeys((*timing.faults, *edit.faults)))
            left = 1 - (1 - SHRINKING_TO) * i / max(timing.reps - 1, 1)
            shrinks = "shrinking" in faults
            if shrinks and left >= SHRUNK_BELOW:
                faults.remove("shrinking")
            for stroke in movement.ways(edit.strokes or timing.strokes):
                rep = self._varied(usual, timing.variation)
                if shrinks:
                    rep = replace(rep, amplitude=usual.amplitude * left)
                for fault in faults:
                    rep = movement.changed(rep, stroke, fault)
                rep = changed(rep, edit)
                done = Event(
                    movement, stroke, i + 1, self._sets, side, start, rep, tuple(faults), edit.lapse
                )
                events.append(done)
                start = done.end_s + rep.gap_s
        return events

    def _varied(self, rep: Rep, spread: float) -> Rep:
        """No two repetitions of a person are the same."""
        scale = 1 + spread * np.clip(self._random.standard_normal(5), -2, 2)
        return Rep(
            rep.amplitude * scale[0],
            rep.up_s * scale[1],
            rep.hold_s * scale[2],
            rep.down_s * scale[3],
            rep.gap_s * scale[4],
        )


def _turn(start_deg: float, end_deg: float) -> float:
    return (end_deg - start_deg + 180) % 360 - 180


def same(a: Posture, b: Posture) -> bool:
    """Whether nobody could tell two postures apart."""
    points = [(a.hips, b.hips)] + [(a.leg(s).ankle, b.leg(s).ankle) for s in SIDES]
    turns = [(a.pelvis, b.pelvis), (a.chest, b.chest)]
    turns += [(a.leg(s).foot, b.leg(s).foot) for s in SIDES]
    arms = [(a.arm(s).upper, b.arm(s).upper) for s in SIDES]
    arms += [(a.arm(s).fore, b.arm(s).fore) for s in SIDES]
    return all(np.abs(p - q).max() < SAME_M for p, q in points) and all(
        np.abs(p - q).max() < SAME_ROTATION for p, q in turns + arms
    )


def transition(a: Posture, b: Posture, share: float) -> Posture:
    """On the way from one posture to another; two feet that both move step one by one."""
    moves = {
        side: float(np.linalg.norm((b.leg(side).ankle - a.leg(side).ankle)[[0, 2]]))
        for side in SIDES
    }
    shares = dict.fromkeys(SIDES, minimum_jerk(share))
    if min(moves.values()) > STEPPING_M:
        first = max(moves, key=moves.__getitem__)
        for side in SIDES:
            late = 0.0 if side == first else 1.0
            shares[side] = minimum_jerk(2 * share - late)
    return blend(a, b, minimum_jerk(share), shares["left"], shares["right"])


def direct(actor: Actor, body: Body, seed: int) -> Timeline:
    """Plan everything an actor does."""
    return _Director(actor, body, seed).timeline
