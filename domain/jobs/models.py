"""The table of jobs: the truth about each, whichever engine carries its id."""

from tortoise import Model, fields

from domain.kernel.jobs import JobState
from domain.storage.fields import UtcDatetimeField, choice, primary_key


class Job(Model):
    """One job.  `attempts` counts the starts and fences: who finishes with an older number is refused."""

    id = primary_key()
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField(null=True)
    kind = fields.CharField(max_length=80)
    arguments = fields.TextField()
    state = choice(JobState, default=JobState.QUEUED)
    # Changes with each change of the row: the position of `jobUpdate`.
    version = fields.IntField(default=1)
    progress = fields.FloatField(default=0.0)
    attempts = fields.IntField(default=0)
    run_once_key = fields.CharField(max_length=200, null=True)
    cancel_requested = fields.BooleanField(default=False)
    result = fields.TextField(null=True)
    failure_code = fields.CharField(max_length=80, null=True)
    failure_message = fields.TextField(null=True)
    created_at = UtcDatetimeField()
    due_at = UtcDatetimeField()
    started_at = UtcDatetimeField(null=True)
    # While running: after this, the process that runs it is taken for dead.
    lease_until = UtcDatetimeField(null=True)
    finished_at = UtcDatetimeField(null=True)

    class Meta:
        table = "jobs"
        indexes = (("state", "due_at"), ("tenant_id", "owner_id", "id"), ("run_once_key", "state"))
