"""Remembers uploads."""

from uuid import UUID

from domain.files.models import StoredFile
from domain.kernel.errors import Unauthenticated
from domain.kernel.work import Subject, Work


async def store_file(work: Work, *, name: str, content_type: str, size: int, sha256: str) -> StoredFile:
    """Remember whose upload these bytes are.  Raises `Unauthenticated` for nobody's."""
    owner = work.actor.user_id
    if owner is None:
        raise Unauthenticated("sign in to upload a file")
    file = await StoredFile.create(
        tenant_id=work.actor.tenant_id,
        owner_id=owner,
        name=name[:255],
        content_type=content_type[:100],
        size=size,
        sha256=sha256,
        created_at=work.now,
    )
    assert isinstance(file.id, UUID)
    await work.record("file.store", Subject("File", file.id), None, {"sha256": sha256, "size": size})
    return file
