"""Rules on the outcomes of a study together: what lies within another is no larger, parts add up to their whole, and
one table has one number of people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from handouts.checks.numbers import ARITHMETIC, CHECK_BOTH, Counted, counted
from handouts.checks.participants import is_crowded
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.problems import Origin

NESTED = "arithmetic; CONSORT 2025, item 26: results of each outcome for each group"
ONE_DENOMINATOR = "CDC Clear Communication Index, items 15–17: the same denominator throughout"

Results = Mapping[str | None, Counted]
"""The results of one outcome by arm, of all grades together."""


@rule(
    "NUM04",
    OfTopic,
    "error",
    why="Whoever is counted in an outcome is also counted in the wider one around it.",
    source=NESTED,
    waivable=False,
)
def more_within_than_around(subject: OfTopic) -> Iterator[Found]:
    """An outcome that lies within another, or a grade of it, counts more people than that."""
    for group in _groups(subject):
        for key, results in group.items():
            outcome = next(iter(results.values())).measured.outcome
            for arm, inner in results.items():
                outer = group.get(outcome.within or "", {}).get(arm)
                if outer is not None and (said := _larger(inner, outer)):
                    message = f"{outcome.within} counts {said[1]}, but {key} within it counts {said[0]}"
                    yield Found(_origin(subject, outer.path), message, "a wider outcome counts all within it too")
    for grade, inner, outer in _graded(subject):
        if said := _larger(inner, outer):
            message = f"any grade counts {said[1]}, but grade {grade} alone {said[0]}"
            yield Found(_origin(subject, inner.path), message, CHECK_BOTH)


def _graded(subject: OfTopic) -> Iterator[tuple[str, Counted, Counted]]:
    """Each result of one grade, with the grade and the result of all grades of the same arm."""
    whole: dict[tuple[KeyPath, str | None], Counted] = {}
    of_grades: list[tuple[str, Counted]] = []
    for one in counted(subject.topic.value):
        inner = one.path[len(one.measured.path) :]
        if "grades" in inner[:1]:
            of_grades.append((str(inner[1]), one))
        else:
            whole[one.measured.path, one.arm] = one
    for grade, one in of_grades:
        if (outer := whole.get((one.measured.path, one.arm))) is not None:
            yield grade, one, outer


def _larger(inner: Counted, outer: Counted) -> tuple[str, str] | None:
    """Both amounts in words, where the inner one is the larger; None where it is not, or nobody can tell."""
    few, many = inner.result, outer.result
    if few.count is not None and many.count is not None and inner.n == outer.n:
        return (str(few.count), str(many.count)) if few.count > many.count else None
    if few.count is None and many.count is None and few.percent is not None and many.percent is not None:
        return (f"{few.percent}%", f"{many.percent}%") if few.percent > many.percent else None
    return None


@rule(
    "NUM07",
    OfTopic,
    "error",
    why="People in parts that exclude each other are no more than the people of the whole.",
    source=ARITHMETIC,
    waivable=False,
)
def parts_do_not_add_up(subject: OfTopic) -> Iterator[Found]:
    """Outcomes that are part of another, and exclude each other, add up to more than it."""
    for group in _groups(subject):
        for key, results in group.items():
            for arm, whole in results.items():
                parts = _parts(group, key, arm, whole.n)
                total = sum(r.result.count or 0 for r in parts.values())
                # What is derived from its parts and is not their sum, NUM08 tells.
                if whole.result.count is not None and total > whole.result.count and not _follows_from_parts(whole):
                    message = f"{key} counts {whole.result.count}, but its parts add up to {total}"
                    yield Found(_origin(subject, whole.path), message, f"check {_listed(parts)}")


@rule(
    "NUM08",
    OfTopic,
    "error",
    why="A count that no source prints must follow from what it prints, or it is invented.",
    source="a rule of this program: published and derived counts are told apart",
)
def derived_count_follows_from_nothing(subject: OfTopic) -> Iterator[Found]:
    """A count is given as derived, but neither from a percentage nor as the sum of its parts."""
    for group in _groups(subject):
        for key, results in group.items():
            for arm, whole in results.items():
                if not _follows_from_parts(whole):
                    continue
                parts = _parts(group, key, arm, whole.n)
                total = sum(r.result.count or 0 for r in parts.values())
                if total != whole.result.count:
                    message = f"{whole.result.count} is derived from nothing: no percentage is given, and no parts"
                    if parts:
                        message = f"{whole.result.count} is derived, but its parts ({_listed(parts)}) add up to {total}"
                    instead = "write what the source prints: its percent or its parts, or basis: published"
                    yield Found(_origin(subject, whole.path), message, instead)


@rule(
    "NUM09",
    OfTopic,
    "warning",
    why="Shares of different wholes, side by side, look comparable and are not.",
    source=ONE_DENOMINATOR,
)
def denominators_differ_within_a_table(subject: OfTopic) -> Iterator[Found]:
    """Results of one arm that stand in one table or figure are of different numbers of people."""
    for group in _groups(subject):
        shown = [
            one
            for results in group.values()
            for one in results.values()
            if one.measured.outcome.measure == "proportion" and one.measured.outcome.subgroup is None
        ]
        for arm in dict.fromkeys(one.arm for one in shown):
            given = [one for one in shown if one.arm == arm and one.n is not None and not is_crowded(one)]
            usual = _commonest(one.n for one in given)
            for one in given:
                if one.n != usual:
                    message = f"this is of {one.n} people, the others beside it are of {usual}"
                    instead = "show those of the same people together, or name the others with subgroup"
                    yield Found(_origin(subject, one.path), message, instead)


def _commonest(numbers: Iterable[int | None]) -> int | None:
    found = Counter(numbers).most_common(1)
    return found[0][0] if found else None


def _groups(subject: OfTopic) -> Iterator[Mapping[str, Results]]:
    """The outcomes of each report, and then its harms: the results of all grades together by id and arm."""
    groups: dict[KeyPath, dict[str, dict[str | None, Counted]]] = {}
    for one in counted(subject.topic.value):
        path = one.measured.path
        if "grades" not in one.path[len(path) :]:
            groups.setdefault(path[:-1], {}).setdefault(str(path[-1]), {})[one.arm] = one
    yield from groups.values()


def _parts(group: Mapping[str, Results], whole: str, arm: str | None, n: int | None) -> dict[str, Counted]:
    """The counts of the same people in the parts of an outcome, by id."""
    return {
        key: found
        for key, results in group.items()
        if (found := results.get(arm)) is not None
        and found.measured.outcome.part_of == whole
        and found.result.count is not None
        and found.n == n
    }


def _follows_from_parts(whole: Counted) -> bool:
    return whole.result.basis == "derived" and whole.result.percent is None and whole.result.count is not None


def _listed(parts: Mapping[str, Counted]) -> str:
    return ", ".join(f"{found.result.count} {key}" for key, found in parts.items())


def _origin(subject: OfTopic, path: KeyPath) -> Origin:
    return subject.topic.document.origin(path)
