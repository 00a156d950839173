"""Instruments that become known, by what a provider or an administrator says of them."""

from datetime import date

from domain.kernel.currencies import CURRENCIES
from domain.kernel.dates import EARLIEST_DATE
from domain.kernel.errors import InvalidInput
from domain.kernel.work import Subject, Work
from domain.market import queries
from domain.market.models import Instrument, InstrumentSymbol
from domain.market.providers.observed import ObservedProfile
from domain.market.types import InstrumentKind, InstrumentRow
from domain.storage import statements
from domain.storage.statements import statement

_LARGEST_NUMBER = statement("SELECT COALESCE(MAX(number), 0) FROM instruments")
# Another process may take the same number at the same moment.
_TRIES = 5
# What a profile may fill in, and never takes away.
_DESCRIPTION = ("exchange", "sector", "industry", "country", "cusip", "isin")
_LENGTHS = {"exchange": 4, "sector": 80, "industry": 120, "country": 2, "cusip": 9, "isin": 12}


def checked_symbol(symbol: str) -> str:
    """Return a symbol that could be one of a listed instrument.  Raises `InvalidInput`."""
    plain = symbol.strip()
    allowed = plain.isascii() and 0 < len(plain) <= 16 and plain == plain.upper()
    if not allowed or not plain.replace(".", "").replace("-", "").isalnum():
        raise InvalidInput(f"expected symbols in capitals, such as BRK.B, got {symbol[:40]!r}", field=("symbols",))
    return plain


async def list_instrument(work: Work, profile: ObservedProfile, source: str) -> InstrumentRow:
    """Add an instrument, or fill in what was not known of it; what was known stays."""
    for _ in range(_TRIES):
        found = (await queries.instruments_by_symbol([profile.symbol])).get(profile.symbol)
        if found is not None:
            await _fill_in(work, profile)
            return (await queries.instruments_by_symbol([profile.symbol]))[profile.symbol]
        await _add(work, profile, source)
    raise AssertionError("the numbers of instruments were taken by others, time and again")


async def begin_history(work: Work, row: InstrumentRow, first_session: date) -> None:
    """Note from when on an instrument's prices are known, if that is earlier than was noted."""
    del work  # Whoever writes is in one.
    known = row.first_session
    if first_session < known or known == EARLIEST_DATE:
        await Instrument.filter(id=row.id).update(first_session=first_session)


async def _add(work: Work, profile: ObservedProfile, source: str) -> None:
    currency = (profile.currency or "USD").upper()
    instrument = Instrument(
        number=(await statements.fetch(_LARGEST_NUMBER))[0][0] + 1,
        symbol=profile.symbol,
        name=profile.name[:200],
        kind=profile.kind or InstrumentKind.STOCK,
        currency=currency if currency in CURRENCIES else "USD",
        first_session=EARLIEST_DATE,
        source=source,
        **_described(profile),
    )
    await Instrument.bulk_create([instrument], ignore_conflicts=True)
    if not await Instrument.filter(id=instrument.id).exists():
        return
    symbol = InstrumentSymbol(instrument_id=instrument.id, symbol=profile.symbol, source=source, recorded_at=work.now)
    await symbol.save(force_create=True)
    told = {"symbol": profile.symbol, "name": profile.name[:200], "source": source}
    await work.record("instrument.list", Subject("Instrument", instrument.id), None, told)


async def _fill_in(work: Work, profile: ObservedProfile) -> None:
    row = await Instrument.get(symbol=profile.symbol)
    new = {name: value for name, value in _described(profile).items() if getattr(row, name) is None and value}
    if new:
        await Instrument.filter(id=row.id).update(**new)
        await work.record("instrument.describe", Subject("Instrument", row.id), None, dict(new))


def _described(profile: ObservedProfile) -> dict[str, str | None]:
    told = {name: getattr(profile, name) for name in _DESCRIPTION}
    return {name: None if value is None or len(value) > _LENGTHS[name] else value for name, value in told.items()}
