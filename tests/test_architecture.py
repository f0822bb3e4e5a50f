"""Guard: imports point one way, files and functions stay small, no clock in the engine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import formcheck

PACKAGE = Path(formcheck.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py"))
TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}
MOST_LINES, MOST_IN_FUNCTION = 300, 40

PLAIN = {"__future__", "collections", "dataclasses", "enum", "functools", "itertools", "math"}
PLAIN |= {"pathlib", "statistics", "typing", "numpy", "scipy"}
ENGINE = {
    "errors": set[str](),
    "poses": set[str](),
    "rows": {"poses"},
    "pulse": {"poses"},
    "results": {"poses"},
    "measures": {"poses", "results"},
    "motion": {"poses", "pulse"},
    "body": {"measures", "poses", "results"},
    "roll": {"body", "measures", "poses"},
    "postures": {"measures", "poses", "results"},
    "signal_log": {"results", "rows"},
    "directions": {"motion", "results"},
    "exercise": {"body", "directions", "errors", "measures", "motion", "poses", "results", "rows"},
    "crossed_legs": {"body", "exercise", "measures", "poses", "postures", "results"},
    "grip": {"crossed_legs", "poses", "rows"},
    "staggered": {"exercise", "measures", "poses", "postures", "results"},
    "diagrams": set(),
    "toes": {"exercise", "measures", "motion", "poses", "postures", "results"},
    "wall_stretch": {"body", "diagrams", "exercise", "postures", "staggered"},
    "long_sitting": {
        "body",
        "directions",
        "exercise",
        "measures",
        "motion",
        "poses",
        "results",
    },
    "reps": {"exercise", "motion", "poses", "pulse", "results"},
    "feet": {"directions", "exercise", "motion", "poses", "reps", "results"},
    "excursion": {"poses"},
    "order": {"directions", "feet", "poses"},
    "course": {"directions", "exercise", "feet", "order", "reps", "results"},
    "cycles": {
        "course",
        "directions",
        "excursion",
        "exercise",
        "feet",
        "poses",
        "reps",
        "results",
    },
    "stretch": {"exercise", "poses", "results", "rows"},
    "holds": {"exercise", "results", "rows", "stretch"},
    "findings": {"exercise", "reps", "results", "stretch"},
    "activities": {
        "cycles",
        "directions",
        "exercise",
        "findings",
        "holds",
        "reps",
        "results",
        "stretch",
    },
    "engine": {
        "activities",
        "body",
        "exercise",
        "measures",
        "poses",
        "results",
        "roll",
        "signal_log",
    },
}
"""What each file of the engine may import of formcheck: the way of the data, and no way back."""
OPTIONAL = {"results": {"pandas"}}
CARD = {"body", "diagrams", "exercise", "measures", "motion", "poses", "postures", "results"}
CARD |= {"crossed_legs", "directions", "grip", "long_sitting", "staggered", "toes"}
CARD |= {"wall_stretch"}
HEAVY = {
    "mediapipe": {"landmarker.py"},
    "pyttsx3": {"speaker.py"},
}


def imports(tree: ast.Module) -> Iterator[str]:
    """Full names of all imported modules, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def own(tree: ast.Module) -> set[str]:
    """Names of the formcheck files that are imported."""
    return {name.split(".")[1] for name in imports(tree) if name.startswith("formcheck.")}


def foreign(tree: ast.Module) -> set[str]:
    return {name.split(".")[0] for name in imports(tree)} - {"formcheck"}


@pytest.mark.parametrize("name", ENGINE)
def test_the_engine_imports_one_way(name: str) -> None:
    tree = TREES[f"{name}.py"]
    assert own(tree) <= ENGINE[name]
    assert foreign(tree) <= PLAIN | OPTIONAL.get(name, set())


def test_what_is_optional_is_imported_only_where_it_is_used() -> None:
    for name, libraries in OPTIONAL.items():
        top = [n for n in TREES[f"{name}.py"].body if isinstance(n, ast.Import | ast.ImportFrom)]
        assert not foreign(ast.Module(body=[*top], type_ignores=[])) & libraries


def test_the_allowed_ways_have_no_circle() -> None:
    done: set[str] = set()
    while len(done) < len(ENGINE):
        free = {name for name, needs in ENGINE.items() if name not in done and needs <= done}
        assert free, f"a circle among {set(ENGINE) - done}"
        done |= free


@pytest.mark.parametrize(
    "name", [n for n in TREES if n.startswith("exercises/") and n != "exercises/__init__.py"]
)
def test_cards_know_only_the_vocabulary(name: str) -> None:
    assert own(TREES[name]) <= CARD
    assert foreign(TREES[name]) <= PLAIN


@pytest.mark.parametrize("library", HEAVY)
def test_a_heavy_library_is_imported_in_one_file(library: str) -> None:
    found = {name for name, tree in TREES.items() if library in foreign(tree)}
    assert found <= HEAVY[library]


def test_only_the_loader_of_cards_names_the_folder_of_cards() -> None:
    named = {n for n, tree in TREES.items() if any("exercises." in i for i in imports(tree))}
    assert named == set()


def test_nothing_of_the_engine_reads_a_clock_or_draws_lots() -> None:
    for name in [*(f"{n}.py" for n in ENGINE), *(n for n in TREES if n.startswith("exercises/"))]:
        assert not foreign(TREES[name]) & {"time", "datetime", "random", "os", "threading"}, name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            assert lines <= MOST_IN_FUNCTION, node.name


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_every_file_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


def test_landmarks_are_called_by_name() -> None:
    """pose.xy("left_knee"), never pose.image[25, 1]."""
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
                continue
            if node.value.attr not in ("image", "world"):
                continue
            index = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
            number = isinstance(index, ast.Constant) and isinstance(index.value, int)
            assert not number, f"{name}:{node.lineno}"
