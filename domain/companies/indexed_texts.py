"""In which companies words stand: an inverted index of tickers, names, industries and sectors.  Pure."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from domain.companies.board import Board
from domain.companies.folding import compact, pairs, telling, words
from domain.companies.trigrams import Vocabulary

Rows = NDArray[np.int32]
# Ticker, name, industry and sector: empty for those that are not active.
Texts = tuple[str, str, tuple[str | None, str | None]]


def texts_of(board: Board) -> list[Texts]:
    """Return what is searched of each company, nothing of those that are not active."""
    return [
        (each.ticker, each.name, (each.industry, each.sector)) if each.is_active else ("", "", (None, None))
        for each in board.companies
    ]


class Postings:
    """In which companies words stand."""

    def __init__(self, vocabulary: Vocabulary, pairs_of: Sequence[tuple[str, int]]) -> None:
        places = {word: place for place, word in enumerate(vocabulary.words)}
        numbers = np.array([places[word] for word, _ in pairs_of], dtype=np.int32)
        order = np.argsort(numbers, kind="stable")
        self._rows = np.array([row for _, row in pairs_of], dtype=np.int32)[order]
        self._bounds = np.searchsorted(numbers[order], np.arange(len(places) + 1))

    def rows(self, low: int, high: int) -> Rows:
        """Return the rows of the words from one place up to another."""
        return self._rows[self._bounds[low] : self._bounds[high]]


class IndexedTexts:
    """The texts of companies by their words; threads may read it.  `whole` has names without legal forms."""

    def __init__(self, known: Sequence[Texts]) -> None:
        self.known = known
        tickers, names, groups, whole = [], [], [], []
        folded: dict[str | None, set[str]] = {}
        for row, (ticker, name, texts) in enumerate(known):
            if not ticker:
                continue
            tickers.append((compact(words(ticker)), row))
            own = words(name)
            told = telling(own)
            names += [(word, row) for word in {*own, *pairs(told), compact(told)}]
            whole.append(("".join(told), row))
            for text in texts:
                if text not in folded:
                    folded[text] = set(words(text or ""))
            groups += [(word, row) for word in set().union(*(folded[text] for text in texts))]
        self.vocabulary = Vocabulary(sorted({word for each in (tickers, names, groups) for word, _ in each}))
        self.tickers, self.names, self.groups = (Postings(self.vocabulary, each) for each in (tickers, names, groups))
        self.whole = _gathered(whole)


def _gathered(pairs_of: Iterable[tuple[str, int]]) -> dict[str, Rows]:
    gathered: dict[str, list[int]] = {}
    for text, row in pairs_of:
        gathered.setdefault(text, []).append(row)
    return {text: np.array(rows, dtype=np.int32) for text, rows in gathered.items()}
