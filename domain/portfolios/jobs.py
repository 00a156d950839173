"""The jobs that portfolios declare."""

from domain.kernel.jobs import JobSpec

# Arguments: `session`, an ISO date, and `owner_id` or `portfolio_id`, each a UUID or null for all.
REFRESH_MARKS = JobSpec(kind="portfolios.refresh_marks", timeout=300.0)

# Argument: `portfolio_id`, a UUID or null for all.
BOOK_ACTIONS = JobSpec(kind="portfolios.book_actions", timeout=1800.0)
