"""Toe stretch: seated, one foot crossed over the other knee, a hand pulls its toes back."""

from formcheck.crossed_legs import (
    crossed,
    crossed_leg,
    foot_off_knee,
    hand_at_toes,
    hands_down_shank,
    hands_right_shank,
    seated_scale,
)
from formcheck.diagrams import SEATED
from formcheck.exercise import ALL_VIEWS, SHORT_HOLD, Exercise, HoldFault, Holds, Norm

FOOT_OFF_KNEE = HoldFault(
    "foot_off_knee",
    "foot_off_knee",
    above=0.6,
    cue="Lay your foot on the other knee",
    message="the foot slid off the other knee. Let it lie there, so that the toes can be pulled.",
    source="measured: see samples (on the knee 0.0-0.4, slid off 0.7 and more)",
    views=ALL_VIEWS,
    joints=("left_ankle", "right_ankle"),
)
HAND_OFF_TOES = HoldFault(
    "hand_off_toes",
    "hand_at_toes",
    below=0.5,
    confirmed_by="foot_off_knee",
    cue="Put your hand back on your toes",
    message="the hand left the toes. Keep pulling them back until the time is up.",
    source="measured: see samples (at the toes 1.0, on the thighs 0-0.7)",
    views=ALL_VIEWS,
    joints=("left_wrist", "right_wrist"),
)

CARD = Exercise(
    name="toe-stretch",
    title="Toe stretch",
    setup="Sit on a chair with the camera, at seat to chest height, two to three metres before "
    "you and a little to the side, so that it sees you from head to toe.",
    diagram=SEATED,
    how="Lay one ankle on the other knee, take hold of the toes and pull them back towards the "
    "shin until the sole pulls. Hold for ten seconds, ten times.",
    needs=("shoulder", "hip", "knee", "ankle", "wrist"),
    scale_of=seated_scale,
    posture=crossed,
    side_of=crossed_leg,
    signals={
        "hand_at_toes": hand_at_toes,
        "foot_off_knee": foot_off_knee,
        "hands_right_shank": hands_right_shank,
        "hands_down_shank": hands_down_shank,
    },
    counts=Holds(
        driver="hand_at_toes",
        enter=0.6,
        rise=0.25,
        surely=0.9,
        target_s=10.0,
        source="DiGiovanni: 10 x 10 s, three times a day; levels measured: see samples",
        measures={},
        faults=(FOOT_OFF_KNEE, HAND_OFF_TOES),
        messages={SHORT_HOLD: "Stay until the time is up."},
        place=("hands_right_shank", "hands_down_shank"),
        comes=0.2,  # measured: to the toes 0.24-0.9, hands that stay in the lap 0.05-0.15
        leave_s=3.0,
    ),
    never_graded=(
        "A hand that lies on the lap right behind the foot, as the camera sees it, looks like one "
        "at the toes; a camera further to the side tells them apart.",
        "How far the toes bend is not graded: a hand hides them, and one camera shows one point "
        "of each foot.",
        "Whether the hand pulls or only rests on the foot cannot be seen.",
    ),
    norms=(
        Norm("held_s", "10 x 10 s, three times a day", "DiGiovanni"),
        Norm("held_s", "15-30 s, 2-4 times", "Kaiser Permanente"),
    ),
)
