"""All that can be configured, read once from the environment, and nowhere else."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from domain.kernel.web import Access

# Sources of market data, by the names that they are configured by, and those among them that need no key.
SOURCES: Final = ("file", "fmp", "polygon", "tiingo", "twelvedata", "alpaca", "alphavantage", "yahoo", "fred", "sec")
KEYLESS: Final = frozenset({"file", "yahoo"})

Days = Annotated[int, Field(ge=1, le=36_500)]
Secret = Annotated[SecretStr, Field(repr=False)]


class Profile(StrEnum):
    """How strict the defaults are."""

    DEMO = "demo"
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Registration(StrEnum):
    """Who may create an account."""

    OPEN = "open"
    INVITE = "invite"
    ADMIN = "admin"


class InvalidSettings(Exception):
    """A variable of the environment is not one that was expected; the message is one line for each."""


class Settings(BaseSettings):
    """The configuration.  Every field is read from `FOLIOGRAPH_<NAME>`, but for the port, which is `PORT`."""

    model_config = SettingsConfigDict(env_prefix="FOLIOGRAPH_", frozen=True, extra="ignore")

    profile: Profile = Profile.PRODUCTION
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, validation_alias="PORT")] = 8000
    data_dir: Path = Path(".data")
    # Empty: a SQLite file in the data directory.
    database_url: str = ""
    # Empty: the bus, and the jobs' doorbell, stay inside one process.
    redis_url: str = ""
    # A worker inside the API's process; by default where there is no Redis to reach one outside.
    embedded_worker: bool | None = None
    database_pool: Annotated[int, Field(ge=1, le=200)] = 10

    registration: Registration | None = None
    # A folder with the signing keys; by default one inside the data directory, made at the first start outside
    # production.
    jwt_keys_dir: Path | None = None
    # 32 bytes, base64, that keep refresh tokens and secrets; the same rule.
    secret_key_file: Path | None = None

    graphiql: bool | None = None
    introspection: bool | None = None
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    # Proxies in front of the API, by address or network: what they say of the client's address is believed.
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ()
    request_timeout: Annotated[float, Field(gt=0, le=300)] = 10.0
    sockets_per_user: Annotated[int, Field(ge=1)] | None = None
    sockets_per_address: Annotated[int, Field(ge=1)] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    # The demonstration: real seconds that one session of the market takes, and how often its prices move in one.
    demo_data: bool | None = None
    replay_session_seconds: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    replay_tick_seconds: Annotated[float, Field(ge=0.05, le=60)] = 1.0

    # Where market data comes from: what a source needs to let us in, and, for some, another address than its own.
    fmp_key: Secret = SecretStr("")
    alphavantage_key: Secret = SecretStr("")
    tiingo_key: Secret = SecretStr("")
    twelvedata_key: Secret = SecretStr("")
    polygon_key: Secret = SecretStr("")
    alpaca_key: Secret = SecretStr("")
    alpaca_secret: Secret = SecretStr("")
    # A crumb and the cookie to it, for chains of options.
    yahoo_key: Secret = SecretStr("")
    yahoo_secret: Secret = SecretStr("")
    fred_key: Secret = SecretStr("")
    # Who asks, as the SEC wants to know it: a name and an address of mail.
    sec_key: Secret = SecretStr("")
    fmp_url: str = ""
    alphavantage_url: str = ""
    tiingo_url: str = ""
    twelvedata_url: str = ""
    yahoo_url: str = ""
    polygon_url: str = ""
    alpaca_url: str = ""
    fred_url: str = ""
    sec_url: str = ""
    # A folder with files of bars, one for each symbol: the source `file`.
    market_files: Path | None = None
    # Where files of companies' figures are looked for: a folder, a bucket of S3-compatible storage, a folder of an SFTP
    # server, each of them if it is named.
    company_files: Path | None = None
    company_patterns: Annotated[tuple[str, ...], NoDecode] = ("*.csv", "*.json", "*.xlsx", "*.xlsb", "*.parquet")
    company_s3_url: str = ""
    company_s3_bucket: str = ""
    company_s3_prefix: str = ""
    company_s3_region: str = "us-east-1"
    company_s3_key: Secret = SecretStr("")
    company_s3_secret: Secret = SecretStr("")
    company_sftp_host: str = ""
    company_sftp_port: Annotated[int, Field(ge=1, le=65535)] = 22
    company_sftp_user: str = ""
    # The server's public key, `ssh-ed25519 AAAA…`: no other is trusted.
    company_sftp_host_key: str = ""
    company_sftp_folder: str = "."
    company_sftp_password: Secret = SecretStr("")
    # A file with a private key in OpenSSH's format.
    company_sftp_key_file: Path | None = None
    # Those to be asked, in this order; empty: all that have a key, and the files first.
    providers: Annotated[tuple[str, ...], NoDecode] = ()
    # The one whose live feed is followed, and another address for it; empty: none.
    feed: Literal["", "polygon", "alpaca"] = ""
    feed_url: str = ""
    # Days for which bars of one minute, five minutes and an hour are kept.
    intraday_days: Annotated[tuple[Days, Days, Days], NoDecode] = (30, 180, 1_095)
    # Whether sources may have private addresses, and no encryption: for proxies, and for tests.
    allow_private_addresses: bool = False

    @field_validator(
        "allowed_origins",
        "allowed_hosts",
        "trusted_proxies",
        "providers",
        "intraday_days",
        "company_patterns",
        mode="before",
    )
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("*", mode="after")
    @classmethod
    def _can_be_sent(cls, value: object) -> object:
        if isinstance(value, SecretStr):
            secret = value.get_secret_value()
            if not (secret.isascii() and secret.isprintable()) or secret != secret.strip():
                raise ValueError("expected printable ASCII without spaces around it")
        return value

    @field_validator("data_dir", mode="after")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("database_url", mode="after")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:", "postgres://", "postgresql://")):
            raise ValueError("expected sqlite:PATH, postgres://… or postgresql://…")
        return value

    @field_validator("redis_url", mode="after")
    @classmethod
    def _known_redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("expected redis://…, rediss://… or unix://…")
        return value

    @model_validator(mode="after")
    def _sources_are_known(self) -> "Settings":
        for name in self.providers:
            if name not in SOURCES:
                raise ValueError(f"FOLIOGRAPH_PROVIDERS: expected names from {', '.join(SOURCES)}, got {name[:40]!r}")
            if name == "file" and self.market_files is None:
                raise ValueError("FOLIOGRAPH_PROVIDERS: file needs FOLIOGRAPH_MARKET_FILES")
            if name not in KEYLESS and not self._secret(f"{name}_key"):
                raise ValueError(f"FOLIOGRAPH_PROVIDERS: {name} needs FOLIOGRAPH_{name.upper()}_KEY")
        if len(set(self.providers)) < len(self.providers):
            raise ValueError(f"FOLIOGRAPH_PROVIDERS: expected each name once, got {','.join(self.providers)[:200]!r}")
        if self.feed and not self._secret(f"{self.feed}_key"):
            raise ValueError(f"FOLIOGRAPH_FEED={self.feed} needs FOLIOGRAPH_{self.feed.upper()}_KEY")
        return self

    @model_validator(mode="after")
    def _keys_have_their_secrets(self) -> "Settings":
        for name in ("alpaca", "yahoo"):
            if bool(self._secret(f"{name}_key")) != bool(self._secret(f"{name}_secret")):
                first, second = (f"FOLIOGRAPH_{name.upper()}_{what}" for what in ("KEY", "SECRET"))
                raise ValueError(f"{first} and {second} need one another")
        return self

    @model_validator(mode="after")
    def _places_of_files_are_whole(self) -> "Settings":
        needed = {"s3": ("url", "bucket", "key", "secret"), "sftp": ("host", "user", "host_key")}
        for kind, names in needed.items():
            given = [bool(self._text(f"company_{kind}_{name}")) for name in names]
            if any(given) and not all(given):
                together = ", ".join(f"FOLIOGRAPH_COMPANY_{kind}_{name}".upper() for name in names)
                raise ValueError(f"expected {together} together, got some of them")
        if self.company_sftp_host and not (self.company_sftp_password.get_secret_value() or self.company_sftp_key_file):
            raise ValueError(
                "FOLIOGRAPH_COMPANY_SFTP_HOST needs FOLIOGRAPH_COMPANY_SFTP_PASSWORD or "
                "FOLIOGRAPH_COMPANY_SFTP_KEY_FILE"
            )
        return self

    def _text(self, name: str) -> str:
        found = getattr(self, name)
        return found.get_secret_value() if isinstance(found, SecretStr) else str(found)

    @model_validator(mode="after")
    def _sources_have_addresses(self) -> "Settings":
        for name in (*(name for name in SOURCES if name != "file"), "feed", "company_s3"):
            url: str = getattr(self, f"{name}_url")
            scheme = "wss" if name == "feed" else "https"
            if url and not _is_base(url, scheme, allows_private=self.allow_private_addresses):
                raise ValueError(
                    f"FOLIOGRAPH_{name.upper()}_URL: expected {scheme}://HOST on port 443, with a path or without, and "
                    "nothing behind it; FOLIOGRAPH_ALLOW_PRIVATE_ADDRESSES=true allows other ports and no encryption"
                )
        return self

    def _secret(self, name: str) -> str:
        found = getattr(self, name, None)
        return found.get_secret_value() if isinstance(found, SecretStr) else ""

    @property
    def market_access(self) -> tuple[Access, ...]:
        """The sources of market data, in the order in which they are to be asked; none for the demonstration."""
        if self.loads_demo_data:
            # The replay drives the market there.
            return ()
        files = () if self.market_files is None else ("file",)
        chosen = self.providers or (*files, *(name for name in SOURCES if self._secret(f"{name}_key")))
        return tuple(self.access(name) for name in chosen)

    def access(self, name: str) -> Access:
        """Return how one source is reached."""
        key, secret = self._secret(f"{name}_key"), self._secret(f"{name}_secret")
        return Access(name=name, key=key, secret=secret, url=getattr(self, f"{name}_url", "").rstrip("/"))

    @model_validator(mode="after")
    def _one_process_needs_no_redis(self) -> "Settings":
        if self.embedded_worker is False and not self.redis_url:
            raise ValueError(
                "FOLIOGRAPH_EMBEDDED_WORKER=false needs FOLIOGRAPH_REDIS_URL, by which a worker outside is reached"
            )
        return self

    @model_validator(mode="after")
    def _production_has_no_known_passwords(self) -> "Settings":
        if self.is_production and self.demo_data:
            raise ValueError(
                "FOLIOGRAPH_DEMO_DATA=true needs FOLIOGRAPH_PROFILE demo or development: its passwords are known"
            )
        return self

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration."""
        return self.profile is Profile.DEMO

    @property
    def is_production(self) -> bool:
        """Whether defaults are strict."""
        return self.profile is Profile.PRODUCTION

    @property
    def is_embedded(self) -> bool:
        """Whether the worker runs inside the API's process."""
        return self.embedded_worker if self.embedded_worker is not None else not self.redis_url

    @property
    def loads_demo_data(self) -> bool:
        """Whether the demonstration's data is loaded at start."""
        return self.demo_data if self.demo_data is not None else self.is_demo

    @property
    def serves_graphiql(self) -> bool:
        """Whether GraphiQL is served."""
        return self.graphiql if self.graphiql is not None else not self.is_production

    @property
    def registration_policy(self) -> Registration:
        """Who may create an account."""
        return self.registration or (Registration.INVITE if self.is_production else Registration.OPEN)

    @property
    def database(self) -> str:
        """The database's URL, never empty."""
        return self.database_url or f"sqlite:{self.data_dir / 'foliograph.sqlite3'}"


