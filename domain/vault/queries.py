"""Reads what was sealed."""

from uuid import UUID

from domain.kernel.ports import FieldCipher, Place, WrappedKey
from domain.vault.models import DataKey


async def data_key(tenant_id: UUID) -> WrappedKey | None:
    """Return a tenant's data key, None before anything was sealed, and after it was destroyed."""
    row = await DataKey.get_or_none(tenant_id=tenant_id)
    return None if row is None else WrappedKey(tenant_id, row.wrapped)


async def opened(cipher: FieldCipher, tenant_id: UUID, place: Place, sealed: str) -> str:
    """Return the value that was sealed at this place.  Whoever asks has checked that the actor may see it.

    Raises `SealBroken` for what was changed, or sealed at another place, and when the tenant's key is gone.
    """
    return cipher.decrypt(await data_key(tenant_id), place, sealed)


async def blind_index(cipher: FieldCipher, tenant_id: UUID, purpose: str, text: str) -> str | None:
    """Return by what equal values of one purpose are found; None where the tenant has no key: nothing is there."""
    key = await data_key(tenant_id)
    return None if key is None else cipher.index(key, purpose, text)
