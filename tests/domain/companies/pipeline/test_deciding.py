"""What administrators decide of a run: approved, rejected, published, and taken back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.audit.models import AuditEntry
from domain.companies import snapshots
from domain.companies.models import Company, CompanyPublication
from domain.companies.pipeline.deciding import decide_corrections, preview_corrections, roll_back_corrections
from domain.companies.pipeline.errors import BuiltUpon, GateBlocked, WrongState
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.models import CorrectionBatch, RunCorrection, RunFinding
from domain.companies.pipeline.releasing import publish_run, roll_back_run
from domain.companies.pipeline.report_text import read_gate, read_report
from domain.companies.pipeline.rules import set_correction_rule
from domain.companies.pipeline.types import BatchKind, CorrectionState, Decision, RunState
from domain.companies.preparing import prepare
from domain.companies.publishing import publish
from domain.companies.quality.findings import FindingKind, Severity
from domain.companies.types import Publication, Record
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.market.types import DataQuality
from tests.factories.company_files import ADMIN, ingested

SECOND = Actor(user_id=new_id(), roles=frozenset({Role.ADMIN}))
APPROVE, REJECT = Decision.APPROVE, Decision.REJECT


async def latest(ticker):
    (found,) = await snapshots.latest_snapshots([(await Company.get(ticker=ticker)).id])
    return found


async def pending(run):
    return await RunCorrection.filter(run_id=run.id, state=CorrectionState.PENDING).order_by("id")


async def states(run):
    rows = await RunCorrection.filter(run_id=run.id)
    return {state: sum(row.state is state for row in rows) for state in {row.state for row in rows}}


async def roll_back(resources, run, reason=None):
    async with resources.unit_of_work(ADMIN) as work:
        return await roll_back_run(work, run.id, reason=reason)


async def test_what_is_approved_mends_the_report_and_opens_the_gate(resources, blocked):
    run = await ingested(resources, blocked)

    decided = await decide_corrections(resources, ADMIN, run.id, APPROVE, reason="percent signs")

    assert (run.state, decided.state) == (RunState.GATE_BLOCKED, RunState.GATE_PASSED)
    assert read_gate(decided.gate).passed
    assert read_report(decided.report).format_issue_share == 0.0
    assert await states(run) == {CorrectionState.APPROVED: 15}
    assert await RunFinding.filter(run_id=run.id, severity=Severity.WARNING).count() == 0
    (batch,) = await CorrectionBatch.all()
    assert (batch.kind, batch.corrections, batch.reason, batch.decided_by, batch.publication_id) == (
        BatchKind.APPROVE,
        15,
        "percent signs",
        ADMIN.user_id,
        None,
    )
    assert await CompanyPublication.all().count() == 0


async def test_what_is_published_holds_the_approved_the_rejected_and_the_open(resources, cells, scaled):
    scaled["gross_margin"][8] = f"{float(scaled['gross_margin'][8] or 0.3) * 100:.2f}%"
    run = await ingested(resources, scaled)
    by_ticker = {(row.ticker, row.field): row for row in await pending(run)}
    approved, rejected = by_ticker[cells["symbol"][3], "roe"], by_ticker[cells["symbol"][4], "roe"]
    await decide_corrections(resources, ADMIN, run.id, APPROVE, correction_ids=[approved.id])
    await decide_corrections(resources, ADMIN, run.id, REJECT, correction_ids=[rejected.id])

    released = await publish_run(resources, ADMIN, run.id)

    assert (released.run.state, released.companies) == (RunState.PUBLISHED, 120)
    mended, kept, doubted = [await latest(cells["symbol"][row]) for row in (3, 4, 8)]
    assert mended.figures["roe"] == pytest.approx(float(cells["roe"][3]) * 100, rel=0.02)
    assert mended.origin_of("roe").correction == approved.id
    assert mended.origin_of("roe").grade is DataQuality.GOOD
    assert kept.figures["roe"] == pytest.approx(float(scaled["roe"][4]) * 100)
    assert kept.origin_of("roe").note is None
    assert doubted.origin_of("grossMargin").grade is DataQuality.FAIR
    assert (kept.quality, doubted.quality < 100) == (100.0, True)
    assert {row.action for row in await AuditEntry.all()} >= {"pipeline.decide", "pipeline.publish"}


async def test_a_blocked_gate_is_passed_by_with_a_reason_that_the_audit_keeps(resources, blocked):
    run = await ingested(resources, blocked)
    for reason in (None, "  "):
        with pytest.raises(GateBlocked):
            await publish_run(resources, ADMIN, run.id, override_reason=reason)
    assert await CompanyPublication.all().count() == 0

    released = await publish_run(resources, ADMIN, run.id, override_reason="the feed was late, and is good enough")

    assert released.run.override_reason == "the feed was late, and is good enough"
    entry = await AuditEntry.get(action="pipeline.publish")
    assert (entry.actor_id, entry.subject_id) == (ADMIN.user_id, run.id)
    assert "good enough" in (entry.after or "")


async def test_a_reason_for_an_open_gate_overrides_nothing(resources, cells):
    run = await ingested(resources, cells)

    released = await publish_run(resources, ADMIN, run.id, override_reason="just in case")

    assert released.run.override_reason is None


async def test_nothing_is_published_twice_even_at_the_same_time(resources, cells):
    run = await ingested(resources, cells)

    outcomes = await asyncio.gather(
        publish_run(resources, ADMIN, run.id), publish_run(resources, SECOND, run.id), return_exceptions=True
    )

    assert sorted(type(each).__name__ for each in outcomes) == ["Released", "WrongState"]
    assert await CompanyPublication.all().count() == 1


async def test_two_administrators_decide_at_the_same_time_and_neither_is_lost(resources, blocked):
    run = await ingested(resources, blocked)
    ids = [row.id for row in await pending(run)]

    await asyncio.gather(
        decide_corrections(resources, ADMIN, run.id, APPROVE, correction_ids=ids[:7]),
        decide_corrections(resources, SECOND, run.id, REJECT, correction_ids=ids[7:]),
    )

    assert await states(run) == {CorrectionState.APPROVED: 7, CorrectionState.REJECTED: 8}
    assert {batch.decided_by for batch in await CorrectionBatch.all()} == {ADMIN.user_id, SECOND.user_id}
    decided = await load_run(SYSTEM, run.id)
    assert read_report(decided.report).format_issue_share == 0.0


async def test_two_administrators_who_decide_of_the_same_are_not_both_heard(resources, blocked):
    run = await ingested(resources, blocked)
    ids = [row.id for row in await pending(run)]

    outcomes = await asyncio.gather(
        decide_corrections(resources, ADMIN, run.id, APPROVE, correction_ids=ids),
        decide_corrections(resources, SECOND, run.id, REJECT, correction_ids=ids),
        return_exceptions=True,
    )

    assert sum(isinstance(each, InvalidInput) for each in outcomes) == 1
    assert len(await states(run)) == 1
    assert await CorrectionBatch.all().count() == 1


async def test_a_preview_says_what_would_be_and_changes_nothing(resources, blocked):
    run = await ingested(resources, blocked)
    ids = [row.id for row in await pending(run)]

    some = await preview_corrections(resources, ADMIN, run.id, APPROVE, ids[:5])
    every = await preview_corrections(resources, ADMIN, run.id, APPROVE)

    assert some.report.format_issue_share == pytest.approx(10 / 120)
    assert (some.gate.passed, every.gate.passed) == (False, True)
    assert (await load_run(SYSTEM, run.id)).version == run.version
    decided = await decide_corrections(resources, ADMIN, run.id, APPROVE)
    assert read_report(decided.report) == every.report


@pytest.mark.parametrize("ids", [[], [new_id()], [new_id()] * 1_001])
async def test_only_what_is_pending_is_decided(resources, scaled, ids):
    run = await ingested(resources, scaled)

    with pytest.raises(InvalidInput):
        await decide_corrections(resources, ADMIN, run.id, APPROVE, correction_ids=ids)
    await decide_corrections(resources, ADMIN, run.id, APPROVE)
    with pytest.raises(InvalidInput, match="pending, got none"):
        await decide_corrections(resources, ADMIN, run.id, APPROVE)


async def test_what_stands_nowhere_is_neither_decided_nor_published_nor_taken_back(resources):
    run = await ingested(resources, b"%PDF-1.7")

    for refused in (
        decide_corrections(resources, ADMIN, run.id, APPROVE),
        preview_corrections(resources, ADMIN, run.id, APPROVE),
        publish_run(resources, ADMIN, run.id),
        roll_back(resources, run),
    ):
        with pytest.raises(WrongState):
            await refused
    for refused in (
        publish_run(resources, Actor(user_id=new_id()), run.id),
        decide_corrections(resources, Actor(user_id=new_id()), run.id, APPROVE),
        roll_back_corrections(resources, ADMIN, new_id()),
    ):
        with pytest.raises(NotFound):
            await refused


async def test_a_file_of_which_nothing_can_be_published_is_not(resources, cells):
    cells["symbol"] = [f"?{symbol}" for symbol in cells["symbol"]]
    run = await ingested(resources, cells)

    with pytest.raises(WrongState, match="usable ticker"):
        await publish_run(resources, ADMIN, run.id, override_reason="all the same")


async def test_a_batch_that_is_rolled_back_is_as_if_nobody_had_decided(resources, blocked):
    run = await ingested(resources, blocked)
    await decide_corrections(resources, ADMIN, run.id, APPROVE)
    (batch,) = await CorrectionBatch.all()

    undone = await roll_back_corrections(resources, SECOND, batch.id, reason="too early")

    assert undone.state is RunState.GATE_BLOCKED
    assert await states(run) == {CorrectionState.ROLLED_BACK: 15, CorrectionState.PENDING: 15}
    assert read_report(undone.report) == read_report(run.report)
    kinds = [each.kind for each in await CorrectionBatch.all().order_by("id")]
    assert kinds == [BatchKind.APPROVE, BatchKind.ROLL_BACK]
    with pytest.raises(WrongState):
        await roll_back_corrections(resources, ADMIN, batch.id)


async def test_what_a_rule_has_applied_can_be_rolled_back(resources, blocked):
    async with resources.unit_of_work(ADMIN) as work:
        await set_correction_rule(work, FindingKind.FORMAT, 0.5, is_enabled=True)
    run = await ingested(resources, blocked)
    (batch,) = await CorrectionBatch.all()

    undone = await roll_back_corrections(resources, ADMIN, batch.id)

    assert (run.state, undone.state) == (RunState.GATE_PASSED, RunState.GATE_BLOCKED)
    assert len(await pending(run)) == 15


async def test_what_is_approved_of_a_run_that_is_known_is_known_at_once_and_alone(resources, clock, cells, scaled):
    run = await ingested(resources, scaled)
    await publish_run(resources, ADMIN, run.id)
    first, second = await pending(run)
    before = await latest(first.ticker)
    clock.advance(seconds=1)

    decided = await decide_corrections(resources, ADMIN, run.id, APPROVE, correction_ids=[first.id])

    assert decided.state is RunState.PUBLISHED
    one, two = await CompanyPublication.all().order_by("published_at")
    assert (one.companies, two.companies, two.run_id) == (120, 1, run.id)
    assert (await CorrectionBatch.all())[0].publication_id == two.id
    mended = await latest(first.ticker)
    assert before.origin_of("roe").grade is DataQuality.POOR
    assert mended.origin_of("roe").correction == first.id
    assert mended.figures["roe"] == pytest.approx(before.figures["roe"] / 100)
    assert (await latest(second.ticker)).publication_id == one.id


async def test_a_batch_of_a_known_run_that_is_rolled_back_leaves_nothing_of_itself(resources, clock, cells):
    cells["symbol"][5] = f" {cells['symbol'][5].lower()} "
    cells["sector"][6], sector = "N/A", cells["sector"][6]
    run = await ingested(resources, cells)
    await decide_corrections(resources, ADMIN, run.id, APPROVE)
    (batch,) = await CorrectionBatch.all()
    await publish_run(resources, ADMIN, run.id)
    ticker, other = cells["symbol"][5].strip().upper(), cells["symbol"][6]
    assert (await latest(ticker)) is not None
    assert (await latest(other)).texts["sector"] == sector
    clock.advance(seconds=1)

    undone = await roll_back_corrections(resources, ADMIN, batch.id)

    assert undone.state is RunState.PUBLISHED
    assert await latest(ticker) is None
    assert (await Company.get(ticker=ticker)).is_active is False
    assert "sector" not in (await latest(other)).texts
    assert await CompanyPublication.filter(withdrawn_at=None).count() == 1
    await roll_back(resources, run)
    assert await latest(other) is None


async def test_a_run_is_taken_back_with_its_corrections_and_what_stood_before_stands(resources, clock, cells, scaled):
    today = clock.now().date() - timedelta(days=7)
    old = await ingested(resources, cells, as_of=today - timedelta(days=7), publish_when_passed=True)
    run = await ingested(resources, scaled, as_of=today, publish_when_passed=True)
    clock.advance(seconds=1)
    await decide_corrections(resources, ADMIN, run.id, APPROVE)
    ticker = cells["symbol"][3]
    assert (await latest(ticker)).as_of == today

    gone = await roll_back(resources, run, "the wrong file")

    assert (gone.state, gone.rolled_back_reason, gone.rolled_back_by) == (
        RunState.ROLLED_BACK,
        "the wrong file",
        ADMIN.user_id,
    )
    found = await latest(ticker)
    assert (found.publication_id, found.figures["roe"]) == (
        old.publication_id,
        pytest.approx(float(cells["roe"][3]) * 100),
    )
    assert await CompanyPublication.filter(withdrawn_at=None).count() == 1
    with pytest.raises(WrongState):
        await roll_back(resources, run)


async def test_what_later_runs_repeat_is_not_taken_back_before_them(resources, clock, cells):
    day = clock.now().date() - timedelta(days=14)
    run = await ingested(resources, cells, as_of=day, publish_when_passed=True)
    narrow = {name: cells[name] for name in ("symbol", "name", "price", "industry", "sector")}
    later = await ingested(resources, narrow, as_of=day + timedelta(days=7))
    await publish_run(resources, ADMIN, later.id, override_reason="prices alone")

    with pytest.raises(BuiltUpon, match="repeats values of it"):
        await roll_back(resources, run)

    assert (await load_run(SYSTEM, run.id)).state is RunState.PUBLISHED
    await roll_back(resources, later)
    assert (await roll_back(resources, run)).state is RunState.ROLLED_BACK


async def test_a_later_run_that_says_all_again_rests_on_nothing(resources, clock, cells):
    day = clock.now().date() - timedelta(days=14)
    run = await ingested(resources, cells, as_of=day, publish_when_passed=True)
    await ingested(resources, cells, as_of=day + timedelta(days=7), publish_when_passed=True)

    assert (await roll_back(resources, run)).state is RunState.ROLLED_BACK


async def test_corrections_do_not_hide_what_was_published_later_for_the_same_day(resources, clock, cells, scaled):
    run = await ingested(resources, scaled, publish_when_passed=True)
    clock.advance(seconds=1)
    later = await ingested(resources, cells, publish_when_passed=True)

    with pytest.raises(BuiltUpon, match="later for the same day"):
        await decide_corrections(resources, ADMIN, run.id, APPROVE)

    assert (await latest(cells["symbol"][3])).publication_id == later.publication_id
    assert len(await pending(run)) == 2


async def test_publishing_goes_on_when_it_was_overtaken(resources, cells):
    run = await ingested(resources, cells)
    inner = resources.compute.run
    overtaken: list[bool] = []

    class Overtaking:
        """Somebody else publishes while this run's records are made."""

        async def run(self, function, *arguments):
            if function.__name__ == "_rows" and not overtaken:
                overtaken.append(True)
                other = Publication(source="b", as_of=run.as_of, covered=["per"], records=[Record(ticker="ZZZZ")])
                prepared = await prepare(other, resources.clock.now(), resources.compute)
                async with resources.unit_of_work(SYSTEM) as work:
                    await publish(work, prepared)
            return await inner(function, *arguments)

    released = await publish_run(replace(resources, compute=Overtaking()), ADMIN, run.id)

    assert overtaken
    assert released.run.state is RunState.PUBLISHED
    assert await CompanyPublication.all().count() == 2
