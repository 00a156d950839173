"""A file becomes a run that stops at the gate, and says why where it comes to nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.companies.models import CompanyPublication, CompanySnapshot
from domain.companies.pipeline import running
from domain.companies.pipeline.events import QualityAlertRaised, RunChanged
from domain.companies.pipeline.ingesting import ingest, sweep
from domain.companies.pipeline.loading import load_run
from domain.companies.pipeline.models import PipelineRun, QualityAlert, RunCorrection, RunFinding, RunTable
from domain.companies.pipeline.releasing import publish_run
from domain.companies.pipeline.report_text import read_gate, read_report
from domain.companies.pipeline.rules import set_correction_rule
from domain.companies.pipeline.starting import start_run
from domain.companies.pipeline.types import AlertRule, AlertSeverity, CorrectionState, GateRule, RunState
from domain.companies.quality.findings import FindingKind
from domain.jobs import commands as jobs
from domain.jobs.models import Job
from domain.kernel.actor import NOBODY, SYSTEM, Actor
from domain.kernel.dates import trade_day
from domain.kernel.errors import IdempotencyKeyReused, InvalidInput, NotFound
from domain.kernel.ids import new_id
from tests.factories.company_files import ADMIN, csv_of, ingested, no_report, start
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("resources")


async def test_a_right_file_stands_before_the_gate_with_its_report_and_nothing_known(resources, clock, cells):
    run = await ingested(resources, cells)

    assert (run.state, run.rows, run.as_of, run.attempts) == (RunState.GATE_PASSED, 120, trade_day(clock.now()), 1)
    assert (run.started_at, run.finished_at) == (clock.now(), clock.now())
    report = read_report(run.report)
    assert (report.companies, report.quality_score) == (120, run.quality_score)
    assert read_gate(run.gate).passed is run.gate_passed is True
    assert await RunFinding.filter(run_id=run.id).count() == sum(each.count for each in report.issues)
    assert await CompanyPublication.all().count() == 0


async def test_a_spoiled_file_stops_with_its_corrections_pending(resources, blocked):
    run = await ingested(resources, blocked)

    assert run.state is RunState.GATE_BLOCKED
    assert [rule.code for rule in read_gate(run.gate).rules if not rule.passed] == [GateRule.FORMAT_ISSUES]
    rows = await RunCorrection.filter(run_id=run.id)
    assert {(row.kind, row.field, row.state) for row in rows} == {
        (FindingKind.FORMAT, "netMargin", CorrectionState.PENDING)
    }
    assert len(rows) == 15


async def test_each_step_is_announced(resources, cells):
    run = await start(resources, csv_of(cells))
    async with resources.bus.listen(RunChanged.channel(run_id=run.id)) as heard:
        await ingest(resources, run.id, no_report)

        versions = [(await heard.next()).version for _ in range(3)]

    assert versions == [2, 3, 4]


async def test_asked_to_publish_it_does_so_behind_a_gate_that_it_passes_and_not_behind_another(
    resources, cells, blocked
):
    passed = await ingested(resources, cells, publish_when_passed=True)
    stopped = await ingested(resources, blocked, publish_when_passed=True)

    assert (passed.state, passed.published_companies, passed.published_by) == (RunState.PUBLISHED, 120, None)
    assert stopped.state is RunState.GATE_BLOCKED
    assert {row.run_id for row in await CompanyPublication.all()} == {passed.id}
    assert await CompanySnapshot.all().count() == 120


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"", "EMPTY", "got an empty file"),
        (b"%PDF-1.7 nothing", "FORMAT", "got a PDF"),
        (b"Ticker,Name\n", "EMPTY", "a header alone"),
        (b"Wine,Year\nred,1999\n", "FORMAT", "got Wine, Year"),
        (b'Ticker,Name\n"A,b\n', "FORMAT", "row"),
        (b"PK\x03\x04 no archive", "FORMAT", "expected"),
    ],
)
async def test_a_file_that_cannot_be_read_is_a_failed_run_that_says_why(resources, data, code, message):
    run = await ingested(resources, data)

    assert (run.state, run.fault_code) == (RunState.FAILED, code)
    assert message in run.fault_message
    assert await RunTable.all().count() == 0
    (alert,) = await QualityAlert.all()
    assert (alert.rule, alert.severity, alert.run_id) == (AlertRule.RUN_FAILED, AlertSeverity.CRITICAL, run.id)


async def test_a_file_whose_bytes_are_gone_is_a_failed_run(resources):
    async with resources.unit_of_work(ADMIN) as work:
        run = await start_run(work, name="gone.csv", source="a feed", sha256="0" * 64, size=1)

    await ingest(resources, run.id, no_report)

    assert (await load_run(SYSTEM, run.id)).fault_code == "FILE_GONE"


async def test_a_killed_worker_s_run_is_carried_again_and_found_once(resources, cells):
    run = await start(resources, csv_of(cells))
    async with resources.unit_of_work(SYSTEM) as work:
        await running.begin_reading(work, run.id)
    async with resources.unit_of_work(SYSTEM) as work:
        await running.begin_checking(work, run.id, 120)

    await ingest(resources, run.id, no_report)
    first = await load_run(SYSTEM, run.id)
    await ingest(resources, run.id, no_report)
    again = await load_run(SYSTEM, run.id)

    assert (first.state, first.attempts) == (RunState.GATE_PASSED, 2)
    assert again.version == first.version


async def test_one_that_was_killed_before_it_published_publishes_when_carried_again(resources, cells):
    run = await ingested(resources, cells)
    await PipelineRun.filter(id=run.id).update(publish_when_passed=True)

    await ingest(resources, run.id, no_report)
    await ingest(resources, run.id, no_report)

    assert (await load_run(SYSTEM, run.id)).state is RunState.PUBLISHED
    assert await CompanyPublication.all().count() == 1


async def test_two_workers_store_what_they_found_once(resources, cells, blocked):
    run = await start(resources, csv_of(blocked))
    inner = resources.compute.run
    others: list[bool] = []

    class Slow:
        """The other worker comes to its end while this one checks."""

        async def run(self, function, *arguments):
            found = await inner(function, *arguments)
            if function.__name__ == "check" and not others:
                others.append(True)
                await ingest(resources, run.id, no_report)
            return found

    await ingest(replace(resources, compute=Slow()), run.id, no_report)

    assert await RunCorrection.filter(run_id=run.id).count() == 15
    assert (await load_run(SYSTEM, run.id)).state is RunState.GATE_BLOCKED


async def test_a_run_whose_job_has_ended_without_it_has_failed(resources, cells):
    waiting = await start(resources, csv_of(cells))
    run = await start(resources, csv_of(cells))
    async with resources.unit_of_work(ADMIN) as work:
        await jobs.cancel(work, run.job_id)

    assert await sweep(resources) == 1

    failed = await load_run(SYSTEM, run.id)
    assert (failed.state, failed.fault_code) == (RunState.FAILED, "CANCELLED")
    assert (await load_run(SYSTEM, waiting.id)).state is RunState.QUEUED
    assert await sweep(resources) == 0


async def test_the_same_key_and_file_again_is_the_same_run(resources, cells):
    data = csv_of(cells)
    first = await start(resources, data, idempotency_key="k")

    again = await start(resources, data, idempotency_key="k")

    assert again.id == first.id
    assert await Job.all().count() == 1
    for other in ({"as_of": trade_day(first.created_at) - timedelta(days=1)}, {"publish_when_passed": True}):
        with pytest.raises(IdempotencyKeyReused):
            await start(resources, data, idempotency_key="k", **other)
    with pytest.raises(IdempotencyKeyReused):
        await start(resources, b"another", idempotency_key="k")
    another = Actor(user_id=new_id(), roles=ADMIN.roles)
    assert (await start(resources, data, idempotency_key="k", actor=another)).id != first.id


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"as_of": date(2100, 1, 1)}, "as_of"),
        ({"as_of": date(1901, 1, 1)}, "as_of"),
        ({"idempotency_key": ""}, "idempotency_key"),
        ({"idempotency_key": "k" * 201}, "idempotency_key"),
        ({"source": "a\u202eb"}, "source"),
    ],
)
async def test_what_cannot_be_is_refused(resources, said, field):
    with pytest.raises(InvalidInput) as refused:
        await start(resources, b"x", **said)

    assert refused.value.field == (field,)
    assert await PipelineRun.all().count() == 0


@pytest.mark.parametrize("actor", [NOBODY, Actor(user_id=new_id())])
async def test_only_administrators_have_a_pipeline(resources, actor, cells):
    run = await start(resources, csv_of(cells))

    with pytest.raises(NotFound):
        await start(resources, b"x", actor=actor)
    with pytest.raises(NotFound):
        await load_run(actor, run.id)


async def test_a_rule_applies_what_it_covers_and_is_named(resources, blocked):
    async with resources.unit_of_work(ADMIN) as work:
        rule = await set_correction_rule(work, FindingKind.FORMAT, 0.9, is_enabled=True)

    run = await ingested(resources, blocked)

    assert run.state is RunState.GATE_PASSED
    rows = await RunCorrection.filter(run_id=run.id)
    assert {(row.state, row.rule_id) for row in rows} == {(CorrectionState.APPLIED_BY_RULE, rule.id)}
    assert len(rows) == 15


async def test_a_rule_that_is_off_or_asks_for_more_applies_nothing(resources, blocked):
    async with resources.unit_of_work(ADMIN) as work:
        await set_correction_rule(work, FindingKind.FORMAT, 0.9, is_enabled=False)
        await set_correction_rule(work, FindingKind.SCALE, 0.0, is_enabled=True)
        with pytest.raises(InvalidInput):
            await set_correction_rule(work, FindingKind.SCALE, 1.5, is_enabled=True)
    first = await ingested(resources, blocked)
    async with resources.unit_of_work(ADMIN) as work:
        await set_correction_rule(work, FindingKind.FORMAT, 1.0, is_enabled=True)
    second = await ingested(resources, blocked)

    assert [first.state, second.state] == [RunState.GATE_BLOCKED] * 2


async def test_what_was_known_before_the_day_helps_and_what_is_of_the_same_day_does_not(resources, clock, cells):
    today = trade_day(clock.now())
    await ingested(resources, cells, as_of=today - timedelta(days=7), publish_when_passed=True)
    emptied = {name: list(texts) for name, texts in cells.items()}
    row = next(n for n, text in enumerate(cells["beta_5y_monthly"]) if text)
    emptied["beta_5y_monthly"][row] = ""

    late = await ingested(resources, emptied, as_of=today)
    early = await ingested(resources, emptied, as_of=today - timedelta(days=7))

    def missing(run):
        return RunFinding.filter(run_id=run.id, kind=FindingKind.MISSING, field="beta5Y", severity="WARNING").count()

    assert (await missing(late), await missing(early)) == (1, 0)


async def test_alerts_follow_from_the_report_in_a_sequence(resources, clock, cells, blocked):
    await ingested(resources, cells)
    assert await QualityAlert.all().count() == 0
    async with resources.bus.listen(QualityAlertRaised.CHANNEL) as heard:
        run = await ingested(resources, blocked)
        event = await heard.next()

    (alert,) = await QualityAlert.all()
    assert (alert.rule, alert.severity, alert.sequence, alert.run_id) == (
        AlertRule.FORMAT_ISSUES,
        AlertSeverity.MEDIUM,
        1,
        run.id,
    )
    assert "12.5%, after 0.0% in the run before" in alert.message
    assert event.sequence == 1


async def test_thin_data_and_slow_runs_are_told(resources, clock, cells):
    cells["current_ratio"] = [""] * len(cells["symbol"])
    run = await start(resources, csv_of(cells))

    async def report(fraction):
        if fraction == 0.4:
            clock.advance(seconds=601)

    await ingest(resources, run.id, report)

    rules = {alert.rule: alert.severity for alert in await QualityAlert.all()}
    assert rules == {AlertRule.COVERAGE: AlertSeverity.HIGH, AlertRule.SLOW_RUN: AlertSeverity.HIGH}


async def test_what_is_hostile_in_cells_is_stored_and_published_all_the_same(resources, cells):
    for row, nasty in enumerate(("9" * 400, "1e308", "∞", "𝟝", "'; DROP TABLE companies; --", "x" * 9_000)):
        cells["roe"][row] = cells["industry"][row] = nasty
    cells["symbol"][7], cells["name"][8] = "Robert'); --", "n" * 9_000

    run = await ingested(resources, cells, name="../../\u202eetc\x00passwd")
    released = await publish_run(resources, ADMIN, run.id, override_reason="to see")

    assert released.companies == 119
    assert run.file_name == "../../etcpasswd"


async def test_the_statements_of_a_run_do_not_grow_with_its_companies(resources, cells):
    counts = []
    for rows in (40, 120):
        part = {name: texts[:rows] for name, texts in cells.items()}
        run = await start(resources, csv_of(part))
        with counted_statements() as made:
            await ingest(resources, run.id, no_report)
        counts.append(len(made))

    assert counts[0] == counts[1]
