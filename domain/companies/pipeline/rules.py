"""Rules by which corrections are applied without anybody's word."""

from typing import TypeAlias

from domain.companies.pipeline.access import may_see
from domain.companies.pipeline.models import CorrectionRule
from domain.companies.quality.findings import FindingKind
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.work import Subject, Work

RuleRow: TypeAlias = CorrectionRule


async def correction_rules(actor: Actor) -> list[RuleRow]:
    """Return the rules, at most one for each kind of finding, by kind."""
    return await CorrectionRule.all().order_by("kind") if may_see(actor) else []


async def set_correction_rule(work: Work, kind: FindingKind, least_confidence: float, *, is_enabled: bool) -> RuleRow:
    """Say from which confidence on corrections of a kind are applied by themselves, in runs that are checked from now.

    Raises `NotFound`, `InvalidInput`.
    """
    if not may_see(work.actor):
        raise NotFound("no such rule")
    if not 0 <= least_confidence <= 1:
        raise InvalidInput(f"expected 0 to 1, got {least_confidence}", field=("least_confidence",))
    said = {
        "least_confidence": least_confidence,
        "is_enabled": is_enabled,
        "changed_by": work.actor.user_id,
        "changed_at": work.now,
    }
    await CorrectionRule.bulk_create([CorrectionRule(kind=kind, **said)], ignore_conflicts=True)
    before = await CorrectionRule.get(kind=kind)
    await CorrectionRule.filter(kind=kind).update(**said)
    rule = await CorrectionRule.get(kind=kind)
    told = {"kind": kind, "least_confidence": least_confidence, "is_enabled": is_enabled}
    was = {"least_confidence": before.least_confidence, "is_enabled": before.is_enabled}
    await work.record("pipeline.set_rule", Subject("CorrectionRule", rule.id), was, told)
    return rule
