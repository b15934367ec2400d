"""The command line of the index: all topics with their codes, languages and documents, as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.options import folder
from handouts.cli.terminal import STOPPED, give, options, read_date, report, say

if TYPE_CHECKING:
    from datetime import date


@click.command("index")
@options(
    click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                 help="Where to write it.  [default: standard output]"),
    click.option("--content", type=folder(True), default=Path("content"), help="Folder of topics."),
    click.option("--templates", type=folder(True), help="Your templates; the shipped ones fill in for the rest."),
    click.option("--date", "today", callback=read_date, metavar="YYYY-MM-DD", help="The day that it is of."),
    click.option("--strict", is_flag=True, help="Stop where a topic cannot be made; else the index says so."),
)  # fmt: skip
def index_command(out: Path | None, content: Path, templates: Path | None, today: date, strict: bool) -> None:
    """Write a JSON of all topics: what they are called, their codes, languages, documents and reviews."""
    from handouts.build.catalogue import catalogue
    from handouts.build.request import Request
    from handouts.exchange.index import index_of
    from handouts.files.disk import own_templates, write_all

    found = catalogue(Request(today, content=content, templates=own_templates(templates)))
    problems = [one for topic in found.topics for one in topic.problems]
    report(problems)
    if problems and strict:
        raise click.exceptions.Exit(STOPPED)
    text = index_of(found, today, str(content))
    if out is None:
        give(text)
        return
    write_all(out.parent, [(out.name, text.encode())])
    broken = sum(1 for topic in found.topics if topic.problems)
    more = f", {broken} of them with problems" if broken else ""
    say(f"wrote {out}: {len(found.topics)} topic{'' if len(found.topics) == 1 else 's'}{more}")
