"""The table of uploaded files; their bytes lie beside the database."""

from tortoise import Model, fields

from domain.storage.fields import UtcDatetimeField, primary_key


class StoredFile(Model):
    """One upload of one user.  The bytes are found by their SHA-256."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    name = fields.CharField(max_length=255)
    content_type = fields.CharField(max_length=100)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    created_at = UtcDatetimeField()

    class Meta:
        table = "files"
        indexes = (("tenant_id", "owner_id", "id"), ("sha256",))
