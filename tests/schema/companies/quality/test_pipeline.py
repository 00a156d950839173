"""The pipeline as administrators use it: upload, look, decide, publish, take back."""

from datetime import timedelta

import pytest

from domain.companies.pipeline import releasing
from domain.jobs.models import Job
from domain.kernel.actor import NOBODY, Role
from domain.kernel.ids import new_id
from domain.kernel.jobs import JobState
from schema.shared.node import global_id, stored_key
from tests.factories.company_files import csv_of
from tests.factories.identity import make_person
from tests.factories.imports import upload
from tests.schema.companies.quality.conftest import DOCUMENTS
from tests.support.graphql import GraphQLClient, codes
from tests.support.statements import counted_statements
from workers.main import TASKS
from workers.runner import run_job

# Importing the tasks registers their handlers.
__all__ = ["TASKS"]

NOTHING = global_id("PipelineRun", new_id())


async def test_a_run_is_told_whole(ask, brought, blocked):
    run_id = await brought(blocked)

    run = await ask("PipelineRun", id=run_id)

    assert (run["id"], run["state"], run["file"]["rows"]) == (run_id, "GATE_BLOCKED", 60)
    report = run["report"]
    assert (report["companies"], report["validCompanies"]) == (60, 60)
    assert report["schemaCoverage"] == pytest.approx(25 / 39)
    rules = {rule["code"]: rule for rule in report["gate"]["rules"]}
    assert [code for code, rule in rules.items() if not rule["passed"]] == ["FORMAT_ISSUES"]
    assert rules["FORMAT_ISSUES"] == {"code": "FORMAT_ISSUES", "passed": False, "observed": 0.1, "threshold": 0.05}
    issues = [edge["node"] for edge in report["issues"]["edges"]]
    assert report["issues"]["totalCount"] == len(issues)
    assert [issue["severity"] for issue in issues[:7]] == ["WARNING"] * 6 + ["NOTICE"]
    assert {(issue["kind"], issue["metric"]) for issue in issues[:6]} == {("FORMAT", "netMargin")}
    first = run["corrections"]["edges"][0]["node"]
    assert (run["corrections"]["totalCount"], first["metric"], first["state"]) == (6, "netMargin", "PENDING")
    assert float(first["after"]) == pytest.approx(float(first["before"]), rel=0.02)


async def test_from_the_gate_to_the_public_and_back(ask, brought, blocked):
    run_id = await brought(blocked)
    refused = await ask("PublishRun", input={"runId": run_id})
    assert (refused["run"], refused["published"]) == (None, None)
    assert [(each["code"], each["field"]) for each in refused["userErrors"]] == [("GATE_BLOCKED", ["overrideReason"])]

    decided = await ask("DecideCorrections", input={"runId": run_id, "decision": "APPROVE", "reason": "signs"})
    published = await ask("PublishRun", input={"runId": run_id})

    assert decided["run"]["report"]["gate"]["passed"] is True
    assert (published["run"]["state"], published["published"], published["userErrors"]) == ("PUBLISHED", 60, [])
    public = '{ company(ticker: "AAA") { ticker profitability { netMargin } } }'
    assert (await ask(public, actor=NOBODY))["profitability"]["netMargin"] is not None
    again = await ask("PublishRun", input={"runId": run_id})
    assert [each["code"] for each in again["userErrors"]] == ["WRONG_STATE"]
    gone = await ask("RollBackRun", input={"runId": run_id, "reason": "too early"})
    assert (gone["run"]["state"], gone["userErrors"]) == ("ROLLED_BACK", [])
    assert (await ask(public, actor=NOBODY))["profitability"]["netMargin"] is None


async def test_many_companies_are_published_by_a_job_for_who_has_asked(
    ask, admin, resources, brought, blocked, monkeypatch
):
    monkeypatch.setattr(releasing, "MOST_AT_ONCE", 59)
    run_id = await brought(blocked)
    document = """mutation($input: PublishRunInput!) {
        publishRun(input: $input) { run { state } published job { id kind } userErrors { code } } }"""
    refused = await ask(document, input={"runId": run_id})
    assert [each["code"] for each in refused["userErrors"]] == ["GATE_BLOCKED"]

    asked, again = [await ask(document, input={"runId": run_id, "overrideReason": "many"}) for _ in range(2)]

    assert (asked["run"]["state"], asked["published"]) == ("GATE_BLOCKED", None)
    assert asked["job"]["id"] == again["job"]["id"], "one job is enough"
    job_id = stored_key("Job", asked["job"]["id"])
    assert job_id is not None
    for _ in range(2):
        # A worker that is killed when it has published, and another that takes over.
        await Job.filter(id=job_id).update(state="QUEUED")
        await run_job(resources, job_id)
    assert (await Job.get(id=job_id)).state is JobState.SUCCEEDED
    (run,) = [edge["node"] for edge in (await ask("Runs"))["edges"]]
    assert (run["state"], run["publishedCompanies"], run["overrideReason"]) == ("PUBLISHED", 60, "many")
    assert run["publishedBy"] == global_id("User", admin.user_id)


