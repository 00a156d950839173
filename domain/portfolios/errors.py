"""Why a change of a portfolio is refused."""

from domain.kernel.errors import Refusal, RefusalCode


class InsufficientQuantity(Refusal):
    """More would be sold than is held, on that date or on a later one."""

    code = RefusalCode.INSUFFICIENT_QUANTITY


class UnknownInstrument(Refusal):
    """No instrument has this symbol, or it cannot be held."""

    code = RefusalCode.UNKNOWN_INSTRUMENT


class UnknownCurrency(Refusal):
    """No currency has this code."""

    code = RefusalCode.UNKNOWN_CURRENCY


class DateInFuture(Refusal):
    """The trade date is after the market's today."""

    code = RefusalCode.DATE_IN_FUTURE


class DateOutOfRange(Refusal):
    """The date is before the instrument's first session, or before what it settles."""

    code = RefusalCode.DATE_OUT_OF_RANGE


class AlreadyReversed(Refusal):
    """The transaction was cancelled before."""

    code = RefusalCode.ALREADY_REVERSED


class ActionAlreadyBooked(Refusal):
    """A corporate action was booked by itself, and the entry says of it what the booked one does not."""

    code = RefusalCode.ACTION_ALREADY_BOOKED
