"""Snapshots that are old, or that repeat the one before."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from domain.companies.quality.examination import Examination
from domain.companies.quality.findings import Finding, FindingKind, Severity
from domain.companies.quality.relations import RETURNS

# A weekly snapshot is late after nine days: a week, and a holiday at its end.
_LATE = 9
# These move in every session: a company whose numbers all stand still was not refreshed.
_MOVING = ("price", "volume", "marketCapUsdMn", "per", *RETURNS)


def check_staleness(examination: Examination, observed_on: date | None, today: date | None) -> Iterator[Finding]:
    """Find a snapshot that is older than it may be, and companies whose moving numbers are those of the one before."""
    if observed_on is not None and today is not None and (today - observed_on).days > _LATE:
        yield Finding(
            FindingKind.STALE,
            "ticker",
            None,
            observed_on.isoformat(),
            f"at most {_LATE} days before {today}",
            Severity.WARNING,
            0.9,
        )
    moving = [code for code in _MOVING if code in examination.before and code in examination.fields]
    if len(moving) < 3:
        return
    same = np.mean([examination.numbers[code] == examination.before[code] for code in moving], axis=0) == 1
    # Where most stand still it is one snapshot twice, and not a matter of companies.
    if same.mean() > 0.5:
        yield Finding(
            FindingKind.STALE,
            "ticker",
            None,
            f"{int(same.sum())} companies",
            "numbers that moved since the last snapshot",
            Severity.NOTICE,
            0.5,
        )
        return
    for row in np.flatnonzero(same):
        yield Finding(
            FindingKind.STALE,
            "ticker",
            int(row),
            "the same numbers as before",
            "numbers that moved",
            Severity.NOTICE,
            0.5,
        )
