"""Whether a plan says its review state: a plan in, what to tell where it does not out.

Handouts and decks say it in their running feet, which no template makes; a card says it where its template prints it.
"""

from __future__ import annotations

from handouts.plan.documents import Card, Deck, Handout
from handouts.plan.leaving_out import says
from handouts.problems import Origin, Problem, error

TEMPLATE = "card.html.j2"


def unsaid(plan: Handout | Deck | Card) -> Problem | None:
    """What to tell where a plan does not say its review state; None where it does, or has none."""
    match plan:
        case Handout():
            places: tuple[str, ...] = (plan.footer.left,)
        case Deck():
            places = tuple(text for text in (plan.footer, plan.short_footer) if text)
        case Card():
            places = (plan.words(),)
    state = plan.meta.review_words
    if not state or all(says(text, state) for text in places):
        return None
    message = f"the document does not say its review state, '{state}'"
    return error(Origin(TEMPLATE), "FIT09", message, "print {{ review }} in a paragraph of one of its faces")
