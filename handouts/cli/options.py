"""Options that several commands have, each written once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from handouts.cli.terminal import Decorator, options, read_date
from handouts.files.disk import not_a_file, reason
from handouts.theme.printing import USUAL

if TYPE_CHECKING:
    from collections.abc import Collection

PAPERS = tuple(USUAL)


def _country(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    """`de` as DE. Fails for what is no country."""
    if value is None:
        return None
    from handouts.model.phone import is_country

    if not is_country(value.upper()):
        raise click.BadParameter(f"'{value}' is no country; write its two letters (ISO 3166), such as US or GB")
    return value.upper()


class _FileType(click.Path):
    """A file that is there and regular: what is read may be read twice, and must have an end."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path. Fails with what stands there instead of a file."""
        path = cast("Path", super().convert(value, param, ctx))
        try:
            what = not_a_file(path.stat())
        except OSError as bad:
            self.fail(f"File '{path}' cannot be read: {reason(bad)}.", param, ctx)
        if what:
            self.fail(f"File '{path}' {what}; save it as a file.", param, ctx)
        return path


FILE = _FileType()


class _ClinicType(_FileType):
    """A clinic file, or the name of a profile of the content folder. A file of that path comes first."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path of the clinic file. Fails with the profiles that there are where a bare name is none of them."""
        from handouts.files.saved import clinic_named, clinics_in
        from handouts.problems import choose_from

        content = cast("Path", (ctx.params if ctx else {}).get("content") or Path("content"))
        path = clinic_named(str(value), content)
        known = clinics_in(content)
        if known and not path.exists() and path.name == path.stem == str(value):
            self.fail(
                f"'{value}' is no file and no clinic of {content / 'clinics'}; {choose_from(path.name, known)}",
                param,
                ctx,
            )
        return super().convert(path, param, ctx)


def folder(exists: bool) -> click.Path:
    """A folder, which has to be there if `exists`."""
    return click.Path(exists=exists, file_okay=False, path_type=Path)


def _content_options(content: Path | None) -> Decorator:
    return options(
        click.option("--topic", "topics", multiple=True, metavar="ID", help="A topic; again for more. Default: all."),
        click.option("--lang", "languages", multiple=True, metavar="TAG",
                     help="A language. Default: all the topic has."),
        # Read before the others: --clinic may name a profile in it.
        click.option("--content", type=folder(True), default=content, is_eager=True, help="Folder of topics."),
        click.option("--templates", type=folder(True), help="Your templates; the shipped ones fill in for the rest."),
        click.option("--date", "today", callback=read_date, metavar="YYYY-MM-DD", help="The date of the documents."),
        click.option("--strict", is_flag=True, help="Stop at warnings too."),
    )  # fmt: skip


content_options = _content_options(Path("content"))
content_if_there_options = _content_options(None)
"""The same for a command that does without a folder of topics where there is none."""
deck_template_option = click.option(
    "--deck-template", type=FILE, metavar="FILE",
    help="A presentation or template (.pptx, .potx) whose master and layouts the deck wears.",
)  # fmt: skip
clinic_option = click.option(
    "--clinic",
    type=_ClinicType(),
    metavar="FILE|NAME",
    help="Name, address, phone, hours and logo of the clinic: a file, or a profile of the content's folder 'clinics'.",
)
theme_option = click.option("--theme", default="default", metavar="NAME", help="A theme of templates/themes.")
region_option = click.option(
    "--region", callback=_country, metavar="XX",
    help="The country of clinics that name none, such as US: how their phone is dialled. Default: the contacts'.",
)  # fmt: skip
note_option = click.option(
    "--note-file", type=click.Path(allow_dash=True, path_type=Path), metavar="FILE|-",
    help="A note that handouts show, marked as no part of the reviewed text: a text file, or - for standard input.",
)  # fmt: skip
out_option = click.option("--out", type=folder(False), default=Path("build"), show_default=True)
quiet_option = click.option("--quiet", is_flag=True, help="Print errors only.")


def note_of(file: Path | None, formats: Collection[str]) -> str:
    """The text of a note's file. Raises UsageError where no handout is made to show it, ProblemsError."""
    from handouts.files.disk import NOTE, UsageError, text_from
    from handouts.outputs import NOTED

    if file is None:
        return ""
    if formats and not {"all", *NOTED} & set(formats):
        raise UsageError("--note-file: handouts alone show a note, no deck and no card; add --format pdf")
    return text_from(file, NOTE)
