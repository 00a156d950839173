"""Which column of a file is which field, and what its numbers are multiplied with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.companies.catalogue import FIELDS, Field, Unit
from domain.companies.companions import COMPANIONS

# "PER (Oct-25)", "EPS (TTM)": when a number is of, which changes from month to month and is no part of the name.
_WHEN = re.compile(
    r"\s*\((?:fwd|forward|ttm|ltm|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*[-\s'/]*\d{2,4})\)\s*$",
    re.IGNORECASE,
)
# Longer cells are no names; one name alone may be a word of a title.
_LONGEST, _NAMES_OF_A_HEADER = 100, 2
_IN_FEEDS = {
    "return1Y": ("Return (Y)", "Return (1Y)"),
    "return3Y": ("Return (3Y)",),
    "return5Y": ("Return (5Y)",),
    "avgVolume3M": ("Avg Volume (3M)",),
}


@dataclass(frozen=True, slots=True)
class Matched:
    """A column that is a field: its place, and the factor that brings its numbers to the field's unit."""

    position: int
    field: Field
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Matching:
    """What the names of a file's columns came to."""

    matched: tuple[Matched, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", name.strip().lstrip("\ufeff")).casefold()


def _names() -> dict[str, tuple[Field, float]]:
    known: dict[str, tuple[Field, float]] = {}
    for field in (*FIELDS, *COMPANIONS):
        for name in (field.code, field.label, *field.aliases, *_IN_FEEDS.get(field.code, ())):
            known.setdefault(_plain(name), (field, 1.0))
        for name, factor in field.scales:
            # In capitals a share is in percent, as "ROE (Fwd)"; in small letters it is a column of fractions.
            known[name] = (field, factor)
    return known


_KNOWN = _names()


def _find(name: str) -> tuple[Field, float] | None:
    stripped = _WHEN.sub("", name)
    if stripped != name:
        found = _KNOWN.get(_plain(stripped))
        return None if found is None else (found[0], 1.0)
    exact = _KNOWN.get(name.strip())
    if exact is not None:
        return exact
    found = _KNOWN.get(_plain(name))
    return None if found is None else (found[0], 1.0)


def match_columns(names: Sequence[str]) -> Matching:
    """Return which columns are fields or companions; of two columns for one field, the first."""
    matched: dict[str, Matched] = {}
    unknown, repeated = [], []
    for position, name in enumerate(names):
        found = _find(name)
        if found is None:
            unknown.append(name)
        elif found[0].code in matched:
            repeated.append(name)
        else:
            matched[found[0].code] = Matched(position, *found)
    return Matching(tuple(matched.values()), tuple(unknown), tuple(repeated))


def is_header(cells: Iterable[object]) -> bool:
    """Whether a row has the names of at least two fields: a band above the header, or a note, has none."""
    names = {found[0].code for cell in cells if isinstance(cell, str) and (found := _find(cell[:_LONGEST])) is not None}
    return len(names) >= _NAMES_OF_A_HEADER


def absolute_factor(field: Field) -> float:
    """Return what a number of single dollars or pieces is multiplied with to be in the unit of the field."""
    return 1e-6 if field.unit is Unit.USD_MN else 1.0
