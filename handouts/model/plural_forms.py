"""Words that are counted ("1 case", "2 cases"): the forms of a file and its language in, what is wrong with them or the
form of a number out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any

from handouts.model.base import After, Line, Range
from handouts.model.document import KeyPath
from handouts.model.plural_rules import RULES
from handouts.model.plurals import PluralCategory, PluralRules

PLACE = "{n}"
"""Where a form has its number."""


def _form(value: Any) -> Any:
    if value.count(PLACE) > 1:
        raise ValueError(f"has the number twice; write {PLACE} once")
    if set(value.replace(PLACE, "")) & set("{}"):
        raise ValueError(f"has a brace that is not of {PLACE}; a form names no other value")
    return value


Form = Annotated[Line, After(_form)]
PluralForms = dict[PluralCategory, Form]
"""The forms of one word by category, each with `{n}` for the number: `{one: "{n} case", other: "{n} cases"}`."""


def rules_of(language: str) -> PluralRules:
    """The rules of a language tag, else of its language: CLDR knows `pt-PT` apart, `es-MX` is `es`. A language that
    CLDR lacks has one category, as its root has.
    """
    return RULES.get(language) or RULES.get(language.partition("-")[0]) or PluralRules({}, ("other",), ())


def faults_of(groups: Mapping[str, PluralForms], language: str) -> Iterator[tuple[KeyPath, str]]:
    """What is wrong with forms in a language: the keys that lead there, what it is and what to write instead."""
    rules = rules_of(language)
    for name, forms in groups.items():
        if missing := [category for category in rules.needed if category not in forms]:
            lines = " and ".join(f"'{category}: …'" for category in missing)
            yield (name,), f"lacks {_listed(missing)}, which numbers in '{language}' need; add {lines}"
        for category, form in forms.items():
            if category not in rules.needed and category not in rules.conditions:
                message = f"is a form that '{language}' does not have"
                yield (name, category), f"{message}; delete it, numbers there have {_listed(rules.needed)}"
            elif PLACE not in form and category not in rules.single:
                message = f"leaves out the number, though '{category}' stands for several in '{language}'"
                yield (name, category), f"{message}; write {PLACE} where it belongs"


def form_of(forms: PluralForms, number: Decimal | Range, language: str, *, about: bool = False) -> str:
    """The form of a number or range. Where a rare category has none ("1 000 000 de casos"), that of "other".

    A form that spells its number ("one case") is said of just that number: not of one below zero, of a range, or of one
    that is only `about` so.
    """
    rules = rules_of(language)
    in_range = isinstance(number, Range)
    category = rules.category_of_range(number.low, number.high) if in_range else rules.category(number)
    form = forms.get(category) or forms["other"]
    spelled = PLACE not in form
    return forms["other"] if spelled and (about or in_range or number < 0) else form


def _listed(categories: Sequence[str]) -> str:
    *first, last = (f"'{category}'" for category in categories)
    return f"{', '.join(first)} and {last}" if first else last
