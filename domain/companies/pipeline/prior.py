"""The snapshot before: what was known of all companies before a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from domain.companies.catalogue import FIELDS
from domain.companies.companions import COMPANIONS
from domain.companies.quality.examination import Prior
from domain.companies.snapshot_text import read_figures, read_texts
from domain.companies.snapshots import one_each
from domain.storage import statements

# The publication is asked of each snapshot, not joined: PostgreSQL would begin with all snapshots of one.
_BEFORE: Final = one_each(
    "SELECT c.ticker, s.texts, s.figures FROM companies c",
    """
    SELECT {chosen} FROM company_snapshots s2 WHERE s2.company_id = c.id AND s2.as_of < $1::date
    AND (SELECT p.withdrawn_at FROM company_publications p WHERE p.id = s2.publication_id) IS NULL
    ORDER BY s2.as_of DESC, s2.recorded_at DESC, s2.id DESC LIMIT 1
    """,
    "ORDER BY c.ticker",
)
_CODES: Final = tuple(field.code for field in (*FIELDS, *COMPANIONS) if field.is_number)


async def known_before(day: date) -> Sequence[Any]:
    """Return the rows of which `prior_from` makes the snapshot before a day: one statement."""
    return await statements.fetch(_BEFORE, day)


def prior_from(rows: Sequence[Any]) -> Prior | None:
    """Return what was known before, None where nothing was.  Pure."""
    if not rows:
        return None
    places: dict[str, int] = {}
    found: list[list[float]] = []
    texts: dict[str, list[str]] = {}
    for row, (ticker, said, figures) in enumerate(rows):
        places[ticker] = row
        told = read_figures(figures)
        found.append([told.get(code, np.nan) for code in _CODES])
        for name, text in read_texts(said).items():
            if name not in texts:
                texts[name] = [""] * len(rows)
            texts[name][row] = text
    numbers = np.asfortranarray(np.array(found, dtype=np.float64)).T
    known = {code: numbers[place] for place, code in enumerate(_CODES) if not np.isnan(numbers[place]).all()}
    return Prior(places, known, texts)
