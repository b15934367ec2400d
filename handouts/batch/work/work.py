"""The work on some rows, wherever it is done: rows in, files written and read back, what became of each row out.

Everything that crosses between processes or machines stands here: an `Order`, rows, and outcomes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import socket
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path, PurePath

from msgspec import Struct
from msgspec.structs import replace

from handouts.batch.filling.owner import Finished, Owner, encoded_logo
from handouts.batch.filling.personalise import RecipientDocuments
from handouts.batch.filling.prefilled_pdf import EncodedLogo
from handouts.batch.readback.pdf import WrongDocumentError
from handouts.batch.rows.names import stems, taken
from handouts.batch.rows.recipients import Recipient, recipient, said
from handouts.batch.rows.table import Row, short
from handouts.batch.work.journal import Known
from handouts.build.editions import edition_of, setup_of
from handouts.build.request import Asked, Request, chosen, documents_of
from handouts.checks.phones import clinic_phone_problems
from handouts.files.disk import DOCUMENT, chunks_of, named_in, reason
from handouts.files.names import BATCH_STATE, folded
from handouts.files.workspace import TopicFiles, Workspace, logo_beside
from handouts.model.image import Image
from handouts.problems import Origin, Problem, ProblemsError, by_user, choose_from, error

STATE = BATCH_STATE
"""The folder inside the output folder that holds the journal and files in the making."""
RUN = "run"
"""The file in it that names the batch which may write, where workers can outlive it."""
_MOST_LOGO_BYTES = 64_000_000
PART = ".part"
_BINARY = getattr(os, "O_BINARY", 0)
_LOCK = threading.Lock()
_Stamp = tuple[int, int, int] | None
_HOST = re.sub(r"[^A-Za-z0-9]", "", socket.gethostname())[:32]


class Order(Struct, frozen=True):
    """What to make for every row. `digests` are those of each topic's inputs; `recipients` is the file of rows.

    `run` is the batch's own name where workers can outlive it, which then write no more.
    """

    request: Request
    recipients: Path
    digests: tuple[tuple[str, str], ...]
    fail_fast: bool = False
    run: str = ""


class Task(Struct, frozen=True):
    """One row, and what the journal knows of it."""

    row: Row
    known: Known


class RowOutcome(Struct, frozen=True):
    """What became of one document, or of a whole row where `file` is empty. `status` is made, kept or failed."""

    line: int
    id: str
    status: str
    problems: tuple[str, ...] = ()
    file: str = ""
    inputs: str = ""
    sha256: str = ""


class BlockedFileError(Exception):
    """A name that cannot be given to a file: a folder has it, or nobody may replace what has it."""


class FullDiskError(Exception):
    """The output folder cannot be written: no other row will fare better."""


class OverError(FullDiskError):
    """The batch ended while this worker was stuck; what it says may be of yesterday."""


def work(order: Order, tasks: Sequence[Task], begins: Callable[[Row], object] | None = None) -> list[RowOutcome]:
    """Make the documents of some rows. Raises FullDiskError; mistakes of rows, and ours over them, become outcomes.

    `begins` hears of each row before it is looked at.
    """
    loaded = _loaded(order)
    outcomes: list[RowOutcome] = []
    for task in tasks:
        if begins:
            begins(task.row)
        try:
            loaded.check_run()
            outcomes += tuple(loaded.row(task))
        except ProblemsError as bad:
            told = (*map(str, bad.problems), *taken_away(order.request.out, task.known))
            outcomes.append(RowOutcome(task.row.line, task.row.id, "failed", told))
        except FullDiskError:
            raise
        except Exception as bad:
            told = (str(_fault(order, task.row, bad)), *taken_away(order.request.out, task.known))
            outcomes.append(RowOutcome(task.row.line, task.row.id, "failed", told))
        if order.fail_fast and outcomes[-1].status == "failed":
            break
    return outcomes


def _fault(order: Order, row: Row, bad: Exception) -> Problem:
    """The problem of a row over which the program failed, with the place for whoever mends it.

    Whatever it is, it is this row's alone: the content without a recipient was made before the first row.
    """
    if by_user(bad):
        raise KeyboardInterrupt from None
    where = traceback.extract_tb(bad.__traceback__)[-1]
    message = f"a fault of ours ({type(bad).__name__} in {PurePath(where.filename).name}, line {where.lineno}: {bad})"
    return error(Origin(str(order.recipients), row.line, 1), "ROW06", message, "please report it")


@lru_cache(maxsize=2)
def _loaded(order: Order) -> _LoadedOrder:
    return _LoadedOrder(order)


class _LoadedOrder:
    """What a process keeps from row to row: loaded topics, what makes documents of them, and logos."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.request = order.request
        self.workspace = Workspace(self.request.content, self.request.templates)
        self.templates = self.workspace.templates()
        self._out = str(self.request.out)
        self.languages = chosen(self.request)
        self._taken = taken(stems(self.request, self.languages))
        self.digests = dict(order.digests)
        self.logos = _Logos(order.recipients)
        self._topics: dict[str, TopicFiles] = {}
        self._asked_for: dict[tuple[str, str], tuple[tuple[Asked, Request, str, str], ...]] = {}
        self._made_for: dict[tuple[str, str, str, str], RecipientDocuments] = {}

    def check_run(self) -> None:
        """Raises OverError where the batch that this work is for has ended."""
        run = self.order.run
        if run and _there(f"{self._out}/{STATE}/{RUN}") != run.encode():
            raise OverError(f"cannot write to {self._out}: the batch is over")

    def row(self, task: Task) -> Iterator[RowOutcome]:
        """Make one row's documents. Raises ProblemsError for a row that cannot be used, FullDiskError."""
        one = recipient(self.order.recipients, task.row)
        if folded(one.id).startswith(self._taken):
            raise ProblemsError([self._ambiguous(one)])
        image, logo, digest = self.logos.get(one) if one.logo else (None, None, "")
        owner = Owner(one.clinic, image, logo, one.origin, said(task.row))
        row = json.dumps([*task.row.values, digest]).encode()
        key = (one.lang, one.paper)
        if key not in self._asked_for:
            self._asked_for[key] = tuple(self._asked(one))
        try:
            warnings = {topic: self._warnings(one, topic) for topic in self.languages}
        except ProblemsError as bad:
            # All mistakes of a row at once, as a build tells them.
            raise ProblemsError([*bad.problems, *self._misfits(self._asked_for[key], owner)]) from None
        for asked, request, stem, suffix in self._asked_for[key]:
            inputs = hashlib.sha256(self.digests[asked.topic].encode() + row).hexdigest()
            outcome = self._document(task, f"{stem}-{one.id}{suffix}", inputs, asked, request, owner)
            told = warnings[asked.topic]
            yield replace(outcome, problems=(*told, *outcome.problems)) if told else outcome

    def _ambiguous(self, one: Recipient) -> Problem:
        begun = next(begin for begin in self._taken if folded(one.id).startswith(begin))
        message = f"the id '{one.id}' would name its file as the id '{one.id[len(begun) :]}' can name another"
        return error(one.origin, "ROW02", message, f"begin it with something else than '{begun}'")

    def _warnings(self, one: Recipient, topic: str) -> tuple[str, ...]:
        """What may be amiss with a row, and what the rules on telephone numbers find in it. Raises ProblemsError for
        what they call an error.
        """
        if not one.clinic.phone:
            return self._warned(one.warnings)
        contacts = self._topic(topic).topic.value.contacts
        found = clinic_phone_problems(one.clinic, one.origin, contacts, self.request.region)
        return self._warned((*one.warnings, *found))

    def _warned(self, found: Sequence[Problem]) -> tuple[str, ...]:
        """What to tell of a row's warnings. Raises ProblemsError where one is an error, or the run is strict."""
        if any(self.request.strict or problem.severity == "error" for problem in found):
            raise ProblemsError([replace(problem, severity="error") for problem in found])
        return tuple(map(str, found))

    def _misfits(self, wanted: Iterable[tuple[Asked, Request, str, str]], owner: Owner) -> Iterator[Problem]:
        """What stops a row's documents when they are composed and laid out."""
        for asked, request, _, _ in wanted:
            try:
                with _LOCK:
                    self._documents(asked, request).make(owner)
            except ProblemsError as bad:
                yield from bad.problems

    def _asked(self, one: Recipient) -> Iterator[tuple[Asked, Request, str, str]]:
        request = self.request
        if one.paper and one.paper != request.paper:
            request = replace(request, paper=one.paper)  # type: ignore[arg-type]
        for topic, languages in self.languages.items():
            language = one.lang or ("en" if "en" in languages else languages[0])
            if language not in languages:
                message = f"topic '{topic}' has no language '{short(language)}'"
                raise ProblemsError([error(one.origin, "ROW04", message, choose_from(language, languages))])
            for asked in documents_of(request, topic, [language]):
                path = PurePath(asked.path)
                yield asked, request, path.stem, path.suffix

    def _document(self, task: Task, name: str, inputs: str, asked: Asked, request: Request, owner: Owner) -> RowOutcome:
        row = task.row
        final = f"{self._out}/{name}"
        there = _there(final)
        known = task.known.get(name)
        if there is not None and known and known == (inputs, hashlib.sha256(there).hexdigest()):
            return RowOutcome(row.line, row.id, "kept", (), name, *known)
        try:
            with _LOCK:
                made = self._documents(asked, request).make(owner)
            told = self._warned(made.left_out)
            if there is not None and there == made.head + made.tail:
                with _LOCK:
                    made.check(there)
                return RowOutcome(row.line, row.id, "kept", told, name, inputs, made.sha256)
            temporary = f"{self._out}/{STATE}/{name}.{_HOST}-{os.getpid()}-{threading.get_ident()}{PART}"
            _write(temporary, final, made, self.check_run)
        except ProblemsError as bad:
            problems = tuple(map(str, bad.problems))
        except BlockedFileError as bad:
            problems = (str(error(owner.origin, "ROW07", str(bad), "move away what has that name")),)
        except WrongDocumentError as bad:
            message = f"the file made for this row was refused: {bad}"
            problems = (str(error(owner.origin, "ROW06", message, "please report it")),)
        except FullDiskError:
            raise
        except Exception as bad:
            problems = (str(_fault(self.order, row, bad)),)
        else:
            return RowOutcome(row.line, row.id, "made", told, name, inputs, made.sha256)
        gone = taken_away(self.request.out, [name] if known else [])
        return RowOutcome(row.line, row.id, "failed", (*problems, *gone), name)

    def _documents(self, asked: Asked, request: Request) -> RecipientDocuments:
        key = (asked.output.format, asked.topic, asked.language, request.paper)
        if key not in self._made_for:
            setup = setup_of(request, self.workspace)
            loaded = self._topic(asked.topic)
            words = next(words for words in loaded.words if words.value.language == asked.language)
            edition, _ = edition_of(loaded, words, self.workspace, self.templates, setup, request.today)
            self._made_for[key] = RecipientDocuments(asked.output, edition, self.templates, setup)
        return self._made_for[key]

    def _topic(self, topic: str) -> TopicFiles:
        if topic not in self._topics:
            self._topics[topic] = self.workspace.topic(topic, self.languages[topic])
        return self._topics[topic]


