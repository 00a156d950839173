"""All companies as files to download."""

import strawberry

from domain.companies import exports
from domain.companies.board import Boards
from schema.context import Info
from schema.files.keeping import kept
from schema.files.types import File
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

CompaniesFormat = strawberry.enum(
    exports.CompaniesFormat,
    name="CompaniesFormat",
    description=(
        "JSON_LINES: an object a line, in the names and units of the catalogue, null where nothing is known. "
        'LEGACY_JSON: one list of objects in the names of feeds, as "PER (Oct-25)", without what is not known.'
    ),
)


@strawberry.input(description="All companies, to write as a file.")
class ExportCompaniesInput:
    """As what."""

    format: CompaniesFormat = strawberry.field(description="What they are written as.")  # type: ignore[valid-type]


@strawberry.type(description="The file that was written, or why there is none.")
class ExportCompaniesPayload:
    """The answer of `exportCompanies`."""

    file: File | None = strawberry.field(description="The file: the user's own.", default=None)
    url: str | None = strawberry.field(
        description="Where it is downloaded by GET, with the header `Authorization: Bearer …`; a path of this server.",
        default=None,
    )
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class CompanyExportsMutation:
    """The mutations that write companies as files."""

    @strawberry.mutation(
        description="Write the latest of all active companies as a file; LEGACY_JSON can be ingested again as it is.",
        metadata=allowed(Access.USER),
    )
    @answers_refusals(ExportCompaniesPayload)
    async def export_companies(self, info: Info, input: ExportCompaniesInput) -> ExportCompaniesPayload:
        """Write them, and keep the file."""
        resources = info.context.resources
        board = await resources.shared(Boards).latest()
        today = resources.clock.now().date()
        written = await resources.compute.run(exports.write_companies, board, input.format, today)
        file, url = await kept(info.context, written)
        return ExportCompaniesPayload(file=file, url=url)
