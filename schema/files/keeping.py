"""Files that were written, kept for who asked."""

from domain.files.keeping import Written, keep_bytes, keep_row
from schema.context import Context
from schema.files.types import File, file_of


async def kept(context: Context, written: Written) -> tuple[File, str]:
    """Keep a file as the user's own; return it with the path by which it is downloaded."""
    sha256, size = await keep_bytes(context.resources.files, written.content)
    async with context.unit_of_work() as work:
        row = await keep_row(work, written, sha256, size)
    file = file_of(row)
    return file, f"/files/{file.id}"
