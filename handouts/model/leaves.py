"""The single values of a model or of anything built of mappings and tuples, each with the keys that lead to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from handouts.model.base import Model, written_fields
from handouts.model.document import KeyPath


def leaves(value: Any, skip: Collection[str] = (), path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every value that is no model, mapping or tuple, in order, by the keys that files write.

    Keys in `skip` are passed over wherever they stand.
    """
    match value:
        case Model():
            named = ((key, getattr(value, name)) for key, name in written_fields(type(value)).items())
        case Mapping():
            named = ((str(key), item) for key, item in value.items())
        case tuple():
            named = enumerate(value)
        case _:
            yield path, value
            return
    for key, item in named:
        if key not in skip:
            yield from leaves(item, skip, (*path, key))
