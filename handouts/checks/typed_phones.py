"""Rule on telephone numbers typed into words and templates, which nobody dials, checks or corrects from there."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfTemplates, OfTyped, OfWords, rule
from handouts.checks.typed.passages import passages_of
from handouts.checks.typed.phones import phones_in


@rule(
    "PHONE05",
    OfTyped,
    "error",
    why="A telephone number in a sentence is judged by no rule, called by no code, and corrected once of two times.",
    source="a rule of this program: each telephone number stands once, in contacts, with who verified it",
)
def typed_phone(subject: OfTyped) -> Iterator[Found]:
    """A telephone number is typed into words, or into a template, instead of named from the topic's contacts."""
    match subject:
        case OfWords() | OfTemplates():
            topic, lexicon = subject.topic.value, subject.lexicon
        case _:
            return
    for passage in passages_of(subject):
        for one in phones_in(passage.text, topic, lexicon):
            origin, typed = passage.place(one.start, one.end), passage.written(one.start, one.end)
            if one.contact:
                message = f"{typed} is a telephone number typed into text, that of contacts.{one.contact}"
                yield Found(origin, message, f"write {{{{ contacts.{one.contact} }}}}")
                continue
            wrong = f", and {one.fault.message}" if one.fault else ""
            instead = "put it into contacts: of topic.yaml, with dial, source and who verified it"
            if one.fault:
                instead = f"{one.fault.instead}; then {instead}"
            message = f"{typed} is a telephone number typed into text{wrong}"
            yield Found(origin, message, f"{instead}, and write {{{{ contacts.… }}}} with its id")
