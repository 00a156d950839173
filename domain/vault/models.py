"""The table of data keys: what is encrypted under one is readable only while its row is there."""

from tortoise import Model, fields

from domain.storage.fields import UtcDatetimeField, primary_key


class DataKey(Model):
    """A tenant's data key, encrypted under a key that is derived from the installation's secret."""

    id = primary_key()
    tenant_id = fields.UUIDField(unique=True)
    wrapped = fields.CharField(max_length=200)
    created_at = UtcDatetimeField()

    class Meta:
        table = "data_keys"
