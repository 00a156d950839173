"""Why something about a job is refused."""

from domain.kernel.errors import Refusal, RefusalCode


class NotCancellable(Refusal):
    """The job has ended already."""

    code = RefusalCode.NOT_CANCELLABLE


class Fenced(Exception):
    """Whoever speaks has lost the job: it was started again since, or was ended."""
