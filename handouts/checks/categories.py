"""Rules on the results of a study together: categories nest, parts add up, and one figure has one denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from handouts.checks.numbers import ARITHMETIC, reports
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.model.topic import CATEGORY_ORDER, Report, Response
from handouts.problems import Origin

IMWG = "IMWG response criteria (PMC9954856, table 1): CR lies within VGPR or better, that within PR or better"
ONE_DENOMINATOR = "CDC Clear Communication Index, items 15–17: the same denominator throughout"

Named = tuple[str, Response]


@rule(
    "NUM04",
    OfTopic,
    "error",
    why="Whoever had a better response also counts in every wider category.",
    source=IMWG,
    waivable=False,
)
def categories_do_not_nest(subject: OfTopic) -> Iterator[Found]:
    """A better category holds more people than a wider one around it."""
    for path, report in reports(subject.topic.value):
        wrong: dict[str, str] = {}
        for (_, better), (key, wider) in combinations(_cumulative(report), 2):
            if better.count is not None and wider.count is not None:
                larger = better.of == wider.of and better.count > wider.count
                said = f"{wider.count} had {wider.category} or better, but {better.count} had {better.category}"
            elif better.count is None and wider.count is None:
                larger = (better.percent or 0) > (wider.percent or 0)
                said = f"{wider.percent}% had {wider.category} or better, but {better.percent}% had {better.category}"
            else:
                continue
            if larger:
                wrong.setdefault(key, said)
        for key, said in wrong.items():
            yield Found(_origin(subject, path, key), said, "a category counts all better ones too")


@rule(
    "NUM07",
    OfTopic,
    "error",
    why="People in parts that exclude each other are the people of the whole, no more and, with all parts, no fewer.",
    source=ARITHMETIC,
    waivable=False,
)
def parts_do_not_add_up(subject: OfTopic) -> Iterator[Found]:
    """Categories that exclude each other add up to more than their whole or, where all are given, to less."""
    for path, report in reports(subject.topic.value):
        for whole in dict.fromkeys(r.of for _, r in _parts(report)):
            same = [(key, r) for key, r in _parts(report) if r.of == whole]
            total = sum(r.count or 0 for _, r in same)
            if whole is not None and total > whole:
                instead = "parts that exclude each other cannot exceed the whole"
                yield Found(_origin(subject, path, same[-1][0]), f"{total} people in parts of {whole}", instead)
        for key, wider in _cumulative(report):
            parts = _parts_within(report, wider)
            # What CR alone contradicts, NUM04 tells.
            if wider.count is None or {r.category for _, r in parts} <= {"CR"} or _follows_from_parts(wider):
                continue
            total = sum(r.count or 0 for _, r in parts)
            wanted = CATEGORY_ORDER.index(wider.category) + 1
            if total > wider.count or (total < wider.count and len({r.category for _, r in parts}) == wanted):
                message = f"{wider.count} had {wider.category} or better, but its parts add up to {total}"
                yield Found(_origin(subject, path, key), message, f"check {_listed(parts)}")


@rule(
    "NUM08",
    OfTopic,
    "error",
    why="A count that no source prints must follow from what it prints, or it is invented.",
    source="a rule of this program: published and derived counts are told apart",
)
def derived_count_follows_from_nothing(subject: OfTopic) -> Iterator[Found]:
    """A count is given as derived, but neither from a percentage nor as the sum of its parts."""
    for path, report in reports(subject.topic.value):
        for key, response in report.responses.items():
            if not _follows_from_parts(response):
                continue
            parts = _parts_within(report, response)
            total = sum(r.count or 0 for _, r in parts)
            if total != response.count:
                message = f"{response.count} is derived from nothing: no percentage is given, and no parts"
                if parts:
                    message = f"{response.count} is derived, but its parts ({_listed(parts)}) add up to {total}"
                instead = "write what the source prints: its percent or its parts, or basis: published"
                yield Found(_origin(subject, path, key), message, instead)


@rule(
    "NUM09",
    OfTopic,
    "error",
    why="Bars of different wholes, side by side, look comparable and are not.",
    source=ONE_DENOMINATOR,
)
def denominators_differ_within_a_figure(subject: OfTopic) -> Iterator[Found]:
    """Results that one figure or table shows together are counted of different numbers of people."""
    for path, report in reports(subject.topic.value):
        whole = [(key, r.of) for key, r in report.responses.items() if r.subgroup is None and r.of is not None]
        usual = report.evaluable or _commonest(whole)
        for key, of in whole:
            if of != usual:
                message = f"this counts of {of}, its study of {usual}"
                instead = "count all of the same people, or name the others with subgroup"
                yield Found(_origin(subject, path, key), message, instead)
        compared = {key: h for key, h in report.harms.items() if h.control_percent is not None}
        for name in ("of", "control_of"):
            given = [(key, getattr(harm, name)) for key, harm in compared.items()]
            for key, of in given:
                if of != _commonest(given):
                    origin = subject.topic.document.origin((*path, "harms", key))
                    message = f"this is a share of {of or 'a number not given'}, the others are of {_commonest(given)}"
                    yield Found(origin, message, "compare side effects in the same people alone")


def _commonest(named: Sequence[tuple[str, int | None]]) -> int | None:
    return Counter(of for _, of in named).most_common(1)[0][0] if named else None


def _cumulative(report: Report) -> list[Named]:
    """The categories of all patients that count all better ones, the best first."""
    found = [
        (key, r) for key, r in report.responses.items() if (r.or_better or r.category == "CR") and r.subgroup is None
    ]
    return sorted(found, key=lambda item: CATEGORY_ORDER.index(item[1].category))


def _parts(report: Report) -> list[Named]:
    """The counts of all patients in categories that exclude each other."""
    return [
        (key, r)
        for key, r in report.responses.items()
        if not r.or_better and r.count is not None and r.subgroup is None
    ]


def _parts_within(report: Report, wider: Response) -> list[Named]:
    """The parts that a category with all better ones holds; none for a part."""
    order = CATEGORY_ORDER.index(wider.category)
    return [
        (key, r)
        for key, r in _parts(report)
        if wider.or_better and r.of == wider.of and CATEGORY_ORDER.index(r.category) <= order
    ]


def _follows_from_parts(response: Response) -> bool:
    return response.basis == "derived" and response.percent is None


def _listed(parts: list[Named]) -> str:
    return ", ".join(f"{r.count} {r.category}" for _, r in parts)


def _origin(subject: OfTopic, path: KeyPath, key: str) -> Origin:
    return subject.topic.document.origin((*path, "responses", key))
