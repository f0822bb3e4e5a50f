"""Every sentence that may be spoken or drawn exists in every language."""

import ast
import string
from pathlib import Path

import pytest

from formcheck import live, words
from formcheck.errors import InputError
from tests.live.card_sentences import of_everything

OTHERS = [lang for lang in words.languages() if lang != "en"]


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_there_is_english_and_one_more() -> None:
    assert "en" in words.languages()
    assert OTHERS


@pytest.mark.parametrize("lang", OTHERS)
def test_the_coach_says_the_same_in_every_language(lang: str) -> None:
    english, other = words.load("en").coach, words.load(lang).coach
    assert set(other) == set(english)
    assert {key: gaps(text) for key, text in other.items()} == {
        key: gaps(text) for key, text in english.items()
    }


@pytest.mark.parametrize("lang", OTHERS)
def test_every_sentence_of_every_card_is_translated(lang: str) -> None:
    translated = set(words.load(lang).cards)
    missing = "\n".join(f'"{s}" = ""' for s in sorted(of_everything() - translated))
    assert not missing, f"add to [cards] in formcheck/words/{lang}.toml:\n{missing}"


@pytest.mark.parametrize("lang", OTHERS)
def test_nothing_is_translated_that_no_card_says(lang: str) -> None:
    assert sorted(set(words.load(lang).cards) - of_everything()) == []


def test_every_key_of_the_words_is_used() -> None:
    folder = Path(live.__file__).parent
    used = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(node.value)
    built = ("pace_", "side_")  # put together from a phase or a side
    keys = {key for key in words.load("en").coach if not key.startswith(built)}
    assert sorted(keys - used) == []


def test_unknown_language_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match=r"^no words for 'xx': --lang takes de or en$"):
        words.load("xx")


def test_cards_speak_english_where_nothing_is_translated() -> None:
    assert words.load("de").card("not on any card") == "not on any card"