def load_settings() -> Settings:
    """Read the environment.  Raises `InvalidSettings`, whose message names each bad variable, what was expected and
    what came.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise InvalidSettings("; ".join(_line(problem) for problem in error.errors())) from None


def _is_base(url: str, scheme: str, *, allows_private: bool) -> bool:
    """Whether paths can be put behind an address; where private ones are allowed, of any port, encrypted or not."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if allows_private:
        is_allowed = parts.scheme in (scheme, scheme.removesuffix("s"))
    else:
        is_allowed = parts.scheme == scheme and port in (None, 443)
    extras = (parts.query, parts.fragment, parts.username, parts.password)
    return is_allowed and bool(parts.hostname) and url.isascii() and url.isprintable() and not any(extras)


def _line(problem: object) -> str:
    assert isinstance(problem, dict)
    location = [str(part) for part in problem["loc"]]
    reason = str(problem["msg"]).removeprefix("Value error, ")
    if not location:
        return reason
    name = location[0] if location[0] == "PORT" else f"FOLIOGRAPH_{location[0].upper()}"
    # An address may hold a password.
    came = "something else" if name.endswith(("_URL", "_KEY", "_SECRET", "_PASSWORD")) else repr(problem["input"])[:200]
    return f"{name}: {reason[0].lower() + reason[1:]}, got {came}"
