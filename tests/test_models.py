"""The bundles that are shipped, and how they are found and checked."""

import hashlib
import importlib.util
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from formcheck.errors import ModelError
from formcheck.pose import models as bundles

REPO = Path(__file__).parent.parent
SUMS = (REPO / "models" / "SHA256SUMS").read_text()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def copy_of_models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    for name in ("SHA256SUMS", "pose_landmarker_lite.task"):
        shutil.copy(REPO / "models" / name, folder)
    return folder


@pytest.mark.parametrize("name", ["lite", "full"])
def test_shipped_bundle_is_the_one_in_the_list(name: str) -> None:
    model = bundles.locate(name)
    digest = sha256(REPO / "models" / f"pose_landmarker_{name}.task")
    assert (model.name, model.sha256) == (name, digest)
    assert f"{digest}  pose_landmarker_{name}.task\n" in SUMS


@pytest.mark.parametrize("name", bundles.NAMES)
def test_every_bundle_has_one_line_in_the_list(name: str) -> None:
    assert SUMS.count(f"  pose_landmarker_{name}.task\n") == 1


@pytest.mark.parametrize("name", ["lite", "full"])
def test_parts_are_stored_and_aligned_so_that_mediapipe_can_map_them(name: str) -> None:
    path = bundles.locate(name).path
    content = path.read_bytes()
    with zipfile.ZipFile(path) as bundle:
        entries = bundle.infolist()
    assert [e.filename for e in entries] == [
        "pose_detector.tflite",
        "pose_landmarks_detector.tflite",
    ]
    for entry in entries:
        assert entry.compress_type == zipfile.ZIP_STORED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        start = entry.header_offset + 30 + len(entry.filename)
        assert start % 4 == 0
        assert content[start + 4 : start + 8] == b"TFL3"


def test_altered_bundle_is_refused_in_one_line(tmp_path: Path) -> None:
    folder = copy_of_models(tmp_path)
    path = folder / "pose_landmarker_lite.task"
    assert bundles.locate("lite", folder).sha256 == sha256(path)
    content = bytearray(path.read_bytes())
    content[1_000_000] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"altered or damaged: build it with: .*build\.py lite$"):
        bundles.locate("lite", folder)


def test_missing_heavy_says_how_to_build_it(tmp_path: Path) -> None:
    folder = copy_of_models(tmp_path)
    with pytest.raises(ModelError, match=r"not here: build it with: .*build\.py heavy$"):
        bundles.locate("heavy", folder)


def test_a_list_that_was_changed_with_the_bundle_convinces_nobody(tmp_path: Path) -> None:
    folder = copy_of_models(tmp_path)
    path = folder / "pose_landmarker_lite.task"
    path.write_bytes(path.read_bytes() + b"x")
    (folder / "SHA256SUMS").write_text(f"{sha256(path)}  {path.name}\n")
    with pytest.raises(ModelError, match="altered or damaged"):
        bundles.locate("lite", folder)


def test_the_list_says_what_the_code_says() -> None:
    lines = {line.split()[1]: line.split()[0] for line in SUMS.splitlines()}
    assert lines == {f"pose_landmarker_{n}.task": digest for n, digest in bundles.SHA256.items()}


def test_own_bundle_is_taken_and_its_hash_recorded(tmp_path: Path) -> None:
    own = tmp_path / "own.task"
    own.write_bytes(b"anything")
    assert bundles.locate(str(own)) == bundles.ModelBundle("own.task", own, sha256(own))


def test_own_bundle_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model at .*nothing\.task: give lite, full, heavy"):
        bundles.locate(str(tmp_path / "nothing.task"))


def test_list_can_be_checked_by_sha256sum() -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("sha256sum comes with GNU coreutils, which this system lacks")
    command = [tool, "--check", "--ignore-missing", "--strict", "SHA256SUMS"]
    subprocess.run(command, cwd=REPO / "models", check=True, capture_output=True)


@pytest.mark.parametrize("name", ["lite", "full"])
def test_build_script_packs_the_same_bytes(name: str, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("build", REPO / "models" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    shipped = bundles.locate(name)
    with zipfile.ZipFile(shipped.path) as bundle:
        detector, landmarks = (bundle.read(entry) for entry in bundle.infolist())
    build.write_bundle(tmp_path / "again.task", detector, landmarks)
    assert sha256(tmp_path / "again.task") == shipped.sha256
