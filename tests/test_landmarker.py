"""The real models on a picture of a person (rendered by the studio) whose places are known by eye.

data/person.jpg: 320 x 480 pixels, a man from his left side, facing left. The places below were read
off the picture by hand.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.errors import ModelError
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import ModelBundle, locate
from formcheck.pose.pose import Pose
from formcheck.pose.source import FakeLandmarker, PoseSource
from formcheck.video.picture import Image

REPO = Path(__file__).parent.parent
PICTURE = REPO / "tests" / "data" / "person.jpg"
PLACES = {
    "nose": (127, 89),
    "left_shoulder": (159, 121),
    "left_wrist": (146, 239),
    "left_knee": (162, 312),
    "left_heel": (175, 421),
    "left_foot_index": (128, 422),
}
"""Pixels. The model puts a joint a few pixels off its place, so they are compared with a margin."""
MARGIN_PX = 10


def person() -> Image:
    picture = cv2.imread(str(PICTURE))
    assert picture is not None
    return np.ascontiguousarray(picture[..., ::-1], np.uint8)


def side_by_side(left: Image, right: Image) -> Image:
    return np.hstack([left, right])


@pytest.fixture(scope="module")
def picture() -> Image:
    return person()


@pytest.fixture(scope="module")
def wall(picture: Image) -> Image:
    return np.full_like(picture, 190)


@pytest.fixture
def landmarker() -> Iterator[Landmarker]:
    with Landmarker(locate("lite")) as landmarker:
        yield landmarker


def seen(pose: Pose | None) -> Pose:
    assert pose is not None
    return pose


@pytest.mark.parametrize("name", ["lite", "full"])
def test_landmarks_lie_where_the_eye_sees_them(name: str, picture: Image) -> None:
    with Landmarker(locate(name)) as landmarker:
        pose = seen(landmarker.detect(picture, 1.25))
    assert (pose.t_s, pose.size) == (1.25, (320, 480))
    for place, pixels in PLACES.items():
        np.testing.assert_allclose(pose.xy(place), pixels, atol=MARGIN_PX, err_msg=place)
        assert pose.visibility(place) > 0.5
    assert pose.visibility("right_knee") < pose.visibility("left_knee")


def test_world_landmarks_are_metres_with_y_down(landmarker: Landmarker, picture: Image) -> None:
    pose = seen(landmarker.detect(picture, 0))
    drop_m = pose.xyz_m("left_ankle")[1] - pose.xyz_m("left_shoulder")[1]
    assert 1.0 < drop_m < 1.5  # shoulder to ankle of a grown man
    hips_m = (pose.xyz_m("left_hip") + pose.xyz_m("right_hip")) / 2
    np.testing.assert_allclose(hips_m, 0, atol=0.01)


def test_scaled_picture_gives_pixels_of_the_source(picture: Image) -> None:
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8)
    with Landmarker(locate("lite"), size=(320, 480)) as landmarker:
        pose = seen(landmarker.detect(half, 0))
    assert pose.size == (320, 480)
    for place, pixels in PLACES.items():
        np.testing.assert_allclose(pose.xy(place), pixels, atol=MARGIN_PX, err_msg=place)


def test_depth_is_in_pixels_whatever_the_width_of_the_picture(
    landmarker: Landmarker, picture: Image, wall: Image
) -> None:
    narrow = seen(landmarker.detect(picture, 0))
    landmarker.restart()
    wide = seen(landmarker.detect(side_by_side(picture, wall), 0))
    # Twice as wide a picture: a z left as a share of it would come out halved or doubled.
    assert np.ptp(narrow.image[:, 2]) == pytest.approx(np.ptp(wide.image[:, 2]), rel=0.25)


def test_nobody_is_none(landmarker: Landmarker, wall: Image) -> None:
    assert landmarker.detect(wall, 0) is None
    assert landmarker.scout(wall, 0) == []


def test_equal_and_backward_times_are_taken(landmarker: Landmarker, picture: Image) -> None:
    times = [0.5, 0.5, 0.5001, 0.2, 0.6, 1e-9]
    assert [seen(landmarker.detect(picture, t_s)).t_s for t_s in times] == times


def test_negative_time_is_taken(landmarker: Landmarker, picture: Image) -> None:
    assert seen(landmarker.detect(picture, -0.04)).t_s == -0.04


def test_picture_need_not_be_contiguous(landmarker: Landmarker, picture: Image) -> None:
    mirrored = seen(landmarker.detect(picture[:, ::-1], 0))
    assert mirrored.xy("nose")[0] == pytest.approx(320 - PLACES["nose"][0], abs=MARGIN_PX)


def test_restart_lets_go_of_the_followed_body(
    landmarker: Landmarker, picture: Image, wall: Image
) -> None:
    both = side_by_side(picture, picture)
    seen(landmarker.detect(side_by_side(picture, wall), 0.0))
    assert seen(landmarker.detect(both, 0.1)).xy("nose")[0] < 320  # keeps to the left one
    # The followed one is gone: the tracker spends a picture on finding that out ...
    assert landmarker.detect(side_by_side(wall, picture), 0.2) is None
    landmarker.restart()
    seen(landmarker.detect(side_by_side(picture, wall), 0.0))
    landmarker.restart()
    # ... unless it starts afresh.
    assert seen(landmarker.detect(side_by_side(wall, picture), 0.1)).xy("nose")[0] > 320


def test_scout_finds_everybody(landmarker: Landmarker, picture: Image) -> None:
    bodies = landmarker.scout(side_by_side(picture, picture), 2.5)
    noses = sorted(float(body.xy("nose")[0]) for body in bodies)
    expected = [PLACES["nose"][0], 320 + PLACES["nose"][0]]
    assert noses == pytest.approx(expected, abs=MARGIN_PX)
    assert {body.t_s for body in bodies} == {2.5}


def test_file_that_is_no_model_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "own.task"
    path.write_bytes(b"no model")
    with pytest.raises(ModelError) as raised:
        Landmarker(ModelBundle("own.task", path, ""))
    assert str(raised.value) == f"{path} is not a pose model that MediaPipe can load"


def test_missing_system_library_points_to_the_doctor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mediapipe.tasks.python", None)  # what `import` then refuses
    with pytest.raises(ModelError, match=r"^MediaPipe cannot start \(.+\): run formcheck doctor$"):
        Landmarker(locate("lite"))


def run(script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, cwd=REPO, capture_output=True, text=True, check=True)


def test_nothing_is_written_on_the_terminal() -> None:
    done = run(
        "from formcheck.pose.models import locate\n"
        "from formcheck.pose.landmarker import Landmarker\n"
        "from tests.test_landmarker import person\n"
        "with Landmarker(locate('lite')) as landmarker:\n"
        "    landmarker.detect(person() * 0, 0)\n"
        "    landmarker.detect(person(), 0.1)\n"
        "    landmarker.restart()\n"
        "    print(len(landmarker.scout(person(), 0)), landmarker.detect(person(), 0) is None)\n"
    )
    assert (done.stdout, done.stderr) == ("1 False\n", "")


def test_import_leaves_mediapipe_alone() -> None:
    done = run(
        "import sys\n"
        "import formcheck, formcheck.pose.landmarker, formcheck.pose.source\n"
        "print('mediapipe' in sys.modules)\n"
    )
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_only_the_landmarker_imports_mediapipe() -> None:
    importers = set()
    for path in (REPO / "formcheck").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.partition(".")[0] == "mediapipe" for name in names):
                importers.add(path.name)
    assert importers == {"landmarker.py"}


def test_fake_plays_back_what_it_was_given() -> None:
    pose = Pose(0.0, np.zeros((33, 4)), np.zeros((33, 3)), (640, 480))
    with FakeLandmarker([pose, None, pose], bodies=[pose, pose]) as fake:
        source: PoseSource = fake
        blank = np.zeros((480, 640, 3), np.uint8)
        poses = [source.detect(blank, t_s) for t_s in (1.0, 2.0, 3.0, 4.0)]
        assert [pose and pose.t_s for pose in poses] == [1.0, None, 3.0, None]
        assert [body.t_s for body in source.scout(blank, 5.0)] == [5.0, 5.0]
        source.restart()
        assert fake.restarts == 1


def test_real_one_is_a_pose_source(landmarker: Landmarker) -> None:
    source: PoseSource = landmarker  # checked by mypy
    assert source is landmarker
