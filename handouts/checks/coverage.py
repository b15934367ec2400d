"""Rule on completeness: the deck tells every statement of its topic, the handout those marked for it."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfPlan, rule
from handouts.plan.documents import Card, Handout


@rule(
    "TOLD01",
    OfPlan,
    "warning",
    why="A statement that a template forgets is read by nobody, though its topic says that it is told.",
    source="a rule of this program",
)
def untold_statement(subject: OfPlan) -> Iterator[Found]:
    """A statement that belongs in a document is left out by its template."""
    plan = subject.plan
    if isinstance(plan, Card):
        return
    told = plan.statements()
    for key, statement in subject.topic.value.statements.items():
        if key in told or (isinstance(plan, Handout) and not statement.handout):
            continue
        name = "handout" if isinstance(plan, Handout) else "deck"
        origin = subject.topic.document.key_origin(("statements", key))
        instead = "give it a section that the template tells, or change the template"
        yield Found(origin, f"the {name} does not tell {key} ({statement.section})", instead)
