"""Calf stretch (gastrocnemius): hands on the wall, one leg back, its knee straight, lean in."""

from formcheck.exercises.card import HoldFault
from formcheck.exercises.postures.wall_stretch import straight, wall_stretch

CARD = wall_stretch(
    name="calf-stretch",
    title="Calf stretch",
    how="Palms on the wall, one leg back with its knee straight and its heel down. Lean in until "
    "the calf pulls, and hold.",
    typical=straight,
    knee=HoldFault(
        "knee_bend",
        "back_knee_deg",
        above=20.0,
        cue="Straighten your back knee",
        message="the back knee was bent: that is the soleus stretch. Straighten it to "
        "stretch the calf.",
        source="measured: see samples (a straight knee reads 0-6 degrees)",
        not_graded="Bending of the knee shows only from the side.",
        joints=("left_knee", "right_knee"),
    ),
)
