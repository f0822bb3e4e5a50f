"""A clip's script: who, where, filmed how, doing what. One TOML file per clip.

samples/README.md explains every key; a mistake ends in one line that names the file and key.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from samples.studio.body import Shape
from samples.studio.camera import Camera
from samples.studio.look import Look
from samples.studio.movement import Movement, Rep, movements
from samples.studio.profile import PROFILES
from samples.studio.room import FLOORS, WALLS
from samples.studio.sensor import Sensor
from samples.studio.table import ScriptError, Table, from_table, inside, one_of
from samples.studio.travel import Place
from samples.studio.wardrobe import BOTTOMS, CLOTH_COLOURS, HAIR_COLOURS, SLEEVES, TONES

PEOPLE = Path(__file__).parents[1] / "people.toml"
SPLITS = ("dev", "unseen")
ACTION_KEYS = ("action", "rep")


@dataclass(frozen=True)
class Person:
    """A body and its look."""

    name: str
    shape: Shape
    look: Look


@dataclass(frozen=True)
class RoomPlan:
    """The room, in world metres; `wall_m` is how far the wall behind the patient is."""

    floor: str = "planks"
    wall: str = "cream"
    wall_m: float = 1.5
    stretch_wall: bool = False  # a wall in front, where the patient's hands need it
    sun: tuple[float, float, float] | None = None  # direction; None: behind the camera's shoulder
    step_m: float = 0.0  # height of a step under the patient's forefeet
    mat: bool = False
    chair: bool = False
    chair_z: float = -0.42  # the seat's middle, behind the patient


@dataclass(frozen=True)
class TowelPlan:
    """Where a towel lies and how it moves, world metres and clip seconds."""

    at: tuple[float, float] = (0.0, 0.12)  # its middle: x, z
    size: tuple[float, float] = (0.5, 0.42)  # across, along z
    colour: str = "white"
    creep_m: float = 0.015  # how far each repetition gathers it towards the heel
    pull_m: tuple[float, float] = (0.0, 0.0)  # x, z: how far it is pulled away
    pull_s: tuple[float, float] = (0.0, 1.0)  # from when to when


@dataclass(frozen=True)
class Walk:
    """Go to a place on the floor, facing the way of travel, then turn to `face_deg`."""

    to: tuple[float, float]
    face_deg: float | None = None


@dataclass(frozen=True)
class Turn:
    """Turn on the spot."""

    to_deg: float


@dataclass(frozen=True)
class Timing:
    """What a set of repetitions or a hold may say beside its pose."""

    reps: int = 0  # 0: hold still for `seconds`
    seconds: float = 0.0
    amplitude: float | None = None
    up_s: float | None = None
    hold_s: float | None = None
    down_s: float | None = None
    gap_s: float | None = None
    rest_s: float = 0.6  # before the first repetition
    profile: str = "minimum-jerk"
    variation: float = 0.04  # relative spread of amplitudes and times
    faults: tuple[str, ...] = ()
    enter_s: float = 0.9  # to get into the pose, if it differs from the one before
    strokes: tuple[str, ...] = ()  # those of the movement's that are done, in order; (): all


@dataclass(frozen=True)
class RepEdit:
    """Changes to one repetition of a set."""

    number: int
    amplitude: float | None = None
    up_s: float | None = None
    hold_s: float | None = None
    down_s: float | None = None
    gap_s: float | None = None
    faults: tuple[str, ...] = ()
    lapse: tuple[float, float] | None = None  # when the faults show, seconds after the top
    strokes: tuple[str, ...] = ()  # those that are done in this repetition; (): as in the set


@dataclass(frozen=True)
class Perform:
    """A movement: its resting pose, how often and how, and single repetitions that differ."""

    movement: Movement
    pose: Any  # an instance of movement.pose
    timing: Timing
    edits: tuple[RepEdit, ...] = ()


Action = Walk | Turn | Perform


@dataclass(frozen=True)
class Actor:
    """A person with a place to start from and things to do."""

    person: Person
    at: Place
    do: tuple[Action, ...]
    fidget: float = 1.0


@dataclass(frozen=True)
class Script:
    """One clip."""

    name: str
    exercise: str | None  # None: nothing in the clip may be counted as anything
    motion: str  # what is done, in a word
    split: str
    seed: int
    fps: int
    camera: Camera
    room: RoomPlan
    sensor: Sensor
    patient: Actor
    bystanders: tuple[Actor, ...] = field(default=())
    towel: TowelPlan | None = None
    band: str | None = None  # colour of an elastic band round the patient's thighs


@cache
def people() -> Mapping[str, Table]:
    """The named people that scripts may use."""
    return tomllib.loads(PEOPLE.read_text(encoding="utf-8"))


def _person(table: Table, where: str) -> Person:
    if "like" in table:
        name = one_of(table["like"], people(), inside(where, "like"))
        table = {"name": name, **people()[name], **table}
        table = {k: v for k, v in table.items() if k != "like"}
    shape_keys = {f.name for f in dataclasses.fields(Shape)}
    shape = {k: v for k, v in table.items() if k in shape_keys}
    look = {k: v for k, v in table.items() if k not in shape_keys and k != "name"}
    person = Person(
        str(table.get("name", "")), from_table(Shape, shape, where), from_table(Look, look, where)
    )
    for key, options in (
        ("skin", TONES), ("hair", HAIR_COLOURS), ("top", SLEEVES), ("bottom", BOTTOMS),
        ("top_colour", CLOTH_COLOURS), ("bottom_colour", CLOTH_COLOURS),
        ("shoe_colour", CLOTH_COLOURS), ("hair_style", ("short", "long", "bald")),
    ):  # fmt: skip
        one_of(getattr(person.look, key), options, inside(where, key))
    one_of(person.shape.sex, ("female", "male"), inside(where, "sex"))
    one_of(person.shape.ancestry, ("african", "asian", "caucasian"), inside(where, "ancestry"))
    return person


def _perform(table: Table, where: str) -> Perform:
    movement = movements()[one_of(table["action"], movements(), inside(where, "action"))]
    timing_keys = {f.name for f in dataclasses.fields(Timing)}
    timing = from_table(Timing, {k: v for k, v in table.items() if k in timing_keys}, where)
    pose_table = {k: v for k, v in table.items() if k not in timing_keys and k not in ACTION_KEYS}
    pose = from_table(movement.pose, pose_table, where)  # type: ignore[arg-type]
    edits = tuple(
        from_table(RepEdit, edit, inside(where, f"rep[{i}]"))
        for i, edit in enumerate(table.get("rep", ()))
    )
    one_of(timing.profile, PROFILES, inside(where, "profile"))
    parts: tuple[Timing | RepEdit, ...] = (timing, *edits)
    for part in parts:
        for fault in part.faults:
            one_of(fault, tuple(movement.faults), inside(where, "faults"))
        for stroke in part.strokes:
            one_of(stroke, tuple(s.name for s in movement.strokes), inside(where, "strokes"))
    if not timing.reps and not timing.seconds:
        raise ScriptError(
            f"{inside(where, 'reps')}: missing (or give seconds, to stay in the pose)"
        )
    return Perform(movement, pose, timing, edits)


def _action(table: Table, where: str) -> Action:
    if not isinstance(table.get("action"), str):
        raise ScriptError(f"{inside(where, 'action')}: missing")
    rest = {k: v for k, v in table.items() if k != "action"}
    match table["action"]:
        case "walk":
            return from_table(Walk, rest, where)
        case "turn":
            return from_table(Turn, rest, where)
    return _perform(table, where)


def _towel(table: Table, where: str) -> TowelPlan:
    towel = from_table(TowelPlan, table, where)
    one_of(towel.colour, CLOTH_COLOURS, inside(where, "colour"))
    return towel


def _actor(table: Table, where: str) -> Actor:
    at = table.get("at", [0.0, 0.0, 0.0])
    if not (isinstance(at, list) and len(at) == 3):
        raise ScriptError(f"{inside(where, 'at')}: {at!r} is not [x, z, facing_deg]")
    do = tuple(_action(a, inside(where, f"do[{i}]")) for i, a in enumerate(table.get("do", ())))
    if not do:
        raise ScriptError(f"{inside(where, 'do')}: missing; give at least one [[do]]")
    person = _person(table.get("person", {}), inside(where, "person"))
    return Actor(person, Place(*map(float, at)), do, float(table.get("fidget", 1.0)))


@dataclass(frozen=True)
class _Head:
    """The script's plain keys."""

    split: str = "dev"
    exercise: str | None = None
    motion: str = ""
    seed: int = 0
    fps: int = 30
    band: str | None = None


