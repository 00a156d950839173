"""The job of looking for files."""

from domain.kernel.jobs import JobSpec

# Argument: `source`, its name.  What is new there is taken.  The source itself asks again, after 1, 2 and 4 minutes: an
# hour holds several such waits.
POLL_COMPANY_SOURCE = JobSpec(kind="companies.poll_source", timeout=3_600.0, attempts=2, retry_delay=60.0)
