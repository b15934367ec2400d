"""Numbers and dates that nothing can be are found where they stand, and what is only rare is not."""

from __future__ import annotations

import pytest
from topic_samples import TODAY

from handouts.checks.registry import judged
from handouts.checks.rule import OfTopic
from handouts.model.load import load
from handouts.model.topic import Topic
from handouts.problems import Problem, ProblemsError

TOPIC = """\
schema_version: 2
subject: {{kind: medicine, name: examplinib}}
as_of: {as_of}
main_source: page
sources:
  page: {{title: A page, publisher: Somebody, {page}, registry: NCT01234567}}
facts:
  one: {{{fact}, source: page}}
studies:
  trial:
    design: randomized
    source: page
    status: published
    {joined}
    arms: {{a: {{role: experimental, n: 150}}, b: {{role: placebo_comparator, n: 148}}}}
    outcomes:
      x: {{{outcome}}}
    harms:
      y: {{{harm}}}
sections: {{}}
statements: {{}}
"""
GIVEN = {
    "as_of": "2026-01",
    "page": "as_of: 2026-01",
    "fact": "value: 4, unit: mg",
    "joined": "enrolled: 300",
    "outcome": "arms: {a: {count: 90}, b: {count: 45}}",
    "harm": "arms: {a: {count: 9}, b: {count: 4}}",
}
BETWEEN = "of: a, to: b"
OURS = frozenset(f"NUM{number:02}" for number in range(1, 26))


def found(**given: str) -> list[Problem]:
    """What the rules on numbers find in a topic in which some part is given otherwise."""
    loaded = load("topic.yaml", TOPIC.format(**(GIVEN | given)), Topic)
    return [problem for problem in judged(OfTopic(loaded, TODAY)) if problem.code in OURS]


def place(problem: Problem, **given: str) -> str:
    """The text from the finding's place on, to the end of its line."""
    line = TOPIC.format(**(GIVEN | given)).splitlines()[problem.origin.line - 1]
    return line[problem.origin.column - 1 :]


def only(code: str, at: str, **given: str) -> Problem:
    """The only finding, which is of this rule and at this text."""
    (problem,) = found(**given)
    assert (problem.code, place(problem, **given)[: len(at)]) == (code, at)
    return problem


def timed(a: str, b: str = "{median: 14.7}", effect: str = "", **more: str) -> str:
    effects = f", effects: {{e: {{{effect}, {BETWEEN}}}}}" if effect else ""
    given = "".join(f", {key}: {value}" for key, value in more.items())
    return f"measure: time_to_event, unit: month, better: higher, arms: {{a: {a}, b: {b}}}{effects}{given}"


def shares(a: str, b: str, effect: str) -> str:
    return f"better: lower, arms: {{a: {a}, b: {b}}}, effects: {{e: {{{effect}, {BETWEEN}}}}}"


def means(a: str, b: str = "{mean: -0.51}", effect: str = "", more: str = "change: true") -> str:
    effects = f", effects: {{e: {{{effect}, {BETWEEN}}}}}" if effect else ""
    return f"measure: continuous, unit: percentage_point, better: lower, {more}, arms: {{a: {a}, b: {b}}}{effects}"


def rates(a: str, b: str = "{rate: 2.0}", effect: str = "") -> str:
    effects = f", effects: {{e: {{{effect}, {BETWEEN}}}}}" if effect else ""
    return f"measure: rate, unit: per_100_person_years, better: lower, arms: {{a: {a}, b: {b}}}{effects}"


def test_a_sound_topic_has_no_finding() -> None:
    assert not found()


P40, P60 = "{percent: 40}", "{percent: 60}"


def test_both_ends_of_an_interval_are_told_at_once_and_none_of_what_the_measure_cannot_have() -> None:
    effect = "value: 0.6, interval: [-0.8, -0.4]"
    both = [p.message for p in found(outcome=shares(P40, P60, f"statistic: risk_ratio, {effect}")) if p.code == "NUM16"]
    assert both == ["a risk ratio is above 0, and its interval has -0.8 and -0.4"]
    assert "NUM16" not in [
        p.code for p in found(outcome=means("{mean: -1}", effect=f"statistic: risk_ratio, {effect}"))
    ]


