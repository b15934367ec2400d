"""Makes documents in memory: topics loaded, checked, composed and rendered.

In: a `Request` (what the command line asks for). Out: bytes with their manifest entries, and every finding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.editions import edition_of, handed_out, in_colours_of, setup_of
from handouts.build.findings_once import found_in_plan, found_in_words, found_once
from handouts.build.memory import PLAN, SMALL, Memory
from handouts.build.request import Request, chosen, documents_of
from handouts.build.result import Made, Result
from handouts.checks.registry import RULES, judged
from handouts.checks.rule import OfDocuments, OfPhones, OfPlan, OfSignOff, OfTemplates, OfTopic, OfWords
from handouts.checks.waivers import Waivers
from handouts.compose.edition import Edition
from handouts.compose.note import with_note
from handouts.files.disk import languages_in
from handouts.files.manifest import Entry, sha256
from handouts.files.reading import Reading
from handouts.files.recall import Same
from handouts.files.workspace import ClinicFiles, TopicFiles, Workspace
from handouts.model.load import Loaded
from handouts.model.locale import Formats
from handouts.model.note import NOTE, note_problems
from handouts.model.review import Standing
from handouts.model.words import Words
from handouts.outputs import Output, Setup
from handouts.plan.documents import Plan
from handouts.plan.leaving_out import LeftOut
from handouts.problems import Problem, ProblemsError, Waived

T = TypeVar("T")


class _Run(Struct, frozen=True):
    """What all documents of a run share."""

    request: Request
    skip: Collection[str]
    workspace: Workspace
    setup: Setup
    templates: Mapping[str, str]
    clinic: ClinicFiles | None


def make(request: Request, skip: Collection[str] = (), memory: Memory | None = None) -> Result:
    """The documents of a request in memory, but for the file names to `skip`; none is written.

    A process that makes many gives each call the same `memory`. Raises ProblemsError for mistakes of the content and
    UsageError for those of the command line.
    """
    result = examine(request, skip, memory)
    if any(p.severity == "error" for p in result.findings):
        raise ProblemsError(result.findings)
    return result


def examine(request: Request, skip: Collection[str] = (), memory: Memory | None = None) -> Result:
    """As `make`, with what stops it among the findings. Raises UsageError; ProblemsError where there is no topic."""
    topics = chosen(request)
    if memory is None:
        return _examined(request, topics, skip, Reading())
    reading = memory.reading()
    if skip:
        return _examined(request, topics, skip, reading)
    return memory.result(request, topics, reading, lambda: _examined(request, topics, skip, reading))


def _examined(
    request: Request, topics: Mapping[str, tuple[str, ...]], skip: Collection[str], reading: Reading
) -> Result:
    workspace = Workspace(request.content, request.templates, reading)
    problems: list[Problem] = [*note_problems(request.note)]
    setup = _tried(lambda: setup_of(request, workspace), problems)
    templates = _tried(workspace.templates, problems)
    clinic = _tried(lambda: workspace.clinic(request.clinic) if request.clinic else None, problems)
    if setup and clinic:
        setup = _tried(partial(in_colours_of, clinic, setup, reading), problems)
    if problems and request.note:
        request = replace(request, note="")
    run = _Run(request, skip, workspace, setup, templates, clinic) if setup and templates is not None else None
    made: list[Made] = []
    waived: list[Waived] = []
    for topic_id, languages in topics.items():
        if languages and all(asked.path in skip for asked in documents_of(request, topic_id, languages)):
            continue
        loaded = _tried(partial(workspace.topic, topic_id, request.languages), problems)
        if loaded is None:
            continue
        waivers = Waivers(loaded.topic, loaded.words, request.today, RULES)
        of_topic = waivers.sift(found_once(reading, OfTopic(loaded.topic, request.today)))
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
            problems += waivers.sift(found_in_words(reading, of_words))
            if templates is not None:
                of_templates = OfTemplates(templates, loaded.topic, lexicon, formats)
                problems += with_paths(found_once(reading, of_templates), workspace)
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
        whole = len(loaded.topic.value.documents) * len(languages_in(request.content / topic_id))
        everything = len({(one.entry.language, one.subject.plan.template) for one in of_this}) == whole
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


def _documents(
    run: _Run, loaded: TopicFiles, words: Loaded[Words], problems: list[Problem], waivers: Waivers
) -> list[Made]:
    """The documents of one topic in one language; adds what their checks find to `problems`. Raises ProblemsError."""
    request, setup, reading = run.request, run.setup, run.workspace.reading
    edition, standing = edition_of(loaded, words, run.workspace, run.templates, setup, request.today)
    problems += found_once(reading, OfSignOff(words, loaded.review, standing))
    if run.clinic:
        edition = handed_out(edition, run.clinic, reading)
    documents = (loaded.topic.document, words.document, *((loaded.review.document,) if loaded.review else ()))
    about = [p for p in problems if p.origin.file in {document.file for document in documents}]
    lexicon = run.workspace.plain(words.value.language)
    made: list[Made] = []
    plans: list[Plan] = []
    failed: list[Problem] = []
    wanted = documents_of(request, loaded.id, [words.value.language])
    everything = {asked.output.document for asked in wanted} == set(loaded.topic.value.documents)
    for asked in wanted:
        kept = asked.path in run.skip
        if kept and not everything:
            continue
        output = asked.output
        try:
            plan, left_out = _plan(reading, run, output, edition)
            plans.append(plan)
            if kept:
                continue
            subject = OfPlan(loaded.topic, words, plan, lexicon, edition.locale.formats, run.templates)
            of_plan = waivers.sift(with_paths(found_in_plan(reading, subject), run.workspace))
            of_plan += [one.problem for one in left_out]
            told: list[Problem] = []
            try:
                # It is no part of what is checked, signed or remembered.
                data = output.render(with_note(plan, edition.locale, request.note), setup, told)
            finally:
                of_plan += waivers.sift(told)
                problems.extend(of_plan)
        except ProblemsError as bad:
            failed.extend(bad.problems)
            continue
        except Exception as bad:
            bad.add_note(f"making {asked.path} of {words.document.file}")
            raise
        findings = tuple(sorted({_relative(p, request.content) for p in (*about, *of_plan) if p.origin.file != NOTE}))
        made.append(Made(data, _entry(output, plan, data, asked.path, loaded.id, findings), subject))
    # Words that one document leaves out may stand in another: only all of them together can tell.
    each = {plan.template: plan for plan in plans}
    if len(each) == len(loaded.topic.value.documents):
        of_all = waivers.sift(found_once(reading, OfDocuments(loaded.topic, words, tuple(each.values()))))
        problems.extend(of_all)
        made = [_charged(one, of_all, request.content) for one in made]
    if failed:
        raise ProblemsError(failed)
    return made


def _plan(reading: Reading, run: _Run, output: Output, edition: Edition) -> tuple[Plan, tuple[LeftOut, ...]]:
    """The plan of a document that fits, and what was left out for it; made once of the same. Raises ProblemsError."""
    setup = run.setup
    key = ("plan", output.format, Same(edition), Same(run.templates))
    whole = reading.once(key, partial(output.compose, edition, run.templates), PLAN)
    return reading.once(("fit", output.format, Same(whole), Same(setup)), partial(output.fit, whole, setup), SMALL)


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
