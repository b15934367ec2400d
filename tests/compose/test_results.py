"""Results as words see them: computed from counts where there are counts, as published where there are none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from topic_samples import locale

from handouts.compose.numbers import Formatter
from handouts.compose.plain import PlainRecord, itself
from handouts.compose.quantity import Quantity
from handouts.compose.records import outcome_record, report_record, study_record
from handouts.compose.results import OutcomeView, ResultView, chain, outcome_view, report_view
from handouts.model.base import NotReached
from handouts.model.fit import fit
from handouts.model.study import NAMES_OF_OUTCOMES, NAMES_OF_STUDIES, Outcome, Study

ENGLISH = Formatter(locale("en").formats)
ARMS = {"drug": {"role": "experimental", "n": 360}, "dummy": {"role": "placebo_comparator"}}


def study(**values: Any) -> Study:
    return fit({"source": "page", "status": "final", "design": "single_arm", "setting": "any"} | values, Study)


def outcome(values: dict[str, Any], arms: dict[str, Any] | None = None) -> OutcomeView:
    whole = study(arms=arms or {})
    return outcome_view("orr", fit(values, Outcome), whole, whole)


def result(**values: Any) -> ResultView:
    found = outcome(values).result
    assert found
    return found


# Part B of the facts: what the numbers of the three early studies allow.
@pytest.mark.parametrize(
    ("count", "n", "share", "low", "high"),
    [
        (6, 46, "13.0", "4.9", "26.3"),
        (7, 46, "15.2", "6.3", "28.9"),
        (9, 50, "18.0", "8.6", "31.4"),
        (47, 52, "90.4", "79.0", "96.8"),
        (30, 52, "57.7", "43.2", "71.3"),
        (12, 52, "23.1", "12.5", "36.8"),
    ],
)
def test_shares_and_exact_intervals_follow_from_counts(count: int, n: int, share: str, low: str, high: str) -> None:
    view = result(count=count, n=n)
    assert view.interval
    assert (view.share, view.interval.low, view.interval.high) == (Decimal(share), Decimal(low), Decimal(high))
    assert view.per_100 == view.percent == round(100 * count / n)
    assert ENGLISH.interval(view.interval) == f"{low}–{high}"
    assert ENGLISH.text(view) == f"{count} of {n}"


def test_a_published_percentage_alone_has_no_count_no_interval_and_no_people_in_100() -> None:
    view = result(percent=Decimal(26))
    assert (view.count, view.n, view.interval, view.per_100) == (None, None, None, None)
    assert (view.percent, view.share) == (Decimal(26), Decimal(26))
    with pytest.raises(TypeError, match="no count of a number of people"):
        ENGLISH.text(view)


def test_a_number_at_risk_that_is_not_stated_stops_shares_and_intervals() -> None:
    view = result(count=2, n="not_stated")
    assert (view.count, view.n, view.percent, view.interval, view.per_100) == (2, None, None, None, None)


def test_a_count_is_derived_only_where_a_percentage_was_published() -> None:
    assert not result(count=6, n=46, basis="derived").derived
    assert result(count=9, n=50, percent=Decimal(18), basis="derived").derived


def test_a_percentage_has_the_decimals_of_the_published_one_and_rounds_half_up() -> None:
    assert result(count=92, n=195, percent=Decimal("47.2")).percent == Decimal("47.2")
    assert result(count=1, n=8).percent == 13


def test_people_analysed_are_those_of_the_result_else_of_its_outcome_else_of_its_arm() -> None:
    arms = {"drug": {"count": 1}, "dummy": {"count": 2, "n": 300}}
    of_arm = outcome({"arms": arms}, ARMS)
    assert [one.n for one in of_arm.results] == [360, 300]
    of_outcome = outcome({"arms": arms, "n": 350}, ARMS)
    assert [one.n for one in of_outcome.results] == [350, 300]
    unknown = outcome({"arms": {"drug": {"count": 1, "n": "not_stated"}, "dummy": {"count": 2}}}, ARMS)
    assert [one.n for one in unknown.results] == [None, None]


def test_an_outcome_has_its_own_source_or_that_of_its_report() -> None:
    assert result(count=1, n=2, source="own").source == "own"
    assert result(count=1, n=2).source == "page"


def test_the_primary_outcome_leads_and_else_the_first() -> None:
    first = {"count": 1, "n": 9}
    ranked = study(outcomes={"a": first, "b": first | {"rank": "primary"}})
    assert (main := report_view("x", ranked, ranked).main) and main.id == "b"
    unranked = study(outcomes={"a": first, "b": first})
    assert (main := report_view("x", unranked, unranked).main) and main.id == "a"
    assert report_view("x", study(), study()).main is None


def test_words_reach_arms_effects_and_grades_by_their_ids() -> None:
    values = {
        "measure": "time_to_event",
        "unit": "month",
        "better": "higher",
        "arms": {"drug": {"median": Decimal("20.6")}, "dummy": {"median": "not_reached", "interval": [9, None]}},
        "effects": {
            "hr": {"statistic": "hazard_ratio", "of": "drug", "to": "dummy", "value": "not_stated", "p": "<0.1"}
        },
    }
    record = outcome_record(outcome(values, ARMS))
    assert record.get("drug").median == Quantity(Decimal("20.6"), "month")
    assert record.get("dummy").median == NotReached()
    assert ENGLISH.text(record.get("dummy").interval) == "9–not reached"
    assert ENGLISH.text(record.get("hr").p) == "<0.1"
    with pytest.raises(TypeError, match="its source does not state it"):
        ENGLISH.text(record.get("hr"))


def test_a_harm_has_results_by_grade_with_arms_and_without() -> None:
    by_arm = outcome_record(outcome({"grades": {"3+": {"drug": {"percent": Decimal(88)}}}}, ARMS))
    assert by_arm.get("3+").get("drug").percent == 88
    assert itself(by_arm) is by_arm, "it has no result of all grades"
    alone = outcome_record(outcome({"count": 4, "n": 9, "grades": {"severe": {"count": 1, "n": 9}}}))
    assert (alone.get("severe").count, itself(alone).count) == (1, 4)


def test_every_name_of_a_record_is_kept_from_the_ids_in_it() -> None:
    whole = study(outcomes={"orr": {"count": 1, "n": 9}})
    view = report_view("x", whole, whole)
    of_study = study_record(report_record(view), None)
    assert set(of_study.names()) - {"orr"} <= NAMES_OF_STUDIES
    inner = of_study.get("orr")
    assert isinstance(inner, PlainRecord)
    assert set(inner.names()) <= NAMES_OF_OUTCOMES


def test_outcomes_within_one_another_come_the_widest_first_and_a_circle_ends() -> None:
    one = {"count": 1, "n": 9}
    nested = study(outcomes={"cr": one | {"within": "vgpr"}, "vgpr": one | {"within": "orr"}, "orr": one})
    views = report_view("x", nested, nested).outcomes
    assert [found.id for found in chain(views, views["vgpr"])] == ["orr", "vgpr", "cr"]
    circle = study(outcomes={"a": one | {"within": "b"}, "b": one | {"within": "a"}})
    views = report_view("x", circle, circle).outcomes
    assert len(list(chain(views, views["a"]))) == 2
