"""The tables of the pipeline: runs and what they kept, found and decided.  Reference data, without a tenant."""

from typing import Any

from tortoise import Model, fields

from domain.companies.pipeline.types import AlertRule, AlertSeverity, BatchKind, CorrectionState, RunState
from domain.companies.quality.findings import FindingKind, Severity
from domain.storage.fields import UtcDatetimeField, choice, primary_key


class PipelineRun(Model):
    """One file on its way to being known.

    `as_of` is the day that its figures are of.  `report` and `gate` are JSON; beside them the measures of which runs
    are compared, as fractions, the quality score from 0 to 100; all null until it was checked.  `version` counts the
    changes of the row: whoever has read an older one reads again.
    """

    id = primary_key()
    state = choice(RunState, default=RunState.QUEUED)
    version = fields.IntField(default=1)
    source = fields.CharField(max_length=120)
    file_name = fields.CharField(max_length=255)
    file_sha256 = fields.CharField(max_length=64)
    file_size = fields.IntField()
    rows: Any = fields.IntField(null=True)
    as_of = fields.DateField()
    publish_when_passed = fields.BooleanField(default=False)
    idempotency_key: Any = fields.CharField(max_length=200, null=True)
    # Who asked for it; null for the system.
    requested_by: Any = fields.UUIDField(null=True)
    job_id: Any = fields.UUIDField(null=True)
    attempts = fields.IntField(default=0)
    created_at = UtcDatetimeField()
    started_at: Any = UtcDatetimeField(null=True)
    # When it stood before the gate, or had failed.
    finished_at: Any = UtcDatetimeField(null=True)
    fault_code: Any = fields.CharField(max_length=40, null=True)
    fault_message: Any = fields.TextField(null=True)
    report: Any = fields.TextField(null=True)
    gate: Any = fields.TextField(null=True)
    gate_passed: Any = fields.BooleanField(null=True)
    quality_score: Any = fields.FloatField(null=True)
    schema_coverage: Any = fields.FloatField(null=True)
    data_completeness: Any = fields.FloatField(null=True)
    validation_success: Any = fields.FloatField(null=True)
    format_issue_share: Any = fields.FloatField(null=True)
    # Findings and proposals beyond those that are kept.
    findings_left_out = fields.IntField(default=0)
    proposals_left_out = fields.IntField(default=0)
    publication_id: Any = fields.UUIDField(null=True)
    published_by: Any = fields.UUIDField(null=True)
    published_at: Any = UtcDatetimeField(null=True)
    published_companies: Any = fields.IntField(null=True)
    # Why a blocked gate was passed by; who published has said so.
    override_reason: Any = fields.TextField(null=True)
    rolled_back_by: Any = fields.UUIDField(null=True)
    rolled_back_at: Any = UtcDatetimeField(null=True)
    rolled_back_reason: Any = fields.TextField(null=True)

    class Meta:
        table = "company_runs"
        unique_together = (("requested_by", "idempotency_key"),)
        indexes = (("state",), ("source", "id"), ("as_of",))


class RunTable(Model):
    """A run's file as it was read, compressed; never updated."""

    run: fields.OneToOneRelation[PipelineRun] = fields.OneToOneField(
        "models.PipelineRun", related_name=False, on_delete=fields.RESTRICT, primary_key=True
    )
    content = fields.BinaryField()

    run_id: Any

    class Meta:
        table = "company_run_tables"


class RunFinding(Model):
    """One thing that a check says of a run's table as it stands, in the order of its gravity; the first 2,000."""

    id = primary_key()
    run: fields.ForeignKeyRelation[PipelineRun] = fields.ForeignKeyField(
        "models.PipelineRun", related_name=False, on_delete=fields.RESTRICT
    )
    place = fields.IntField()
    kind = choice(FindingKind)
    severity = choice(Severity)
    ticker: Any = fields.CharField(max_length=40, null=True)
    row: Any = fields.IntField(null=True)
    field = fields.CharField(max_length=40)
    seen = fields.CharField(max_length=200)
    expected = fields.CharField(max_length=200)
    confidence = fields.FloatField()

    run_id: object

    class Meta:
        table = "company_run_findings"
        unique_together = (("run_id", "place"),)


class CorrectionBatch(Model):
    """Corrections of a run that were decided together: what was said of them, by whom, when and why."""

    id = primary_key()
    run: fields.ForeignKeyRelation[PipelineRun] = fields.ForeignKeyField(
        "models.PipelineRun", related_name=False, on_delete=fields.RESTRICT, db_index=True
    )
    kind = choice(BatchKind)
    corrections = fields.IntField()
    reason: Any = fields.TextField(null=True)
    # Null for the system.
    decided_by: Any = fields.UUIDField(null=True)
    decided_at = UtcDatetimeField()
    # What was made known by it, where the run was known already.
    publication_id: Any = fields.UUIDField(null=True)
    rolled_back_at: Any = UtcDatetimeField(null=True)

    run_id: Any

    class Meta:
        table = "company_correction_batches"


class RunCorrection(Model):
    """A correction that a check has proposed.

    `after` is JSON: a number in the unit of the field, a text, or nothing.  Without a row it multiplies the column;
    with `other`, two cells of the row change places.
    """

    id = primary_key()
    run: fields.ForeignKeyRelation[PipelineRun] = fields.ForeignKeyField(
        "models.PipelineRun", related_name=False, on_delete=fields.RESTRICT
    )
    kind = choice(FindingKind)
    ticker: Any = fields.CharField(max_length=40, null=True)
    row: Any = fields.IntField(null=True)
    field = fields.CharField(max_length=40)
    other: Any = fields.CharField(max_length=40, null=True)
    written = fields.CharField(max_length=200)
    before: Any = fields.CharField(max_length=200, null=True)
    after = fields.TextField()
    drops_row = fields.BooleanField()
    reason = fields.CharField(max_length=200)
    confidence = fields.FloatField()
    state = choice(CorrectionState)
    batch_id: Any = fields.UUIDField(null=True, db_index=True)
    rule_id: Any = fields.UUIDField(null=True)
    proposed_at = UtcDatetimeField()
    decided_at: Any = UtcDatetimeField(null=True)

    run_id: Any

    class Meta:
        table = "company_run_corrections"
        indexes = (("run_id", "state"), ("run_id", "id"))


class CorrectionRule(Model):
    """Corrections of one kind that are applied without anybody's word, from a confidence on."""

    id = primary_key()
    kind = fields.CharEnumField(FindingKind, max_length=40, unique=True)
    least_confidence = fields.FloatField()
    is_enabled = fields.BooleanField()
    changed_by: Any = fields.UUIDField(null=True)
    changed_at = UtcDatetimeField()

    class Meta:
        table = "company_correction_rules"


class AlertState(Model):
    """One row: how many alerts there were.  Whoever raises one holds this row's lock."""

    id = fields.IntField(primary_key=True)
    epoch = fields.UUIDField()
    sequence = fields.BigIntField(default=0)

    class Meta:
        table = "company_alert_states"


class QualityAlert(Model):
    """Something about the data that an administrator should see."""

    id = primary_key()
    sequence = fields.BigIntField(unique=True)
    rule = choice(AlertRule)
    severity = choice(AlertSeverity)
    message = fields.TextField()
    run: fields.ForeignKeyRelation[PipelineRun] = fields.ForeignKeyField(
        "models.PipelineRun", related_name=False, on_delete=fields.RESTRICT
    )
    raised_at = UtcDatetimeField()

    run_id: Any

    class Meta:
        table = "company_alerts"
