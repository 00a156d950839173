"""Reads what is known of uploads; their bytes are the file store's."""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from domain.files.access import accessible
from domain.files.models import StoredFile
from domain.kernel.actor import Actor

# What the mirror slice of the schema reads, without naming the table.
FileRow: TypeAlias = StoredFile


async def files_by_id(actor: Actor, file_ids: Sequence[UUID]) -> list[StoredFile | None]:
    """Return the files in the order asked for, None where the actor sees none."""
    found = {row.id: row for row in await accessible(actor).filter(id__in=set(file_ids))}
    return [found.get(file_id) for file_id in file_ids]
