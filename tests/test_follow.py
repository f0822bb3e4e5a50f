"""Whom the follower follows, in pictures of stick figures with a pose source that is as naive as
the model: it takes the first body that it sees and keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np
import pytest

from formcheck.body.follow import DOUBT_S, FIRST_LOOKS_S, LOOK_EVERY_S, UPPER_BODY, Follower
from formcheck.exercises import load
from formcheck.pose.pose import Pose, Sighting
from formcheck.video.picture import Image
from tests.curves import Bump, at, train
from tests.stick import Body, Camera, side_lying, staggered, standing, walking

FPS = 10
REPS = train(4, Bump(1.0))

BodyAt = Callable[[float], Body | None]


@dataclass(frozen=True)
class Person:
    """Somebody in the scene; colour: of the clothes, by which the fake model knows them."""

    colour: tuple[int, int, int]
    body_at: BodyAt
    camera: Camera

    def pose(self, t_s: float) -> Pose | None:
        body = self.body_at(t_s)
        return None if body is None else self.camera.see(body, t_s)


class NaiveModel:
    """Finds people by their clothes, the first of the list first, and keeps who it has found."""

    def __init__(self, *people: Person) -> None:
        self.people = people
        self.followed: Person | None = None
        self.restarts = self.scouts = 0

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        if self.followed is None or self.followed.pose(t_s) is None:
            seen = (p for p in self.people if self._shows(p, image_rgb, t_s))
            self.followed = next(seen, None)
        return None if self.followed is None else self.followed.pose(t_s)

    def scout(self, image_rgb: Image, t_s: float) -> list[Pose]:
        self.scouts += 1
        poses = [p.pose(t_s) for p in self.people if self._shows(p, image_rgb, t_s)]
        return [pose for pose in poses if pose is not None]

    def restart(self) -> None:
        self.restarts += 1
        self.followed = None

    def paint(self, t_s: float) -> Image:
        """The scene: a coloured trunk for everybody."""
        image = np.full((480, 640, 3), 128, np.uint8)
        for person in reversed(self.people):
            pose = person.pose(t_s)
            if pose is not None:
                hull = cv2.convexHull(pose.image[UPPER_BODY, :2].astype(np.int32))
                cv2.fillConvexPoly(image, hull, person.colour)
        return image

    def _shows(self, person: Person, image: Image, t_s: float) -> bool:
        pose = person.pose(t_s)
        if pose is None:
            return False
        x, y = ((pose.xy("left_shoulder") + pose.xy("right_hip")) / 2).astype(int)
        inside = 0 <= x < 640 and 0 <= y < 480
        return inside and tuple(image[y, x].tolist()) == person.colour


def watch(model: NaiveModel, exercise: str, lasts_s: float) -> list[tuple[Person | None, Sighting]]:
    """Who is followed in each frame, and the sighting."""
    follower = Follower(model, load(exercise))
    seen = []
    for i in range(int(FPS * lasts_s)):
        sighting = follower.see(model.paint(i / FPS), i / FPS)
        seen.append((model.followed, sighting))
    return seen


def raising(t_s: float) -> Body:
    return standing(heel_deg=35 * at(REPS, t_s))


LEFT = Camera(origin_px=(170, 440))
MIDDLE = Camera(origin_px=(320, 440))
RIGHT = Camera(origin_px=(480, 440))
FAR = Camera(origin_px=(480, 400), px_per_m=150)
MAT = Camera(azimuth_deg=0, elevation_deg=15, origin_px=(260, 400))
RED, BLUE = (200, 30, 30), (30, 30, 200)


def test_one_person_is_followed_without_any_ado() -> None:
    patient = Person(RED, raising, MIDDLE)
    model = NaiveModel(patient)
    seen = watch(model, "heel-raise", 9.0)
    assert {who for who, _ in seen} == {patient}
    assert not any(s.cut for _, s in seen)
    assert model.restarts == 0


def test_nobody_is_none() -> None:
    seen = watch(NaiveModel(), "heel-raise", 2.0)
    assert all(s.pose is None and not s.cut for _, s in seen)


def test_the_patient_on_the_mat_and_not_the_therapist_who_stands_behind() -> None:
    therapist = Person(BLUE, lambda _t: standing(), FAR)
    patient = Person(RED, lambda t: side_lying(opening_deg=40 * at(REPS, t)), MAT)
    model = NaiveModel(therapist, patient)
    seen = watch(model, "clamshell", 9.0)
    assert all(who is patient for who, s in seen if s.t_s > DOUBT_S)
    assert [s.cut for _, s in seen].count(True) == 1
    assert model.restarts == 1


def test_the_change_of_body_is_marked_as_a_cut_and_shows_the_new_one() -> None:
    therapist = Person(BLUE, lambda _t: standing(), FAR)
    patient = Person(RED, lambda _t: side_lying(), MAT)
    seen = watch(NaiveModel(therapist, patient), "clamshell", 3.0)
    (changed,) = [s for _, s in seen if s.cut]
    assert changed.pose is not None
    assert changed.pose.image == pytest.approx(MAT.see(side_lying(), changed.t_s).image)


def test_the_nearer_of_two_who_stand() -> None:
    helper = Person(BLUE, lambda _t: standing(), FAR)
    patient = Person(RED, raising, LEFT)
    seen = watch(NaiveModel(helper, patient), "heel-raise", 9.0)
    assert all(who is patient for who, s in seen if s.t_s > DOUBT_S)


def test_of_two_alike_the_followed_one_is_kept() -> None:
    patient, other = Person(RED, raising, LEFT), Person(BLUE, raising, RIGHT)
    model = NaiveModel(patient, other)
    assert {who for who, _ in watch(model, "heel-raise", 9.0)} == {patient}
    assert model.restarts == 0


@pytest.mark.parametrize("exercise", ["calf-stretch", "soleus-stretch"])
def test_who_stretches_at_the_wall_and_not_who_sits(exercise: str) -> None:
    sitting = standing(knee_deg=90, shank_deg=5)
    other = Person(BLUE, lambda _t: sitting, RIGHT)
    patient = Person(RED, lambda _t: staggered(dorsiflexion_deg=20), LEFT)
    model = NaiveModel(other, patient)
    seen = watch(model, exercise, 6.0)
    assert all(who is patient for who, s in seen if s.t_s > DOUBT_S)


def test_a_passer_by_behind_takes_nothing_over() -> None:
    passing = Person(BLUE, lambda t: walking(t - 5.0) if t > 2 else None, FAR)
    patient = Person(RED, raising, MIDDLE)
    model = NaiveModel(patient, passing)
    assert {who for who, _ in watch(model, "heel-raise", 12.0)} == {patient}
    assert model.restarts == 0


@pytest.mark.parametrize("look_s", FIRST_LOOKS_S)
def test_a_nearer_passer_by_at_the_time_of_a_look_takes_nothing_over(look_s: float) -> None:
    near = replace(FAR, px_per_m=260)

    def past(t_s: float) -> Body | None:
        return walking(t_s - look_s, speed_m_per_s=1.2) if abs(t_s - look_s) < 1.0 else None

    patient = Person(RED, raising, MIDDLE)
    model = NaiveModel(patient, Person(BLUE, past, near))
    assert {who for who, _ in watch(model, "heel-raise", 9.0)} == {patient}
    assert model.restarts == 0


def test_a_nearer_passer_by_who_stays_is_taken_for_the_patient() -> None:
    near = Person(BLUE, lambda t: standing() if t > 1 else None, replace(FAR, px_per_m=260))
    model = NaiveModel(Person(RED, raising, MIDDLE), near)
    seen = watch(model, "heel-raise", FIRST_LOOKS_S[-1] + 1.0)
    assert seen[-1][0] is near


def test_a_passer_by_who_is_followed_is_left_for_the_patient() -> None:
    passing = Person(
        BLUE, lambda t: walking(t - 2.0, speed_m_per_s=0.8), replace(FAR, px_per_m=180)
    )
    patient = Person(RED, raising, MIDDLE)
    seen = watch(NaiveModel(passing, patient), "heel-raise", 12.0)
    assert all(who is patient for who, s in seen if s.t_s > DOUBT_S)


def test_someone_who_steps_in_later_is_found() -> None:
    other = Person(BLUE, lambda _t: standing(knee_deg=90, shank_deg=5), RIGHT)
    patient = Person(RED, lambda t: raising(t) if t > 6 else None, LEFT)
    seen = watch(NaiveModel(other, patient), "heel-raise", 9.0)
    assert {who for who, s in seen if s.t_s < 6} == {other}
    assert all(who is patient for who, s in seen if s.t_s > 6 + LOOK_EVERY_S + 0.2)


def test_in_doubt_without_a_better_body_it_looks_seldom_and_keeps() -> None:
    other = Person(BLUE, lambda _t: standing(knee_deg=90, shank_deg=5), RIGHT)
    model = NaiveModel(other)
    seen = watch(model, "heel-raise", 20.0)
    assert {who for who, _ in seen} == {other}
    assert model.restarts == 0
    assert model.scouts <= 20 / LOOK_EVERY_S + 4


def test_after_a_cut_everybody_is_looked_at_afresh() -> None:
    therapist = Person(BLUE, lambda t: standing() if t > 2 else None, FAR)
    patient = Person(RED, lambda _t: side_lying(), MAT)
    model = NaiveModel(therapist, patient)
    follower = Follower(model, load("clamshell"))
    for i in range(40):
        cut = i == 25
        sighting = follower.see(model.paint(i / FPS), i / FPS, cut=cut)
        assert sighting.cut or not cut
    assert model.followed is patient
    assert model.restarts >= 1


def test_pictures_of_another_size_than_the_poses() -> None:
    therapist = Person(BLUE, lambda _t: standing(), FAR)
    patient = Person(RED, lambda _t: side_lying(), MAT)

    class Halved(NaiveModel):
        def _shows(self, person: Person, image: Image, t_s: float) -> bool:
            return super()._shows(person, cv2.resize(image, (640, 480)).astype(np.uint8), t_s)

    model = Halved(therapist, patient)
    follower = Follower(model, load("clamshell"))
    for i in range(20):
        small = model.paint(i / FPS)[::2, ::2].copy()
        follower.see(small, i / FPS)
    assert model.followed is patient
