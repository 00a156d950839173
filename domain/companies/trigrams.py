"""Which words of a vocabulary are like another, whatever was mistyped.  Pure.

Words that may be meant share a fifth of their trigrams with what was typed (of those that are in either; PostgreSQL's
pg_trgm counts alike), or, where both are short, what is left of both without one letter.  Among these it is counted how
many letters were left out, added, changed or swapped with the next.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

# In what part of their trigrams two words agree at least.
LEAST_TRIGRAMS: Final = 0.2
# What part of the letters of the longer word is right at least: one error in 3 letters, two in 5, three in 8.
LEAST_CLOSENESS: Final = 0.6
# In words of more letters, trigrams that an error leaves are enough to find it.
_LONGEST_SHORT: Final = 8
_SHORTEST: Final = 3
# So many are looked at closely.
_MOST_CANDIDATES: Final = 48
# Code points have 21 bits.
_BITS: Final = 21
_FACTOR: Final = 0x9E3779B97F4A7C15

Places = NDArray[np.int32]
Keys = NDArray[np.int64]


def errors_between(one: str, other: str) -> int:
    """Return how many letters are missing, added, changed or swapped with the next, each letter touched once.

    The optimal string alignment distance, all of a row at once in the bits of a number (Hyyrö, 2003).
    """
    if not one:
        return len(other)
    where: dict[str, int] = {}
    for place, letter in enumerate(one):
        where[letter] = where.get(letter, 0) | 1 << place
    whole, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    more, fewer, same, before, found = whole, 0, 0, 0, len(one)
    for letter in other:
        matches = where.get(letter, 0)
        swapped = ((~same & matches) << 1) & before
        same = (((matches & more) + more) ^ more) | matches | fewer | swapped
        right_more, right_fewer = fewer | ~(same | more), same & more
        found += bool(right_more & last) - bool(right_fewer & last)
        right_more, right_fewer = (right_more << 1) | 1, right_fewer << 1
        more, fewer = (right_fewer | ~(same | right_more)) & whole, right_more & same & whole
        before = matches
    return found


def closeness(typed: str, word: str) -> float:
    """Return how alike two words are, 0 to 1: the part of letters that is right, and more if the first one is."""
    part = 1 - errors_between(typed, word) / max(len(typed), len(word), 1)
    return part + (1 - part) / 10 if typed[:1] == word[:1] else part


class Vocabulary:
    """Words, each once, in their order, and how those are found that are like another.  Threads may read it."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        letters, lengths = _letters(words)
        keys, places = _distinct(*_trigrams(letters, lengths))
        self._sizes = np.bincount(places, minlength=len(words))
        self._trigrams = _Inverted(keys, places)
        short = np.flatnonzero((lengths <= _LONGEST_SHORT) & (lengths >= _SHORTEST)).astype(np.int32)
        keys, places = _remains(letters[short], lengths[short])
        self._remains = _Inverted(keys, short[places])

    def like(self, typed: str) -> list[tuple[int, float]]:
        """Return the places of the words that are like another, and how close they are; itself is one of them."""
        if len(typed) < _SHORTEST or not self.words:
            return []
        found = []
        for place in self._candidates(typed):
            close = closeness(typed, self.words[place])
            if close >= LEAST_CLOSENESS:
                found.append((place, close))
        return found

    def _candidates(self, typed: str) -> list[int]:
        letters, lengths = _letters([typed])
        own = np.unique(_trigrams(letters, lengths)[0])
        shared = np.bincount(self._trigrams.places(own), minlength=len(self.words))
        enough = np.flatnonzero(shared >= LEAST_TRIGRAMS * len(own))
        common = shared[enough]
        parts = common / (len(own) + self._sizes[enough] - common)
        # The most alike; equals in the order of the words.
        best = np.argsort(-parts, kind="stable")[:_MOST_CANDIDATES]
        found = enough[best[parts[best] >= LEAST_TRIGRAMS]].tolist()
        if len(typed) <= _LONGEST_SHORT:
            found += self._remains.places(np.unique(_remains(letters, lengths)[0])).tolist()
        return sorted(set(found))


class _Inverted:
    """Which words have a key."""

    def __init__(self, keys: Keys, places: Places) -> None:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        self._places = places[order]
        starts = np.flatnonzero(np.concatenate([np.ones(min(len(keys), 1), dtype=bool), ordered[1:] != ordered[:-1]]))
        self._keys = ordered[starts]
        self._bounds = np.append(starts, len(keys))

    def places(self, keys: Keys) -> Places:
        """Return the words that have any of these keys, once for each."""
        rows = np.searchsorted(self._keys, keys)
        there = rows < len(self._keys)
        rows, keys = rows[there], keys[there]
        found = rows[self._keys[rows] == keys].tolist()
        parts = [self._places[self._bounds[row] : self._bounds[row + 1]] for row in found]
        return np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)


def _letters(words: Sequence[str]) -> tuple[Keys, Keys]:
    """Return the code points of words, a row each, 0 where a word has ended, and how long they are."""
    lengths = np.array([len(word) for word in words], dtype=np.int64)
    longest = int(lengths.max(initial=1))
    joined = "".join(word.ljust(longest, "\0") for word in words)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return codes.reshape(len(words), longest).astype(np.int64), lengths


def _trigrams(letters: Keys, lengths: Keys) -> tuple[Keys, Places]:
    """Return the trigrams of words, which begin with two spaces and end with one, and whose each is."""
    padded = np.pad(letters, ((0, 0), (2, 1)))
    keys, places = [], []
    for column in range(letters.shape[1] + 1):
        has = np.flatnonzero(lengths >= column)
        three = padded[has, column : column + 3]
        keys.append((three[:, 0] << 2 * _BITS) | (three[:, 1] << _BITS) | three[:, 2])
        places.append(has.astype(np.int32))
    return np.concatenate(keys), np.concatenate(places)


def _distinct(keys: Keys, places: Places) -> tuple[Keys, Places]:
    """Return each trigram of a word once."""
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
    return keys[new], places[new]


def _remains(letters: Keys, lengths: Keys) -> tuple[Keys, Places]:
    """Return what names each word and each that is left of it without one letter, and whose each is."""
    short = letters[:, :_LONGEST_SHORT].astype(np.uint64)
    powers = np.array([pow(_FACTOR, place, 1 << 64) for place in range(_LONGEST_SHORT + 1)], dtype=np.uint64)
    keys, places = [], []
    # Sums wrap around, as they should.
    for gone in range(_LONGEST_SHORT + 1):
        has = np.flatnonzero(lengths >= gone)
        left = np.delete(short[has], gone, axis=1) if gone < short.shape[1] else short[has]
        keys.append((left * powers[: left.shape[1]]).sum(axis=1, dtype=np.uint64).view(np.int64))
        places.append(has.astype(np.int32))
    return np.concatenate(keys), np.concatenate(places)
