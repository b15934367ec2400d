"""The command line of exports: handouts for the systems of a hospital, under their names and in their forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.options import (
    PAPERS,
    clinic_option,
    content_options,
    folder,
    quiet_option,
    region_option,
    theme_option,
)
from handouts.cli.terminal import STOPPED, options, report, say

if TYPE_CHECKING:
    from handouts.build.request import Request

SYSTEMS = ("openemr",)


@click.command("export")
@click.argument("directory", metavar="[DIR]", type=folder(False), required=False)
@options(
    click.option("--for", "system", type=click.Choice(SYSTEMS),
                 help="The system whose folder DIR is. openemr: a PDF for each code and language, such as "
                      "rxcui_1191_en.pdf."),
    click.option("--fhir", type=folder(False), metavar="DIR",
                 help="Write each handout as a FHIR document into DIR, for R4 and for R5, such as "
                      "ixazomib-en-handout.r4.json."),
    click.option("--drafts", is_flag=True,
                 help="Export what no clinician has signed off, too. FHIR documents always are, as 'preliminary'."),
    click.option("--force", is_flag=True, help="Replace files in DIR that this command has not written."),
    content_options,
    click.option("--paper", type=click.Choice(PAPERS), default="letter", show_default=True),
    theme_option,
    clinic_option,
    region_option,
    quiet_option,
)  # fmt: skip
def export_command(
    directory: Path | None, system: str | None, fhir: Path | None, drafts: bool, force: bool, quiet: bool, **asked: Any
) -> None:
    """Write handouts into DIR as another system looks for them."""
    from handouts.build.request import Request
    from handouts.files.disk import own_templates

    if system is None and (fhir is None or directory is not None):
        raise click.UsageError("say for which system: handouts export --for openemr DIR, or --fhir DIR")
    if system is not None and directory is None:
        raise click.UsageError(f"say where to: handouts export --for {system} DIR")
    asked["templates"] = own_templates(asked["templates"])
    request = Request(**asked)
    if fhir is not None:
        _as_fhir(request, fhir, force=force, quiet=quiet)
    if directory is not None:
        _for_openemr(request, directory, drafts=drafts, force=force, quiet=quiet)


def _as_fhir(request: Request, directory: Path, *, force: bool, quiet: bool) -> None:
    from handouts.build.fhir_export import export_fhir
    from handouts.files.lock import tell_nobody

    made = export_fhir(request, directory, force=force, tell=tell_nobody if quiet else say)
    if quiet:
        return
    report(made.findings)
    for one in made.bundles:
        state = "preliminary: a draft, not signed off by a clinician" if one.draft else "final"
        say(f"{directory / one.name} (FHIR {one.release}, {len(one.data) / 1000:.0f} kB, {state})")


def _for_openemr(request: Request, directory: Path, *, drafts: bool, force: bool, quiet: bool) -> None:
    from handouts.build.openemr_export import export_openemr

    made = export_openemr(request, directory, drafts=drafts, force=force, tell=say)
    report(made.findings)
    for line in made.left_out:
        say(f"left out: {line}")
    for one in () if quiet else made.written:
        say(f"{directory / one.name}: {one.topic} ({one.language}){', a draft' if one.draft else ''}")
    if not made.written:
        say("nothing was written: no reviewed handout has a code that OpenEMR asks by")
        raise click.exceptions.Exit(STOPPED)
    if not quiet:
        say(f"wrote {len(made.written)} file{'' if len(made.written) == 1 else 's'} to {directory}")
