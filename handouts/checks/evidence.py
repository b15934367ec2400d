"""Rules on how results are given: arms that the study has, keys and effects of the measure, units, and directions."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.numbers import counted, is_harm, measured
from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.base import NotReached, NotStated
from handouts.model.document import spell
from handouts.model.study import COMPARES, HOLDS, NAMES_OF_OUTCOMES, SAYS, Result, Study
from handouts.problems import choose_from

CONSORT = "CONSORT 2025, item 26: for each outcome, results of each group, the effect and its precision"
REGISTRY = "ClinicalTrials.gov results: each measure has its own kind of result"


@rule("EVID01", OfTopic, "error", why="A result of no arm is a result of nobody.", source=CONSORT, waivable=False)
def no_such_arm(subject: OfTopic) -> Iterator[Found]:
    """A result or an effect is of an arm that its study does not have, or an effect compares an arm with itself."""
    origin = subject.topic.document.origin
    for one in counted(subject.topic.value):
        if one.arm is not None and one.arm not in one.measured.study.arms:
            message = f"'{one.arm}' is no arm of the study"
            yield Found(origin(one.path), message, choose_from(one.arm, one.measured.study.arms))
    for one in measured(subject.topic.value):
        for key, effect in one.outcome.effects.items():
            path = (*one.path, "effects", key)
            for name, arm in (("of", effect.of), ("to", effect.to)):
                if arm not in one.study.arms:
                    instead = choose_from(arm, one.study.arms)
                    yield Found(origin((*path, name)), f"'{arm}' is no arm of the study", instead)
            if effect.of == effect.to:
                yield Found(
                    origin((*path, "to")), "an arm is compared with itself", "name the arm that it is set against"
                )


@rule(
    "EVID02",
    OfTopic,
    "error",
    why="A median of people who responded, or a mean of events, cannot be what the source says.",
    source=REGISTRY,
    waivable=False,
)
def result_of_another_measure(subject: OfTopic) -> Iterator[Found]:
    """A result has what its outcome's measure does not have, or nothing of what it needs."""
    origin = subject.topic.document.origin
    for one in counted(subject.topic.value):
        measure = one.measured.outcome.measure
        given = [name for name in Result.__struct_fields__ if _is_given(one.result, name)]
        others = [name for name in given if name not in HOLDS[measure]]
        for name in others:
            instead = f"it may have {', '.join(sorted(HOLDS[measure]))}; or change its measure"
            message = f"a result of measure {measure} has no {name}"
            yield Found(origin((*one.path, name)), message, instead, spell(one.measured.path))
        # What is given as another measure's is not missing as well.
        if not others and not set(given) & set(SAYS[measure]):
            message = "no result is given" if one.path == one.measured.path else "this arm has no result"
            yield Found(origin(one.path), message, f"give {' or '.join(SAYS[measure])}")


def _is_given(result: Result, name: str) -> bool:
    """Whether a result has a key of its own; what every result has is not."""
    default = {"basis": "published", "level": Result.__struct_defaults__[Result.__struct_fields__.index("level")]}
    value = getattr(result, name)
    return value is not None and value != default.get(name)


@rule(
    "EVID03",
    OfTopic,
    "error",
    why="An effect of another measure compares what was not measured.",
    source="FHIR EBMonFHIR, statistic types; Cochrane Handbook, chapter 6",
    waivable=False,
)
def effect_of_another_measure(subject: OfTopic) -> Iterator[Found]:
    """An outcome has an effect that its measure cannot have."""
    for one in measured(subject.topic.value):
        for key, effect in one.outcome.effects.items():
            if one.outcome.measure not in COMPARES[effect.statistic]:
                fitting = [name for name, measures in COMPARES.items() if one.outcome.measure in measures]
                message = f"an outcome of measure {one.outcome.measure} has no {effect.statistic}"
                origin = subject.topic.document.origin((*one.path, "effects", key, "statistic"))
                yield Found(origin, message, f"it may have {', '.join(fitting)}")


@rule("EVID04", OfTopic, "error", why="A number without its unit may be anything.", source=REGISTRY, waivable=False)
def no_unit(subject: OfTopic) -> Iterator[Found]:
    """A median, a mean or a rate has no unit."""
    for one in measured(subject.topic.value):
        stated = any(not isinstance(result.rate, NotStated) for _, _, result in one.outcome.results())
        if one.outcome.measure != "proportion" and one.outcome.unit is None and stated:
            instead = "add unit, such as month, mg, percentage_point or per_100_person_years"
            yield Found(subject.topic.document.key_origin(one.path), "the outcome has no unit", instead)


