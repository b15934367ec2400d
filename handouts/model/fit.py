"""Plain values as `yaml_source` reads them and a schema in; a frozen record out, or everything that does not fit.

A schema is a `Model` (see `base`): its fields' types, with what `Before`, `After` and msgspec's `Meta` demand of them.
msgspec's own `convert` stops at the first mistake, and can neither join letters with their accents nor trim texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import fields

from handouts.model.base import After, Before, Contradiction, Model, Schema, written_fields
from handouts.model.document import KeyPath

Kind = Literal["unknown", "missing", "type", "choice", "pattern", "length", "bounds", "rule"]
_BAD: Any = object()
"""What a fitter gives for a value that does not fit; what is wrong with it is among the misfits then."""


class Misfit(Struct, frozen=True):
    """One thing that does not fit, and where.

    `value` is what stands there, `schema` the type that is wanted. `demand` is the pattern, the limit or the message
    that was not met; `is_key` where the key at the end of the path is meant and not what stands behind it.
    """

    kind: Kind
    path: KeyPath
    value: Any = None
    schema: Schema = None
    demand: Any = None
    is_key: bool = False


class MisfitsError(ValueError):
    """Values that do not fit their schema; `misfits` are all of them, in the order of the schema."""

    def __init__(self, misfits: Sequence[Misfit]) -> None:
        super().__init__(f"{len(misfits)} misfits, the first at {misfits[0].path}: {misfits[0].kind}")
        self.misfits = tuple(misfits)


_Fitter = Callable[[Any, KeyPath, list[Misfit]], Any]


def fit(value: Any, schema: Any) -> Any:
    """A value as its schema has it. Raises MisfitsError with all that does not fit."""
    misfits: list[Misfit] = []
    fitted = _fitter(schema)(value, (), misfits)
    if misfits:
        raise MisfitsError(misfits)
    return fitted


@cache
def fields_of(schema: type[Struct]) -> Mapping[str, tuple[Schema, bool]]:
    """The type of each field of a record by its key in files, and whether it must be given."""
    return {field.encode_name: (field.type, field.required) for field in fields(schema)}


@cache
def _fitter(schema: Schema) -> _Fitter:
    origin, arguments = get_origin(schema), get_args(schema)
    if origin is Annotated:
        return _demanding(schema, arguments[0], schema.__metadata__)
    if origin in (Union, UnionType):
        return _choosing(schema, arguments)
    if origin is Literal:
        return _literal(schema, arguments)
    if origin is tuple:
        return _listing(schema, arguments[0])
    if origin is dict:
        return _mapping(schema, *arguments)
    if isinstance(schema, type) and issubclass(schema, Model):
        return _record(schema)
    return _plain(schema)


def _plain(schema: Schema) -> _Fitter:
    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        # A yes is no number here, though it is an int to Python.
        if type(value) is schema and (schema is not Decimal or value.is_finite()):
            return value
        misfits.append(Misfit("type", path, value, schema))
        return _BAD

    return fitted


def _literal(schema: Schema, choices: tuple[Any, ...]) -> _Fitter:
    allowed = {(type(choice), choice) for choice in choices}

    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        if isinstance(value, str | int) and (type(value), value) in allowed:
            return value
        misfits.append(Misfit("choice", path, value, schema))
        return _BAD

    return fitted


def _choosing(schema: Schema, branches: tuple[Any, ...]) -> _Fitter:
    fitters = [_fitter(branch) for branch in branches if branch is not NoneType]
    optional = NoneType in branches

    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        if value is None and optional:
            return None
        if len(fitters) == 1:
            return fitters[0](value, path, misfits)
        meant: list[list[Misfit]] = []
        for fitter in fitters:
            tried: list[Misfit] = []
            found = fitter(value, path, tried)
            if not tried:
                return found
            if all(one.path != path or one.kind in ("pattern", "length") for one in tried):
                meant.append(tried)
        # Where the value's shape tells which branch is meant, what that one finds says more.
        misfits += meant[0] if len(meant) == 1 else [Misfit("type", path, value, schema)]
        return _BAD

    return fitted


def _listing(schema: Schema, item: Schema) -> _Fitter:
    fitter = _fitter(item)

    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        if not isinstance(value, list | tuple):
            misfits.append(Misfit("type", path, value, schema))
            return _BAD
        items = cast("Sequence[Any]", value)
        return tuple(fitter(one, (*path, index), misfits) for index, one in enumerate(items))

    return fitted


def _mapping(schema: Schema, key: Schema, item: Schema) -> _Fitter:
    key_fitter, item_fitter = _fitter(key), _fitter(item)

    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        if not isinstance(value, dict):
            misfits.append(Misfit("type", path, value, schema))
            return _BAD
        found: dict[Any, Any] = {}
        for name, one in cast("dict[Any, Any]", value).items():
            inner, tried = (*path, name), list[Misfit]()
            named = key_fitter(name, inner, tried)
            misfits += [Misfit(m.kind, m.path, m.value, m.schema, m.demand, is_key=True) for m in tried]
            fit_one = item_fitter(one, inner, misfits)
            if not tried:
                found[named] = fit_one
        return found

    return fitted


def _record(schema: type[Model]) -> _Fitter:
    known, names = fields_of(schema), written_fields(schema)
    # Types are asked for when a value comes, so that a module may name what stands further down.
    fitters: dict[str, _Fitter] = {}

    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        if type(value) is schema:
            return value
        if not isinstance(value, dict):
            misfits.append(Misfit("type", path, value, schema))
            return _BAD
        if not fitters:
            fitters.update((name, _fitter(wanted)) for name, (wanted, _) in known.items())
        given, found, before = cast("dict[Any, Any]", value), dict[str, Any](), len(misfits)
        short = schema.written_as
        if short and any(isinstance(one, dict) for one in given.values()):
            found[short] = fitters[short](given, path, misfits)
            return _BAD if len(misfits) > before else schema(**found)
        for key, (wanted, required) in known.items():
            if key in given:
                found[names[key]] = fitters[key](given[key], (*path, key), misfits)
            elif required:
                misfits.append(Misfit("missing", path, given, wanted, key))
        misfits += [Misfit("unknown", (*path, key), given[key], schema) for key in given if key not in known]
        if len(misfits) > before:
            return _BAD
        try:
            return schema(**found)
        except Contradiction as bad:
            for at, message in bad.found:
                keys = (at,) if isinstance(at, str) and at else tuple(at)
                misfits.append(Misfit("rule", (*path, *keys), _at(given, keys), schema, message))
        except ValueError as bad:
            misfits.append(Misfit("rule", path, given, schema, str(bad)))
        return _BAD

    return fitted


def _at(value: Any, keys: KeyPath) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else value[key]
    return value


def _demanding(schema: Schema, bare: Schema, demands: tuple[Any, ...]) -> _Fitter:
    before = tuple(one.change for one in demands if isinstance(one, Before))
    after = tuple(one.change for one in demands if isinstance(one, After))
    checks = tuple(_demand(one) for one in demands if isinstance(one, Meta))
    inner = _fitter(bare)

    def fitted(value: Any, path: KeyPath, misfits: list[Misfit]) -> Any:
        given, count = value, len(misfits)
        try:
            for change in before:
                value = change(value)
            value = inner(value, path, misfits)
            if len(misfits) > count:
                return _BAD
            for check in checks:
                if (wrong := check(value)) is not None:
                    kind, demand = wrong
                    misfits.append(Misfit(kind, path, given if kind == "bounds" else value, schema, demand))
                    return _BAD
            for change in after:
                value = change(value)
        except ValueError as bad:
            misfits.append(Misfit("rule", path, given, schema, str(bad)))
            return _BAD
        return value

    return fitted


def _demand(meta: Meta) -> Callable[[Any], tuple[Kind, Any] | None]:
    pattern = re.compile(meta.pattern) if meta.pattern else None
    least, most, low, high = meta.min_length, meta.max_length, meta.ge, meta.le

    def check(value: Any) -> tuple[Kind, Any] | None:
        if pattern is not None and not pattern.fullmatch(value):
            return "pattern", meta.pattern
        if least is not None and len(value) < least:
            return "length", (least, None)
        if most is not None and len(value) > most:
            return "length", (None, most)
        # Written so that what is not a number (nan) is in no range.
        if low is not None and not value >= low:
            return "bounds", (low, None)
        if high is not None and not value <= high:
            return "bounds", (None, high)
        return None

    return check
