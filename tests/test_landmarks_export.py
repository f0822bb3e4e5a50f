"""Landmark files: what went in comes out, in the units of each kind."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from formcheck.errors import InputError, OutputError
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.report.landmarks import COLUMNS, LandmarkFormat, Landmarks, kinds_of
from formcheck.report.trc import marker_names
from formcheck.results import Snapshot, Status
from tests.stick import Camera, rise_shank, standing

HEELS_DEG = (0.0, 10.0, 30.0, 0.0)
STEP_S = 1 / 30


def poses() -> list[Pose | None]:
    seen: list[Pose | None] = [
        Camera(azimuth_deg=90).see(standing(heel_deg=heel), i * STEP_S)
        for i, heel in enumerate(HEELS_DEG)
    ]
    return [*seen, None]


def written(folder: Path, *names: str) -> list[Pose | None]:
    landmarks, seen = Landmarks(kinds_of(names)), poses()
    for i, pose in enumerate(seen):
        landmarks.update(Snapshot(i * STEP_S, Status.READY, 0, pose))
    landmarks.write(folder)
    return seen


def test_csv_has_every_landmark_in_pixels_and_metres(tmp_path: Path) -> None:
    seen = written(tmp_path, "csv")
    with (tmp_path / "landmarks.csv").open(newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head == ["t_s", *COLUMNS]
    assert len(rows) == len(seen)
    for row, pose in zip(rows[:-1], seen[:-1], strict=True):
        told = dict(zip(head, row, strict=True))
        assert pose is not None
        assert float(told["t_s"]) == pytest.approx(pose.t_s, abs=1e-4)
        assert float(told["left_heel_x_px"]) == pytest.approx(pose.xy("left_heel")[0], abs=0.01)
        assert float(told["left_heel_y_m"]) == pytest.approx(pose.xyz_m("left_heel")[1], abs=1e-4)
        visibility = pose.visibility("right_knee")
        assert float(told["right_knee_visibility"]) == pytest.approx(visibility, abs=1e-3)
    assert set(rows[-1][1:]) == {""}


def test_parquet_has_the_same_columns(tmp_path: Path) -> None:
    seen = written(tmp_path, "parquet")
    table = parquet.read_table(tmp_path / "landmarks.parquet").to_pydict()
    assert list(table) == ["t_s", *COLUMNS]
    assert seen[2] is not None
    assert table["nose_y_px"][2] == pytest.approx(seen[2].xy("nose")[1], rel=1e-6)
    assert np.isnan(table["nose_y_px"][-1])


def read_trc(path: Path) -> tuple[list[list[str]], np.ndarray]:
    lines = path.read_text().split("\n")
    rows = [[float(v) for v in line.split("\t")] for line in lines[6:] if line]
    return [line.split("\t") for line in lines[:6]], np.array(rows)


def test_trc_is_what_opensim_reads(tmp_path: Path) -> None:
    seen = written(tmp_path, "trc")
    head, rows = read_trc(tmp_path / "landmarks.trc")
    assert head[0] == ["PathFileType", "4", "(X/Y/Z)", "landmarks.trc"]
    told = dict(zip(head[1], head[2], strict=True))
    assert float(told["DataRate"]) == pytest.approx(30, abs=0.01)
    assert (told["NumFrames"], told["NumMarkers"], told["Units"]) == ("5", "33", "m")
    names = head[3][2::3]
    assert [name for name in names if name] == list(marker_names())
    assert head[4][2:5] == ["X1", "Y1", "Z1"]
    assert head[5] == [""]
    assert rows.shape == (len(seen), 2 + 3 * 33)
    assert list(rows[:, 0]) == [1, 2, 3, 4, 5]
    assert np.isnan(rows[-1, 2:]).all()


def test_trc_stands_on_the_floor_and_rises_with_the_heels(tmp_path: Path) -> None:
    seen = written(tmp_path, "trc")
    _, rows = read_trc(tmp_path / "landmarks.trc")
    places = rows[:-1, 2:].reshape(-1, 33, 3)
    toes, ankle, head = (LANDMARKS.index(n) for n in ("left_foot_index", "left_ankle", "nose"))
    assert np.abs(places[:, toes, 1]).max() < 0.01
    first = seen[0]
    assert first is not None
    shank_m = np.linalg.norm(first.xyz_m("left_knee") - first.xyz_m("left_ankle"))
    risen = places[:, ankle, 1] - places[0, ankle, 1]
    assert risen == pytest.approx([rise_shank(d) * shank_m for d in HEELS_DEG], abs=0.01)
    assert (places[:, head, 1] > 1.4).all()


def test_marker_names_are_those_of_pose2sim() -> None:
    assert set(marker_names()) >= {
        "Nose",
        "LHip",
        "RKnee",
        "LAnkle",
        "RHeel",
        "LBigToe",
        "LEyeInner",
    }
    assert len(set(marker_names())) == 33


def test_nobody_at_all_still_gives_files(tmp_path: Path) -> None:
    landmarks = Landmarks(tuple(LandmarkFormat))
    landmarks.update(Snapshot(0.0, Status.NOT_SEEN, 0))
    landmarks.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        f"landmarks.{kind}" for kind in LandmarkFormat
    }


def test_an_unknown_kind_gets_a_line() -> None:
    with pytest.raises(InputError, match="'c3d': give one of csv, parquet, trc"):
        kinds_of(["csv", "c3d"])


def test_parquet_without_pyarrow_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(InputError, match=r"pip install 'formcheck\[parquet\]'"):
        Landmarks([LandmarkFormat.PARQUET])
    Landmarks([LandmarkFormat.CSV])


@pytest.mark.parametrize("kind", LandmarkFormat)
def test_a_folder_that_is_not_there_gets_a_line(tmp_path: Path, kind: LandmarkFormat) -> None:
    with pytest.raises(OutputError):
        written(tmp_path / "nowhere", kind)
