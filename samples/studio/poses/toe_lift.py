"""Toe lift: the toes rise off the floor, all of them or the big one alone, and stay up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.studio.body import Body
from samples.studio.movement import Movement, Rep, timed
from samples.studio.poses.foot_on_floor import FootOnFloor
from samples.studio.posture import Leg

TOES = ("all", "big")


@dataclass(frozen=True)
class ToeLift(FootOnFloor):
    """The toes of the working foot bent up by `lift_deg`: "all" of them, or the "big" one."""

    lift_deg: float = 0.0
    toes: str = "all"

    def working(self, _body: Body, _side: str, leg: Leg) -> Leg:
        """A flat foot with its toes up."""
        if self.toes not in TOES:
            raise ValueError(f"toes are {' or '.join(TOES)}, not {self.toes!r}")
        if self.toes == "big":
            return replace(leg, big_toe_deg=self.lift_deg)
        return replace(leg, toes_deg=self.lift_deg)


MOVEMENTS = (
    Movement(
        "toe-lift",
        ToeLift,
        drive="lift_deg",
        rep=Rep(amplitude=36.0, up_s=0.8, hold_s=2.0, down_s=0.8, gap_s=1.0),
        signal="{side}_big_toe_extension_deg",
        measures=("big_toe_extension_deg",),
        bends={"heel_lift": {"heel_deg": 13.0}, "forefoot_lift": {"forefoot_deg": 13.0}},
        changes={"short_hold": timed(hold_s=0.6)},
    ),
)
