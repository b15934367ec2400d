"""Schema of a study in `topic.yaml`: its arms, and what came of it in each of them, as outcomes and as harms.

An outcome has one of four measures, which says what its results may hold and which effects can compare its arms. The
names follow CONSORT 2025 (items 24 to 27) and the results of ClinicalTrials.gov. What keys cannot go together is
told by `checks.evidence`, each at its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from handouts.model.base import (
    AsOfField,
    Before,
    Count,
    Line,
    Model,
    NotReachedField,
    NotStatedField,
    Number,
    Positive,
    PValue,
    Slug,
    Stated,
    TallyField,
)

Phase = Literal["I", "I/II", "II", "II/III", "III", "IV"]
Design = Literal[
    "randomized", "non_randomized", "single_arm", "observational", "pooled", "meta_analysis", "not_stated"
]  # fmt: skip
Status = Literal[
    "preliminary", "final", "planned", "not_yet_recruiting", "recruiting", "active_not_recruiting", "under_way",
    "completed", "published",
]  # fmt: skip
"""How a study stood. Those on recruitment are the names of ClinicalTrials.gov; one that is `under_way` does not say."""
Role = Literal["experimental", "active_comparator", "placebo_comparator", "sham_comparator", "no_intervention", "other"]
Measure = Literal["proportion", "time_to_event", "continuous", "rate"]
Statistic = Literal[
    "hazard_ratio", "risk_ratio", "odds_ratio", "risk_difference", "efficacy", "mean_difference", "median_difference",
    "rate_ratio",
]  # fmt: skip
"""Effects by the names of FHIR's EBMonFHIR, and a vaccine's efficacy."""

RATIOS: frozenset[Statistic] = frozenset(("hazard_ratio", "risk_ratio", "odds_ratio", "rate_ratio"))
"""Effects of 1 where there is no difference; of the others it is 0."""

DIFFERENCES: frozenset[Statistic] = frozenset(("mean_difference", "median_difference"))
"""Effects in the unit of what was measured."""

Registry = Annotated[str, Meta(pattern=r"^NCT[0-9]{8}$")]
Unit = Slug
"""A unit's id: the locale has words for the usual ones, the language file's `names` for any other."""


def _pair(value: Any) -> Any:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValueError("is not an interval; write its low and its high end, like [0.68, 1.02]")
    return value


Ends = Annotated[tuple[Number | None, ...], Before(_pair)]
"""Low and high end of an interval. `null` stands for an end that was not reached or is not stated."""


class Amount(Model, frozen=True, kw_only=True):
    """A number in a unit, such as the 52 weeks of a time frame."""

    value: Number
    unit: Unit


class Arm(Model, frozen=True, kw_only=True):
    """A group of a study's participants: what part it had, and how many were analysed where all outcomes share that."""

    role: Role
    n: Positive | None = None


class Result(Model, frozen=True, kw_only=True):
    """What one arm had; which keys go together the outcome's measure says.

    `n` are the people analysed. `basis` tells whether the source prints the count or it follows from the published
    percentage (the only count that rounds to it). `interval` is of a median, mean or rate, at `level` percent.
    """

    count: Count | None = None
    n: Positive | NotStatedField | None = None
    percent: Number | None = None
    basis: Literal["published", "derived"] = "published"
    median: Number | NotReachedField | None = None
    mean: Number | None = None
    sd: Number | None = None
    se: Number | None = None
    interval: Ends | None = None
    level: Number = Decimal(95)
    events: Count | None = None
    person_time: Number | None = None
    rate: Number | NotStatedField | None = None


class Graded(Result, frozen=True, kw_only=True):
    """Harms of one grade: by arm, or, where there is one arm, the result itself."""

    written_as: ClassVar[str | None] = "arms"

    arms: dict[Slug, Result] = {}


HOLDS: dict[Measure, frozenset[str]] = {
    "proportion": frozenset(("count", "n", "percent", "basis")),
    "time_to_event": frozenset(("median", "interval", "level", "events", "n")),
    "continuous": frozenset(("mean", "median", "sd", "se", "interval", "level", "n")),
    "rate": frozenset(("events", "person_time", "rate", "interval", "level", "n")),
}
"""The keys that a result may have, by measure."""

SAYS: dict[Measure, tuple[str, ...]] = {
    "proportion": ("count", "percent"),
    "time_to_event": ("median", "events"),
    "continuous": ("mean", "median"),
    "rate": ("rate", "events"),
}
"""The keys of which a result needs one, or it says nothing."""

COMPARES: dict[Statistic, tuple[Measure, ...]] = {
    "hazard_ratio": ("time_to_event", "proportion"),
    "risk_ratio": ("proportion",),
    "odds_ratio": ("proportion",),
    "risk_difference": ("proportion",),
    "efficacy": ("proportion",),
    "mean_difference": ("continuous",),
    "median_difference": ("continuous", "time_to_event"),
    "rate_ratio": ("rate",),
}
"""The measures whose arms an effect can compare. A hazard ratio may stand beside counts of events."""


