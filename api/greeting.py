"""What a newcomer reads once the server serves."""

from collections.abc import Callable

from domain.infra.settings import Settings
from domain.onboarding.demonstration import DEMO_PASSWORD, DEMO_USERS

OnStart = Callable[[], None]

_QUERY = '{ quotes(symbols: ["AAPL", "MSFT", "JPM", "SP500"]) { symbol price changePercent at source } }'


def say(settings: Settings, port: int) -> None:
    """Print where the API is and, for the demonstration, how to try it."""
    host = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::1", "::") else settings.host  # noqa: S104
    address = f"http://{host}:{port}"
    lines = ["", "  Foliograph is running.", "", f"  API        {address}/graphql   (ws:// for subscriptions)"]
    if settings.serves_graphiql:
        lines.append(f"  GraphiQL   {address}/graphiql")
    if settings.loads_demo_data:
        lines += ["", f"  Demo logins, password {DEMO_PASSWORD}:"]
        lines += [f"    {user.email}" for user in DEMO_USERS]
        lines += ["", "  A query to paste:", "", f"    {_QUERY}", "", "  or from a shell:", ""]
        lines.append(f"    curl {address}/graphql --json '{_json(_QUERY)}'")
    lines += ["", "  Ctrl-C ends it.", ""]
    print("\n".join(lines), flush=True)


def _json(query: str) -> str:
    escaped = query.replace('"', '\\"')
    return f'{{"query": "{escaped}"}}'