@pytest.mark.parametrize("statistic", ["hazard_ratio", "risk_ratio", "odds_ratio"])
@pytest.mark.parametrize(
    ("effect", "at", "message"),
    [
        ("value: -0.74", "-0.74", "is above 0, and this is -0.74"),
        ("value: 0", "0", "is above 0, and this is 0"),
        ("value: 0.00", "0.00", "is above 0, and this is 0.00"),
        ("value: -0.74, interval: [0.6, 0.9]", "-0.74", "this is -0.74"),
        ("value: 0.74, interval: [-0.1, 0.9]", "[-0.1", "its interval has -0.1"),
        ("value: 0.74, interval: [0, 0.9]", "[0", "its interval has 0"),
        ("value: 0.5, interval: [0, 0.9]", "[0", "its interval has 0"),
        ("value: not_stated, interval: [0, 0.9]", "[0", "its interval has 0"),
    ],
)
def test_a_ratio_is_above_zero(statistic: str, effect: str, at: str, message: str) -> None:
    given = {"outcome": shares(P40, P60, f"statistic: {statistic}, {effect}")}
    problem = only("NUM16", at, **given)
    assert message in problem.message
    assert (problem.severity, "look it up" in problem.instead) == ("error", True)


def test_a_ratio_of_rates_and_one_of_times_are_above_zero() -> None:
    only("NUM16", "-1.2", outcome=rates("{rate: 1.0}", effect="statistic: rate_ratio, value: -1.2"))
    only("NUM16", "0", outcome=timed("{median: 20.6}", effect="statistic: hazard_ratio, value: 0"))


@pytest.mark.parametrize(
    "outcome",
    [
        # Nobody had it; an end that rounds to 0.00; differences and efficacies, which may be below 0.
        shares("{count: 0}", "{count: 10}", "statistic: risk_ratio, value: 0, interval: [0, 0.38]"),
        rates("{rate: 0.0, events: 0}", effect="statistic: rate_ratio, value: 0.00"),
        shares("{percent: 0.1}", "{percent: 8}", "statistic: risk_ratio, value: 0.01, interval: [0.00, 0.08]"),
        shares(P60, P40, "statistic: efficacy, value: -50, interval: [-90, -20]"),
        shares(P40, P60, "statistic: risk_difference, value: -20, interval: [-30, -10]"),
        means("{mean: -1.14}", effect="statistic: mean_difference, value: -0.62, interval: [-0.83, -0.42]"),
        shares(P40, P60, "statistic: hazard_ratio, value: 0.02, interval: [0.004, 0.1]"),
    ],
)
def test_a_ratio_may_be_as_small_as_it_is(outcome: str) -> None:
    assert not found(outcome=outcome)


@pytest.mark.parametrize(
    ("p", "instead"),
    [
        ("0.000", "write p: <0.001"),
        ("0.0000", "write p: <0.0001"),
        ("0", "write the bound that the source prints, such as <0.001"),
        ("0.0", "write the bound that the source prints, such as <0.001"),
        ("1.2", "if it is a percentage, write p: 0.012"),
        ("5", "write p: 0.05"),
        ("-0.04", "look it up in the source"),
        ("500", "look it up in the source"),
    ],
)
def test_a_p_is_a_chance(p: str, instead: str) -> None:
    for significant in ("", ", significant: true", ", significant: false"):
        effect = f"statistic: hazard_ratio, value: 0.74, p: {p}{significant}"
        assert instead in only("NUM17", p, outcome=timed("{median: 20.6}", effect=effect)).instead


def test_what_the_message_on_p_says_can_be_written() -> None:
    for p in ("<0.001", "<0.0001", "0.012", "1", "1.00", "'>0.9'", "0.00001"):
        effect = f"statistic: hazard_ratio, value: 0.74, p: {p}"
        assert not found(outcome=timed("{median: 20.6}", effect=effect))


