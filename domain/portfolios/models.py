"""The tables of portfolios: an append-only ledger, and what owners keep beside it."""

from datetime import datetime
from typing import Any

from tortoise import Model, fields

from domain.portfolios.types import (
    AccountKind,
    Book,
    FeeKind,
    SharePermission,
    TargetKind,
    TransactionKind,
    TransactionSource,
)
from domain.storage.fields import UtcDatetimeField, choice, money, primary_key
from domain.storage.fields import price as price_column


def _perhaps(column: Any) -> Any:
    # The ORM's types do not tell a column that may be null from one that may not.
    return column


class Portfolio(Model):
    """A portfolio.  `version` is the sequence of its latest transaction.

    A fork (of `fork_of_id`) begins with the other's ledger up to `fork_version`: what is recorded in it is tried, not
    done, until it is committed, once, to the other's ledger; `commit_key` tells that commit again.
    """

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    name = fields.CharField(max_length=200)
    description = fields.TextField(null=True)
    base_currency = fields.CharField(max_length=3)
    version = fields.IntField(default=0)
    idempotency_key = fields.CharField(max_length=200, null=True)
    input_digest = fields.CharField(max_length=64, null=True)
    fork_of_id = fields.UUIDField(null=True, db_index=True)
    fork_version = fields.IntField(null=True)
    committed_at: datetime | None = _perhaps(UtcDatetimeField(null=True))
    commit_key = fields.CharField(max_length=64, null=True)
    # How far a weight may be from its target, as a fraction of the portfolio's value.
    drift_threshold = price_column(null=True)
    rebalances_itself = fields.BooleanField(default=False)
    created_at = UtcDatetimeField()
    deleted_at: datetime | None = _perhaps(UtcDatetimeField(null=True))

    class Meta:
        table = "portfolios"
        unique_together = (("owner_id", "idempotency_key"),)
        indexes = (("tenant_id", "owner_id", "id"),)


class Account(Model):
    """A part of a portfolio with its own tax rules; each portfolio has a default one."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    name = fields.CharField(max_length=200)
    kind = choice(AccountKind)
    is_default = fields.BooleanField(default=False)
    institution = fields.CharField(max_length=200, null=True)
    # Encrypted, bound to this row; the ends are what is shown, the index finds an account by its number.
    number: str | None = _perhaps(fields.TextField(null=True))
    number_end: str | None = _perhaps(fields.CharField(max_length=4, null=True))
    number_index: str | None = _perhaps(fields.CharField(max_length=64, null=True))
    routing_number: str | None = _perhaps(fields.TextField(null=True))
    routing_end: str | None = _perhaps(fields.CharField(max_length=4, null=True))
    created_at = UtcDatetimeField()
    closed_at: datetime | None = _perhaps(UtcDatetimeField(null=True))

    portfolio_id: object

    class Meta:
        table = "accounts"


class Transaction(Model):
    """One entry of the ledger: never changed, never deleted.

    `amount` is what cash changed by, in `currency`.  Order in the market's time is (trade_date, sequence);
    `recorded_at` is real time.  `details` is what its kind needs beside: `domain.portfolios.movements` writes and reads
    it.  `fx_rate` is what one unit of `currency` cost in the portfolio's base currency on the trade date, null where
    they are the same or no rate was known.  `fingerprint` tells an imported row again.
    """

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT
    )
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    sequence = fields.IntField()
    kind = choice(TransactionKind)
    trade_date = fields.DateField()
    settlement_date = fields.DateField()
    instrument_id = fields.UUIDField(null=True)
    other_instrument_id = fields.UUIDField(null=True)
    quantity = price_column(null=True)
    price = price_column(null=True)
    fees = money(null=True)
    amount = money()
    currency = fields.CharField(max_length=3)
    fx_rate = price_column(null=True)
    details = fields.TextField(null=True)
    note = fields.TextField(null=True)
    source = choice(TransactionSource, default=TransactionSource.MANUAL)
    import_id = fields.UUIDField(null=True, db_index=True)
    fingerprint = fields.CharField(max_length=64, null=True)
    # How sure an import was of what it read, from 0 to 1.
    confidence = fields.FloatField(null=True)
    needs_review = fields.BooleanField(default=False)
    idempotency_key = fields.CharField(max_length=200)
    input_digest = fields.CharField(max_length=64)
    recorded_at = UtcDatetimeField()
    recorded_by = fields.UUIDField(null=True)
    reverses: fields.ForeignKeyNullableRelation["Transaction"] = fields.ForeignKeyField(
        "models.Transaction", related_name=False, null=True, on_delete=fields.RESTRICT
    )

    portfolio_id: object
    account_id: object
    reverses_id: object

    class Meta:
        table = "transactions"
        # A fork may reverse what it began with, as may the portfolio itself.
        unique_together = (
            ("portfolio_id", "sequence"),
            ("portfolio_id", "idempotency_key"),
            ("portfolio_id", "reverses_id"),
        )
        indexes = (
            ("portfolio_id", "trade_date", "sequence"),
            ("portfolio_id", "instrument_id", "trade_date", "sequence"),
            ("account_id", "fingerprint"),
        )


class Posting(Model):
    """One line of a transaction: money in `currency`, or `units` of an instrument.

    The lines of a transaction sum to exactly 0 in each currency and in each instrument.
    """

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio_id = fields.UUIDField()
    account_id = fields.UUIDField()
    transaction: fields.ForeignKeyRelation[Transaction] = fields.ForeignKeyField(
        "models.Transaction", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    book = choice(Book)
    currency = fields.CharField(max_length=3, null=True)
    amount = money(null=True)
    instrument_id = fields.UUIDField(null=True)
    units = price_column(null=True)
    # In the book of fees.
    fee_kind = choice(FeeKind, null=True)

    transaction_id: object

    class Meta:
        table = "postings"
        indexes = (("portfolio_id", "book"),)


class Mark(Model):
    """What a portfolio was worth at the close of one session, as it was known when the mark was made."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT
    )
    session = fields.DateField()
    version = fields.IntField()
    currency = fields.CharField(max_length=3)
    total_value = money(null=True)
    invested_value = money(null=True)
    cash_balance = money(null=True)
    cost_basis = money(null=True)
    recorded_at = UtcDatetimeField()

    portfolio_id: object

    class Meta:
        table = "marks"
        unique_together = (("portfolio_id", "session"),)


