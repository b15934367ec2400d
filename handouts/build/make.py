"""Makes documents in memory: topics loaded, checked, composed and rendered.

In: a `Request` (what the command line asks for). Out: bytes with their manifest entries, and every finding.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.request import Request, chosen, documents_of
from handouts.build.result import Made, Result
from handouts.checks.registry import RULES, judged
from handouts.checks.rule import OfDocuments, OfPhones, OfPlan, OfSignOff, OfTemplates, OfTopic, OfWords
from handouts.checks.waivers import Waivers
from handouts.compose.edition import Edition
from handouts.compose.record import record_of
from handouts.files.disk import UsageError, languages_in
from handouts.files.manifest import Entry, sha256
from handouts.files.workspace import ClinicFiles, TopicFiles, Workspace
from handouts.model.load import Loaded
from handouts.model.locale import Formats, Locale
from handouts.model.review import Record, Standing
from handouts.model.words import Words
from handouts.outputs import Output, Setup
from handouts.plan.documents import Plan
from handouts.problems import Problem, ProblemsError, Waived
from handouts.theme.brand import branded
from handouts.theme.fonts import family
from handouts.theme.legible import legible
from handouts.theme.printing import USUAL
from handouts.theme.schema import Theme

T = TypeVar("T")


class _Run(Struct, frozen=True):
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
    result = examine(request, skip)
    if any(p.severity == "error" for p in result.findings):
        raise ProblemsError(result.findings)
    return result


def examine(request: Request, skip: Container[str] = ()) -> Result:
    """As `make`, with what stops it among the findings. Raises UsageError; ProblemsError where there is no topic."""
    workspace = Workspace(request.content, request.templates)
    problems: list[Problem] = []
    setup = _tried(lambda: setup_of(request, workspace), problems)
    templates = _tried(workspace.templates, problems)
    clinic = _tried(lambda: workspace.clinic(request.clinic) if request.clinic else None, problems)
    if setup and clinic:
        setup = _tried(partial(_in_colours_of, clinic, setup), problems)
    run = _Run(request, skip, workspace, setup, templates, clinic) if setup and templates is not None else None
    made: list[Made] = []
    waived: list[Waived] = []
    for topic_id, languages in chosen(request).items():
        if languages and all(asked.path in skip for asked in documents_of(request, topic_id, languages)):
            continue
        loaded = _tried(partial(workspace.topic, topic_id, request.languages), problems)
        if loaded is None:
            continue
        waivers = Waivers(loaded.topic, loaded.words, request.today, RULES)
        of_topic = waivers.sift(judged(OfTopic(loaded.topic, request.today)))
        problems += [*loaded.findings, *of_topic]
        problems += waivers.sift(judged(OfPhones(loaded.topic, clinic.clinic if clinic else None, request.region)))
        for words in loaded.words:
            lexicon = _tried(partial(workspace.plain, words.value.language), problems)
            if lexicon is None:
                continue
            others = tuple(other for other in (*loaded.words, *loaded.sources) if other is not words)
            given = clinic.clinic if clinic else None
            formats = _formats_of(words, workspace)
            every = workspace.every_plain
            of_words = OfWords(loaded.topic, words, request.today, lexicon, others, given, every, formats)
            problems += waivers.sift(judged(of_words))
            if templates is not None:
                problems += with_paths(judged(OfTemplates(templates, loaded.topic, lexicon, formats)), workspace)
        of_this: list[Made] = []
        for words in loaded.words:
            # Words are composed although others are wrong, so that a run tells all mistakes; not on numbers that are.
            if run is None or any(p.severity == "error" for p in of_topic):
                problems += judged(OfSignOff(words, loaded.review, Standing(loaded.signed(words.value.language))))
                continue
            try:
                of_this += _documents(run, loaded, words, problems, waivers)
            except ProblemsError as bad:
                problems.extend(with_paths(bad.problems, workspace))
        everything = len(of_this) == len(loaded.topic.value.documents) * len(languages_in(request.content / topic_id))
        of_waivers = list(judged(waivers.subject(everything=everything)))
        problems += of_waivers
        made += (_charged(one, of_waivers, request.content) for one in of_this)
        waived += waivers.waived
    return Result(tuple(made), weighed(problems, strict=request.strict), waived=tuple(waived))


def _formats_of(words: Loaded[Words], workspace: Workspace) -> Formats | None:
    """How a language writes numbers; None where it has no locale, which composing tells."""
    try:
        return workspace.locale(words.value.language).formats
    except ProblemsError:
        return None


def _tried(step: Callable[[], T], problems: list[Problem]) -> T | None:
    """What a step gives; None where it does not, its problems added to the others."""
    try:
        return step()
    except ProblemsError as bad:
        problems.extend(bad.problems)
        return None


def weighed(problems: list[Problem], *, strict: bool) -> tuple[Problem, ...]:
    """The problems, each once and in the order of the files; warnings alone are errors where `strict`."""
    if strict and not any(p.severity == "error" for p in problems):
        problems = [replace(p, severity="error") for p in problems]
    return tuple(sorted(set(problems)))


def _charged(one: Made, findings: Iterable[Problem], content: Path) -> Made:
    """A document with further findings in its manifest entry."""
    told = {*one.entry.findings, *(_relative(p, content) for p in findings)}
    return replace(one, entry=replace(one.entry, findings=tuple(sorted(told))))


def setup_of(request: Request, workspace: Workspace) -> Setup:
    """What the documents of a request share beside their plans. Raises ProblemsError or UsageError."""
    theme = legible(workspace.loaded("themes", request.theme, Theme))
    stock = request.sheet or USUAL[request.paper]
    sheet = workspace.sheet(stock)
    if request.printing.start_at > sheet.cards:
        wanted = f"--start-at {request.printing.start_at}: a sheet of {stock} has no such card"
        raise UsageError(f"{wanted}; write 1 to {sheet.cards}" if sheet.cards > 1 else f"{wanted}; it has one")
    template = workspace.deck_template(request.deck_template)
    return Setup(theme, request.paper, sheet, request.printing, template)


def edition_of(
    loaded: TopicFiles,
    words: Loaded[Words],
    workspace: Workspace,
    templates: Mapping[str, str],
    setup: Setup,
    today: date,
) -> tuple[Edition, Standing]:
    """One topic in one language on one day, without a clinic, and how its sign-off stands. Raises ProblemsError."""
    locale = workspace.locale(words.value.language)
    language = words.value.language
    standing = Standing(loaded.signed(language), signed_record(loaded, words, locale, templates))
    edition = Edition(
        topic_id=loaded.id,
        topic=loaded.topic.value,
        topic_document=loaded.topic.document,
        words=words.value,
        words_document=words.document,
        locale=locale,
        today=today,
        measure=family(setup.theme.family).measure,
        pictures={key: found.image for key, found in loaded.pictures_in(language).items()},
        signed=standing.approved,
    )
    return edition, standing


def signed_record(loaded: TopicFiles, words: Loaded[Words], locale: Locale, templates: Mapping[str, str]) -> Record:
    """What a sign-off of a topic in one language is of. Raises ProblemsError."""
    pictures = {key: found.sha256 for key, found in loaded.pictures_in(words.value.language).items()}
    return record_of(loaded.topic.value, words, locale, templates, pictures)


def _in_colours_of(clinic: ClinicFiles, setup: Setup) -> Setup:
    return replace(setup, theme=branded(setup.theme, clinic.clinic))


def _documents(
    run: _Run, loaded: TopicFiles, words: Loaded[Words], problems: list[Problem], waivers: Waivers
) -> list[Made]:
    """The documents of one topic in one language; adds what their checks find to `problems`. Raises ProblemsError."""
    request, setup, clinic = run.request, run.setup, run.clinic
    edition, standing = edition_of(loaded, words, run.workspace, run.templates, setup, request.today)
    problems += judged(OfSignOff(words, loaded.review, standing))
    if clinic:
        document = clinic.clinic.document
        edition = replace(edition, clinic=clinic.clinic.value, clinic_document=document, logo=clinic.logo)
    documents = (loaded.topic.document, words.document, *((loaded.review.document,) if loaded.review else ()))
    about = [p for p in problems if p.origin.file in {document.file for document in documents}]
    lexicon = run.workspace.plain(words.value.language)
    made: list[Made] = []
    plans: list[Plan] = []
    failed: list[Problem] = []
    wanted = documents_of(request, loaded.id, [words.value.language])
    everything = len(wanted) == len(loaded.topic.value.documents)
    for asked in wanted:
        kept = asked.path in run.skip
        if kept and not everything:
            continue
        output = asked.output
        try:
            plan, left_out = output.fit(output.compose(edition, run.templates), setup)
            plans.append(plan)
            if kept:
                continue
            subject = OfPlan(loaded.topic, words, plan, lexicon, edition.locale.formats, run.templates)
            of_plan = waivers.sift(with_paths(judged(subject), run.workspace))
            of_plan += [one.problem for one in left_out]
            told: list[Problem] = []
            try:
                data = output.render(plan, setup, told)
            finally:
                of_plan += waivers.sift(told)
                problems.extend(of_plan)
        except ProblemsError as bad:
            failed.extend(bad.problems)
            continue
        except Exception as bad:
            bad.add_note(f"making {asked.path} of {words.document.file}")
            raise
        findings = tuple(sorted({_relative(p, request.content) for p in (*about, *of_plan)}))
        made.append(Made(data, _entry(output, plan, data, asked.path, loaded.id, findings), subject))
    # Words that one document leaves out may stand in another: only all of them together can tell.
    if len(plans) == len(loaded.topic.value.documents):
        of_all = waivers.sift(judged(OfDocuments(loaded.topic, words, tuple(plans))))
        problems.extend(of_all)
        made = [_charged(one, of_all, request.content) for one in made]
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
        review_words=plan.meta.review_words,
        date=plan.meta.date,
        findings=findings,
    )


def _relative(problem: Problem, content: Path) -> Problem:
    """The problem with its file named from the content folder, so that the manifest is the same wherever that lies."""
    path = Path(problem.origin.file)
    inside = path.relative_to(content).as_posix() if path.is_relative_to(content) else path.name
    return replace(problem, origin=replace(problem.origin, file=inside))


def with_paths(problems: Iterable[Problem], workspace: Workspace) -> Iterator[Problem]:
    """Problems of templates named by their path instead of their bare name."""
    for problem in problems:
        origin = problem.origin
        yield replace(problem, origin=replace(origin, file=workspace.template_path(origin.file)))