DAYS = ("percentage_point", "day")
AMOUNTS = {
    "a median time": ("outcome", timed("{median: -3}"), "-3"),
    "an interval of one": ("outcome", timed("{median: 20, interval: [-1, 30]}"), "[-1"),
    "a mean time": ("outcome", means("{mean: -3}", "{mean: 5}", more="subgroup: old").replace(*DAYS), "-3"),
    "a standard deviation": ("outcome", means("{mean: -1.14, sd: -1.24}"), "-1.24"),
    "a standard error": ("outcome", means("{mean: -1.14, se: -0.1}"), "-0.1"),
    "a rate": ("outcome", rates("{rate: -1.0}"), "-1.0"),
    "a rate's interval": ("outcome", rates("{rate: 1.0, interval: [-0.2, 2.2]}"), "[-0.2"),
    "person-time": ("outcome", rates("{rate: 1.0, events: 3, person_time: -300}"), "-300"),
    "no person-time": ("outcome", rates("{events: 3, person_time: 0}"), "0"),
    "a time frame": ("outcome", timed("{median: 20.6}", time_frame="{value: -52, unit: week}"), "-52"),
    "a dose": ("fact", "value: -4, unit: mg", "-4"),
    "no dose": ("fact", "value: 0, unit: mg", "0"),
    "a range of doses": ("fact", "value: [-5, 5], unit: ml", "[-5"),
    "a time": ("fact", "value: -2, unit: hour", "-2"),
    "a range of times": ("fact", "value: [-7, -5], unit: day", "[-7"),
    "an age": ("fact", "value: 180, unit: year", "180"),
    "a range of ages": ("fact", "value: [18, 750], unit: year", "[18"),
    "months longer than a life": ("outcome", timed("{median: 20600}"), "20600"),
}  # fmt: skip


@pytest.mark.parametrize("case", AMOUNTS)
def test_an_amount_is_not_below_none(case: str) -> None:
    part, text, at = AMOUNTS[case]
    problem = only("NUM18", at, **{part: text})
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("fact", "value: 0, unit: hour"),
        ("fact", "value: 0, unit: g"),
        ("fact", "value: [0, 5], unit: mg"),
        ("fact", "value: -20, unit: celsius"),
        ("fact", "value: -5.2, unit: kg"),
        ("fact", "value: -1.14, unit: percentage_point"),
        ("fact", "value: -3"),
        ("fact", "value: 130, unit: year"),
        ("fact", "value: 1500, unit: month"),
        ("fact", "value: 2026-01"),
        ("fact", "value: '08:30'"),
        ("outcome", timed("{median: 0}")),
        ("outcome", timed("{median: 0.0, interval: [0.0, 0.4]}")),
        ("outcome", means("{mean: -1.14, sd: 0}")),
        ("outcome", means("{mean: -10}", "{mean: -9}").replace(*DAYS)),
        ("outcome", rates("{rate: 0, events: 0, person_time: 200}")),
    ],
)
def test_an_amount_may_be_none_a_change_below_it(part: str, text: str) -> None:
    assert not found(**{part: text})


@pytest.mark.parametrize(
    ("part", "text", "at", "said"),
    [
        ("outcome", shares(P40, P60, "statistic: efficacy, value: 120"), "120", "more than all cases"),
        ("outcome", shares(P40, P60, "statistic: efficacy, value: 33, interval: [20, 101]"), "[20", "has 101"),
        ("outcome", shares(P40, P60, "statistic: risk_difference, value: -118"), "-118", "all people apart"),
        ("outcome", shares(P40, P60, "statistic: risk_difference, value: -20, interval: [-130, 1]"), "[-130", "-130"),
        ("outcome", means("{mean: -114}"), "-114", "all people apart"),
        ("outcome", shares(P40, P60, "statistic: risk_ratio, value: 0.67, level: 0.95"), "0.95", "0.95%"),
        ("outcome", shares(P40, P60, "statistic: risk_ratio, value: 0.67, level: 5"), "5", "5%"),
        ("outcome", shares(P40, P60, "statistic: risk_ratio, value: 0.67, level: 950"), "950", "950%"),
        ("outcome", shares(P40, P60, "statistic: risk_ratio, value: 0.67, level: -95"), "-95", "-95%"),
        ("outcome", timed("{median: 20, interval: [10, 30], level: 0.95}"), "0.95", "0.95%"),
        ("fact", "value: 114, unit: percentage_point", "114", "all people apart"),
        ("fact", "value: [5, 114], unit: percentage_point", "[5", "114 percentage points"),
    ],
)
def test_nothing_is_more_than_all(part: str, text: str, at: str, said: str) -> None:
    assert said in only("NUM19", at, **{part: text}).message


