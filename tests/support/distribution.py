"""Which tests run in the same process, where there are several."""

from typing import Any

from xdist.scheduler import LoadScopeScheduling

# Folders whose tests share what they start, or would disturb each other: each stays in one process.
TOGETHER = frozenset({"benchmarks", "clients", "faults"})


class ByFile(LoadScopeScheduling):  # type: ignore[misc] # xdist carries no types
    """Gives each process whole files, and whole folders of those that stay together, in the order of the tree.

    xdist's own groups do nothing under pytest 9.2, which no longer lets it write the group into a test's name.
    """

    def __init__(self, config: Any, log: Any = None) -> None:
        super().__init__(config, log)
        # Else it begins with what has the most tests, and ends with what takes the most time.
        self.config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """Return what a test stays together with: its file, or its folder under `tests`."""
    path = nodeid.split("::", 1)[0]
    folders = path.split("/")[1:-1]
    return folders[0] if folders and folders[0] in TOGETHER else path
