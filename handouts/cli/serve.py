"""The command line of the ward's page: where it listens, whom it answers to, and what it shows."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from handouts.cli.options import deck_template_option, folder, region_option
from handouts.cli.terminal import options, read_date, say

_NEEDED = ("starlette", "uvicorn", "watchfiles", "python_multipart", "pypdfium2")


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """The fixed date of `--date` or SOURCE_DATE_EPOCH; None for the date of each day."""
    return read_date(context, parameter, value) if value or os.environ.get("SOURCE_DATE_EPOCH") else None


def _prefix(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    bare = value.rstrip("/")
    if bare and (not bare.startswith("/") or "//" in bare or any(c in bare for c in '?#%;"\\ ') or not bare.isascii()):
        raise click.BadParameter(f"'{value}' is no prefix; write it like /handouts")
    return bare


def _names(_context: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from handouts.web.hosts import allowed_name

    found: list[str] = []
    for one in value:
        name = allowed_name(one)
        if name is None and "*" in one:
            raise click.BadParameter(
                f"'{one}' would let any website's name lead here; write each name that browsers show, in full"
            )
        if name is None:
            raise click.BadParameter(f"'{one}' is no host; write its name without scheme and port: ward.example.org")
        found.append(name)
    return tuple(found)


def _addresses(_context: click.Context, _parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    import ipaddress

    for one in value:
        try:
            ipaddress.ip_network(one, strict=False)
        except ValueError:
            raise click.BadParameter(f"'{one}' is no address; write the proxy's, such as 127.0.0.1") from None
    return value


def _address(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    """An address without a final slash. Fails for what is none."""
    if not value:
        return ""
    from handouts.web.public_address import public_address

    address = public_address(value)
    if address is None:
        raise click.BadParameter(f"'{value}' is no address; write it like https://handouts.example.org")
    return address


@click.command("serve")
@options(
    click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
                 help="Where to listen. Anything but this machine itself wants --allow-host."),
    click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True,
                 help="0 takes any that is free."),
    click.option("--allow-host", "hosts", multiple=True, callback=_names, metavar="NAME",
                 help="A name under which browsers reach it, as their address line shows it; again for more."),
    click.option("--proxy", "proxies", multiple=True, callback=_addresses, metavar="ADDRESS",
                 help="A reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; again for more."),
    click.option("--root-path", default="", callback=_prefix, metavar="PREFIX",
                 help="The prefix under which a reverse proxy offers the pages, such as /handouts."),
    click.option("--public-url", default="", callback=_address, metavar="URL",
                 help="The address under which others reach the pages; answers to records' info buttons link there."),
    click.option("--reviewed-only", is_flag=True,
                 help="Offer records' info buttons only what a clinician has signed off."),
    click.option("--content", type=folder(True), default=Path("content"), show_default=True,
                 help="Folder of topics."),
    click.option("--templates", type=folder(True), help="Your templates; the shipped ones fill in for the rest."),
    click.option("--date", "day", callback=_day, metavar="YYYY-MM-DD",
                 help="The date of all documents.  [default: that of each day, UTC]"),
    deck_template_option,
    region_option,
    click.option("--queue", type=click.IntRange(0, 10_000), default=256, show_default=True, metavar="N",
                 help="How many documents may wait while two are made; for more the answer is 503."),
    click.option("--rate", type=click.IntRange(1, 1_000_000), default=1200, show_default=True, metavar="N",
                 help="How many requests a client may send in a minute; for more the answer is 429."),
    click.option("--open", "show", is_flag=True, help="Open the page in the browser."),
    click.option("--quiet", is_flag=True, help="Print no line for each request."),
)  # fmt: skip
def serve_command(
    host: str, port: int, hosts: tuple[str, ...], proxies: tuple[str, ...], queue: int, rate: int, show: bool,
    quiet: bool, **asked: Any,
) -> None:  # fmt: skip
    """Show a page on which clinicians find, look at, print and download documents, until Ctrl-C.

    It has no sign-on of its own. By itself it listens to this machine alone; for others put a reverse proxy with
    sign-on and TLS before it (docs/integrate.md).
    """
    from handouts.files.disk import UsageError, own_templates

    try:
        for library in _NEEDED:
            __import__(library)
    except ModuleNotFoundError as bad:
        raise UsageError(f"the page needs {bad.name}, which is not installed: pip install 'handouts[web]'") from None
    from handouts.web.hosts import allowed_name, is_loopback
    from handouts.web.server import listening, serve
    from handouts.web.settings import Limits, Settings

    if not is_loopback(host):
        _warn(host)
        if not hosts:
            raise UsageError(f"--host {host} needs --allow-host NAME: the name that browsers show, or the address")
    elif own := allowed_name(host):
        # Any address of 127.0.0.0/8 is this machine's: browsers show the one that it listens at.
        hosts = (*hosts, own)
    asked["templates"] = own_templates(asked["templates"])
    settings = Settings(hosts=hosts, limits=Limits(waiting=queue, rate=rate), **asked)
    bound = listening(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound.getsockname()[1]}{settings.root_path}/"

    def begun() -> None:
        say(f"Handouts is at {address} (stop it with Ctrl-C)")
        if show:
            import webbrowser

            webbrowser.open(address)

    def log(line: str) -> None:
        if not quiet or line.startswith(("fault", "server")):
            say(line)

    serve(settings, bound, proxies, log, begun)
    say("stopped")
    sys.stderr.flush()
    # A document that is being made must not hold up the end; nothing of it is on a disk.
    os._exit(0)


def _warn(host: str) -> None:
    say(f"--host {host}: others on the network reach this page, and it has no sign-on of its own.")
    say("Put a reverse proxy with sign-on and TLS before it, and let only that reach it; see docs/integrate.md.")
