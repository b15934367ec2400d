"""Options that several commands have, each written once."""

from __future__ import annotations

from pathlib import Path

import click

from handouts.cli.terminal import options, read_date
from handouts.theme.printing import USUAL

PAPERS = tuple(USUAL)


def folder(exists: bool) -> click.Path:
    """A folder, which has to be there if `exists`."""
    return click.Path(exists=exists, file_okay=False, path_type=Path)


content_options = options(
    click.option("--topic", "topics", multiple=True, metavar="ID", help="A topic; again for more. Default: all."),
    click.option("--lang", "languages", multiple=True, metavar="TAG", help="A language. Default: all the topic has."),
    click.option("--content", type=folder(True), default=Path("content"), help="Folder of topics."),
    click.option("--templates", type=folder(True), help="Your templates; the shipped ones fill in for the rest."),
    click.option("--date", "today", callback=read_date, metavar="YYYY-MM-DD", help="The date of the documents."),
    click.option("--strict", is_flag=True, help="Stop at warnings too."),
)
deck_template_option = click.option(
    "--deck-template", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="A presentation (.pptx) whose master and layouts the deck wears.",
)  # fmt: skip
theme_option = click.option("--theme", default="default", metavar="NAME", help="A theme of templates/themes.")
out_option = click.option("--out", type=folder(False), default=Path("build"), show_default=True)
quiet_option = click.option("--quiet", is_flag=True, help="Print errors only.")
