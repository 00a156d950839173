"""Logic of three values over all companies at once: what holds, what fails, and what is not known (Kleene)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from domain.quant.arrays import Flags


@dataclass(frozen=True, slots=True)
class Verdict:
    """For which companies something holds, and for which it fails: of the others it is not known."""

    holds: Flags = field(repr=False)
    fails: Flags = field(repr=False)

    @property
    def unknown(self) -> Flags:
        """For which companies it is not known."""
        return ~(self.holds | self.fails)

    def negated(self) -> "Verdict":
        """Return the opposite: what is not known stays so."""
        return Verdict(self.fails, self.holds)


def always(count: int) -> Verdict:
    """Return what holds for all of so many companies."""
    return Verdict(np.ones(count, dtype=bool), np.zeros(count, dtype=bool))


def of_known(holds: Flags, known: Flags) -> Verdict:
    """Return what holds where it does and where the value is known."""
    return Verdict(holds & known, known & ~holds)


def both(verdicts: Iterable[Verdict], count: int) -> Verdict:
    """Return whether all hold: one that fails decides, whatever is not known."""
    found = always(count)
    for each in verdicts:
        found = Verdict(found.holds & each.holds, found.fails | each.fails)
    return found


def either(verdicts: Iterable[Verdict], count: int) -> Verdict:
    """Return whether one of them holds: one that holds decides, whatever is not known."""
    found = always(count).negated()
    for each in verdicts:
        found = Verdict(found.holds | each.holds, found.fails & each.fails)
    return found
