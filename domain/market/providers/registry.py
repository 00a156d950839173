"""The providers that exist."""

from typing import Final

from domain.market.providers.provider import Provider

PROVIDERS: Final[tuple[Provider, ...]] = ()
