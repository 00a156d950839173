"""The table of calculations that were made."""

from tortoise import Model, fields

from domain.storage.fields import UtcDatetimeField, primary_key


class CalculationRun(Model):
    """One calculation, kept for who asks the same of the same data: its id says which.  Never changed."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    subject_id = fields.UUIDField()
    kind = fields.CharField(max_length=40)
    engine = fields.CharField(max_length=40)
    arguments = fields.TextField()
    data_digest = fields.CharField(max_length=64)
    result = fields.TextField()
    observations = fields.IntField()
    seconds = fields.FloatField()
    computed_at = UtcDatetimeField()

    class Meta:
        table = "calculation_runs"
        indexes = (("subject_id", "computed_at", "id"), ("computed_at",))
