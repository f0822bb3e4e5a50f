"""What a person looks like: skin, hair, clothes and shoes as one coloured mesh.

All detail is baked into the vertices here, once per person, so that a frame costs little.
Regions are drawn on the generic body in decimetres (`c`, origin at the pelvis, see FIGURE),
where everyone's chin, waist and knees are at the same place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samples.studio.body import Body, Points, Triangles
from samples.studio.face import paint_face, scalp
from samples.studio.wardrobe import BOTTOMS, CLOTH_COLOURS, HAIR_COLOURS, SLEEVES, TONES

Values = npt.NDArray[np.float64]  # (n,)

DECIMETRES = 10.0  # per metre
SOLE_M = 0.022
HAIR_ENDS_DM = 5.8  # long hair ends at the shoulders
FACE_FRONT_DM, FRINGE_DM = 0.75, 7.75  # hair hangs behind the one or above the other
SHIRT_LOOSE_M, SHIRT_HEM_LOOSE_M = 0.012, 0.010
SHOE_THICK_M = 0.005
SKIN_GLOSS, CLOTH_GLOSS, SHOE_GLOSS, HAIR_GLOSS, EYE_GLOSS = 0.06, 0.03, 0.1, 0.12, 0.3


@dataclass(frozen=True)
class Look:
    """Names of TONES, HAIR_COLOURS, CLOTH_COLOURS, BOTTOMS and SLEEVES."""

    skin: str = "light"
    hair: str = "brown"
    hair_style: str = "short"  # or "long", "bald"
    top: str = "t-shirt"
    top_colour: str = "blue"
    stripes: bool = False
    bottom: str = "shorts"
    bottom_colour: str = "black"
    shoes: bool = False
    shoe_colour: str = "grey"

    @property
    def sole_m(self) -> float:
        """How much the shoes raise the feet."""
        return SOLE_M if self.shoes else 0.0


@dataclass(frozen=True)
class Mesh:
    """A dressed person at rest, ready for skinning; n vertices, t triangles."""

    points: Points  # (n, 3) metres
    normals: Points  # (n, 3)
    weights: sparse.csr_array  # (n, bones) float32
    triangles: Triangles  # (t, 3)
    colours: Points  # (n, 3) linear
    keep: Values  # (n,): a fragment is drawn where this is positive
    gloss: Values  # (n,)


@dataclass(frozen=True)
class _Part:
    triangles: Triangles
    points: Points
    colours: Points
    keep: Values
    gloss: float


@dataclass(frozen=True)
class _Figure:
    """The generic body in decimetres, and smooth noise on it."""

    c: Points
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(7))

    def noise(self, per_dm: float) -> Values:
        """Value noise (n,) in 0 to 1 with bumps of 1/per_dm decimetres."""
        table = self.rng.random((64, 64, 64))
        x = self.c * per_dm + 300.0
        low = np.floor(x).astype(int)
        f = x - low
        f = f * f * (3 - 2 * f)
        total = np.zeros(len(x))
        for corner in np.ndindex(2, 2, 2):
            i = (low + corner) % 64
            share = np.prod(np.where(corner, f, 1 - f), axis=1)
            total += share * table[i[:, 0], i[:, 1], i[:, 2]]
        return total


def vertex_normals(points: Points, triangles: Triangles) -> Points:
    """Area-weighted unit normals (n, 3)."""
    a, b, c = (points[triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for k in range(3):
        np.add.at(normals, triangles[:, k], faces)
    lengths = np.sqrt((normals**2).sum(axis=1, keepdims=True))
    scaled: Points = normals / np.maximum(lengths, 1e-12)
    return scaled


def _shirt(c: Points, sleeve_dm: float) -> Values:
    """How far (n,) inside the shirt's outline a point is, in decimetres; outside < 0."""
    across = np.abs(c[:, 0])
    along_arm = (across - 1.79) * 0.66 - (c[:, 1] - 5.17) * 0.75
    sleeve = np.maximum(2.1 - across, sleeve_dm - along_arm)
    neckline = np.hypot(c[:, 0] / 0.80, (c[:, 2] - 0.25) / 0.95)
    collar = np.maximum((neckline - 1) / 0.8, 5.4 - c[:, 1])
    inside: Values = np.minimum.reduce([c[:, 1] - 0.35, 6.1 - c[:, 1], sleeve, collar])
    return inside


def _bottom(c: Points, hem_dm: float) -> Values:
    """How far (n,) inside the outline of shorts or trousers, in decimetres."""
    across = np.where(c[:, 1] < -1.5, 3.2, 2.4) - np.abs(c[:, 0])
    inside: Values = np.minimum.reduce([c[:, 1] - hem_dm, 1.7 - c[:, 1], across])
    return inside


def _skin_part(body: Body, figure: _Figure, look: Look, normals: Points) -> _Part:
    c, bottom = figure.c, BOTTOMS[look.bottom]
    hair = np.array(HAIR_COLOURS[look.hair])
    tone = np.array(TONES[look.skin])
    mottle = 0.92 + 0.16 * figure.noise(6.0)
    colours = tone * mottle[:, None]
    flush = np.clip((figure.noise(2.0) - 0.5) * 2, 0, 1)[:, None] * 0.3
    colours = colours * (1 - flush + flush * np.array([1.08, 0.82, 0.78]))
    colours = paint_face(c, colours, tone, hair)
    points = body.vertices
    if look.hair_style != "bald":
        grown, cover = scalp(c, 0.1 * (figure.noise(9.0) - 0.5))
        strands = hair * (0.65 + 0.7 * figure.noise(20.0))[:, None]
        colours = colours * (1 - cover[:, None]) + strands * cover[:, None]
        points = points + normals * grown[:, None]
    # Skin hides well inside a loose garment and only just inside a tight one.
    margin = 0.02 if look.bottom == "leggings" else 0.35
    keep = np.minimum(0.3 - _shirt(c, SLEEVES[look.top]), margin - _bottom(c, bottom.hem_dm))
    if look.shoes:
        keep = np.minimum(keep, c[:, 1] + 7.25)
    return _Part(body.surfaces["skin"], points, colours, keep, SKIN_GLOSS)


