"""Rules on single numbers of a topic: counts within their denominators, percentages that agree with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.model.topic import Harm, Report, Response, Topic

ARITHMETIC = "arithmetic"
ALLOCATED_AND_ANALYSED = "CONSORT-DEFINE (bmj.com/content/383/bmj-2023-076387): numbers allocated and analysed"
CHECK_BOTH = "look both up in the source"


def reports(topic: Topic) -> Iterator[tuple[KeyPath, Report]]:
    """Every study and later report with its path in topic.yaml."""
    for key, study in topic.studies.items():
        yield ("studies", key), study
        for later, report in study.later.items():
            yield ("studies", key, "later", later), report


def responses(topic: Topic) -> Iterator[tuple[KeyPath, Response]]:
    """Every response with its path in topic.yaml."""
    for path, report in reports(topic):
        for key, response in report.responses.items():
            yield (*path, "responses", key), response


def harms(topic: Topic) -> Iterator[tuple[KeyPath, Harm]]:
    """Every side effect with its path in topic.yaml."""
    for path, report in reports(topic):
        for key, harm in report.harms.items():
            yield (*path, "harms", key), harm


@rule(
    "NUM01",
    OfTopic,
    "error",
    why="More people than there were cannot have responded or been harmed: one of the two numbers is wrong.",
    source=ARITHMETIC,
    waivable=False,
)
def count_above_its_denominator(subject: OfTopic) -> Iterator[Found]:
    """A count is above its denominator."""
    origin = subject.topic.document.origin
    for path, response in responses(subject.topic.value):
        if _is_too_many(response.count, response.of):
            yield Found(origin(path), f"{response.count} of {response.of} is more than all", "check count and of")
    for path, harm in harms(subject.topic.value):
        if _is_too_many(harm.cases, harm.of):
            yield Found(origin((*path, "cases")), f"{harm.cases} of {harm.of} is more than all", "check both")


def _is_too_many(count: int | None, of: int | None) -> bool:
    return count is not None and of is not None and count > of


@rule(
    "NUM02",
    OfTopic,
    "error",
    why="A percentage that its count does not round to shows that one of the two was copied wrongly.",
    source=ARITHMETIC,
)
def percentage_disagrees_with_its_count(subject: OfTopic) -> Iterator[Found]:
    """A percentage, to the decimals given, is not what its count rounds to."""
    topic = subject.topic.value
    given = [(path, r.count, r.of, r.percent) for path, r in responses(topic)]
    given += [(path, h.cases, h.of, h.percent) for path, h in harms(topic)]
    for path, count, of, percent in given:
        if count is None or of is None or percent is None or count > of or not _is_share(percent):
            continue
        fitting = counts_that_fit(percent, of)
        if count not in fitting:
            exact = float(Fraction(100 * count, of))
            message = f"{count} of {of} is {exact:.{_places(percent) + 1}f}%, not {percent}%"
            instead = f"counts that round to it: {', '.join(map(str, fitting)) or 'none'}"
            yield Found(subject.topic.document.origin(path), message, instead)


@rule(
    "NUM03",
    OfTopic,
    "error",
    why="Where several counts round to the published percentage, any one of them would be invented.",
    source=ARITHMETIC,
)
def derived_count_is_one_of_several(subject: OfTopic) -> Iterator[Found]:
    """A count is given as derived from its percentage although other counts round to it too."""
    for path, response in responses(subject.topic.value):
        percent, of = response.percent, response.of
        if response.basis != "derived" or percent is None or of is None or not _is_share(percent):
            continue
        fitting = counts_that_fit(percent, of)
        if len(fitting) > 1 and response.count in fitting:
            message = f"{percent}% of {of} may be any of {', '.join(map(str, fitting))}"
            yield Found(subject.topic.document.origin(path), message, "leave out the count")


def counts_that_fit(percent: Decimal, of: int) -> range:
    """The counts of `of` that round to a published percentage, half up or half down, as sources do either."""
    half = Fraction(1, 2 * 10 ** _places(percent))
    low, high = (Fraction(of, 100) * bound for bound in (Fraction(percent) - half, Fraction(percent) + half))
    return range(max(0, ceil(low)), min(of, floor(high)) + 1)


def _places(percent: Decimal) -> int:
    return -int(percent.as_tuple().exponent)


def _is_share(percent: Decimal) -> bool:
    return 0 <= percent <= 100


@rule(
    "NUM05",
    OfTopic,
    "error",
    why="Only people who joined can be judged.",
    source=ALLOCATED_AND_ANALYSED,
    waivable=False,
)
def more_evaluable_than_enrolled(subject: OfTopic) -> Iterator[Found]:
    """More people are evaluable than enrolled."""
    for path, report in reports(subject.topic.value):
        if report.evaluable and report.enrolled and report.evaluable > report.enrolled.n and not report.enrolled.about:
            message = f"{report.evaluable} are evaluable of {report.enrolled.n} enrolled"
            yield Found(subject.topic.document.origin((*path, "evaluable")), message, CHECK_BOTH)


@rule(
    "NUM06",
    OfTopic,
    "error",
    why="A share of a whole lies between none and all of it.",
    source=ARITHMETIC,
    waivable=False,
)
def percentage_out_of_range(subject: OfTopic) -> Iterator[Found]:
    """A percentage is below 0 or above 100."""
    origin = subject.topic.document.origin
    for path, response in responses(subject.topic.value):
        if response.percent is not None and not _is_share(response.percent):
            yield Found(origin(path), f"{response.percent}% is not a share of a whole", "look it up in the source")
    for path, harm in harms(subject.topic.value):
        for name in ("percent", "control_percent"):
            value = getattr(harm, name)
            if value is not None and not _is_share(value):
                message = f"{value}% is not a share of a whole"
                yield Found(origin((*path, name)), message, "look it up in the source")
