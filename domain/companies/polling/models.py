"""The tables of what was found where files of companies' figures come to lie."""

from typing import Any

from tortoise import Model, fields

from domain.companies.polling.types import FileState
from domain.storage.fields import UtcDatetimeField, choice, primary_key


class SourcePoll(Model):
    """When a source was looked at last, and what it answered."""

    source = fields.CharField(max_length=20, primary_key=True)
    polled_at = UtcDatetimeField()
    # When it last told its files, and how many there were; null before.
    answered_at: Any = UtcDatetimeField(null=True)
    files: Any = fields.IntField(null=True)
    # Why it did not, the last time.
    fault: Any = fields.TextField(null=True)

    class Meta:
        table = "company_source_polls"


class SourceFile(Model):
    """A file of a source as it was last found.  Another version is another file, and is taken again."""

    id = primary_key()
    source = fields.CharField(max_length=20)
    name = fields.CharField(max_length=1024)
    version = fields.CharField(max_length=300)
    size = fields.BigIntField()
    state = choice(FileState)
    attempts = fields.IntField(default=1)
    message: Any = fields.TextField(null=True)
    run_id: Any = fields.UUIDField(null=True)
    found_at = UtcDatetimeField()

    class Meta:
        table = "company_source_files"
        unique_together = (("source", "name"),)
        indexes = (("source", "id"),)
