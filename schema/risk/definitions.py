"""What the numbers of a calculation are by definition, as the API shows it."""

import strawberry

from domain.risk.definitions import definitions_of
from schema.calculations.types import CalculationRun
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.naming import camel


@strawberry.type(description="What a number is by definition, and where that is published.")
class CalculationDefinition:
    """A definition."""

    name: str = strawberry.field(description="The number, or the method.")
    formula: str = strawberry.field(description="What it is.")
    source: str | None = strawberry.field(description="Where it is published; null for plain arithmetic.")


@extends(CalculationRun)
@strawberry.type
class CalculationRunWithDefinitions:
    """What definitions add to a run."""

    @strawberry.field(
        description="What its numbers are by definition, and where that is published; at most 100.", metadata=sized(10)
    )
    def definitions(self, root: strawberry.Parent[CalculationRun]) -> list[CalculationDefinition]:
        """Show the definitions."""
        return [
            CalculationDefinition(name=camel(each.name), formula=each.formula, source=each.source)
            for each in definitions_of(root.kind, root.arguments)
        ]
