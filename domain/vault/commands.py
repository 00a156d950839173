"""Makes tenants' data keys, and wraps them anew."""

from domain.kernel.ports import FieldCipher, WrappedKey
from domain.kernel.work import Work
from domain.vault.models import DataKey


async def ensure_data_key(work: Work, cipher: FieldCipher) -> WrappedKey:
    """Return the data key of the actor's tenant, made at the first call."""
    tenant_id = work.actor.tenant_id
    row = await DataKey.get_or_none(tenant_id=tenant_id)
    if row is None:
        made = DataKey(tenant_id=tenant_id, wrapped=cipher.new_key(tenant_id).text, created_at=work.now)
        # A twin that is being made in parallel is waited for, and is then the one.
        await DataKey.bulk_create([made], ignore_conflicts=True)
        row = await DataKey.get(tenant_id=tenant_id)
    return WrappedKey(tenant_id, row.wrapped)


async def rewrap_data_keys(work: Work, cipher: FieldCipher) -> int:
    """Wrap every tenant's data key under the cipher's present key; return how many were under a former one.

    What is sealed stays as it is.  Raises `SealBroken`, and changes nothing, for a key that the cipher cannot unwrap.
    """
    assert work.actor.is_system, "keys are the installation's affair"
    changed = 0
    for row in await DataKey.all().select_for_update():
        wrapped = cipher.rewrapped(WrappedKey(row.tenant_id, row.wrapped)).text
        if wrapped != row.wrapped:
            row.wrapped = wrapped
            await row.save(update_fields=["wrapped"])
            changed += 1
    return changed
