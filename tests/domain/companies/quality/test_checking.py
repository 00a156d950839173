"""Defects are found by kind at any rate, right tables are not accused, and the snapshot before helps."""

from collections import Counter, defaultdict

import pytest

from domain.companies.pipeline.correcting import corrected
from domain.companies.pipeline.types import Applied
from domain.companies.quality.checking import check_table
from domain.companies.quality.examination import Prior, prior_of
from domain.companies.quality.findings import Finding, FindingKind
from domain.companies.quality.tickers import plain_ticker
from domain.companies.tables import Table, read_table
from domain.kernel.ids import new_id
from tests.factories.companies import Cells, a_week_before, cross_section
from tests.factories.wide_companies import wide_cross_section
from tests.support.company_defects import COLUMNS, WIDER, Label, spoil

_ROWS = 400
_WIDER = {kind: tuple(name for name in names if name != "eps_ttm") for kind, names in WIDER.items()}


def _table(cells: Cells) -> Table:
    return read_table(list(cells), list(cells.values()))


def _accused(cells: Cells, prior: Prior | None = None) -> dict[tuple[str, str], Finding]:
    table = _table(cells)
    names = {matched.field.code: list(cells)[matched.position] for matched in table.matching.matched}
    found = {}
    for finding in check_table(table, prior):
        if finding.accuses and finding.row is not None:
            whole = finding.kind in {FindingKind.DUPLICATE, FindingKind.CONFLICT}
            found[plain_ticker(table.tickers[finding.row]), "*" if whole else names[finding.field]] = finding
    return found


def _right(label: Label, finding: Finding, table: Table) -> bool:
    correction = finding.correction
    assert correction is not None
    if correction.drops_row or isinstance(correction.after, str):
        return correction.drops_row or correction.after == label.true_value
    assert correction.after is not None
    true = float(label.true_value) * table.columns[finding.field].scale
    return correction.after == pytest.approx(true, rel=0.03)


@pytest.mark.parametrize("where", [COLUMNS, _WIDER], ids=["as labelled", "wider"])
@pytest.mark.parametrize("rate", [0.01, 0.03, 0.1])
def test_finds_what_was_spoiled_and_nothing_else(where, rate):
    counts: Counter[str] = Counter()
    for seed in range(3):
        spoiled = spoil(cross_section(_ROWS, seed), seed, rate, where)
        labels = {(label.symbol, label.column): label for label in spoiled.labels}
        found = _accused(spoiled.columns)
        hits = found.keys() & labels.keys()
        corrected = [key for key in hits if found[key].correction]
        table = _table(spoiled.columns)
        counts.update(labels=len(labels), found=len(found), hits=len(hits), corrected=len(corrected))
        counts.update(right=sum(_right(labels[key], found[key], table) for key in corrected))

    # An empty cell that may be empty, and a hundredfold of nearly nothing, cannot be told from right ones.
    assert counts["hits"] >= 0.97 * counts["labels"]
    assert counts["hits"] >= 0.98 * counts["found"]
    assert counts["right"] >= 0.97 * counts["corrected"]


def test_finds_every_kind_with_the_snapshot_before():
    clean = cross_section(_ROWS, 5)
    spoiled = spoil(clean, 5, 0.05)

    found = _accused(spoiled.columns, prior_of(_table(a_week_before(clean, 6))))

    missed: defaultdict[str, list[Label]] = defaultdict(list)
    for label in spoiled.labels:
        if (label.symbol, label.column) not in found:
            missed[label.kind].append(label)
    assert not missed
    assert len(found) == len(spoiled.labels)


@pytest.mark.parametrize("seed", range(5))
def test_accuses_nothing_of_a_right_table(seed):
    clean = cross_section(_ROWS, seed)

    assert not _accused(clean)
    assert not _accused(clean, prior_of(_table(a_week_before(clean, seed + 10))))


def test_finds_a_whole_column_in_another_unit_once_and_not_cell_by_cell():
    clean = cross_section(_ROWS, 3)
    clean["net_margin"] = [f"{float(text) * 100:.5g}" if text else "" for text in clean["net_margin"]]

    accused = [finding for finding in check_table(_table(clean)) if finding.accuses]

    assert [(finding.kind, finding.field, finding.row) for finding in accused] == [
        (FindingKind.COLUMN_UNIT, "netMargin", None)
    ]
    assert accused[0].correction is not None
    assert accused[0].correction.after == 0.01


_ALONE = ("dividend_yield", "roe", "roa", "roic", "gross_margin", "operating_margin", "net_margin")


@pytest.mark.parametrize("name", _ALONE)
@pytest.mark.parametrize("factor", [100.0, 0.01])
def test_finds_the_unit_of_a_column_of_percent_that_nothing_defines(name, factor):
    cells = wide_cross_section(_ROWS, 3)
    alone = {each: cells[each] for each in ("symbol", "name", "sector", "industry", name)}
    alone[name] = [repr(float(text) * factor) if text else "" for text in alone[name]]

    accused = [finding for finding in check_table(_table(alone)) if finding.accuses]

    assert [(finding.kind, finding.row) for finding in accused] == [(FindingKind.COLUMN_UNIT, None)]
    assert accused[0].correction is not None
    assert accused[0].correction.after == pytest.approx(1 / factor)