def read(path: Path) -> Script:
    """Read a script."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ScriptError(f"{path}: no such script") from None
    except tomllib.TOMLDecodeError as error:
        raise ScriptError(f"{path}: {error}") from None
    where = f"{path.name}:"
    own = {"person", "camera", "room", "sensor", "towel", "do", "at", "fidget", "bystander"}
    head = from_table(_Head, {k: v for k, v in table.items() if k not in own}, where)
    one_of(head.split, SPLITS, inside(where, "split"))
    if head.band is not None:
        one_of(head.band, CLOTH_COLOURS, inside(where, "band"))
    room = from_table(RoomPlan, table.get("room", {}), inside(where, "room"))
    one_of(room.floor, FLOORS, inside(where, "room.floor"))
    one_of(room.wall, WALLS, inside(where, "room.wall"))
    return Script(
        name=path.stem,
        exercise=head.exercise,
        motion=head.motion or head.exercise or "",
        split=head.split,
        seed=head.seed,
        fps=head.fps,
        camera=from_table(Camera, table.get("camera", {}), inside(where, "camera")),
        room=room,
        sensor=from_table(Sensor, table.get("sensor", {}), inside(where, "sensor")),
        patient=_actor(table, where),
        bystanders=tuple(
            _actor(b, inside(where, f"bystander[{i}]"))
            for i, b in enumerate(table.get("bystander", ()))
        ),
        band=head.band,
        towel=_towel(table["towel"], inside(where, "towel")) if "towel" in table else None,
    )


def rep_of(perform: Perform) -> Rep:
    """The set's usual repetition: the movement's own, with what the script changes."""
    return changed(perform.movement.rep, perform.timing)


def changed(rep: Rep, by: Timing | RepEdit) -> Rep:
    """A repetition with those of its numbers that `by` gives."""
    names = [f.name for f in dataclasses.fields(Rep)]
    return dataclasses.replace(
        rep, **{n: getattr(by, n) for n in names if getattr(by, n) is not None}
    )
