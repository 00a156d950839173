"""Which words of a vocabulary are like another, whatever was mistyped.  Pure.

Words that may be meant share a fifth of their trigrams with what was typed (of those that are in either; PostgreSQL's
pg_trgm counts alike), or, where both are short, what is left of both without one letter.  Among these it is counted how
many letters were left out, added, changed or swapped with the next.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.quant.arrays import Numbers

# In what part of their trigrams two words agree at least.
LEAST_TRIGRAMS: Final = 0.2
# What part of the letters of the longer word is right at least: one error in 3 letters, two in 5, three in 8.
LEAST_CLOSENESS: Final = 0.6
# The same without what a first letter that is right adds.
_LEAST_RIGHT: Final = 0.55
# In words of more letters, trigrams that an error leaves are enough to find it.
_LONGEST_SHORT: Final = 8
_SHORTEST: Final = 3
# So many are looked at closely.
_MOST_CANDIDATES: Final = 48
# Code points have 21 bits.
_BITS: Final = 21
# Any odd number would do: what is found by these is looked at.
_POWERS: Final = [pow(0x9E3779B97F4A7C15, place, 1 << 64) for place in range(_LONGEST_SHORT)]
_BLOCK: Final = 16_384

Places = NDArray[np.int32]
Keys = NDArray[np.int64]


def errors_between(typed: str, words: Sequence[str]) -> Places:
    """Return how many letters of each word are missing, added, changed or swapped with the next, each touched once.

    The optimal string alignment distance, all of a row at once in the bits of a number (Hyyrö, 2003), and all words at
    once in an array.  Words have one letter to 32, as those that are searched have.
    """
    letters, lengths = _letters(words)
    bits = np.uint64(1) << np.arange(len(typed), dtype=np.uint64)
    own = np.array([ord(letter) for letter in typed])
    matches = ((letters[:, :, None] == own) * bits).sum(axis=2, dtype=np.uint64).T
    one, last = np.uint64(1), bits[-1]
    more = np.full(len(words), bits.sum(), dtype=np.uint64)
    fewer, same, before = (np.zeros(len(words), dtype=np.uint64) for _ in range(3))
    found = np.full(len(words), len(typed), dtype=np.int32)
    for column, now in enumerate(matches):
        swapped = ((~same & now) << one) & before
        same = (((now & more) + more) ^ more) | now | fewer | swapped
        right_more, right_fewer = fewer | ~(same | more), same & more
        change = ((right_more & last) != 0).astype(np.int32) - ((right_fewer & last) != 0)
        found += np.where(lengths > column, change, 0)
        right_more, right_fewer = (right_more << one) | one, right_fewer << one
        more, fewer = right_fewer | ~(same | right_more), right_more & same
        before = now
    return found


def closeness(typed: str, words: Sequence[str]) -> Numbers:
    """Return how alike each word is, 0 to 1: the part of letters that is right, and more if the first one is."""
    lengths = np.array([len(word) for word in words])
    part = 1 - errors_between(typed, words) / np.maximum(lengths, len(typed))
    first = np.array([word[:1] == typed[:1] for word in words])
    close: Numbers = np.where(first, part + (1 - part) / 10, part)
    return close


class Vocabulary:
    """Words, each once, in their order, and how those are found that are like another.  Threads may read it."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        letters, lengths = _letters(words)
        self._lengths = lengths
        self._trigrams = _Inverted(*_trigrams(letters, lengths))
        self._sizes = self._trigrams.keys_of_each(len(words))
        short = np.flatnonzero((lengths <= _LONGEST_SHORT) & (lengths >= _SHORTEST)).astype(np.int32)
        keys, places = _remains(letters[short], lengths[short])
        self._remains = _Inverted(keys, short[places])

    def like(self, typed: str) -> list[tuple[int, float]]:
        """Return the places of the words that are like another, and how close they are; itself is one of them."""
        if len(typed) < _SHORTEST or not self.words:
            return []
        places = self._candidates(typed)
        if not places:
            return []
        close = closeness(typed, [self.words[place] for place in places])
        return [pair for pair in zip(places, close.tolist(), strict=True) if pair[1] >= LEAST_CLOSENESS]

    def _candidates(self, typed: str) -> list[int]:
        own = _trigrams_of(typed)
        shared = np.bincount(self._trigrams.places(own), minlength=len(self.words))
        enough = np.flatnonzero(shared >= LEAST_TRIGRAMS * len(own))
        # The letters that the longer word has more are errors.
        lengths, least = self._lengths[enough], _LEAST_RIGHT * len(typed)
        enough = enough[(lengths >= least) & (lengths * _LEAST_RIGHT <= len(typed))]
        common = shared[enough]
        parts = common / (len(own) + self._sizes[enough] - common)
        enough, parts = enough[parts >= LEAST_TRIGRAMS], parts[parts >= LEAST_TRIGRAMS]
        # The most alike; equals in the order of the words.
        found = enough[np.argsort(-parts, kind="stable")[:_MOST_CANDIDATES]].tolist()
        if len(typed) <= _LONGEST_SHORT:
            found += self._remains.places(_remains_of(typed)).tolist()
        return sorted(set(found))