@rule(
    "EVID05",
    OfTopic,
    "error",
    why="Whether 0.74 is good or bad depends on what is counted; a reader must not have to guess.",
    source="Cochrane Handbook, chapter 14: say which direction of an effect is a benefit",
    waivable=False,
)
def no_direction(subject: OfTopic) -> Iterator[Found]:
    """An outcome has an effect with a value, but does not say which direction is better."""
    for one in measured(subject.topic.value):
        valued = any(not isinstance(effect.value, NotStated) for effect in one.outcome.effects.values())
        if valued and one.outcome.better is None and not is_harm(one):
            message = "the outcome has an effect, and does not say what is better"
            yield Found(subject.topic.document.key_origin(one.path), message, "add better: higher, or better: lower")


@rule(
    "EVID06",
    OfTopic,
    "error",
    why="Fewer than half of the people had reached it, so no upper limit can be known.",
    source="Brookmeyer and Crowley 1982: limits of a median survival time",
    waivable=False,
)
def limit_of_an_unreached_median(subject: OfTopic) -> Iterator[Found]:
    """A median that was not reached has an upper limit."""
    for one in counted(subject.topic.value):
        if isinstance(one.result.median, NotReached) and one.result.interval and one.result.interval[1] is not None:
            origin = subject.topic.document.origin((*one.path, "interval"))
            yield Found(origin, "a median that was not reached has an upper limit", "write null for it")


@rule(
    "EVID07",
    OfTopic,
    "error",
    why="Whom a study compares must be known before its numbers are.",
    source="CONSORT 2025, item 9: the groups that people were assigned to",
    waivable=False,
)
def design_without_its_arms(subject: OfTopic) -> Iterator[Found]:
    """A randomized study with results names fewer than two arms, or a study of one arm names several."""
    for path, report in subject.topic.value.reports():
        if not isinstance(report, Study):
            continue
        arms, origin = len(report.arms), subject.topic.document.origin((*path, "design"))
        if report.design == "randomized" and arms < 2 and any(True for _ in report.measured()):
            message = "a randomized study has one arm" if arms else "a randomized study has no arms"
            yield Found(origin, message, "name every group in arms")
        if report.design == "single_arm" and arms > 1:
            yield Found(origin, f"a study of one arm names {arms} arms", "keep one, or write another design")


@rule(
    "EVID08",
    OfTopic,
    "warning",
    why="Half the risk may be much or next to nothing: it depends on what the risk was.",
    source="CONSORT 2025, item 26: absolute and relative effects of a binary outcome",
)
def relative_alone(subject: OfTopic) -> Iterator[Found]:
    """A randomized study gives a proportion's ratio, but not what happened in each arm."""
    for one in measured(subject.topic.value):
        relative = [e for e in one.outcome.effects.values() if e.statistic in ("risk_ratio", "odds_ratio", "efficacy")]
        if one.study.design == "randomized" and one.outcome.measure == "proportion" and relative:
            without = set(one.study.arms) - set(one.outcome.arms)
            missing = [arm for e in relative for arm in (e.of, e.to) if arm in without]
            if missing:
                message = f"a ratio is given, and no result of {' and '.join(dict.fromkeys(missing))}"
                origin = subject.topic.document.key_origin(one.path)
                yield Found(origin, message, "add the count or the percent of each arm")


@rule(
    "EVID09",
    OfTopic,
    "error",
    why="Words name an outcome's arms, effects and grades by their ids, so each must mean one thing.",
    source="a rule of this program",
    waivable=False,
)
def id_with_two_meanings(subject: OfTopic) -> Iterator[Found]:
    """Two of an outcome's arms, effects and grades have the same id, or one has the name of an outcome's own field."""
    for one in measured(subject.topic.value):
        outcome, seen = one.outcome, set[str]()
        arms = {arm: ("arms", arm) for arm in outcome.arms}
        for key, inner in (
            *arms.items(),
            *((grade, ("grades", grade)) for grade in outcome.grades),
            *((effect, ("effects", effect)) for effect in outcome.effects),
        ):
            if key in seen or key in NAMES_OF_OUTCOMES:
                origin = subject.topic.document.key_origin((*one.path, *inner))
                yield Found(origin, f"'{key}' has another meaning in this outcome", f"rename it, like '{key}_group'")
            seen.add(key)
