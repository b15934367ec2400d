"""JSON Schema for editors: schema classes in, the text of one JSON Schema file for each out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from pydantic import BaseModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas(models: Mapping[str, type[BaseModel]]) -> dict[str, str]:
    """Texts by file name, `<name>.schema.json`, for each name and schema class.

    Whatever the loader accepts, the JSON Schema accepts too; rules between fields are the loader's alone. Keys are
    sorted and the text ends with a line break, so that the same classes always give the same bytes.
    """
    return {f"{name}.schema.json": _text(model) for name, model in sorted(models.items())}


def _text(model: type[BaseModel]) -> str:
    schema = {"$schema": DIALECT} | _tightened(model.model_json_schema(mode="validation"))
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _tightened(node: Any) -> Any:
    """`node` with what pydantic leaves out: the lengths of lists behind a validator, and that other keys are errors."""
    if isinstance(node, list):
        return [_tightened(one) for one in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    found: dict[str, Any] = {key: _tightened(value) for key, value in cast("dict[str, Any]", node).items()}
    if found.get("type") == "array":
        for wrong, right in (("minLength", "minItems"), ("maxLength", "maxItems")):
            if wrong in found:
                found[right] = found.pop(wrong)
    if "patternProperties" in found:
        found.setdefault("additionalProperties", False)
    return found
