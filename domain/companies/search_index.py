"""Companies by the words of their tickers, names, industries and sectors.  Pure: built of a board, read by any thread.

What matches better comes first, by `Match`; then what is closer, and then the larger company.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.companies.board import Board
from domain.companies.folding import compact, pairs, telling, words
from domain.companies.indexed_texts import IndexedTexts, Rows, texts_of

# Only so many words of a query are looked for.
MOST_WORDS: Final = 8
# Nobody reads on so far.
MOST_FOUND: Final = 500
# Where as many match as they are spelled, nothing was mistyped; nor where it is the whole name of one.
ENOUGH: Final = 20
# What a word is worth that is whole, and one that is only begun; the last one of a query may be unfinished.
_WHOLE, _BEGUN = 1.0, 0.9
# What a word is worth by where it stands: as spelled, and when it is like another.
_IN_GROUP, _LIKE_NAME, _LIKE_TICKER, _LIKE_GROUP = 0.6, 0.9, 0.8, 0.5
# The mean of what the words are worth, long words counting for more: half of a query may be wrong.
LEAST_SCORE: Final = 0.45
_LONG: Final = 8
_TICKER: Final = re.compile(r"[\w.\-/ ]+")
# Behind every code point of a word.
_LAST: Final = "\U0010ffff"

Scores = NDArray[np.float32]


class Match(IntEnum):
    """How a company matches, the best first."""

    TICKER = 0  # the ticker, as it is spelled
    TICKER_OTHERWISE = 1  # the ticker, in another case or with other points: brk-b
    NAME = 2  # the whole name, but for legal forms
    TICKER_BEGINS = 3
    WORDS = 4  # each word begins one of the name, or the ticker
    FIELDS = 5  # each word begins one of the name, the ticker, the industry or the sector
    LIKE = 6
    NONE = 7


# Much faster than to look them up by their numbers.
_MATCHES: Final = tuple(Match)


class Hit(NamedTuple):
    """A company that was found: its row on the board, how it matches, how closely in percent, and its size."""

    row: int
    match: Match
    score: int
    size: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of a query, or several as one, and which of its words it stands for."""

    text: str
    covers: tuple[int, ...]
    may_be_unfinished: bool


class _Found:
    """What each word of a query is worth in each company: `spelled` is 2 in names and tickers, 1 in groups."""

    def __init__(self, count: int, typed: Sequence[str]) -> None:
        self.worth = np.zeros((len(typed), count), dtype=np.float32)
        self.spelled = np.zeros((len(typed), count), dtype=np.int8)
        weights = np.array([min(len(word), _LONG) for word in typed], dtype=np.float32)
        self._weights = weights / weights.sum()

    def mark(self, asked: _Asked, rows: Rows, worth: float | Scores, spelled: int = 0) -> None:
        """Say that a word stands in companies; of several numbers for one the greatest comes last."""
        if len(rows):
            for place in asked.covers:
                self.worth[place, rows] = np.maximum(self.worth[place, rows], worth)
                if spelled:
                    self.spelled[place, rows] = np.maximum(self.spelled[place, rows], spelled)

    def scores(self) -> Scores:
        """Return what all words together are worth in each company, 0 to 1."""
        scores: Scores = self._weights @ self.worth
        return scores