class _Inverted:
    """Which words have a key.  Those of one key are given in their order, and may be given twice."""

    def __init__(self, keys: Keys, places: Places) -> None:
        order = np.argsort(keys, kind="stable")
        keys, places = keys[order], places[order]
        new = np.ones(len(keys), dtype=bool)
        new[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
        keys, self._places = keys[new], places[new]
        starts = np.flatnonzero(np.concatenate([np.ones(min(len(keys), 1), dtype=bool), keys[1:] != keys[:-1]]))
        self._keys = keys[starts]
        self._bounds = np.append(starts, len(keys))

    def keys_of_each(self, count: int) -> NDArray[np.intp]:
        """Return how many keys each word has."""
        return np.bincount(self._places, minlength=count)

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
    """Return the trigrams of words, which begin with two spaces and end with one, and whose each is, word by word."""
    keys, places = [], []
    columns = np.arange(letters.shape[1] + 1)
    # By blocks, for the sake of memory.
    for start in range(0, max(len(letters), 1), _BLOCK):
        padded = np.pad(letters[start : start + _BLOCK], ((0, 0), (2, 1)))
        three = (padded[:, :-2] << 2 * _BITS) | (padded[:, 1:-1] << _BITS) | padded[:, 2:]
        has = lengths[start : start + _BLOCK, None] >= columns
        keys.append(three[has])
        places.append((np.nonzero(has)[0] + start).astype(np.int32))
    return np.concatenate(keys), np.concatenate(places)


def _trigrams_of(word: str) -> Keys:
    """Return the trigrams of one word, each once, in their order."""
    codes = [0, 0, *(ord(letter) for letter in word), 0]
    threes = zip(codes, codes[1:], codes[2:], strict=False)
    return np.array(sorted({one << 2 * _BITS | two << _BITS | three for one, two, three in threes}), dtype=np.int64)


def _remains(letters: Keys, lengths: Keys) -> tuple[Keys, Places]:
    """Return what names each word and each that is left of it without one letter, and whose each is."""
    short = letters[:, :_LONGEST_SHORT].astype(np.uint64)
    powers = np.array(_POWERS, dtype=np.uint64)
    keys, places = [], []
    # Sums wrap around, as they should.
    for gone in range(_LONGEST_SHORT + 1):
        has = np.flatnonzero(lengths >= gone)
        left = np.delete(short[has], gone, axis=1) if gone < short.shape[1] else short[has]
        keys.append((left * powers[: left.shape[1]]).sum(axis=1, dtype=np.uint64).view(np.int64))
        places.append(has.astype(np.int32))
    return np.concatenate(keys), np.concatenate(places)


def _remains_of(word: str) -> Keys:
    """Return the same of one word, each once, in their order."""
    codes = [ord(letter) for letter in word]
    kept = [codes[:gone] + codes[gone + 1 :] for gone in range(len(codes) + 1)]
    sums = [sum(code * power for code, power in zip(each, _POWERS, strict=False)) % (1 << 64) for each in kept]
    return np.unique(np.array(sums, dtype=np.uint64).view(np.int64))
