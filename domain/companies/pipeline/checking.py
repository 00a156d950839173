"""The first look at a file: checked, and mended as far as stored rules say so.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from domain.companies.pipeline.examining import examine
from domain.companies.pipeline.prior import prior_from
from domain.companies.pipeline.reporting import Reported, reported
from domain.companies.pipeline.staging import Staged, packed
from domain.companies.pipeline.stored import correction_row, finding_rows
from domain.companies.pipeline.types import MOST_PROPOSALS, Applied, CorrectionState, Decided, Proposal
from domain.companies.quality.findings import FindingKind
from domain.kernel.ids import new_id

# What mending shows may be mended too, but not for ever.
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Rule:
    """Corrections of one kind are applied without anybody's word, from this confidence on."""

    id: UUID
    kind: FindingKind
    least_confidence: float

    def covers(self, proposal: Proposal) -> bool:
        """Whether a proposal is to be applied."""
        return proposal.kind is self.kind and proposal.confidence >= self.least_confidence


@dataclass(frozen=True, slots=True)
class Checked:
    """What a first look has come to, with the rows to write.  `by_rules` counts what rules have applied."""

    reported: Reported
    content: bytes
    rows: int
    findings: Sequence[tuple[Any, ...]]
    corrections: Sequence[tuple[Any, ...]]
    batch_id: UUID
    by_rules: int
    left_out: int


def check(
    run_id: UUID, staged: Staged, before: Sequence[Any], rules: Sequence[Rule], as_of: date, today: date, now: datetime
) -> Checked:
    """Check a staged table beside what was known before, applying what stored rules cover."""
    prior, batch_id = prior_from(before), new_id()
    found = reported(examine(staged, prior, Decided(), as_of, today))
    ruled: list[tuple[UUID, Proposal, Rule]] = []
    for _ in range(_ROUNDS):
        known = {proposal.place for _, proposal, _ in ruled}
        new = [
            (new_id(), proposal, rule)
            for proposal in found.proposals
            if proposal.place not in known and (rule := _rule_for(proposal, rules)) is not None
        ]
        if not new:
            break
        ruled += new
        applied = [_in_force(key, proposal) for key, proposal, _ in ruled]
        found = reported(examine(staged, prior, Decided(applied), as_of, today))
    kept = found.proposals[:MOST_PROPOSALS]
    by_rule = CorrectionState.APPLIED_BY_RULE
    corrections = [
        *(
            correction_row(run_id, proposal, now, key=key, state=by_rule, batch_id=batch_id, rule_id=rule.id)
            for key, proposal, rule in ruled
        ),
        *(correction_row(run_id, proposal, now) for proposal in kept),
    ]
    return Checked(
        found,
        packed(staged),
        staged.rows,
        finding_rows(run_id, found.issues),
        corrections,
        batch_id,
        len(ruled),
        len(found.proposals) - len(kept),
    )


def _rule_for(proposal: Proposal, rules: Sequence[Rule]) -> Rule | None:
    return next((rule for rule in rules if rule.covers(proposal)), None)


def _in_force(key: UUID, each: Proposal) -> Applied:
    return Applied(key, each.row, each.field, each.kind, each.after, each.reason, each.drops_row, each.other)
