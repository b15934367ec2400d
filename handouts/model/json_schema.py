"""JSON Schema for editors: schema classes in, the text of one JSON Schema file for each out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

import msgspec

from handouts.model.base import JSON_SCHEMAS, Model

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(models: Mapping[str, type[Model]]) -> dict[str, str]:
    """Texts by file name, `<name>.schema.json`, for each name and schema class.

    Whatever the loader accepts, the JSON Schema accepts too; rules between fields are the loader's alone. Keys are
    sorted and the text ends with a line break, so that the same classes always give the same bytes.
    """
    return {f"{name}.schema.json": _text(model) for name, model in sorted(models.items())}


def _text(model: type[Model]) -> str:
    schema = _as_written(msgspec.json.schema(model))
    schema["$defs"] |= {name: written for name, written in JSON_SCHEMAS.items() if name in schema["$defs"]}
    return json.dumps({"$schema": DIALECT} | schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _as_written(node: Any) -> Any:
    """`node` with numbers as files write them, where msgspec writes a decimal number as text, and without the tags of
    records that are single values there.
    """
    if isinstance(node, list):
        return [_as_written(one) for one in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    found: dict[str, Any] = {key: _as_written(value) for key, value in cast("dict[str, Any]", node).items()}
    found.pop("discriminator", None)
    return {"type": "number"} if found.get("format") == "decimal" else found
