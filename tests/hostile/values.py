"""Values that somebody may give by mistake, or to do harm."""

from __future__ import annotations

from random import Random
from typing import Any

LONG = "x" * 5000
NUMBERS = ("nan", "inf", "-inf", "-1", "0", "1e308", "-1e308", "1e-308", "999999999999999999999")
TEXTS = (
    "",
    " ",
    "x",
    "-",
    "--",
    "\x1b[2J",
    "\udcff\udcfe",
    "'; DROP TABLE sessions;--",
    LONG,
    "{}",
)
PATHS = (
    *("", ".", "..", "~nouser/x", "/proc/self/mem/x", "/proc/x", "/dev/null/x"),
    *(LONG, "no/such/folder/x", "\udcff.mp4", "a\nb", "http://127.0.0.1:9/x", "file:///etc/passwd"),
)
"""None in which something could be written that is not the test's own."""
JSON: tuple[Any, ...] = (
    *(None, True, False, -1, 0, 1, 1e308, -1e308, 10**30, float("nan"), float("inf")),
    *("", "x", LONG, "\x1b[31m", "\ud800", "NaN", "left", "back", "=1+1"),
    *([], {}, [None], [[]], {"a": {}}, [1, "x"], {"": None}),
)


def mutated_json(document: Any, chance: Random) -> Any:
    """The document with one of its parts replaced, removed, doubled or renamed."""
    if chance.random() < 0.15 or not isinstance(document, dict | list) or not document:
        return chance.choice(JSON)
    if isinstance(document, list):
        items = list(document)
        i = chance.randrange(len(items))
        match chance.randrange(4):
            case 0:
                del items[i]
            case 1:
                items.append(items[i])
            case _:
                items[i] = mutated_json(items[i], chance)
        return items
    fields = dict(document)
    key = chance.choice(list(fields))
    match chance.randrange(6):
        case 0:
            del fields[key]
        case 1:
            fields[chance.choice(("x", "", key.upper(), "schema"))] = fields.pop(key)
        case _:
            fields[key] = mutated_json(fields[key], chance)
    return fields


def mutated_bytes(data: bytes, chance: Random) -> bytes:
    """The bytes with some of them changed, removed, doubled, moved, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        at = chance.randrange(max(1, len(changed)))
        length = chance.choice((1, 2, 4, 8, 64, 1024))
        match chance.randrange(7):
            case 0:
                changed[at : at + length] = chance.randbytes(length)
            case 1:
                changed[at : at + length] = b"\xff" * length
            case 2:
                changed[at : at + length] = bytes(length)
            case 3:
                del changed[at : at + length]
            case 4:
                changed[at:at] = changed[at : at + length]
            case 5:
                del changed[at:]
            case _ if changed:
                changed[at % len(changed)] ^= 1 << chance.randrange(8)
    return bytes(changed)