def test_what_is_far_and_not_more_than_all() -> None:
    for effect in ("efficacy, value: 100", "efficacy, value: -340", "risk_difference, value: -100",
                   "risk_ratio, value: 0.67, level: 90", "risk_ratio, value: 0.67, level: 99.9"):  # fmt: skip
        codes = {one.code for one in found(outcome=shares(P40, P60, f"statistic: {effect}"))}
        # An efficacy far below 0 beside fewer cases is against its arms.
        assert codes <= {"NUM22"}
        assert ("NUM22" in codes) == ("-340" in effect)


@pytest.mark.parametrize(
    ("outcome", "at", "said"),
    [
        (timed("{median: 20, interval: [21, 30]}"), "20", "is outside its interval, 21 to 30"),
        (timed("{median: 20, interval: [10, 19]}"), "20", "10 to 19"),
        (timed("{median: 20, interval: [null, 19]}"), "20", "… to 19"),
        (timed("{median: 20, interval: [30, 10]}"), "[30", "begins with 30, above its end, 10"),
        (means("{mean: -1.14, interval: [-1.1, 0]}"), "-1.14", "the mean"),
        (rates("{rate: 1.0, interval: [2, 3]}"), "1.0", "the rate"),
    ],
)
def test_an_interval_holds_its_result(outcome: str, at: str, said: str) -> None:
    assert said in only("NUM20", at, outcome=outcome).message


@pytest.mark.parametrize(
    "outcome",
    [
        means("{mean: -1.14}", effect="statistic: mean_difference, value: 0.63, interval: [-0.83, -0.42]"),
        timed("{median: 14.7}", "{median: 20.6}", "statistic: hazard_ratio, value: 0.74, interval: [1.06, 1.7]"),
        shares("{count: 90}", "{count: 45}", "statistic: risk_ratio, value: 0.5, interval: [1.4, 2.6]"),
    ],
)
def test_an_effect_outside_its_interval_is_told_once(outcome: str) -> None:
    only("NUM12", outcome.split("value: ")[1].split(",", maxsplit=1)[0], outcome=outcome)


@pytest.mark.parametrize("interval", ["[10, 30]", "[20, 30]", "[null, 30]", "[10, null]", "[null, null]"])
def test_an_interval_may_lack_an_end_or_begin_with_its_result(interval: str) -> None:
    assert not found(outcome=timed(f"{{median: 20, interval: {interval}}}"))
    assert not found(outcome=timed("{median: not_reached, interval: [10, null]}"))


@pytest.mark.parametrize(
    ("part", "text", "at", "said"),
    [
        ("as_of", "1026-01", "1026-01", "the year is 1026"),
        ("page", "as_of: 1026-01", "1026-01", "the year is 1026"),
        ("page", "as_of: unknown, seen: 1026-01", "1026-01", "the year is 1026"),
        ("page", "as_of: 2025-06, seen: 2025-05", "2025-05", "before its own date, 2025-06"),
        ("joined", "as_of: 2026-02", "2026-02", "later than their source, 'page', which is from 2026-01"),
    ],
)
def test_a_date_can_be(part: str, text: str, at: str, said: str) -> None:
    assert said in only("NUM21", at, **{part: text}).message


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("joined", "as_of: 2026-01-31"),
        ("joined", "as_of: 2026"),
        ("joined", "as_of: about 2026-05"),
        ("page", "as_of: 1998, seen: 2026-01"),
        ("page", "as_of: 2026-01-15, seen: 2026-01"),
        ("fact", "value: 1796"),
        ("fact", "value: 2090-01"),
    ],
)
def test_a_date_as_exact_as_it_is_may_be(part: str, text: str) -> None:
    assert not found(**{part: text})


