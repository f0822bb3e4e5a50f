"""Outside data enters here: TOML tables into frozen dataclasses, or one clear line of error."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Table = Mapping[str, Any]


class ScriptError(ValueError):
    """A clip script that cannot be rendered: names the file and the key."""


def inside(where: str, key: str) -> str:
    """The name of a key for an error: `file.toml: person.skin`."""
    return f"{where} {key}" if where.endswith(":") else f"{where}.{key}"


def _fits(value: Any, kind: Any) -> bool:
    if get_origin(kind) in (Union, types.UnionType):
        return any(_fits(value, option) for option in get_args(kind))
    if get_origin(kind) is tuple:
        inner = [k for k in get_args(kind) if k is not Ellipsis]
        fixed = Ellipsis not in get_args(kind)
        right_size = isinstance(value, list) and (len(value) == len(inner) or not fixed)
        return right_size and all(_fits(v, inner[i if fixed else 0]) for i, v in enumerate(value))
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, kind)


def _named(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind)) if get_origin(kind) is None else str(kind)


def one_of(value: str, options: Mapping[str, Any] | tuple[str, ...], where: str) -> str:
    """The value, if it is one of the options."""
    if value not in options:
        raise ScriptError(f"{where}: {value!r} is not one of {', '.join(sorted(options))}")
    return value


def from_table(kind: type[T], table: Table, where: str) -> T:
    """A dataclass filled from a TOML table."""
    hints = get_type_hints(kind)
    fields = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in fields:
            raise ScriptError(
                f"{inside(where, key)}: unknown key; known are {', '.join(sorted(fields))}"
            )
        if not _fits(value, hints[key]):
            raise ScriptError(f"{inside(where, key)}: {value!r} is not a {_named(hints[key])}")
        values[key] = tuple(value) if isinstance(value, list) else value
    for name, f in fields.items():
        required = f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
        if required and name not in values:
            raise ScriptError(f"{inside(where, name)}: missing")
    return kind(**values)
