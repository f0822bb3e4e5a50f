"""Writes files whole or not at all: under another name first, renamed when complete."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from formcheck.errors import OutputError


def expanded(path: str | Path) -> Path:
    """The path with `~` made whole where that is somebody; else as it is."""
    try:
        return Path(path).expanduser()
    except RuntimeError:  # nobody of that name
        return Path(path)


def is_file(path: Path) -> bool:
    """Whether a file is there; a name that no file can have, as one too long, is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def prepare_folder(folder: Path) -> None:
    """Make the folder and try to write in it.

    Raises OutputError at once rather than after a long analysis.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise not_writable(folder, error) from error


def part_of(path: Path) -> Path:
    """Where to write a file while it is not complete."""
    return path.with_name(f".{path.name}.part")


def settle(path: Path) -> None:
    """Give the complete `part_of(path)` its name, in place of what was there."""
    try:
        part_of(path).replace(path)
    except OSError as error:
        raise not_writable(path, error) from error


def write_text(path: Path, text: str) -> None:
    """Write a text file (UTF-8, line ends as they are); raises OutputError."""
    try:
        # A file name need not be Unicode; what is not becomes a question mark.
        part_of(path).write_text(text, encoding="utf-8", errors="replace", newline="")
        settle(path)
    except OSError as error:
        raise not_writable(path, error) from error
    finally:
        with suppress(OSError):
            part_of(path).unlink(missing_ok=True)


def not_writable(path: Path, error: Exception) -> OutputError:
    """What to tell when `path` could not be written."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return OutputError(f"{path}: cannot be written ({reason}); choose another folder with --out")
