"""One foot at work while both are on the floor: of a person who sits, or who stands.

Movements of the toes are subclasses that override `working`; a heel that lifts is one of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.studio.body import Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.seated import Seated
from samples.studio.poses.stance import foot_across, heel_lifted, sign
from samples.studio.poses.stand import Stand
from samples.studio.posture import Leg, Posture
from samples.studio.rotations import about, vec

SOLE_BELOW_M = 0.03  # the skin that is this near the floor is the sole's
HEEL_ROUND_M = 0.02  # the heel rolls about a point so far before its back


@dataclass(frozen=True)
class FootOnFloor(Seated):
    """The foot of `side`, or both, at work.

    `heel_deg` tips it about the ball, heel up; `forefoot_deg` about the heel, forefoot up.
    """

    side: str = "right"
    standing: bool = False
    heel_deg: float = 0.0
    forefoot_deg: float = 0.0

    def legs(self, body: Body) -> dict[str, Leg]:
        """The goals of both legs by side."""
        resting = super().legs(body)
        return {
            side: self._tipped(body, side, self.working(body, side, leg))
            if self.side in (side, "both")
            else leg
            for side, leg in resting.items()
        }

    def working(self, _body: Body, _side: str, leg: Leg) -> Leg:
        """A planted foot with its toes at work."""
        return leg

    def posture(self, body: Body) -> Posture:
        """The posture of a person who faces +z, the feet beside the origin."""
        if not self.standing:
            return super().posture(body)
        legs = self.legs(body)
        return replace(Stand().posture(body), left_leg=legs["left"], right_leg=legs["right"])

    def _tipped(self, body: Body, side: str, leg: Leg) -> Leg:
        if self.heel_deg:
            leg = heel_lifted(body, side, leg, self.heel_deg)
        if self.forefoot_deg:
            leg = forefoot_lifted(body, side, leg, self.forefoot_deg)
        return leg


def forefoot_lifted(body: Body, side: str, leg: Leg, degrees: float) -> Leg:
    """A planted leg's foot tipped about its heel, the forefoot up."""
    sole = body.vertices[
        (body.vertices[:, 1] < SOLE_BELOW_M) & (sign(side) * body.vertices[:, 0] > 0)
    ]
    ankle = body.joint(f"{side}_ankle")
    heel = vec(ankle[0], 0.0, float(sole[:, 2].min()) + HEEL_ROUND_M)
    pivot = leg.ankle + leg.foot @ (heel - ankle)
    turn = leg.foot @ about(foot_across(body, side), -degrees)
    return replace(leg, ankle=pivot + turn @ (ankle - heel), foot=turn)


MOVEMENTS = (
    Movement(
        "heel-lift",
        FootOnFloor,
        drive="heel_deg",
        rep=Rep(amplitude=25.0, up_s=0.8, hold_s=0.6, down_s=0.8, gap_s=0.7),
        signal="{side}_plantarflexion_deg",
    ),
)
