"""Rules on age and confirmation: information past its limit, a hotline that nobody has verified, a missing sign-off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handouts.model.freshness import is_stale
from handouts.model.load import Loaded
from handouts.model.topic import Topic
from handouts.problems import Problem, error, warning


def check_currency(loaded: Loaded[Topic], today: date) -> Iterator[Problem]:
    """STALE01 information older than its limit, STALE02 a date in the future, HOTLINE01 a hotline never verified,
    HOTLINE02 one verified too long ago, REVIEW01 no clinician's sign-off."""
    topic, document = loaded.value, loaded.document
    limit = topic.freshness.stale_after_months
    if is_stale(topic.as_of, today, limit):
        message = f"the information is from {topic.as_of.year}, older than {limit} months"
        yield warning(document.origin(("as_of",)), "STALE01", message, "look for newer sources, then change as_of")
    for key, source in topic.sources.items():
        if (source.as_of.year, source.as_of.month, source.as_of.day) > (today.year, today.month, today.day):
            instead = "correct it, or build with a later --date"
            yield error(document.origin(("sources", key, "as_of")), "STALE02", "the date is in the future", instead)
    hotline = topic.hotline
    if hotline and hotline.verified_on is None:
        yield warning(
            document.origin(("hotline",)), "HOTLINE01", f"nobody has verified {hotline.digits}",
            "call it, then add verified_on and verified_by",
        )  # fmt: skip
    elif hotline and hotline.verified_on and is_stale(hotline.verified_on, today, limit):
        yield warning(
            document.origin(("hotline", "verified_on")), "HOTLINE02",
            f"{hotline.digits} was last verified more than {limit} months ago",
            "call it again, then change verified_on",
        )  # fmt: skip
    if topic.review is None:
        origin = document.key_origin(("schema_version",))
        yield warning(origin, "REVIEW01", "no clinician has signed this topic off", "add review when one has")
