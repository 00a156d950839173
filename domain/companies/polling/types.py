"""What became of the files of a source."""

from enum import StrEnum


class FileState(StrEnum):
    """What became of a file."""

    TAKEN = "TAKEN"  # a run has it
    FAILED = "FAILED"  # it could not be had, and is asked for again
    REFUSED = "REFUSED"  # as it is, it is not taken
