"""The terminal is formcheck's own: no foreign line, no traceback, a name and a help everywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from formcheck.cli import main as cli
from formcheck.cli.main import UNFORESEEN_STATUS, app, run
from formcheck.system.terminal import log_path

NATIVE = """
import os, sys, threading
from formcheck.system.terminal import keep_terminal
keep_terminal()
thread = threading.Thread(target=os.write, args=(2, b"from a native thread\\n"))
thread.start()
thread.join()
print("formcheck's own", file=sys.stderr)
import atexit
atexit.register(os.write, 2, b"at exit\\n")
"""


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group of commands below `group`, as what one types."""
    context = typer.Context(group)
    for name in group.list_commands(context) if hasattr(group, "list_commands") else ():
        yield (*path, name)
        yield from commands(group.get_command(context, name), (*path, name))


COMMANDS = sorted(commands(typer.main.get_command(app)))


def test_all_the_commands_are_found() -> None:
    assert {("analyze",), ("live",), ("program",), ("report",), ("history",)} <= {*COMMANDS}
    assert ("history", "export") in COMMANDS


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_and_stands_in_the_help_above_it(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--help"]) == 0
    assert command[-1] in capsys.readouterr().out
    assert run([*command[:-1], "--help"]) == 0
    listed = [line.strip("│ ").split() for line in capsys.readouterr().out.splitlines()]
    assert command[-1] in {words[0] for words in listed if words}


def test_what_compiled_libraries_write_goes_to_the_log(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", NATIVE]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == "formcheck's own\n"
    (log,) = tmp_path.rglob("formcheck.log")
    assert log.read_text() == "from a native thread\nat exit\n"


def test_without_a_log_nothing_is_written_and_nothing_breaks(tmp_path: Path) -> None:
    (tmp_path / "formcheck").write_text("a file where the folder should be")
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", NATIVE]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == "formcheck's own\n"


def test_an_unforeseen_error_is_one_line_with_the_path_of_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise StopIteration

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(cli, "app", broken)
    assert run(["exercises"]) == UNFORESEEN_STATUS
    (line,) = capsys.readouterr().err.splitlines()
    assert "StopIteration" in line
    assert str(log_path()) in line
    assert "Traceback" in log_path().read_text()
