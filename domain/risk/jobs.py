"""The jobs that risk declares."""

from domain.kernel.jobs import JobSpec

# Arguments: `session`, an ISO date; and `portfolio_id`, a UUID, or `first_id` and `last_id`, those between which, both
# included, portfolios are meant, or none of these for all: then one job for each hundred is asked for.
COMPUTE_RISK = JobSpec(kind="risk.compute", timeout=1_800.0)
