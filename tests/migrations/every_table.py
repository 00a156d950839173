"""One row, with something in every column, for each table."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from domain.audit.models import AuditEntry
from domain.calculations.models import CalculationRun
from domain.companies.models import Company, CompanyPublication, CompanySnapshot, CompanyState, SavedScreen
from domain.files.models import StoredFile
from domain.identity.models import RefreshToken, Session, User
from domain.jobs.models import Job
from domain.kernel.ids import new_id
from domain.market.models import (
    BarRepair,
    CorporateAction,
    Feed,
    FeedFrame,
    Instrument,
    InstrumentSymbol,
    LatestQuote,
    OptionContract,
    PriceOverride,
    QuoteConsensus,
)
from domain.market.publications.models import EconomicSeries, FinancialStatement, NewsItem, NewsMention
from domain.market.sourcing.models import ProviderState, RefreshCursor
from domain.portfolios.imports.models import Import, ImportRow
from domain.portfolios.models import (
    Account,
    ActionBooking,
    ContractAdjustment,
    Mark,
    ModelSnapshot,
    Portfolio,
    PositionTag,
    Posting,
    Share,
    Strategy,
    StrategyMember,
    Tag,
    Target,
    Template,
    Transaction,
)
from domain.risk.models import Factor
from domain.vault.models import DataKey
from tests.migrations.pipeline_tables import PIPELINE_MODELS, fill_pipeline

MODELS = (
    *(AuditEntry, Job, StoredFile, User, Session, RefreshToken, Instrument, LatestQuote, Feed, FeedFrame),
    *(
        OptionContract,
        CorporateAction,
        Portfolio,
        Account,
        Transaction,
        Posting,
        Mark,
        ActionBooking,
        Share,
        Tag,
    ),
    *(InstrumentSymbol, QuoteConsensus, PriceOverride, BarRepair, ProviderState, RefreshCursor, NewsItem, NewsMention),
    *(EconomicSeries, FinancialStatement, CalculationRun, Factor, ContractAdjustment),
    *(CompanyState, Company, CompanyPublication, CompanySnapshot, SavedScreen),
    *PIPELINE_MODELS,
    *(PositionTag, Strategy, StrategyMember, Target, Template, ModelSnapshot, Import, ImportRow, DataKey),
)

NOW = datetime(2022, 11, 21, 17, 0, 0, 123456, tzinfo=UTC)
TENANT, USER = new_id(), new_id()


async def fill():
    """Write one row, with something in every column, into each table."""
    shared: dict[str, Any] = {"tenant_id": TENANT}
    user = await User.create(
        id=USER, **shared, email="a@b.cd", display_name="Ä", password_hash="x", granted_roles="USER", created_at=NOW
    )
    session = await Session.create(**shared, user_id=user.id, opened_at=NOW, refreshed_at=NOW, expires_at=NOW)
    await RefreshToken.create(digest="0" * 64, session_id=session.id, issued_at=NOW, expires_at=NOW, used_at=NOW)
    await AuditEntry.create(
        **shared,
        actor_id=USER,
        action="a",
        subject_kind="User",
        subject_id=USER,
        before="{}",
        after="{}",
        recorded_at=NOW,
    )
    await Job.create(
        **shared, owner_id=USER, kind="k", arguments="{}", progress=0.5, created_at=NOW, due_at=NOW, result="{}"
    )
    await StoredFile.create(
        **shared, owner_id=USER, name="ü.csv", content_type="text/csv", size=3, sha256="a" * 64, created_at=NOW
    )
    instrument = await Instrument.create(
        number=1, symbol="AAA", name="Aaa", kind="STOCK", currency="USD", first_session=NOW.date(), source="made up"
    )
    await LatestQuote.create(
        instrument_id=instrument.id,
        price=Decimal("123456789012345678.0123456789"),
        bid=Decimal("1.4"),
        ask=Decimal("1.6"),
        bid_size=2**40,
        ask_size=1,
        session=NOW.date(),
        at=NOW,
        received_at=NOW,
        source="REPLAY",
        sequence=2**40,
    )
    await Feed.create(name="replay", epoch=new_id(), session=NOW.date(), market_at=NOW, data_version=1)
    await FeedFrame.create(last_sequence=2**40, epoch=new_id(), first_sequence=1, payload="{}", received_at=NOW)
    portfolio = await Portfolio.create(**shared, owner_id=USER, name="P", base_currency="USD", created_at=NOW)
    account = await Account.create(
        **shared, portfolio_id=portfolio.id, name="A", kind="TAXABLE", is_default=True, created_at=NOW
    )
    first = await transaction(portfolio, account, instrument, 1)
    await transaction(portfolio, account, instrument, 2, reverses_id=first.id)
    await Posting.create(
        **shared,
        portfolio_id=portfolio.id,
        account_id=account.id,
        transaction_id=first.id,
        book="CASH",
        currency="USD",
        amount=Decimal("-99999999999999999999.99999999"),
    )
    await Mark.create(
        **shared,
        portfolio_id=portfolio.id,
        session=NOW.date(),
        version=1,
        currency="USD",
        total_value=Decimal("0.00000001"),
        recorded_at=NOW,
    )
    await fill_beside_the_ledger(portfolio, account, instrument, first)
    await fill_market_data(instrument)
    await fill_companies()
    await fill_pipeline(NOW, USER)


async def fill_companies():
    """The same for the tables of companies."""
    await CompanyState.create(id=1, epoch=new_id(), sequence=2**40, changed_at=NOW)
    texts: dict[str, Any] = dict.fromkeys(("industry", "sector", "country", "analyst", "rating"), "ü")
    company = await Company.create(
        ticker="AAA", name="Aaa", exchange="XNAS", currency="USD", snapshot_id=new_id(), sequence=2**40,
        created_at=NOW, changed_at=NOW, **texts,
    )  # fmt: skip
    publication = await CompanyPublication.create(
        source="made up", as_of=NOW.date(), grade="GOOD", covered="[]", companies=1, run_id=new_id(),
        published_by=USER, published_at=NOW, withdrawn_by=USER, withdrawn_at=NOW,
    )  # fmt: skip
    await CompanySnapshot.create(
        company_id=company.id, publication_id=publication.id, as_of=NOW.date(), recorded_at=NOW, quality=97.5,
        texts="{}", figures="{}", origins="{}",
    )  # fmt: skip
    await SavedScreen.create(
        tenant_id=TENANT, owner_id=USER, name="S", conditions="{}", ordering="{}", created_at=NOW, changed_at=NOW
    )


async def fill_market_data(instrument):
    """The same for the tables of what providers say."""
    shared: dict[str, Any] = {"instrument_id": instrument.id, "recorded_at": NOW}
    day = NOW.date()
    await InstrumentSymbol.create(**shared, symbol="AA", since=day, until=day, source="made up")
    await QuoteConsensus.create(
        **shared,
        method="MEDIAN",
        price=Decimal("2.5"),
        agreement=0.75,
        grade="GOOD",
        reasons="[]",
        sources="[]",
        at=NOW,
    )
    await PriceOverride.create(
        **shared,
        session=day,
        price=Decimal("2.5"),
        replaced=Decimal(150),
        reason="ü",
        author_id=USER,
        withdrawn_at=NOW,
        withdrawn_by=USER,
    )
    await BarRepair.create(
        **shared, session=day, kind="HUNDREDFOLD", observed="{}", repaired="{}", reason="r", source="made up"
    )
    await ProviderState.create(
        name="made_up",
        breaker="OPEN",
        connection="FAILED",
        failure_rate=0.5,
        p95=0.25,
        calls=2**40,
        remaining=1,
        cost=Decimal("0.002"),
        cost_day=day,
        opened_at=NOW,
        last_fault="DOWN",
        last_fault_message="m",
        updated_at=NOW,
    )
    await RefreshCursor.create(
        task="DAILY_BARS",
        subject=str(instrument.id),
        done_until=day,
        provider="made_up",
        attempted_at=NOW,
        fault="RATE_LIMITED",
        fault_message="m",
    )
    item = await NewsItem.create(
        provider="made_up",
        provider_key="1",
        title="t",
        summary="s",
        url="https://example.com",
        publisher="p",
        published_at=NOW,
        recorded_at=NOW,
    )
    await NewsMention.create(item_id=item.id, instrument_id=instrument.id, published_at=NOW)
    await EconomicSeries.create(
        number=1,
        code="UNRATE",
        title="t",
        units="Percent",
        frequency="Monthly",
        seasonal_adjustment="SA",
        source="made up",
        updated_at=NOW,
    )
    await FinancialStatement.create(
        **shared,
        kind="INCOME",
        period="QUARTER",
        fiscal_year=2022,
        fiscal_quarter=4,
        ends_on=day,
        filed_on=day,
        currency="USD",
        figures="{}",
        source="made up",
    )


async def fill_beside_the_ledger(portfolio, account, instrument, entry):
    """The same for the tables of what an owner keeps, and of what the market knows, beside the ledger."""
    shared: dict[str, Any] = {"tenant_id": TENANT}
    own: dict[str, Any] = {**shared, "portfolio_id": portfolio.id}
    await OptionContract.create(
        instrument_id=instrument.id,
        underlying_id=instrument.id,
        right="CALL",
        style="AMERICAN",
        strike=Decimal("99999.999"),
        expiry=NOW.date(),
        deliverable=Decimal("133.3333333333"),
    )
    action = await CorporateAction.create(
        instrument_id=instrument.id,
        kind="SPIN_OFF",
        ex_date=NOW.date(),
        numerator=2**40,
        denominator=1,
        other_id=instrument.id,
        cost_fraction=Decimal("0.1234567891"),
        cash=Decimal("0.5"),
        pay_date=NOW.date(),
        source="made up",
        revision=2,
        withdrawn_at=NOW,
        recorded_at=NOW,
    )
    followed: dict[str, Any] = {
        **shared,
        "account_id": account.id,
        "action_id": action.id,
        "transaction_id": entry.id,
        "revision": 2,
        "recorded_at": NOW,
    }
    await ActionBooking.create(**followed)
    await ContractAdjustment.create(**followed, instrument_id=instrument.id)
    await Share.create(**own, email="c@d.ef", user_id=new_id(), permission="VIEWER", created_at=NOW)
    await CalculationRun.create(
        **shared,
        subject_id=new_id(),
        kind="RISK",
        engine="foliograph/1",
        arguments="{}",
        data_digest="0" * 64,
        result='{"value":1.5}',
        observations=252,
        seconds=0.125,
        computed_at=NOW,
    )
    await Factor.create(
        code="CARRY",
        name="Carry",
        kind="STYLE",
        description="ü",
        proxy="CRRY",
        display_order=99,
        is_active=False,
    )
    await DataKey.create(**shared, wrapped="1:x:y", created_at=NOW)
    tag = await Tag.create(**shared, owner_id=USER, name="ü", color="#00ff00", created_at=NOW)
    await PositionTag.create(**own, account_id=account.id, instrument_id=instrument.id, tag_id=tag.id)
    strategy = await Strategy.create(**own, name="spread", created_at=NOW)
    await StrategyMember.create(**shared, strategy_id=strategy.id, account_id=account.id, instrument_id=instrument.id)
    await Target.create(**own, kind="CASH", name="USD", weight=Decimal("0.05"))
    await Template.create(**shared, owner_id=USER, name="T", allocation="[]", created_at=NOW)
    await ModelSnapshot.create(**own, name="S", version=1, result="{}", created_at=NOW)
    importing = await Import.create(
        **own,
        account_id=account.id,
        file_id=new_id(),
        file_name="ü.csv",
        format="generic",
        state="PREVIEWED",
        created_by=USER,
        created_at=NOW,
    )
    await ImportRow.create(**shared, importing_id=importing.id, line=2, state="NEW", text="ü")


async def transaction(portfolio, account, instrument, sequence, **more):
    return await Transaction.create(
        tenant_id=TENANT,
        portfolio_id=portfolio.id,
        account_id=account.id,
        sequence=sequence,
        kind="BUY",
        trade_date=NOW.date(),
        settlement_date=NOW.date(),
        instrument_id=instrument.id,
        quantity=Decimal("999999999999999999.9999999999"),
        price=Decimal("0.0000000001"),
        fees=Decimal(0),
        amount=Decimal("-1.5"),
        currency="USD",
        idempotency_key=str(sequence),
        input_digest="d" * 64,
        recorded_at=NOW,
        recorded_by=USER,
        **more,
    )
