"""Rule on what a document says of its review: it may not go out without it.

In: a plan. Out: what to tell where it does not say its review state. Handouts and decks say it in their running feet,
which no template makes; a card says it where its template prints it.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfPlan, rule
from handouts.plan.documents import Card, Deck, Handout, Plan
from handouts.plan.leaving_out import says
from handouts.problems import Origin, Problem


@rule(
    "FIT09",
    OfPlan,
    "error",
    why="Who holds a card that does not say so cannot tell a draft from what a clinician has signed off.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis): version control and an evidence record",
    waivable=False,
)
def state_unsaid(subject: OfPlan) -> Iterator[Found]:
    """A document does not say its review state, since its template does not print it."""
    yield from _unsaid(subject.plan)


def unsaid(plan: Plan) -> Problem | None:
    """What the rule finds in a plan that no check of the content has seen, such as a recipient's, or None."""
    return next(map(state_unsaid.problem, _unsaid(plan)), None)


def _unsaid(plan: Plan) -> Iterator[Found]:
    match plan:
        case Handout():
            places: tuple[str, ...] = (plan.footer.left,)
        case Deck():
            places = tuple(text for text in (plan.footer, plan.short_footer) if text)
        case Card():
            places = (plan.words(),)
    state = plan.meta.review_words
    if state and not all(says(text, state) for text in places):
        message = f"the document does not say its review state, '{state}'"
        yield Found(Origin(plan.template), message, "print {{ review }} in a paragraph of one of its faces")
