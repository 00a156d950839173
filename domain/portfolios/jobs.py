"""The jobs that portfolios declare."""

from domain.kernel.jobs import JobSpec

# Arguments: `session`, an ISO date, and `owner_id` or `portfolio_id`, each a UUID or null for all.
REFRESH_MARKS = JobSpec(kind="portfolios.refresh_marks", timeout=300.0)

# Argument: `portfolio_id`, a UUID or null for all.
BOOK_ACTIONS = JobSpec(kind="portfolios.book_actions", timeout=1800.0)
# Arguments: `import_id`, `user_id` and `tenant_id`, UUIDs, `idempotency_key`, and `skip_refused`.
CONFIRM_IMPORT = JobSpec(kind="portfolios.confirm_import", timeout=1_800.0)
# Arguments: `portfolio_id`, `user_id` and `tenant_id`, UUIDs, `format`, and `as_of`, an ISO time or null.
EXPORT_PORTFOLIO = JobSpec(kind="portfolios.export", timeout=600.0)
