"""The command line of content files: a new topic, and an existing one in another language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.cli.options import folder
from handouts.cli.terminal import say
from handouts.files.skeleton import KINDS, USUAL_KIND, USUAL_LANGUAGE

if TYPE_CHECKING:
    from handouts.model.subject import SubjectKind

_content = click.option("--content", type=folder(False), default=Path("content"), show_default=True)


@click.command("new")
@click.argument("topic")
@click.option("--kind", type=click.Choice(KINDS), default=USUAL_KIND, show_default=True, help="What it is about.")
@click.option(
    "--lang", "language", default=USUAL_LANGUAGE, show_default=True, metavar="TAG", help="The language of its words."
)
@_content
def new_command(topic: str, kind: SubjectKind, language: str, content: Path) -> None:
    """Write a commented skeleton of a new topic, which builds at once."""
    from handouts.files.skeleton import write_skeleton

    for path in write_skeleton(topic, content, kind, language):
        say(f"wrote {path}")


@click.command("translate")
@click.argument("topic")
@click.argument("language", metavar="TAG")
@click.option("--from", "source", metavar="TAG", help="The language to translate from.  [default: en, else the first]")
@_content
def translate_command(topic: str, language: str, source: str | None, content: Path) -> None:
    """Write a file for a topic's words in another language, each text above its empty place."""
    from handouts.files.translation import write_translation

    for line in write_translation(content, topic, language, source):
        say(line)
