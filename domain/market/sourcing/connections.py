"""Where the live feeds of providers stand, on their table: the process that follows one tells, all others read."""

from domain.kernel.work import Work
from domain.market.sourcing.types import ConnectionState
from domain.storage import statements
from domain.storage.statements import statement

_PUT = statement("""
    INSERT INTO provider_states (name, breaker, connection, calls, cost, cost_day, updated_at)
    VALUES ($1, 'CLOSED', $2, 0, 0, $3, $4)
    ON CONFLICT (name) DO UPDATE SET connection = excluded.connection, updated_at = excluded.updated_at
""")


async def put_connection(work: Work, provider: str, state: ConnectionState) -> None:
    """Tell where the live feed of a provider stands."""
    await statements.execute_many(_PUT, [(provider, state.value, work.now.date(), work.now)])
