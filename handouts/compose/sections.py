"""The sections of one document, as templates go through them: topic and words in, plain records out.

Rows are what stands side by side: narrow sections that fit the page's columns, or care cards that follow each other.
What a topic or a language does not have is None or empty in a record, so that a template leaves no hole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from handouts.compose.context import Context
from handouts.compose.evidence import Evidence, evidence_of
from handouts.compose.phrase import Phrase
from handouts.compose.plain import PlainRecord, plain
from handouts.compose.quantity import Quantity
from handouts.compose.statement_tables import beside, form_of
from handouts.model.freshness import is_younger
from handouts.model.section import COLUMNS, Section, When

Row = tuple[PlainRecord, ...]
_TOP = 2
"""Level of a section's heading on a page, under the title's."""
_BACK = ("fill_in", "steps", "schedule")
"""Kinds that stand on the back of a card where the topic does not say: what is read again and again, not in a hurry."""
MOST_BESIDE = 3
"""Care cards in one row; more would be too narrow to read."""


class Sections(Struct, frozen=True):
    """A document's sections in order, and by row, each with those under it; `cited` are the sources behind them."""

    listed: tuple[PlainRecord, ...]
    rows: tuple[Row, ...]
    cited: tuple[str, ...]


def sections_of(context: Context) -> Sections:
    """The sections of the context's document. What needs words and has none is noted (`Context.complete`)."""
    topic, document = context.edition.topic, context.document
    shown = {key: one for key, one in topic.sections.items() if document in topic.stands_in(one)}
    evidence = {key: evidence_of(context, key) for key, one in shown.items() if one.kind == "evidence"}
    under: dict[str | None, list[str]] = {}
    for key, section in shown.items():
        # Slides and faces have no sections within sections.
        parent = section.under if document == "handout" and section.under in shown else None
        under.setdefault(parent, []).append(key)
    groups = _groups(context, shown) if document == "deck" else {}
    made: dict[str, PlainRecord] = {}
    for key in (*(key for key in shown if key not in under.get(None, ())), *under.get(None, ())):
        parts = [(shown[one], made[one]) for one in under.get(key, ())]
        record = _record(context, key, shown[key], evidence.get(key), groups.get(key, ""), inner=key not in under[None])
        made[key] = record.but(parts=tuple(one for _, one in parts), rows=rows(parts))
    order = sorted(under.get(None, ()), key=lambda key: document == "deck" and shown[key].slide == "backup")
    listed = tuple(made[key] for key in order if _has_content(made[key]))
    top = [(shown[str(one.get("id"))], one) for one in listed]
    used = {source for one in made.values() for source in one.get("sources")}
    return Sections(listed, rows(top), tuple(source for source in topic.sources if source in used))


def rows(sections: Iterable[tuple[Section, PlainRecord]]) -> tuple[Row, ...]:
    """Sections as rows of those that stand side by side, each with its share of the page's columns."""
    found: list[list[tuple[Section, PlainRecord]]] = []
    for section, record in sections:
        if not _has_content(record):
            continue
        if found and not section.new_page and _beside([one for one, _ in found[-1]], section):
            found[-1].append((section, record))
        else:
            found.append([(section, record)])
    return tuple(tuple(record.but(span=_span(row, section)) for section, record in row) for row in found)


def _beside(row: Sequence[Section], section: Section) -> bool:
    """Whether a section stands beside those before it."""
    if section.span == COLUMNS:
        return section.kind == "care_card" and len(row) < MOST_BESIDE and all(map(_is_wide_card, row))
    return all(one.span < COLUMNS for one in row) and sum(one.span for one in (*row, section)) <= COLUMNS


def _is_wide_card(section: Section) -> bool:
    return section.kind == "care_card" and section.span == COLUMNS


def _span(row: Sequence[tuple[Section, PlainRecord]], section: Section) -> int:
    """The columns that a section has: those that it wishes, or its even share. What stands alone has all."""
    if len(row) == 1:
        return COLUMNS
    return section.span if section.span < COLUMNS else COLUMNS // len(row)


