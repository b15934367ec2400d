"""What a section of evidence shows in a document: a section in; its studies, outcomes, harms and their sources out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from handouts.compose.asked import ALL, SHOWS, Asked, Row, rows_of
from handouts.compose.context import Context
from handouts.compose.trial_maps import is_grid
from handouts.model.section import MAPPED, Show

_OF_STUDIES: tuple[Show | None, ...] = ("timeline", "trial_map", "by_study")
"""Shows of dates, of studies, or of what statements say of them: not of outcomes."""


class Evidence(Struct, frozen=True):
    """What a section shows: how (None where words alone tell it); its studies, and the outcomes and harms that it asks
    for, as elements of templates do; of how many people (`per`), and from which sources.

    `draws` are the outcomes and harms that are shown, as `study.outcome`; of a map of trials `study.planned` and so on.
    `intervals` are those of them of which the one result has an exact interval, computed from its count.
    """

    show: Show | None
    studies: tuple[str, ...]
    outcomes: tuple[str, ...]
    harms: tuple[str, ...]
    draws: tuple[str, ...]
    sources: tuple[str, ...]
    per: int | None = None
    intervals: tuple[str, ...] = ()

    @property
    def has_figure(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.draws) or self.show in _OF_STUDIES

    def attributes(self) -> Mapping[str, str]:
        """The same as the attributes of a `<figure>`."""
        return {
            "data-figure": self.show or "",
            "data-studies": " ".join(self.studies),
            "data-outcomes": " ".join(self.outcomes),
            "data-harms": " ".join(self.harms),
            "data-per": str(self.per or ""),
        }


def evidence_of(context: Context, key: str) -> Evidence:
    """What a section of evidence shows in the context's document."""
    topic = context.edition.topic
    section = topic.sections[key]
    show = section.shown_in(context.document)
    studies = section.named_studies() or _studies_told(context, key, show)
    views = tuple(context.views[one] for one in studies)
    asked = Asked(views, _ids(section.outcomes), _ids(section.harms), section.per)
    rows = rows_of(show, asked) if show in SHOWS else ()
    draws = [f"{row.study.id}.{row.outcome.id}" for row in rows]
    sources: list[str | None] = []
    for row in rows:
        sources += [row.outcome.source, *(effect.source for effect in row.outcome.effects.values())]
    if show in ("trial_map", "by_study"):
        sources += [view.report.source for view in views]
    if show == "trial_map":
        sources += [later.report.source for view in views for later in view.later.values()]
        shown = [name for name in MAPPED if name != ("registry" if is_grid(context, views) else "combined_with")]
        draws = [f"{view.id}.{name}" for view in views for name in shown if getattr(view.report, name, None)]
    if show == "timeline":
        sources += [event.source for event in topic.timeline.values()]
    stated = tuple(dict.fromkeys(source for source in sources if source))
    # By name, so that a table that stands for a figure shows the same.
    outcomes, harms = (tuple(dict.fromkeys(one)) for one in _by_kind(rows)) if rows else (asked.outcomes, asked.harms)
    measured = ((row, row.by_arm.get(None)) for row in rows)
    intervals = tuple(f"{row.study.id}.{row.outcome.id}" for row, one in measured if one and one.is_counted)
    return Evidence(show, studies, outcomes, harms, tuple(draws), stated, section.per, intervals)


def shown_alike(context: Context, key: str) -> tuple[Evidence, ...]:
    """What the sections under one heading show that show it as this one does, its own among it, in their order."""
    topic, document = context.edition.topic, context.document
    heading, show = topic.sections[key].under or key, topic.sections[key].shown_in(document)
    return tuple(
        evidence_of(context, one)
        for one, section in topic.sections.items()
        if heading in (one, section.under)
        and document in topic.stands_in(section)
        and section.shown_in(document) == show
    )


def _by_kind(rows: Sequence[Row]) -> tuple[Iterator[str], Iterator[str]]:
    outcomes = (row.outcome.id for row in rows if row.outcome.id in row.study.outcomes)
    return outcomes, (row.outcome.id for row in rows if row.outcome.id in row.study.harms)


def _ids(named: tuple[str, ...] | str) -> tuple[str, ...]:
    return (ALL,) if isinstance(named, str) else named


def _studies_told(context: Context, key: str, show: Show | None) -> tuple[str, ...]:
    """The studies of a table that names none: those that the section's statements tell of; of a map, else all that
    planned or enrolled people.
    """
    topic = context.edition.topic
    told = {statement.study for _, statement, _ in context.tellings(key)}
    if show == "trial_map" and told <= {None}:
        return tuple(one for one, study in topic.studies.items() if study.planned or study.enrolled)
    return tuple(one for one in topic.studies if one in told)
