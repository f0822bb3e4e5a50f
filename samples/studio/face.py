"""Where the features of the face are, on the generic body in decimetres (x left, z forward)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from samples.studio.body import Points

Values = npt.NDArray[np.float64]  # (n,)

MOUTH_Y, EYE_Y, EYE_X, BROW_Y = 6.64, 7.285, 0.31, 7.545
HEAD_FROM_Y = 6.2
HAIR_THICK_M = 0.018


def _fall(values: Values, full: float, none: float) -> Values:
    """1 where `values` reaches `full`, 0 where it reaches `none`, smooth between."""
    u = np.clip((values - none) / (full - none), 0, 1)
    return u * u * (3 - 2 * u)


def paint_face(c: Points, colours: Points, tone: Points, hair: Points) -> Points:
    """Colours (n, 3) with lips, cheeks, brows and eye sockets painted on."""
    across, y, z = np.abs(c[:, 0]), c[:, 1], c[:, 2]
    front = z > 0.9
    lips = _fall(np.hypot(across / 0.25, (y - MOUTH_Y) / 0.075), 0.75, 1.0) * (z > 1.35) * 0.8
    seam = _fall(np.abs(y - MOUTH_Y), 0.006, 0.018) * (across < 0.24) * (z > 1.35) * 0.7
    cheeks = _fall(np.hypot(across - 0.42, y - 6.95), 0.0, 0.35) * front * 0.5
    sockets = (
        _fall(np.abs(y - EYE_Y), 0.05, 0.09) * _fall(np.abs(across - EYE_X), 0.15, 0.3) * front
    )
    arch = BROW_Y - 0.35 * (across - 0.30) ** 2
    brows = _fall(np.abs(y - arch), 0.03, 0.06) * (across > 0.1) * (across < 0.58) * front * 0.9
    layers = (
        (lips, np.array([0.62, 0.27, 0.25]) * (0.5 + 0.6 * tone)),
        (seam, colours * 0.45),
        (cheeks, colours * np.array([1.08, 0.82, 0.80])),
        (sockets * 0.5, colours * 0.7),
        (brows, hair * 1.1),
    )
    for cover, paint in layers:
        share = (cover * (y > HEAD_FROM_Y))[:, None]
        colours = colours * (1 - share) + paint * share
    return colours


def scalp(c: Points, raggedness: Values) -> tuple[Values, Values]:
    """Short hair: how far (n,) it stands off the skin in metres and how much it covers."""
    across, y, z = np.abs(c[:, 0]), c[:, 1], c[:, 2]
    above = y - (7.02 + 0.62 * (z + 0.4))  # the hairline falls towards the neck
    ears = (across > 0.68) & (z < 0.75) & (z > -0.05) & (y < 7.62)
    head = (y > HEAD_FROM_Y) & (across < 1.2) & ~ears
    thickness = np.clip(above * 0.035, 0, HAIR_THICK_M) * head
    return thickness, _fall(above + raggedness, 0.05, -0.03) * head
