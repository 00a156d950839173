"""The snapshot before: what was known of all companies before a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np

from domain.companies.catalogue import FIELDS
from domain.companies.companions import COMPANIONS
from domain.companies.quality.examination import Prior
from domain.companies.snapshot_text import read_figures, read_texts
from domain.storage import statements
from domain.storage.statements import statement

# One probe of the index for each company.
_BEFORE: Final = statement("""
    SELECT c.ticker, s.texts, s.figures FROM companies c JOIN company_snapshots s ON s.id = (
        SELECT s2.id FROM company_snapshots s2 JOIN company_publications p ON p.id = s2.publication_id
        WHERE s2.company_id = c.id AND s2.as_of < $1::date AND p.withdrawn_at IS NULL
        ORDER BY s2.as_of DESC, s2.recorded_at DESC, s2.id DESC LIMIT 1
    ) ORDER BY c.ticker
""")
_CODES: Final = tuple(field.code for field in (*FIELDS, *COMPANIONS) if field.is_number)


async def known_before(day: date) -> Sequence[Any]:
    """Return the rows of which `prior_from` makes the snapshot before a day: one statement."""
    return await statements.fetch(_BEFORE, day)


def prior_from(rows: Sequence[Any]) -> Prior | None:
    """Return what was known before, None where nothing was.  Pure."""
    if not rows:
        return None
    places: dict[str, int] = {}
    numbers = np.full((len(_CODES), len(rows)), np.nan)
    columns = {code: place for place, code in enumerate(_CODES)}
    texts: dict[str, list[str]] = {}
    for row, (ticker, said, figures) in enumerate(rows):
        places[ticker] = row
        for code, number in read_figures(figures).items():
            if code in columns:
                numbers[columns[code], row] = number
        for name, text in read_texts(said).items():
            texts.setdefault(name, [""] * len(rows))[row] = text
    known = {code: numbers[place] for code, place in columns.items() if not np.isnan(numbers[place]).all()}
    return Prior(places, known, texts)
