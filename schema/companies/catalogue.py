"""The catalogue of metrics, as the API shows it, and the enum of its numbers."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

import strawberry

from domain.companies import catalogue as domain
from schema.shared.cost import sized
from schema.shared.permissions import Access, allowed

_UNITS: Final = {
    domain.Unit.NONE: "no unit",
    domain.Unit.RATIO: "a ratio",
    domain.Unit.PERCENT: "in percent: 15.5 is 15.5 %",
    domain.Unit.PRICE: "in the currency of the listing",
    domain.Unit.USD_MN: "in millions of US dollars",
    domain.Unit.COUNT: "a number of shares",
}
_BASES: Final = {domain.Basis.FORWARD: ", looking ahead", domain.Basis.TRAILING: ", looking back", None: ""}


def described(field: domain.Field) -> str:
    """Return what a number is: its label, unit and basis."""
    return f"{field.label}: {_UNITS[field.unit]}{_BASES[field.basis]}."


def enum_of_data(name: str, members: Mapping[str, object], description: str) -> Any:
    """Return an enum whose members are data."""
    make: Any = Enum
    return strawberry.enum(make(name, members), description=description)


# Its values are the codes of the catalogue.
CompanyMetric: Any = enum_of_data(
    "CompanyMetric",
    {each.constant: strawberry.enum_value(each.code, description=described(each)) for each in domain.METRICS},
    "The numbers that are known of companies, each in the unit of the catalogue.",
)
_BY_CODE: Final = {member.value: member for member in CompanyMetric}


def metric_of(code: str) -> Any:
    """Return the metric of a code."""
    return _BY_CODE[code]


MetricGroup: Any = enum_of_data(
    "CompanyMetricGroup",
    {each.name: each.value for each in domain.Group if each is not domain.Group.COMPANION},
    "Under what a field of a company is shown.",
)
MetricKind = strawberry.enum(
    domain.Kind, name="CompanyMetricKind", description="What a value of a field of a company is."
)
MetricUnit = strawberry.enum(
    domain.Unit,
    name="CompanyMetricUnit",
    description=(
        "What a number counts. PERCENT: 15.5 is 15.5 %. PRICE: in the currency of the listing. USD_MN: millions of US "
        "dollars."
    ),
)
MetricBasis = strawberry.enum(
    domain.Basis,
    name="CompanyMetricBasis",
    description="Whether a number looks ahead (estimates) or back (what was reported or traded).",
)


@strawberry.type(description="One field of companies: how it is named, counted and bounded.")
class CompanyMetricDefinition:
    """An entry of the catalogue."""

    code: str = strawberry.field(description="Its name in the groups of `Company`.")
    metric: CompanyMetric | None = strawberry.field(
        description="The same for filters, orders and histories; null for fields that identify."
    )
    label: str = strawberry.field(description="What to call it.")
    group: MetricGroup = strawberry.field(description="Under what it is shown.")
    kind: MetricKind = strawberry.field(description="What its values are.")  # type: ignore[valid-type]
    unit: MetricUnit = strawberry.field(description="What its numbers count.")  # type: ignore[valid-type]
    basis: MetricBasis | None = strawberry.field(  # type: ignore[valid-type]
        description="Whether it looks ahead or back; null for fields that identify."
    )
    minimum: float | None = strawberry.field(
        description="Least value that is believed, prices in US dollars; null where there is no bound."
    )
    maximum: float | None = strawberry.field(description="Greatest value that is believed.")
    required: bool = strawberry.field(description="Whether every company must have it.")
    higher_is_better: bool | None = strawberry.field(
        description="Which way is better, all else equal; null where neither is."
    )


def _definition(field: domain.Field) -> CompanyMetricDefinition:
    return CompanyMetricDefinition(
        code=field.code,
        metric=_BY_CODE.get(field.code),
        label=field.label,
        group=MetricGroup(field.group.value),
        kind=field.kind,
        unit=field.unit,
        basis=field.basis,
        minimum=field.minimum,
        maximum=field.maximum,
        required=field.required,
        higher_is_better=field.higher_is_better,
    )


_DEFINITIONS: Final = [_definition(field) for field in domain.FIELDS]


@strawberry.type
class CatalogueQuery:
    """The catalogue."""

    @strawberry.field(
        description="The fields of companies, numbers and what identifies, in their order: at most 50.",
        metadata={**allowed(Access.ANYBODY), **sized(40)},
    )
    def company_metrics(self) -> list[CompanyMetricDefinition]:
        """Show the catalogue."""
        return _DEFINITIONS
