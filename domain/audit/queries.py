"""Reads the audit trail."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from domain.storage import statements
from domain.storage.statements import statement

_AUDITED = statement("""
    SELECT DISTINCT subject_id FROM audit_entries
    WHERE tenant_id = ANY($1::uuid[]) AND subject_id = ANY($2::uuid[]) AND subject_kind = $3
""")


async def audited(tenant_ids: Collection[UUID], kind: str, subject_ids: Collection[Any]) -> set[Any]:
    """Return those of these objects, all of one kind, of which a change is on record under one of these tenants.

    Ids come and go as raw statements have them: many thousands are not parsed.
    """
    rows = await statements.fetch(_AUDITED, list(tenant_ids), list(subject_ids), kind) if subject_ids else []
    return {row[0] for row in rows}
