"""Templates rendered with all that the shipped topic gives, for tests to share."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace
from topic_samples import CONTENT, edition_of

from handouts.compose import template as rendering
from handouts.compose.bounds import Rendering
from handouts.compose.context import Context
from handouts.compose.names import template_names
from handouts.compose.template import render_html
from handouts.model.clinic import Clinic
from handouts.model.section import DocumentName
from handouts.problems import Problem, ProblemsError

CLINIC = Clinic(schema_version=1, name="Riverside & Sons", address=("1 High Street", "Riverside"), hours="8 to 5")
NAME = "t.j2"


@cache
def context(document: DocumentName = "handout") -> Context:
    """A document's of the shipped topic, with a clinic."""
    return Context(replace(edition_of(CONTENT, "ixazomib"), clinic=CLINIC), document)


def names(document: DocumentName = "handout") -> dict[str, Any]:
    """What a document's template can name."""
    return template_names(context(document))


def html(text: str, others: Mapping[str, str] | None = None, **more: Any) -> str:
    """What a template makes."""
    return render_html(NAME, {NAME: text, **(others or {})}, {**names(), **more}, context().written)


def refused(text: str, others: Mapping[str, str] | None = None, **more: Any) -> Problem:
    """The one thing that is wrong with a template."""
    with pytest.raises(ProblemsError) as caught:
        html(text, others, **more)
    (problem,) = caught.value.problems
    assert problem.severity == "error"
    return problem


def used(text: str, monkeypatch: pytest.MonkeyPatch) -> Rendering:
    """What a rendering takes, whether it comes to its end or not."""
    runs: list[Rendering] = []

    def begun(written: Any) -> Rendering:
        runs.append(Rendering(written))
        return runs[-1]

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "Rendering", begun)
        with contextlib.suppress(ProblemsError):
            html(text)
    (run,) = runs
    return run
