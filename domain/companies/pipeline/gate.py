"""What a table must be like to be published without an administrator's word.  Pure."""

from typing import Final

from domain.companies.pipeline.types import Gate, GateRule, Report, RuleOutcome

# Shares of companies, or of their cells.
REQUIRED: Final = 1.0
VALIDATION: Final = 0.99
COMPLETENESS: Final = 0.99
FORMAT_ISSUES: Final = 0.05
ANOMALIES: Final = 0.05


def gate_of(report: Report) -> Gate:
    """Return what each rule says of a report.  A table of which nothing can be published keeps none of them."""
    return Gate(
        (
            _at_least(GateRule.REQUIRED_FIELDS, report, report.required_present, REQUIRED),
            _at_least(GateRule.VALIDATION, report, report.validation_success, VALIDATION),
            _at_least(GateRule.COMPLETENESS, report, report.data_completeness, COMPLETENESS),
            _below(GateRule.FORMAT_ISSUES, report, report.format_issue_share, FORMAT_ISSUES),
            _below(GateRule.ANOMALIES, report, report.anomaly_share, ANOMALIES),
        )
    )


def _at_least(code: GateRule, report: Report, observed: float, threshold: float) -> RuleOutcome:
    return RuleOutcome(code, report.companies > 0 and observed >= threshold, observed, threshold)


def _below(code: GateRule, report: Report, observed: float, threshold: float) -> RuleOutcome:
    return RuleOutcome(code, report.companies > 0 and observed < threshold, observed, threshold)
