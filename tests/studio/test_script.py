"""Scripts: what is right is read, what is wrong ends in one clear line."""

from pathlib import Path

import pytest

from samples.studio.script import Perform, read
from samples.studio.table import ScriptError

SAMPLES = Path(__file__).parents[2] / "samples"
GOOD = """
exercise = "heel-raise"
person = { like = "A" }
[[do]]
action = "heel-raise"
reps = 2
[[do.rep]]
number = 2
faults = ["knee_bend"]
"""

WRONG = {
    "unknown key": ('tempo = 3\n[[do]]\naction = "stand"\nseconds = 1', "x.toml: tempo"),
    "wrong type": ('fps = "many"\n[[do]]\naction = "stand"\nseconds = 1', "x.toml: fps"),
    "unknown action": ('[[do]]\naction = "fly"', "x.toml: do[0].action"),
    "no action": ("[[do]]\nreps = 3", "x.toml: do[0].action"),
    "nothing done": ('exercise = "heel-raise"', "x.toml: do"),
    "unknown fault": (
        '[[do]]\naction = "heel-raise"\nreps = 1\nfaults = ["sneeze"]',
        "x.toml: do[0].faults",
    ),
    "neither reps nor seconds": ('[[do]]\naction = "heel-raise"', "x.toml: do[0].reps"),
    "unknown pose field": (
        '[[do]]\naction = "squat"\nreps = 1\nelbow_deg = 3',
        "x.toml: do[0].elbow_deg",
    ),
    "unknown person": (
        'person = { like = "Zeus" }\n[[do]]\naction = "stand"\nseconds = 1',
        "x.toml: person.like",
    ),
    "unknown colour": (
        'person = { skin = "green" }\n[[do]]\naction = "stand"\nseconds = 1',
        "x.toml: person.skin",
    ),
    "camera": ('camera = { zoom = 2 }\n[[do]]\naction = "stand"\nseconds = 1', "camera.zoom"),
    "not TOML": ("exercise = heel", "x.toml"),
}


def test_a_good_script_is_read(tmp_path: Path) -> None:
    path = tmp_path / "good.toml"
    path.write_text(GOOD)
    script = read(path)
    assert script.name == "good"
    action = script.patient.do[0]
    assert isinstance(action, Perform)
    assert action.edits[0].faults == ("knee_bend",)


@pytest.mark.parametrize(("text", "key"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_names_the_file_and_the_key(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text)
    with pytest.raises(ScriptError) as error:
        read(path)
    assert key in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_script_says_so(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="no such script"):
        read(tmp_path / "none.toml")


@pytest.mark.parametrize("path", sorted((SAMPLES / "scripts").glob("*.toml")), ids=lambda p: p.stem)
def test_every_script_of_the_set_is_valid(path: Path) -> None:
    assert read(path).split in ("dev", "unseen")
