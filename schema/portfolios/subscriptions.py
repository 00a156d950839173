"""Watching portfolios."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import strawberry

from domain.kernel.actor import Actor
from domain.kernel.errors import NothingThere
from domain.kernel.events import Bus, Event
from domain.kernel.ports import Clock
from domain.market.events import QuotesTicked
from domain.market.queries import feed_position, market_now
from domain.portfolios import queries
from domain.portfolios.events import PortfolioChanged
from domain.portfolios.queries import Asked, PortfolioRow
from domain.portfolios.types import Valuation
from schema.context import Info
from schema.portfolios.types import Portfolio, portfolio_of
from schema.shared.event_ids import EventKind, event_id, position_in
from schema.shared.live import Live, Topic, Update
from schema.shared.node import stored_key
from schema.shared.permissions import Access, allowed

# A portfolio is valued at most this often, in seconds, however many prices move.
_INTERVAL = 0.25


@strawberry.type(description="A portfolio as it is now.")
class PortfolioUpdate:
    """One event of `portfolioUpdate`."""

    event_id: str = strawberry.field(description="Names this event: for `since`.")
    kind: EventKind = strawberry.field(description="What kind of event it is.")
    portfolio: Portfolio = strawberry.field(description="The portfolio; its valuation is of this event.")


@strawberry.type
class PortfoliosSubscription:
    """The subscriptions of portfolios."""

    @strawberry.subscription(
        description=(
            "A portfolio with its present valuation, then one event for each change of it by its ledger or by prices, at most "
            "one in 250 ms."
        ),
        metadata=allowed(Access.USER),
    )
    async def portfolio_update(
        self, info: Info, portfolio_id: strawberry.ID, since: str | None = None
    ) -> AsyncIterator[PortfolioUpdate]:
        """Follow one portfolio."""
        key = stored_key("Portfolio", portfolio_id)
        if key is None:
            raise NothingThere("no such portfolio")
        resources = info.context.resources
        watched = _Watched(info.context.actor, key, resources.bus, resources.clock)
        await watched.state()
        return Live(resources.bus, watched.topic(), since=since)


class _Watched:
    """One portfolio as one user sees it."""

    def __init__(self, actor: Actor, key: UUID, bus: Bus, clock: Clock) -> None:
        self._actor = actor
        self._key = key
        self._bus = bus
        self._clock = clock
        self._latest: Valuation | None = None

    def topic(self) -> Topic[PortfolioUpdate]:
        """Return the stream that all sockets of this user share."""
        return Topic(
            name=f"portfolio:{self._key}:{self._actor.user_id}",
            channels=(PortfolioChanged.channel(portfolio_id=self._key), QuotesTicked.CHANNEL),
            is_public=False,
            read=self._read,
            follow=self._follow,
            resume=self._resume,
            gap=self._gap,
            minimum_interval=_INTERVAL,
        )

    async def state(self) -> tuple[PortfolioRow, Valuation, str, tuple[int, int]]:
        """Read the portfolio afresh: its row, its worth, the epoch, and the position of ledger and feed.

        Raises `NothingThere` when the user does not see it, any more.
        """
        # The position is read first: what changes in between is then announced again, not missed.
        feed = await feed_position()
        row = (await queries.portfolios_by_id(self._actor, [self._key]))[0]
        now = await market_now(self._clock)
        valuation = (await queries.valuations(self._actor, [Asked(self._key, None)], now))[0]
        if row is None or valuation is None:
            raise NothingThere("no such portfolio")
        epoch = self._key.hex if feed is None else f"{self._key.hex}.{feed.epoch.hex}"
        return row, valuation, epoch, (valuation.version, 0 if feed is None else feed.sequence)

    async def _update(self, kind: EventKind) -> Update[PortfolioUpdate]:
        row, valuation, epoch, position = await self.state()
        self._latest = valuation
        payload = PortfolioUpdate(
            event_id=event_id(epoch, *position), kind=kind, portfolio=portfolio_of(row, live=valuation)
        )
        return Update(None, position, payload)

    async def _read(self, _: frozenset[str] | None) -> Sequence[Update[PortfolioUpdate]]:
        return [await self._update(EventKind.SNAPSHOT)]

    async def _follow(self, _: Sequence[Event]) -> Sequence[Update[PortfolioUpdate]]:
        before = self._latest
        update = await self._update(EventKind.CHANGE)
        # A tick of what is not held changes nothing here.
        return [] if self._latest == before else [update]

    async def _resume(self, _keys: frozenset[str] | None, since: str) -> Sequence[Update[PortfolioUpdate]] | None:
        _, _, epoch, position = await self.state()
        asked = position_in(since, epoch)
        if asked is None or len(asked) != len(position) or any(a > b for a, b in zip(asked, position, strict=True)):
            return None
        return [] if asked == position else [await self._update(EventKind.CHANGE)]

    async def _gap(self) -> Update[PortfolioUpdate]:
        return await self._update(EventKind.GAP)
