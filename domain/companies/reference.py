"""`python -m domain.companies.reference > docs/company-metrics.md`: the catalogue of fields, for people to read."""

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from domain.companies.catalogue import FIELDS, Field, Group, Unit

_UNITS: Final = {
    Unit.NONE: "",
    Unit.RATIO: "ratio",
    Unit.PERCENT: "percent",
    Unit.PRICE: "price, in the currency of the listing",
    Unit.USD_MN: "millions of US dollars",
    Unit.COUNT: "shares",
}
_BETTER: Final = {True: "higher", False: "lower", None: ""}
_START: Final = """# The fields of companies

Made from the catalogue (`domain/companies/catalogue.py`) by `python -m domain.companies.reference`.

A range is what is believed of a value; beyond it a check complains. Ranges of prices are for listings in US dollars.
Feeds may call a field by its code, its label or another name, in any case. Numbers under a name with a factor, spelled
exactly so, are multiplied by it. Of a metric that looks ahead the value is an estimate.
"""


def reference() -> str:
    """Return the page, in Markdown."""
    groups = [group for group in Group if group is not Group.COMPANION]
    return "\n".join([_START, *(line for group in groups for line in _section(group))]).rstrip() + "\n"


def _section(group: Group) -> Iterator[str]:
    yield f"## {group.value.capitalize()}\n"
    yield "| code | label | unit | range | looks | better | also called |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for field in FIELDS:
        if field.group is group:
            yield _line(field)
    yield ""


def _line(field: Field) -> str:
    looks = {"FORWARD": "ahead", "TRAILING": "back"}.get(field.basis or "", "")
    cells = (
        *(f"`{field.code}`", field.label, _UNITS[field.unit], _range(field), looks, _BETTER[field.higher_is_better]),
        ", ".join(_names(field)),
    )
    return f"| {' | '.join(cells)} |"


def _range(field: Field) -> str:
    if field.values:
        return ", ".join(field.values)
    if field.pattern is not None:
        return f"`{field.pattern}`"
    low, high = (None if bound is None else f"{bound:,.0f}" for bound in (field.minimum, field.maximum))
    if low is None:
        return ""
    return f"at least {low}" if high is None else f"{low} to {high}"


def _names(field: Field) -> Iterable[str]:
    yield from (f"`{name}`" for name in field.aliases)
    yield from (f"`{name}` (× {factor:g})" for name, factor in field.scales)


if __name__ == "__main__":
    sys.stdout.write(reference())
