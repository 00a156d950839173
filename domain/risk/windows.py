"""From a number of sessions to the days that hold them."""

from datetime import date, timedelta


def days_before(last: date, sessions: int) -> date:
    """Return a day from which to another there are at least so many sessions."""
    # A year has 252 sessions and at least 250; some more days do not cost a statement.
    return last - timedelta(days=round(sessions * 365 / 250) + 10)
