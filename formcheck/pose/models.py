"""The pose models: where a bundle lies, and whether it is the one that was shipped."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import ModelError
from formcheck.system.files import expanded, is_file

SHA256 = {
    "lite": "7cffd5c844e42426e710333ceda3559da98f88d76111cda5ed5297bcc76a1b4f",
    "full": "baa99b03cc625ee4e55582b21d99b44ae93ba1a7e6490e703c767e7fdeb4d305",
    "heavy": "69c031b977c6895b8ca62c32db6e993d29ad71a4bca44dc1c582012033c1c250",
}
"""Digests of the shipped bundles. Those in the list beside the bundles could be changed with them;
that list is for people and for the build script."""
NAMES = tuple(SHA256)
DEFAULT = "full"


@dataclass(frozen=True)
class ModelBundle:
    """A bundle that was found and checked.

    name: lite, full or heavy, or the file name of the user's own bundle.
    sha256: hexadecimal digest of the file.
    """

    name: str
    path: Path
    sha256: str


def locate(name_or_path: str = DEFAULT, folder: Path | None = None) -> ModelBundle:
    """Find the bundle called lite, full or heavy in `folder`, or the user's own at a path.

    `folder` holds the shipped bundles; without it, those of this installation.
    Raises ModelError when it is missing, or when a shipped one is not what it was. An own bundle
    has no known hash: whatever it is, is recorded.
    """
    if name_or_path in NAMES:
        return _shipped(name_or_path, folder or shipped_folder())
    path = expanded(name_or_path)
    if not is_file(path):
        raise ModelError(f"no model at {path}: give {', '.join(NAMES)} or the path of a .task file")
    return ModelBundle(path.name, path, _sha256(path))


def shipped_folder() -> Path:
    """The folder of the shipped bundles: inside an installed package, else in the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_models"
    return installed if installed.is_dir() else package.parent / "models"


def _shipped(name: str, folder: Path) -> ModelBundle:
    path = folder / f"pose_landmarker_{name}.task"
    remedy = f"build it with: {sys.executable} {folder / 'build.py'} {name}"
    if not path.is_file():
        raise ModelError(f"the {name} model is not here: {remedy}")
    digest = _sha256(path)
    if digest != SHA256[name]:
        raise ModelError(f"the {name} model at {path} is altered or damaged: {remedy}")
    return ModelBundle(name, path, digest)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
