"""The gate, as the API shows it."""

import strawberry

from domain.companies.pipeline import types
from domain.companies.pipeline.types import Gate
from schema.shared.cost import sized

GateRuleCode = strawberry.enum(
    types.GateRule,
    name="GateRuleCode",
    description=(
        "What the gate asks. REQUIRED_FIELDS: every company has a ticker and a name. VALIDATION: this share of cells "
        "without an error. COMPLETENESS: this share of the values that can be. FORMAT_ISSUES: fewer companies than "
        "this share with numbers in another unit, with signs, or words for nothing. ANOMALIES: fewer than this with "
        "numbers that others contradict."
    ),
)


@strawberry.type(description="One rule of the gate. Shares are fractions.")
class GateRuleOutcome:
    """A rule."""

    code: GateRuleCode = strawberry.field(description="What is asked.")  # type: ignore[valid-type]
    passed: bool = strawberry.field(description="Whether it is kept.")
    observed: float = strawberry.field(description="What was observed.")
    threshold: float = strawberry.field(
        description="The least share; of format issues and anomalies the share that must not be reached."
    )


@strawberry.type(description="What a run must be like to be published without a reason to override it.")
class QualityGate:
    """The gate."""

    passed: bool = strawberry.field(description="Whether all rules are kept.")
    rules: list[GateRuleOutcome] = strawberry.field(description="All rules: at most 5.", metadata=sized(5))


def gate_of(found: Gate) -> QualityGate:
    """Return a gate as the API shows it."""
    return QualityGate(
        passed=found.passed,
        rules=[
            GateRuleOutcome(code=rule.code, passed=rule.passed, observed=rule.observed, threshold=rule.threshold)
            for rule in found.rules
        ],
    )