def _has_content(record: PlainRecord) -> bool:
    """Whether there is more of a section than its heading."""
    kept = ("told", "intro", "parts", "figure", "contacts", "fields", "picture", "entries", "note")
    return any(record.get(name) for name in kept)


def _record(
    context: Context, key: str, section: Section, evidence: Evidence | None, group: str, *, inner: bool
) -> PlainRecord:
    topic, words = context.edition.topic, _words(context, key)
    tellings = [(statement, said) for _, statement, said in context.tellings(key)]
    statements = [name for name, _, _ in context.tellings(key)]
    told = tuple(said for _, said in tellings if said)
    deck: Mapping[str, Phrase | None] = words.get("deck") or {}
    studies = evidence.studies if evidence else section.named_studies()
    of_contacts = [context.contacts().get(one) for one in section.contacts]
    contacts = [topic.contacts[one].source for one in section.contacts]
    sources = dict.fromkeys((*context.sources_of(*statements), *(evidence.sources if evidence else ())))
    sources.update((one, None) for one in contacts if one)
    record: dict[str, Any] = {
        "id": key,
        "kind": section.kind,
        "level": _TOP + inner,
        "intro": words.get("intro"),
        "closing": words.get("closing"),
        "fields": words.get("fields") or (),
        "talk": deck.get("talk"),
        "note": deck.get("note"),
        "told": told,
        "steps": tuple(
            PlainRecord({"when": _when(context, section, statement.at), "told": said})
            for statement, said in tellings
            if said
        ),
        "entries": _entries(context, section),
        "form": form_of(context, key),
        "beside": beside(context, key),
        "show": section.shown_in(context.document),
        "figure": bool(evidence and evidence.has_figure),
        "intervals": evidence.intervals if evidence else (),
        "studies": tuple(one for one in context.shown["studies"] if one.get("id") in studies),
        "per": section.per,
        "urgency": section.urgency,
        "contacts": section.contacts,
        "checked": _checked(of_contacts),
        "qr": section.qr,
        "picture": section.picture,
        "tone": section.tone,
        "anchor": plain(context.words["anchors"].get(section.anchor)) if section.anchor else None,
        "span": COLUMNS,
        "new_page": section.new_page,
        "slide": section.slide,
        "side": section.side or ("back" if section.kind in _BACK else "front"),
        "sources": tuple(sources),
        "own": bool(tellings) and all(statement.own for statement, _ in tellings),
        "apart": "trial_map" not in section.shows() and _are_apart(context, studies),
        "group": group,
    }
    heading = words.get("heading") or _common_heading(context, key)
    if heading is None and evidence and evidence.has_figure and inner and len(studies) == 1:
        heading = context.words["studies"][studies[0]]["short"]
    record["heading"] = heading
    record["title"] = deck.get("title") or heading
    _need_heading(context, key, record)
    return PlainRecord(record)


def _checked(contacts: Iterable[PlainRecord]) -> tuple[PlainRecord, ...]:
    """When contacts were last checked: each sentence once, with the names of those of which it is said."""
    found: dict[str, list[str]] = {}
    for one in contacts:
        if said := one.get("checked"):
            found.setdefault(said, []).append(str(one.get("name") or one.get("text")))
    return tuple(PlainRecord({"names": ", ".join(names), "said": said}) for said, names in found.items())


def _words(context: Context, key: str) -> dict[str, Any]:
    found: dict[str, Any] | None = context.words["sections"].get(key)
    return found or {}


def _need_heading(context: Context, key: str, record: Mapping[str, Any]) -> None:
    """Notes a heading or title without which a section cannot be found."""
    if context.document == "deck" and record["title"] is None:
        context.lacks(("sections", key), f"sections has no words for the slide of '{key}'",
                      f"add '{key}:' with 'deck: {{title: …}}' or 'heading:' to 'sections'")  # fmt: skip
    headless = record["kind"] == "callout" or record["level"] > _TOP or context.document == "card"
    if context.document != "deck" and record["heading"] is None and not headless:
        context.lacks(("sections", key), f"sections has no heading for '{key}'",
                      f"add '{key}:' with 'heading:' to 'sections'")  # fmt: skip


