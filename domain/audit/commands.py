"""Writes the audit trail."""

import json
from collections.abc import Mapping

from domain.audit.models import AuditEntry
from domain.kernel.work import Subject, Work


async def record(
    work: Work, action: str, subject: Subject, before: Mapping[str, object] | None, after: Mapping[str, object] | None
) -> None:
    """Write the row of one change.  Secrets have no place in `before` and `after`: give ids and public values."""
    await AuditEntry.create(
        tenant_id=work.actor.tenant_id,
        actor_id=work.actor.user_id,
        action=action,
        subject_kind=subject.kind,
        subject_id=subject.id,
        before=_encode(before),
        after=_encode(after),
        recorded_at=work.now,
    )


def _encode(values: Mapping[str, object] | None) -> str | None:
    return None if values is None else json.dumps(values, default=str, sort_keys=True, separators=(",", ":"))
