"""Search of companies as a process answers it: an index in memory beside the board (decision 24)."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final

from domain.companies.board import EMPTY, Board
from domain.companies.indexed_texts import texts_of
from domain.companies.search_index import CompanyIndex, Hit
from domain.kernel.errors import BadUserInput
from domain.kernel.paging import Page, PageRequest, cut_computed
from domain.kernel.ports import Resources
from domain.kernel.text import forbidden_character

LONGEST_QUERY: Final = 200

# What reads the parts of a place among what was found, as `place_of` has them.
KEY_PARSERS: Final[Sequence[Callable[[str], Any]]] = (int, int, float, str)


class Searches:
    """Keeps the index of one board; there is another as soon as somebody asks of a newer board."""

    def __init__(self, resources: Resources) -> None:
        self._compute = resources.compute
        self._index = CompanyIndex(EMPTY)
        self._building = asyncio.Lock()

    async def index_of(self, board: Board) -> CompanyIndex:
        """Return the index of a board.  Built in the thread; where only numbers have changed, nearly all is kept."""
        if self._index.board is board:
            return self._index
        async with self._building:
            if self._index.board is not board:
                self._index = await self._compute.run(followed, self._index, board)
            return self._index


def followed(index: CompanyIndex, board: Board) -> CompanyIndex:
    """Return the index of another board, of the parts of one that is left as it is."""
    return CompanyIndex(board, index.texts if texts_of(board) == index.texts.known else None)


def checked(query: str) -> str:
    """Return a query.  Raises `BadUserInput` for more than 200 characters or for control characters."""
    if len(query) > LONGEST_QUERY:
        raise BadUserInput(f"expected a query of at most {LONGEST_QUERY} characters, got {len(query)}")
    found = forbidden_character(query)
    if found is not None:
        raise BadUserInput(f"expected a query of printable characters, got {found}")
    return query


def found_page(index: CompanyIndex, query: str, request: PageRequest) -> Page[Hit]:
    """Return a page of what a query finds, the best first, of at most 500.  Raises `BadUserInput`."""
    found = index.search(checked(query))

    def key_of(hit: Hit) -> tuple[Any, ...]:
        return place_of(index, hit)

    return cut_computed(found, request, key_of)


def place_of(index: CompanyIndex, hit: Hit) -> tuple[int, int, float, str]:
    """Return where a company stands among what was found: the less, the earlier."""
    return (int(hit.match), -hit.score, -hit.size, index.board.companies[hit.row].ticker)
