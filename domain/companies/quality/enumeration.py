"""Texts that are one of a few: ratings and exchanges."""

from collections.abc import Iterator
from difflib import get_close_matches

from domain.companies.catalogue import Kind
from domain.companies.exchanges import mic_of
from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Correction, Finding, FindingKind, Severity
from domain.companies.quality.missing import is_nothing


def check_enumerations(examination: Examination) -> Iterator[Finding]:
    """Find texts that are none of those that their field may be."""
    for code, column in examination.table.columns.items():
        if column.field.kind is not Kind.ENUM:
            continue
        known = {value.casefold(): value for value in column.field.values}
        for row, text in enumerate(column.texts):
            if is_nothing(text) or text.strip().casefold() in known or (code == "exchange" and mic_of(text)):
                continue
            near = get_close_matches(text.strip().casefold()[:40], known, n=1, cutoff=0.75)
            correction = Correction(known[near[0]], "the nearest that is known", 0.8) if near else None
            yield Finding(
                FindingKind.ENUMERATION,
                code,
                row,
                text,
                f"one of {', '.join(column.field.values)}",
                Severity.WARNING,
                0.9,
                correction,
            )
