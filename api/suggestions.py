"""What was probably meant by a field that a type does not have."""

from typing import Any

from graphql import (
    FieldNode,
    FieldsOnCorrectTypeRule,
    GraphQLError,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
)


class FieldsOnCorrectType(FieldsOnCorrectTypeRule):
    """GraphQL's own rule; what is looked for on a connection and is a field of its nodes is told where those are."""

    def enter_field(self, node: FieldNode, *_args: Any) -> None:
        """Report a field that its type does not have."""
        parent, name = self.context.get_parent_type(), node.name.value
        if parent is None or self.context.get_field_def() is not None:
            return
        nodes = _beneath(_beneath(parent, "edges"), "node")
        if self.context.hide_suggestions or _beneath(nodes, name) is None:
            super().enter_field(node, *_args)
            return
        message = f"Cannot query field '{name}' on type '{parent}'. Did you mean 'edges {{ node {{ {name} }} }}'?"
        self.report_error(GraphQLError(message, node))


def _beneath(parent: GraphQLNamedType | None, name: str) -> GraphQLNamedType | None:
    """Return the type of a field, None where there is none."""
    field = parent.fields.get(name) if isinstance(parent, GraphQLObjectType) else None
    return None if field is None else get_named_type(field.type)