class Effect(Model, frozen=True, kw_only=True):
    """What sets two arms apart, only ever as published: the arm `of` against the arm `to`."""

    statistic: Statistic
    of: Slug
    to: Slug
    value: Number | NotStatedField
    interval: Ends | None = None
    interval_kind: Literal["confidence", "credible"] = "confidence"
    level: Number = Decimal(95)
    p: PValue | None = None
    significant: bool | None = None
    source: Slug | None = None

    @property
    def no_difference(self) -> int:
        """The value that means that the two arms did not differ."""
        return 1 if self.statistic in RATIOS else 0


GradeId = Annotated[str, Meta(pattern=r"^[0-9a-z][0-9a-z_]*[+]?$", max_length=20)]
"""How bad a harm was, such as `severe`, `3` or, with all above it, `3+`."""


class Outcome(Result, frozen=True, kw_only=True):
    """What was measured, and what came of it: by arm in `arms`, or, where there is one arm, in the outcome itself.

    `better` says which direction is good. `within` names the outcome that counts these people too; outcomes that are
    `part_of` one exclude each other. `change` is one from the start of the study. Harms are outcomes, whose results
    may also stand by grade.
    """

    measure: Measure = "proportion"
    rank: Literal["primary", "secondary", "other"] | None = None
    better: Literal["higher", "lower"] | None = None
    unit: Unit | None = None
    change: bool = False
    time_frame: Amount | None = None
    subgroup: Slug | None = None
    within: Slug | None = None
    part_of: Slug | None = None
    certainty: Literal["high", "moderate", "low", "very_low"] | None = None
    serious: bool = False
    arms: dict[Slug, Result] = {}
    grades: dict[GradeId, Graded] = {}
    effects: dict[Slug, Effect] = {}
    source: Slug | None = None

    def results(self) -> Iterator[tuple[tuple[str, ...], str | None, Result]]:
        """Every result, with its path in the outcome and its arm; the arm is None where the result names none."""
        if any(getattr(self, key) is not None for key in SAYS[self.measure]) or not (self.arms or self.grades):
            yield (), None, self
        for arm, result in self.arms.items():
            yield ("arms", arm), arm, result
        for grade, found in self.grades.items():
            if not found.arms:
                yield ("grades", grade), None, found
            for arm, result in found.arms.items():
                yield ("grades", grade, arm), arm, result


class StudyFact(Model, frozen=True, kw_only=True):
    """One number, range, date or time that belongs to a study, such as the weeks of a cycle."""

    value: Stated
    unit: Unit | None = None
    source: Slug | None = None


class Report(Model, frozen=True, kw_only=True):
    """What one source says of a study: how many people, and what came of it; `as_of` is its data cut-off."""

    source: Slug
    status: Status
    as_of: AsOfField | None = None
    planned: TallyField | None = None
    enrolled: TallyField | None = None
    evaluable: Positive | None = None
    outcomes: dict[Slug, Outcome] = {}
    harms: dict[Slug, Outcome] = {}

    def leading(self) -> str | None:
        """The id of the outcome that leads: the one of primary rank, else the first; None where there is none."""
        primary = (key for key, outcome in self.outcomes.items() if outcome.rank == "primary")
        return next(primary, next(iter(self.outcomes), None))

    def measured(self) -> Iterator[tuple[tuple[str, str], Outcome]]:
        """Every outcome and harm with its path in the report."""
        for key, outcome in self.outcomes.items():
            yield ("outcomes", key), outcome
        for key, harm in self.harms.items():
            yield ("harms", key), harm


class Study(Report, frozen=True, kw_only=True):
    """A study as the topic's main source reports it; `later` holds what other sources said since.

    `combined_with` names the medicines that were given beside the one studied. `criteria` are those by which its
    outcomes were judged, as the source names them, such as "IMWG 2016". Studies of different settings cannot be
    compared.
    """

    design: Design
    setting: Slug | None = None
    combined_with: Slug | None = None
    phase: Phase | None = None
    name: Line | None = None
    registry: Registry | None = None
    arms: dict[Slug, Arm] = {}
    facts: dict[Slug, StudyFact] = {}
    criteria: Line | None = None
    later: dict[Slug, Report] = {}


NAMES_OF_STUDIES: frozenset[str] = frozenset((*Study.__struct_fields__, "id", "main", "words"))
"""What words and templates can name of each study, so that none of its facts, outcomes and harms can be called it."""

NAMES_OF_OUTCOMES: frozenset[str] = frozenset(
    (*Outcome.__struct_fields__, "id", "arm", "share", "per_100", "derived", "result", "results")
)
"""What words and templates can name of each outcome, so that none of its arms, effects and grades can be called it."""


def analysed(result: Result, arm: str | None, outcome: Outcome, study: Study) -> int | None:
    """The people whom a result is of: as it says itself, else its outcome, else its arm; None where none says so."""
    for n in (result.n, outcome.n):
        if n is not None:
            return n if isinstance(n, int) else None
    return study.arms[arm].n if arm in study.arms else None
