"""`<figure data-figure="…">` → a drawn figure: looks up the numbers and words that the drawing needs, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NoReturn

from handouts.compose.comparisons import Comparisons
from handouts.compose.context import Context
from handouts.compose.html import Element
from handouts.compose.phrase import Phrase
from handouts.compose.results import OutcomeView, ReportView, ResultView, chain
from handouts.compose.share import WHOLES
from handouts.figures.icon_array import icon_array
from handouts.figures.mechanism import mechanism
from handouts.figures.qr import qr
from handouts.figures.response_bars import ResponsePart, exclusive_parts, response_parts
from handouts.figures.response_rates import response_rates
from handouts.figures.shapes import Bar, Figure
from handouts.figures.timeline import TimelineEvent, timeline
from handouts.model.words import MechanismWords
from handouts.plan.blocks import FigureBlock, Picture
from handouts.plan.text import Run
from handouts.problems import Origin, ProblemsError, choose_from, error

WIDTH, FULL = 240.0, 504.0
"""Widths in points of a figure whose element asks for none: beside words, and over a whole page."""
MM = 72 / 25.4
AXIS = (0, 25, 50, 75, 100)


class FigureMakers:
    """Draws the figures of one document."""

    def __init__(self, context: Context, template: str, *, patient: bool) -> None:
        self.context = context
        self.template = template
        self._comparisons = Comparisons(context, self._say, patient=patient)
        self.drawn: dict[str, Callable[[Element], Figure | None]] = {
            "icon-array": self._icon_array,
            "response-bars": self._response_bars,
            "response-rates": self._response_rates,
            "forest": self._forest,
            "dumbbell": self._dumbbell,
            "paired-bars": self._paired_bars,
            "mean-change": self._mean_change,
            "timeline": self._timeline,
            "mechanism": self._mechanism,
            "qr": self._qr,
        }
        self._said: list[Run] = []

    def figure(self, element: Element) -> FigureBlock | None:
        """The figure that an element calls for; None where the topic has nothing to draw, or where what cannot be drawn
        has a table to stand for it.

        Raises ProblemsError for a figure, study or response that does not exist, or words that do not fit.
        """
        name = element.get("data-figure")
        if name not in self.drawn:
            self._wrong(element, f"no figure is called '{name}'", choose_from(name, (*self.drawn, "logo")))
        self._said = []
        try:
            figure = self.drawn[name](element)
        except ValueError as bad:
            if any(child.tag == "table" for child in element.elements()):
                return None
            message = f"the figure '{name}' cannot be drawn: {bad}"
            return self._wrong(element, message, "change its words, numbers or data-width")
        self.context.complete()
        return FigureBlock(figure, said=tuple(self._said)) if figure else None

    def picture(self, element: Element) -> Picture | None:
        """The clinic's logo; None without one."""
        edition = self.context.edition
        if edition.logo is None or edition.clinic is None or edition.clinic.logo is None:
            return None
        return Picture(edition.logo, edition.clinic.logo.alt, self._points(element, "data-width", 40.0))

    def _say(self, phrase: Phrase) -> str:
        """The words of a phrase, noted as what the figure being drawn shows, or its alt text says."""
        self._said.append(Run(str(phrase), origin=phrase.place))
        return str(phrase)

    def _wrong(self, element: Element, message: str, instead: str) -> NoReturn:
        where = f"in line {element.line} of the HTML that it makes: "
        raise ProblemsError([error(Origin(self.template), "TEMPLATE04", where + message, instead)])

    def _points(self, element: Element, name: str, default: float) -> float:
        text = element.get(name)
        if not text:
            return default
        try:
            value = float(text)
        except ValueError:
            value = 0.0
        if not 0 < value <= 2000:
            self._wrong(element, f"{name}='{text}' is not a width in points", f"write {name}='{default:g}'")
        return value

    def _study(self, element: Element) -> ReportView:
        study_id = element.get("data-study")
        if study_id not in self.context.views:
            self._wrong(element, f"no study is called '{study_id}'", choose_from(study_id, self.context.views))
        return self.context.views[study_id]

    def _outcome(self, element: Element, study: ReportView) -> OutcomeView:
        outcome_id = element.get("data-outcome")
        found = study.outcomes.get(outcome_id) if outcome_id else study.main
        if found is None:
            instead = choose_from(outcome_id, study.outcomes)
            self._wrong(element, f"study '{study.id}' has no outcome '{outcome_id}'", instead)
        return found

    def _icon_array(self, element: Element) -> Figure | None:
        outcome = self._outcome(element, self._study(element))
        result = outcome.result
        if result is None or result.count is None or result.n is None:
            raise ValueError(f"no count of people is given for '{outcome.id}'; its source states none, or it has arms")
        name = self.context.named(outcome.id, patient=True)
        alt = self.context.fixed("icon_array_alt", of=result.n, count=result.count, name=self._say(name))
        return icon_array(result.count, result.n, width=self._points(element, "data-width", WIDTH), alt=alt)

    def _response_bars(self, element: Element) -> Figure | None:
        """One bar of a study's people, in parts: each outcome that lies within another, without those within it."""
        study = self._study(element)
        outcomes = {key: one for key, one in study.outcomes.items() if one.outcome.subgroup is None}
        nested = list(chain(outcomes, study.main))[::-1] if study.main else []
        counts = [one.result.count for one in nested if one.result and one.result.count is not None]
        of = {one.result.n for one in nested if one.result}
        whole = of.pop() if len(of) == 1 else None
        if whole is None or len(counts) < len(nested):
            raise ValueError("it needs outcomes within one another, of one group of people, each with a count")
        labels = [self._part(one, innermost=one is nested[0]) for one in nested]
        labels.append(self._say(self.context.part_name(nested[-1].id, "rest")))
        responded = next((at for at, one in enumerate(nested) if one is study.main), len(nested) - 1)
        parts = [
            ResponsePart(label, count, self.context.fixed("people", count=count), responded=at <= responded)
            for at, (label, count) in enumerate(zip(labels, exclusive_parts(counts, whole), strict=True))
        ]
        listed = ", ".join(self.context.fixed("response_part", category=p.label, count=p.count) for p in parts)
        alt = self.context.fixed("response_bars_alt", of=whole, parts=listed)
        width = self._points(element, "data-width", WIDTH)
        return response_parts(parts, of=whole, width=width, measure=self.context.edition.measure, alt=alt)

    def _part(self, outcome: OutcomeView, *, innermost: bool) -> str:
        if innermost:
            return self._say(self.context.named(outcome.id, patient=True))
        return self._say(self.context.part_name(outcome.id, "part"))

    def _response_rates(self, element: Element) -> Figure | None:
        study = self._study(element)
        shown = [r for one in study.outcomes.values() if (r := one.result) and _is_whole(one) and r.share is not None]
        if not shown:
            return None
        format_ = self.context.formatter
        main = study.main.result if study.main else None
        rows: list[Bar] = []
        said: list[str] = []
        for result in shown:
            label = ", ".join(self._say(one) for one in self.context.label(result, patient=False))
            share = result.share or Decimal(0)
            rate = format_.percent(share)
            fraction = (
                self.context.fixed("n_not_stated")
                if result.count is None or result.n is None
                else format_.short_fraction(result.count, result.n)
            )
            low, high = _ends(result)
            interval = format_.interval(result.interval) if result.interval else ""
            bar = Bar(f"{label}, {fraction}", float(share), rate, low, high, main=result is main, interval=interval)
            rows.append(bar)
            key = "response_rate_row" if interval else "response_rate_row_no_interval"
            extra = {"interval": interval} if interval else {}
            said.append(self.context.fixed(key, category=label, percent=rate, **extra))
        return response_rates(
            rows,
            width=self._points(element, "data-width", 480.0),
            measure=self.context.edition.measure,
            alt=self.context.fixed("response_rates_alt", rows="; ".join(said)),
            ticks=[(value, format_.percent(value)) for value in AXIS],
            title=self.context.fixed("response_rates_title"),
            interval_name=self.context.fixed("interval_head"),
        )

    def _forest(self, element: Element) -> Figure | None:
        names = element.get("data-studies").split()
        if unknown := [name for name in names if name not in self.context.views]:
            self._wrong(element, f"no study is called '{unknown[0]}'", choose_from(unknown[0], self.context.views))
        studies = [self.context.views[name] for name in names]
        outcomes = element.get("data-outcomes").split()
        return self._comparisons.forest(studies, outcomes, self._points(element, "data-width", FULL))

    def _dumbbell(self, element: Element) -> Figure | None:
        study = self._study(element)
        self._measured(element, study, "data-harms", study.harms)
        harms = element.get("data-harms").split()
        return self._comparisons.dumbbell(study, harms, self._points(element, "data-width", FULL))

    def _paired_bars(self, element: Element) -> Figure | None:
        study = self._study(element)
        shown = [*self._measured(element, study, "data-outcomes", study.outcomes),
                 *self._measured(element, study, "data-harms", study.harms)]  # fmt: skip
        per = element.get("data-per")
        if per and per not in map(str, WHOLES):
            self._wrong(element, f"data-per='{per}' is no whole of a rate", f"write {', '.join(map(str, WHOLES))}")
        width = self._points(element, "data-width", WIDTH)
        return self._comparisons.paired_bars(study, shown, width, whole=int(per) if per else None)

    def _mean_change(self, element: Element) -> Figure | None:
        study = self._study(element)
        return self._comparisons.mean_change(
            study, self._outcome(element, study), self._points(element, "data-width", FULL)
        )

    def _measured(
        self, element: Element, study: ReportView, name: str, known: Mapping[str, OutcomeView]
    ) -> list[OutcomeView]:
        """The outcomes or harms that an element names."""
        ids = element.get(name).split()
        if unknown := [one for one in ids if one not in known]:
            self._wrong(element, f"study '{study.id}' has no '{unknown[0]}'", choose_from(unknown[0], known))
        return [known[one] for one in ids]

    def _timeline(self, element: Element) -> Figure | None:
        words = self.context.words["timeline"]
        dated = sorted(self.context.edition.topic.timeline.items(), key=lambda item: item[1].on)
        events = [
            TimelineEvent(self.context.formatter.date(event.on, short=True), self._say(words[key]))
            for key, event in dated
            if key in words
        ]
        if len(events) < 2:
            return None
        alt = self.context.fixed("timeline_alt", events="; ".join(f"{e.date}: {e.words}" for e in events))
        width = self._points(element, "data-width", 504.0)
        return timeline(events, width=width, measure=self.context.edition.measure, alt=alt)

    def _mechanism(self, element: Element) -> Figure | None:
        name, words = self.context.edition.topic.mechanism, self.context.words["mechanism"]
        if name is None or words is None:
            return None
        # The caption stands under the drawing, where the template puts it.
        plain = MechanismWords(
            **{key: str(phrase) if key == "caption" else self._say(phrase) for key, phrase in words.items()}
        )
        width = self._points(element, "data-width", WIDTH)
        return mechanism(name, plain, width=width, measure=self.context.edition.measure)

    def _qr(self, element: Element) -> Figure | None:
        hotline = self.context.edition.topic.hotline
        if hotline is None:
            return None
        module = self._points(element, "data-module", 0.5 * MM)
        alt = self.context.fixed("qr_alt", digits=hotline.digits)
        return qr(f"tel:{hotline.dial}", module=module, alt=alt, error="Q")


def _is_whole(outcome: OutcomeView) -> bool:
    """Whether an outcome counts all that lies within it, and is not only one of several parts of another."""
    asked = outcome.outcome
    return asked.measure == "proportion" and (asked.within is not None or asked.part_of is None)


def _ends(result: ResultView) -> tuple[float | None, float | None]:
    interval = result.interval
    if interval is None or interval.low is None or interval.high is None:
        return None, None
    return float(interval.low), float(interval.high)
