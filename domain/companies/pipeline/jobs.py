"""The job of the pipeline."""

from domain.kernel.jobs import JobSpec

# Argument: `run_id`.  Its file is read, checked and brought before the gate.  What is wrong with a file is the run's
# fault and ends the job; what is tried again, after 1, 2 and 4 minutes, is what may pass.
INGEST_COMPANIES = JobSpec(kind="companies.ingest", timeout=1_800.0, attempts=4, retry_delay=60.0)