HR = "statistic: hazard_ratio, value: 0.74"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (timed("{median: 14.7}", "{median: 20.6}", HR), "comes later with 'a', and the median there is shorter: 14.7"),
        (timed("{median: 14.7}", "{median: 20.6}", f"{HR}, interval: [0.59, 0.94]"), "against 20.6 with 'b'"),
        (timed("{median: 14.7}", "{median: not_reached}", HR), "against not reached"),
        (timed("{median: 20.6}", "{median: 14.7}", HR.replace("0.74", "1.35")), "comes sooner with 'a'"),
        (timed("{median: 9}", "{median: 20}", f"{HR}, interval: [0.5, 1.1]"), "shorter: 9"),
        # N Engl J Med 2009;361:947: curves that cross, with one.
        (timed("{median: 5.7}", "{median: 5.8}", f"{HR}, interval: [0.65, 0.85]"), "shorter: 5.7"),
        (timed("{median: 9}", "{median: 12}", HR).replace("higher", "lower"), "comes later with 'a'"),
        (
            shares(P60, P40, "statistic: risk_ratio, value: 0.67"),
            "fewer had it with 'a', and the share there is larger",
        ),
        (shares(P40, P60, "statistic: odds_ratio, value: 2.2"), "more had it with 'a'"),
        (shares(P60, P40, "statistic: risk_difference, value: -20"), "60%, against 40% with 'b'"),
        (shares(P60, P40, "statistic: efficacy, value: 33"), "fewer had it with 'a'"),
        (shares("{count: 90}", "{count: 45}", HR), "60%, against 30.41% with 'b'"),
    ],
)
def test_an_effect_is_not_against_its_arms(outcome: str, said: str) -> None:
    problem = only("NUM22", "-20" if "risk_diff" in outcome else outcome.split("value: ")[1].split(",", maxsplit=1)[0],
                   outcome=outcome)  # fmt: skip
    assert said in problem.message
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    "outcome",
    [
        timed("{median: 20.6}", "{median: 14.7}", HR),
        timed("{median: not_reached}", "{median: 14.7}", HR),
        timed("{median: not_reached}", "{median: not_reached}", HR),
        timed("{median: 14.7}", "{median: 14.7}", HR),
        timed("{median: 51.6}", "{median: 53.6}", "statistic: hazard_ratio, value: 0.939, interval: [0.784, 1.125]"),
        # N Engl J Med 2015;373:1627 and 2017;376:1015: curves that cross, without a proven difference.
        timed("{median: 2.3}", "{median: 4.2}", "statistic: hazard_ratio, value: 0.92, interval: [0.77, 1.11]"),
        timed("{median: 2.1}", "{median: 3.3}", "statistic: hazard_ratio, value: 0.98, p: 0.42"),
        timed("{median: 2.1}", "{median: 3.3}", "statistic: hazard_ratio, value: 0.98, significant: false"),
        timed("{median: 50}", "{median: not_reached}", "statistic: hazard_ratio, value: 0.94, interval: [0.8, 1.1]"),
        timed("{median: 20.6}", "{median: 14.7}", HR.replace("0.74", "1")),
        timed("{median: 20.6}", "{events: 20}", HR),
        # Recovery: a ratio above 1 is one of sooner.
        timed("{median: 10}", "{median: 15}", "statistic: hazard_ratio, value: 1.3").replace("higher", "lower"),
        shares(P40, P60, "statistic: risk_ratio, value: 0.67"),
        shares("{percent: 12.5}", "{percent: 12}", "statistic: risk_ratio, value: 0.97, interval: [0.8, 1.2]"),
        shares("{percent: 12}", "{percent: 12}", "statistic: odds_ratio, value: 0.9"),
        shares(P40, P60, "statistic: efficacy, value: 33"),
        shares("{count: 45}", "{count: 90}", HR),
    ],
)
def test_an_effect_may_say_what_its_arms_say_or_differ_by_chance(outcome: str) -> None:
    assert not found(outcome=outcome)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (timed("{median: 20.6}", "{median: 14.7}", "statistic: median_difference, value: 3"), "5.9, not 3"),
        (timed("{median: 20.6}", "{median: 14.7}", "statistic: median_difference, value: -5.9"), "5.9, not -5.9"),
        (means("{mean: -1.14}", effect="statistic: mean_difference, value: 0.63"), "-0.63, not 0.63"),
        (means("{mean: -1.14}", effect="statistic: mean_difference, value: -6.3"), "-0.63, not -6.3"),
        (rates("{rate: 1.0}", effect="statistic: rate_ratio, value: 2.0"), "0.5, not 2.0"),
        (
            means("{mean: -1.14}", effect="statistic: mean_difference, value: 0.63, interval: [0.42, 0.83]"),
            "-0.63, not 0.63",
        ),
    ],
)
def test_results_give_their_difference(outcome: str, said: str) -> None:
    assert said in only("NUM23", outcome.split("value: ")[1].split(",", maxsplit=1)[0], outcome=outcome).message


