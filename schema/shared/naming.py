"""How the API spells what Python names."""


def camel(name: str) -> str:
    """Return a name as the API spells it."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
