"""Rules on the categories of a study: wider ones hold the better ones, parts add up to no more than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handouts.checks.numbers import ARITHMETIC, reports
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.topic import CATEGORY_ORDER

IMWG = "IMWG response criteria (PMC9954856, table 1): CR lies within VGPR or better, that within PR or better"


@rule(
    "NUM04",
    OfTopic,
    "error",
    why="Whoever had a better response also counts in every wider category.",
    source=IMWG,
)
def categories_do_not_nest(subject: OfTopic) -> Iterator[Found]:
    """A better category counts more people than a wider one that holds it."""
    for path, report in reports(subject.topic.value):
        cumulative = [
            (key, r)
            for key, r in report.responses.items()
            if (r.or_better or r.category == "CR") and r.subgroup is None and r.count is not None
        ]
        cumulative.sort(key=lambda item: CATEGORY_ORDER.index(item[1].category))
        for (_, better), (key, wider) in pairwise(cumulative):
            if better.of == wider.of and (better.count or 0) > (wider.count or 0):
                origin = subject.topic.document.origin((*path, "responses", key))
                said = f"{wider.count} had {wider.category} or better, but {better.count} had {better.category} alone"
                yield Found(origin, said, "a category counts all better ones too")


@rule(
    "NUM07",
    OfTopic,
    "error",
    why="Parts that exclude each other cannot hold more people than the whole.",
    source=ARITHMETIC,
)
def parts_exceed_the_whole(subject: OfTopic) -> Iterator[Found]:
    """Categories that exclude each other add up to more people than were evaluable."""
    for path, report in reports(subject.topic.value):
        parts = {
            key: r
            for key, r in report.responses.items()
            if not r.or_better and r.count is not None and r.of and r.subgroup is None
        }
        for whole in {r.of for r in parts.values()}:
            same = {key: r for key, r in parts.items() if r.of == whole}
            total = sum(r.count or 0 for r in same.values())
            if whole and total > whole:
                origin = subject.topic.document.origin((*path, "responses", next(reversed(same))))
                instead = "parts that exclude each other cannot exceed the whole"
                yield Found(origin, f"{total} people in parts of {whole}", instead)
