"""The tables of the market: reference data, without a tenant, the same for everybody.

Bars (`daily_bars`, `bar_revisions`, `intraday_bars`) are not here: they are read as arrays, never as objects.
`domain.market.tables` has them.
"""

from typing import Any

from tortoise import Model, fields

from domain.market.types import (
    ActionKind,
    ConsensusMethod,
    DataQuality,
    InstrumentKind,
    OptionRight,
    OptionStyle,
    QuoteSource,
    RepairKind,
)
from domain.storage.fields import UtcDatetimeField, choice, primary_key
from domain.storage.fields import price as price_column


class Instrument(Model):
    """Something that has a price.  `number` stands for it in the table of bars."""

    id = primary_key()
    number = fields.IntField(unique=True)
    symbol = fields.CharField(max_length=32, unique=True)
    name = fields.CharField(max_length=200)
    kind = choice(InstrumentKind)
    # The ISO 10383 code (MIC) of the primary listing; null for an index, and where no source says it.
    exchange = fields.CharField(max_length=4, null=True)
    currency = fields.CharField(max_length=3)
    sector = fields.CharField(max_length=80, null=True)
    industry = fields.CharField(max_length=120, null=True)
    # ISO 3166-1 alpha-2, of the company's seat.
    country = fields.CharField(max_length=2, null=True)
    cusip = fields.CharField(max_length=9, null=True)
    isin = fields.CharField(max_length=12, null=True)
    first_session = fields.DateField()
    source = fields.CharField(max_length=80)

    class Meta:
        table = "instruments"


class InstrumentSymbol(Model):
    """A symbol that an instrument has had, from `since` to `until`, both included; null where it is open."""

    id = primary_key()
    instrument: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    symbol = fields.CharField(max_length=32, db_index=True)
    since = fields.DateField(null=True)
    until = fields.DateField(null=True)
    source = fields.CharField(max_length=80)
    recorded_at = UtcDatetimeField()

    instrument_id: object

    class Meta:
        table = "instrument_symbols"
        unique_together = (("instrument_id", "symbol", "since"),)


class OptionContract(Model):
    """What an instrument of the kind OPTION gives a right to.

    Its price and strike are for one of `multiplier` units; `deliverable` units of the underlying change hands, null for
    as many: a split has made them others.
    """

    instrument: fields.OneToOneRelation[Instrument] = fields.OneToOneField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT, primary_key=True
    )
    underlying: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    right = choice(OptionRight)
    style = choice(OptionStyle)
    strike = price_column()
    expiry = fields.DateField()
    multiplier = fields.IntField(default=100)
    deliverable = price_column(null=True)

    instrument_id: object
    underlying_id: object

    class Meta:
        table = "option_contracts"


class CorporateAction(Model):
    """What a company did to its shares, effective at the start of `ex_date`.

    SPLIT: `numerator` new units for `denominator` old.  SPIN_OFF and MERGER: so many units of `other` for units of the
    instrument; `cash` for each old unit; a spin-off moves `cost_fraction` of the cost basis.  DIVIDEND: `cash` a unit,
    paid on `pay_date` where that is known.  `revision` counts how often it was corrected or withdrawn.
    """

    id = primary_key()
    instrument: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT
    )
    kind = choice(ActionKind)
    ex_date = fields.DateField()
    numerator = fields.BigIntField(null=True)
    denominator = fields.BigIntField(null=True)
    other: fields.ForeignKeyNullableRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, null=True, on_delete=fields.RESTRICT
    )
    cost_fraction = price_column(null=True)
    cash = price_column(null=True)
    pay_date = fields.DateField(null=True)
    source = fields.CharField(max_length=80)
    revision = fields.IntField(default=0)
    withdrawn_at: Any = UtcDatetimeField(null=True)
    recorded_at = UtcDatetimeField()

    instrument_id: object
    other_id: object

    class Meta:
        table = "corporate_actions"
        unique_together = (("instrument_id", "kind", "ex_date"),)
        indexes = (("ex_date",),)


