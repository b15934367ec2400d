"""The registry of outputs: a row for each document, with how it is composed and rendered. No files, no clock."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, Protocol

from msgspec import Struct

from handouts.theme.printing import USUAL, Printing
from handouts.theme.template_file import TemplateFile, slug

if TYPE_CHECKING:
    from pathlib import Path

    from handouts.compose.edition import Edition
    from handouts.plan.leaving_out import LeftOut
    from handouts.problems import Problem
    from handouts.theme.schema import Theme
    from handouts.theme.sheet import Sheet

Paper = Literal["letter", "a4"]


class Setup(Struct, frozen=True):
    """What a renderer needs beside the plan."""

    theme: Theme
    paper: Paper
    sheet: Sheet
    printing: Printing
    deck_template: TemplateFile


class Wanted(Protocol):
    """What of a request goes into the names of files."""

    @property
    def paper(self) -> Paper: ...
    @property
    def theme(self) -> str: ...
    @property
    def sheet(self) -> str | None: ...
    @property
    def printing(self) -> Printing: ...
    @property
    def deck_template(self) -> Path | None: ...
    @property
    def note(self) -> str: ...


class Render(Protocol):
    """Makes the bytes of a plan; what is printed and yet to be told is added to `told`. Raises ProblemsError."""

    def __call__(self, plan: Any, setup: Setup, told: list[Problem] | None = None, /) -> bytes: ...


class Output(Struct, frozen=True):
    """One document: its `--format`, what it is, the name and suffix of its file, and its two stages.

    `compose` makes the plan, `fit` leaves out of it what may be left out and has no room, and tells what that is;
    `render` makes the bytes; `count` says how many `unit`s (pages or slides) they hold. `variant`
    names what is not as usual. What is made `on_request` alone is another form of a document.
    """

    format: str
    about: str
    document: str
    suffix: str
    unit: Literal["pages", "slides"]
    variant: Callable[[Wanted], Iterable[str]]
    compose: Callable[[Edition, Mapping[str, str]], Any]
    fit: Callable[[Any, Setup], tuple[Any, tuple[LeftOut, ...]]]
    render: Render
    count: Callable[[Any, bytes], int]
    on_request: bool = False

    def file_name(self, topic: str, language: str, wanted: Wanted) -> str:
        """`ixazomib-en-handout.pdf`; what is not the default adds its name before the suffix."""
        parts = [topic, language, self.document, *self.variant(wanted)]
        if wanted.theme != "default":
            parts.append(wanted.theme)
        return "-".join(parts) + self.suffix


def _paper(wanted: Wanted) -> Iterator[str]:
    if wanted.paper != "letter":
        yield wanted.paper


def _handout(wanted: Wanted) -> Iterator[str]:
    yield from _paper(wanted)
    yield from _noted(wanted)


def _noted(wanted: Wanted) -> Iterator[str]:
    if wanted.note:
        # What was made for one person takes the place of no other file.
        yield "note"


def _print_run(wanted: Wanted) -> Iterator[str]:
    """Paper or stock, and what else tells one print run of cards from another."""
    printing = wanted.printing
    if wanted.sheet in (None, USUAL[wanted.paper]):
        yield from _paper(wanted)
    else:
        yield str(wanted.sheet)
    if printing.flip is not None:
        yield str(printing.flip)
    if printing.start_at != 1:
        yield f"start-{printing.start_at}"
    if printing.count is not None:
        yield f"count-{printing.count}"
    if printing.printer:
        yield printing.printer


def _template(wanted: Wanted) -> Iterator[str]:
    if wanted.deck_template is not None:
        yield slug(wanted.deck_template.name)


# A run imports only the stages that it needs: reading the libraries of all takes longer than a handout does.
def _compose_handout(edition: Edition, templates: Mapping[str, str]) -> Any:
    from handouts.compose.handout import compose_handout

    return compose_handout(edition, templates)


def _compose_deck(edition: Edition, templates: Mapping[str, str]) -> Any:
    from handouts.compose.deck import compose_deck

    return compose_deck(edition, templates)


def _compose_card(edition: Edition, templates: Mapping[str, str]) -> Any:
    from handouts.compose.card import compose_card

    return compose_card(edition, templates)


def _whole(plan: Any, _setup: Setup) -> tuple[Any, tuple[LeftOut, ...]]:
    return plan, ()


def _fit_card(plan: Any, setup: Setup) -> tuple[Any, tuple[LeftOut, ...]]:
    from handouts.render.pdf.card import fit_card

    return fit_card(plan, setup.theme, setup.sheet)


def _fit_deck(plan: Any, setup: Setup) -> tuple[Any, tuple[LeftOut, ...]]:
    from handouts.render.pptx.layout.optional import fit_deck

    return fit_deck(plan, setup.theme, setup.deck_template)


def _render_handout(plan: Any, setup: Setup, told: list[Problem] | None = None) -> bytes:
    from handouts.render.pdf.handout import render_handout

    return render_handout(plan, setup.theme, setup.paper, told=told)


def _render_deck(plan: Any, setup: Setup, told: list[Problem] | None = None) -> bytes:
    from handouts.render.pptx.deck import render_deck

    return render_deck(plan, setup.theme, setup.deck_template, told)


def _render_card(plan: Any, setup: Setup, told: list[Problem] | None = None) -> bytes:
    from handouts.render.pdf.card import render_card

    return render_card(plan, setup.theme, setup.sheet, setup.printing)


def _render_page(plan: Any, setup: Setup, told: list[Problem] | None = None) -> bytes:
    from handouts.render.html.page import render_page

    return render_page(plan, setup.theme)


def _pages(_plan: Any, data: bytes) -> int:
    """Pages in the file: how many a theme's type needs is known once it is set."""
    found = re.search(rb"/Count (\d+) /Kids", data)
    if found is None:
        raise ValueError("a PDF of ours names its number of pages")
    return int(found[1])


def _one_page(_plan: Any, _data: bytes) -> int:
    return 1


def _slides(_plan: Any, data: bytes) -> int:
    """Slides in the file: the renderer may have split some of the plan's."""
    import zipfile

    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    return sum(name.startswith("ppt/slides/slide") for name in names)


REGISTRY: tuple[Output, ...] = (
    Output(
        "pdf",
        "patient handout",
        "handout",
        ".pdf",
        "pages",
        _handout,
        _compose_handout,
        _whole,
        _render_handout,
        _pages,
    ),
    Output(
        "pptx", "clinician deck", "deck", ".pptx", "slides", _template, _compose_deck, _fit_deck, _render_deck, _slides
    ),
    Output("card", "wallet card", "card", ".pdf", "pages", _print_run, _compose_card, _fit_card, _render_card, _pages),
    Output(
        "html",
        "patient handout as a web page",
        "handout",
        ".html",
        "pages",
        _noted,
        _compose_handout,
        _whole,
        _render_page,
        _one_page,
        on_request=True,
    ),
)
"""Every document there is."""
OUTPUTS = tuple(output for output in REGISTRY if not output.on_request)
"""Those that are made where no format is named: one of each document."""
FORMATS = tuple(output.format for output in OUTPUTS)
EVERY_FORMAT = tuple(output.format for output in REGISTRY)
NOTED = tuple(output.format for output in REGISTRY if output.document == "handout")
"""The formats that show a clinician's note."""
