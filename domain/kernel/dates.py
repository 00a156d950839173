"""Time of the market and time of the system."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
SESSION_OPEN = time(9, 30)
SESSION_CLOSE = time(16, 0)

# Dates before and after these are taken for mistakes.
EARLIEST_DATE = date(1900, 1, 1)
LATEST_DATE = date(2100, 1, 1)


def session_open(session: date) -> datetime:
    """Return when the session of this date opens in New York, in UTC."""
    return datetime.combine(session, SESSION_OPEN, NEW_YORK).astimezone(UTC)


def session_close(session: date) -> datetime:
    """Return when the session of this date closes in New York, in UTC: from then on its daily close is known."""
    return datetime.combine(session, SESSION_CLOSE, NEW_YORK).astimezone(UTC)


def trade_day(instant: datetime) -> date:
    """Return the date in New York at this instant: transactions of that trade date count already."""
    return instant.astimezone(NEW_YORK).date()


def last_known_close(instant: datetime) -> date:
    """Return the latest date whose daily close, if it was a session, is known at this instant."""
    local = instant.astimezone(NEW_YORK)
    return local.date() if local.time() >= SESSION_CLOSE else local.date() - timedelta(days=1)
