"""Publications of companies' numbers, by hand."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime

from domain.companies.preparing import prepare
from domain.companies.publishing import publish
from domain.companies.types import Publication, Published, Record
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources

MONDAY, NEXT = date(2026, 8, 17), date(2026, 8, 24)
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)


async def make_known(
    resources: Resources,
    records: Sequence[Record],
    *,
    as_of: date = MONDAY,
    covered: Collection[str] = ("per", "roe"),
    source: str = "a feed",
) -> Published:
    """Publish records."""
    publication = Publication(source=source, as_of=as_of, covered=covered, records=records)
    prepared = await prepare(publication, FUTURE, resources.compute)
    async with resources.unit_of_work(SYSTEM) as work:
        return await publish(work, prepared)
