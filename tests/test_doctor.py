"""The doctor sees what is missing, says how to get it, and never breaks on it."""

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.cli import doctor
from formcheck.cli.doctor import Check
from formcheck.pose import models as bundles
from formcheck.system.libraries import not_loadable
from formcheck.system.packages import without_wheels
from tests.live.desktop import desktop

REPO = Path(__file__).parent.parent
FAULTLESS = (Check("Python", True, "3.11"), Check("camera", False, "none", "buy one", False))


def printed(monkeypatch: pytest.MonkeyPatch, checks: tuple[Check, ...]) -> tuple[int, list[str]]:
    monkeypatch.setattr(doctor, "examine", lambda _camera: checks)
    out = io.StringIO()
    status = doctor.main(console=Console(file=out, width=40))
    return status, out.getvalue().splitlines()


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_this_machine_has_all_that_is_required() -> None:
    checks = doctor.examine()
    missing = [check for check in checks if check.required and not check.ok]
    assert missing == []
    names = [check.name for check in checks]
    expected = {"Python", "model lite", "model full", "model heavy", "MediaPipe", "H.264 encoder"}
    assert expected | {"camera", "voice", "screen"} <= set(names)
    assert len(names) == len(set(names))


@pytest.fixture
def all_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried in a process of its own: each takes seconds to load its libraries."""
    monkeypatch.setattr(doctor, "_probe", lambda _code: "True")


@pytest.mark.usefixtures("all_answers")
@pytest.mark.parametrize(
    ("found", "ok", "detail"),
    [
        ({"opencv-python": "5.0.0", "opencv-contrib-python": "5.0.0"}, True, "5.0.0"),
        (
            {"opencv-python": "5.1.0", "opencv-contrib-python": "5.0.0"},
            False,
            "opencv-python 5.1.0 over opencv-contrib-python 5.0.0",
        ),
        ({}, False, "not installed"),
    ],
)
def test_two_builds_of_opencv_in_one_folder_are_told(
    monkeypatch: pytest.MonkeyPatch, found: dict[str, str], ok: bool, detail: str
) -> None:
    monkeypatch.setattr(doctor, "versions", lambda _packages: found)
    check = by_name(doctor.examine())["OpenCV"]
    assert (check.ok, check.detail) == (ok, detail)
    if "opencv-python" in found:
        assert check.remedy.endswith("opencv-python==5.0.0 opencv-contrib-python==5.0.0") or ok


@pytest.mark.parametrize(
    ("system", "machine", "wheel", "lacks"),
    [
        ("Darwin", "x86_64", "macosx-14-universal2", "Intel Mac: MediaPipe"),
        ("Darwin", "arm64", "macosx-14-universal2", None),
        ("Windows", "ARM64", "win-arm64", "Windows on ARM: OpenCV"),
        ("Windows", "AMD64", "win-amd64", None),
        ("Linux", "aarch64", "linux-aarch64", None),
    ],
)
def test_machines_for_which_there_are_no_wheels_are_named(
    monkeypatch: pytest.MonkeyPatch, system: str, machine: str, wheel: str, lacks: str | None
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    monkeypatch.setattr("sysconfig.get_platform", lambda: wheel)
    reason = without_wheels()
    assert reason is None if lacks is None else str(reason).startswith(lacks)


def test_what_is_optional_does_not_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    status, lines = printed(monkeypatch, FAULTLESS)
    assert status == 0
    assert lines[0].split() == ["ok", "Python", "3.11"]
    assert lines[1].split() == ["optional", "camera", "none"]
    assert lines[2].strip() == "get it: buy one"


def test_what_is_required_fails_and_long_commands_stay_on_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = "apt-get install libgles2 and [many] others besides, one after the other"
    checks = (*FAULTLESS, Check("libgles2", False, "cannot be loaded", command))
    status, lines = printed(monkeypatch, checks)
    assert status == 2
    assert lines[-2].split()[:2] == ["missing", "libgles2"]
    assert lines[-1] == f"         get it: {command}"


@pytest.mark.usefixtures("all_answers")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux needs these system libraries")
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = {"libnone1": ("libc.so.6", "libnone.so.1")}
    monkeypatch.setattr(doctor, "PACKAGES", libraries)
    monkeypatch.setattr(doctor, "not_loadable", lambda: not_loadable(libraries))
    check = by_name(doctor.examine())["libnone1"]
    assert not check.ok
    assert check.required
    assert check.detail == "libnone.so.1 cannot be loaded"
    assert check.remedy == "apt-get install libnone1"


@pytest.mark.usefixtures("all_answers")
def test_missing_models_are_told_from_optional_ones(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sums = (REPO / "models" / "SHA256SUMS").read_text()
    (tmp_path / "SHA256SUMS").write_text(sums)
    (tmp_path / "pose_landmarker_full.task").write_bytes(b"altered")
    monkeypatch.setattr(bundles, "shipped_folder", lambda: tmp_path)
    checks = by_name(doctor.examine())
    for name, required, detail in [
        ("lite", True, "not here"),
        ("full", True, "altered or damaged"),
        ("heavy", False, "not here"),
    ]:
        check = checks[f"model {name}"]
        assert (check.ok, check.required) == (False, required)
        assert check.detail.endswith(detail)
        assert check.remedy == f"build it with: {sys.executable} {tmp_path / 'build.py'} {name}"


@pytest.mark.skipif(sys.platform != "linux", reason="DISPLAY names the screen on Linux only")
@pytest.mark.parametrize("display", ["", ":771", "nonsense"])
def test_a_display_that_is_not_there_is_no_screen(
    monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not doctor._screen().ok


@pytest.mark.skipif(sys.platform != "linux", reason="DISPLAY names the screen on Linux only")
def test_a_display_that_answers_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with desktop(tmp_path) as screen:
        monkeypatch.setenv("DISPLAY", screen.display)
        assert doctor._screen().ok


def test_nothing_is_imported_from_the_folder_in_which_the_user_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("cv2", "pyttsx3", "av", "mediapipe", "numpy", "formcheck"):
        (tmp_path / f"{name}.py").write_text("open('was_here', 'w').close()")
    monkeypatch.chdir(tmp_path)
    doctor.examine()
    for arguments in (["-m", "formcheck", "--version"], ["-m", "formcheck", "doctor"]):
        environment = {**os.environ, "PYTHONPATH": str(REPO)}
        (tmp_path / "formcheck.py").unlink(missing_ok=True)  # this one would hide the program
        subprocess.run([sys.executable, *arguments], env=environment, check=False, timeout=60)
    assert not (tmp_path / "was_here").exists()


HANGS_S = 120


@pytest.mark.parametrize(
    "probe",
    [
        f"import time; time.sleep({HANGS_S})",
        "import os; os.abort()",
        "raise OSError('no such device')",
        "import sys; sys.stderr.write('True')",
        "print(False)",
        "print('True'); print(False)",
    ],
    ids=["hangs", "crashes", "raises", "complains", "says no", "changes its mind"],
)
def test_a_probe_that_goes_wrong_is_a_no_and_takes_no_time(
    probe: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "PROBE_S", 1.0)
    for name in ("MEDIAPIPE_PROBE", "CAMERA_PROBE", "VOICE_PROBE", "ENCODER_PROBE"):
        monkeypatch.setattr(doctor, name, probe)
    started = time.monotonic()
    checks = by_name(doctor.examine())
    assert time.monotonic() - started < HANGS_S
    for name in ("MediaPipe", "camera", "voice", "H.264 encoder"):
        assert not checks[name].ok
    assert capfd.readouterr() == ("", "")


def test_it_works_where_the_heavy_libraries_cannot_be_imported(tmp_path: Path) -> None:
    for name in ("cv2", "mediapipe", "av", "scipy", "pyttsx3"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('libGL.so.1: no such file')")
    command = [
        sys.executable,
        "-c",
        "import sys; from formcheck.cli import doctor; sys.exit(doctor.main())",
    ]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(REPO)])}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "")
    reason = "MediaPipe cannot start (libGL.so.1: no such file): run formcheck doctor"
    assert f"missing  MediaPipe       {reason}\n" in done.stdout
    assert "missing  H.264 encoder" in done.stdout
