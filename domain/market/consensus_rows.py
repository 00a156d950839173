"""What providers said of prices, on its table: the latest of each instrument, disagreement and all."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from domain.kernel.work import Work
from domain.market.consensus import Consensus, Observation, Source
from domain.market.types import ConsensusMethod, DataQuality
from domain.storage import statements
from domain.storage.readings import as_datetime, as_decimal, as_uuid
from domain.storage.statements import statement

_PUT = statement("""
    INSERT INTO quote_consensus (instrument_id, method, price, agreement, grade, reasons, sources, at, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (instrument_id) DO UPDATE SET method = excluded.method, price = excluded.price, agreement =
    excluded.agreement, grade = excluded.grade, reasons = excluded.reasons, sources = excluded.sources, at =
    excluded.at, recorded_at = excluded.recorded_at
""")
_BY_ID = statement("""
    SELECT c.instrument_id, c.method, c.price, c.agreement, c.grade, c.reasons, c.sources, c.at FROM quote_consensus c
    JOIN quotes q ON q.instrument_id = c.instrument_id AND q.source = 'PROVIDER' AND q.at = c.at
    WHERE c.instrument_id = ANY($1::uuid[])
""")


async def put_consensus(work: Work, found: Mapping[UUID, Consensus]) -> None:
    """Store what was found of these instruments, in place of what was known before."""
    rows = [
        (
            key,
            each.method.value,
            each.price,
            each.agreement,
            each.grade.value,
            orjson.dumps(each.reasons).decode(),
            orjson.dumps([_packed(source) for source in each.sources]).decode(),
            each.at,
            work.now,
        )
        for key, each in sorted(found.items())
    ]
    if rows:
        await statements.execute_many(_PUT, rows)


async def consensus_by_id(instrument_ids: Sequence[UUID]) -> list[Consensus | None]:
    """Return how the present quotes of these instruments came about, in the order asked.

    None where they did not come from providers that were asked.
    """
    rows = await statements.fetch(_BY_ID, list(set(instrument_ids))) if instrument_ids else []
    found = {as_uuid(row[0]): _consensus(row) for row in rows}
    return [found.get(key) for key in instrument_ids]


def _packed(source: Source) -> tuple[Any, ...]:
    seen = source.observation
    return (
        seen.provider, str(seen.price), seen.at, str(seen.weight), seen.is_delayed, source.counts, source.agrees
    )  # fmt: skip


def _unpacked(packed: Sequence[Any]) -> Source:
    provider, price, at, weight, is_delayed, counts, agrees = packed
    exact, weighs = as_decimal(price), as_decimal(weight)
    assert exact is not None
    assert weighs is not None
    seen = Observation(provider=provider, price=exact, at=as_datetime(at), weight=weighs, is_delayed=is_delayed)
    return Source(observation=seen, counts=counts, agrees=agrees)


def _consensus(row: Sequence[Any]) -> Consensus:
    _, method, price, agreement, grade, reasons, sources, at = row
    exact = as_decimal(price)
    assert exact is not None
    return Consensus(
        method=ConsensusMethod(method),
        price=exact,
        at=as_datetime(at),
        agreement=agreement,
        grade=DataQuality(grade),
        reasons=tuple(orjson.loads(reasons)),
        sources=tuple(map(_unpacked, orjson.loads(sources))),
    )
