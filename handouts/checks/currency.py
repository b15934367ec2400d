"""Rules on age and confirmation: information past its limit, a hotline that nobody has verified, a missing sign-off."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfTopic, rule
from handouts.model.freshness import is_stale

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
)
def source_of_the_future(subject: OfTopic) -> Iterator[Found]:
    """A source's date is later than the date of the documents."""
    today = (subject.today.year, subject.today.month, subject.today.day)
    for key, source in subject.topic.value.sources.items():
        if (source.as_of.year, source.as_of.month, source.as_of.day) > today:
            origin = subject.topic.document.origin(("sources", key, "as_of"))
            yield Found(origin, "the date is in the future", "correct it, or build with a later --date")


@rule(
    "HOTLINE01",
    OfTopic,
    "warning",
    why="A printed number that rings nowhere, or at a stranger's, fails the reader who needs it.",
    source="EMA, GVP module XVI, addendum I: educational material carries contact details, a version and a date",
)
def unverified_hotline(subject: OfTopic) -> Iterator[Found]:
    """Nobody has called the hotline to verify it."""
    hotline = subject.topic.value.hotline
    if hotline and hotline.verified_on is None:
        origin = subject.topic.document.origin(("hotline",))
        instead = "call it, then add verified_on and verified_by"
        yield Found(origin, f"nobody has verified {hotline.digits}", instead)


@rule(
    "HOTLINE02",
    OfTopic,
    "warning",
    why="Telephone lines are closed and given to others.",
    source=NHS,
)
def hotline_verified_long_ago(subject: OfTopic) -> Iterator[Found]:
    """The hotline was last verified longer ago than the topic's limit."""
    hotline, limit = subject.topic.value.hotline, subject.topic.value.freshness.stale_after_months
    if hotline and hotline.verified_on and is_stale(hotline.verified_on, subject.today, limit):
        origin = subject.topic.document.origin(("hotline", "verified_on"))
        message = f"{hotline.digits} was last verified more than {limit} months ago"
        yield Found(origin, message, "call it again, then change verified_on")


@rule(
    "REVIEW01",
    OfTopic,
    "warning",
    why="A clinician answers for what patients are told.",
    source="NHS Standard for Creating Health Content (england.nhs.uk/tis); PIF TICK (pifonline.org.uk): evidence",
)
def not_signed_off(subject: OfTopic) -> Iterator[Found]:
    """No clinician has signed the topic off."""
    if subject.topic.value.review is None:
        origin = subject.topic.document.key_origin(("schema_version",))
        yield Found(origin, "no clinician has signed this topic off", "add review when one has")
