"""Towel scrunch: the toes curl and pull a towel towards the heel, the heel stays down."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from samples.studio.body import Body
from samples.studio.movement import Movement, Rep, timed
from samples.studio.poses.foot_on_floor import FootOnFloor, forefoot_lifted
from samples.studio.posture import Leg

TIP_M = 0.01  # how much the end of a toe, its pad worn flat, reaches down per sine of its slope


@dataclass(frozen=True)
class TowelScrunch(FootOnFloor):
    """The toes of the working foot bent by `curl_deg` at their middle joints.

    `base_share` of that they bend at the ball too; below 0 they rise there, like claws. The arch
    rises with it, so that the tips stay on the towel.
    """

    curl_deg: float = 0.0
    base_share: float = 0.35

    def working(self, body: Body, side: str, leg: Leg) -> Leg:
        """A foot with its toes curled and its heel down."""
        base_deg = self.base_share * self.curl_deg
        curled = replace(leg, toes_deg=-base_deg, curl_deg=self.curl_deg)
        return forefoot_lifted(body, side, curled, self._arch_deg(body, side, base_deg))

    def _arch_deg(self, body: Body, side: str, base_deg: float) -> float:
        """The slope of a foot, heel down, whose toes would else go through the floor."""
        toe_m = body.length(f"{side}_second_toe", f"{side}_second_toe_middle")
        foot_m = body.length(f"{side}_ankle", f"{side}_second_toe")
        base, tip = np.radians(base_deg), np.radians(base_deg + self.curl_deg)
        down_m = toe_m * np.sin(base) + TIP_M * np.sin(tip)
        return float(np.degrees(np.arcsin(max(0.0, down_m) / (foot_m + toe_m))))


MOVEMENTS = (
    Movement(
        "towel-scrunch",
        TowelScrunch,
        drive="curl_deg",
        rep=Rep(amplitude=52.0, up_s=0.8, hold_s=0.5, down_s=0.8, gap_s=0.5),
        signal="{side}_toe_curl_deg",
        measures=("toe_curl_deg",),
        bends={"heel_lift": {"heel_deg": 16.0}},
        changes={"rushed": timed(up_s=0.3, hold_s=0.05, down_s=0.3)},
    ),
)
