"""`<figure data-figure="…">` → a drawn figure: looks up the numbers and words that the drawing needs, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from handouts.compose.context import Context
from handouts.compose.html import Element
from handouts.compose.numbers import ReportView, ResponseView
from handouts.figures.icon_array import icon_array
from handouts.figures.mechanism import mechanism
from handouts.figures.qr import qr
from handouts.figures.response_bars import ResponsePart, exclusive_parts, response_parts
from handouts.figures.response_rates import response_rates
from handouts.figures.shapes import Bar, Figure
from handouts.figures.timeline import TimelineEvent, timeline
from handouts.model.topic import CATEGORY_ORDER
from handouts.model.words import MechanismWords
from handouts.plan.blocks import FigureBlock, Picture
from handouts.problems import Origin, ProblemsError, choose_from, error

WIDTH = 240.0
"""Width in points of a figure whose element asks for none."""
MM = 72 / 25.4
AXIS = (0, 25, 50, 75, 100)
RESPONDED = ("CR", "VGPR", "PR")
"""Categories that count as a response; a minor one does not (IMWG)."""


class FigureMakers:
    """Draws the figures of one document."""

    def __init__(self, context: Context, template: str) -> None:
        self.context = context
        self.template = template
        self.drawn: dict[str, Callable[[Element], Figure | None]] = {
            "icon-array": self._icon_array,
            "response-bars": self._response_bars,
            "response-rates": self._response_rates,
            "timeline": self._timeline,
            "mechanism": self._mechanism,
            "qr": self._qr,
        }

    def figure(self, element: Element) -> FigureBlock | None:
        """The figure that an element calls for; None where the topic has nothing to draw.

        Raises ProblemsError for a figure, study or response that does not exist, or words that do not fit.
        """
        name = element.get("data-figure")
        if name not in self.drawn:
            self._wrong(element, f"no figure is called '{name}'", choose_from(name, (*self.drawn, "logo")))
        try:
            figure = self.drawn[name](element)
        except ValueError as bad:
            message = f"the figure '{name}' cannot be drawn: {bad}"
            return self._wrong(element, message, "change its words, numbers or data-width")
        return FigureBlock(figure) if figure else None

    def picture(self, element: Element) -> Picture | None:
        """The clinic's logo; None without one."""
        edition = self.context.edition
        if edition.logo is None or edition.clinic is None or edition.clinic.logo is None:
            return None
        return Picture(edition.logo, edition.clinic.logo.alt, self._points(element, "data-width", 40.0))

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

    def _response(self, element: Element, study: ReportView) -> ResponseView:
        response_id = element.get("data-response")
        found = study.responses.get(response_id) if response_id else study.main
        if found is None:
            instead = choose_from(response_id, study.responses)
            self._wrong(element, f"study '{study.id}' has no response '{response_id}'", instead)
        return found

    def _icon_array(self, element: Element) -> Figure | None:
        response = self._response(element, self._study(element))
        if response.count is None or response.of is None:
            raise ValueError("its source states a percentage alone, so no people can be counted")
        alt = self.context.fixed("icon_array_alt", of=response.of, count=response.count)
        return icon_array(response.count, response.of, width=self._points(element, "data-width", WIDTH), alt=alt)

    def _response_bars(self, element: Element) -> Figure | None:
        study = self._study(element)
        nested = [r for r in study.responses.values() if r.cumulative and r.count is not None and r.subgroup is None]
        nested.sort(key=lambda r: CATEGORY_ORDER.index(r.category))  # type: ignore[arg-type]
        if not nested or nested[0].of is None or len({r.of for r in nested}) != 1:
            raise ValueError("it needs responses of one group of people, each with a count")
        counts = exclusive_parts([r.count or 0 for r in nested], nested[0].of)
        labels = [self.context.category(r.category, plain=True) for r in nested]
        labels.append(self.context.fixed(f"below_{nested[-1].category.lower()}"))
        parts = [
            ResponsePart(label, count, self.context.fixed("people", count=count), responded=category in RESPONDED)
            for label, count, category in zip(labels, counts, (*(r.category for r in nested), ""), strict=True)
        ]
        listed = ", ".join(self.context.fixed("response_part", category=p.label, count=p.count) for p in parts)
        alt = self.context.fixed("response_bars_alt", of=nested[0].of, parts=listed)
        width = self._points(element, "data-width", WIDTH)
        return response_parts(parts, of=nested[0].of, width=width, measure=self.context.edition.measure, alt=alt)

    def _response_rates(self, element: Element) -> Figure | None:
        study = self._study(element)
        shown = [r for r in study.responses.values() if r.cumulative]
        if not shown:
            return None
        format_ = self.context.formatter
        rows: list[Bar] = []
        said: list[str] = []
        for response in shown:
            label = self.context.response_label(response)
            rate = format_.percent(response.rate)
            low, high = (response.interval.low, response.interval.high) if response.interval else (None, None)
            fraction = (
                self.context.fixed("n_not_stated")
                if response.count is None or response.of is None
                else format_.short_fraction(response.count, response.of)
            )
            interval = format_.interval(response.interval) if response.interval else ""
            rows.append(
                Bar(f"{label}, {fraction}", float(response.rate), rate, None if low is None else float(low),
                    None if high is None else float(high), main=response == study.main, interval=interval)
            )  # fmt: skip
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

    def _timeline(self, element: Element) -> Figure | None:
        words = self.context.words["timeline"]
        dated = sorted(self.context.edition.topic.timeline.items(), key=lambda item: item[1].on)
        events = [
            TimelineEvent(self.context.formatter.date(event.on, short=True), str(words[key]))
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
        plain = MechanismWords(**{key: str(phrase) for key, phrase in words.items()})
        width = self._points(element, "data-width", WIDTH)
        return mechanism(name, plain, width=width, measure=self.context.edition.measure)

    def _qr(self, element: Element) -> Figure | None:
        hotline = self.context.edition.topic.hotline
        if hotline is None:
            return None
        module = self._points(element, "data-module", 0.5 * MM)
        alt = self.context.fixed("qr_alt", digits=hotline.digits)
        return qr(f"tel:{hotline.dial}", module=module, alt=alt, error="Q")
