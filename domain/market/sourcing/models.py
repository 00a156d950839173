"""The tables of fetching: how providers do, and how far each refresh has come."""

from tortoise import Model, fields

from domain.market.providers.provider import FaultKind
from domain.market.sourcing.types import BreakerState, ConnectionState, RefreshTask
from domain.storage.fields import UtcDatetimeField, choice, primary_key
from domain.storage.fields import price as price_column


class ProviderState(Model):
    """How a provider does, as the process that asks it last saw it: for all others to read."""

    name = fields.CharField(max_length=40, primary_key=True)
    breaker = choice(BreakerState)
    connection = choice(ConnectionState)
    # Of the last 100 calls: the part that failed, and the 95th percentile of the answers in seconds.
    failure_rate = fields.FloatField(null=True)
    p95 = fields.FloatField(null=True)
    calls = fields.BigIntField(default=0)
    # Calls that are left of today's allowance; null where there is none.
    remaining = fields.IntField(null=True)
    # US dollars, on the day `cost_day` in UTC.
    cost = price_column()
    cost_day = fields.DateField()
    opened_at = UtcDatetimeField(null=True)
    last_fault = choice(FaultKind, null=True)
    last_fault_message = fields.CharField(max_length=500, null=True)
    updated_at = UtcDatetimeField()

    class Meta:
        table = "provider_states"


class RefreshCursor(Model):
    """How far one task has come for one subject: a job goes on from here.

    `subject` is the id of an instrument, the code of a series, or empty for all of the market.
    """

    id = primary_key()
    task = choice(RefreshTask)
    subject = fields.CharField(max_length=64)
    done_until = fields.DateField(null=True)
    provider = fields.CharField(max_length=40, null=True)
    attempted_at = UtcDatetimeField()
    fault = choice(FaultKind, null=True)
    fault_message = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "refresh_cursors"
        unique_together = (("task", "subject"),)
