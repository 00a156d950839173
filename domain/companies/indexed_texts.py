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

    def __init__(self, count: int, places: NDArray[np.int32], rows: Sequence[int]) -> None:
        order = np.argsort(places, kind="stable")
        self._rows = np.array(rows, dtype=np.int32)[order]
        self._bounds = np.searchsorted(places[order], np.arange(count + 1)).tolist()

    def rows(self, low: int, high: int) -> Rows:
        """Return the rows of the words from one place up to another."""
        return self._rows[self._bounds[low] : self._bounds[high]]


class _Numbered:
    """Words of rows; each word has a number, in the order in which it comes."""

    def __init__(self, numbers: dict[str, int]) -> None:
        self._all = numbers
        self.numbers: list[int] = []
        self.rows: list[int] = []

    def add(self, found: Iterable[str], row: int) -> None:
        self.extend([self._all.setdefault(word, len(self._all)) for word in found], row)

    def extend(self, numbers: Sequence[int], row: int) -> None:
        self.numbers += numbers
        self.rows += [row] * len(numbers)


class IndexedTexts:
    """The texts of companies by their words; threads may read it.  `whole` has names without legal forms."""

    def __init__(self, known: Sequence[Texts]) -> None:
        self.known = known
        numbers: dict[str, int] = {}
        tickers, names, groups = (_Numbered(numbers) for _ in range(3))
        whole: list[tuple[str, int]] = []
        # Many have the same industry and sector.
        alike: dict[tuple[str | None, ...], Sequence[int]] = {}
        for row, (ticker, name, texts) in enumerate(known):
            if not ticker:
                continue
            tickers.add([compact(words(ticker))], row)
            own = words(name)
            told = telling(own)
            names.add({*own, *pairs(told), compact(told)}, row)
            whole.append(("".join(told), row))
            if texts not in alike:
                start = len(groups.numbers)
                groups.add({word for text in texts for word in words(text or "")}, row)
                alike[texts] = groups.numbers[start:]
            else:
                groups.extend(alike[texts], row)
        ordered = sorted(numbers)
        places = np.empty(len(ordered), dtype=np.int32)
        places[[numbers[word] for word in ordered]] = np.arange(len(ordered))
        self.vocabulary = Vocabulary(ordered)
        self.tickers, self.names, self.groups = (
            Postings(len(ordered), places[np.array(each.numbers, dtype=np.intp)], each.rows)
            for each in (tickers, names, groups)
        )
        self.whole = _gathered(whole)


def _gathered(pairs_of: Iterable[tuple[str, int]]) -> dict[str, Rows]:
    gathered: dict[str, list[int]] = {}
    for text, row in pairs_of:
        gathered.setdefault(text, []).append(row)
    return {text: np.array(rows, dtype=np.int32) for text, rows in gathered.items()}
