"""What text from outside may hold."""

import re
import unicodedata
from typing import Final

# Control characters but for tab, line feed and carriage return; lone surrogates; and what changes the direction of
# writing (Unicode's Bidi_Control), by which one text can be made to look like another.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters, lone surrogates, what Unicode has not assigned, private use, and the ends of lines and paragraphs.
_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})


def forbidden_character(text: str) -> str | None:
    """Return the first character that no text of ours may hold, as U+XXXX, or None."""
    found = _FORBIDDEN.search(text)
    return None if found is None else f"U+{ord(found.group()):04X}"


def unprintable_character(line: str) -> str | None:
    """Return the first character that has no place in one line of text, as U+XXXX, or None."""
    for character in line:
        if unicodedata.category(character) in _UNPRINTABLE or character in _DIRECTIONS:
            return f"U+{ord(character):04X}"
    return None


def as_name(text: str) -> str:
    """Return text that a user gave as a name: composed (NFC), without spaces around.

    Raises `ValueError` for what is not one line of printable text.
    """
    name = unicodedata.normalize("NFC", text).strip(" ")
    found = unprintable_character(name)
    if found is not None:
        raise ValueError(f"expected one line of text, got {found}")
    return name.strip()
