"""A run says what its numbers are by definition, and where that is published."""

from domain.quant.measures import MEASURES
from domain.risk.definitions import definitions_of
from domain.risk.tail_risk import TailMethod
from schema.root import build_schema


def test_each_measure_has_its_definition_and_source():
    found = definitions_of("RISK_MEASURES", "{}")

    assert [each.name for each in found] == list(MEASURES)
    assert all(each.formula and each.source for each in found)


def test_each_measure_is_a_field():
    fields = build_schema().get_type_by_name("PortfolioRisk").fields  # type: ignore[union-attr]

    assert set(MEASURES) <= {each.python_name for each in fields}


def test_a_value_at_risk_has_that_of_its_method():
    for method in TailMethod:
        (own, horizon) = definitions_of("VALUE_AT_RISK", f'{{"method": "{method.value}"}}')
        assert own.name == method.value.lower()
        assert own.source
        assert horizon.name == "over_horizon"


def test_every_calculation_has_one():
    for kind in (
        *("TAIL_SHAPE", "TAIL_BACKTEST", "RISK_CONTRIBUTIONS", "CORRELATIONS", "FACTOR_EXPOSURES", "STRESS_TEST"),
        *("REVERSE_STRESS", "DIAGNOSTICS"),
    ):
        assert all(each.formula.endswith(".") for each in definitions_of(kind, "{}"))
        assert definitions_of(kind, "{}")


def test_what_is_no_calculation_has_none():
    assert definitions_of("SUM", "{}") == []
