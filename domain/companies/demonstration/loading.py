"""Makes the figures of the demonstration's companies known, each snapshot as one publication."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from domain.companies.demonstration.figures import read_companies, read_figures
from domain.companies.demonstration.tracing import CompanyFigures, Figure
from domain.companies.models import CompanyPublication
from domain.companies.preparing import prepare
from domain.companies.publishing import publish
from domain.companies.types import Origin, Publication, Record
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources

SOURCE = "Figures of the demonstration"


async def load_demonstration(resources: Resources) -> int:
    """Publish the snapshots that were not yet, oldest first; return how many were."""
    rows = CompanyPublication.filter(source=SOURCE)
    known = {row.as_of for row in await rows.only("id", "as_of")}
    missing = [each for each in await asyncio.to_thread(_publications) if each.as_of not in known]
    for publication in missing:
        prepared = await prepare(publication, resources.clock.now(), resources.compute)
        async with resources.unit_of_work(SYSTEM) as work:
            await publish(work, prepared)
    return len(missing)


def _publications() -> list[Publication]:
    by_day = groupby(read_figures(), key=lambda each: each.as_of)
    return [_publication(as_of, list(figures)) for as_of, figures in by_day]


def _publication(as_of: date, snapshot: Sequence[CompanyFigures]) -> Publication:
    covered = {figure.code for each in snapshot for figure in _all(each)}
    return Publication(source=SOURCE, as_of=as_of, covered=covered, records=[_record(each) for each in snapshot])


def _record(told: CompanyFigures) -> Record:
    company = next(each for each in read_companies() if each.ticker == told.ticker)
    texts = {
        "name": company.name,
        "exchange": company.exchange,
        "currency": company.currency,
        "industry": company.industry or "",
        "sector": company.sector or "",
    }
    return Record(
        ticker=told.ticker,
        texts={name: text for name, text in texts.items() if text},
        figures={figure.code: figure.value for figure in _all(told)},
        origins={figure.code: Origin(source=figure.source, note=figure.formula) for figure in _all(told)},
    )


def _all(told: CompanyFigures) -> Iterator[Figure]:
    yield from told.figures.values()
    yield from told.companions.values()