def taken_away(out: Path, names: Iterable[str], *, are_earlier: bool = True) -> tuple[str, ...]:
    """Takes away files of a row which fails: they may say what it no longer does.

    Whose the names are is for the caller to know. Gives a line to tell for each that was there; with `are_earlier` no
    worker of this run can have written one.
    """
    when = " of an earlier run" if are_earlier else ""
    told: list[str] = []
    for name in names:
        with contextlib.suppress(OSError):
            (out / name).unlink()
            told.append(f"the {name}{when} was taken away")
    return tuple(told)


class _Logos:
    """The logos beside the recipients' file, each read and encoded once while there is room."""

    def __init__(self, recipients: Path) -> None:
        self._recipients = recipients
        self._folder = str(recipients.parent)
        self._kept: dict[tuple[str, _Stamp], tuple[Image, EncodedLogo, str]] = {}
        self._bytes = 0

    def get(self, one: Recipient) -> tuple[Image, EncodedLogo, str]:
        """A row's logo as an image, as PDF files hold it, and its digest. Raises ProblemsError."""
        # A worker can outlive a batch, and in the next one another picture can stand under the name.
        ascii_name = one.logo.isascii()
        path = f"{self._folder}/{one.logo}" if ascii_name else str(named_in(self._recipients.parent, one.logo))
        key = (one.logo, _stamp(path))
        found = self._kept.get(key)
        if found is None:
            image = logo_beside(self._recipients, one.logo, one.origin)
            found = (image, encoded_logo(image), hashlib.sha256(image.data).hexdigest())
            self._bytes += len(image.data) + len(found[1].body)
            if self._bytes > _MOST_LOGO_BYTES:
                self._kept.clear()
                self._bytes = len(image.data) + len(found[1].body)
            self._kept[key] = found
        # The same picture can stand for several clinics; what it shows is each one's own.
        return found[0], replace(found[1], alt=one.clinic.name), found[2]


