"""The table of factors that were changed or added."""

from tortoise import Model, fields

from domain.risk.types import FactorKind
from domain.storage.fields import choice, primary_key


class Factor(Model):
    """A factor that an administrator has changed or added; it stands in for the built-in one of its code."""

    id = primary_key()
    code = fields.CharField(max_length=40, unique=True)
    name = fields.CharField(max_length=100)
    kind = choice(FactorKind)
    description = fields.TextField()
    proxy = fields.CharField(max_length=40)
    display_order = fields.IntField()
    is_active = fields.BooleanField(default=True)

    class Meta:
        table = "factors"
