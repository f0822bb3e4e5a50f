"""Writes files whole or not at all: under another name first, renamed when complete."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from formcheck.errors import OutputError

PART = ".formcheck-"
"""Begins the names of files that are not complete."""


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


def new_part(path: Path) -> Path:
    """A new empty file beside `path`, to write it in while it is not complete.

    Nobody can guess its name, and it is no link to anything. Raises OutputError.
    """
    try:
        descriptor, part = tempfile.mkstemp(prefix=PART, suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise not_writable(path, error) from error
    os.close(descriptor)
    return Path(part)


def settle(part: Path, path: Path) -> None:
    """Give the complete `part` its name, in place of what was there; raises OutputError."""
    try:
        part.replace(path)
    except OSError as error:
        raise not_writable(path, error) from error


def refuse_target(path: Path, *inputs: Path | str) -> None:
    """Raise OutputError for a file that a result must not be written over.

    A link, a device or a folder; and one of the `inputs`, from which the result is made.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OutputError(f"{path}: is no plain file; give the name of a new one")
    if path.exists() and any(_same(path, Path(each)) for each in inputs):
        raise OutputError(f"{path}: would be written over itself; give another name")


def _same(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)


def write_text(path: Path, text: str) -> None:
    """Write a text file (UTF-8, line ends as they are); raises OutputError."""
    part = new_part(path)
    try:
        # A file name need not be Unicode; what is not becomes a question mark.
        part.write_text(text, encoding="utf-8", errors="replace", newline="")
        settle(part, path)
    except OSError as error:
        raise not_writable(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def not_writable(path: Path, error: Exception) -> OutputError:
    """What to tell when `path` could not be written."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return OutputError(f"{path}: cannot be written ({reason}); choose another folder with --out")
