"""`<figure data-figure="…">` → a drawn figure or a table: looks up the numbers and words that it needs, by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from decimal import Decimal
from typing import NoReturn

from msgspec import Struct
from msgspec.structs import replace

from handouts.by_identity import by_identity
from handouts.compose.asked import ALL, SHOWS, Asked, ends_of, responded_of, rows_of, share_of_result
from handouts.compose.cells import Cells
from handouts.compose.comparisons import Comparisons
from handouts.compose.contacts import printed
from handouts.compose.context import Context
from handouts.compose.evidence import Evidence, evidence_of, shown_alike
from handouts.compose.facts_box import FactsBox
from handouts.compose.html import Element
from handouts.compose.paired import PairedBars
from handouts.compose.phrase import Phrase
from handouts.compose.result_tables import ResultTables
from handouts.compose.results import OutcomeView, ReportView, ResultView
from handouts.compose.share import WHOLES
from handouts.compose.showing import FOR_CLINICIANS, ICONS, MOST_ICONS, can_draw, obstacle, refuse
from handouts.compose.source_status import SourceStatus
from handouts.compose.statement_tables import FORMS, StatementTables
from handouts.compose.study_tables import StudyTables
from handouts.compose.timelines import At, dates_table, timeline_of
from handouts.compose.trial_maps import TrialMaps
from handouts.figures.icon_array import icon_array
from handouts.figures.lettering import NoRoomError
from handouts.figures.mechanism import mechanism
from handouts.figures.photograph import photograph
from handouts.figures.qr import qr
from handouts.figures.response_bars import ResponsePart, exclusive_parts, response_parts
from handouts.figures.response_rates import response_rates
from handouts.figures.shapes import Bar, Figure
from handouts.model.document import Document
from handouts.model.locale import Locale
from handouts.model.picture import SUBJECT_LABELS
from handouts.model.topic import Topic
from handouts.plan.blocks import FigureBlock, Picture, Table
from handouts.plan.text import Run, Runs
from handouts.problems import Origin, ProblemsError, choose_from, error

WIDTH, FULL = 240.0, 504.0
"""Widths in points of a figure whose element asks for none: beside words, and over a whole page."""
HIGHEST = 0.75
"""Share of its width that a picture file may be high: as much as a photograph whose camera was held across."""
USUAL_WORD = 10
"""Characters that a figure has room for where it is a word that is too long; with fewer, its place is too narrow."""
MM = 72 / 25.4
_JOINED = ",;:"
"""Marks that drawings set after the words of a content file."""
AXIS = (0, 25, 50, 75, 100)


_OF_RESULTS = frozenset({
    "paired_bars", "facts_box", "forest", "dumbbell", "mean_change", "outcomes_table", "harms_table",
})  # fmt: skip
"""What is made of a topic's results, its words and its locale, and of nothing else of an edition."""
_MOST_KEPT = 256


class _Shown(Struct, frozen=True):
    """What was made for an element, with what it says and its key."""

    made: Figure | Table | None
    said: tuple[Run, ...]
    key: Runs


@by_identity(8)
def _kept(_topic: Topic, _words: Document, _locale: Locale) -> dict[Hashable, _Shown]:
    """What was made of one topic in one language, so far."""
    return {}


