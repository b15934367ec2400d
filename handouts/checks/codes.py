"""Rule on codes: how old they are. The schema judges their form; whether they exist, only tables that are not ours say.

In: a topic. Out: codes that nobody has looked up for longer than the topic lets information stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.code_forms import SYSTEMS
from handouts.model.freshness import is_stale


@rule(
    "CODE01",
    OfTopic,
    "warning",
    why="Codes are retired and given to others; by one that is no longer so, a record hands out the wrong document.",
    source="RxNorm, NDC, ICD-10-CM, SNOMED CT and LOINC are released anew once a year or more often",
)
def code_looked_up_long_ago(subject: OfTopic) -> Iterator[Found]:
    """A code is older than the topic's limit, and its source can change and says no day to look again."""
    topic, document = subject.topic.value, subject.topic.document
    limit = topic.freshness.stale_after_months
    for index, code in enumerate(topic.codes):
        source = topic.sources.get(code.source)
        looked_after = source is not None and (source.next_check is not None or not source.can_change)
        if not looked_after and is_stale(code.as_of, subject.today, limit):
            message = f"{code} is as of {code.as_of}, older than {limit} months, and may be another's by now"
            instead = f"look it up in {SYSTEMS[code.system].name} again, then write its new as_of"
            yield Found(document.origin(("codes", index, "as_of")), message, instead)
