import pytest

from domain.kernel.ids import new_id
from schema.shared.node import global_id
from tests.factories.portfolios import buy, contribution, open_portfolio, record
from tests.schema.portfolios.own_documents import MODELLING


@pytest.fixture
async def portfolio(small_market, owner):
    made = await open_portfolio(small_market, owner)
    await record(small_market, owner, made.id, contribution("1000"), buy("AAA", "30", "10"))
    return made


@pytest.fixture
def key(portfolio):
    return global_id("Portfolio", portfolio.id)


@pytest.fixture
def begin(ask, key):
    async def send(name="If", *, actor=None, idempotency_key=None, **more):
        told = {"portfolioId": key, "name": name, "idempotencyKey": idempotency_key or str(new_id()), **more}
        return await ask(MODELLING["CreateModelingSession"], actor=actor, input=told)

    return send


@pytest.fixture
async def session(begin):
    return (await begin())["modelingSession"]


@pytest.fixture
def send(ask, session):
    """Send a mutation of the session; return the payload."""

    async def run(operation, *, actor=None, session_id=None, **more):
        told = {"sessionId": session_id or session["id"], **more}
        return await ask(MODELLING[operation], actor=actor, input=told)

    return run


@pytest.fixture
def attempt(send):
    async def run(*transactions, idempotency_key="try", **more):
        told = {"transactions": list(transactions), "idempotencyKey": idempotency_key, **more}
        return await send("AddProFormaTrades", **told)

    return run
