"""The exercise cards, one file each, found by name and checked on load."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache

from formcheck.errors import CardError, InputError
from formcheck.exercises import cards
from formcheck.exercises.card import Exercise
from formcheck.exercises.checks import check


def names() -> tuple[str, ...]:
    """Command-line names of all the cards, in alphabetical order."""
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(cards.__path__)))


@cache
def load(name: str) -> Exercise:
    """The card called `name`.

    Raises InputError for an unknown name and CardError for a card that is not valid.
    """
    if name not in names():
        close = difflib.get_close_matches(name, names(), n=1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise InputError(f"No exercise is called {name!r}.{hint} Known: {', '.join(names())}.")
    module = importlib.import_module(f"{cards.__name__}.{name.replace('-', '_')}")
    card = getattr(module, "CARD", None)
    if not isinstance(card, Exercise):
        raise CardError(f"The card {name} defines no CARD = Exercise(…).")
    check(card, name)
    return card
