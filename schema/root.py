"""The one schema: the roots of all slices, merged."""

import functools

import strawberry
from graphql import GraphQLInputObjectType, lexicographic_sort_schema, print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from schema.companies import columns as _company_columns
from schema.companies import history as _company_history
from schema.companies import instruments as _company_instruments
from schema.companies import peers as _company_peers
from schema.companies.administration import CompanyAdministrationMutation
from schema.companies.catalogue import CatalogueQuery
from schema.companies.changes import ChangesQuery
from schema.companies.comparison import ComparisonQuery
from schema.companies.exports import CompanyExportsMutation
from schema.companies.quality.alerts import AlertsQuery, AlertsSubscription
from schema.companies.quality.mutations import QualityMutation
from schema.companies.quality.queries import QualityQuery
from schema.companies.quality.run_updates import RunsSubscription
from schema.companies.queries import CompaniesQuery
from schema.companies.ranking import RankingQuery
from schema.companies.saved_screens import SavedScreen, ScreensMutation
from schema.companies.screen_subscription import ScreenSubscription
from schema.companies.screening import ScreeningQuery
from schema.companies.search import SearchQuery
from schema.companies.sources import SourcesMutation, SourcesQuery
from schema.companies.streaming import CompanyStreamSubscription
from schema.companies.subscriptions import CompaniesSubscription
from schema.context import Info
from schema.files.types import File
from schema.identity.mutations import IdentityMutation
from schema.identity.queries import IdentityQuery
from schema.jobs.mutations import JobsMutation
from schema.jobs.queries import JobsQuery
from schema.jobs.subscriptions import JobsSubscription
from schema.market import consensus as _consensus
from schema.market import indicators as _indicators
from schema.market import overview as _overview
from schema.market import price_quality as _price_quality
from schema.market.corporate_actions import CorporateAction
from schema.market.master import MasterQuery
from schema.market.mending import PriceOverride
from schema.market.overrides import OverridesMutation
from schema.market.overview_subscription import OverviewSubscription
from schema.market.providers import ProvidersQuery
from schema.market.publications import EconomicSeries, FinancialStatement, NewsItem, PublicationsQuery
from schema.market.queries import MarketQuery
from schema.market.refreshing import RefreshingMutation
from schema.market.subscriptions import MarketSubscription
from schema.onboarding.mutations import OnboardingMutation
from schema.options import greeks as _greeks
from schema.options.calculators import CalculatorsQuery
from schema.options.chains import ChainsQuery
from schema.options.strategies import StrategiesQuery as OptionStrategiesQuery
from schema.options.surfaces import SurfacesQuery
from schema.portfolios import plans as _plans
from schema.portfolios.accounts import AccountsMutation
from schema.portfolios.allocations import AllocationsMutation
from schema.portfolios.attribution import PnlAttribution
from schema.portfolios.corporate_actions import CorporateActionsMutation
from schema.portfolios.editing import EditingMutation
from schema.portfolios.exports import ExportsMutation
from schema.portfolios.exposure_history import PortfolioExposureHistory
from schema.portfolios.import_mutations import ImportsMutation
from schema.portfolios.imports import Import, ImportRow, ImportsQuery
from schema.portfolios.integrity import PortfolioIntegrity
from schema.portfolios.modeling_mutations import ModelingMutation
from schema.portfolios.mutations import PortfoliosMutation
from schema.portfolios.overview import PositionCount
from schema.portfolios.performance_explanation import PerformanceExplanation
from schema.portfolios.positions import PositionsQuery
from schema.portfolios.queries import PortfoliosQuery
from schema.portfolios.sharing import SharingMutation
from schema.portfolios.strategies import StrategiesMutation, Strategy
from schema.portfolios.subscriptions import PortfoliosSubscription
from schema.portfolios.tags import Tag, TagsMutation
from schema.portfolios.taxes import TaxSummary
from schema.portfolios.templates import PortfolioTemplate, TemplatesMutation, TemplatesQuery
from schema.portfolios.transactions import Transaction
from schema.portfolios.types import Account, PortfolioMark
from schema.portfolios.valuation_explanation import ValuationExplanation
from schema.risk import correlations as _correlations
from schema.risk import definitions as _definitions
from schema.risk import diagnostics as _diagnostics
from schema.risk import feasibility as _feasibility
from schema.risk import measures as _measures
from schema.risk import rule_checks as _rule_checks
from schema.risk import runs as _runs
from schema.risk.factors import FactorsMutation, FactorsQuery
from schema.risk.stress import StressQuery
from schema.risk.subscriptions import RiskSubscription
from schema.shared.cost import sized
from schema.shared.node import Node, find_nodes
from schema.shared.permissions import Access, allowed, guard
from schema.shared.scalars import SCALARS