class CompanyIndex:
    """Finds the active companies of a board."""

    def __init__(self, board: Board, known: IndexedTexts | None = None) -> None:
        """Index the texts of a board, where they are not known already."""
        sizes = board.numbers("marketCapUsdMn")
        self.board = board
        self.texts = IndexedTexts(texts_of(board)) if known is None else known
        self._sizes = np.where(np.isnan(sizes), -1.0, sizes)
        # Equals are in the order of their tickers, as the rows are.
        self._standings = np.empty(len(sizes), dtype=np.int64)
        self._standings[np.argsort(-self._sizes, kind="stable")] = np.arange(len(sizes))

    def search(self, query: str) -> list[Hit]:
        """Return the companies that match, the best first: at most 500."""
        typed = words(query)[:MOST_WORDS]
        matches, scores = self._by_words(telling(typed)) if typed else self._nothing()
        for match, rows in self._at_once(query.strip(), typed):
            better = rows[matches[rows] > match]
            matches[better], scores[better] = match, 1.0
        return self._ordered(matches, np.rint(100 * scores).astype(np.int64))

    def _nothing(self) -> tuple[NDArray[np.int8], Scores]:
        count = len(self.texts.known)
        return np.full(count, Match.NONE, dtype=np.int8), np.zeros(count, dtype=np.float32)

    def _at_once(self, query: str, typed: Sequence[str]) -> Iterable[tuple[Match, Rows]]:
        """Iterate over those whose ticker or whole name it is."""
        row = self.board.tickers.get(query, self.board.tickers.get(query.upper()))
        if row is not None and self.texts.known[row][0]:
            yield Match.TICKER, np.array([row], dtype=np.int32)
        if not typed:
            return
        if _TICKER.fullmatch(query):
            low, whole, high = self._range(compact(typed))
            yield Match.TICKER_OTHERWISE, self.texts.tickers.rows(low, whole)
            yield Match.TICKER_BEGINS, self.texts.tickers.rows(low, high)
        yield Match.NAME, self.texts.whole.get("".join(telling(typed)), np.empty(0, dtype=np.int32))

    def _by_words(self, typed: Sequence[str]) -> tuple[NDArray[np.int8], Scores]:
        found = _Found(len(self.texts.known), typed)
        asked = _asked_of(typed)
        for each in asked:
            self._mark_spelled(found, each)
        # What is like a word says nothing of those who have it.
        spelled, scores = found.spelled.min(axis=0), found.scores()
        matches = np.array([Match.NONE, Match.FIELDS, Match.WORDS], dtype=np.int8)[spelled]
        if np.count_nonzero(spelled) < ENOUGH and "".join(typed) not in self.texts.whole:
            for each in self._mistyped(asked, len(typed)):
                self._mark_like(found, each)
            scores = np.where(spelled > 0, scores, found.scores())
            matches[(spelled == 0) & (scores >= LEAST_SCORE)] = Match.LIKE
        return matches, scores

    def _mistyped(self, asked: Sequence[_Asked], count: int) -> list[_Asked]:
        """Return what may be mistyped: the words that nobody has, or else any; and all of them as one."""
        single = [each for each in asked if len(each.covers) == 1]
        unknown = [each for each in single if len(set(self._range(each.text)[:2])) == 1]
        return (unknown or single) + [each for each in asked if 1 < len(each.covers) == count]

    def _range(self, text: str) -> tuple[int, int, int]:
        """Return where a word is, and up to where others begin with it."""
        known = self.texts.vocabulary.words
        low = bisect_left(known, text)
        return low, low + (low < len(known) and known[low] == text), bisect_left(known, text + _LAST, low)

    def _mark_spelled(self, found: _Found, asked: _Asked) -> None:
        low, whole, high = self._range(asked.text)
        begun = _WHOLE if asked.may_be_unfinished else _BEGUN
        found.mark(asked, self.texts.groups.rows(low, high), _IN_GROUP, 1)
        for postings in (self.texts.tickers, self.texts.names):
            found.mark(asked, postings.rows(low, high), begun, 2)
            found.mark(asked, postings.rows(low, whole), _WHOLE, 2)

    def _mark_like(self, found: _Found, asked: _Asked) -> None:
        like = sorted(self.texts.vocabulary.like(asked.text), key=_closest_last)
        if not like:
            return
        for postings, worth in (
            (self.texts.groups, _LIKE_GROUP),
            (self.texts.tickers, _LIKE_TICKER),
            (self.texts.names, _LIKE_NAME),
        ):
            parts = [postings.rows(place, place + 1) for place, _ in like]
            close = np.repeat([close for _, close in like], [len(part) for part in parts])
            found.mark(asked, np.concatenate(parts), (worth * close).astype(np.float32))

    def _ordered(self, matches: NDArray[np.int8], scores: NDArray[np.int64]) -> list[Hit]:
        rows = np.flatnonzero(matches < Match.NONE)
        keys = (matches[rows].astype(np.int64) << 48) | ((100 - scores[rows]) << 40) | self._standings[rows]
        if len(rows) > MOST_FOUND:
            best = np.argpartition(keys, MOST_FOUND)[:MOST_FOUND]
            rows, keys = rows[best], keys[best]
        rows = rows[np.argsort(keys)]
        told = zip(
            rows.tolist(), matches[rows].tolist(), scores[rows].tolist(), self._sizes[rows].tolist(), strict=True
        )
        return [Hit(row, _MATCHES[match], score, size) for row, match, score, size in told]


def _closest_last(pair: tuple[int, float]) -> float:
    return pair[1]


def _asked_of(typed: Sequence[str]) -> list[_Asked]:
    last = len(typed) - 1
    asked = [_Asked(word, (place,), place == last) for place, word in enumerate(typed)]
    asked += [_Asked(pair, (place, place + 1), place + 1 == last) for place, pair in enumerate(pairs(typed))]
    if last > 1:
        asked.append(_Asked(compact(typed), tuple(range(last + 1)), may_be_unfinished=True))
    return asked
