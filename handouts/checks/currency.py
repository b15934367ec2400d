"""Rules on age and confirmation: information past its limit, and contacts that nobody has verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.base import AsOf
from handouts.model.contact import System
from handouts.model.document import KeyPath
from handouts.model.freshness import is_future, is_stale, outdated, overdue

_TRIED: Mapping[System, str] = {"phone": "call it", "sms": "send it a message", "url": "open it"}
NHS = "NHS Standard for Creating Health Content (england.nhs.uk/tis): last-checked and next-check dates"


@rule(
    "STALE01",
    OfTopic,
    "warning",
    why="What was true when it was written may mislead when it is read.",
    source=NHS,
)
def stale_information(subject: OfTopic) -> Iterator[Found]:
    """The main information is older than the topic's limit (`freshness.stale_after_months`)."""
    topic = subject.topic.value
    limit = topic.freshness.stale_after_months
    if is_stale(topic.as_of, subject.today, limit):
        message = f"the information is from {topic.as_of.year}, older than {limit} months"
        origin = subject.topic.document.origin(("as_of",))
        yield Found(origin, message, "look for newer sources, then change as_of")


@rule(
    "STALE02",
    OfTopic,
    "error",
    why="A date that has not come yet is a slip of the pen, and hides how old the information is.",
    source=NHS,
    waivable=False,
)
def date_of_the_future(subject: OfTopic) -> Iterator[Found]:
    """The date of the topic, of a source or of a code is later than that of the documents."""
    topic = subject.topic.value
    dated: list[tuple[KeyPath, AsOf]] = [(("as_of",), topic.as_of)]
    dated += [(("codes", index, "as_of"), code.as_of) for index, code in enumerate(topic.codes)]
    for key, source in topic.sources.items():
        # When an undated source was read says nothing of its age, and an older --date may come before it.
        if isinstance(source.as_of, AsOf):
            dated.append((("sources", key, "as_of"), source.as_of))
    for path, day in dated:
        if is_future(day, subject.today):
            origin = subject.topic.document.origin(path)
            yield Found(origin, "the date is in the future", "correct it, or build with a later --date")


@rule(
    "STALE03",
    OfTopic,
    "warning",
    why="Whoever named the day meant that nobody should rely on the source after it without a look.",
    source=NHS,
)
def source_past_its_next_check(subject: OfTopic) -> Iterator[Found]:
    """A source was to be looked at again before today (`next_check`)."""
    for key, source in overdue(subject.topic.value, subject.today):
        if source.next_check and not _follows(source.next_check, source.dated):
            continue
        origin = subject.topic.document.origin(("sources", key, "next_check"))
        message = f"'{source.title}' was to be looked at again before this day"
        yield Found(origin, message, "look whether it has changed, then write its new as_of and the next check")


@rule(
    "STALE06",
    OfTopic,
    "warning",
    why="Dates in the wrong order are slips of the pen, behind which nobody knows how old the information is.",
    source=NHS,
)
def dates_in_the_wrong_order(subject: OfTopic) -> Iterator[Found]:
    """A source was to be looked at again before its own date, or a contact was verified before its source's date."""
    topic, document = subject.topic.value, subject.topic.document
    for key, source in topic.sources.items():
        if source.next_check and not _follows(source.next_check, source.dated):
            message = f"'{source.title}' is from {source.dated}, and was to be looked at again in {source.next_check}"
            yield Found(document.origin(("sources", key, "next_check")), message, "correct the one that is wrong")
    for key, contact in topic.contacts.items():
        source = topic.sources.get(contact.source or "")
        checked = contact.verified_on
        if source and checked and not source.dated.about and _begins(checked) < _begins(source.dated):
            message = f"{contact.digits()} is from a source of {source.dated}, and was verified before, on {checked}"
            yield Found(document.origin(("contacts", key, "verified_on")), message, "correct the one that is wrong")


def _follows(next_check: AsOf, dated: AsOf) -> bool:
    """Whether the whole of the one day, month or year lies after the beginning of the other."""
    return (next_check.year, next_check.month or 12, next_check.day or 31) > _begins(dated)


def _begins(day: AsOf) -> tuple[int, int, int]:
    return day.year, day.month or 1, day.day or 1


@rule(
    "STALE04",
    OfTopic,
    "warning",
    why="A page or a label changes under the same name; an article with a DOI or a trial's record stays what it was.",
    source=NHS,
)
def old_source_that_can_change(subject: OfTopic) -> Iterator[Found]:
    """A source without DOI and NCT number is older than the topic's limit, and nobody has said when to look again."""
    limit = subject.topic.value.freshness.stale_after_months
    for key, source in outdated(subject.topic.value, subject.today):
        origin = subject.topic.document.origin(("sources", key, "as_of"))
        message = f"'{source.title}' is from {source.dated.year}, older than {limit} months, and may have changed"
        yield Found(origin, message, "look, then write its new as_of or next_check")


@rule(
    "HOTLINE01",
    OfTopic,
    "warning",
    why="A printed number that rings nowhere, or at a stranger's, fails the reader who needs it.",
    source="EMA, GVP module XVI, appendix 2: a patient card says whom to contact; educational material is dated",
    waivable=False,
)
def unverified_contact(subject: OfTopic) -> Iterator[Found]:
    """Nobody has called a number, or opened an address, to verify it."""
    for key, contact in subject.topic.value.contacts.items():
        if contact.from_ is None and contact.verified_on is None:
            origin = subject.topic.document.origin(("contacts", key))
            instead = f"{_TRIED[contact.system]}, then add verified_on and verified_by"
            yield Found(origin, f"nobody has verified {contact.digits()}", instead)


@rule(
    "HOTLINE02",
    OfTopic,
    "warning",
    why="Telephone lines and addresses are closed and given to others.",
    source=NHS,
    waivable=False,
)
def contact_verified_long_ago(subject: OfTopic) -> Iterator[Found]:
    """A contact was last verified longer ago than the topic's limit."""
    limit = subject.topic.value.freshness.stale_after_months
    for key, contact in subject.topic.value.contacts.items():
        if contact.verified_on and is_stale(contact.verified_on, subject.today, limit):
            origin = subject.topic.document.origin(("contacts", key, "verified_on"))
            message = f"{contact.digits()} was last verified more than {limit} months ago"
            yield Found(origin, message, f"{_TRIED[contact.system]} again, then change verified_on")
