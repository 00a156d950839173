"""How a table shows the fields of companies: added to the catalogue."""

import strawberry

from domain.companies import presenting
from domain.companies.catalogue import FIELDS, Field
from schema.companies.catalogue import CompanyMetricDefinition
from schema.shared.cost import sized
from schema.shared.extension import extends

_BY_CODE = {each.code: each for each in FIELDS}

ColumnFormat = strawberry.enum(
    presenting.Format,
    name="CompanyColumnFormat",
    description=(
        "How a value is written. PERCENT: 15.5 as 15.5 %. PRICE: in the currency of the listing. MILLIONS: of US "
        "dollars. COUNT: a whole number."
    ),
)


def _field(root: CompanyMetricDefinition) -> Field:
    return _BY_CODE[root.code]


@extends(CompanyMetricDefinition)
@strawberry.type
class ColumnDefinition:
    """A column."""

    @strawberry.field(description="How its values are written.")
    def format(self, root: strawberry.Parent[CompanyMetricDefinition]) -> ColumnFormat:  # type: ignore[valid-type]
        """Derive it of the unit."""
        return presenting.format_of(_field(root))

    @strawberry.field(description="How many digits follow the point; null for texts.")
    def decimals(self, root: strawberry.Parent[CompanyMetricDefinition]) -> int | None:
        """Derive them of the format."""
        return presenting.decimals_of(_field(root))

    @strawberry.field(description="How wide its column should be, in characters.")
    def width(self, root: strawberry.Parent[CompanyMetricDefinition]) -> int:
        """Derive it of the format and the label."""
        return presenting.width_of(_field(root))

    @strawberry.field(description="Whether a table shows it before anybody has chosen columns.")
    def shown_at_first(self, root: strawberry.Parent[CompanyMetricDefinition]) -> bool:
        """Say whether it is one of a few."""
        return root.code in presenting.SHOWN_AT_FIRST

    @strawberry.field(description="Whether `companies` can be ordered by it.")
    def sortable(self, root: strawberry.Parent[CompanyMetricDefinition]) -> bool:
        """Say whether there is an order."""
        return presenting.is_sortable(_field(root))

    @strawberry.field(
        description="How feeds call it beside its code and label, in any case: at most 10.", metadata=sized(3)
    )
    def aliases(self, root: strawberry.Parent[CompanyMetricDefinition]) -> list[str]:
        """List them, those among them whose numbers are scaled."""
        field = _field(root)
        return [*field.aliases, *(name for name, _ in field.scales)]
