"""The command line of batches: a table of recipients and options in, their documents and a summary out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.cli.cards import correction_options, printing_of, sheet_option
from handouts.cli.options import (
    FILE,
    PAPERS,
    content_options,
    deck_template_option,
    out_option,
    quiet_option,
    region_option,
    theme_option,
)
from handouts.cli.terminal import STOPPED, USER_STOPPED, options, report, say
from handouts.outputs import EVERY_FORMAT, FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handouts.batch.print_jobs.merge import Printed
    from handouts.batch.work.run import Summary
    from handouts.batch.work.work import Order
    from handouts.batch.work.workers import Workers
    from handouts.build.request import Request


def _formats(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """`pdf,card` as formats, each once."""
    asked = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
    for name in asked:
        if name in EVERY_FORMAT and name not in FORMATS:
            instead = f"make it for all with 'handouts build --format {name}'"
            raise click.BadParameter(f"a batch makes no {name}; {instead}; known: {', '.join(FORMATS)}, all")
        if name not in (*FORMATS, "all"):
            raise click.BadParameter(f"there is no format '{name}'; known: {', '.join(FORMATS)}, all")
    return FORMATS if "all" in asked else asked


@click.command("batch")
@click.argument("recipients", type=FILE)
@options(
    click.option("--format", "formats", default="pdf", show_default=True, callback=_formats, metavar="LIST",
                 help=f"What to make for each row: {', '.join(FORMATS)}, with commas between, or all."),
    content_options,
    click.option("--paper", type=click.Choice(PAPERS), default="letter", show_default=True,
                 help="The paper of rows that name none."),
    theme_option,
    sheet_option,
    correction_options,
    region_option,
    deck_template_option,
    out_option,
    click.option("--jobs", type=click.IntRange(1, 1024), metavar="N", help="Processes to use. Default: all cores."),
    click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, such as tcp://host:8786, instead of --jobs."),
    click.option("--timeout", type=click.IntRange(min=1), metavar="SECONDS",
                 help="How long a worker may take for the 32 rows, or fewer, that it was given, before it counts as "
                 "stuck.  [default: 120, on a cluster 900, and 1 for each document]"),
    click.option("--merge", is_flag=True,
                 help="Also write print-ready PDFs of all handouts and of all cards, one for each paper."),
    click.option("--log", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
                 help="Add what happens to the workers to this file; it names lines of the table, not what they say."),
    click.option("--fail-fast", is_flag=True, help="Stop at the first row that fails."),
    quiet_option,
)  # fmt: skip
def batch_command(
    recipients: Path, jobs: int | None, cluster: str | None, timeout: int | None, merge: bool, fail_fast: bool,
    log: Path | None, quiet: bool, **asked: Any,
) -> int:  # fmt: skip
    """Make documents for every row of RECIPIENTS, a CSV or JSON Lines file; files that are there already are kept."""
    from handouts.batch.print_jobs.merge import merged
    from handouts.batch.work.processes import end_now, ended_like_interrupted
    from handouts.batch.work.run import run
    from handouts.batch.work.work import Order
    from handouts.build.inputs import input_digests
    from handouts.build.make import make
    from handouts.build.request import Request, all_documents_of, chosen
    from handouts.cli.progress import ProgressDisplay
    from handouts.files.disk import own_templates

    if log:
        _log_to(log, recipients)
    asked["templates"] = own_templates(asked["templates"])
    asked["printing"] = printing_of(asked)
    request = Request(**asked)
    topics = chosen(request)
    all_documents_of(request, topics)
    # What stops a build of this content stops a batch, before any row is looked at.
    found = make(request)
    if not quiet:
        report(found.findings)
    order = Order(request, recipients, tuple(input_digests(request, topics).items()), fail_fast)
    shown = ProgressDisplay(quiet=quiet)
    order, workers = _workers(order, jobs, cluster, timeout)
    printed: list[Printed] = []

    def print_jobs(made: Summary) -> None:
        # A print job of the rows before the one that stopped the batch would look like all of them.
        if not (fail_fast and made.failed):
            printed.extend(merged(request, topics))

    with ended_like_interrupted():
        try:
            summary = run(order, workers, shown.progress, print_jobs if merge else None)
        except KeyboardInterrupt:
            shown.finish()
            say("what was made stays; the same command goes on from there")
            if workers.cut_off:
                say(USER_STOPPED)
                end_now(STOPPED)
            raise
        finally:
            shown.finish()
    if not quiet:
        _tell(request, summary, printed, merge=merge, fail_fast=fail_fast)
    status = STOPPED if summary.failed else 0
    if workers.cut_off:
        # Python's own end would wait for a worker that was ended in the middle of what it had to say.
        end_now(status)
    return status


def _tell(request: Request, summary: Summary, printed: Sequence[Printed], *, merge: bool, fail_fast: bool) -> None:
    """Say what came of a batch, and which print jobs are there."""
    from handouts.batch.print_jobs.merge import earlier
    from handouts.batch.work.report import NAME

    for job in printed:
        say(f"wrote {job.path}: {job}")
    if merge and not printed:
        stopped = fail_fast and summary.failed
        say("wrote no print job: the batch stopped early" if stopped else "wrote no print job: nothing is on paper")
    if summary.made or summary.failed:
        for path in earlier(request) if not printed else ():
            say(f"{path} is of an earlier run; do not print it, --merge writes it anew")
    counts = f"{summary.made:,} made, {summary.kept:,} there already, {summary.failed:,} failed"
    say(f"{counts}; see {request.out / NAME}")


def _log_to(path: Path, recipients: Path) -> None:
    """Have the log of the batch added to a file. Raises UsageError where it cannot be written."""
    import logging

    from handouts.files.disk import UsageError, not_a_file, reason

    try:
        # Whoever opens a pipe that nobody reads waits for ever.
        if path.exists() and (what := not_a_file(path.stat())):
            raise UsageError(f"cannot write {path}: it {what}; name a file for --log")
        if path.exists() and path.samefile(recipients):
            raise UsageError(f"cannot write {path}: it is the table of recipients; name another file for --log")
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError as bad:
        raise UsageError(f"cannot write {path}: {reason(bad)}") from None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("handouts.batch")
    log.addHandler(handler)
    log.setLevel(logging.INFO)


def _workers(order: Order, jobs: int | None, cluster: str | None, timeout: int | None) -> tuple[Order, Workers]:
    """The order as workers need it, and the workers. Raises UsageError for a cluster that is not there."""
    from handouts.batch.work.processes import cores, process_workers
    from handouts.batch.work.workers import InProcess, Patience, Workers

    patience = Patience(timeout, 0) if timeout else None
    if cluster:
        from handouts.batch.work.cluster import cluster_workers

        return cluster_workers(order, cluster, patience)
    jobs = jobs or cores()
    return order, Workers(InProcess, 1) if jobs == 1 else process_workers(jobs, patience)
