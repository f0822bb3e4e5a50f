"""The sentences that are spoken and drawn, one TOML file per language.

A file has two tables: `coach`, the live coach's own sentences by key, and `cards`, the sentences
of the exercise cards, found by their English text. English is the language of the cards, so its
file has no `cards`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import InputError

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """One language. lang: its ISO 639-1 code, which also picks the voice."""

    lang: str
    coach: Mapping[str, str]
    cards: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The coach's sentence `key` with its gaps filled."""
        return self.coach[key].format(**values)

    def card(self, english: str) -> str:
        """A sentence of a card in this language; the English one where it is not translated."""
        return self.cards.get(english, english)


def languages() -> tuple[str, ...]:
    """Codes of the languages that there are files for."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(lang: str = "en") -> Words:
    """The words of a language; raises InputError when there are none."""
    if lang not in languages():
        raise InputError(f"no words for {lang!r}: --lang takes {' or '.join(languages())}")
    content = tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
    return Words(lang, content["coach"], content.get("cards", {}))
