"""The command line of reviews: a clinician's sign-off, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from handouts.cli.terminal import give, options, read_date, report, say

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

review_options = options(
    click.argument("topic"),
    click.option("--lang", "languages", multiple=True, metavar="TAG", help="A language. Default: all the topic has."),
    click.option("--content", type=_FOLDER, default=Path("content"), help="Folder of topics."),
    click.option("--templates", type=_FOLDER, help="Your templates; the shipped ones fill in for the rest."),
    click.option("--date", "today", callback=read_date, metavar="YYYY-MM-DD", help="The day of the sign-off."),
)


@click.command("approve")
@review_options
@click.option("--reviewer", required=True, metavar="NAME", help="Who read it and answers for it.")
@click.option("--role", required=True, metavar="ROLE", help="As documents print it, such as Hematologist.")
def approve_command(topic: str, reviewer: str, role: str, **asked: Any) -> None:
    """Record that a clinician has read a topic and signs it off as it is now; any later change voids that."""
    from handouts.build.request import Request
    from handouts.build.sign_off import approve
    from handouts.files.disk import own_templates

    asked["templates"] = own_templates(asked["templates"])
    signed = approve(Request(topics=(topic,), **asked), reviewer, role, say)
    report(signed.findings)
    say(f"wrote {signed.path}: {topic} ({', '.join(signed.languages)}) is signed off by {reviewer}, {role}")


@click.command("diff")
@review_options
def diff_command(topic: str, **asked: Any) -> None:
    """Show in plain text what has changed in a topic since its last sign-off, statement by statement."""
    from handouts.build.request import Request
    from handouts.build.sign_off import differences
    from handouts.files.disk import own_templates

    asked["templates"] = own_templates(asked["templates"])
    give("\n".join(differences(Request(topics=(topic,), **asked))))
