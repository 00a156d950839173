"""What happens across slices when somebody arrives."""

from typing import Final

from domain.identity import commands as identity
from domain.identity.types import User
from domain.kernel.work import Work
from domain.portfolios.commands import create_portfolio

FIRST_PORTFOLIO: Final = "My portfolio"


async def register_user(work: Work, *, email: str, display_name: str, password_hash: str) -> User:
    """Create the account of the actor, an `identity.newcomer`, and a first portfolio.  Raises `EmailTaken`."""
    user = await identity.register_user(work, email=email, display_name=display_name, password_hash=password_hash)
    await create_portfolio(work, name=FIRST_PORTFOLIO, description=None, base_currency="USD", idempotency_key=None)
    return user
