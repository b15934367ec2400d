"""The command line: arguments in, documents out, messages on stderr, and an exit status that release builds can trust.

0 built; 1 the content, theme, clinic file or a check stopped it, or some rows of a batch failed; 2 the command line is
wrong; 3 a fault of ours.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import click

from handouts import __version__
from handouts.cli.batch import batch_command
from handouts.cli.cards import calibrate_command, print_run_options, printing_of, sheets_command
from handouts.cli.content import new_command, translate_command
from handouts.cli.export import export_command
from handouts.cli.index import index_command
from handouts.cli.options import (
    FILE,
    PAPERS,
    clinic_option,
    content_if_there_options,
    content_options,
    deck_template_option,
    folder,
    note_of,
    note_option,
    out_option,
    quiet_option,
    region_option,
    theme_option,
)
from handouts.cli.packet import packet_command
from handouts.cli.review import approve_command, diff_command
from handouts.cli.serve import serve_command
from handouts.cli.terminal import (
    OUR_FAULT,
    STOPPED,
    USER_STOPPED,
    WRONG_COMMAND,
    begin,
    end,
    give,
    options,
    report,
    say,
)
from handouts.cli.watch import watch_command
from handouts.outputs import EVERY_FORMAT, FORMATS, REGISTRY
from handouts.problems import ProblemsError, by_user, one_line

if TYPE_CHECKING:
    from handouts.build.template_check import TemplateCheck


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command line and exits the process."""
    sys.exit(run(commands, arguments))


def run(command: click.Command, arguments: list[str] | None = None) -> int:
    """Runs a command and returns its exit status; prints every message on stderr."""
    # A run makes objects that nearly all live to its end: looking for garbage among them at every turn is time lost.
    gc.set_threshold(100_000, 20, 20)
    begin()
    try:
        return _status(command, arguments)
    finally:
        end()


def _status(command: click.Command, arguments: list[str] | None) -> int:
    from handouts.files.disk import UsageError, reason

    try:
        # Click gives the status of a command that leaves early, else what the command returns: a status, or None.
        status: int | None = command.main(arguments, standalone_mode=False)
    except click.ClickException as bad:
        shown = io.StringIO()
        bad.show(shown)
        # It quotes what was typed, which may have signs that a terminal obeys.
        for line in shown.getvalue().rstrip("\n").split("\n"):
            say(line)
        return WRONG_COMMAND
    except (click.Abort, KeyboardInterrupt):
        say(USER_STOPPED)
        return STOPPED
    except UsageError as bad:
        say(f"error: {bad}")
        return WRONG_COMMAND
    except ProblemsError as bad:
        report(bad.problems)
        return STOPPED
    except OSError as bad:
        # What the disk or the system refuses at a place that expects it has a message of its own.
        if os.environ.get("HANDOUTS_DEBUG"):
            raise
        where = f"{os.fsdecode(bad.filename)}: " if isinstance(bad.filename, str | bytes) else ""
        said = reason(bad)
        if isinstance(bad, FileNotFoundError) and not where:
            said = "the folder in which this runs is gone; change to another one"
        say(f"error: {where}{said}")
        return WRONG_COMMAND
    except Exception as bad:
        if by_user(bad):
            say(USER_STOPPED)
            return STOPPED
        if os.environ.get("HANDOUTS_DEBUG"):
            raise
        where = "".join(f" while {note}" for note in getattr(bad, "__notes__", ()))
        fault = f"a fault of ours ({type(bad).__name__}: {bad}){where}"
        say(f"error: {fault}; please report it, with HANDOUTS_DEBUG=1 set")
        return OUR_FAULT
    return status or 0


build_options = options(
    click.option("--format", "formats", multiple=True, type=click.Choice([*EVERY_FORMAT, "all"]),
                 help=f"{', '.join(f'{output.format}: {output.about}' for output in REGISTRY)}. "
                 f"Default: {', '.join(FORMATS)}."),
    content_options,
    click.option("--paper", type=click.Choice(PAPERS), default="letter", show_default=True),
    theme_option,
    print_run_options,
    clinic_option,
    region_option,
    note_option,
    deck_template_option,
    out_option,
    click.option("--force", is_flag=True, help="Make documents anew that are up to date."),
    quiet_option,
)  # fmt: skip


@click.command("build")
@build_options
def build_command(quiet: bool, force: bool, **asked: Any) -> None:
    """Make the documents of all topics, or of those named; those that are up to date are left as they are."""
    from handouts.build.build import build
    from handouts.build.request import Request
    from handouts.files.disk import own_templates
    from handouts.files.lock import tell_nobody

    formats = cast("tuple[str, ...]", asked.pop("formats"))
    asked["templates"] = own_templates(asked["templates"])
    asked["printing"] = printing_of(asked)
    asked["note"] = note_of(asked.pop("note_file"), formats)
    request = Request(formats=EVERY_FORMAT if "all" in formats else tuple(dict.fromkeys(formats)), **asked)
    result = build(request, force=force, tell=tell_nobody if quiet else say)
    if quiet:
        return
    report(result.findings)
    for entry in result.kept:
        say(f"{request.out / entry.path} is up to date ({entry.count} {entry.unit}, {entry.bytes / 1000:.0f} kB)")
    for made in result.made:
        entry = made.entry
        say(f"{request.out / entry.path} ({entry.count} {entry.unit}, {entry.bytes / 1000:.0f} kB)")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="handouts", message="%(prog)s %(version)s")
