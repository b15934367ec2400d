"""The formats of words in both shipped languages: what each prints, and what it says of values that it cannot."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, edition_of, locale

from handouts.compose.context import values_of
from handouts.compose.numbers import Formatter
from handouts.compose.results import report_view
from handouts.compose.template import render_html
from handouts.compose.word_formats import NumberWords
from handouts.compose.wording import fill_words
from handouts.model.fit import fit
from handouts.model.load import load
from handouts.model.plural_forms import PluralForms
from handouts.model.topic import Fact, Study
from handouts.model.words import Term
from handouts.problems import Problem, ProblemsError

HAZARD = {"statistic": "hazard_ratio", "of": "drug", "to": "dummy", "value": Decimal("0.74")}
STUDY: dict[str, Any] = {
    "source": "mmrf", "status": "final", "phase": "III", "setting": "x", "design": "randomized", "enrolled": "about 57",
    "arms": {"drug": {"role": "experimental", "n": 418}, "dummy": {"role": "placebo_comparator", "n": 417}},
    "facts": {"cycle": {"value": 3, "unit": "week"}},
    "outcomes": {
        "few": {"count": 9, "n": 50},
        "rare": {"count": 8, "n": 18_198},
        "most": {"count": 18_197, "n": 18_198},
        "nobody": {"count": 0, "n": 247},
        "everybody": {"count": 50, "n": 50},
        "published": {"percent": 26},
    } | {
        key: {
            "measure": "time_to_event",
            "unit": "month",
            "arms": {"drug": {"median": Decimal("20.6")}, "dummy": {"median": "not_reached"}},
            "effects": {"hr": HAZARD | {"p": p}},
        }
        for key, p in (("number", Decimal("0.0730")), ("below", "<0.0001"), ("above", ">0.9"))
    },
    "harms": {
        "alone": {"count": 1},
        "both": {"count": 5, "n": 40, "percent": Decimal("12.5")},
        "scarce": {"count": 1, "n": 4_000, "percent": 0},
        "compared": {"arms": {"drug": {"percent": 28}, "dummy": {"percent": 22}}},
        "change": {
            "measure": "continuous",
            "unit": "percentage_point",
            "arms": {"drug": {"mean": Decimal("-1.14")}, "dummy": {"mean": Decimal("-0.51")}},
        },
        "pressure": {"measure": "continuous", "unit": "points", "mean": 3},
    },
}  # fmt: skip
FACTS: dict[str, dict[str, Any]] = {
    "iron": {"value": [5, 7], "unit": "day"},
    "week": {"value": 1, "unit": "week"},
    "weeks": {"value": Decimal("1.0"), "unit": "week"},
    "fall": {"value": Decimal("-1.14"), "unit": "percentage_point"},
    "pressure": {"value": 3, "unit": "mm_hg"},
    "score": {"value": 12_640, "unit": "score"},
    "number": {"value": 3},
    "range": {"value": [2, 3]},
    "opens": {"value": "08:05"},
    "noon": {"value": "12:00"},
    "midnight": {"value": "00:30"},
    "closes": {"value": "18:00"},
    "date": {"value": "2015-11"},
    "endless": {"value": [5, 10**20]},
}
EDITION = edition_of(CONTENT, "ixazomib")
TOPIC = replace(
    EDITION.topic,
    studies={"study": fit(STUDY, Study)},
    facts={key: fit({**fact, "source": "mmrf"}, Fact) for key, fact in FACTS.items()},
)
VIEWS = {key: report_view(key, study, study) for key, study in TOPIC.studies.items()}
VALUES = values_of(TOPIC, EDITION.words, EDITION.locale, VIEWS)
PLURALS: dict[str, dict[str, PluralForms]] = {
    "en": {"case": {"one": "one case", "other": "{n} cases"},
           "score": {"one": "score {n}", "other": "score {n} of all"}},
    "es": {"case": {"one": "un caso", "other": "{n} casos"}, "score": {"one": "{n}", "other": "{n}"}},
}  # fmt: skip


def _fill(expression: str, language: str) -> str:
    shipped = locale(language)
    loaded = load("xx.yaml", f"term: x\nmeaning: '{{{{ {expression} }}}}'\n", Term)
    words = NumberWords(Formatter(shipped.formats), language, shipped.units, PLURALS[language])
    return str(fill_words(loaded.value, loaded.document, VALUES, words)["meaning"])


def _problem(expression: str) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        _fill(expression, "en")
    (problem,) = caught.value.problems
    return problem


# ~ stands for a no-break space.
@pytest.mark.parametrize(
    ("expression", "english", "spanish"),
    [
        ("study.alone.count | plural(case)", "one case", "un caso"),
        ("study.few.count | plural(case)", "9~cases", "9~casos"),
        ("study.nobody.count|plural( case )", "0~cases", "0~casos"),
        ("study.enrolled | plural(case)", "about 57~cases", "alrededor de 57~casos"),
        ("facts.range | plural(case)", "2~to~3~cases", "2~a~3~casos"),
        ("facts.iron | unit", "5~to~7~days", "5~a~7~días"),
        ("facts.iron", "5~to~7", "5~a~7"),
        ("facts.week | unit", "1~week", "1~semana"),
        ("facts.weeks | unit", "1.0~weeks", "1,0~semana"),
        ("facts.fall | unit", "−1.14~percentage points", "−1,14~puntos porcentuales"),
        ("facts.fall | absolute", "1.14", "1,14"),
        ("facts.fall", "−1.14", "−1,14"),
        ("facts.fall | decimals(1)", "−1.1", "−1,1"),
        ("facts.score | unit", "score~12,640~of all", "12~640"),
        ("facts.opens | time", "8:05~am", "8:05"),
        ("facts.opens", "8:05~am", "8:05"),
        ("facts.noon | time", "12:00~pm", "12:00"),
        ("facts.midnight | time", "12:30~am", "0:30"),
        ("facts.closes | time", "6:00~pm", "18:00"),
        ("study.nobody.count | none", "none", "ninguno"),
        ("study.few.count | none", "9", "9"),
        ("study.number.hr.p | p", "=0.0730", "=0,0730"),
        ("study.below.hr.p | p", "<0.0001", "<0,0001"),
        ("study.above.hr.p | p", ">0.9", ">0,9"),
        ("study.below.hr.p", "<0.0001", "<0,0001"),
        ("study.number.drug.median | unit", "20.6~months", "20,6~meses"),
        ("study.number.drug.median", "20.6", "20,6"),
        ("study.number.dummy.median | unit", "not reached", "no alcanzada"),
        ("study.change.drug.mean | absolute", "1.14", "1,14"),
        ("study.cycle | unit", "3~weeks", "3~semanas"),
        ("study.few | per(100)", "18~in~100", "18~de~cada~100"),
        ("study.few.count | per(10000)", "1,800~in~10,000", "1~800~de~cada~10~000"),
        ("study.rare | per(1000)", "fewer than 1~in~1,000", "menos de 1~de~cada~1~000"),
        ("study.rare | per(10000)", "4~in~10,000", "4~de~cada~10~000"),
        ("study.most | per(100)", "more than 99~in~100", "más de 99~de~cada~100"),
        ("study.nobody | per(100)", "none~of~247", "ninguno~de~247"),
        ("study.everybody | per(100)", "100~in~100", "100~de~cada~100"),
        ("study.published.percent | per(100)", "26~in~100", "26~de~cada~100"),
        ("study.both | per(100)", "13~in~100", "13~de~cada~100"),
        ("study.compared.drug | per(100)", "28~in~100", "28~de~cada~100"),
        ("study.compared.dummy.percent | per(100)", "22~in~100", "22~de~cada~100"),
        ("study.rare | percent", "0.04%", "0,04~%"),
        ("study.rare.share | percent", "0.04%", "0,04~%"),
        ("study.rare.percent", "0.04", "0,04"),
        ("study.rare.percent | decimals(0)", "0.04", "0,04"),
        ("study.most.percent | percent(1)", "99.99%", "99,99~%"),
        ("study.few.count | percent", "18%", "18~%"),
        ("study.few.share | percent", "18.0%", "18,0~%"),
        ("study.nobody | percent", "0%", "0~%"),
        ("study.nobody.per_100", "0", "0"),
        ("study.both.percent | percent", "12.5%", "12,5~%"),
        ("study.both.count | percent", "13%", "13~%"),
        ("study.scarce.percent | percent", "0.03%", "0,03~%"),
        ("study.compared.dummy.percent | percent", "22%", "22~%"),
        ("study.published | percent(1)", "26.0%", "26,0~%"),
    ],
)  # fmt: skip
def test_a_format_prints_a_value_as_the_language_does(expression: str, english: str, spanish: str) -> None:
    assert _fill(expression, "en") == english.replace("~", "\N{NO-BREAK SPACE}")
    assert _fill(expression, "es") == spanish.replace("~", "\N{NO-BREAK SPACE}")


@pytest.mark.parametrize(
    ("expression", "what", "instead"),
    [
        ("study.few.count | plural(cas)", "which 'plurals' does not have", "did you mean 'case'?"),
        ("study.few.count | plural(cup)", "does not have", 'add it: plurals: {cup: {one: "{n} …", other: '),
        ("study.few | plural(case)", "is a result, not a number", "name a count"),
        ("study.rare.per_100 | plural(case)", "0 in 100, though 8 of 18,198 are", "per(10000)"),
        ("study.rare.per_100", "0 in 100, though 8 of 18,198 are fewer than 1", "'| per(10000)'"),
        ("study.most.per_100", "100 in 100, though 18,197 of 18,198 are more than 99", "'| per(10000)'"),
        ("facts.pressure | unit", "for which 'en' has no words", 'plurals: {mm_hg: {one: "{n} …", other: "{n} …"}}'),
        ("facts.number | unit", "has no unit", "give it 'unit:'"),
        ("facts.opens | unit", "has no unit", "without '| unit'"),
        ("study.number.hr | unit", "has no unit", "give it 'unit:'"),
        ("facts.date | time", "is a date, not a time of day", "'08:30'"),
        ("facts.iron | decimals(1)", "is not a number to format", ""),
        ("facts.opens | absolute", "is not a number to format", ""),
        ("facts.date | none", "is not a number to format", ""),
        ("facts.endless | unit", "beyond 15 digits", "write a smaller one"),
        ("facts.number | p", "is a number, not a p value", "study.outcome.effect.p"),
        ("facts.number | per(100)", "is a number, not people of so many", "name a result of people"),
        ("study | per(100)", "is a record, not people of so many", "name a result"),
        ("study.alone | per(100)", "neither a count with its denominator", "denominator in topic.yaml"),
        ("study.alone.count | percent", "neither a count with its denominator", "as the source does"),
        ("study.published | per(1000)", "does not say how many of 1,000", "or write per(100)"),
    ],
)  # fmt: skip
def test_what_cannot_be_printed_is_told_at_its_name(expression: str, what: str, instead: str) -> None:
    problem = _problem(expression)
    path = expression.partition(" ")[0]
    assert (str(problem.origin), problem.code) == ("xx.yaml:2:14", "WORDS01")
    assert problem.message.startswith(f"'{path}' ")
    assert what in problem.message
    assert instead in problem.instead


@pytest.mark.parametrize(
    ("format_", "what", "instead"),
    [
        ("per", "what rates are out of", "per(100), per(1000), per(10000) or per(100000)"),
        ("per(50)", "what rates are out of", "per(1000)"),
        ("per(case)", "what rates are out of", "per(1000)"),
        ("per(100, 100)", "what rates are out of", "per(1000)"),
        ("plural", "an id of 'plurals'", "plural(case)"),
        ("plural(1)", "an id of 'plurals'", "plural(case)"),
        ('plural("case")', "an id of 'plurals'", "plural(case)"),
        ("plural(case.one)", "an id of 'plurals'", "plural(case)"),
        ("unit(day)", "nothing", "write '| unit' alone"),
        ("none(1)", "nothing", "write '| none' alone"),
        ("decimals(case)", "0 to 6 decimals", ""),
    ],
)
def test_what_a_format_is_given_in_brackets_is_of_its_kind(format_: str, what: str, instead: str) -> None:
    problem = _problem(f"study.few.count | {format_}")
    name = format_.partition("(")[0]
    assert problem.message == f"gives '{name}' something else than {what}"
    assert instead in problem.instead


def test_templates_print_facts_without_their_unit_and_can_name_its_parts() -> None:
    text = "{{ facts.iron }}|{{ facts.iron.unit }}|{{ facts.iron.value.low }}|{{ facts.opens }}|{{ facts.opens.hour }}"
    written = Formatter(locale("en").formats).text
    printed = render_html("a.html.j2", {"a.html.j2": text}, {"facts": VALUES["facts"]}, written)
    assert printed.replace("\N{NO-BREAK SPACE}", "~") == "5~to~7|day|5|8:05~am|8"
