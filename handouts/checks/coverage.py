"""Rule on completeness: the deck tells every statement of its topic, the handout those marked for it."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.model.load import Loaded
from handouts.model.topic import Topic
from handouts.plan.documents import Deck, Handout
from handouts.problems import Problem, warning


def check_coverage(loaded: Loaded[Topic], plan: Handout | Deck) -> Iterator[Problem]:
    """TOLD01 for each statement that belongs in a document and that its template leaves out."""
    told = plan.statements()
    for key, statement in loaded.value.statements.items():
        if key in told or (isinstance(plan, Handout) and not statement.handout):
            continue
        name = "handout" if isinstance(plan, Handout) else "deck"
        origin = loaded.document.key_origin(("statements", key))
        instead = "give it a section that the template tells, or change the template"
        yield warning(origin, "TOLD01", f"the {name} does not tell {key} ({statement.section})", instead)