class ActionBooking(Model):
    """That an account has followed a corporate action up to its `revision`, and by which transaction: once at most."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name=False, on_delete=fields.RESTRICT
    )
    action_id = fields.UUIDField()
    transaction: fields.ForeignKeyRelation[Transaction] = fields.ForeignKeyField(
        "models.Transaction", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    revision = fields.IntField(default=0)
    recorded_at = UtcDatetimeField()

    account_id: object
    transaction_id: object

    class Meta:
        table = "action_bookings"
        unique_together = (("account_id", "action_id"),)


class ContractAdjustment(Model):
    """The same of a split and the contracts of an option, `instrument_id`, on what was split."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "models.Account", related_name=False, on_delete=fields.RESTRICT
    )
    action_id = fields.UUIDField()
    instrument_id = fields.UUIDField()
    transaction: fields.ForeignKeyRelation[Transaction] = fields.ForeignKeyField(
        "models.Transaction", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    revision = fields.IntField(default=0)
    recorded_at = UtcDatetimeField()

    account_id: object
    transaction_id: object

    class Meta:
        table = "contract_adjustments"
        unique_together = (("account_id", "action_id", "instrument_id"),)


class Share(Model):
    """That somebody else may see, or change, a portfolio.  `hides_amounts`: weights and returns, but no money.

    `email` is what the owner wrote; `user_id` is null where nobody had an account with that address when they did.
    """

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT
    )
    email = fields.CharField(max_length=254)
    user_id = fields.UUIDField(null=True, db_index=True)
    permission = choice(SharePermission)
    hides_amounts = fields.BooleanField(default=False)
    created_at = UtcDatetimeField()

    portfolio_id: object

    class Meta:
        table = "portfolio_shares"
        unique_together = (("portfolio_id", "email"),)


class Tag(Model):
    """A word of an owner's for positions."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    name = fields.CharField(max_length=50)
    color = fields.CharField(max_length=7, null=True)
    created_at = UtcDatetimeField()

    class Meta:
        table = "tags"
        unique_together = (("owner_id", "name"),)


class PositionTag(Model):
    """That a position, open or to come, has a tag."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT
    )
    account_id = fields.UUIDField()
    instrument_id = fields.UUIDField()
    tag: fields.ForeignKeyRelation[Tag] = fields.ForeignKeyField(
        "models.Tag", related_name=False, on_delete=fields.CASCADE, db_index=True
    )

    portfolio_id: object
    tag_id: object

    class Meta:
        table = "position_tags"
        unique_together = (("portfolio_id", "account_id", "instrument_id", "tag_id"),)


class Strategy(Model):
    """A name for positions of one portfolio that belong together, as the legs of a spread do."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=200)
    description = fields.TextField(null=True)
    created_at = UtcDatetimeField()

    portfolio_id: object

    class Meta:
        table = "strategies"
        unique_together = (("portfolio_id", "name"),)


class StrategyMember(Model):
    """A position that belongs to a strategy, and to no other."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    strategy: fields.ForeignKeyRelation[Strategy] = fields.ForeignKeyField(
        "models.Strategy", related_name=False, on_delete=fields.CASCADE, db_index=True
    )
    account_id = fields.UUIDField()
    instrument_id = fields.UUIDField()

    strategy_id: object

    class Meta:
        table = "strategy_members"
        unique_together = (("account_id", "instrument_id"),)


class Target(Model):
    """How much of a portfolio should be in an instrument, a sector, a tag or cash: `weight` is a fraction."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT
    )
    kind = choice(TargetKind)
    # The instrument's symbol, the sector, the tag's name; the currency of cash.
    name = fields.CharField(max_length=80)
    weight = price_column()

    portfolio_id: object

    class Meta:
        table = "targets"
        unique_together = (("portfolio_id", "kind", "name"),)


class Template(Model):
    """A target allocation that an owner keeps for portfolios to come.  `allocation` is JSON, as `targets` are."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    name = fields.CharField(max_length=200)
    description = fields.TextField(null=True)
    allocation = fields.TextField()
    created_at = UtcDatetimeField()

    class Meta:
        table = "portfolio_templates"
        unique_together = (("owner_id", "name"),)


class ModelSnapshot(Model):
    """What a fork came to when it was saved.  `result` is JSON: before, after and difference."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    portfolio: fields.ForeignKeyRelation[Portfolio] = fields.ForeignKeyField(
        "models.Portfolio", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    name = fields.CharField(max_length=200)
    version = fields.IntField()
    result = fields.TextField()
    created_at = UtcDatetimeField()

    portfolio_id: object

    class Meta:
        table = "model_snapshots"
