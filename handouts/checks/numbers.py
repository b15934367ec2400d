"""Rules on the topic's numbers: counts within their denominators, percentages that agree, categories that nest."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from handouts.model.document import KeyPath
from handouts.model.load import Loaded
from handouts.model.topic import CATEGORY_ORDER, Report, Response, Topic
from handouts.problems import Problem, error


def check_numbers(loaded: Loaded[Topic]) -> Iterator[Problem]:
    """Every contradiction between the numbers of a topic.

    NUM01 count above its denominator, NUM02 percentage that its count does not round to, NUM03 a derived count that is
    not the only one possible, NUM04 categories that do not nest, NUM05 more evaluable than enrolled, NUM06 a percentage
    above 100, NUM07 parts that add up to more than the whole.
    """
    for path, report in reports(loaded.value):
        yield from _report(loaded, path, report)


def reports(topic: Topic) -> Iterator[tuple[KeyPath, Report]]:
    """Every study and later report with its path in topic.yaml."""
    for key, study in topic.studies.items():
        yield ("studies", key), study
        for later, report in study.later.items():
            yield ("studies", key, "later", later), report


def _report(loaded: Loaded[Topic], path: KeyPath, report: Report) -> Iterator[Problem]:
    def wrong(where: KeyPath, code: str, message: str, instead: str) -> Problem:
        return error(loaded.document.origin((*path, *where)), code, message, instead)

    if report.evaluable and report.enrolled and report.evaluable > report.enrolled.n and not report.enrolled.about:
        message = f"{report.evaluable} are evaluable of {report.enrolled.n} enrolled"
        yield wrong(("evaluable",), "NUM05", message, "look both up in the source")
    for key, response in report.responses.items():
        place = ("responses", key)
        for code, message, instead in _response(response):
            yield wrong(place, code, message, instead)
    for key, harm in report.harms.items():
        for name in ("percent", "control_percent"):
            value = getattr(harm, name)
            if value is not None and value > 100:
                yield wrong(("harms", key, name), "NUM06", f"{value}% is more than all", "look it up in the source")
        if harm.cases is not None and harm.of is not None and harm.cases > harm.of:
            yield wrong(("harms", key, "cases"), "NUM01", f"{harm.cases} of {harm.of} is more than all", "check both")
    for key, message in _nesting(report):
        yield wrong(("responses", key), "NUM04", message, "a category counts all better ones too")
    for key, message in _parts(report):
        yield wrong(("responses", key), "NUM07", message, "parts that exclude each other cannot exceed the whole")


def _response(response: Response) -> Iterator[tuple[str, str, str]]:
    if response.percent is not None and not 0 <= response.percent <= 100:
        yield "NUM06", f"{response.percent}% is not a share of a whole", "look it up in the source"
        return
    if response.count is None or response.of is None:
        return
    if response.count > response.of:
        yield "NUM01", f"{response.count} of {response.of} is more than all", "check count and of"
        return
    if response.percent is None:
        return
    places = -int(response.percent.as_tuple().exponent)
    fitting = [n for n in range(response.of + 1) if rounds_to(Fraction(100 * n, response.of), places, response.percent)]
    if response.count not in fitting:
        exact = float(Fraction(100 * response.count, response.of))
        yield (
            "NUM02",
            f"{response.count} of {response.of} is {exact:.{places + 1}f}%, not {response.percent}%",
            (f"counts that round to it: {', '.join(map(str, fitting)) or 'none'}"),
        )
    elif response.basis == "derived" and len(fitting) > 1:
        listed = ", ".join(map(str, fitting))
        yield "NUM03", f"{response.percent}% of {response.of} may be any of {listed}", "leave out the count"


def rounds_to(value: Fraction, places: int, published: object) -> bool:
    """Whether `value`, in percent, rounds to the published figure, half up or half even, as sources do either."""
    scale = 10**places
    target = Fraction(str(published)) * scale
    return abs(value * scale - target) <= Fraction(1, 2)


def _nesting(report: Report) -> Iterator[tuple[str, str]]:
    cumulative = [
        (key, r) for key, r in report.responses.items() if (r.or_better or r.category == "CR") and r.subgroup is None
    ]
    cumulative.sort(key=lambda item: CATEGORY_ORDER.index(item[1].category))
    for (_, better), (key, wider) in pairwise(cumulative):
        if (
            better.of == wider.of
            and better.count is not None
            and wider.count is not None
            and better.count > wider.count
        ):
            yield key, f"{wider.count} had {wider.category} or better, but {better.count} had {better.category} alone"


def _parts(report: Report) -> Iterator[tuple[str, str]]:
    parts = {k: r for k, r in report.responses.items() if not r.or_better and r.count is not None and r.of}
    for whole in {r.of for r in parts.values()}:
        same = {k: r for k, r in parts.items() if r.of == whole and r.subgroup is None}
        total = sum(r.count or 0 for r in same.values())
        if whole and total > whole:
            yield next(reversed(same)), f"{total} people in parts of {whole}"
