"""Rules on numbers in words and templates: each stands once, in topic.yaml, and is named in `{{ }}`."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfTyped, OfWords, rule
from handouts.checks.typed.numbers import typed_in

MOST_NAMED = 4
"""Names that a message lists before it counts the others."""

OF_THE_HOUSE = "put what is your house's own, such as the number of a form, into a fixed word of the locale"


@rule(
    "NUM10",
    OfTyped,
    "error",
    why="A number that stands in words alone has no source, and no check can tell when it is wrong.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis): an evidence record for what is said",
)
def unknown_number(subject: OfTyped) -> Iterator[Found]:
    """A number is typed into words that the topic does not have, or into a template.

    Numbers of names ("type 2", "COVID-19"), levels of intervals ("95% CI"), and the whole of people in 100 are none.
    """
    for one in typed_in(subject):
        if one.in_template:
            message = f"{one.text} is typed into a template, which prints it in every topic"
            instead = f"name the topic's value in {{{{ }}}}; {OF_THE_HOUSE}"
            yield Found(one.origin, message, instead)
        elif one.whole_of:
            message = f"{one.text} is typed as the whole of {{{{ {one.whole_of} }}}}, which is not counted out of it"
            result = one.whole_of.removesuffix(".count")
            yield Found(one.origin, message, f"write {{{{ {result} | per({one.whole}) }}}}")
        elif not one.names:
            lacking = " and ".join(one.lacking)
            message = (
                f"{one.text} has {lacking}, which the topic does not have"
                if lacking and lacking != one.text
                else f"{one.text} is a number that the topic does not have"
            )
            where = (
                "contacts: of topic.yaml, with code, region and source,"
                if one.is_called
                else "topic.yaml with its source"
            )
            yield Found(one.origin, message, f"put it into {where} and write its name in {{{{ }}}}")


@rule(
    "NUM11",
    OfWords,
    "warning",
    why="A number that is typed twice is corrected once.",
    source="a rule of this program: each number stands once, in topic.yaml",
)
def typed_number(subject: OfWords) -> Iterator[Found]:
    """A number of the topic is typed into words instead of named."""
    for one in typed_in(subject):
        if one.names and not one.in_template:
            named = _listed(one.names)
            instead = (
                f"write the name that topic.yaml has for it, {named}"
                if one.sure
                else f"write {named} if it is that; else put it into topic.yaml with its source"
            )
            yield Found(one.origin, f"{one.text} is typed into words", instead)


def _listed(names: tuple[str, ...]) -> str:
    shown = [f"{{{{ {name} }}}}" for name in names[:MOST_NAMED]]
    others = len(names) - len(shown)
    if others:
        return f"such as {', '.join(shown)} or one of {others} more"
    return " or ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