@strawberry.type
class NodeQuery:
    """Anything stored, by its id."""

    @strawberry.field(
        description="The stored entity of this id; null for what does not exist or is not the actor's.",
        metadata=allowed(Access.ANYBODY),
    )
    async def node(self, info: Info, id: strawberry.ID) -> Node | None:
        """Find one."""
        found: list[Node | None] = await find_nodes(info.context, [id])
        return found[0]

    @strawberry.field(
        description="The stored entities of at most 100 ids, in the order asked, null where nothing is seen.",
        metadata={**allowed(Access.ANYBODY), **sized(by="ids")},
    )
    async def nodes(self, info: Info, ids: list[strawberry.ID]) -> list[Node | None]:
        """Find several."""
        return await find_nodes(info.context, ids)


_QUERIES = (
    NodeQuery,
    IdentityQuery,
    JobsQuery,
    MarketQuery,
    MasterQuery,
    ProvidersQuery,
    PublicationsQuery,
    CatalogueQuery,
    CompaniesQuery,
    ComparisonQuery,
    RankingQuery,
    SearchQuery,
    ScreeningQuery,
    QualityQuery,
    AlertsQuery,
    SourcesQuery,
    ChangesQuery,
    PortfoliosQuery,
    TemplatesQuery,
    ImportsQuery,
    PositionsQuery,
    FactorsQuery,
    StressQuery,
    CalculatorsQuery,
    ChainsQuery,
    SurfacesQuery,
    OptionStrategiesQuery,
)
# Importing these adds their fields to instruments and portfolios.
EXTENSIONS = (
    *(
        _consensus,
        _indicators,
        _overview,
        _price_quality,
        _company_columns,
        _company_history,
        _company_instruments,
        _company_peers,
        _plans,
        _greeks,
    ),
    *(_correlations, _definitions, _diagnostics, _feasibility, _measures, _rule_checks, _runs),
)

_MUTATIONS = (
    IdentityMutation,
    OnboardingMutation,
    JobsMutation,
    PortfoliosMutation,
    AccountsMutation,
    SharingMutation,
    ExportsMutation,
    CompanyAdministrationMutation,
    CompanyExportsMutation,
    SourcesMutation,
    CorporateActionsMutation,
    OverridesMutation,
    RefreshingMutation,
    ScreensMutation,
    AllocationsMutation,
    TemplatesMutation,
    ImportsMutation,
    TagsMutation,
    StrategiesMutation,
    EditingMutation,
    ModelingMutation,
    FactorsMutation,
    QualityMutation,
)

_SUBSCRIPTIONS = (
    *(JobsSubscription, MarketSubscription, OverviewSubscription, PortfoliosSubscription),
    *(CompaniesSubscription, ScreenSubscription, CompanyStreamSubscription, RunsSubscription, AlertsSubscription),
    RiskSubscription,
)


@functools.cache
def build_schema() -> strawberry.Schema:
    """Build the schema, with the check of who may ask before each field of its roots."""
    schema = strawberry.Schema(
        query=merge_types("Query", _QUERIES),
        mutation=merge_types("Mutation", _MUTATIONS),
        subscription=merge_types("Subscription", _SUBSCRIPTIONS),
        types=(
            Account,
            CorporateAction,
            EconomicSeries,
            File,
            FinancialStatement,
            Import,
            ImportRow,
            NewsItem,
            PerformanceExplanation,
            PnlAttribution,
            PortfolioExposureHistory,
            PortfolioIntegrity,
            PortfolioMark,
            PortfolioTemplate,
            PositionCount,
            PriceOverride,
            SavedScreen,
            Strategy,
            Tag,
            TaxSummary,
            Transaction,
            ValuationExplanation,
        ),
        config=StrawberryConfig(scalar_map=dict(SCALARS)),
    )
    guard(schema)
    _mark_one_of(schema)
    return schema


def _mark_one_of(schema: strawberry.Schema) -> None:
    """Tell graphql-core, which prints and validates the schema, what only Strawberry knows of its inputs."""
    for kind in schema._schema.type_map.values():  # noqa: SLF001 - Strawberry gives no other way to the schema it built
        definition = kind.extensions.get("strawberry-definition")
        if isinstance(kind, GraphQLInputObjectType) and definition is not None and definition.is_one_of:
            kind.is_one_of = True


def printed() -> str:
    """Return the schema's SDL, its types and fields in the order of the alphabet, as `schema.graphql` holds it."""
    return f"{print_schema(lexicographic_sort_schema(build_schema()._schema))}\n"  # noqa: SLF001 - Strawberry sorts nothing
