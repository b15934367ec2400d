"""The registry of rules: every module of rules by name; a new one needs its row here and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from handouts.checks import (
    alt_texts,
    clear_communication,
    codes,
    counting,
    coverage,
    currency,
    date_ranges,
    doses,
    effects,
    evidence,
    harm_words,
    impossible,
    left_to_guess,
    markup,
    nesting,
    numbers,
    participants,
    phones,
    plain_language,
    review_state,
    risk_wording,
    shows,
    sign_off,
    sources,
    spelled_numbers,
    tongue,
    translation,
    typed_numbers,
    typed_phones,
    waivers,
)
from handouts.checks.rule import Rule, Subject, findings_of
from handouts.problems import Problem

MODULES: tuple[ModuleType, ...] = (
    evidence,
    numbers,
    participants,
    impossible,
    nesting,
    effects,
    typed_numbers,
    typed_phones,
    doses,
    spelled_numbers,
    sources,
    currency,
    codes,
    date_ranges,
    phones,
    sign_off,
    review_state,
    shows,
    coverage,
    translation,
    tongue,
    markup,
    alt_texts,
    plain_language,
    clear_communication,
    counting,
    left_to_guess,
    harm_words,
    risk_wording,
    waivers,
)

RULES: tuple[Rule[Any], ...] = tuple(
    sorted(
        (found for module in MODULES for found in vars(module).values() if isinstance(found, Rule)),
        key=lambda one: one.code,
    )
)
"""Every rule, by code."""


def judged(subject: Subject) -> Iterator[Problem]:
    """What all rules find in a topic, its words or one of its documents."""
    return findings_of(RULES, subject)
