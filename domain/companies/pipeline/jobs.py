"""The jobs of the pipeline."""

from domain.kernel.jobs import JobSpec

# Argument: `run_id`.  Its file is read, checked and brought before the gate.  What is wrong with a file is the run's
# fault and ends the job; what is tried again, after 1, 2 and 4 minutes, is what may pass.
INGEST_COMPANIES = JobSpec(kind="companies.ingest", timeout=1_800.0, attempts=4, retry_delay=60.0)

# Arguments: `run_id`, `user_id`, `tenant_id`, and `override_reason` or null.  A run of many companies is made known on
# behalf of the administrator who has asked for it.
PUBLISH_RUN = JobSpec(kind="companies.publish_run", timeout=600.0)
