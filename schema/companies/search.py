"""Search of companies, as the API shows it."""

from typing import Annotated

import strawberry

from domain.companies.search import KEY_PARSERS, Searches, found_page, place_of
from domain.companies.search_index import Hit
from schema.companies.loaders import CompanyLoaders
from schema.companies.types import Company, company_of
from schema.context import Info
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested
from schema.shared.permissions import Access, allowed

# Of about a second that one operation may compute.
_SECONDS = 0.01


@strawberry.type
class SearchQuery:
    """The query that searches."""

    @strawberry.field(
        description=(
            "The active companies that somebody may mean, the best match first, at most 500: by ticker, whole name, "
            "beginning of a ticker, words of the name in any order, industry and sector, and last by what is like the "
            "words, mistyped as they may be; the larger company first among equals. Case, accents and points make no "
            "difference, and the last word may be unfinished. What holds no letter or digit finds nothing."
        ),
        metadata=allowed(Access.ANYBODY),
    )
    async def search(
        self,
        info: Info,
        query: Annotated[
            str, strawberry.argument(description="What is looked for: at most 200 characters, the first 8 words.")
        ],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[Company]:
        """Search the index beside the board."""
        request = requested(first, after, last, before, key=KEY_PARSERS)
        info.context.spend_computing(_SECONDS)
        board = await info.context.loaders(CompanyLoaders).board()
        index = await info.context.resources.shared(Searches).index_of(board)

        def node(hit: Hit) -> Company:
            return company_of(info.context, board, hit.row)

        def key(hit: Hit) -> tuple[object, ...]:
            return place_of(index, hit)

        return connection(found_page(index, query, request), node=node, key=key)
