"""The tables of portfolios: an append-only ledger, and marks."""

from tortoise import Model, fields

from domain.portfolios.types import AccountKind, Book, TransactionKind
from domain.storage.fields import UtcDatetimeField, choice, money, price, primary_key


class Portfolio(Model):
    """A portfolio.  `version` is the sequence of its latest transaction."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    name = fields.CharField(max_length=200)
    description = fields.TextField(null=True)
    base_currency = fields.CharField(max_length=3)
    version = fields.IntField(default=0)
    idempotency_key = fields.CharField(max_length=200, null=True)
    input_digest = fields.CharField(max_length=64, null=True)
    created_at = UtcDatetimeField()

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
    created_at = UtcDatetimeField()

    portfolio_id: object

    class Meta:
        table = "accounts"


class Transaction(Model):
    """One entry of the ledger: never changed, never deleted.

    `amount` is what cash changed by, in `currency`.  Order in the market's time is (trade_date, sequence);
    `recorded_at` is real time.
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
    quantity = price(null=True)
    price = price(null=True)
    fees = money(null=True)
    amount = money()
    currency = fields.CharField(max_length=3)
    note = fields.TextField(null=True)
    idempotency_key = fields.CharField(max_length=200)
    input_digest = fields.CharField(max_length=64)
    recorded_at = UtcDatetimeField()
    recorded_by = fields.UUIDField(null=True)
    reverses: fields.ForeignKeyNullableRelation["Transaction"] = fields.ForeignKeyField(
        "models.Transaction", related_name=False, null=True, on_delete=fields.RESTRICT, unique=True
    )

    portfolio_id: object
    account_id: object
    reverses_id: object

    class Meta:
        table = "transactions"
        unique_together = (("portfolio_id", "sequence"), ("portfolio_id", "idempotency_key"))
        indexes = (
            ("portfolio_id", "trade_date", "sequence"),
            ("portfolio_id", "instrument_id", "trade_date", "sequence"),
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
    units = price(null=True)

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