@pytest.mark.parametrize(
    "outcome",
    [
        timed("{median: 20.6}", "{median: 14.7}", "statistic: median_difference, value: 5.9"),
        timed("{median: 20.6}", "{median: 14.7}", "statistic: median_difference, value: 6"),
        timed("{median: not_reached}", "{median: 14.7}", "statistic: median_difference, value: 6"),
        # Lancet 2009;373:473-481: adjusted.
        means("{mean: -1.14}", effect="statistic: mean_difference, value: -0.62"),
        means("{mean: -1.1}", "{mean: -0.5}", "statistic: mean_difference, value: -0.53"),
        rates("{rate: 1.0}", effect="statistic: rate_ratio, value: 0.55"),
        # Lancet 2018;391:2225: adjusted for what differed at the start.
        means("{mean: 58.8}", "{mean: 49.7}", "statistic: mean_difference, value: 6.8, interval: [1.7, 12.0]"),
        # The median of all pairs' differences (Hodges and Lehmann).
        means("{median: 30}", "{median: 35}", "statistic: median_difference, value: -3, interval: [-6, -0.5]"),
        rates("{rate: not_stated}", effect="statistic: rate_ratio, value: 0.55"),
    ],
)
def test_results_may_be_rounded_or_adjusted(outcome: str) -> None:
    assert not found(outcome=outcome)


@pytest.mark.parametrize(
    ("given", "at", "said"),
    [
        ({"harm": "arms: {a: {count: 9, n: 301}, b: {count: 4}}"}, "301", "301 are counted of 300 who joined"),
        ({"harm": "arms: {a: {count: 301, n: not_stated}, b: {count: 4}}"}, "301", "301 are counted of 300"),
        ({"harm": "n: 400, arms: {a: {count: 9}, b: {count: 4}}"}, "400", "400 are counted of 300 who joined"),
        ({"harm": "grades: {severe: {a: {count: 9, n: 301}}}"}, "301", "301 are counted of 300 who joined"),
        ({"harm": "count: 9, n: 301"}, "301", "301 are counted of 300 who joined"),
        ({"harm": "count: 9, n: 500", "joined": "enrolled: about 300"}, "500", "counted of about 300 who joined"),
        ({"joined": "enrolled: 149"}, "150", "'a' has 150 people, and 149 joined"),
        # Told once, not of each number.
        (
            {"joined": "enrolled: 30", "harm": "arms: {a: {count: 9, n: 149}, b: {count: 4, n: 147}}"},
            "150",
            "'a' has 150 people, and 30 joined",
        ),
    ],
)
def test_no_more_people_are_counted_than_took_part(given: dict[str, str], at: str, said: str) -> None:
    problem = only("NUM24", at, **given)
    assert said in problem.message
    assert problem.severity == "error"


