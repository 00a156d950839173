"""Uploaded files, as the API shows them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from domain.files import queries
from domain.files.queries import FileRow
from schema.context import Context
from schema.shared.node import Node, global_id, loads_nodes


@strawberry.type(description="A file that the user has uploaded by `POST /files`.")
class File(Node):
    """An upload."""

    name: str = strawberry.field(description="What it was called, without folders.")
    content_type: str = strawberry.field(description="Its media type, as the uploader said it.")
    size: int = strawberry.field(description="Its length in bytes.")
    sha256: str = strawberry.field(description="The hex of the SHA-256 of its bytes.")
    created_at: datetime = strawberry.field(description="When it was uploaded, in real time.")


def file_of(row: FileRow) -> File:
    """Return a file as the API shows it."""
    return File(
        id=global_id("File", row.id),
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        sha256=row.sha256,
        created_at=row.created_at,
    )


@loads_nodes("File")
async def find_files(context: Context, keys: Sequence[UUID]) -> list[File | None]:
    """Return the files of these ids, None where the actor sees none."""
    rows = await queries.files_by_id(context.actor, keys)
    return [None if row is None else file_of(row) for row in rows]
