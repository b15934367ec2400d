"""The shipped topic as the benchmarks make it: loaded once, then one edition after the other for made-up clinics."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from benchmarks.workers.records import Recipient
from handouts.compose.edition import Edition
from handouts.files.workspace import TopicFiles, Workspace
from handouts.model.clinic import Clinic
from handouts.model.locale import Locale
from handouts.outputs import OUTPUTS, Output, Setup
from handouts.theme.fonts import family
from handouts.theme.printing import Printing
from handouts.theme.schema import Theme
from handouts.theme.sheet import Sheet

ROOT = Path(__file__).resolve().parents[2]
TOPIC, LANGUAGE, TODAY = "ixazomib", "en", date(2026, 11, 22)


class Content(Struct, frozen=True):
    """All that does not change from document to document: values of YAML files, and the texts of templates."""

    files: TopicFiles
    templates: dict[str, str]
    setup: Setup
    locale: Locale


def load_content() -> Content:
    """Reads the shipped topic, its templates and the theme."""
    workspace = Workspace(ROOT / "content", ROOT / "templates")
    sheet = workspace.named("sheets", "avery-5371", Sheet)
    setup = Setup(workspace.named("themes", "default", Theme), "letter", sheet, Printing(), workspace.deck_template())
    files = workspace.topic(TOPIC, [LANGUAGE])
    return Content(files, workspace.templates(), setup, workspace.locale(LANGUAGE))


def edition(content: Content, clinic: Clinic | None = None) -> Edition:
    """The edition for one clinic, or for none."""
    (words,) = content.files.words
    return Edition(
        topic_id=TOPIC,
        topic=content.files.topic.value,
        topic_document=content.files.topic.document,
        words=words.value,
        words_document=words.document,
        locale=content.locale,
        today=TODAY,
        measure=family(content.setup.theme.family).measure,
        clinic=clinic,
    )


def clinic_of(recipient: Recipient) -> Clinic:
    """A recipient's row as the values of a clinic file."""
    name, phone, hours, address = recipient
    return Clinic(schema_version=1, name=name, phone=phone, hours=hours, address=(address,))


def output(name: str) -> Output:
    """A document of the registry by its format."""
    return next(row for row in OUTPUTS if row.format == name)
