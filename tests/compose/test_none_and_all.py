"""Whatever shows people of so many: no text says none of some, all of most, or no difference where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from show_samples import cells, counted, shown, view
from test_results import result
from thoroughness import examples
from topic_samples import locale

from handouts.compose.numbers import Formatter
from handouts.compose.plain import plain
from handouts.compose.results import Interval
from handouts.compose.word_formats import FORMATS, NumberWords, Reached
from handouts.compose.wording import Wording
from handouts.figures.shapes import Chart
from handouts.model.section import DocumentName
from handouts.plan.blocks import FigureBlock, Table
from handouts.problems import ProblemsError

LANGUAGES = ("en", "es")
NONE = {
    "en": re.compile(r"(?<![\d.])0(\.0+)?(?=%| in |–)|\bnone\b|no difference"),
    "es": re.compile(r"(?<![\d,])0(,0+)?(?= %| de cada |–)|\bningun[oa]?\b|sin diferencia"),
}
ALL = {
    "en": re.compile(r"(?<![\d.])100(\.0+)?%|–100(\.0+)?\b|(?<![\d,])(1[0,]+) in \3(?!,?\d)"),
    "es": re.compile(r"(?<![\d,])100(,0+)? %|[-–]100(,0+)?\b|(?<![\d ])(1[0 ]+) de cada \3(?! ?\d)"),
}
SAYS = {
    "en": ("0%", "0.0% of", "none", "0.0–1.8", "0 in 100"),
    "es": ("0 %", "0,0 %", "ninguno", "0,0–1,8", "0 de cada 100"),
}
SAYS_ALL = {
    "en": ("100%", "100.0%", "98.2–100.0", "100 in 100", "1,000 in 1,000"),
    "es": ("100 %", "100,0 %", "98,2–100,0", "100 de cada 100", "1 000 de cada 1 000"),
}
OTHER = {
    "en": ("10%", "0.3% and 1.0%", "10.0–12.0", "20 in 100", "100 in 1,000", "10 in 10,000", "more than 99 in 100"),
    "es": ("10 %", "0,3 % y 1,0 %", "10,0–12,0", "20 de cada 100", "100 de cada 1 000", "10 de cada 10 000", "0,04 %"),
}
OF_ONE_GROUP = ("icon_array", "part_bar", "rates", "facts_box", "outcomes_table")
OF_TWO_GROUPS = ("paired_bars", "facts_box", "dumbbell", "outcomes_table", "harms_table")
COUNTED = st.integers(2, 100_000).flatmap(
    lambda of: st.tuples(st.integers(1, of - 1) | st.sampled_from((1, of - 1)), st.just(of))
)
"""Some, and not all."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_says_none_or_all_is_known(language: str) -> None:
    assert all(NONE[language].search(text) for text in SAYS[language])
    assert all(ALL[language].search(text) for text in SAYS_ALL[language])
    assert not any(pattern[language].search(text) for pattern in (NONE, ALL) for text in OTHER[language])


def texts(made: FigureBlock | Table | None) -> Iterator[str]:
    """What a figure or table says, in its drawing, its native chart, its alt text and its cells."""
    if isinstance(made, Table):
        for row in cells(made):
            yield from row
    if isinstance(made, FigureBlock):
        figure = made.figure
        yield figure.alt.replace("\N{NO-BREAK SPACE}", " ")
        for row in figure.data:
            yield from (text.replace("\N{NO-BREAK SPACE}", " ") for text in row)
        if isinstance(figure.chart, Chart):
            for bar in figure.chart.bars:
                yield from (bar.text, bar.interval)


def said_of(name: str, study: Any, document: DocumentName, language: str, per: int | None) -> list[str]:
    """All that a show says of a study; nothing where it refuses to show it."""
    if document == "handout" and name in ("outcomes_table", "harms_table"):
        return []
    try:
        asked = {} if per is None else {"per": str(per)}
        return list(texts(shown(name, study, document=document, language=language, **asked)))
    except ProblemsError as refused:
        assert "cannot be drawn" in refused.problems[0].message
        return []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OF_ONE_GROUP)
