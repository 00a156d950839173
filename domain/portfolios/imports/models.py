"""The tables of imports: what was read of a file, kept until it is confirmed and after."""

from tortoise import Model, fields

from domain.portfolios.models import Portfolio
from domain.portfolios.types import ImportState, RowState
from domain.storage.fields import UtcDatetimeField, choice, primary_key


class Import(Model):
    """One file that was read into an account: previewed, then confirmed, then perhaps undone."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    account_id = fields.UUIDField()
    file_id = fields.UUIDField()
    file_name = fields.CharField(max_length=255)
    format = fields.CharField(max_length=40)
    # How columns were read, as JSON.
    mapping = fields.TextField(null=True)
    state = choice(ImportState)
    # What stopped it, where it failed.
    problem = fields.TextField(null=True)
    created_by = fields.UUIDField()
    created_at = UtcDatetimeField()
    confirmed_at = UtcDatetimeField(null=True)
    undone_at = UtcDatetimeField(null=True)

    portfolio_id: object

    class Meta:
        table = "imports"


class ImportRow(Model):
    """One row of a file: what was read, what it becomes, what is wrong with it.  `entry` and `problems` are JSON."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    importing: fields.ForeignKeyRelation[Import] = fields.ForeignKeyField(
        "models.Import", related_name=False, on_delete=fields.RESTRICT
    )
    # The line in the file, from 1, and the place among the entries of that line.
    line = fields.IntField()
    part = fields.IntField(default=0)
    state = choice(RowState)
    fingerprint = fields.CharField(max_length=64, null=True)
    entry = fields.TextField(null=True)
    problems = fields.TextField(null=True)
    text = fields.TextField()
    transaction_id = fields.UUIDField(null=True)

    importing_id: object

    class Meta:
        table = "import_rows"
        unique_together = (("importing_id", "line", "part"),)