@pytest.mark.parametrize(
    ("given", "at", "said"),
    [
        ({"outcome": "count: 9, n: 301"}, "301", "301 are counted of 300 who joined"),
        ({"harm": "arms: {a: {count: 9, n: 160}, b: {count: 4, n: 150}}"}, "arms", "310 people together, and 300"),
        ({"joined": "enrolled: 297"}, "arms", "the arms have 298 people together, and 297 joined"),
        # A crossover trial, told once.
        (
            {"joined": "enrolled: 150", "harm": "arms: {a: {count: 9, n: 150}, b: {count: 4, n: 148}}"},
            "arms",
            "298 people together, and 150 joined; look both up in the source; where people were in several arms",
        ),
        ({"harm": "arms: {a: {count: 9, n: 153}}", "joined": "planned: 300"}, "153", "which has 150 people"),
        (
            {"harm": "arms: {a: {count: 9, n: 160}, b: {count: 4, n: 130}}", "joined": "planned: 300"},
            "160",
            "which has 150 people",
        ),
        ({"outcome": "arms: {a: {count: 9, n: 160}, b: {count: 4, n: 150}}"}, "arms", "310 people together, and 300"),
        ({"harm": "arms: {a: {count: 9, n: 160}}"}, "160", "which has 150 people, and can have had 152 of the 300"),
        ({"harm": "arms: {a: {count: 153, n: not_stated}}"}, "153", "153 are counted in 'a'"),
        ({"harm": "arms: {a: {count: 9, n: 160}}", "joined": "planned: 300"}, "160", "which has 150 people"),
    ],
)
def test_no_more_people_are_counted_than_an_arm_can_have(given: dict[str, str], at: str, said: str) -> None:
    problem = only("NUM25", at, **given)
    assert said in f"{problem.message}; {problem.instead}"
    assert problem.severity == "warning"


@pytest.mark.parametrize(
    "given",
    [
        {"joined": "enrolled: 298"},
        {"joined": "enrolled: about 290"},
        # N Engl J Med 2016;374:1621: 360 and 362 were randomised, 361 and 359 treated.
        {"harm": "arms: {a: {count: 9, n: 151}, b: {count: 4, n: 147}}", "joined": "enrolled: 298"},
        {"harm": "arms: {a: {count: 9, n: 151}, b: {count: 4, n: 146}}", "joined": "planned: 300"},
        {"joined": "planned: 200"},
        {"harm": "arms: {a: {count: 9, n: 152}, b: {count: 4, n: 148}}"},
        {"harm": "arms: {a: {count: 9, n: 140}, b: {count: 4, n: 140}}"},
        {"harm": "arms: {a: {count: 150, n: not_stated}, b: {count: 4, n: not_stated}}"},
        {"harm": "arms: {a: {count: 9, n: 160}, b: {count: 4, n: 160}}", "joined": "enrolled: about 330"},
        {"harm": "measure: rate, unit: per_100_person_years, arms: {a: {events: 900, person_time: 1000}}"},
    ],
)
def test_all_who_joined_may_be_counted(given: dict[str, str]) -> None:
    assert not found(**given)


@pytest.mark.parametrize(
    ("harm", "at", "said"),
    [
        ("arms: {a: {count: 9}}, grades: {'3+': {a: {count: 10}}}", "{count: 10", "any grade counts 9, but grade 3+"),
        ("arms: {a: {percent: 9}}, grades: {severe: {a: {percent: 10}}}", "{percent: 10", "9%, but grade severe alone"),
    ],
)
def test_no_grade_counts_more_than_all_grades(harm: str, at: str, said: str) -> None:
    assert said in only("NUM04", at, harm=harm).message
    assert not found(harm=harm.replace("10", "9"))