@settings(max_examples=examples(60), deadline=None)
@given(counts=COUNTED, document=st.sampled_from(("handout", "deck")), per=st.sampled_from((None, 100, 1_000)))
def test_of_one_group_some_are_neither_none_nor_all(
    language: str, name: str, counts: tuple[int, int], document: DocumentName, per: int | None
) -> None:
    count, of = counts
    said = said_of(name, view({}, outcomes={"x": {"count": count, "n": of}}), document, language, per)
    assert not [text for text in said if NONE[language].search(text) or ALL[language].search(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OF_TWO_GROUPS)
@settings(max_examples=examples(60), deadline=None)
@given(a=COUNTED, b=COUNTED, document=st.sampled_from(("handout", "deck")), per=st.sampled_from((None, 100, 1_000)))
def test_of_two_groups_some_are_neither_none_nor_all_and_what_differs_differs(
    language: str, name: str, a: tuple[int, int], b: tuple[int, int], document: DocumentName, per: int | None
) -> None:
    study = view(outcomes={"x": counted(a, b)}, harms={"y": counted(a, b)})
    said = said_of(name, study, document, language, per)
    differ = a[0] * b[1] != b[0] * a[1]
    none = NONE[language]
    assert not [text for text in said if (none.search(text) and differ) or ALL[language].search(text)]
    assert not differ or not [text for text in said if re.fullmatch(r"[+−]?0([.,]0+)?", text)]


@pytest.mark.parametrize("document", ["handout", "deck"])
def test_nobody_and_everybody_are_said_as_they_are(document: DocumentName) -> None:
    study = view(outcomes={"x": counted((0, 300), (300, 300))}, harms={"y": counted((299, 300), (0, 300))})
    assert cells(shown("facts_box", study, document=document))[1:] == [
        ["Outcome X", "none", "100 in 100", "100 fewer in 100"],
        ["Outcome Y", "more than 99 in 100", "none", "more than 99 more in 100"],
    ]
    nobody = list(texts(shown("rates", view({}, outcomes={"x": {"count": 0, "n": 300}}))))
    assert nobody[0] == "Bar chart of response rates. Outcome X: 0%, exact 95% interval 0.0–1.2."


def test_ends_of_an_interval_have_the_decimals_that_they_need() -> None:
    """Clopper-Pearson, 95%: 1 of 300 is 0.00844% to 1.843%, 8 of 18,198 0.0190% to 0.0866%."""
    ends = {
        (1, 300): ("0.01", "1.84"),
        (299, 300): ("98.16", "99.99"),
        (0, 300): ("0.0", "1.2"),
        (300, 300): ("98.8", "100.0"),
        (8, 18_198): ("0.02", "0.09"),
        (1, 100_000): ("0.00003", "0.00557"),
        (9, 50): ("8.6", "31.4"),
    }
    for (count, of), (low, high) in ends.items():
        assert result(count=count, n=of).interval == Interval(Decimal(low), Decimal(high))


def test_groups_whose_percentages_are_the_same_differ_by_what_their_counts_do() -> None:
    block = shown("dumbbell", view(harms={"y": counted((150, 300), (151, 300))}))
    assert isinstance(block, FigureBlock)
    assert block.figure.data == (("Outcome Y", "50%", "50%", "−0.3"),)
    same = shown("dumbbell", view(harms={"y": counted((150, 300), (50, 100))}))
    assert isinstance(same, FigureBlock)
    assert same.figure.data == (("Outcome Y", "50%", "50%", "0"),)


@pytest.mark.parametrize("percent", ["0", "0.0"])
def test_somebody_of_nobody_knows_how_many_is_not_zero_percent(percent: str) -> None:
    found = result(count=1, n="not_stated", percent=Decimal(percent))
    assert (found.percent, found.share) == (None, None)
    assert result(count=0, n="not_stated", percent=Decimal(percent)).percent == Decimal(percent)


EFFECT = {"statistic": "hazard_ratio", "of": "a", "to": "b", "value": Decimal("0.996"), "p": Decimal("0.996"),
          "interval": [Decimal("0.004"), Decimal("1.004")]}  # fmt: skip
STUDY = view(
    outcomes={
        "x": {"better": "higher", **counted((1, 300), (299, 300)),
              "effects": {"hr": EFFECT, "ve": {**EFFECT, "statistic": "efficacy", "value": Decimal("99.96"),
                                               "interval": [Decimal("0.04"), Decimal("99.98")]}}},
        "y": {"measure": "continuous", "unit": "percentage_point", "better": "lower",
              "arms": {"a": {"mean": Decimal("-0.04"), "sd": Decimal("0.4")}, "b": {"mean": Decimal("99.6")}}},
        "old": {"measure": "time_to_event", "unit": "month",
                "arms": {"a": {"median": Decimal("0.04"), "interval": [Decimal("0.02"), Decimal("99.99")]}}},
    }
)  # fmt: skip
LIMIT = Decimal("99.7")


@pytest.mark.parametrize(
    ("expression", "english", "spanish"),
    [
        ("x.hr | decimals(2)", "0.996", "0,996"),
        ("x.hr.value | decimals(0)", "0.996", "0,996"),
        ("x.hr.interval.low | decimals(2)", "0.004", "0,004"),
        ("x.hr.interval.high | decimals(1)", "1.004", "1,004"),
        ("x.hr.p | decimals(2)", "0.996", "0,996"),
        ("x.ve | decimals(1)", "99.96", "99,96"),
        ("x.ve.value | percent(0)", "99.96%", "99,96 %"),
        ("x.ve.interval.high | decimals(0)", "99.98", "99,98"),
        ("x.a.interval.low | decimals(1)", "0.01", "0,01"),
        ("x.b.interval.high | decimals(0)", "99.99", "99,99"),
        ("x.b.share | decimals(0)", "99.7", "99,7"),
        ("y.a.mean | decimals(1)", "−0.04", "−0,04"),
        ("y.a.sd | decimals(0)", "0.4", "0,4"),
        ("y.b.mean | decimals(0)", "99.6", "99,6"),
        ("old.a.median | decimals(1)", "0.04", "0,04"),
        ("old.a.interval.high | decimals(0)", "100", "100"),
        ("fact | percent(0)", "99.7%", "99,7 %"),
        ("fact | decimals(0)", "100", "100"),
        ("zero | decimals(1)", "0.0", "0,0"),
    ],
)
def test_a_format_prints_neither_none_nor_all_nor_no_difference(expression: str, english: str, spanish: str) -> None:
    values = {**STUDY.outcomes["x"].arms, **STUDY.outcomes["x"].effects}
    known = {
        "x": values, "y": STUDY.outcomes["y"].arms, "old": STUDY.outcomes["old"].arms,
        "fact": LIMIT, "zero": Decimal("0.00"),
    }  # fmt: skip
    for language, expected in zip(LANGUAGES, (english, spanish), strict=True):
        words = NumberWords(Formatter(locale(language).formats), language, locale(language).units, {})
        filled = Wording({key: plain(value) for key, value in known.items()}, words).fill(f"{{{{ {expression} }}}}")
        assert filled.replace("\N{NO-BREAK SPACE}", " ") == expected


@settings(max_examples=examples(300))
@given(
    st.decimals(Decimal("-1000"), Decimal("1000"), places=5),
    st.integers(0, 6),
    st.sampled_from(("decimals", "percent")),
)
def test_a_rounded_number_is_nothing_only_where_it_is_nothing(value: Decimal, places: int, name: str) -> None:
    words = NumberWords(Formatter(locale("en").formats), "en", locale("en").units, {})
    printed = FORMATS[name].write(words, Reached(value, None, "value"), places).rstrip("%").replace("−", "-")
    assert (Decimal(printed.replace(",", "")) == 0) == (value == 0)
    if name == "percent":
        assert (Decimal(printed.replace(",", "")) == 100) == (value == 100)