def _common_heading(context: Context, key: str) -> str | None:
    """The locale's heading of a section that many topics have."""
    if key not in context.edition.locale.headings:
        return None
    topic = context.edition.topic
    until = context.newest_change()
    # Sources no younger than the main one do not make a stretch of time: "since March 2026 (to March 2026)".
    alone = until is None or not is_younger(until, topic.as_of)
    dates = {"since": topic.as_of, "until": topic.as_of if until is None else until}
    return context.heading(key, alone=alone, subject=context.shown["subject"].get("name"), **dates)


def _when(context: Context, section: Section, at: When | None) -> str:
    """When a step is taken, in words: "5 hours before your appointment", "1 day before, 6:00 pm"."""
    if at is None:
        return ""
    amount, unit = (at.hours, "hour") if at.hours is not None else (at.day or 0, "day")
    anchor: Phrase | None = context.words["anchors"][section.anchor]["name"] if section.anchor else None
    # With a time of day the anchor's name would make a table's head too long.
    beside = {"anchor": anchor.__html__()} if anchor and at.time is None else {}
    if amount:
        span = context.with_unit(Quantity(Decimal(abs(amount)), unit))
        side = "before" if amount < 0 else "after"
        text = context.fixed(f"when_{side}_anchor" if beside else f"when_{side}", span=span, **beside)
    elif beside and unit == "hour":
        text = context.fixed("when_at_anchor", **beside)
    else:
        text = context.fixed("when_on_the_day")
    return context.fixed("when_at_time", day=text, time=at.time) if at.time else text


def _entries(context: Context, section: Section) -> tuple[Any, ...]:
    """Of questions and terms: what they list, which stands in lists of their own in the language file."""
    if section.kind == "questions":
        return tuple(context.words["questions"])
    if section.kind == "terms":
        return tuple(plain(one) for one in context.words["terms"] if one["meaning"])
    return ()


def _are_apart(context: Context, studies: Iterable[str]) -> bool:
    """Whether studies are of different settings, so that their results cannot be compared."""
    settings = {context.edition.topic.studies[one].setting for one in studies}
    return len(settings - {None}) > 1


_CLOSING = ("limits", "take_home")
"""Common sections that are a part of a deck of their own."""


def _groups(context: Context, shown: Mapping[str, Section]) -> dict[str, str]:
    """The name of the part of a deck to which each section's slide belongs. Parts do not interrupt one another: all
    between the first evidence and the last is evidence, and all that follows a slide which opens a part belongs to
    that, down to what closes the deck. What is kept in reserve comes last.
    """
    ahead = {key: section for key, section in shown.items() if section.slide != "backup"}
    evidence = [at for at, section in enumerate(ahead.values()) if section.kind == "evidence"]
    found: dict[str, str] = {}
    opened = ""
    for at, (key, section) in enumerate(ahead.items()):
        if section.slide == "section":
            opened = _title(context, key)
        if key in _CLOSING:
            found[key], opened = context.heading(key), ""
        elif opened:
            found[key] = opened
        elif evidence and evidence[0] <= at <= evidence[-1]:
            found[key] = context.fixed("evidence")
        elif section.kind == "contacts":
            found[key] = context.fixed("contacts_summary")
        elif section.kind == "care_card" or key in ("side_effects", "when_to_call", "risks"):
            found[key] = context.fixed("safety")
        else:
            found[key] = next(reversed(found.values()), context.fixed("overview"))
    return found | dict.fromkeys(shown.keys() - ahead.keys(), context.fixed("backup"))


def _title(context: Context, key: str) -> str:
    words = _words(context, key)
    title: Phrase | None = (words.get("deck") or {}).get("title") or words.get("heading")
    return str(title) if title else context.fixed("overview")