class FigureMakers:
    """Draws the figures of one document."""

    def __init__(self, context: Context, template: str) -> None:
        self.context = context
        self.template = template
        self.patient = patient = context.document != "deck"
        self._comparisons = Comparisons(context, self._say, patient=patient)
        self._pairs = PairedBars(context, self._say, patient=patient)
        self._of_results = ResultTables(context, patient=patient)
        self._of_studies = StudyTables(context, self._told, patient=patient)
        self._trials = TrialMaps(context, patient=patient)
        self._of_statements = StatementTables(context, patient=patient)
        self._facts = FactsBox(context, patient=patient)
        self._tables: dict[str, Callable[[Element], Table | None]] = {
            "facts_box": self._facts_box,
            "outcomes_table": self._outcomes_table,
            "harms_table": self._harms_table,
            "trial_map": self._trial_map,
            "by_study": self._by_study,
            "statements_table": self._statements_table,
            "tiles": self._tiles,
            "sources": self._sources,
            "dates": self._dates,
        }
        self.drawn: dict[str, Callable[[Element], Figure | Table | None]] = {
            "icon_array": self._icon_array,
            "part_bar": self._part_bar,
            "rates": self._rates,
            "forest": self._forest,
            "dumbbell": self._dumbbell,
            "paired_bars": self._paired_bars,
            "mean_change": self._mean_change,
            "timeline": self._timeline,
            "picture": self._picture,
            "qr": self._qr,
            **self._tables,
        }
        self._said: list[Run] = []
        self._key: Runs = ()

    def figure(self, element: Element) -> FigureBlock | Table | None:
        """The figure or table that an element calls for, or the table that stands for what cannot be drawn; None where
        the topic has nothing to show, or where a table inside the element stands for it.

        Raises ProblemsError for a figure, study or response that does not exist, or words that do not fit.
        """
        name, instead = element.get("data-figure"), element.get("data-instead")
        section = None if name in FORMS else self._of_section(element)
        if name not in self.drawn:
            self._wrong(element, f"no figure is called '{name}'", choose_from(name, (*self.drawn, "logo")))
        if instead and instead not in self._tables:
            self._wrong(element, f"no table is called '{instead}'", choose_from(instead, self._tables))
        other = self._instead(instead, element)
        self._said, self._key = [], ()
        try:
            made = self._shown_once(name, element)
        except ValueError as bad:
            if section:
                self._refuse(element, name, bad)
            if other or any(child.tag == "table" for child in element.elements()):
                self.context.complete()
                return other
            return self._refuse(element, name, bad)
        self.context.complete()
        draws, asked = section.draws if section else (), self._asked_at(element, name)
        if isinstance(made, Figure):
            other = other and replace(other, draws=draws, asked=asked)
            return FigureBlock(made, self._key, draws=draws, said=tuple(self._said), instead=other, asked=asked)
        return made and replace(made, draws=draws, asked=asked)

    def _refuse(self, element: Element, name: str, bad: ValueError) -> NoReturn:
        """Raises ProblemsError for a figure that cannot be drawn, at the words that have no room in it; else where the
        author chose how evidence is shown, with what could show it; else at the template.
        """
        key = element.get("data-section")
        if (narrow := _no_room(bad)) and narrow.fitting >= USUAL_WORD and (words := self._words_with(narrow.part)):
            what = element.get("data-name") or key
            figure = " ".join(("the", name, *([f"'{what}'"] if what else []), f"of the {self.context.document}"))
            fits = f"{narrow.fitting} of its {len(narrow.part)} characters fit on a line"
            message = f"'{narrow.part}' has no room in {figure}: {fits}"
            instead = "write a shorter word, or a space or hyphen where it may be broken"
            if key and (tables := self._tables_of(name, element)):
                instead += f"; or show section '{key}' as {' or '.join(tables)}"
            raise ProblemsError([error(words, "FIT04", message, instead)])
        if key and name not in FORMS:
            message = f"section '{key}' cannot be shown as {name}: {bad}"
            asked = self._asked_at(element, name)
            raise ProblemsError([error(asked, "SHOW01", message, self._advice(name, element), message)])
        self._wrong(element, f"the figure '{name}' cannot be drawn: {bad}", self._advice(name, element))

    def _words_with(self, part: str) -> Origin | None:
        """Where words of the figure being drawn stand that hold a part of what it was to show."""
        sought = part.rstrip(_JOINED)
        return next((run.origin for run in self._said if sought in run.text), None)

    def _asked_at(self, element: Element, name: str) -> Origin:
        """The line of topic.yaml that asks for a figure or table; the template where only that does."""
        document, topic = self.context.edition.topic_document, self.context.edition.topic
        standing = {key: one for key, one in topic.sections.items() if self.context.document in topic.stands_in(one)}
        match name:
            case "picture":
                picture = element.get("data-name")
                asking = [("sections", key, "picture") for key, one in standing.items() if one.picture == picture]
                return document.key_origin((*asking, ("pictures", picture))[0])
            case "qr":
                contact = element.get("data-contact")
                asking = [("sections", key, "qr") for key, one in standing.items() if one.qr == contact]
                return document.key_origin((*asking, ("contacts", contact))[0])
            case _:
                pass
        key = element.get("data-section")
        if key not in topic.sections:
            return Origin(self.template)
        path = ("sections", key, "form" if name in FORMS else "show")
        return document.key_origin(path)

    def _of_section(self, element: Element) -> Evidence | None:
        """What an element shows that names a section of evidence, which stands in its attributes then."""
        key = element.get("data-section")
        if not key:
            return None
        sections = self.context.edition.topic.sections
        if key not in sections or sections[key].kind != "evidence":
            known = [one for one, section in sections.items() if section.kind == "evidence"]
            self._wrong(element, f"no section of evidence is called '{key}'", choose_from(key, known))
        evidence = evidence_of(self.context, key)
        element.attributes.update({name: value for name, value in evidence.attributes().items() if value})
        return evidence

    def _instead(self, name: str, element: Element) -> Table | None:
        """The table that can stand for a figure; None where none is named, or it cannot hold what is asked for."""
        try:
            made = self._shown_once(name, element) if name else None
        except ValueError:
            return None
        return made if isinstance(made, Table) else None

    def _shown_once(self, name: str, element: Element) -> Figure | Table | None:
        """The same; what shows results alone is made once for all clinics and days. Raises ValueError as well."""
        edition = self.context.edition
        if name not in _OF_RESULTS:
            return self._shown(name, element)
        kept = _kept(edition.topic, edition.words_document, edition.locale)
        asked = tuple(sorted(element.attributes.items()))
        key = (name, self.context.document, edition.measure, asked)
        if found := kept.get(key):
            self._said, self._key = list(found.said), found.key
            return found.made
        made = self._shown(name, element)
        # What lacks words is told each time.
        if self.context.is_complete and len(kept) < _MOST_KEPT:
            kept[key] = _Shown(made, tuple(self._said), self._key)
        return made

    def _shown(self, name: str, element: Element) -> Figure | Table | None:
        """Raises ValueError for what cannot be shown."""
        if self.patient and name in FOR_CLINICIANS:
            raise ValueError(obstacle(name, self._asked(element), patient=True))
        return self.drawn[name](element)

    def _advice(self, name: str, element: Element) -> str:
        """What else could show the same, where what stands against a figure are its numbers."""
        if name in SHOWS:
            asked = self._asked(element)
            others = can_draw(asked, patient=self.patient)
            if name not in others and others:
                return f"show it as {' or '.join(others)}"
            if element.get("data-section") and (tables := self._tables_of(name, element)):
                return f"shorten its words, give its section more width, or show it as {' or '.join(tables)}"
        return "change its words, numbers or data-width"

    def _tables_of(self, name: str, element: Element) -> list[str]:
        """The tables that could show the same as a figure of results: their cells break words of any length."""
        if name not in SHOWS:
            return []
        return [one for one in can_draw(self._asked(element), patient=self.patient) if one in self._tables]

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

    def _studies(self, element: Element) -> tuple[ReportView, ...]:
        views = self.context.views
        names = (element.get("data-studies") or element.get("data-study")).split() or [""]
        if unknown := [name for name in names if name not in views]:
            self._wrong(element, f"no study is called '{unknown[0]}'", choose_from(unknown[0], views))
        return tuple(views[name] for name in names)

    def _asked(self, element: Element) -> Asked:
        """The studies, outcomes and harms that an element names, and of how many people it tells."""
        studies = self._studies(element)
        outcomes = element.get("data-outcomes") or element.get("data-outcome")
        per = element.get("data-per")
        if per and per not in map(str, WHOLES):
            self._wrong(element, f"data-per='{per}' is no whole of a rate", f"write {', '.join(map(str, WHOLES))}")
        return Asked(
            studies,
            self._ids(element, outcomes, {key for study in studies for key in study.outcomes}),
            self._ids(element, element.get("data-harms"), {key for study in studies for key in study.harms}),
            int(per) if per else None,
        )

    def _ids(self, element: Element, named: str, known: Collection[str]) -> tuple[str, ...]:
        """The ids that an element names; each must be one of some study that it names."""
        ids = tuple(named.split())
        if unknown := [one for one in ids if one not in known and ids != (ALL,)]:
            studies = element.get("data-studies") or element.get("data-study")
            self._wrong(element, f"study '{studies}' has no '{unknown[0]}'", choose_from(unknown[0], sorted(known)))
        return ids

    def _icon_array(self, element: Element) -> Figure | None:
        rows = rows_of("icon_array", self._asked(element))
        refuse("icon_array", rows)
        outcome, result = rows[0].outcome, rows[0].by_arm[None]
        count, of, alt = result.count or 0, result.n or 0, "icon_array_alt"
        if of > MOST_ICONS:
            count, of, alt = share_of_result(result).per(ICONS).count, ICONS, "icon_array_alt_per"
            self._key = Cells(self.context, patient=self.patient).fixed("icon_array_per", whole=of)
        named = self._say(self.context.named(outcome.id, patient=self.patient))
        return icon_array(
            count,
            of,
            width=self._points(element, "data-width", WIDTH),
            measure=self.context.edition.measure,
            alt=self.context.fixed(alt, of=of, count=count, name=named),
            key=(named, self.context.fixed("icon_array_others")),
        )

    def _part_bar(self, element: Element) -> Figure | None:
        """One bar of a study's people, in parts: each outcome that lies within another, without those within it."""
        rows = rows_of("part_bar", self._asked(element))
        refuse("part_bar", rows)
        nested = [row.outcome for row in reversed(rows)]
        counts = [one.result.count for one in nested if one.result and one.result.count is not None]
        whole = next(one.result.n for one in nested if one.result and one.result.n)
        labels = [self._part(one, innermost=one is nested[0]) for one in nested]
        labels.append(self._say(self.context.part_name(nested[-1].id, "rest")))
        responded = responded_of(rows)
        parts = [
            ResponsePart(label, count, self.context.fixed("people", count=count), responded=at < responded)
            for at, (label, count) in enumerate(zip(labels, exclusive_parts(counts, whole), strict=True))
        ]
        listed = ", ".join(self.context.fixed("response_part", category=p.label, count=p.count) for p in parts)
        alt = self.context.fixed("response_bars_alt", of=whole, parts=listed)
        width = self._points(element, "data-width", WIDTH)
        return response_parts(parts, of=whole, width=width, measure=self.context.edition.measure, alt=alt)

    def _part(self, outcome: OutcomeView, *, innermost: bool) -> str:
        if innermost:
            return self._say(self.context.named(outcome.id, patient=self.patient))
        return self._say(self.context.part_name(outcome.id, "part"))

    def _rates(self, element: Element) -> Figure | None:
        found = rows_of("rates", self._asked(element))
        if not found:
            return None
        refuse("rates", found)
        shown = [row.by_arm[None] for row in found]
        format_ = self.context.formatter
        main = found[0].study.main.result if found[0].study.main else None
        rows: list[Bar] = []
        said: list[str] = []
        for result in shown:
            label = ", ".join(self._say(one) for one in self.context.label(result, patient=self.patient))
            share = result.share or Decimal(0)
            rate = format_.percent(share)
            people = (
                format_.fraction(result.count, result.n)
                if result.count is not None and result.n is not None
                else self.context.fixed("n_not_stated")
                if result.n is None
                else self.context.fixed("n_of", n=result.n)
            )
            low, high = ends_of(result.interval)
            interval = format_.interval(result.interval) if result.interval else ""
            bar = Bar(label, float(share), rate, low, high, main=result is main, interval=interval, people=people)
            rows.append(bar)
            said.append(self._said_rate(result, label, rate, people))
        return response_rates(
            rows,
            width=self._points(element, "data-width", 480.0),
            measure=self.context.edition.measure,
            alt=self.context.fixed("response_rates_alt", rows="; ".join(said)),
            ticks=[(value, format_.percent(value)) for value in AXIS],
            title=self.context.fixed("response_rates_title"),
            interval_name=self._interval_name(shown),
        )

    def _said_rate(self, result: ResultView, label: str, rate: str, people: str) -> str:
        """A rate as an alt text says it. Only the interval of a count is exact and ours; any other is as published."""
        fixed = self.context.fixed
        if result.is_counted:
            interval = self.context.formatter.interval(result.interval) if result.interval else ""
            return fixed("response_rate_row", category=label, percent=rate, interval=interval)
        if result.published:
            said = fixed("interval_around", interval=result.published)
        elif result.n is not None:
            said = people
        else:
            return fixed("response_rate_row_no_interval", category=label, percent=rate)
        return fixed("arm_result", arm=label, result=f"{rate} ({said})")

    def _interval_name(self, shown: Sequence[ResultView]) -> str:
        """What the chart's intervals are: exact where all are; "" where it draws none."""
        drawn = [result for result in shown if result.interval]
        if not drawn:
            return ""
        exact = all(result.is_counted for result in drawn)
        return self.context.fixed("interval_head") if exact else self.context.fixed("interval_name", level=95)

    def _forest(self, element: Element) -> Figure | None:
        return self._comparisons.forest(self._asked(element), self._points(element, "data-width", FULL))

    def _dumbbell(self, element: Element) -> Figure | None:
        return self._comparisons.dumbbell(self._asked(element), self._points(element, "data-width", FULL))

    def _paired_bars(self, element: Element) -> Figure | None:
        key = element.get("data-section")
        alike = shown_alike(self.context, key) if key else ()
        together = [self._asked(Element("figure", dict(one.attributes()), element.line)) for one in alike]
        width = self._points(element, "data-width", WIDTH)
        words = self.context.words["sections"].get(key) or {}
        return self._pairs.figure(self._asked(element), width, together, heading=str(words.get("heading") or ""))

    def _mean_change(self, element: Element) -> Figure | None:
        return self._comparisons.mean_change(self._asked(element), self._points(element, "data-width", FULL))

    def _facts_box(self, element: Element) -> Table | None:
        return self._facts.table(self._asked(element))

    def _outcomes_table(self, element: Element) -> Table | None:
        return self._of_results.outcomes(self._asked(element))

    def _harms_table(self, element: Element) -> Table | None:
        return self._of_results.harms(self._asked(element))

    def _trial_map(self, element: Element) -> Table | None:
        return self._trials.table(self._studies(element))

    def _by_study(self, element: Element) -> Table | None:
        named = element.get("data-studies") or element.get("data-study")
        studies = self._studies(element) if named else tuple(self.context.views.values())
        return self._of_studies.by_study(element.get("data-section"), studies)

    def _statements_table(self, element: Element) -> Table | None:
        return self._of_statements.rows(self._points_section(element))

    def _tiles(self, element: Element) -> Table | None:
        return self._of_statements.tiles(self._points_section(element))

    def _points_section(self, element: Element) -> str:
        key, sections = element.get("data-section"), self.context.edition.topic.sections
        known = [one for one, section in sections.items() if section.kind == "points"]
        if key not in known:
            self._wrong(element, f"no section of points is called '{key}'", choose_from(key, known))
        return key

    def _sources(self, _element: Element) -> Table | None:
        return SourceStatus(self.context, patient=self.patient).table()

    def _told(self, section: str, study: str | None, aspect: str | None) -> Sequence[Phrase]:
        return self.context.told(section, study, aspect)

    def _timeline(self, element: Element) -> Figure | None:
        words = self.context.words["timeline"]
        dated = self.context.edition.topic.timeline.items()
        events = [At(event.on, self._say(words[key])) for key, event in dated if key in words]
        return timeline_of(events, self._points(element, "data-width", FULL), self.context)

    def _dates(self, _element: Element) -> Table | None:
        words = self.context.words["timeline"]
        dated = self.context.edition.topic.timeline.items()
        return dates_table([(event.on, words[key]) for key, event in dated if key in words], self.context)

    def _picture(self, element: Element) -> Figure | None:
        """One of the topic's pictures by its id; its caption is the template's to place."""
        edition, key = self.context.edition, element.get("data-name")
        if not key:
            self._wrong(element, "a picture has no data-name", "write data-name= with its id in topic.yaml")
        picture, width = edition.topic.pictures.get(key), self._points(element, "data-width", WIDTH)
        if picture is None:
            return None
        words = self.context.words["pictures"].get(key)
        alt = "" if picture.decorative else self._say(words["alt"])
        if picture.drawing is not None:
            labels = {label: self._say(phrase) for label, phrase in words["labels"].items()}
            labels.setdefault(SUBJECT_LABELS[picture.drawing], str(self.context.shown["subject"].get("name")))
            return mechanism(picture.drawing, labels, alt=alt, width=width, measure=edition.measure)
        image = edition.pictures.get(key)
        if image is None:
            return None
        height = self._points(element, "data-height", width * HIGHEST)
        return photograph(image, width=width, height=height, alt=alt)

    def _qr(self, element: Element) -> Figure | None:
        key, contacts = element.get("data-contact"), self.context.edition.topic.contacts
        contact = contacts.get(key)
        if contact is None:
            self._wrong(element, f"no contact is called '{key}'", choose_from(key, contacts))
        if not contact.href():
            return None
        module = self._points(element, "data-module", 0.5 * MM)
        text = printed(contact, self.context.edition.locale).digits
        alt = self.context.fixed(f"qr_alt_{contact.system}", text=text)
        return qr(contact.href(), module=module, alt=alt, error="Q")


def _no_room(bad: BaseException | None) -> NoRoomError | None:
    """The word that had no room, where that is why a figure could not be drawn."""
    while bad is not None and not isinstance(bad, NoRoomError):
        bad = bad.__cause__
    return bad
