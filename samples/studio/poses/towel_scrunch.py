"""Towel scrunch: the toes curl and pull a towel towards the heel, the foot stays flat."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.studio.movement import Movement, Rep, timed
from samples.studio.poses.foot_on_floor import FootOnFloor
from samples.studio.posture import Leg

EXTENSION_PER_CURL = 0.42  # the knuckles rise so far that the tips stay on the towel


@dataclass(frozen=True)
class TowelScrunch(FootOnFloor):
    """The toes of the working foot curled by `curl_deg`."""

    curl_deg: float = 0.0

    def working(self, leg: Leg) -> Leg:
        """A flat foot with its toes curled."""
        return replace(leg, toes_deg=EXTENSION_PER_CURL * self.curl_deg, curl_deg=self.curl_deg)


MOVEMENTS = (
    Movement(
        "towel-scrunch",
        TowelScrunch,
        drive="curl_deg",
        rep=Rep(amplitude=66.0, up_s=0.8, hold_s=0.5, down_s=0.8, gap_s=0.5),
        signal="{side}_toe_curl_deg",
        measures=("toe_curl_deg",),
        bends={"heel_lift": {"heel_deg": 16.0}},
        changes={"rushed": timed(up_s=0.3, hold_s=0.05, down_s=0.3)},
    ),
)
