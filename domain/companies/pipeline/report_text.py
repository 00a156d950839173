"""Reports and gates as the text that stores them.  Pure."""

from typing import Any

import orjson

from domain.companies.pipeline.types import FieldReport, Gate, GateRule, IssueCount, Report, RuleOutcome
from domain.companies.quality.findings import FindingKind, Severity


def report_text(report: Report) -> str:
    """Return a report as text."""
    return orjson.dumps(report).decode()


def read_report(text: str) -> Report:
    """Return the report that a text stands for."""
    told: dict[str, Any] = orjson.loads(text)
    return Report(
        **{
            **told,
            "unknown_columns": tuple(told["unknown_columns"]),
            "issues": tuple(
                IssueCount(FindingKind(each["kind"]), Severity(each["severity"]), each["count"])
                for each in told["issues"]
            ),
            "fields": tuple(FieldReport(**each) for each in told["fields"]),
        }
    )


def gate_text(gate: Gate) -> str:
    """Return a gate as text."""
    return orjson.dumps(gate).decode()


def read_gate(text: str) -> Gate:
    """Return the gate that a text stands for."""
    return Gate(tuple(RuleOutcome(**{**each, "code": GateRule(each["code"])}) for each in orjson.loads(text)["rules"]))
