"""Text from outside, made harmless for where it is shown."""

from __future__ import annotations

import unicodedata

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that a terminal obeys, or that hide and turn what stands beside them."""
JOINERS = "\u200c\u200d"
"""Without these, words of several languages fall apart."""


def printable(text: str) -> str:
    """The text as a terminal may have it: nothing in it is a command; line ends stay."""
    return "".join(c if _shows(c) else "\ufffd" for c in text)


def _shows(character: str) -> bool:
    return (
        character == "\n" or character in JOINERS or unicodedata.category(character) not in HIDDEN
    )


def cell(value: object) -> object:
    """A field of a table that a spreadsheet shows and does not run."""
    if not isinstance(value, str):
        return value
    return f"'{printable(value)}" if value.startswith(FORMULA) else printable(value)