async def test_an_override_is_kept_with_who_said_so(ask, admin, brought, blocked):
    run_id = await brought(blocked)

    await ask("PublishRun", input={"runId": run_id, "overrideReason": "good enough"})

    (run,) = [edge["node"] for edge in (await ask("Runs"))["edges"]]
    who = global_id("User", admin.user_id)
    assert (run["overrideReason"], run["publishedBy"], run["requestedBy"]) == ("good enough", who, who)
    assert (run["publishedCompanies"], run["file"]["name"], run["source"]) == (60, "broker.csv", "Uploaded file")
    assert run["job"]["state"] == "QUEUED"


async def test_a_preview_says_what_a_decision_would_come_to(ask, brought, blocked):
    run_id = await brought(blocked)
    run = await ask("RunReport", id=run_id)
    ids = [edge["node"]["id"] for edge in run["pending"]["edges"]]

    some = await ask("PreviewCorrections", runId=run_id, decision="APPROVE", correctionIds=ids[:4])
    every = await ask("PreviewCorrections", runId=run_id, decision="REJECT")

    assert some["report"]["formatIssueShare"] == pytest.approx(2 / 60)
    assert some["report"]["issues"]["totalCount"] == 2
    assert (some["report"]["gate"]["passed"], every["report"]["gate"]["passed"]) == (True, True)
    assert some["id"] != every["id"]
    assert (await ask("RunReport", id=run_id)) == run
    assert await ask("PreviewCorrections", runId=NOTHING, decision="APPROVE") is None


async def test_a_preview_of_what_is_no_correction_is_refused(resources, admin, brought, blocked):
    run_id = await brought(blocked)
    client = GraphQLClient(resources, admin)
    for ids in ([], [run_id], [global_id("DataCorrection", new_id())]):
        given = {"runId": run_id, "decision": "APPROVE", "correctionIds": ids}

        assert codes(await client.execute(DOCUMENTS["PreviewCorrections"], given)) == ["BAD_USER_INPUT"]


async def test_the_report_by_field_and_the_history_of_decisions(ask, admin, brought, blocked):
    run_id = await brought(blocked)
    await ask("DecideCorrections", input={"runId": run_id, "decision": "APPROVE"})

    run = await ask("RunReport", id=run_id)

    fields = {each["metric"]: each for each in run["report"]["fields"]}
    assert (fields["netMargin"]["corrected"], fields["netMargin"]["warnings"]) == (6, 0)
    assert fields["ticker"]["completeness"] == 1.0
    assert run["report"]["errors"]["totalCount"] == 0
    assert run["pending"]["totalCount"] == 0
    (batch,) = [edge["node"] for edge in run["decisions"]["edges"]]
    assert (batch["kind"], batch["corrections"], batch["published"]) == ("APPROVE", 6, False)
    assert batch["decidedBy"] == global_id("User", admin.user_id)
    undone = await ask("RollBackCorrections", input={"batchId": batch["id"]})
    assert (undone["run"]["state"], undone["userErrors"]) == ("GATE_BLOCKED", [])
    again = await ask("RollBackCorrections", input={"batchId": batch["id"]})
    assert [(each["code"], each["field"]) for each in again["userErrors"]] == [("WRONG_STATE", ["batchId"])]


