"""`handouts check-template`: the decks of topics are made on a presentation, in memory, and what a build says is told.

In: a `Request` whose `deck_template` is judged. Out: a `TemplateCheck`: lines about the presentation and each deck, and
the findings of a build that the presentation decides; those of the topics themselves are `handouts check`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from handouts.build.editions import edition_of, handed_out, in_colours_of, setup_of
from handouts.build.make import weighed, with_paths
from handouts.build.request import Request, all_documents_of, chosen, documents_of
from handouts.checks.registry import RULES, judged
from handouts.checks.rule import OfTopic
from handouts.checks.waivers import Waivers
from handouts.files.workspace import ClinicFiles, TopicFiles, Workspace
from handouts.model.load import Loaded
from handouts.model.words import Words
from handouts.outputs import Setup
from handouts.plan.documents import Deck
from handouts.problems import Problem, ProblemsError

FORMAT = "pptx"


class Worn(Struct, frozen=True):
    """A deck that was made: the name of its file, and the file."""

    path: str
    data: bytes


class TemplateCheck(Struct, frozen=True):
    """What is to be said of a template: `lines`, then `findings`, then the `last` line; and the decks that were made.

    `failed` says that a build would fail on this template, or that no deck could be tried at all though there are
    topics.
    """

    lines: tuple[str, ...]
    findings: tuple[Problem, ...]
    last: str
    decks: tuple[Worn, ...]
    failed: bool


def check_template(request: Request, *, every_file: bool = False) -> TemplateCheck:
    """What a template has and lacks, and how the decks of a request come out on it; nothing is written.

    The file of the first deck is made, which shows whether the template can be written on; those of all where
    `every_file` is wanted. Where there is no folder of content, no deck is made. Raises ProblemsError where the
    template is refused, UsageError for mistakes of the command line.
    """
    from handouts.render.pptx.template.report import report
    from handouts.render.pptx.template.template import template_of

    workspace = Workspace(request.content, request.templates)
    setup = setup_of(request, workspace)
    clinic = workspace.clinic(request.clinic) if request.clinic else None
    if clinic:
        setup = in_colours_of(clinic, setup, workspace.reading)
    *lines, last = report(template_of(setup.deck_template, setup.theme))
    if not request.content.is_dir() and not request.topics:
        none = f"  no deck was tried: there is no folder '{request.content}' of topics; name one with --content"
        return TemplateCheck((*lines, none), (), last, (), failed=False)
    wearer = _Wearer(request, workspace, setup, clinic, every_file=every_file)
    told = tuple(wearer.tell())
    findings = weighed(wearer.problems, strict=request.strict)
    failed = any(one.severity == "error" for one in findings) or not wearer.made
    return TemplateCheck((*lines, *told), findings, last, tuple(wearer.decks), failed)


def pictures_of(decks: tuple[Worn, ...]) -> tuple[tuple[str, bytes], ...]:
    """Each deck as LibreOffice shows it: a PDF, and all its slides on one picture where that can be drawn.

    Raises OfficeError where LibreOffice is not here, or fails.
    """
    from handouts.files.contact_sheet import can_draw, contact_sheet
    from handouts.files.libreoffice import pdfs_of

    pdfs = {Path(name).stem: pdf for name, pdf in pdfs_of((one.path, one.data) for one in decks).items()}
    sheets = {name: contact_sheet(pdf) for name, pdf in pdfs.items()} if can_draw() else {}
    made = [(f"{name}.pdf", pdf) for name, pdf in pdfs.items()]
    return (*made, *((f"{name}.png", sheet) for name, sheet in sheets.items()))


class _Wearer:
    """Makes the decks of a request, and keeps them with what was found."""

    def __init__(
        self, request: Request, workspace: Workspace, setup: Setup, clinic: ClinicFiles | None, *, every_file: bool
    ) -> None:
        self.problems: list[Problem] = []
        self.decks: list[Worn] = []
        self.made = 0
        """How many decks can be made, with a file of theirs or not."""
        self._every_file = every_file
        self._request, self._workspace, self._setup, self._clinic = request, workspace, setup, clinic
        self._own = workspace.deck_template()

    def tell(self) -> Iterator[str]:
        """A line or more for each deck. Raises UsageError for topics that are not there or make no deck."""
        request = replace(self._request, formats=(FORMAT,))
        topics = chosen(request)
        all_documents_of(request, topics)
        for topic_id, languages in topics.items():
            if languages and not documents_of(request, topic_id, languages):
                continue
            try:
                loaded = self._workspace.topic(topic_id, request.languages)
            except ProblemsError as bad:
                yield _not_made(topic_id, topic_id, len(bad.problems))
                continue
            for words in loaded.words:
                for asked in documents_of(request, topic_id, [words.value.language]):
                    yield from self._worn(loaded, words, asked.path)

    def _worn(self, loaded: TopicFiles, words: Loaded[Words], path: str) -> Iterator[str]:
        """How one deck comes out on the template, beside our own."""
        from handouts.render.pptx.deck import fitted_on
        from handouts.render.pptx.deck_report import deck_report
        from handouts.render.pptx.layout.optional import fit_deck
        from handouts.render.pptx.write.presentation import written

        name = f"{loaded.id}, {words.value.language}"
        waivers = Waivers(loaded.topic, loaded.words, self._request.today, RULES)
        try:
            plan = self._plan(loaded, words)
        except ProblemsError as bad:
            yield _not_made(name, loaded.id, len(bad.problems))
            return
        except Exception:
            # A topic that contradicts itself is not composed by a build, and need not come through here.
            wrong = [one for one in judged(OfTopic(loaded.topic, self._request.today)) if one.severity == "error"]
            if not wrong:
                raise
            yield _not_made(name, loaded.id, len(wrong))
            return
        beside = self._beside(plan)
        theme, file = self._setup.theme, self._setup.deck_template
        told: list[Problem] = []
        try:
            plan, left_out = fit_deck(plan, theme, file)
            self.problems += [one.problem for one in left_out]
            fit = fitted_on(plan, theme, file, told)
            if self._every_file or not self.decks:
                self.decks.append(Worn(path, written(plan.meta, fit)))
        except ProblemsError as bad:
            self.problems += with_paths(bad.problems, self._workspace)
            yield f"  deck of {name}: cannot be made on this template ({beside})"
            return
        finally:
            self.problems += waivers.sift(told)
        self.made += 1
        yield f"  deck of {name}: {len(fit.pages)} slides ({beside})"
        yield from (f"    {line}" for line in deck_report(fit))

    def _beside(self, plan: Deck) -> str:
        """How many slides a deck has on our own template, to compare with."""
        from handouts.render.pptx.deck import fitted_on
        from handouts.render.pptx.layout.optional import fit_deck

        theme, file = self._setup.theme, self._own
        try:
            return f"{len(fitted_on(fit_deck(plan, theme, file)[0], theme, file).pages)} on our own template"
        except ProblemsError:
            return "nor does our own template hold it"

    def _plan(self, loaded: TopicFiles, words: Loaded[Words]) -> Deck:
        """The deck of a topic in a language, as a build composes it. Raises ProblemsError."""
        from handouts.compose.deck import compose_deck

        templates = self._workspace.templates()
        edition, _ = edition_of(loaded, words, self._workspace, templates, self._setup, self._request.today)
        if self._clinic:
            edition = handed_out(edition, self._clinic, self._workspace.reading)
        return compose_deck(edition, templates)


def _not_made(name: str, topic: str, count: int) -> str:
    wrong = "1 mistake" if count == 1 else f"{count} mistakes"
    return f"  deck of {name}: not tried, for {wrong} of the topic's own; see: handouts check {topic}"
