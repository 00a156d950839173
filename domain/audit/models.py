"""The table of what was changed, by whom and when."""

from tortoise import Model, fields

from domain.storage.fields import UtcDatetimeField, primary_key


class AuditEntry(Model):
    """One change, written in the transaction that made it; never updated, never deleted."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    actor_id = fields.UUIDField(null=True)
    action = fields.CharField(max_length=80)
    subject_kind = fields.CharField(max_length=80)
    subject_id = fields.UUIDField()
    before = fields.TextField(null=True)
    after = fields.TextField(null=True)
    recorded_at = UtcDatetimeField()

    class Meta:
        table = "audit_entries"
        indexes = (("tenant_id", "subject_id", "recorded_at"), ("tenant_id", "actor_id", "recorded_at"))
