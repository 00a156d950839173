"""The factors of this installation: those that are built in, as administrators have changed and added to them."""

import re
from typing import Final

from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Subject, Work
from domain.market.bars import known_instruments
from domain.risk.builtin_factors import BUILT_IN
from domain.risk.models import Factor
from domain.risk.types import FactorKind, FactorRow

MOST_FACTORS: Final = 50
MOST_ACTIVE: Final = 20
MOST_OF_A_NAME: Final = 100
MOST_OF_A_DESCRIPTION: Final = 1_000
MOST_ORDER: Final = 1_000
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}\Z")


async def factors() -> list[FactorRow]:
    """Return all factors in their order, the market first: one statement."""
    found = {row.code: row for row in BUILT_IN} | {row.code: _row(row) for row in await Factor.all()}
    return sorted(found.values(), key=lambda row: (row.kind is not FactorKind.MARKET, row.display_order, row.code))


async def put_factor(
    work: Work,
    *,
    code: str,
    name: str | None,
    kind: FactorKind | None,
    description: str | None,
    proxy: str | None,
    display_order: int | None,
    is_active: bool | None,
) -> FactorRow:
    """Change a factor, or add one; what is None stays as it is.

    Raises `InvalidInput` for a code, a name, a description or a place that is none, a second market, a market that is
    not active, a new factor without name, kind and proxy, and more than 20 active ones; `BadUserInput` for a proxy that
    is not known.
    """
    if not _CODE.match(code):
        raise InvalidInput(f"expected a code such as LOW_VOLATILITY, got {code[:60]!r}", field=("code",))
    _check_texts(name, description, display_order)
    known = {row.code: row for row in await factors()}
    given = _told(
        name=name,
        kind=kind,
        description=description,
        proxy=proxy,
        display_order=display_order,
        is_active=is_active,
    )
    old = known.get(code)
    row = _changed(code, old, given)
    if proxy is not None:
        await known_instruments([proxy])
    _check(row, old, list(known.values()))
    stored = await Factor.get_or_none(code=code)
    if stored is None:
        await Factor.create(**{name: getattr(row, name) for name in FactorRow.__slots__})
    elif given:
        await Factor.filter(id=stored.id).update(**given)
    before = None if old is None else {name: getattr(old, name) for name in given}
    await work.record("risk.put_factor", Subject("Factor", row.id), before, given)
    return row


def _check_texts(name: str | None, description: str | None, display_order: int | None) -> None:
    if name is not None and not (name.strip() and len(name) <= MOST_OF_A_NAME):
        raise InvalidInput(f"expected a name of 1 to {MOST_OF_A_NAME} characters, got {len(name)}", field=("name",))
    if description is not None and len(description) > MOST_OF_A_DESCRIPTION:
        message = f"expected a description of at most {MOST_OF_A_DESCRIPTION} characters, got {len(description)}"
        raise InvalidInput(message, field=("description",))
    if display_order is not None and not 0 <= display_order <= MOST_ORDER:
        raise InvalidInput(f"expected a place from 0 to {MOST_ORDER}, got {display_order}", field=("display_order",))


def _told(**given: object) -> dict[str, object]:
    return {name: value for name, value in given.items() if value is not None}


def _changed(code: str, old: FactorRow | None, given: dict[str, object]) -> FactorRow:
    if old is not None:
        values = {name: getattr(old, name) for name in FactorRow.__slots__} | given
        return FactorRow(**values)
    for name in ("name", "kind", "proxy"):
        if name not in given:
            raise InvalidInput(f"expected {name} of the new factor {code}, got none", field=(name,))
    defaults = {"id": new_id(), "code": code, "description": "", "display_order": 100, "is_active": True}
    return FactorRow(**(defaults | given))  # type: ignore[arg-type]


def _check(row: FactorRow, old: FactorRow | None, known: list[FactorRow]) -> None:
    others = [each for each in known if each.code != row.code]
    is_market = row.kind is FactorKind.MARKET
    if is_market and (old is None or old.kind is not FactorKind.MARKET):
        raise InvalidInput("expected one market, got a second", field=("kind",))
    if old is not None and old.kind is FactorKind.MARKET and not (is_market and row.is_active):
        raise InvalidInput("expected the market to stay what it is, and active: all others count beyond it", field=())
    if len(others) >= MOST_FACTORS:
        raise InvalidInput(f"expected at most {MOST_FACTORS} factors, got one more", field=("code",))
    if row.is_active and sum(each.is_active for each in others) >= MOST_ACTIVE:
        raise InvalidInput(f"expected at most {MOST_ACTIVE} active factors, got one more", field=("is_active",))


def _row(row: Factor) -> FactorRow:
    return FactorRow(**{name: getattr(row, name) for name in FactorRow.__slots__})
