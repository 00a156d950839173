"""Why an import is not confirmed."""

from collections.abc import Sequence
from uuid import UUID

from domain.kernel.errors import Refusal, RefusalCode
from domain.portfolios.imports.rows import Problem


class RowsRefused(Refusal):
    """Some rows cannot be recorded, and were not to be left out; `rows` are those that the ledger refused."""

    code = RefusalCode.ROWS_REFUSED

    def __init__(self, count: int, rows: Sequence[tuple[UUID, Problem]] = ()) -> None:
        super().__init__(
            f"expected all rows to be recorded, got {count} that cannot be: mend them, or confirm with skipRefused",
            field=("skip_refused",),
        )
        self.rows = rows
