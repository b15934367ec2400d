"""The build: which documents of which topics, composed, rendered, and written all or none, with a manifest.

In: a `Request` (what the command line asks for). Out: files in its output folder. Raises ProblemsError for mistakes of
the content and UsageError for those of the command line; nothing is written then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from handouts.checks.clarity import Clarity, clarity_of
from handouts.checks.registry import RULES, judged
from handouts.checks.rule import OfPlan, OfTopic, OfWords
from handouts.checks.waivers import Waived, Waivers
from handouts.compose.context import Edition
from handouts.manifest import NAME, Entry, merged, paths_in, sha256
from handouts.model.load import Loaded
from handouts.model.words import Words
from handouts.outputs import OUTPUTS, Output, Paper, Setup
from handouts.plan.documents import Plan
from handouts.problems import Origin, Problem, ProblemsError, choose_from, error
from handouts.theme.fonts import family
from handouts.theme.schema import Theme
from handouts.theme.sheet import Sheet
from handouts.workspace import ClinicFiles, TopicFiles, UsageError, Workspace, present, write_all

T = TypeVar("T")
SHEET_FOR: dict[Paper, str] = {"letter": "avery-5371", "a4": "a4-cards"}


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, for which day; empty `formats`, `topics` and `languages` mean all."""

    today: date
    formats: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paper: Paper = "letter"
    theme: str = "default"
    clinic: Path | None = None
    content: Path = Path("content")
    templates: Path | None = None
    out: Path = Path("build")
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A document in memory: its bytes, its manifest entry, and what the rules on documents saw."""

    data: bytes
    entry: Entry
    subject: OfPlan


@dataclass(frozen=True, slots=True)
class Result:
    """What a run made, every finding that did not stop it, and those that their topics waive."""

    made: tuple[Made, ...]
    findings: tuple[Problem, ...]
    waived: tuple[Waived, ...] = ()


def build(request: Request) -> Result:
    """Makes the documents and writes them with the manifest. Raises ProblemsError or UsageError; writes none then."""
    result = make(request)
    names = [made.entry.path for made in result.made]
    before = dict(present(request.out, [NAME])).get(NAME, b"").decode("utf-8", "replace")
    kept = {name: sha256(data) for name, data in present(request.out, set(paths_in(before)) - set(names))}
    manifest = merged(before, [made.entry for made in result.made], kept)
    files = [(made.entry.path, made.data) for made in result.made]
    write_all(request.out, [*files, (NAME, manifest.encode())])
    return result


@dataclass(frozen=True, slots=True)
class _Shop:
    """What all documents of a run share."""

    request: Request
    workspace: Workspace
    setup: Setup
    templates: dict[str, str]
    clinic: ClinicFiles | None


def make(request: Request) -> Result:
    """All documents of a request in memory, none written. Raises as `build`."""
    result = examine(request)
    if any(p.severity == "error" for p in result.findings):
        raise ProblemsError(result.findings)
    return result


def examine(request: Request) -> Result:
    """As `make`, but with what stops the build among the findings. Raises UsageError alone."""
    workspace = Workspace(request.content, request.templates)
    topics = _chosen(request, workspace)
    problems: list[Problem] = []
    setup = _tried(lambda: _setup(request, workspace), problems)
    templates = _tried(workspace.templates, problems)
    clinic = _tried(lambda: workspace.clinic(request.clinic) if request.clinic else None, problems)
    shop = _Shop(request, workspace, setup, templates, clinic) if setup and templates is not None else None
    made: list[Made] = []
    waived: list[Waived] = []
    for topic_id in topics:
        loaded = _tried(partial(workspace.topic, topic_id, request.languages), problems)
        if loaded is None:
            continue
        waivers = Waivers(loaded.topic, loaded.words, request.today, RULES)
        of_topic = waivers.sift(judged(OfTopic(loaded.topic, request.today)))
        problems += [*loaded.findings, *of_topic]
        for words in loaded.words:
            problems += waivers.sift(judged(OfWords(loaded.topic, words, request.today)))
        of_this: list[Made] = []
        # Words are composed although others are wrong, so that a run tells all mistakes; not on numbers that are.
        if shop is not None and not any(p.severity == "error" for p in of_topic):
            for words in loaded.words:
                try:
                    of_this += _documents(shop, loaded, words, problems, waivers)
                except ProblemsError as bad:
                    problems.extend(_with_paths(bad.problems, workspace))
        everything = len(of_this) == len(OUTPUTS) * len(workspace.languages(topic_id))
        problems += judged(waivers.subject(everything=everything))
        made += of_this
        waived += waivers.waived
    return Result(tuple(made), _weighed(problems, strict=request.strict), tuple(waived))


def clarity_of_all(result: Result) -> tuple[Clarity, ...]:
    """How the handouts of a run read, one report for each topic and language."""
    reports = (clarity_of(made.entry.topic, made.subject) for made in result.made)
    return tuple(report for report in reports if report)


def _tried(step: Callable[[], T], problems: list[Problem]) -> T | None:
    """What a step gives; None where it does not, its problems added to the others."""
    try:
        return step()
    except ProblemsError as bad:
        problems.extend(bad.problems)
        return None


def _weighed(problems: list[Problem], *, strict: bool) -> tuple[Problem, ...]:
    """The problems, each once and in the order of the files; warnings alone are errors where `strict`."""
    if strict and not any(p.severity == "error" for p in problems):
        problems = [replace(p, severity="error") for p in problems]
    return tuple(sorted(set(problems)))


def _chosen(request: Request, workspace: Workspace) -> tuple[str, ...]:
    known = workspace.topic_ids()
    for topic in request.topics:
        if topic not in known:
            raise UsageError(f"there is no topic '{topic}' in {request.content}; {choose_from(topic, known)}")
    if not known:
        message = "has no topic"
        raise ProblemsError([error(Origin(str(request.content)), "FILE01", message, "make one: handouts new TOPIC")])
    chosen = tuple(t for t in known if not request.topics or t in request.topics)
    languages = {language for topic in chosen for language in workspace.languages(topic)}
    for language in request.languages:
        if language not in languages:
            topics = f"topic '{chosen[0]}' has" if len(chosen) == 1 else "the topics have"
            raise UsageError(f"{topics} no language '{language}'; {choose_from(language, languages)}")
    asked = set(request.languages)
    return tuple(t for t in chosen if not asked or asked & set(workspace.languages(t)))


def _setup(request: Request, workspace: Workspace) -> Setup:
    theme = workspace.named("themes", request.theme, Theme)
    return Setup(theme, request.paper, workspace.named("sheets", SHEET_FOR[request.paper], Sheet))


def _documents(
    shop: _Shop, loaded: TopicFiles, words: Loaded[Words], problems: list[Problem], waivers: Waivers
) -> list[Made]:
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
    lexicon = shop.workspace.plain(words.value.language)
    made: list[Made] = []
    failed: list[Problem] = []
    for output in OUTPUTS:
        if request.formats and output.format not in request.formats:
            continue
        try:
            plan = output.compose(edition, shop.templates)
            subject = OfPlan(loaded.topic, words, plan, lexicon)
            of_plan = waivers.sift(_with_paths(judged(subject), shop.workspace))
            problems.extend(of_plan)
            data = output.render(plan, setup)
        except ProblemsError as bad:
            failed.extend(bad.problems)
            continue
        path = output.file_name(loaded.id, words.value.language, setup.paper, request.theme)
        findings = tuple(sorted({_relative(p, request.content) for p in (*about, *of_plan)}))
        made.append(Made(data, _entry(output, plan, data, path, loaded.id, findings), subject))
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
