"""Rules on the sign-off: a clinician has signed just what would be printed, and what was signed is kept whole."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.checks.rule import Found, OfSignOff, OfTopic, rule

NHS = "NHS Standard for Creating Health Content (england.nhs.uk/tis): version control and an evidence record"
APPROVE = "once a clinician has read it, run: handouts approve TOPIC --reviewer NAME --role ROLE"


@rule(
    "REVIEW01",
    OfSignOff,
    "warning",
    why="A clinician answers for what patients are told.",
    source=NHS,
    waivable=False,
)
def not_signed_off(subject: OfSignOff) -> Iterator[Found]:
    """No clinician has signed the topic off in this language."""
    if subject.standing.sign_off is None:
        origin = subject.words.document.key_origin(("language",))
        yield Found(origin, "no clinician has signed this topic off", APPROVE)


@rule(
    "REVIEW02",
    OfSignOff,
    "warning",
    why="What was changed after the review has not been reviewed.",
    source=NHS,
    waivable=False,
)
def changed_since_the_sign_off(subject: OfSignOff) -> Iterator[Found]:
    """Words, numbers or templates are not those that a clinician signed off."""
    signed, record = subject.standing.sign_off, subject.standing.record
    if signed and record and signed.is_whole and signed.digest != record.digest():
        origin = subject.words.document.key_origin(("language",))
        message = f"this has changed since the sign-off by {signed.reviewer}, {signed.role}, on {signed.on}"
        yield Found(origin, message, "run handouts diff TOPIC to see what, then have it signed off anew")


@rule(
    "REVIEW03",
    OfTopic,
    "warning",
    why="A line that anybody can type and that no change voids is no sign-off.",
    source=NHS,
    waivable=False,
)
def typed_review(subject: OfTopic) -> Iterator[Found]:
    """A review is typed into topic.yaml, where it counts for nothing."""
    if subject.topic.value.review is not None:
        origin = subject.topic.document.key_origin(("review",))
        yield Found(origin, "a review typed here does not count", f"delete it; {APPROVE}")


@rule(
    "REVIEW04",
    OfSignOff,
    "warning",
    why="A record that somebody edited no longer shows what the clinician saw.",
    source=NHS,
    waivable=False,
)
def edited_sign_off(subject: OfSignOff) -> Iterator[Found]:
    """What review.yaml keeps of a sign-off is not what was signed."""
    signed, review = subject.standing.sign_off, subject.review
    if signed is not None and review is not None and not signed.is_whole:
        origin = review.document.key_origin(("languages", subject.words.value.language, "record"))
        instead = "take the file back as it was, or have it signed off anew"
        yield Found(origin, "the record is not what its digest was made of", instead)
