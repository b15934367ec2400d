"""Decks of ours → PDFs as LibreOffice shows them, where it is installed. The only place that starts a process.

It gets files that we wrote, never one of a stranger's, in a folder and with a profile that are gone afterwards, without
macros, and until a time limit.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from handouts.files.disk import reason

SECONDS = 60
"""How long starting may take, and each deck; one of 40 slides takes three on a slow machine."""

_NAMES = ("soffice", "libreoffice")
_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (r"C:\Program Files\LibreOffice\program\soffice.com",),
}
"""Where its installers put it without adding it to PATH."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item></oor:items>
"""


class OfficeError(Exception):
    """LibreOffice is not here, or did not do what it was asked for."""


def pdfs_of(decks: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The PDFs of decks by the decks' names. Raises OfficeError without LibreOffice, and where one is not made."""
    program, named = _program(), dict(decks)
    if program is None:
        wanted = "pictures of a deck need LibreOffice, which is not installed here"
        raise OfficeError(f"{wanted}; install it from libreoffice.org, or leave --pictures out")
    try:
        # On Windows LibreOffice may hold a file for a moment after it has ended.
        with tempfile.TemporaryDirectory(prefix="handouts-", ignore_cleanup_errors=True) as made:
            return _converted(program, named, Path(made))
    except OSError as bad:
        raise OfficeError(f"cannot run LibreOffice ({program}): {reason(bad)}") from None


def _program() -> str | None:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES.get(sys.platform, ()) if Path(place).is_file()), None)


def _converted(program: str, decks: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    out.mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    # Names of topics may be anything; LibreOffice is given numbers.
    files = {name: folder / f"deck{number}.pptx" for number, name in enumerate(decks, start=1)}
    for name, file in files.items():
        file.write_bytes(decks[name])
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nodefault",
        "--convert-to", "pdf", "--outdir", str(out), *map(str, files.values()),
    ]  # fmt: skip
    _run(command, folder, SECONDS * (1 + len(files)))
    pdfs = {name: out / file.with_suffix(".pdf").name for name, file in files.items()}
    lost = [name for name, pdf in pdfs.items() if not pdf.is_file()]
    if lost:
        raise OfficeError(f"LibreOffice ({program}) made no PDF of {', '.join(lost)}; open the deck of a build instead")
    return {name: pdf.read_bytes() for name, pdf in pdfs.items()}


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Runs it until it ends. Raises OfficeError where it takes too long; it and what it started are gone then."""
    environment = os.environ | {"TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(  # noqa: S603 - LibreOffice by its name, on files of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise OfficeError(f"LibreOffice ({command[0]}) took more than {seconds:.0f} seconds and was stopped") from None
    finally:
        # What was started is a script on most systems, which leaves the program itself behind.
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
