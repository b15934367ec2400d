"""Makes documents in memory: topics loaded, checked, composed and rendered.

In: a `Request` (what the command line asks for). Out: bytes with their manifest entries, and every finding.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from handouts.checks.coverage import check_coverage
from handouts.checks.currency import check_currency
from handouts.checks.numbers import check_numbers
from handouts.checks.phones import check_phones
from handouts.checks.typed_numbers import check_typed_numbers
from handouts.compose.context import Edition
from handouts.disk import UsageError
from handouts.manifest import Entry, sha256
from handouts.model.load import Loaded
from handouts.model.words import Words
from handouts.outputs import Output, Setup
from handouts.plan.documents import Deck, Handout, Plan
from handouts.problems import Problem, ProblemsError
from handouts.request import Request, chosen, documents_of
from handouts.result import Made, Result
from handouts.theme.brand import branded
from handouts.theme.fonts import family
from handouts.theme.legible import legible
from handouts.theme.printing import USUAL
from handouts.theme.schema import Theme
from handouts.workspace import ClinicFiles, TopicFiles, Workspace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Shop:
    """What all documents of a run share."""

    request: Request
    skip: Container[str]
    workspace: Workspace
    setup: Setup
    templates: dict[str, str]
    clinic: ClinicFiles | None


def make(request: Request, skip: Container[str] = ()) -> Result:
    """The documents of a request in memory, but for the file names to `skip`; none is written.

    Raises ProblemsError for mistakes of the content and UsageError for those of the command line.
    """
    workspace = Workspace(request.content, request.templates)
    problems: list[Problem] = []
    setup = _tried(lambda: _setup(request, workspace), problems)
    templates = _tried(workspace.templates, problems)
    clinic = _tried(lambda: workspace.clinic(request.clinic) if request.clinic else None, problems)
    if setup and clinic:
        setup = _tried(partial(_in_colours_of, clinic, setup), problems)
    shop = _Shop(request, skip, workspace, setup, templates, clinic) if setup and templates is not None else None
    made: list[Made] = []
    for topic_id, languages in chosen(request).items():
        if languages and all(asked.path in skip for asked in documents_of(request, topic_id, languages)):
            continue
        loaded = _tried(partial(workspace.topic, topic_id, request.languages), problems)
        if loaded is None:
            continue
        contradictions = list(check_numbers(loaded.topic))
        problems += [*loaded.findings, *contradictions, *_findings(loaded, clinic, request.today)]
        # Words are composed although others are wrong, so that a run tells all mistakes; not on numbers that are.
        if contradictions or shop is None:
            continue
        for words in loaded.words:
            try:
                made += _documents(shop, loaded, words, problems)
            except ProblemsError as bad:
                problems.extend(_with_paths(bad.problems, workspace))
    return _result(made, problems, request)


def _tried(step: Callable[[], T], problems: list[Problem]) -> T | None:
    """What a step gives; None where it does not, its problems added to the others."""
    try:
        return step()
    except ProblemsError as bad:
        problems.extend(bad.problems)
        return None


def _result(made: list[Made], problems: list[Problem], request: Request) -> Result:
    if any(p.severity == "error" for p in problems):
        raise ProblemsError(problems)
    if request.strict and problems:
        raise ProblemsError(replace(p, severity="error") for p in problems)
    return Result(tuple(made), tuple(sorted(set(problems))))


def _setup(request: Request, workspace: Workspace) -> Setup:
    theme = legible(workspace.loaded("themes", request.theme, Theme))
    stock = request.sheet or USUAL[request.paper]
    sheet = workspace.sheet(stock)
    if request.printing.start_at > sheet.cards:
        wanted = f"--start-at {request.printing.start_at}: a sheet of {stock} has no such card"
        raise UsageError(f"{wanted}; write 1 to {sheet.cards}" if sheet.cards > 1 else f"{wanted}; it has one")
    template = workspace.deck_template(request.deck_template) if request.deck_template else None
    return Setup(theme, request.paper, sheet, request.printing, template)


def _in_colours_of(clinic: ClinicFiles, setup: Setup) -> Setup:
    return replace(setup, theme=branded(setup.theme, clinic.clinic))


def _findings(loaded: TopicFiles, clinic: ClinicFiles | None, today: date) -> Iterator[Problem]:
    yield from check_currency(loaded.topic, today)
    yield from check_phones(loaded.topic, clinic.clinic if clinic else None)
    for words in loaded.words:
        yield from check_typed_numbers(loaded.topic, words)


def _documents(shop: _Shop, loaded: TopicFiles, words: Loaded[Words], problems: list[Problem]) -> list[Made]:
    """The documents of one topic in one language; adds what their checks find to `problems`. Raises ProblemsError."""
    request, setup, clinic = shop.request, shop.setup, shop.clinic
    edition = Edition(
        topic_id=loaded.id,
        topic=loaded.topic.value,
        words=words.value,
        words_document=words.document,
        locale=shop.workspace.locale(words.value.language),
        today=request.today,
        measure=family(setup.theme.family).measure,
        clinic=clinic.clinic.value if clinic else None,
        clinic_document=clinic.clinic.document if clinic else None,
        logo=clinic.logo if clinic else None,
    )
    about = [p for p in problems if p.origin.file in (loaded.topic.document.file, words.document.file)]
    made: list[Made] = []
    failed: list[Problem] = []
    for asked in documents_of(request, loaded.id, [words.value.language]):
        if asked.path in shop.skip:
            continue
        output = asked.output
        try:
            plan = output.compose(edition, shop.templates)
            untold = list(check_coverage(loaded.topic, plan)) if isinstance(plan, Handout | Deck) else []
            problems.extend(untold)
            data = output.render(plan, setup)
        except ProblemsError as bad:
            failed.extend(bad.problems)
            continue
        findings = tuple(sorted({_relative(p, request.content) for p in (*about, *untold)}))
        made.append(Made(data, _entry(output, plan, data, asked.path, loaded.id, findings)))
    if failed:
        raise ProblemsError(failed)
    return made


def _entry(output: Output, plan: Plan, data: bytes, path: str, topic: str, findings: tuple[Problem, ...]) -> Entry:
    return Entry(
        path=path,
        format=output.format,
        topic=topic,
        language=plan.meta.language,
        bytes=len(data),
        sha256=sha256(data),
        unit=output.unit,
        count=output.count(plan, data),
        as_of=plan.meta.as_of,
        review=plan.meta.review_state,
        date=plan.meta.date,
        findings=findings,
    )


def _relative(problem: Problem, content: Path) -> Problem:
    """The problem with its file named from the content folder, so that the manifest is the same wherever that lies."""
    path = Path(problem.origin.file)
    inside = path.relative_to(content).as_posix() if path.is_relative_to(content) else path.name
    return replace(problem, origin=replace(problem.origin, file=inside))


def _with_paths(problems: Iterable[Problem], workspace: Workspace) -> Iterator[Problem]:
    """Problems of templates named by their path instead of their bare name."""
    for problem in problems:
        origin = problem.origin
        yield replace(problem, origin=replace(origin, file=workspace.template_path(origin.file)))
