"""Texts as they are searched: words of letters and digits, without case, accents or points.  Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

# Longer words are cut; what follows says next to nothing of what is meant.
LONGEST_WORD: Final = 32
# Letters that Unicode does not take apart.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_JOINED: Final = re.compile("['’`´.]")
_WORDS: Final = re.compile(r"[^\W_]+")
_EMPTY: Final = frozenset({"and", "the", "of", "und", "et"})
_LEGAL: Final = frozenset(
    {"inc", "incorporated", "corp", "corporation", "co", "company", "companies", "ltd", "limited", "llc", "lp", "plc"}
    | {"ag", "se", "sa", "nv", "spa", "ab", "asa", "oyj", "gmbh", "kgaa", "bv", "holding", "holdings", "group"}
)


def words(text: str) -> list[str]:
    """Return the words of a text, in their order: "Nestlé S.A. (ADR)" has nestle, sa and adr."""
    plain = text.lower() if text.isascii() else _plain(text)
    return [word[:LONGEST_WORD] for word in _WORDS.findall(_JOINED.sub("", plain))]


def _plain(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    # What has been taken apart may be a capital again.
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter)).casefold()


def telling(found: Sequence[str]) -> list[str]:
    """Return the words that tell one company from others: without articles and legal forms, unless none is left."""
    return [word for word in found if word not in _EMPTY and word not in _LEGAL] or list(found)


def compact(found: Sequence[str]) -> str:
    """Return words as one: "jp morgan" and "jpmorgan" are the same."""
    return "".join(found)[:LONGEST_WORD]


def pairs(found: Sequence[str]) -> list[str]:
    """Return each word joined to the next."""
    return [compact(found[place : place + 2]) for place in range(len(found) - 1)]
