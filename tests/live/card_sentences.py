"""Every English sentence of the cards and the engine that may be spoken or drawn."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import formcheck
from formcheck import exercises
from formcheck.body.tracking import SPOKEN
from formcheck.close_up.card import IRREGULAR
from formcheck.close_up.guards import CAMERA, CROWD
from formcheck.engine import engine
from formcheck.exercises.card import Exercise, Holds
from formcheck.live.coach import watcher


def of_everything() -> set[str]:
    """All of them."""
    cards = [exercises.load(name) for name in exercises.names()]
    return {
        *(s for card in cards for s in _of_card(card)),
        *(f"I can't see your {part}" for part in (*SPOKEN.values(), "head")),
        *_reasons(),
        watcher.ANY,
        CAMERA,
        CROWD,
        IRREGULAR.cue,
    }


def _of_card(card: Exercise) -> Iterator[str]:
    yield from (card.title, card.setup, card.how, *card.one_side.values())
    yield from (fault.cue for fault in card.faults)
    yield from (fault.cue for fault in card.set_faults)
    if card.close_up is not None:
        yield from (fault.cue for fault in card.close_up.faults)
    if isinstance(card.counts, Holds):
        yield from (fault.cue for fault in card.counts.faults)
        yield from card.counts.messages.values()
        yield from filter(None, (card.counts.deepen,))


def _reasons() -> Iterator[str]:
    """Why nothing counts: what the engine and the postures return, in words for the patient."""
    package = Path(formcheck.__file__).parent
    yield engine.NOBODY
    for path in (*package.glob("engine/**/*.py"), *package.glob("exercises/**/*.py")):
        text = path.read_text(encoding="utf-8")
        if path.stem == "engine" or "formcheck.body.measures" in text:
            yield from _returned(ast.parse(text))


def _returned(tree: ast.AST) -> Iterator[str]:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    returns = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Return) and n.value]
    for node in returns:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and _is_reason(part.value):
                yield str(part.value)


def _is_reason(value: object) -> bool:
    if not isinstance(value, str) or " " not in value:
        return False
    return value[0].isupper() and value[-1].isalpha()
