"""An executor that reads plain fields in one go.

graphql-core takes some 3 µs for each field, whatever it holds. Most fields of an answer are plain: an attribute of the
object, or a method of it without arguments, whose type is a scalar, an enum, or an object or list of such. Those are
read by small functions that are put together once for each selection set of a document; every other field, and every
object in which anything is not as expected (an error, a missing value, something to await), is left to graphql-core, so
that results and errors are its own.

A plain method may therefore be called twice: it must have no effects.
"""

from collections.abc import Awaitable, Mapping
from functools import partial
from typing import Any, Final, cast

import strawberry
from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    TypeNameMetaFieldDef,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import CollectedFields, FieldDetailsList, GroupedFieldSet, collect_subfields
from graphql.pyutils import Path

from schema.shared.plain_fields import (
    Complete,
    Plan,
    Read,
    constant,
    is_asynchronous,
    leaf,
    list_of,
    nullable,
    object_of,
    reader,
    unchanged,
)

_MAXIMUM_VARIANTS: Final = 16


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Return graphql-core's side of a schema."""
    return schema._schema  # noqa: SLF001 - Strawberry has no other door to it


class Variant:
    """The plans of one document under one choice of what its directives include.

    Keyed by the identity of graphql-core's lists of field nodes, which the plans keep alive.
    """

    def __init__(self) -> None:
        self.roots: GroupedFieldSet | None = None
        self.plans: dict[tuple[GraphQLObjectType, int], tuple[FieldDetailsList, CollectedFields, Plan]] = {}
        self.items: dict[tuple[int, int], tuple[GraphQLOutputType, FieldDetailsList, Complete | None]] = {}


class Selections:
    """What is kept of a document between executions.  `switches` are the variables that its directives depend on."""

    def __init__(self, switches: frozenset[str] = frozenset()) -> None:
        self._switches = sorted(switches)
        self._variants: dict[tuple[bool | None, ...], Variant] = {}

    def under(self, variables: Mapping[str, Any]) -> Variant:
        """Return what is known of the document under these variables."""
        choice = tuple(variables.get(name) is True for name in self._switches)
        variant = self._variants.get(choice)
        if variant is None:
            variant = Variant()
            if len(self._variants) < _MAXIMUM_VARIANTS:
                self._variants[choice] = variant
        return variant


class PlainFieldExecutor(Executor[Any]):
    """graphql-core's executor, but for plain fields."""

    def __init__(self, *args: Any, selections: Selections, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._variant = selections.under(self.variable_values.coerced)

    def execute_collected_root_fields(
        self,
        root_type: GraphQLObjectType,
        root_value: Any,
        grouped_field_set: GroupedFieldSet,
        serially: bool,
        new_defer_usages: Any,
    ) -> Any:
        """Execute the root fields as they were collected the first time, so that what hangs on them is known."""
        variant = self._variant
        if variant.roots is None:
            variant.roots = grouped_field_set
        return super().execute_collected_root_fields(root_type, root_value, variant.roots, serially, new_defer_usages)

    def collect_and_execute_subfields(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        path: Path,
        result: Any,
        position_context: Any,  # noqa: ARG002 - for incremental delivery, which we do not offer
    ) -> Any:
        """Read the plain fields of an object in one go and leave the others to graphql-core."""
        plan = self._plan(return_type, field_details_list)
        try:
            plain = plan.read(result)
        except Exception:  # noqa: BLE001 - whatever it was, graphql-core meets it again and says where
            return self.execute_fields(return_type, result, path, plan.fields, None)
        if not plan.rest:
            return plain
        rest = self.execute_fields(return_type, result, path, plan.rest, None)
        if self.is_awaitable(rest):
            return _merged_later(plan, plain, cast(Awaitable[dict[str, Any]], rest))
        return _merged(plan, plain, cast(dict[str, Any], rest))

    def complete_iterable_value(
        self,
        item_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        items: Any,
        position_context: Any,
    ) -> Any:
        """Complete a list whose items are plain throughout in one go."""
        if items.__class__ is list or items.__class__ is tuple:
            complete = self._item_completion(item_type, field_details_list)
            if complete is not None:
                try:
                    return [complete(item) for item in items]
                except Exception:  # noqa: BLE001, S110 - as above
                    pass
        return super().complete_iterable_value(item_type, field_details_list, info, path, items, position_context)

    def collect_subfields(
        self, return_type: GraphQLObjectType, field_details_list: FieldDetailsList
    ) -> CollectedFields:
        """Collect the fields of a selection set once for each variant of a document."""
        key = (return_type, id(field_details_list))
        known = self._variant.plans.get(key)
        if known is None:
            collected = collect_subfields(
                self.schema,
                self.fragments,
                self.variable_values,
                self.operation,
                return_type,
                field_details_list,
                self.hide_suggestions,
            )
            known = (field_details_list, collected, self._new_plan(return_type, collected.grouped_field_set))
            self._variant.plans[key] = known
        return known[1]

    def _plan(self, kind: GraphQLObjectType, details: FieldDetailsList) -> Plan:
        self.collect_subfields(kind, details)
        return self._variant.plans[kind, id(details)][2]

    def _item_completion(self, item_type: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        key = (id(item_type), id(details))
        known = self._variant.items.get(key)
        if known is None:
            known = (item_type, details, self._completion(item_type, details))
            self._variant.items[key] = known
        return known[2]

    def _new_plan(self, kind: GraphQLObjectType, fields: GroupedFieldSet) -> Plan:
        plain: list[tuple[str, Read, Complete]] = []
        rest: GroupedFieldSet = {}
        for key, details in fields.items():
            definition = self.schema.get_field(kind, details[0].node.name.value)
            if definition is TypeNameMetaFieldDef:
                plain.append((key, partial(constant, kind.name), unchanged))
                continue
            read = reader(definition, has_arguments=bool(details[0].node.arguments)) if definition else None
            complete = self._completion(definition.type, details) if definition and read else None
            if read is None or complete is None:
                rest[key] = details
            else:
                plain.append((key, read, complete))
        return Plan(fields, tuple(plain), rest)

    def _completion(self, kind: GraphQLOutputType, details: FieldDetailsList) -> Complete | None:
        """Return what completes values of a type, None when that is not plain."""
        if is_non_null_type(kind):
            return self._present(kind.of_type, details)
        present = self._present(kind, details)
        return None if present is None else nullable(present)

    def _present(self, kind: Any, details: FieldDetailsList) -> Complete | None:
        if is_leaf_type(kind):
            return leaf(kind)
        if is_list_type(kind):
            item = self._completion(kind.of_type, details)
            return None if item is None else partial(list_of, item)
        if not is_object_type(kind) or is_asynchronous(kind.is_type_of):
            return None
        plan = self._plan(kind, details)
        if plan.rest:
            return None
        return partial(object_of, kind.is_type_of, plan) if kind.is_type_of else plan.read


def _merged(plan: Plan, plain: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    return {key: plain[key] if key in plain else rest[key] for key in plan.fields}


async def _merged_later(plan: Plan, plain: dict[str, Any], rest: Awaitable[dict[str, Any]]) -> dict[str, Any]:
    return _merged(plan, plain, await rest)