def test_a_cell_that_says_its_unit_keeps_it_in_a_column_of_another():
    cells = wide_cross_section(_ROWS, 3)
    alone = {each: cells[each] for each in ("symbol", "name", "sector", "industry")}
    # A column of percent that is filled with fractions, but for three cells.
    alone["ROE"] = list(cells["roe"])
    rows = [row for row, text in enumerate(alone["ROE"]) if text][:3]
    for row in rows:
        alone["ROE"][row] = f"{100 * float(alone['ROE'][row]):.4f}%"

    accused = [finding for finding in check_table(_table(alone)) if finding.accuses]

    assert [(finding.kind, finding.row) for finding in accused] == [
        (FindingKind.COLUMN_UNIT, None),
        *((FindingKind.FORMAT, row) for row in rows),
    ]
    for row, finding in zip(rows, accused[1:], strict=True):
        assert finding.correction is not None
        assert finding.correction.after == pytest.approx(100 * float(cells["roe"][row]), rel=1e-3)
    unit = Applied(new_id(), None, "roe", FindingKind.COLUMN_UNIT, 100.0, "fractions")
    mended = corrected(_table(alone), [unit]).columns["roe"].numbers
    assert mended[rows] == pytest.approx([100 * float(cells["roe"][row]) for row in rows], rel=1e-3)


@pytest.mark.parametrize("name", [*_ALONE, "payout_ratio", "float_short", "change_1y", "change_3y", "change_5y"])
def test_a_column_of_percent_that_nothing_defines_is_left_as_it_is_where_it_is_right(name):
    cells = wide_cross_section(_ROWS, 3)
    alone = {each: cells[each] for each in ("symbol", "name", "sector", "industry", name)}

    accused = [finding.kind for finding in check_table(_table(alone)) if finding.accuses]

    assert FindingKind.COLUMN_UNIT not in accused


def test_market_values_in_thousands_are_told_from_shares_in_thousands():
    cells = cross_section(_ROWS, 3)
    worth, price = cells["market_cap"], cells["price"]
    cells["shares_outstanding"] = [
        repr(float(w) / float(p)) if w and p else "" for w, p in zip(worth, price, strict=True)
    ]
    cells["market_cap"] = [repr(float(text) * 1000) if text else "" for text in worth]

    accused = [finding for finding in check_table(_table(cells)) if finding.accuses]

    assert [(finding.kind, finding.field) for finding in accused] == [(FindingKind.COLUMN_UNIT, "marketCapUsdMn")]
    assert accused[0].correction is not None
    assert accused[0].correction.after == 0.001


@pytest.mark.parametrize(
    ("name", "factor"),
    [("market_cap", 100.0), ("revenue_ttm", 100.0), ("total_debt", 0.01), ("price", 0.001), ("high_52w", 0.001)],
)
def test_amounts_in_hundredths_and_prices_in_thousands_are_mended_themselves_and_not_what_is_beside_them(name, factor):
    clean = cross_section(_ROWS, 4)
    rows = [row for row, text in enumerate(clean[name]) if text][:10]
    right = {clean["symbol"][row]: float(clean[name][row]) for row in rows}
    for row in rows:
        clean[name][row] = repr(float(clean[name][row]) * factor)

    found = _accused(clean)

    assert found.keys() == {(symbol, name) for symbol in right}
    table = _table(clean)
    for (symbol, _), finding in found.items():
        assert finding.correction is not None
        assert finding.correction.after == pytest.approx(right[symbol] * table.columns[finding.field].scale)


def test_a_gross_margin_below_zero_of_who_earns_is_of_the_other_sign():
    clean = cross_section(_ROWS, 4)
    earns = [float(text or 0) > 0 for text in clean["operating_margin"]]
    rows = [row for row, text in enumerate(clean["gross_margin"]) if text and earns[row]][:10]
    right = {clean["symbol"][row]: float(clean["gross_margin"][row]) for row in rows}
    for row in rows:
        clean["gross_margin"][row] = f"-{clean['gross_margin'][row]}"

    found = _accused(clean)

    assert found.keys() == {(symbol, "gross_margin") for symbol in right}
    for (symbol, _), finding in found.items():
        assert finding.kind is FindingKind.SIGN
        assert finding.correction is not None
        assert finding.correction.after == pytest.approx(100 * right[symbol])


def test_nothing_is_said_to_be_swapped_with_an_empty_cell():
    clean = cross_section(_ROWS, 4)
    row = next(n for n, text in enumerate(clean["roe"]) if text and clean["roa"][n])
    clean["roe"][row], clean["roa"][row] = repr(float(clean["roe"][row]) * 7), ""

    found = _accused(clean)

    assert found
    assert FindingKind.SWAPPED not in {finding.kind for finding in found.values()}