def commands() -> None:
    """Patient handouts, clinician decks and wallet cards from one content model."""


@click.command("check")
@click.argument("more_topics", metavar="[TOPIC]...", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="text: messages on stderr, how handouts read on stdout; json, or SARIF 2.1.0 for code review: on stdout.",
)
@content_options
def check_command(more_topics: tuple[str, ...], form: str, **asked: Any) -> None:
    """Check all topics, or those named, and compose their documents without writing any."""
    from handouts.build.make import examine, make
    from handouts.build.request import Request
    from handouts.build.sets import set_problems
    from handouts.checks.clarity import clarity_lines
    from handouts.files.disk import own_templates

    asked["templates"] = own_templates(asked["templates"])
    asked["topics"] += more_topics
    request = Request(**asked)
    # Who names topics asks about these alone.
    beside = () if request.topics else set_problems(request.content, request.templates)
    if form == "text":
        result = examine(request) if beside else make(request)
        if beside:
            raise ProblemsError([*result.findings, *beside])
        report(result.findings)
        for one in result.clarity():
            give("".join(f"{one_line(line)}\n" for line in clarity_lines(one)))
        waived = f"; {len(result.waived)} waived" if result.waived else ""
        say(f"{_counted(result.made, 'document')} can be built; {_counted(result.findings, 'warning')}{waived}")
        return
    from handouts.build.findings import as_json, as_sarif
    from handouts.checks.registry import RULES

    result = examine(request)
    findings = tuple(sorted({*result.findings, *beside}))
    if form == "json":
        give(as_json(findings, result.waived, result.clarity()))
    else:
        give(as_sarif(findings, result.waived, RULES))
    if any(found.severity == "error" for found in findings):
        raise click.exceptions.Exit(STOPPED)


def _counted(things: Sequence[object], name: str) -> str:
    """How many there are, with their name in English: "1 document", "3 documents"."""
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


@click.command("check-template")
@click.argument("file", type=FILE)
@click.argument("more_topics", metavar="[TOPIC]...", nargs=-1)
@content_if_there_options
@theme_option
@clinic_option
@click.option("--pictures", type=folder(False), metavar="DIR",
              help="Write what the decks look like there, as PDF and PNG; LibreOffice makes them.")  # fmt: skip
def check_template_command(file: Path, more_topics: tuple[str, ...], pictures: Path | None, **asked: Any) -> None:
    """Say what a presentation has for a deck to wear, and how the decks of all topics, or of those named, come out."""
    from handouts.build.request import Request
    from handouts.build.template_check import check_template
    from handouts.files.disk import own_templates

    asked["templates"] = own_templates(asked["templates"])
    asked["content"] = asked["content"] or Path("content")
    asked["topics"] += more_topics
    found = check_template(Request(deck_template=file, **asked), every_file=pictures is not None)
    for line in found.lines:
        say(line)
    report(found.findings)
    say(found.last)
    drawn = pictures is None or _pictures(found, pictures)
    if found.failed or not drawn:
        raise click.exceptions.Exit(STOPPED)


def _pictures(found: TemplateCheck, folder: Path) -> bool:
    """Writes pictures of the decks that were made; whether there are any."""
    from handouts.build.template_check import pictures_of
    from handouts.files.disk import write_all
    from handouts.files.libreoffice import OfficeError

    if not found.decks:
        say("no pictures: no deck was made")
        return False
    try:
        made = pictures_of(found.decks)
    except OfficeError as bad:
        say(f"error: {bad}")
        return False
    write_all(folder, made)
    for name, data in made:
        say(f"{folder / name} ({len(data) / 1000:.0f} kB)")
    if not any(name.endswith(".png") for name, _ in made):
        say("for all slides on one picture install pypdfium2: pip install 'handouts[pictures]'")
    return True


@click.command("schema")
@click.option("--out", type=folder(False), default=Path("schema"), show_default=True)
@click.option("--check", is_flag=True, help="Write nothing; fail where a file is missing or out of date.")
def schema_command(out: Path, check: bool) -> None:
    """Write the JSON Schemas from which editors complete content files."""
    from handouts.files.editor_schemas import check_schemas, write_schemas

    if check:
        check_schemas(out)
    else:
        for path in write_schemas(out):
            say(f"wrote {path}")


for _command in (
    build_command, batch_command, packet_command, check_command, check_template_command, approve_command, diff_command,
    new_command, translate_command, watch_command, schema_command, sheets_command, calibrate_command, index_command,
    export_command, serve_command,
):  # fmt: skip
    commands.add_command(_command)
