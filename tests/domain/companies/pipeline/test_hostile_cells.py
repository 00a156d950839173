"""Whatever stands in the cells of a file, its run comes to a report, and what is published can be stored."""

import random
from datetime import UTC, date, datetime
from uuid import UUID

import orjson
import pytest

from domain.companies.pipeline.checking import Rule, check
from domain.companies.pipeline.examining import examine
from domain.companies.pipeline.recording import records_of
from domain.companies.pipeline.report_text import read_gate, read_report
from domain.companies.pipeline.reporting import reported
from domain.companies.pipeline.staging import packed, stage, unpacked
from domain.companies.pipeline.types import Decided
from domain.companies.quality.findings import FindingKind
from domain.companies.snapshot_text import figures_text, origins_text, read_figures, texts_text
from domain.kernel.ids import new_id
from tests.factories.company_files import approved, read_of
from tests.factories.wide_companies import wide_cross_section

_DAY = date(2026, 8, 17)
_NASTY = (
    *("", " ", "0", "-0", "-", "N/A", "∞", "nan", "inf", "1e308", "-1e308", "1e-320", "9" * 39, "9" * 400, "1e309"),
    *("1e308%", "99999999T", "1e300T", "1,2,3", "1.2.3", "((5))", "(5)%", "٣", "½", "1_000", "0x1F", "true", "1e", "%"),
    *("-5%", "$", "€ 5", "5-", "--5", "a" * 5_000, "ß", "Ⅷ", "TRUE", "2026-08-17", "=1", "\u00a0", "1 000", "5.", ".5"),
)
_RULES = [Rule(new_id(), kind, 0.0) for kind in FindingKind]


def spoiled(seed: int, rate: float) -> dict[str, list[str]]:
    chance = random.Random(seed)
    cells = wide_cross_section(80, seed)
    return {
        name: [chance.choice(_NASTY) if chance.random() < rate else text for text in texts]
        for name, texts in cells.items()
    }


def storable(records) -> None:
    for record in records:
        assert read_figures(figures_text(record.figures)) == record.figures
        assert None not in orjson.loads(figures_text(record.figures)).values()
        origins_text(record.origins)
        texts_text(record.texts)
        assert 0 <= record.quality <= 100
        assert len(record.ticker) <= 10
    tickers = [record.ticker for record in records]
    assert len(tickers) == len(set(tickers))


@pytest.mark.parametrize("rate", [0.01, 0.3, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_anything_may_stand_in_a_cell(seed, rate):
    staged = unpacked(packed(stage(read_of(spoiled(seed, rate)))))

    examined = examine(staged, None, Decided(), _DAY, _DAY)
    found = reported(examined)
    storable(records_of(examined))
    decided = approved(found.proposals)
    mended = examine(staged, None, decided, _DAY, _DAY)
    storable(records_of(mended))

    again = reported(mended)
    assert read_report(orjson.dumps(again.report).decode()) == again.report
    assert read_gate(orjson.dumps(again.gate).decode()) == again.gate


@pytest.mark.parametrize("seed", range(3))
def test_rules_that_apply_everything_come_to_an_end(seed):
    staged = stage(read_of(spoiled(seed, 0.2)))

    found = check(UUID(int=1), staged, [], _RULES, _DAY, _DAY, datetime.now(UTC))

    assert found.by_rules > 0
    assert len({row[0] for row in found.corrections}) == len(found.corrections)
    assert len({row[0] for row in found.findings}) == len(found.findings)


@pytest.mark.parametrize("names", [["Ticker"], ["P/E"], ["Name"], ["Sector", "P/B"], ["Ticker", "ticker", "symbol"]])
def test_a_file_may_have_few_columns_and_one_row(names):
    staged = stage(read_of({f"{name}": ["12"] for name in names}))

    found = reported(examine(staged, None, Decided(), _DAY, _DAY))

    assert not found.gate.passed
    assert found.report.companies <= 1
