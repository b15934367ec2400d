"""Rules on what a document says of its review: it may not go out without it."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfPlan, rule
from handouts.plan.review_state import unsaid


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
    if told := unsaid(subject.plan):
        yield Found(told.origin, told.message, told.instead)