def test_a_yield_a_hundred_times_too_large_is_in_range_and_found():
    clean = cross_section(_ROWS, 4)
    row = next(n for n, text in enumerate(clean["dividend_yield"]) if 0.0015 < float(text or 0) < 0.0029)
    clean["dividend_yield"][row] = repr(float(clean["dividend_yield"][row]) * 100)
    before = prior_of(_table(a_week_before(cross_section(_ROWS, 4), 9)))

    found = _accused(clean, before)

    ((key, finding),) = found.items()
    assert key == (clean["symbol"][row], "dividend_yield")
    assert finding.kind is FindingKind.SCALE


def test_leaves_out_the_copy_whose_price_contradicts_the_rest():
    clean = cross_section(_ROWS, 7)
    for cells in clean.values():
        cells.append(cells[10])
    clean["high_52w"][10], clean["low_52w"][10] = "3", "2"

    dropped = [f for f in check_table(_table(clean)) if f.correction is not None and f.correction.drops_row]

    assert [(finding.kind, finding.row) for finding in dropped] == [(FindingKind.CONFLICT, 10)]


def test_of_two_rows_of_which_nothing_says_which_is_right_neither_is_said_to_fit_better():
    table = _table({"symbol": ["KO", "PEP", "KO"], "name": ["Coke", "Pepsi", "Coke"], "ROE": ["10.5", "11", "99.9"]})

    (dropped,) = [finding for finding in check_table(table) if finding.kind is FindingKind.CONFLICT]

    assert dropped.row == 2
    assert dropped.correction is not None
    assert dropped.correction.confidence == 0.5
    assert "nothing says which" in dropped.correction.reason


def test_tells_required_fields_ratings_and_impossible_ranges():
    clean = cross_section(_ROWS, 8)
    clean["rating"] = ["Buy"] * _ROWS
    clean["rating"][3], clean["name"][4], clean["symbol"][5] = "Byu", "", "A B!"
    clean["float_short"] = [""] * _ROWS
    clean["float_short"][6] = "1.7"

    kinds = Counter((f.kind, f.field, f.row) for f in check_table(_table(clean)) if f.accuses)

    assert kinds == {
        (FindingKind.ENUMERATION, "rating", 3): 1,
        (FindingKind.REQUIRED, "name", 4): 1,
        (FindingKind.PATTERN, "ticker", 5): 1,
        (FindingKind.RANGE, "floatShort", 6): 1,
    }


def test_a_table_without_a_required_column_says_so_once():
    clean = cross_section(_ROWS, 9)
    del clean["name"]

    accused = [finding for finding in check_table(_table(clean)) if finding.accuses]

    assert [(finding.kind, finding.field, finding.row) for finding in accused] == [(FindingKind.REQUIRED, "name", None)]


def test_a_low_above_a_high_is_a_swap_with_nothing_else_to_tell_it():
    full = cross_section(_ROWS, 9)
    clean = {name: full[name] for name in ("symbol", "name", "price", "high_52w", "low_52w")}
    clean["high_52w"][7], clean["low_52w"][7] = clean["low_52w"][7], clean["high_52w"][7]

    (accused,) = [finding for finding in check_table(_table(clean)) if finding.accuses]

    assert (accused.kind, accused.field, accused.other, accused.row) == (
        FindingKind.SWAPPED,
        "high52W",
        "low52W",
        7,
    )


def test_a_small_table_is_read_without_anything_to_compare_with():
    cells = {"symbol": ["A", "B"], "name": ["a", "b"], "per": ["-5", "7"], "roe": ["12%", "0.1"]}

    kinds = {(f.kind, f.field, f.row) for f in check_table(_table(cells)) if f.accuses}

    assert kinds == {(FindingKind.RANGE, "per", 0), (FindingKind.FORMAT, "roe", 0)}


@pytest.mark.parametrize(("negative", "accused"), [(2, 2), (30, 0)])
def test_negatives_of_a_feed_that_has_many_are_meant(negative, accused):
    full = cross_section(_ROWS, 11)
    cells = {name: full[name] for name in ("symbol", "name", "industry", "price", "pbr")}
    known = [row for row, text in enumerate(cells["pbr"]) if text][:negative]
    for row in known:
        cells["pbr"][row] = f"-{cells['pbr'][row]}"

    found = [(f.kind, f.row) for f in check_table(_table(cells)) if f.accuses]

    assert found == [(FindingKind.RANGE, row) for row in known][:accused]


def test_a_market_value_a_thousandth_of_all_others_is_found_by_its_size_alone():
    full = cross_section(_ROWS, 12)
    cells = {name: full[name] for name in ("symbol", "name", "industry", "market_cap")}
    caps = sorted(range(_ROWS), key=lambda row: float(cells["market_cap"][row]))
    row = caps[_ROWS // 2]
    cells["market_cap"][row] = repr(float(cells["market_cap"][row]) / 1000)

    ((kind, found),) = [(f.kind, f.row) for f in check_table(_table(cells)) if f.accuses]

    assert (kind, found) == (FindingKind.SCALE, row)


def test_an_empty_table_has_nothing_wrong():
    assert check_table(read_table(["symbol", "name", "per"], [[], [], []])) == []
