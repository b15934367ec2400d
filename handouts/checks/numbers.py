"""Rules on single numbers of a topic: counts within their denominators, percentages that agree with their counts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.document import KeyPath
from handouts.model.topic import Harm, Report, Response, Topic

ARITHMETIC = "arithmetic"
ALLOCATED_AND_ANALYSED = "CONSORT-DEFINE (BMJ 2023;383:e076387): numbers allocated and analysed in each group"
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
    for path, response in responses(subject.topic.value):
        fitting = counts_that_fit(response)
        if fitting is None or response.count is None or response.of is None or response.count in fitting:
            continue
        places = _places(response)
        exact = float(Fraction(100 * response.count, response.of))
        message = f"{response.count} of {response.of} is {exact:.{places + 1}f}%, not {response.percent}%"
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
        fitting = counts_that_fit(response) or ()
        if response.basis == "derived" and len(fitting) > 1 and response.count in fitting:
            message = f"{response.percent}% of {response.of} may be any of {', '.join(map(str, fitting))}"
            yield Found(subject.topic.document.origin(path), message, "leave out the count")


def counts_that_fit(response: Response) -> tuple[int, ...] | None:
    """The counts that round to the published percentage; None where a number is missing or out of its range."""
    percent, of = response.percent, response.of
    if percent is None or response.count is None or of is None or response.count > of or not 0 <= percent <= 100:
        return None
    places = _places(response)
    return tuple(n for n in range(of + 1) if rounds_to(Fraction(100 * n, of), places, percent))


def _places(response: Response) -> int:
    exponent = response.percent.as_tuple().exponent if response.percent is not None else 0
    return -int(exponent)


def rounds_to(value: Fraction, places: int, published: object) -> bool:
    """Whether `value`, in percent, rounds to the published figure, half up or half even, as sources do either."""
    scale = 10**places
    target = Fraction(str(published)) * scale
    return abs(value * scale - target) <= Fraction(1, 2)


@rule(
    "NUM05",
    OfTopic,
    "error",
    why="Only people who joined can be judged.",
    source=ALLOCATED_AND_ANALYSED,
)
def more_evaluable_than_enrolled(subject: OfTopic) -> Iterator[Found]:
    """More people are evaluable than enrolled."""
    for path, report in reports(subject.topic.value):
        if report.evaluable and report.enrolled and report.evaluable > report.enrolled.n and not report.enrolled.about:
            message = f"{report.evaluable} are evaluable of {report.enrolled.n} enrolled"
            yield Found(subject.topic.document.origin((*path, "evaluable")), message, CHECK_BOTH)


@rule("NUM06", OfTopic, "error", why="A share of a whole lies between none and all of it.", source=ARITHMETIC)
def percentage_out_of_range(subject: OfTopic) -> Iterator[Found]:
    """A percentage is below 0 or above 100."""
    origin = subject.topic.document.origin
    for path, response in responses(subject.topic.value):
        if response.percent is not None and not 0 <= response.percent <= 100:
            yield Found(origin(path), f"{response.percent}% is not a share of a whole", "look it up in the source")
    for path, harm in harms(subject.topic.value):
        for name in ("percent", "control_percent"):
            value = getattr(harm, name)
            if value is not None and not 0 <= value <= 100:
                message = f"{value}% is not a share of a whole"
                yield Found(origin((*path, name)), message, "look it up in the source")
