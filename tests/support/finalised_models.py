"""What Tortoise works out of the models when it is initialised, worked out once for each engine instead of per test."""

from typing import Any

import pytest
from tortoise.apps import Apps
from tortoise.models import MetaInfo, Model

# All that depends on the engine: operators of filters, fields by what the driver reads, and the queries' dialect.  It
# is the same at each initialisation, and only read between two.
_LISTS = ("db_native_fields", "db_default_fields", "db_complex_fields")
_WORKED_OUT = ("filters", *_LISTS, "basetable", "basequery", "basequery_all_fields")

# By the model, the number of its filters (relations of models that come later add some), and its connection's class.
Key = tuple[tuple[type[Model], int, type], ...]


def reuse(patch: pytest.MonkeyPatch) -> None:
    """Let a later `Tortoise.init` of the same models on the same engine take over what the first worked out."""
    kept: dict[Key, list[dict[str, Any]]] = {}
    work_out = Apps._build_initial_querysets

    def build(apps: Apps) -> None:
        metas: list[MetaInfo] = [model._meta for app in apps.apps.values() for model in app.values()]
        key = tuple((meta._model, len(meta._filters), type(meta.db)) for meta in metas)
        if key in kept:
            for meta, values in zip(metas, kept[key], strict=True):
                for name, value in values.items():
                    setattr(meta, name, value)
            return
        for meta in metas:
            # Tortoise fills these in place: those that are kept must not be of another engine.
            meta.filters = {}
            for name in _LISTS:
                setattr(meta, name, [])
        work_out(apps)
        kept[key] = [{name: getattr(meta, name) for name in _WORKED_OUT} for meta in metas]

    patch.setattr(Apps, "_build_initial_querysets", build)
