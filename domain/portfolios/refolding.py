"""A folded ledger with movements put in late, or taken out: only what they bear on is folded anew.  Pure, exact.

What a movement does to lots depends on the others of its instrument in its account, and of those that actions and
options join to it.  All else that a fold has, cash, flows and income, is a list or a sum of what single movements say.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Protocol, TypeVar
from uuid import UUID

from domain.kernel.money import EXACT, ZERO
from domain.portfolios import rules
from domain.portfolios.append_only import AppendOnly
from domain.portfolios.fold import Fold
from domain.portfolios.movements import Movement
from domain.portfolios.records import Key, State, Timeline

Item = TypeVar("Item")
_Pair = tuple[UUID, UUID | None]


class _Placed(Protocol):
    """What has a place in a ledger."""

    @property
    def place(self) -> tuple[date, bool, int]:
        """Its place in the order."""
        ...

    @property
    def sequence(self) -> int:
        """The sequence of the transaction."""
        ...


Placed = TypeVar("Placed", bound=_Placed)


def refolded(
    movements: AppendOnly[Movement], fold: Fold, added: Sequence[Movement], cancelled: Collection[int]
) -> tuple[AppendOnly[Movement], Fold]:
    """Return movements in order, and their fold, with others anywhere among them and without those of the sequences
    cancelled: at least one of either.

    The fold is that of all from nothing.  Raises `Shortfall`.
    """
    gone = [each for each in movements if each.sequence in cancelled] if cancelled else []
    changed = [*added, *gone]
    first = min(each.trade_date for each in changed)
    merged = _spliced(movements, sorted(added, key=_place), first, cancelled)
    pairs = _reached(changed, [*movements, *added])
    own = list(_among(pairs, {each.sequence for each in added}, merged))
    part = _folded(fold, own)
    if len(own) == len(merged):
        return merged, part
    new = {each.sequence for each in added}
    touched = {each.sequence for each in own}.union(cancelled)
    made = Fold(
        fold.method,
        _replaced(fold.inventories, part.inventories, pairs),
        _replaced(fold.timelines, part.timelines, pairs),
        dict(fold.cash),
        dict(fold.purses),
        _spliced(fold.flows, [each for each in part.flows if each.sequence in new], first, cancelled),
        _spliced(fold.earned, [each for each in part.earned if each.sequence in new], first, cancelled),
        _spliced(fold.disposals, [each for each in part.disposals if _day(each) >= first], first, touched),
    )
    _pay(made, _payments(added, gone), merged)
    return merged, made


def _place(each: _Placed) -> tuple[date, bool, int]:
    return each.place


def _day(each: _Placed) -> date:
    return each.place[0]


def _folded(fold: Fold, movements: Iterable[Movement]) -> Fold:
    made = Fold(fold.method)
    for movement in movements:
        rules.apply(made, movement)
    return made


def _reached(changed: Iterable[Movement], everything: Iterable[Movement]) -> set[_Pair]:
    """Return accounts, each with an instrument, whose lots may come to something else."""
    joined: dict[_Pair, list[_Pair]] = defaultdict(list)
    for movement in everything:
        if movement.other_id is not None:
            one, other = movement.touches
            joined[one].append(other)
            joined[other].append(one)
    ahead = [pair for movement in changed for pair in movement.touches if pair[1] is not None]
    found: set[_Pair] = set()
    while ahead:
        pair = ahead.pop()
        if pair not in found:
            found.add(pair)
            ahead += joined.get(pair, ())
    return found


def _among(pairs: Collection[_Pair], sequences: Collection[int], movements: Iterable[Movement]) -> Iterator[Movement]:
    """Yield the movements of these accounts and instruments, and those of these sequences."""
    instruments = {instrument_id for _, instrument_id in pairs}
    # Hashing an id takes longer than all else here: of the same few objects it is done once.
    known: dict[int, bool] = {}
    for movement in movements:
        key = id(movement.instrument_id)
        is_known = known.get(key)
        if is_known is None:
            is_known = known[key] = movement.instrument_id in instruments
        # What joins a pair to others is of both.
        if (is_known and movement.touches[0] in pairs) or movement.sequence in sequences:
            yield movement


def _replaced(before: Mapping[Key, Item], anew: Mapping[Key, Item], pairs: Collection[_Pair]) -> dict[Key, Item]:
    """Return what there was of each side, but of these pairs what there is now."""
    kept = {key: state for key, state in before.items() if key in anew or key[:2] not in pairs}
    return {**kept, **anew}


def _spliced(
    before: AppendOnly[Placed], added: Sequence[Placed], first: date, without: Collection[int]
) -> AppendOnly[Placed]:
    """Return what was in order with more of it, which is in order too and of a first day or later, and from that day on
    without what is of some sequences.
    """
    cut = bisect_left(before, first, key=_day)
    kept = [each for each in before[cut:] if each.sequence not in without] if without else before[cut:]
    found: list[Placed] = []
    done = 0
    for each in added:
        place = bisect_left(kept, each.place, lo=done, key=_place)
        found += kept[done:place]
        found.append(each)
        done = place
    return before.headed(cut, [*found, *kept[done:]])


def _payments(added: Iterable[Movement], gone: Iterable[Movement]) -> dict[str, dict[date, Decimal]]:
    """Return by how much the cash of each currency changes on each day on which it was or is moved."""
    found: dict[str, dict[date, Decimal]] = defaultdict(dict)
    for movements, add in ((added, EXACT.add), (gone, EXACT.subtract)):
        for movement in movements:
            for code, amount in movement.payments:
                days = found[code]
                days[movement.trade_date] = add(days.get(movement.trade_date, ZERO), amount)
    return found


def _pay(fold: Fold, payments: Mapping[str, Mapping[date, Decimal]], movements: Sequence[Movement]) -> None:
    for code, changes in payments.items():
        line = _shifted(fold.purses.get(code, Timeline()), changes, partial(_moves, movements, code))
        if line.days:
            fold.purses[code], fold.cash[code] = line, line.states[-1].quantity
        else:
            del fold.purses[code], fold.cash[code]


def _shifted(line: Timeline, changes: Mapping[date, Decimal], is_told: Callable[[date], bool]) -> Timeline:
    """Return a purse's timeline with so much more from each of these days on.

    `is_told` says whether anything is paid on a day still.
    """
    place = bisect_left(line.days, min(changes))
    found = Timeline(line.days[:place], line.states[:place])
    later = {day: state.quantity for day, state in zip(line.days[place:], line.states[place:], strict=True)}
    amount, more = line.states[place - 1].quantity if place else ZERO, ZERO
    for day in sorted(later.keys() | changes.keys()):
        amount, more = later.get(day, amount), EXACT.add(more, changes.get(day, ZERO))
        if day not in changes or is_told(day):
            found.note(day, State(EXACT.add(amount, more), ZERO, None))
    return found


def _moves(movements: Sequence[Movement], currency: str, day: date) -> bool:
    """Whether any movement of a day pays in this currency."""
    start = bisect_left(movements, day, key=_day)
    own = movements[start : bisect_right(movements, day, key=_day)]
    return any(code == currency for each in own for code, _ in each.payments)
