"""The tables of publications: news, statements, economic series.

The values of series (`economic_points`) are not here: they are read as arrays.
"""

from tortoise import Model, fields

from domain.market.models import Instrument
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.storage.fields import UtcDatetimeField, choice, primary_key


class NewsItem(Model):
    """A piece of news, as one provider tells it under a key of its own."""

    id = primary_key()
    provider = fields.CharField(max_length=40)
    provider_key = fields.CharField(max_length=200)
    title = fields.CharField(max_length=500)
    summary = fields.TextField(null=True)
    url = fields.CharField(max_length=2000, null=True)
    publisher = fields.CharField(max_length=200, null=True)
    published_at = UtcDatetimeField(db_index=True)
    recorded_at = UtcDatetimeField()

    class Meta:
        table = "news_items"
        unique_together = (("provider", "provider_key"),)


class NewsMention(Model):
    """An instrument that a piece of news is about.  The time is the piece's, for reading in its order."""

    id = primary_key()
    item: fields.ForeignKeyRelation[NewsItem] = fields.ForeignKeyField(
        "models.NewsItem", related_name=False, on_delete=fields.CASCADE
    )
    instrument: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT
    )
    published_at = UtcDatetimeField()

    item_id: object
    instrument_id: object

    class Meta:
        table = "news_mentions"
        unique_together = (("item_id", "instrument_id"),)
        indexes = (("instrument_id", "published_at"),)


class EconomicSeries(Model):
    """A series of an economy.  `number` stands for it in the table of its values."""

    id = primary_key()
    number = fields.IntField(unique=True)
    code = fields.CharField(max_length=64, unique=True)
    title = fields.CharField(max_length=300)
    units = fields.CharField(max_length=120)
    frequency = fields.CharField(max_length=40)
    seasonal_adjustment = fields.CharField(max_length=80, null=True)
    source = fields.CharField(max_length=80)
    updated_at = UtcDatetimeField()

    class Meta:
        table = "economic_series"


class FinancialStatement(Model):
    """One statement of a company.  `figures` is JSON: the name of a line to an exact number as text, or null."""

    id = primary_key()
    instrument: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT
    )
    kind = choice(StatementKind)
    period = choice(StatementPeriod)
    fiscal_year = fields.IntField()
    # 1 to 4; null for a year.
    fiscal_quarter = fields.IntField(null=True)
    ends_on = fields.DateField()
    filed_on = fields.DateField(null=True)
    currency = fields.CharField(max_length=3)
    figures = fields.TextField()
    source = fields.CharField(max_length=40)
    recorded_at = UtcDatetimeField()

    instrument_id: object

    class Meta:
        table = "financial_statements"
        unique_together = (("instrument_id", "kind", "period", "ends_on", "source"),)
