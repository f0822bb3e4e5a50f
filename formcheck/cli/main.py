"""The command line: each command loads what it needs when it is asked for, and no sooner."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from formcheck.errors import FormcheckError
from formcheck.system.text import printable

BAD_INPUT_STATUS = 2
INTERRUPTED_STATUS = 130
UNFORESEEN_STATUS = 1
LONGEST_NAME = 200
"""Characters of a name that are repeated in an error."""
PRIVATE = 0o077
"""What is written about a person is for nobody else of this machine: 0600 in 0700."""
COMMANDS = {
    "analyze": "analyze",
    "report": "history",
    "history": "history",
    "live": "live",
    "program": "live",
    "recover": "recover",
}
"""Commands that live in modules of their own: a function, or a Typer app, of that name."""


class Commands(TyperGroup):
    """The commands below, and those of COMMANDS."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names in the order of the help page."""
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load the command `cmd_name`; None when there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        command = getattr(importlib.import_module(f"formcheck.cli.{COMMANDS[cmd_name]}"), cmd_name)
        if not isinstance(command, typer.Typer):
            function, command = command, typer.Typer(add_completion=False)
            command.command(cmd_name)(function)
        loaded = typer.main.get_command(command)
        loaded.name = cmd_name  # else the help page lists a group without its name
        return loaded


app = typer.Typer(cls=Commands, add_completion=False, pretty_exceptions_enable=False)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"formcheck {version('formcheck')}")
        raise typer.Exit


@app.callback()
def formcheck(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Count, time and correct plantar-fasciitis exercises from a video or a webcam."""


@app.command()
def exercises(
    name: Annotated[str | None, typer.Argument(help="Show the card of this exercise.")] = None,
) -> None:
    """List the exercises, or show the card of one."""
    from formcheck.cli.cards import card_text, overview  # noqa: PLC0415
    from formcheck.exercises import load, names  # noqa: PLC0415

    card = card_text(load(name)) if name else overview(tuple(load(n) for n in names()))
    Console().print(card)


@app.command()
def doctor(
    camera: Annotated[int, typer.Option(help="Number of the webcam to try.")] = 0,
) -> None:
    """Check that all that formcheck needs is here, and say how to get what is not."""
    from formcheck.cli import doctor as examination  # noqa: PLC0415

    raise typer.Exit(examination.main(camera))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (without one: the program's own) and give its exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        return int(app(args=words or ["--help"], standalone_mode=False) or 0)
    except FormcheckError as error:
        return _fail(str(error))
    except typer.TyperException as error:  # a wrong option or argument
        return _fail(f"{error.format_message().rstrip('.')}; see formcheck --help")
    except ImportError as error:  # a system library is missing
        return _fail(f"{error}; run formcheck doctor")
    except (KeyboardInterrupt, typer.Abort):  # Abort: at a question
        return INTERRUPTED_STATUS
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback for users
        return _fail_unforeseen(error)


def _fail_unforeseen(error: Exception) -> int:
    if isinstance(error, OSError) and error.filename is not None:
        return _fail_file(error)  # a name that is too long, a folder that may not be read, ...
    from formcheck.system.terminal import log_path, note  # noqa: PLC0415

    note(error)
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    _fail(f"something unforeseen happened ({what}). What was measured is saved; see {log_path()}")
    return UNFORESEEN_STATUS


def _fail_file(error: OSError) -> int:
    name = str(error.filename)
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return _fail(f"{shown}: cannot be used ({error.strerror}); give another name or folder")


def _fail(message: str) -> int:
    print("Error:", printable(" ".join(message.split())), file=sys.stderr)
    return BAD_INPUT_STATUS


def main() -> None:
    """Entry point of the program."""
    from formcheck.system.terminal import keep_terminal  # noqa: PLC0415

    os.umask(PRIVATE)
    keep_terminal()
    # To be asked to end is to be interrupted: what was done is kept.
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    sys.exit(run())
