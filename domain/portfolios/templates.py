"""Target allocations that are kept for portfolios to come: those that everybody has, and an owner's own."""

import json
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, Refusal
from domain.kernel.money import EXACT
from domain.kernel.work import Subject, Work
from domain.portfolios import checks
from domain.portfolios.builtin_templates import BUILT_IN
from domain.portfolios.commands import locked
from domain.portfolios.models import Portfolio, Template
from domain.portfolios.targets import TargetWeight, checked_targets, replace_targets
from domain.portfolios.template_types import TemplateRow
from domain.portfolios.types import TargetKind

MOST_TEMPLATES = 100


async def templates(actor: Actor) -> list[TemplateRow]:
    """Return the templates that everybody has, then the actor's own by name."""
    rows = await Template.filter(owner_id=actor.user_id).order_by("name") if actor.is_authenticated else []
    return [*BUILT_IN, *map(_row, rows)]


async def templates_by_id(actor: Actor, template_ids: Sequence[UUID]) -> list[TemplateRow | None]:
    """Return the templates in the order asked for, None where the actor sees none."""
    found = {row.id: row for row in BUILT_IN}
    if actor.is_authenticated:
        own = await Template.filter(id__in=set(template_ids), owner_id=actor.user_id)
        found |= {row.id: _row(row) for row in own}
    return [found.get(key) for key in template_ids]


async def create_template(
    work: Work, *, name: str, description: str | None, targets: Sequence[TargetWeight]
) -> TemplateRow:
    """Keep a template of the actor's; the same again answers the first.

    Raises `InvalidInput`, also for a name that the actor has given to another and for more than 100 templates, and
    `UnknownInstrument`.
    """
    actor = work.actor
    assert actor.user_id is not None
    checked_name = checks.checked_name(name)
    text = checks.checked_text(description, field=("description",))
    checked = await checked_targets(targets, actor.user_id, ("targets",))
    if not checked:
        raise InvalidInput("expected at least one target, got none", field=("targets",))
    if await Template.filter(owner_id=actor.user_id).count() >= MOST_TEMPLATES:
        raise InvalidInput(f"expected at most {MOST_TEMPLATES} templates, got one more", field=())
    template = Template(
        tenant_id=actor.tenant_id,
        owner_id=actor.user_id,
        name=checked_name,
        description=text,
        allocation=_text(checked),
        created_at=work.now,
    )
    # A twin that is being made in parallel is waited for: PostgreSQL would end this transaction with an error.
    await Template.bulk_create([template], ignore_conflicts=True)
    stored = await Template.get(owner_id=actor.user_id, name=checked_name)
    if stored.id == template.id:
        await work.record("template.create", Subject("Template", template.id), None, {"name": checked_name})
    elif (stored.description, stored.allocation) != (text, template.allocation):
        raise InvalidInput(f"expected a name of no other template, got {checked_name!r}", field=("name",))
    return _row(stored)


async def delete_template(work: Work, template_id: UUID) -> None:
    """Forget a template of the actor's.  Raises `NotFound`, also for those that everybody has."""
    template = await Template.get_or_none(id=template_id, owner_id=work.actor.user_id)
    if template is None or not work.actor.is_authenticated:
        raise NotFound("no such template of the user's", field=("template_id",))
    await template.delete()
    await work.record("template.delete", Subject("Template", template_id), {"name": template.name}, None)


async def apply_template(work: Work, portfolio_id: UUID, template_id: UUID) -> Portfolio:
    """Give a portfolio the targets of a template; how far it may drift stays as it is.

    Raises `NotFound`, `InvalidInput`, `UnknownInstrument`.
    """
    portfolio = await locked(work, portfolio_id, NotFound("no such portfolio", field=("portfolio_id",)))
    (template,) = await templates_by_id(work.actor, [template_id])
    if template is None:
        raise NotFound("no such template of the user's", field=("template_id",))
    try:
        checked = await checked_targets(template.targets, portfolio.owner_id, ())
    except Refusal as refusal:
        # Its targets are no part of the input.
        raise type(refusal)(refusal.message, field=("template_id",)) from None
    await replace_targets(work, portfolio, checked)
    return portfolio


def _row(stored: Template) -> TemplateRow:
    targets = tuple(
        TargetWeight(TargetKind(kind), name, Decimal(weight)) for kind, name, weight in json.loads(stored.allocation)
    )
    return TemplateRow(stored.id, stored.name, stored.description, targets, stored.created_at)


def _text(targets: Sequence[TargetWeight]) -> str:
    told = [[each.kind, each.name, f"{each.weight.normalize(EXACT):f}"] for each in targets]
    return json.dumps(told, separators=(",", ":"))
