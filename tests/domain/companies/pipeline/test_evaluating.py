"""A file as it was read, with what is decided of it, comes to a report, a gate, proposals and records: all pure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.companies.pipeline import recording
from domain.companies.pipeline.examining import Examined, examine
from domain.companies.pipeline.gate import gate_of
from domain.companies.pipeline.reporting import Reported, reported
from domain.companies.pipeline.staging import packed, stage, unpacked
from domain.companies.pipeline.types import Decided, GateRule, Report
from domain.companies.quality.findings import FindingKind, Severity
from domain.companies.reading.tables import FaultKind, FileFault, Refused
from domain.companies.types import Record
from domain.market.types import DataQuality
from tests.factories.companies import Cells, cross_section
from tests.factories.company_files import approved, read_of, rejected
from tests.support.company_defects import spoil

_DAY = date(2026, 8, 17)
_ROWS = 200
NOTHING = Decided()


def examined(cells, decided=NOTHING, refused=()) -> Examined:
    return examine(stage(read_of(cells, refused)), None, decided, _DAY, _DAY)


def outcome(cells, decided=NOTHING, refused=()) -> Reported:
    return reported(examined(cells, decided, refused))


def records(cells, decided=NOTHING, refused=()) -> dict[str, Record]:
    return {record.ticker: record for record in recording.records_of(examined(cells, decided, refused))}


def failed(found: Reported) -> set[GateRule]:
    return {rule.code for rule in found.gate.rules if not rule.passed}


@pytest.fixture
def cells() -> Cells:
    return cross_section(_ROWS, 1)


def test_a_right_file_passes_with_nothing_to_decide(cells):
    found = outcome(cells)

    assert found.gate.passed
    assert found.proposals == ()
    report = found.report
    assert (report.companies, report.valid_companies, report.left_out) == (_ROWS, _ROWS, 0)
    assert report.schema_coverage == pytest.approx(25 / 39)
    assert (report.validation_success, report.format_issue_share, report.anomaly_share) == (1.0, 0.0, 0.0)


def test_what_is_rare_is_told_and_does_not_count(cells):
    found = outcome(cells)

    assert {issue.severity for issue in found.issues} == {Severity.NOTICE}
    assert found.report.anomaly_share == 0.0


def test_a_spoiled_file_is_stopped_and_its_corrections_mend_it(cells):
    spoiled = spoil(cells, 1, 0.03)
    before = outcome(spoiled.columns)
    assert {GateRule.FORMAT_ISSUES, GateRule.REQUIRED_FIELDS} <= failed(before)

    decided = approved(before.proposals)
    after = outcome(spoiled.columns, decided)

    assert GateRule.REQUIRED_FIELDS not in failed(after)
    assert not [issue for issue in after.issues if issue.severity is Severity.ERROR]
    clean, mended = records(cells), records(spoiled.columns, decided)
    assert mended.keys() == clean.keys()
    corrected = {(t, code): o for t, r in mended.items() for code, o in r.origins.items() if o.correction is not None}
    assert len(corrected) > 20
    wrong = [
        (ticker, code)
        for ticker, code in corrected
        if code not in clean[ticker].figures
        or mended[ticker].figures[code] != pytest.approx(clean[ticker].figures[code], rel=0.03)
    ]
    assert len(wrong) <= 0.03 * len(corrected)
    assert {origin.grade for origin in corrected.values()} == {DataQuality.GOOD}


def test_what_is_rejected_is_right_as_it_is_seen(cells):
    cells["roe"][3] = repr(float(cells["roe"][3]) * 100)
    (proposal,) = outcome(cells).proposals
    ticker = cells["symbol"][3]
    assert (proposal.kind, proposal.field, proposal.ticker) == (FindingKind.SCALE, "roe", ticker)

    decided = rejected([proposal])

    assert not [issue for issue in outcome(cells, decided).issues if issue.severity is not Severity.NOTICE]
    record = records(cells, decided)[ticker]
    assert record.figures["roe"] == pytest.approx(float(cells["roe"][3]) * 100)
    assert "roe" not in record.origins


def test_what_nobody_has_decided_is_published_as_it_is_and_believed_less(cells):
    cells["roe"][3] = repr(float(cells["roe"][3]) * 100)
    cells["gross_margin"][5] = "31.5%"

    found = records(cells)

    error, warning = found[cells["symbol"][3]].origins["roe"], found[cells["symbol"][5]].origins["grossMargin"]
    assert (error.grade, warning.grade) == (DataQuality.POOR, DataQuality.FAIR)
    assert (error.note or "").startswith("SCALE: expected about")
    assert found[cells["symbol"][3]].quality < 100


def test_a_column_said_to_be_right_is_not_scaled_behind_anybody_s_back(cells):
    cells["net_margin"] = [f"{float(text) * 100:.5g}" if text else "" for text in cells["net_margin"]]
    (proposal,) = outcome(cells).proposals
    assert (proposal.kind, proposal.row, proposal.after) == (FindingKind.COLUMN_UNIT, None, 0.01)
    seen = records(cells)[cells["symbol"][0]].figures["netMargin"]

    mended = records(cells, approved([proposal]))[cells["symbol"][0]]
    kept = outcome(cells, rejected([proposal]))

    assert mended.figures["netMargin"] == pytest.approx(seen / 100)
    assert mended.origins["netMargin"].correction is not None
    assert FindingKind.COLUMN_UNIT not in {issue.kind for issue in kept.issues}


def test_rows_without_a_usable_ticker_and_repeated_ones_are_left_out_and_counted(cells):
    for column in cells.values():
        column += [column[7]]
    cells["symbol"][0], cells["symbol"][1], cells["symbol"][2] = "", " aab ", "N/A"

    found = outcome(cells)

    assert (found.report.companies, found.report.left_out) == (_ROWS - 3, 4)
    assert found.report.required_present == pytest.approx((_ROWS - 3) / _ROWS)
    assert len(records(cells)) == _ROWS - 3
    told = {issue.row: issue.kind for issue in found.issues if issue.severity is Severity.ERROR}
    assert told[0] is FindingKind.REQUIRED
    assert (told[1], told[2]) == (FindingKind.PATTERN, FindingKind.PATTERN)
    assert FindingKind.DUPLICATE in told.values()


def test_what_cannot_be_read_leaves_a_trace_and_no_number(cells):
    cells["roa"][4], cells["roic"][4] = "see note 7", ""

    record = records(cells, refused=[Refused(6, "roic", FaultKind.FORMULA, "expected a value, got '=1+1'")])[
        cells["symbol"][4]
    ]

    assert "roa" not in record.figures
    assert record.origins["roa"].grade is DataQuality.INVALID
    assert "see note 7" in (record.origins["roa"].note or "")
    assert record.origins["roic"].grade is DataQuality.INVALID


def test_what_a_company_cannot_have_is_not_missed(cells):
    before = outcome(cells).report
    banks = [row for row, sector in enumerate(cells["sector"]) if sector == "Financials"]
    losses = [row for row, text in enumerate(cells["net_income_ttm"]) if float(text) < 0]
    assert len(banks) > 10
    assert len(losses) > 1

    fields = {each.field: each for each in before.fields}

    assert fields["grossMargin"].applicable == _ROWS - len(banks)
    assert all(cells["per"][row] == "" for row in losses)
    assert fields["per"].present == _ROWS - len(losses)
    assert before.data_completeness >= 0.998


def test_a_column_that_is_empty_is_missed_whatever_its_companies(cells):
    cells["current_ratio"] = [""] * _ROWS

    found = outcome(cells)

    assert GateRule.COMPLETENESS in failed(found)
    fields = {each.field: each for each in found.report.fields}
    assert (fields["currentRatio"].present, fields["currentRatio"].applicable) == (0, _ROWS)


def test_a_file_without_names_lets_nobody_through(cells):
    del cells["name"]

    assert GateRule.REQUIRED_FIELDS in failed(outcome(cells))


def test_texts_are_stored_as_their_columns_hold_them(cells):
    cells["analyst"] = ["x" * 300] * _ROWS
    cells["currency"] = ["usd"] * (_ROWS - 1) + ["dollars"]
    cells["rating"] = ["buy"] * (_ROWS - 1) + ["Sell it"]
    cells["exchange"][1] = "Nowhere"

    found = records(cells)

    first, last = found[cells["symbol"][0]], found[cells["symbol"][-1]]
    assert (len(first.texts["analyst"]), first.texts["currency"], first.texts["rating"]) == (120, "USD", "Buy")
    assert first.texts["exchange"] in {"XNAS", "XNYS"}
    assert {"currency", "rating"} & last.texts.keys() == set()
    assert "exchange" not in found[cells["symbol"][1]].texts


def test_a_number_past_all_numbers_is_none(cells):
    cells["market_cap"][2] = "1e308T"

    assert "marketCapUsdMn" not in records(cells)[cells["symbol"][2]].figures


def test_two_numbers_in_each_other_s_place_change_places(cells):
    cells["high_52w"][9], cells["low_52w"][9] = cells["low_52w"][9], cells["high_52w"][9]
    (proposal,) = outcome(cells).proposals
    assert (proposal.kind, proposal.other) == (FindingKind.SWAPPED, "low52W")

    record = records(cells, approved([proposal]))[cells["symbol"][9]]

    assert record.figures["high52W"] == float(cells["low_52w"][9])
    assert record.figures["low52W"] == float(cells["high_52w"][9])
    assert record.origins["low52W"].correction == record.origins["high52W"].correction is not None


def test_a_file_is_staged_as_it_was_read_and_nothing_of_it_is_lost():
    read = read_of(
        {"Ticker": ["A", "B"], "Name": ["a", None], "P/E": [12.5, 7], "As of": [_DAY, True]},
        [Refused(3, "Name", FaultKind.CHARACTER, "expected text")],
    )

    staged = stage(read)

    assert (staged.names, staged.columns) == (("Ticker", "Name", "P/E"), [["A", "B"], ["a", ""], ["12.5", "7"]])
    assert staged.unknown == ("As of",)
    again = unpacked(packed(staged))
    assert (again.names, again.columns, again.numbers, again.refused) == (
        staged.names,
        staged.columns,
        staged.numbers,
        staged.refused,
    )


@pytest.mark.parametrize(
    ("columns", "message"),
    [({"Ticker": []}, "a header alone"), ({"Wine": ["red"], "Year": [1999]}, "got Wine, Year")],
)
def test_a_file_of_nothing_that_is_known_is_refused(columns, message):
    with pytest.raises(FileFault, match=message):
        stage(read_of(columns))


_GOOD = Report(
    companies=1, valid_companies=1, left_out=0, schema_coverage=1, data_completeness=0.99, quality_score=100,
    required_present=1.0, validation_success=0.99, format_issue_share=0.049, anomaly_share=0.049,
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"data_completeness": 0.989}, GateRule.COMPLETENESS),
        ({"validation_success": 0.989}, GateRule.VALIDATION),
        ({"required_present": 0.999}, GateRule.REQUIRED_FIELDS),
        ({"format_issue_share": 0.05}, GateRule.FORMAT_ISSUES),
        ({"anomaly_share": 0.05}, GateRule.ANOMALIES),
    ],
)
def test_each_rule_of_the_gate_has_its_threshold(change, code):
    assert gate_of(_GOOD).passed

    (found,) = [rule for rule in gate_of(replace(_GOOD, **change)).rules if not rule.passed]

    assert (found.code, found.observed) == (code, next(iter(change.values())))


def test_nothing_passes_a_gate():
    assert not any(rule.passed for rule in gate_of(replace(_GOOD, companies=0)).rules)


def test_an_old_file_is_told_and_not_stopped(cells):
    found = reported(examine(stage(read_of(cells)), None, Decided(), _DAY, _DAY + timedelta(days=30)))

    assert [issue.kind for issue in found.issues if issue.severity is Severity.WARNING] == [FindingKind.STALE]
    assert found.gate.passed
