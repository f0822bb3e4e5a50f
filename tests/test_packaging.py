"""What `pip install .` installs works away from the checkout."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

REPO = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(REPO)).build(directory=str(folder))))


@pytest.mark.parametrize("name", ["lite", "full"])
def test_wheel_carries_the_models(wheel: Path, name: str) -> None:
    file = f"pose_landmarker_{name}.task"
    with zipfile.ZipFile(wheel) as archive:
        carried = hashlib.sha256(archive.read(f"formcheck/_models/{file}")).hexdigest()
        sums = archive.read("formcheck/_models/SHA256SUMS").decode()
    assert f"{carried}  {file}" in sums.splitlines()
    assert carried == hashlib.sha256((REPO / "models" / file).read_bytes()).hexdigest()


def test_wheel_carries_the_whole_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    ours = {
        path.relative_to(REPO).as_posix()
        for path in (REPO / "formcheck").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    models = {name for name in names if name.startswith("formcheck/_models/")}
    about = {name for name in names if ".dist-info/" in name}
    assert names - models - about == ours
    assert models == {
        "formcheck/_models/SHA256SUMS",
        "formcheck/_models/build.py",
        "formcheck/_models/pose_landmarker_full.task",
        "formcheck/_models/pose_landmarker_lite.task",
    }
    licences = {name.rpartition("/licenses/")[2] for name in about if "/licenses/" in name}
    assert licences == {"LICENSE", "NOTICE", "models/LICENSE-APACHE-2.0"}


def test_unpacked_wheel_finds_its_own_models(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    script = "from formcheck.pose.models import locate; print(locate('full').path)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    expected = tmp_path / "formcheck" / "_models" / "pose_landmarker_full.task"
    assert Path(done.stdout.strip()).samefile(expected)
