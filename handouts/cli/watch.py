"""The command line of authors at work: documents made anew whenever a file is saved, and what is wrong told."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from handouts.cli.cards import print_run_options, printing_of
from handouts.cli.options import (
    PAPERS,
    clinic_option,
    content_options,
    deck_template_option,
    out_option,
    quiet_option,
    region_option,
    theme_option,
)
from handouts.cli.terminal import read_date, report, say
from handouts.outputs import FORMATS

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from handouts.build.memory import Memory
    from handouts.build.request import Request
    from handouts.files.watching import Changed
    from handouts.problems import Problem


@click.command("watch")
@click.argument("more_topics", metavar="[TOPIC]...", nargs=-1)
@click.option("--format", "formats", multiple=True, type=click.Choice([*FORMATS, "all"]),
              help="What to make: handouts first, since they are there soonest. Default: all.")  # fmt: skip
@content_options
@click.option("--paper", type=click.Choice(PAPERS), default="letter", show_default=True)
@theme_option
@print_run_options
@clinic_option
@region_option
@deck_template_option
@out_option
@click.option("--page", is_flag=True, help="Show the ward's page too, which shows each new preview by itself.")
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="Where --page listens.")
@quiet_option
@click.pass_context
def watch_command(
    context: click.Context, more_topics: tuple[str, ...], page: bool, port: int, quiet: bool, **asked: Any
) -> None:
    """Make documents, then make them anew whenever a file is saved, until Ctrl-C.

    What is wrong is told with the line to open; the last good documents stay until it is mended.
    """
    from handouts.files.disk import UsageError

    try:
        import_module("watchfiles")
    except ModuleNotFoundError:
        raise UsageError(
            "handouts watch needs watchfiles, which is not installed: pip install 'handouts[web]'"
        ) from None
    fixed = context.get_parameter_source("today") is not ParameterSource.DEFAULT or os.environ.get("SOURCE_DATE_EPOCH")
    try:
        _end_like_interrupted()
        _watch(more_topics, asked, port if page else None, quiet=quiet, fixed=bool(fixed))
    except KeyboardInterrupt:
        return
    except Exception as bad:
        from handouts.problems import by_user

        if not by_user(bad):
            raise


def _end_like_interrupted() -> None:
    """Have a request to end do what Ctrl-C does; what is ignored stays so, which is what nohup asks for."""
    import signal

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _watch(more_topics: tuple[str, ...], asked: dict[str, Any], port: int | None, *, quiet: bool, fixed: bool) -> None:
    from msgspec.structs import replace

    from handouts.build.memory import Memory
    from handouts.build.request import Request, chosen
    from handouts.files.disk import own_templates
    from handouts.files.watching import Watching

    formats = asked.pop("formats")
    asked["topics"] += more_topics
    asked["templates"] = own_templates(asked["templates"])
    asked["printing"] = printing_of(asked)
    request = Request(formats=() if "all" in formats else tuple(dict.fromkeys(formats)), **asked)
    clinic = request.clinic if isinstance(request.clinic, Path) else None
    others = (request.deck_template,) if request.deck_template else ()
    watching = Watching(request.content, request.topics, request.templates, clinic, others, request.out)
    # A name that is mistyped on the command line is not waited for.
    chosen(request)
    author = _Author(Memory(), quiet=quiet)
    with _page(request, port, fixed=fixed):
        author.make(request)
        folders = [str(path) for path in (request.content, request.templates, clinic, *others) if path is not None]
        say(f"watching {', '.join(folders)} (stop it with Ctrl-C)")
        for changed in watching.changes():
            today = request.today if fixed else read_date(click.get_current_context(), click.Option(["--date"]), None)
            author.tell_gone(request, changed)
            author.make(replace(request, today=today), _topics_of(changed, request))


@contextlib.contextmanager
def _page(request: Request, port: int | None, *, fixed: bool) -> Generator[None]:
    """The page while this lasts, in a process of its own, so that neither waits for the other; none without a port."""
    if port is None:
        yield
        return
    asked = ["serve", "--content", str(request.content), "--port", str(port), "--quiet"]
    asked += ["--templates", str(request.templates)] if request.templates else []
    asked += ["--deck-template", str(request.deck_template)] if request.deck_template else []
    asked += ["--region", request.region] if request.region else []
    asked += ["--date", request.today.isoformat()] if fixed else []
    command = [sys.executable, "-m", "handouts", *asked]
    page = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own, without a shell
    try:
        yield
    finally:
        page.terminate()
        try:
            page.wait(_PAGE_ENDS_S)
        except subprocess.TimeoutExpired:
            page.kill()


_PAGE_ENDS_S = 3
"""How long the page may take to end; it promises two seconds."""


def _topics_of(changed: Changed, request: Request) -> tuple[str, ...] | None:
    """The topics to make anew: none where all is gone, None for all of a request."""
    from handouts.build.request import known_topics
    from handouts.files.disk import UsageError

    folder = request.content
    if not folder.is_dir():
        say(f"{folder} is gone; what was made of it stays")
        return ()
    if changed.shared:
        return None
    for topic in sorted(changed.topics):
        if not (folder / topic).is_dir():
            say(f"{folder / topic} is gone; what was made of it stays")
    try:
        return tuple(sorted(changed.topics & set(known_topics(request))))
    except (UsageError, OSError):
        # It has gone just now, and the next look tells.
        return ()


class _Author:
    """Makes documents for somebody who writes, and tells them what came of it."""

    def __init__(self, memory: Memory, *, quiet: bool) -> None:
        self._memory, self._quiet = memory, quiet

    def make(self, request: Request, topics: tuple[str, ...] | None = None) -> None:
        """Makes what is out of date of some topics, or of all of a request; what stops it is told."""
        from msgspec.structs import replace

        from handouts.files.disk import UsageError
        from handouts.problems import ProblemsError

        if topics is not None:
            request = replace(request, topics=topics)
        if topics == ():
            return
        told: set[Problem] = set()
        try:
            for formats in self._turns(request):
                self._build(replace(request, formats=formats), told)
        except ProblemsError as bad:
            self._stopped(request, {*bad.problems, *told})
        except UsageError as bad:
            say(f"error: {bad}")
        except OSError as bad:
            from handouts.files.disk import reason

            # A folder that goes away while it is read; whoever takes it away is not done yet.
            say(f"error: {os.fsdecode(bad.filename) if bad.filename else request.content}: {reason(bad)}")

    def tell_gone(self, request: Request, changed: Changed) -> None:
        """Says which words are gone, and that what was made of them stays."""
        from handouts.files.watching import language_of

        for path in changed.gone:
            language = language_of(path) if path.parent.parent == request.content else None
            if language and path.parent.is_dir() and not self._quiet:
                made = f"{request.out / f'{path.parent.name}-{language}'}-…"
                say(f"{path} is gone; what was made of it stays: {made}")

    def _turns(self, request: Request) -> Iterator[tuple[str, ...]]:
        """The formats in the order in which they are wanted: handouts, then all else together."""
        from handouts.build.request import all_documents_of, chosen

        made = tuple(dict.fromkeys(one.output.format for one in all_documents_of(request, chosen(request))))
        first, rest = made[:1], made[1:]
        yield from (formats for formats in (first, rest) if formats)

    def _build(self, request: Request, told: set[Problem]) -> None:
        from handouts.build.build import build
        from handouts.files.lock import tell_nobody

        began = time.perf_counter()
        result = build(request, tell=tell_nobody if self._quiet else say, memory=self._memory)
        spent = (time.perf_counter() - began) * 1000
        if self._quiet:
            return
        report(one for one in result.findings if one not in told)
        told.update(result.findings)
        for entry in result.kept:
            say(f"{request.out / entry.path} is up to date")
        for made in result.made:
            entry = made.entry
            size = f"{entry.count} {entry.unit}, {entry.bytes / 1000:.0f} kB"
            say(f"{request.out / entry.path} ({size}) in {spent:.0f} ms")

    def _stopped(self, request: Request, found: set[Problem]) -> None:
        """Tells all that is wrong, not only what stopped the first document."""
        from handouts.build.make import examine
        from handouts.files.disk import UsageError
        from handouts.problems import ProblemsError

        try:
            found |= set(examine(request, memory=self._memory).findings)
        except ProblemsError as bad:
            found |= set(bad.problems)
        except UsageError as bad:
            say(f"error: {bad}")
        report(sorted(one for one in found if not self._quiet or one.severity == "error"))
        if not self._quiet:
            say("nothing was made; the last good documents stay as they are")
