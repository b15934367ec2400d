"""What the stages are given: a request and loaded files in, the setup of renderers and the editions of topics out.

What is made of the same values is made once, where the process has a memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from handouts.build.memory import PLAN, SMALL
from handouts.build.request import Request
from handouts.compose.edition import Edition
from handouts.compose.record import record_of
from handouts.files.disk import UsageError
from handouts.files.reading import Reading
from handouts.files.recall import Same
from handouts.files.workspace import ClinicFiles, TopicFiles, Workspace
from handouts.model.load import Loaded
from handouts.model.locale import Locale
from handouts.model.review import Record, Standing
from handouts.model.words import Words
from handouts.outputs import Setup
from handouts.theme.brand import branded
from handouts.theme.fonts import family
from handouts.theme.legible import legible
from handouts.theme.printing import USUAL
from handouts.theme.schema import Theme


def setup_of(request: Request, workspace: Workspace) -> Setup:
    """What the documents of a request share beside their plans. Raises ProblemsError or UsageError."""
    loaded = workspace.loaded("themes", request.theme, Theme)
    reading = workspace.reading
    theme = reading.once(("legible", Same(loaded)), lambda: legible(loaded), SMALL)
    stock = request.sheet or USUAL[request.paper]
    sheet = workspace.sheet(stock)
    if request.printing.start_at > sheet.cards:
        wanted = f"--start-at {request.printing.start_at}: a sheet of {stock} has no such card"
        raise UsageError(f"{wanted}; write 1 to {sheet.cards}" if sheet.cards > 1 else f"{wanted}; it has one")
    template = workspace.deck_template(request.deck_template)
    key = ("setup", Same(theme), request.paper, Same(sheet), request.printing, Same(template))
    return reading.once(key, lambda: Setup(theme, request.paper, sheet, request.printing, template), SMALL)


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
    pictures = tuple((key, Same(found)) for key, found in loaded.pictures_in(words.value.language).items())
    parts = (loaded.topic, words, locale, templates, loaded.review)
    key = ("edition", loaded.id, today, setup.theme.family, *map(Same, parts), pictures)
    return workspace.reading.once(key, lambda: _edition_of(loaded, words, locale, templates, setup, today), PLAN)


def _edition_of(
    loaded: TopicFiles,
    words: Loaded[Words],
    locale: Locale,
    templates: Mapping[str, str],
    setup: Setup,
    today: date,
) -> tuple[Edition, Standing]:
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


def in_colours_of(clinic: ClinicFiles, setup: Setup, reading: Reading) -> Setup:
    """The same in a clinic's colours. Raises ProblemsError."""
    key = ("branded", Same(setup), clinic.clinic.value.colours)
    return reading.once(key, lambda: replace(setup, theme=branded(setup.theme, clinic.clinic)), SMALL)


def handed_out(edition: Edition, clinic: ClinicFiles, reading: Reading) -> Edition:
    """The edition of a clinic."""
    key = ("handed out", Same(edition), Same(clinic.clinic), Same(clinic.logo))
    value, document = clinic.clinic.value, clinic.clinic.document
    return reading.once(key, lambda: replace(edition, clinic=value, clinic_document=document, logo=clinic.logo), SMALL)
