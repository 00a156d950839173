"""The tables of companies: reference data, without a tenant, the same for everybody."""

from typing import Any

from tortoise import Model, fields

from domain.market.types import DataQuality
from domain.storage.fields import UtcDatetimeField, choice, primary_key


class CompanyState(Model):
    """One row: how often what is known of companies has changed.  Whoever changes it holds this row's lock."""

    id = fields.IntField(primary_key=True)
    epoch = fields.UUIDField()
    sequence = fields.BigIntField(default=0)
    changed_at = UtcDatetimeField()

    class Meta:
        table = "company_states"


class Company(Model):
    """A company as it is known now.  `snapshot_id` is the row with its latest numbers, null where it has none.

    `sequence` is the state's when the row, or what it points to, was last changed.
    """

    id = primary_key()
    ticker = fields.CharField(max_length=12, unique=True)
    name = fields.CharField(max_length=200)
    industry = fields.CharField(max_length=120, null=True)
    sector = fields.CharField(max_length=80, null=True)
    # The ISO 10383 code (MIC).
    exchange = fields.CharField(max_length=4, null=True)
    country = fields.CharField(max_length=80, null=True)
    currency = fields.CharField(max_length=3, null=True)
    analyst = fields.CharField(max_length=120, null=True)
    rating = fields.CharField(max_length=20, null=True)
    is_active = fields.BooleanField(default=True)
    # By an administrator: it is in the lists without any numbers.
    is_added_by_hand = fields.BooleanField(default=False)
    snapshot_id: Any = fields.UUIDField(null=True)
    sequence = fields.BigIntField(db_index=True)
    version = fields.IntField(default=1)
    created_at = UtcDatetimeField()
    changed_at = UtcDatetimeField()

    class Meta:
        table = "companies"


class CompanyPublication(Model):
    """Values of many companies that were made known together; withdrawn, they are as if they had never been."""

    id = primary_key()
    source = fields.CharField(max_length=120)
    as_of = fields.DateField()
    grade = choice(DataQuality)
    # The codes that the source says something of, as a JSON list.
    covered = fields.TextField()
    companies = fields.IntField()
    run_id: Any = fields.UUIDField(null=True, db_index=True)
    # Who published and who withdrew it; null for the system.
    published_by: Any = fields.UUIDField(null=True)
    published_at = UtcDatetimeField()
    withdrawn_by: Any = fields.UUIDField(null=True)
    withdrawn_at: Any = UtcDatetimeField(null=True)

    class Meta:
        table = "company_publications"


class CompanySnapshot(Model):
    """All that was known of a company as of a day, once a publication had been made; never updated.

    `texts` and `figures` are JSON objects: what identified it, and numbers by code in the units of the catalogue.
    `origins` says of some codes what is not the publication's: those that its source does not cover are carried over
    from the snapshot before.
    """

    id = primary_key()
    company: fields.ForeignKeyRelation[Company] = fields.ForeignKeyField(
        "models.Company", related_name=False, on_delete=fields.RESTRICT
    )
    publication: fields.ForeignKeyRelation[CompanyPublication] = fields.ForeignKeyField(
        "models.CompanyPublication", related_name=False, on_delete=fields.RESTRICT
    )
    as_of = fields.DateField()
    recorded_at = UtcDatetimeField()
    # Percent of the fields that apply which have a value that no check accuses.
    quality = fields.FloatField()
    texts = fields.TextField()
    figures = fields.TextField()
    origins = fields.TextField()

    company_id: object
    publication_id: object

    class Meta:
        table = "company_snapshots"
        # The second finds what a publication says of one company: by the publication alone all of its thousands.
        indexes = (("company_id", "as_of", "recorded_at"), ("publication_id", "company_id"))


class SavedScreen(Model):
    """A filter (`conditions`) and an order that a user has named.  Both are JSON, in the words of the API."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    name = fields.CharField(max_length=100)
    conditions = fields.TextField()
    ordering = fields.TextField()
    version = fields.IntField(default=1)
    created_at = UtcDatetimeField()
    changed_at = UtcDatetimeField()

    class Meta:
        table = "saved_screens"
        unique_together = (("owner_id", "name"),)