def test_somebody_is_more_than_zero_percent() -> None:
    harm = "arms: {a: {count: 1, n: not_stated, percent: 0}}"
    assert "1 of any number of people is more than 0%" in only("NUM02", "0", harm=harm).message
    assert not found(harm=harm.replace("count: 1", "count: 0"))
    assert not found(harm=harm.replace("percent: 0", "percent: 0.4"))


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        ("value: 0.74, interval: [0.6, 0.9], p: 0.3", "p is 0.3, and the interval 0.6 to 0.9 excludes 1"),
        ("value: 0.74, interval: [0.5, 1.2], p: 0.001", "p is 0.001, and the interval 0.5 to 1.2 holds 1"),
        ("value: 0.74, interval: [0.5, 1.2], p: <0.001", "p is <0.001, and the interval 0.5 to 1.2 holds 1"),
    ],
)
def test_p_and_interval_say_the_same(effect: str, said: str) -> None:
    outcome = timed("{median: 20.6}", effect=f"statistic: hazard_ratio, {effect}")
    assert said in only("NUM13", effect.split("p: ")[1], outcome=outcome).message


@pytest.mark.parametrize(
    "effect",
    [
        "value: 0.74, interval: [0.6, 0.9], p: 0.003",
        "value: 0.74, interval: [0.5, 1.2], p: 0.3",
        "value: 0.74, interval: [0.6, 1.00], p: 0.03",
        "value: 0.74, interval: [0.6, 0.99], p: 0.055",
        "value: 0.74, interval: [0.6, 0.9], p: <0.5",
        "value: 0.74, interval: [0.6, 1.1], p: 0.02, level: 99",
        "value: 0.74, interval: [0.6, 0.9], p: 0.3, interval_kind: credible",
        "value: 0.74, interval: [0.6, null], p: 0.3",
    ],
)
def test_p_and_interval_may_be_rounded_or_of_another_kind(effect: str) -> None:
    assert not found(outcome=timed("{median: 20.6}", effect=f"statistic: hazard_ratio, {effect}"))


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("outcome", "count: -1, n: 50", "too small; write 0 or more"),
        ("outcome", "count: 1, n: 0", "a whole number or not_stated is wanted"),
        ("outcome", "count: 1, n: -50", "a whole number or not_stated is wanted"),
        ("outcome", "count: 1.5, n: 50", "whole number is wanted"),
        ("outcome", timed("{median: 20, events: -1}"), "too small"),
        ("outcome", timed("{median: .nan}"), "is the text '.nan'"),
        ("outcome", timed("{median: 20}", effect=f"{HR}, p: '<0.000'"), "a bound is wanted"),
        ("outcome", timed("{median: 20}", effect=f"{HR}, p: '<1.5'"), "a bound is wanted"),
        ("outcome", timed("{median: 20}", effect=f"{HR}, p: '<-0.1'"), "a bound is wanted"),
        ("joined", "enrolled: -300", "is not a number of people"),
        ("joined", "enrolled: 0", "is not a number of people"),
        ("joined", "evaluable: 0", "too small"),
        ("fact", "value: [7, 5], unit: day", "write the lower number first"),
        ("fact", "value: 20026-11", "where a number"),
        ("fact", "value: '25:30'", "is not a time of day"),
        ("as_of", "20026-01", "is not a date"),
        ("as_of", "2026-13", "is not a date"),
        ("as_of", "2026-02-30", "month 2 of 2026 has 28 days"),
    ],
)
def test_the_schema_makes_it_impossible(part: str, text: str, said: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        found(**{part: text})
    assert any(said in problem.message or said in str(problem) for problem in caught.value.problems)


def test_a_proportion_has_no_interval_of_its_own() -> None:
    given = "count: 9, n: 50, interval: [30, 10]"
    loaded = load("topic.yaml", TOPIC.format(**(GIVEN | {"outcome": given})), Topic)
    (problem,) = [one for one in judged(OfTopic(loaded, TODAY)) if one.code == "EVID02"]
    assert "has no interval" in problem.message
