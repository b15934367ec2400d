"""Plain values and a schema: a record that holds just what was given, or everything that does not fit, located."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from handouts.model.base import AsOf, AsOfField, Contradiction, Line, Model, Number, Slug, Text
from handouts.model.fit import MisfitsError, fit
from handouts.model.words import MOST_ITEMS, MOST_STATEMENTS, Texts, Words
from handouts.theme.sheet import Sheet

STATEMENTS = get_type_hints(Words, include_extras=True)["statements"]


STATEMENTS = get_type_hints(Words, include_extras=True)["statements"]


class Box(Model, frozen=True, kw_only=True):
    """Two lengths, of which the inner one is the smaller."""

    inner: int
    outer: int = 10

    def __post_init__(self) -> None:
        if self.inner > self.outer:
            raise Contradiction([("inner", f"is {self.inner}, more than {self.outer}; write less")])


class Parcel(Model, frozen=True, kw_only=True):
    name: Line
    weight: Number | AsOfField | None = None
    kind: Literal["small", "large"] = "small"
    boxes: dict[Slug, Box] = {}
    notes: Annotated[tuple[Text, ...], Meta(max_length=2)] = ()
    fragile: bool = False


def misfits(value: Any, schema: Any = Parcel) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(MisfitsError) as caught:
        fit(value, schema)
    return [(one.kind, one.path) for one in caught.value.misfits]


def test_what_fits_is_kept_as_it_was_given() -> None:
    parcel = fit({"name": " Cafe\u0301 ", "weight": Decimal("0.830"), "boxes": {"a": {"inner": 3}}}, Parcel)
    assert (parcel.name, str(parcel.weight), parcel.boxes["a"]) == ("Café", "0.830", Box(inner=3))
    assert fit({"name": "x", "weight": "2015-11"}, Parcel).weight == AsOf(2015, 11)


def test_everything_that_does_not_fit_is_told_at_once_and_in_order() -> None:
    given = {
        "weight": True, "kind": "huge", "boxes": {"Big One": {"inner": 1}, "b": {"inner": 11}, "c": 3},
        "notes": ["x", "", "y"], "fragile": 1, "colour": "red",
    }  # fmt: skip
    assert misfits(given) == [
        ("missing", ()),
        ("type", ("weight",)),
        ("choice", ("kind",)),
        ("pattern", ("boxes", "Big One")),
        ("rule", ("boxes", "b", "inner")),
        ("type", ("boxes", "c")),
        ("length", ("notes", 1)),
        ("type", ("fragile",)),
        ("unknown", ("colour",)),
    ]


@pytest.mark.parametrize(("value", "schema"), [
    (True, int), (1, bool), ("1", int), (Decimal("NaN"), Number), (Decimal("Infinity"), Number),
    (None, Line), ("a\nb", Line), (float("nan"), Annotated[float, Meta(ge=0)]), (True, Literal[1]), ("abc\n", Slug),
])  # fmt: skip
def test_nothing_passes_for_what_it_only_looks_like(value: Any, schema: Any) -> None:
    assert [path for _, path in misfits(value, schema)] == [()]


@pytest.mark.parametrize(("value", "schema"), [
    ("x" * 10_001, Text),
    (["x"] * (MOST_ITEMS + 1), Texts),
    ({f"S{n}": {"clinician": "x"} for n in range(MOST_STATEMENTS + 1)}, STATEMENTS),
])  # fmt: skip
def test_what_would_take_minutes_to_be_judged_is_refused(value: Any, schema: Any) -> None:
    assert misfits(value, schema) == [("length", ())]


def test_lengths_that_contradict_each_other_are_told_at_each_of_them() -> None:
    sheet = {"schema_version": 1, "name": "x", "description": "x", "paper": "letter", "unit": "in", "card_width": 3,
             "card_height": 2, "columns": 3, "rows": 6, "pitch_x": 2, "left": 0, "top": 0}  # fmt: skip
    assert misfits(sheet, Sheet) == [("rule", ("pitch_x",)), ("rule", ("top",))]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.just("name"), inner),
    max_leaves=10,
)


@given(anything)
def test_any_value_fits_or_is_told_at_a_place_that_it_has(value: Any) -> None:
    try:
        assert fit(value, Parcel).name
    except MisfitsError as bad:
        for misfit in bad.misfits:
            found = value
            for part in misfit.path:
                found = found[part]


def test_a_value_of_several_kinds_is_judged_as_the_kind_that_it_has() -> None:
    one_or_each = Annotated[str, Meta(pattern="^[a-z]+$")] | Annotated[dict[Slug, Line], Meta(min_length=1)]
    assert fit("name", one_or_each) == "name"
    assert misfits("A name", one_or_each) == [("pattern", ())]
    assert misfits({}, one_or_each) == [("length", ())]
    assert misfits({"en": 4, "es": "b"}, one_or_each) == [("type", ("en",))]
    assert misfits(4, one_or_each) == [("type", ())]
    assert misfits("today", Number | AsOfField | None) == [("type", ())]