async def test_what_is_wrong_with_an_input_is_said(ask, resources, admin, brought, blocked):
    run_id = await brought(blocked)
    file = await upload(resources, admin, csv_of(blocked))
    file_id = global_id("File", file.id)
    stranger = (await make_person(resources, "other@example.com", Role.ADMIN)).actor
    tries = [
        ("IngestCompanies", {"fileId": run_id}, "NOT_FOUND", ["fileId"]),
        ("IngestCompanies", {"fileId": file_id, "asOf": "2100-01-01"}, "INVALID_INPUT", ["asOf"]),
        ("IngestCompanies", {"fileId": file_id, "source": ""}, "INVALID_INPUT", ["source"]),
        ("DecideCorrections", {"runId": NOTHING, "decision": "APPROVE"}, "NOT_FOUND", ["runId"]),
        ("DecideCorrections", {"runId": run_id, "decision": "APPROVE", "correctionIds": []}, "INVALID_INPUT",
         ["correctionIds"]),
        ("DecideCorrections", {"runId": run_id, "decision": "APPROVE", "correctionIds": [run_id]}, "INVALID_INPUT",
         ["correctionIds"]),
        ("DecideCorrections", {"runId": run_id, "decision": "APPROVE", "reason": "x" * 1_001}, "INVALID_INPUT",
         ["reason"]),
        ("PublishRun", {"runId": file_id}, "NOT_FOUND", ["runId"]),
        ("RollBackRun", {"runId": run_id}, "WRONG_STATE", ["runId"]),
        ("RollBackCorrections", {"batchId": global_id("CorrectionBatch", new_id())}, "NOT_FOUND", ["batchId"]),
        ("SetCorrectionRule", {"kind": "SCALE", "leastConfidence": 2.0, "enabled": True}, "INVALID_INPUT",
         ["leastConfidence"]),
    ]  # fmt: skip
    for name, given, code, field in tries:
        errors = (await ask(name, input=given))["userErrors"]
        assert [(each["code"], each["field"]) for each in errors] == [(code, field)], (name, given)
    errors = (await ask("IngestCompanies", actor=stranger, input={"fileId": file_id}))["userErrors"]
    assert [each["code"] for each in errors] == ["NOT_FOUND"], "another administrator's file"


async def test_the_same_key_answers_the_same_run(ask, resources, admin, cells):
    file_id = global_id("File", (await upload(resources, admin, csv_of(cells))).id)
    given = {"fileId": file_id, "idempotencyKey": "monday"}

    first, again = [await ask("IngestCompanies", input=given) for _ in range(2)]
    other = await ask("IngestCompanies", input={**given, "asOf": "2020-01-02"})

    assert first["run"]["id"] == again["run"]["id"]
    assert [each["code"] for each in other["userErrors"]] == ["IDEMPOTENCY_KEY_REUSED"]


async def test_a_failed_run_says_why_and_has_no_report(ask, brought):
    run_id = await brought(b"%PDF-1.7")

    run = await ask("PipelineRun", id=run_id)
    (listed,) = [edge["node"] for edge in (await ask("Runs", state="FAILED"))["edges"]]

    assert (run["state"], run["report"], run["corrections"]["totalCount"]) == ("FAILED", None, 0)
    assert (listed["id"], listed["fault"]["code"]) == (run_id, "FORMAT")
    assert "got a PDF" in listed["fault"]["message"]


async def test_rules_are_set_and_listed(ask, admin):
    assert await ask("CorrectionRules") == []

    answer = await ask("SetCorrectionRule", input={"kind": "FORMAT", "leastConfidence": 0.95, "enabled": True})
    changed = await ask("SetCorrectionRule", input={"kind": "FORMAT", "leastConfidence": 0.99, "enabled": False})

    assert answer["rule"]["changedBy"] == global_id("User", admin.user_id)
    (rule,) = await ask("CorrectionRules")
    assert rule == {"id": answer["rule"]["id"], "kind": "FORMAT", "leastConfidence": 0.99, "enabled": False}
    assert changed["rule"]["id"] == rule["id"]


async def test_the_trend_follows_the_days_of_the_figures(ask, brought, cells, clock):
    today = clock.now().date() - timedelta(days=1)
    days = [(today - timedelta(days=7 * weeks)).isoformat() for weeks in (1, 2, 0)]
    ids = [await brought(cells, asOf=day) for day in days]
    await brought(b"%PDF-1.7", asOf=days[0])

    found = await ask("QualityTrend", **{"from": days[1], "to": days[0]})

    assert [(each["runId"], each["asOf"]) for each in found] == [(ids[1], days[1]), (ids[0], days[0])]
    assert all(each["qualityScore"] > 99 and each["gatePassed"] for each in found)


async def test_nodes_are_seen_by_administrators_alone(ask, resources, brought, blocked):
    run_id = await brought(blocked)
    run = await ask("RunReport", id=run_id)
    ids = [run_id, run["pending"]["edges"][0]["node"]["id"]]
    user = (await make_person(resources, "user@example.com")).actor
    document = "query($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }"

    seen = await ask(document, ids=ids)

    assert [node["__typename"] for node in seen] == ["PipelineRun", "DataCorrection"]
    for actor in (user, NOBODY):
        assert await ask(document, actor=actor, ids=ids) == [None, None]


async def test_lists_take_as_many_statements_for_many_as_for_few(ask, brought, cells):
    counts = []
    for _ in range(2):
        await brought(b"%PDF-1.7")
        await brought(cells)
        with counted_statements() as of_runs:
            await ask("{ pipelineRuns { totalCount edges { node { id state file { name } report { companies } } } } }")
        with counted_statements() as of_alerts:
            await ask("Alerts")
        counts.append((len(of_runs), len(of_alerts)))

    assert counts == [(2, 3)] * 2
