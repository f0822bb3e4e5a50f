"""Soleus stretch: hands on the wall, one leg back, its knee bent, lean in."""

from formcheck.exercises.card import HoldFault
from formcheck.exercises.postures.wall_stretch import bent, wall_stretch

CARD = wall_stretch(
    name="soleus-stretch",
    title="Soleus stretch",
    how="Palms on the wall, one leg back with its knee bent and its heel down. Lean in until "
    "the lower calf pulls, and hold.",
    typical=bent,
    knee=HoldFault(
        "knee_straight",
        "back_knee_deg",
        below=15.0,
        cue="Bend your back knee",
        message="the back knee was straight: that is the calf stretch. Bend it to reach "
        "the soleus.",
        source="measured: see samples (a straight knee reads 0-6 degrees)",
        not_graded="Bending of the knee shows only from the side.",
        joints=("left_knee", "right_knee"),
    ),
)
