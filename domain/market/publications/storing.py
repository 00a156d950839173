"""What was published, stored once: news, statements, economic series."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import orjson

from domain.kernel.work import Work
from domain.market import queries
from domain.market.providers.observed import ObservedNews, ObservedSeries, ObservedStatement
from domain.market.publications.models import EconomicSeries, FinancialStatement, NewsItem, NewsMention
from domain.market.types import InstrumentRow
from domain.storage import statements
from domain.storage.statements import statement

_PUT_POINT = statement("""
    INSERT INTO economic_points (series, day, value) VALUES ($1, $2, $3)
    ON CONFLICT (series, day) DO UPDATE SET value = excluded.value
""")
_LARGEST_NUMBER = statement("SELECT COALESCE(MAX(number), 0) FROM economic_series")


async def store_news(work: Work, provider: str, news: Sequence[ObservedNews]) -> int:
    """Store news that is not there yet, with the instruments that it is about; return how many pieces were new."""
    told = {each.key[:200]: each for each in news}
    present = {row.provider_key for row in await NewsItem.filter(provider=provider, provider_key__in=list(told))}
    fresh = {key: each for key, each in told.items() if key not in present}
    symbols = sorted({symbol for each in fresh.values() for symbol in each.symbols})
    rows = await queries.instruments_by_symbol(symbols) if symbols else {}
    items = {key: _item(work, provider, key, each) for key, each in fresh.items()}
    await NewsItem.bulk_create(items.values(), ignore_conflicts=True)
    await NewsMention.bulk_create(
        [
            NewsMention(item_id=items[key].id, instrument_id=rows[symbol].id, published_at=each.published_at)
            for key, each in fresh.items()
            for symbol in sorted(set(each.symbols))
            if symbol in rows
        ],
        ignore_conflicts=True,
    )
    return len(fresh)


def _item(work: Work, provider: str, key: str, each: ObservedNews) -> NewsItem:
    return NewsItem(
        provider=provider,
        provider_key=key,
        title=each.title[:500],
        summary=each.summary,
        url=_address(each.url),
        publisher=None if each.publisher is None else each.publisher[:200],
        published_at=each.published_at,
        recorded_at=work.now,
    )


def _address(url: str | None) -> str | None:
    """Return an address that a browser may be sent to, None for any other."""
    if url is None or len(url) > 2_000:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


async def store_statements(work: Work, row: InstrumentRow, source: str, told: Sequence[ObservedStatement]) -> int:
    """Store statements, the newer figures of one in place of the older; return how many are new or have changed."""
    changed = 0
    for each in told:
        figures = {line: None if value is None else str(value) for line, value in sorted(each.figures.items())}
        text = orjson.dumps(figures).decode()
        key: dict[str, Any] = {
            "instrument_id": row.id, "kind": each.kind, "period": each.period, "ends_on": each.ends_on, "source": source
        }  # fmt: skip
        stored = await FinancialStatement.get_or_none(**key)
        if stored is not None and stored.figures == text:
            continue
        changed += 1
        values: dict[str, Any] = {
            "fiscal_year": each.fiscal_year,
            "fiscal_quarter": each.fiscal_quarter,
            "filed_on": each.filed_on,
            "currency": each.currency[:3].upper(),
            "figures": text,
            "recorded_at": work.now,
        }
        if stored is None:
            await FinancialStatement.create(**key, **values)
        else:
            await FinancialStatement.filter(id=stored.id).update(**values)
    return changed


async def store_series(work: Work, source: str, told: Sequence[ObservedSeries]) -> int:
    """Store the parts of one series, its values and what describes it; return how many values it was told."""
    code = told[0].code
    described = next((each for each in told if each.frequency), told[0])
    series = await EconomicSeries.get_or_none(code=code)
    description: dict[str, Any] = {
        "title": described.title[:300],
        "units": described.units[:120],
        "frequency": described.frequency[:40],
        "seasonal_adjustment": described.seasonal_adjustment,
        "source": source,
        "updated_at": work.now,
    }
    if series is None:
        number = (await statements.fetch(_LARGEST_NUMBER))[0][0] + 1
        series = await EconomicSeries.create(code=code, number=number, **description)
    else:
        await EconomicSeries.filter(id=series.id).update(**description)
    points: list[tuple[date, float | None]] = [
        (day, None if value is None else float(value)) for each in told for day, value in each.points
    ]
    await statements.execute_many(_PUT_POINT, [(series.number, day, value) for day, value in points])
    return len(points)
