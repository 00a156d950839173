"""Account and routing numbers: checked, sealed at their row, shown by their ends, found by a blind index."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.kernel.ports import FieldCipher, Place
from domain.kernel.work import Work
from domain.vault import commands as vault

# An IBAN, the longest of account numbers, has 34 characters (ISO 13616).
_CHARACTERS: Final = (4, 34)
_NUMBER: Final = re.compile(r"[0-9A-Za-z \-]+", re.ASCII)
_ROUTING: Final = re.compile(r"[0-9]{9}", re.ASCII)
_ROUTING_WEIGHTS: Final = (3, 7, 1) * 3
_SHOWN: Final = 4

INDEX_PURPOSE: Final = "accounts:number"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A number as its columns hold it; all None for none."""

    text: str | None = None
    end: str | None = None
    index: str | None = None


def checked_number(text: str) -> str:
    """Return an account number without spaces around.  Raises `InvalidInput`, which does not repeat it."""
    number = text.strip(" ")
    least, most = _CHARACTERS
    if _NUMBER.fullmatch(number) is None or not least <= len(plain_number(number)) <= len(number) <= most:
        raise InvalidInput(
            f"expected {least} to {most} digits and letters, with dashes and spaces between them, got another text "
            f"of {len(text)} characters",
            field=("number",),
        )
    return number


def plain_number(number: str) -> str:
    """Return what two spellings of one number have in common: digits and capital letters."""
    return number.replace(" ", "").replace("-", "").upper()


def checked_routing_number(text: str) -> str:
    """Return a routing number of the American Bankers Association.  Raises `InvalidInput`, which does not repeat it.

    Nine digits, whose sum, weighted by 3, 7, 1 in turn, is a multiple of 10.
    """
    number = text.strip(" ")
    field = ("routing_number",)
    if _ROUTING.fullmatch(number) is None:
        raise InvalidInput(f"expected 9 digits, got another text of {len(text)} characters", field=field)
    weighted = sum(weight * int(digit) for weight, digit in zip(_ROUTING_WEIGHTS, number, strict=True))
    if not weighted or weighted % 10:
        raise InvalidInput("expected 9 digits whose check digit is right, got a mistyped number", field=field)
    return number


async def seal_number(work: Work, cipher: FieldCipher, account_id: UUID, text: str | None) -> Sealed:
    """Check and seal an account number at its row.  Raises `InvalidInput`."""
    if text is None:
        return Sealed()
    number = checked_number(text)
    key = await vault.ensure_data_key(work, cipher)
    plain = plain_number(number)
    sealed = cipher.encrypt(key, number_place(account_id), number)
    return Sealed(sealed, _end(plain), cipher.index(key, INDEX_PURPOSE, plain))


async def seal_routing_number(work: Work, cipher: FieldCipher, account_id: UUID, text: str | None) -> Sealed:
    """Check and seal a routing number at its row.  Raises `InvalidInput`."""
    if text is None:
        return Sealed()
    number = checked_routing_number(text)
    key = await vault.ensure_data_key(work, cipher)
    return Sealed(cipher.encrypt(key, Place("accounts", "routing_number", account_id), number), _end(number))


def number_place(account_id: UUID) -> Place:
    """Return where an account's number is sealed."""
    return Place("accounts", "number", account_id)


def masked(end: str | None) -> str | None:
    """Return what is shown of a number."""
    return None if end is None else f"•••• {end}"


def _end(plain: str) -> str:
    # Never more than half of a short one.
    return plain[-min(_SHOWN, len(plain) // 2) :]
