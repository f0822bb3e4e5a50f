"""Guard: imports point one way, files and functions stay small, no clock in the engine."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import formcheck

PACKAGE = Path(formcheck.__file__).parent
FILES = sorted(path for path in PACKAGE.rglob("*.py"))
TREES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in FILES}
MOST_LINES, MOST_IN_FUNCTION = 300, 40

NUMBERS = {"__future__", "collections", "dataclasses", "enum", "functools", "itertools", "math"}
NUMBERS |= {"pathlib", "statistics", "typing", "numpy", "scipy"}
"""What the rooms that measure and count may import from outside."""
ROOMS_OF_NUMBERS = ("engine/", "exercises/cards/", "exercises/postures/", "motion/")


def imports(tree: ast.Module) -> Iterator[str]:
    """Full names of all imported modules, those inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def foreign(tree: ast.Module) -> set[str]:
    """Names of the libraries that are imported."""
    return {name.split(".")[0] for name in imports(tree)} - {"formcheck"}


def test_what_measures_and_counts_needs_nothing_but_numbers() -> None:
    needed = {n: foreign(tree) for n, tree in TREES.items() if n.startswith(ROOMS_OF_NUMBERS)}
    assert needed
    assert {name for name, libraries in needed.items() if libraries - NUMBERS} == set()


def test_pandas_is_imported_only_where_a_table_is_asked_for() -> None:
    top = [n for n in TREES["results.py"].body if isinstance(n, ast.Import | ast.ImportFrom)]
    assert "pandas" not in foreign(ast.Module(body=[*top], type_ignores=[]))


def test_every_room_says_what_lives_there() -> None:
    for name, tree in TREES.items():
        if name.endswith("__init__.py"):
            said = ast.get_docstring(tree)
            assert said, name
            assert "say here" not in said, name


def test_files_stay_small() -> None:
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}


def test_functions_stay_small() -> None:
    long = []
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and length(node) > MOST_IN_FUNCTION:
                long.append(f"{name}: {node.name}")
    assert long == []


def length(function: ast.FunctionDef) -> int:
    """Lines of a function's body, its docstring apart."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_file_says_what_it_is_for() -> None:
    assert [name for name, tree in TREES.items() if not ast.get_docstring(tree)] == []


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
