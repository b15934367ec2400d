"""Fixed words of a locale: every place is filled, and no value is lost for want of one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from topic_samples import locale

from handouts.compose.fill import fixed_word
from handouts.problems import ProblemsError

LOCALE = replace(locale("en"), fixed={"people": "{count} people", "page": "Page {page} of {pages}", "yes": "Yes"})


def test_places_are_filled() -> None:
    assert fixed_word(LOCALE, "page", page="1", pages="2") == "Page 1 of 2"


@pytest.mark.parametrize(("name", "values", "message"), [
    ("pages", {}, "has no 'pages'"),
    ("people", {}, "has a place {count} that nothing fills"),
    ("yes", {"count": "7"}, "'yes' has no place {count}, and what stands there would be lost; write it with {count}"),
    ("people", {"count": "7", "of": "9"}, "has no place {of}"),
])  # fmt: skip
def test_a_place_or_a_value_too_many_is_told_in_the_locale(name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        fixed_word(LOCALE, name, **values)
    assert message in str(caught.value)
    assert "locales/en.yaml" in str(caught.value)
