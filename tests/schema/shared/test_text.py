import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.text import as_name, forbidden_character


@pytest.mark.parametrize(
    "text", ["", "plain", "tab\tand\r\nlines", "Zoë", "שלום", "مرحبا", "🏃‍♀️", "e\u0301", "\ufeffx"]
)
def test_ordinary_text_passes(text: str):
    assert forbidden_character(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [("a\x00b", "U+0000"), ("\x07", "U+0007"), ("\x1b[31m", "U+001B"), ("\x7f", "U+007F"), ("\ud800", "U+D800"),
     ("\udfff", "U+DFFF"), ("a\u202eb", "U+202E"), ("\u2066", "U+2066"), ("\u200f", "U+200F"), ("\u061c", "U+061C")],
)  # fmt: skip
def test_what_deceives_or_breaks_is_found(text: str, found: str):
    assert forbidden_character(text) == found


@given(st.text(alphabet=st.characters(codec=None, categories=None)))
def test_every_control_and_surrogate_is_found(text: str):
    bad = [c for c in text if unicodedata.category(c) == "Cs" or (c < " " and c not in "\t\r\n")]

    assert forbidden_character(text) is not None or not bad


def test_names_are_composed_and_trimmed():
    assert as_name("  Zoe\u0308 ") == "Zoë"


@pytest.mark.parametrize("text", ["a\nb", "a\u2028b", "a\x85b", "a\x00", "\ud800", "a\tb"])
def test_a_name_is_one_line(text: str):
    with pytest.raises(ValueError, match="one line"):
        as_name(text)
