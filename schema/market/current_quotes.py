"""Quotes that are looked at are brought up to date first, where providers are configured."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import queries, told_quotes
from domain.market.providers.provider import Capability
from domain.market.sourcing.quoting import Untold
from domain.market.sourcing.sourcing import Sourcing
from domain.market.types import InstrumentRow


async def bring_up_to_date(resources: Resources, rows: Sequence[InstrumentRow]) -> Mapping[UUID, Untold]:
    """Ask providers for what is missing or old of these instruments, and store it; return what could not be had.

    No statement, and no wait, where no provider is configured; at most three seconds where none answers.
    """
    sourcing = resources.shared(Sourcing)
    if not rows or not sourcing.offers(Capability.QUOTES):
        return {}
    quotes = await queries.latest_quotes([row.id for row in rows])
    old = await told_quotes.to_be_asked(rows, quotes, resources.clock.now())
    if not old:
        return {}
    told = await sourcing.quotes([row.symbol for row in old])
    async with resources.unit_of_work(SYSTEM) as work:
        await told_quotes.publish_told(work, old, told)
    return {row.id: each for row in old if isinstance(each := told[row.symbol], Untold)}