class LatestQuote(Model):
    """The latest quote of an instrument.  Written and read as `domain.market.types.Quote`."""

    instrument: fields.OneToOneRelation[Instrument] = fields.OneToOneField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT, primary_key=True
    )
    price = price_column()
    previous_close = price_column(null=True)
    open = price_column(null=True)
    high = price_column(null=True)
    low = price_column(null=True)
    volume = fields.BigIntField(null=True)
    bid = price_column(null=True)
    ask = price_column(null=True)
    bid_size = fields.BigIntField(null=True)
    ask_size = fields.BigIntField(null=True)
    session = fields.DateField()
    # Time of the market, and real time.
    at = UtcDatetimeField()
    received_at = UtcDatetimeField()
    source = choice(QuoteSource)
    sequence = fields.BigIntField()

    class Meta:
        table = "quotes"


class QuoteConsensus(Model):
    """What several providers said of one price, and how far they agreed.  `reasons` and `sources` are JSON lists."""

    instrument: fields.OneToOneRelation[Instrument] = fields.OneToOneField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT, primary_key=True
    )
    method = choice(ConsensusMethod)
    price = price_column()
    # The part of the sources, by weight, that agree with the price: 0 to 1.
    agreement = fields.FloatField()
    grade = choice(DataQuality)
    reasons = fields.TextField()
    sources = fields.TextField()
    at = UtcDatetimeField()
    recorded_at = UtcDatetimeField()

    class Meta:
        table = "quote_consensus"


class PriceOverride(Model):
    """A price that an administrator has set: the close of `session`, or the latest price where that is null."""

    id = primary_key()
    instrument: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    session = fields.DateField(null=True)
    price = price_column()
    # What stood there before, to be put back; null where nothing did.
    replaced = price_column(null=True)
    reason = fields.CharField(max_length=500)
    author_id = fields.UUIDField()
    recorded_at = UtcDatetimeField()
    withdrawn_at = UtcDatetimeField(null=True)
    withdrawn_by = fields.UUIDField(null=True)

    instrument_id: object

    class Meta:
        table = "price_overrides"


class BarRepair(Model):
    """A bar that was observed wrong and stored right.  `observed` and `repaired` are JSON, column to number."""

    id = primary_key()
    instrument: fields.ForeignKeyRelation[Instrument] = fields.ForeignKeyField(
        "models.Instrument", related_name=False, on_delete=fields.RESTRICT
    )
    session = fields.DateField()
    kind = choice(RepairKind)
    observed = fields.TextField()
    repaired = fields.TextField()
    # What shows that it was wrong.
    reason = fields.CharField(max_length=500)
    source = fields.CharField(max_length=80)
    recorded_at = UtcDatetimeField()

    instrument_id: object

    class Meta:
        table = "bar_repairs"
        unique_together = (("instrument_id", "session", "kind"),)


class Feed(Model):
    """A stream of quotes, and where it stands: changed in the transaction that stores the quotes of each tick.

    `lease_until`, in real time, is until when `lease_owner` alone may advance it; `term` grows with each change of
    the owner and fences: an advance with an older term is refused.
    """

    name = fields.CharField(max_length=40, primary_key=True)
    # A new one makes every position in an older one void.
    epoch = fields.UUIDField()
    sequence = fields.BigIntField(default=0)
    # The market's clock: the session of this date, so many of its seconds after the open.
    session = fields.DateField()
    second = fields.IntField(default=0)
    market_at = UtcDatetimeField()
    data_version = fields.IntField()
    lease_owner = fields.UUIDField(null=True)
    lease_until = UtcDatetimeField(null=True)
    term = fields.IntField(default=0)

    class Meta:
        table = "feeds"


class FeedFrame(Model):
    """The quotes of one tick, kept for a while so that a subscriber who was away can catch up."""

    last_sequence = fields.BigIntField(primary_key=True, generated=False)
    epoch = fields.UUIDField()
    first_sequence = fields.BigIntField()
    payload = fields.TextField()
    received_at = UtcDatetimeField()

    class Meta:
        table = "feed_frames"
