"""What administrators do to companies: add them, say what they are, and take them out of the lists.

What is said here stands until a publication says otherwise.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias
from uuid import UUID

from domain.companies.catalogue import BY_CODE, RATINGS
from domain.companies.exchanges import mic_of
from domain.companies.models import Company
from domain.companies.publishing import advance
from domain.companies.types import TEXTS
from domain.kernel.errors import InvalidInput, NameTaken, NotFound, VersionConflict
from domain.kernel.text import as_name
from domain.kernel.work import Subject, Work

# What the mirror slice of the schema reads, without naming the table.
CompanyRow: TypeAlias = Company

LONGEST_TICKER: Final = 12
_TICKER: Final = re.compile(BY_CODE["ticker"].pattern or "")
_LONGEST: Final = {"name": 200, "industry": 120, "sector": 80, "country": 80, "analyst": 120}
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


async def create_company(work: Work, ticker: str, texts: Mapping[str, str | None]) -> CompanyRow:
    """Add a company without numbers; `texts` are by the names of `TEXTS`, of which the name is required.

    Emits `CompaniesChanged`.  Raises `InvalidInput`, `NameTaken`.
    """
    if len(ticker) > LONGEST_TICKER or _TICKER.fullmatch(ticker) is None:
        message = f"expected 1 to {LONGEST_TICKER} of A-Z, 0-9, dot and hyphen, got {ticker[:40]!r}"
        raise InvalidInput(message, field=("ticker",))
    checked: dict[str, Any] = _checked({"name": None, **texts})
    at = await advance(work)
    if await Company.exists(ticker=ticker):
        raise NameTaken(f"expected a ticker that no company has, got {ticker!r}", field=("ticker",))
    company = await Company.create(
        ticker=ticker,
        is_added_by_hand=True,
        sequence=at.sequence,
        created_at=work.now,
        changed_at=work.now,
        **checked,
    )
    await work.record("company.create", Subject("Company", _id(company)), None, {"ticker": ticker, **checked})
    return company


async def update_company(
    work: Work, company_id: UUID, texts: Mapping[str, str | None], *, expected_version: int | None = None
) -> CompanyRow:
    """Say anew what a company is, in those of `TEXTS` that are given; None takes one away, but never the name.

    Emits `CompaniesChanged`.  Raises `InvalidInput`, `NotFound`, `VersionConflict`.
    """
    checked = _checked(texts)
    return await _change(work, company_id, checked, expected_version, "company.update")


async def deactivate_company(work: Work, company_id: UUID, *, expected_version: int | None = None) -> CompanyRow:
    """Take a company out of lists, screens and search; what was known of it stays.

    Emits `CompaniesChanged`.  Raises `NotFound`, `VersionConflict`.
    """
    return await _change(work, company_id, {"is_active": False}, expected_version, "company.deactivate")


async def reactivate_company(work: Work, company_id: UUID, *, expected_version: int | None = None) -> CompanyRow:
    """Put a company back into the lists.

    Emits `CompaniesChanged`.  Raises `NotFound`, `VersionConflict`.
    """
    return await _change(work, company_id, {"is_active": True}, expected_version, "company.reactivate")


async def _change(
    work: Work, company_id: UUID, changes: Mapping[str, object], expected_version: int | None, action: str
) -> CompanyRow:
    # Whoever changes companies holds the lock of their state: versions cannot change in between.
    at = await advance(work)
    company = await Company.get_or_none(id=company_id)
    if company is None:
        raise NotFound("no such company", field=("company_id",))
    if expected_version is not None and expected_version != company.version:
        raise VersionConflict(
            f"expected version {expected_version}, the company is at {company.version}", field=("expected_version",)
        )
    before = {name: getattr(company, name) for name in changes}
    company.update_from_dict({**changes, "sequence": at.sequence, "version": company.version + 1})
    company.changed_at = work.now
    await company.save(update_fields=[*changes, "sequence", "version", "changed_at"])
    await work.record(action, Subject("Company", company_id), before, changes)
    return company


def _checked(texts: Mapping[str, str | None]) -> dict[str, str | None]:
    unknown = [name for name in texts if name not in TEXTS]
    if unknown:
        raise InvalidInput(f"expected some of {', '.join(TEXTS)}, got {unknown[0]!r}", field=(unknown[0],))
    return {name: _CHECKS.get(name, _line)(name, text) for name, text in texts.items()}


def _line(name: str, text: str | None) -> str | None:
    if text is None and name != "name":
        return None
    try:
        line = as_name(text or "")
    except ValueError as error:
        raise InvalidInput(str(error), field=(name,)) from None
    if not 1 <= len(line) <= _LONGEST[name]:
        raise InvalidInput(f"expected 1 to {_LONGEST[name]} characters, got {len(line)}", field=(name,))
    return line


def _exchange(name: str, text: str | None) -> str | None:
    found = None if text is None else mic_of(text)
    if text is not None and found is None:
        raise InvalidInput(f"expected the MIC of an exchange, such as XNAS, got {text[:40]!r}", field=(name,))
    return found


def _currency(name: str, text: str | None) -> str | None:
    if text is not None and _CURRENCY.fullmatch(text) is None:
        raise InvalidInput(f"expected three letters of ISO 4217, got {text[:40]!r}", field=(name,))
    return text


def _rating(name: str, text: str | None) -> str | None:
    if text is not None and text not in RATINGS:
        raise InvalidInput(f"expected one of {', '.join(RATINGS)}, got {text[:40]!r}", field=(name,))
    return text


_CHECKS: Final[Mapping[str, Callable[[str, str | None], str | None]]] = {
    "exchange": _exchange,
    "currency": _currency,
    "rating": _rating,
}


def _id(company: Company) -> UUID:
    assert isinstance(company.id, UUID)
    return company.id