def _stamp(path: str) -> _Stamp:
    """What tells a file from one that stands there later; None where there is no file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a path for each row would cost as much as the call
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _there(path: str) -> bytes | None:
    try:
        return _read(path)
    except OSError:
        return None


def _read(path: str) -> bytes:
    """The bytes of a regular file. Raises OSError for whatever else has its name."""
    return b"".join(chunks_of(path, DOCUMENT))


def _write(temporary: str, final: str, made: Finished, check_run: Callable[[], None]) -> None:
    """Write a file, read it back, and give it its name only when it is right and the batch goes on.

    Raises OverError, WrongDocumentError, BlockedFileError where it cannot have its name, and FullDiskError where the
    folder cannot be written; nothing is left behind then.
    """
    try:
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
            try:
                for part in (made.head, made.tail):
                    left = memoryview(part)
                    while left:
                        left = left[os.write(descriptor, left) :]
            finally:
                os.close(descriptor)
            back = _read(temporary)
            if len(back) != len(made.head) + len(made.tail) or not back.endswith(made.tail):
                raise WrongDocumentError("it was not written as it was made")
            with _LOCK:
                made.check(back)
            check_run()
            try:
                os.replace(temporary, final)  # noqa: PTH105 - two paths for each row would cost as much as the call
            except (IsADirectoryError, PermissionError) as bad:
                raise BlockedFileError(f"cannot write {final}: {reason(bad)}") from None
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as bad:
        raise FullDiskError(f"cannot write {final}: {reason(bad)}") from None