def _shirt_part(body: Body, figure: _Figure, look: Look, normals: Points) -> _Part:
    c = figure.c
    loose = SHIRT_LOOSE_M + SHIRT_HEM_LOOSE_M * np.clip((2.5 - c[:, 1]) / 2, 0, 1)
    shade = 0.85 + 0.3 * figure.noise(2.0)
    colours = np.array(CLOTH_COLOURS[look.top_colour]) * shade[:, None]
    if look.stripes:
        stripe = (np.modf(c[:, 1] * 1.4 + 20)[0] > 0.5)[:, None]
        colours = np.where(stripe, 0.4 * colours + 0.45, colours)
    keep = _shirt(c, SLEEVES[look.top])
    points = body.vertices + normals * loose[:, None]
    return _Part(body.surfaces["tights"], points, colours, keep, CLOTH_GLOSS)


def _bottom_part(body: Body, figure: _Figure, look: Look, normals: Points) -> _Part:
    c, cut = figure.c, BOTTOMS[look.bottom]
    down = np.clip((0.2 - c[:, 1]) / (0.2 - cut.hem_dm), 0, 1)
    shade = 0.85 + 0.3 * figure.noise(1.6)
    colours = np.array(CLOTH_COLOURS[look.bottom_colour]) * shade[:, None]
    points = body.vertices + normals * (cut.loose_m + cut.flare_m * down)[:, None]
    keep = _bottom(c, cut.hem_dm)
    return _Part(body.surfaces["tights"], points, colours, keep, CLOTH_GLOSS)


def _shoe_part(body: Body, figure: _Figure, look: Look, normals: Points) -> _Part:
    c = figure.c
    sole = np.clip((0.02 - body.vertices[:, 1]) / 0.02, 0, 1)
    points = body.vertices + normals * SHOE_THICK_M
    points = points - np.outer(sole * SOLE_M, [0.0, 1.0, 0.0])
    upper = np.array(CLOTH_COLOURS[look.shoe_colour])
    colours = np.where((sole > 0.6)[:, None], 0.8, upper)
    return _Part(body.surfaces["tights"], points, colours, -7.05 - c[:, 1], SHOE_GLOSS)


def _eye_part(body: Body, c: Points) -> _Part:
    off_centre = np.hypot(np.abs(c[:, 0]) - 0.31, c[:, 1] - 7.285)
    front = c[:, 2] > 1.2
    colours = np.tile([0.85, 0.83, 0.80], (len(c), 1))
    colours[front & (off_centre < 0.075)] = (0.10, 0.06, 0.04)
    return _Part(body.surfaces["eyes"], body.vertices, colours, np.ones(len(c)), EYE_GLOSS)


def _hair_part(body: Body, figure: _Figure, look: Look) -> _Part:
    strands = (0.6 + 0.8 * figure.noise(12.0))[:, None]
    colours = np.array(HAIR_COLOURS[look.hair]) * strands
    c = figure.c
    keep = np.maximum(FACE_FRONT_DM - c[:, 2], c[:, 1] - FRINGE_DM)  # parted off the face
    keep = np.minimum(keep, c[:, 1] - HAIR_ENDS_DM)
    return _Part(body.surfaces["hair"], body.vertices, colours, keep, HAIR_GLOSS)


def dress(body: Body, look: Look) -> Mesh:
    """Dress a body: one mesh of all its parts, hidden triangles dropped."""
    figure = _Figure(body.generic * DECIMETRES)
    skin = vertex_normals(body.vertices, body.surfaces["skin"])
    tights = vertex_normals(body.vertices, body.surfaces["tights"])
    parts = [
        _skin_part(body, figure, look, skin),
        _eye_part(body, figure.c),
        _shirt_part(body, figure, look, tights),
        _bottom_part(body, figure, look, tights),
    ]
    if look.shoes:
        parts.append(_shoe_part(body, figure, look, tights))
    if look.hair_style == "long":
        parts.append(_hair_part(body, figure, look))
    return _joined(parts, body.weights.astype(np.float32))


def _joined(parts: list[_Part], weights: sparse.csr_array) -> Mesh:
    """One mesh of all parts, each reduced to the triangles that can be seen."""
    pieces, triangles, count = [], [], 0
    for part in parts:
        seen = part.triangles[(part.keep[part.triangles] > 0).any(axis=1)]
        used, index = np.unique(seen, return_inverse=True)
        local = index.reshape(-1, 3)
        points = part.points[used]
        pieces.append((
            points, vertex_normals(points, local), weights[used], part.colours[used],
            part.keep[used], np.full(len(used), part.gloss),
        ))  # fmt: skip
        triangles.append(local + count)
        count += len(used)
    points, normals, weight, colours, keep, gloss = zip(*pieces, strict=True)
    return Mesh(
        np.concatenate(points).astype(np.float32),
        np.concatenate(normals).astype(np.float32),
        sparse.vstack(weight, format="csr"),
        np.concatenate(triangles),
        np.clip(np.concatenate(colours), 0, 1),
        np.concatenate(keep),
        np.concatenate(gloss),
    )
