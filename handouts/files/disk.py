"""The disk: bytes of files in and out, written whole or not at all, and how folders of content are laid out.

It knows names and bytes, not what stands in them; `workspace` loads that. Only regular files are read, and none further
than one of its kind may be long: whoever wrote a folder of content may have put anything there.
"""

from __future__ import annotations

import contextlib
import errno
import math
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from msgspec import Struct

from handouts.files.names import folded
from handouts.problems import Origin, ProblemsError, error

TOPIC, REVIEW = "topic.yaml", "review.yaml"
NOT_WORDS = (TOPIC, REVIEW)
"""Files of a topic's folder that are not a language's; each other .yaml is."""
CLINICS, SETS = "clinics", "sets"
NOT_TOPICS = (CLINICS, SETS)
"""Folders of a content folder that are no topics: clinic profiles, and sets of documents to print together."""
DECK = "deck.pptx"
"""Our own presentation among the templates."""
PICTURES = (".png", ".jpg", ".jpeg")
"""How the names of a topic's pictures end, in any case."""
KINDS = ("themes", "locales", "plain", "sheets")
"""Folders of a templates folder; each file in them is one of its kind, by its name."""
PARTS = ("handout", "deck", "card", "parts")
"""Folders of templates: those of sections, by document, and those that are shared."""


class Kind(Struct, frozen=True):
    """A kind of file: how messages call it, the most bytes that one may have, and what to do about more."""

    name: str
    most: int
    instead: str


YAML = Kind("a YAML file", 1_000_000, "split it, or check that it is the right file")
TEMPLATE = Kind("a template", 1_000_000, "check that it is the right file")
LOGO = Kind("a logo", 4_000_000, "save it smaller")
PICTURE = Kind("a picture", 4_000_000, "save it smaller")
DECK_TEMPLATE = Kind("a deck template", 60_000_000, "make its pictures smaller")
# Some 25,000 documents: each has an entry of 2 to 3 kB.
MANIFEST = Kind("a manifest", 64_000_000, "choose another --out")
# A deck that wears the largest template has all of its pictures once more.
DOCUMENT = Kind("a document", 500_000_000, "move it away")
NOTE = Kind("a note", 20_000, "shorten it")
SCHEMA = Kind("a JSON schema", 4_000_000, "move it away")

_CHUNK, _BEYOND = 1 << 20, 1 << 16
_UNFINISHED = re.compile(r"\..+\.[0-9]+-[0-9a-f]{8}\.part", re.DOTALL)
# Opening a pipe must not wait for who writes into it, nor a terminal become ours. Windows has neither.
_OPEN: int = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
_NOT_FILES = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class UsageError(Exception):
    """The command line names something that is not there or cannot be used."""


class NotAFileError(OSError):
    """What stands under a name is not a regular file."""

    def __init__(self, what: str) -> None:
        super().__init__(errno.EINVAL, what)


class TooLargeError(OSError):
    """A file is longer than one of its kind may be."""

    def __init__(self, what: str) -> None:
        super().__init__(errno.EFBIG, what)


class ChangedError(OSError):
    """A file was written to while it was read: what was read may begin as the old one and end as the new one."""

    def __init__(self) -> None:
        super().__init__(errno.EAGAIN, "changed while it was read")


def shipped_templates() -> Path:
    """The templates that come with the program: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "shipped" / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def own_templates(given: Path | None) -> Path | None:
    """The folder given for templates of one's own, else the folder of that name here, if there is one."""
    return given or (Path("templates") if Path("templates").is_dir() else None)


def topics_in(content: Path) -> tuple[str, ...]:
    """The topics there are, by the names of their folders; those of `NOT_TOPICS` are none.

    Raises UsageError without a content folder, or one that cannot be read.
    """
    if not content.is_dir():
        raise UsageError(f"there is no content folder '{content}'; make a topic with: handouts new TOPIC")
    try:
        return tuple(sorted(p.name for p in content.iterdir() if p.is_dir() and _is_topic(p.name)))
    except OSError as bad:
        raise UsageError(f"cannot read the content folder '{content}': {reason(bad)}") from None


def _is_topic(name: str) -> bool:
    # To some disks a folder "Sets" is the folder "sets".
    return not name.startswith(".") and folded(name) not in NOT_TOPICS


def languages_in(topic: Path) -> tuple[str, ...]:
    """The languages in which a topic's folder has words, by the names of its files."""
    return tuple(sorted(Path(name).stem for name in _matching(topic, "*.yaml") if name not in NOT_WORDS))


def files_of_topic(topic: Path) -> tuple[str, ...]:
    """The names of all files in a topic's folder that documents are made from; what else lies there is nobody's."""
    return _matching(topic, "*.yaml")


def pictures_of_topic(topic: Path) -> tuple[str, ...]:
    """The names of all pictures in a topic's folder, those too that it does not show."""
    return tuple(name for name in _matching(topic, "*.*") if PurePosixPath(name).suffix.lower() in PICTURES)


def files_of_templates(folder: Path) -> tuple[str, ...]:
    """The names of all files in a folder of templates that documents are made from."""
    kinds = (f"{kind}/{name}" for kind in KINDS for name in _matching(folder / kind, "*.yaml"))
    parts = (f"{part}/{name}" for part in PARTS for name in _matching(folder / part, "*.j2"))
    return (*_matching(folder, "*.j2"), *parts, *_matching(folder, DECK), *kinds)


def names_of(kind: str, folder: Path) -> tuple[str, ...]:
    """The names of a templates folder's themes, locales, word lists or sheets."""
    # Names go into the names of documents, and those into the manifest, which is UTF-8 text.
    return tuple(Path(name).stem for name in _matching(folder / kind, "*.yaml") if name.isprintable())


def _matching(folder: Path, pattern: str) -> tuple[str, ...]:
    # Editors and macOS keep files of their own beside those that are edited, with a dot in front of the name.
    return tuple(sorted(path.name for path in folder.glob(pattern) if not path.name.startswith(".")))


def template_folders(own: Path | None) -> tuple[Path, ...]:
    """Where templates are looked for: a user's folder first, if there is one, then the shipped ones."""
    return tuple(folder for folder in (own, shipped_templates()) if folder is not None)


def named_in(folder: Path, name: str) -> Path:
    """The file below a folder that goes by this name, `/` between its parts, however the disk spells its letters.

    Disks and editors write é as one character or as two, and show no difference. A name that is there as it is written
    comes first; one that is not, nor with other characters for the same letters, stays as it is written.
    """
    path = folder / name
    if name.isascii():
        return path
    try:
        if path.exists():
            return path
        found = folder
        for part in PurePosixPath(name).parts:
            step, wanted = found / part, normalize("NFC", part)
            alike = () if part == ".." or step.exists() else sorted(found.iterdir())
            found = next((other for other in alike if normalize("NFC", other.name) == wanted), step)
    except (OSError, ValueError):
        return path
    return found


def reason(bad: OSError) -> str:
    """Why the system refused, in its own words."""
    return (bad.strerror or str(bad) or type(bad).__name__).lower()


def not_a_file(found: os.stat_result) -> str | None:
    """What stands under a name that is not a regular file, as messages say it; None for a file."""
    if stat.S_ISREG(found.st_mode):
        return None
    what = next((name for is_one, name in _NOT_FILES if is_one(found.st_mode)), "something else")
    return f"is {what}, not a file"


def open_regular(path: Path | str) -> int:
    """A descriptor for reading a regular file. Raises NotAFileError for anything else, OSError."""
    try:
        # Opening a device can do things, so that it is looked at first; and again, since it may be another by then.
        _must_be_file(os.stat(path))  # noqa: PTH116 - batches give texts, which as paths would cost as much as the call
        descriptor = os.open(path, _OPEN)
    except ValueError:
        raise NotAFileError("no file can have this name") from None
    try:
        _must_be_file(os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _must_be_file(found: os.stat_result) -> None:
    if what := not_a_file(found):
        raise NotAFileError(what)


def chunks_of(path: Path | str, kind: Kind) -> Iterator[bytes]:
    """A file's bytes in pieces. Raises NotAFileError, TooLargeError, and OSError where it cannot be read."""
    descriptor = open_regular(path)
    try:
        before = os.fstat(descriptor)
        if before.st_size > kind.most:
            raise TooLargeError(_too_large(before.st_size, kind))
        read = 0
        # Beyond what the file says: it can have grown, and those of /proc say that they are empty.
        while chunk := os.read(descriptor, min(max(before.st_size - read + 1, _BEYOND), _CHUNK)):
            read += len(chunk)
            if read > kind.most:
                raise TooLargeError(f"goes on after {_spelt(kind.most)}, the most that {kind.name} may have")
            yield chunk
        after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise ChangedError
    finally:
        os.close(descriptor)


def _too_large(size: int, kind: Kind) -> str:
    return f"is {_spelt(size)}; {kind.name} may have at most {_spelt(kind.most)}"


def _spelt(size: int) -> str:
    """A number of bytes as people read it, rounded up so that what is too much does not look like the most."""
    power = min(max(0, (len(str(size)) - 1) // 3), 4)
    number = math.ceil(size / 1000**power * 10) / 10
    return f"{number:g} {('bytes', 'kB', 'MB', 'GB', 'TB')[power]}"


def bytes_of(path: Path, kind: Kind, at: Origin | None = None, called: str = "") -> bytes:
    """A file's bytes. Raises ProblemsError where it cannot be read, is not a file or longer than its kind may be.

    `at` is where another file names this one, and `called` how; without them messages name the file itself.
    """
    with _told(path, kind, at, called):
        return b"".join(chunks_of(path, kind))


def within(data: bytes, kind: Kind, at: Origin, called: str = "") -> bytes:
    """The same bytes, of no file. Raises ProblemsError where they are more than a file of their kind may have."""
    with _told(Path(at.file), kind, at, called):
        if len(data) > kind.most:
            raise TooLargeError(_too_large(len(data), kind))
    return data


def digest_of(path: Path, kind: Kind) -> str:
    """The SHA-256 of a file in hexadecimal, which takes no more memory for a large one. Raises as `bytes_of`."""
    digest = sha256()
    with _told(path, kind, None, ""):
        for chunk in chunks_of(path, kind):
            digest.update(chunk)
    return digest.hexdigest()


@contextlib.contextmanager
def _told(path: Path, kind: Kind, at: Origin | None, called: str) -> Generator[None]:
    origin, subject = at or Origin(str(path)), f"{called} " if called else ""
    try:
        yield
    except TooLargeError as bad:
        raise ProblemsError([error(origin, "FILE08", f"{subject}{bad.strerror}", kind.instead)]) from None
    except NotAFileError as bad:
        instead = f"put {kind.name} in its place"
        raise ProblemsError([error(origin, "FILE01", f"{subject}{bad.strerror}", instead)]) from None
    except ChangedError as bad:
        raise ProblemsError([error(origin, "FILE01", f"{subject}{bad.strerror}", "run the command again")]) from None
    except OSError as bad:
        message = f"{subject}cannot be read: {reason(bad)}"
        raise ProblemsError([error(origin, "FILE01", message, "check that the file is there")]) from None


def text_of(path: Path, kind: Kind) -> str:
    """A file's text. Raises as `bytes_of`, and ProblemsError where it is not UTF-8."""
    return text_in(bytes_of(path, kind), path)


def text_in(data: bytes, path: Path) -> str:
    """The text of a file that was read. Raises ProblemsError where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        message = f"is not UTF-8 text (byte {bad.start + 1})"
        raise ProblemsError([error(Origin(str(path)), "FILE05", message, "save it as UTF-8")]) from None


def text_from(path: Path, kind: Kind) -> str:
    """A file's text, or that of standard input where the path is `-`. Raises as `text_of`."""
    if str(path) != "-":
        return text_of(path, kind)
    data = sys.stdin.buffer.read(kind.most + 1)
    if len(data) > kind.most:
        message = f"goes on after {_spelt(kind.most)}, the most that {kind.name} may have"
        raise ProblemsError([error(Origin("standard input"), "FILE08", message, kind.instead)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        message = f"is not UTF-8 text (byte {bad.start + 1})"
        raise ProblemsError([error(Origin("standard input"), "FILE05", message, "save it as UTF-8")]) from None


def write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files so that each is either whole and new or untouched: all to temporary names first, then renamed.

    Raises UsageError where the folder cannot be written; nothing of this call remains then.
    """
    staged: list[tuple[Path, Path]] = []
    made: tuple[Path, ...] = ()
    try:
        made = make_folder(folder)
        for name, data in files:
            target = folder / name
            _must_be_replaceable(target)
            temporary = folder / _unfinished(name)
            staged.append((temporary, target))
            with temporary.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for temporary, target in staged:
            temporary.replace(target)
    except OSError as bad:
        raise UsageError(f"cannot write to {folder}: {reason(bad)}") from None
    finally:
        for temporary, _ in staged:
            _quietly(temporary.unlink)
        remove_if_empty(made)


def write_new_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Makes a folder with these files, whole or not at all.

    Raises UsageError where it is there already or cannot be written; nothing of this call remains then.
    """
    staging = folder.with_name(_unfinished(folder.name))
    parents: tuple[Path, ...] = ()
    try:
        if folder.exists() or folder.is_symlink():
            raise UsageError(f"{folder} is there already; nothing was changed. Write another name, or delete it first")
        parents = make_folder(folder.parent)
        staging.mkdir()
        for name, data in files:
            (staging / name).write_bytes(data)
        staging.rename(folder)
    except OSError as bad:
        raise UsageError(f"cannot make {folder}: {reason(bad)}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        remove_if_empty(parents)


def make_folder(folder: Path) -> tuple[Path, ...]:
    """Makes a folder where there is none; gives all folders that this made, the inner ones first. Raises OSError."""
    missing = tuple(p for p in (folder, *folder.parents) if not p.exists())
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        if os.path.lexists(folder) and not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "it is not a folder") from None
        raise FileNotFoundError(errno.ENOENT, "the folder was taken away meanwhile") from None
    return missing


def remove_if_empty(folders: Iterable[Path]) -> None:
    """Takes folders away again in which nothing is."""
    for folder in folders:
        _quietly(folder.rmdir)


def remove_unfinished(folder: Path) -> None:
    """Takes away what runs that were killed left half-written; nobody else may be writing to the folder."""
    for path in folder.glob(".*.part"):
        if _UNFINISHED.fullmatch(path.name):
            _quietly(path.unlink)


def _unfinished(name: str) -> str:
    # Two runs in two containers can have the same process id and one folder.
    return f".{name}.{os.getpid()}-{secrets.token_hex(4)}.part"


def _must_be_replaceable(target: Path) -> None:
    """Raises UsageError where giving a new file this name would take the place of something else than a file."""
    try:
        what = not_a_file(target.stat())
    except FileNotFoundError:
        return
    if what:
        raise UsageError(f"cannot write {target}: it {what}")


def _quietly(remove: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        remove()


def the_files(folder: Path, names: Iterable[str], kind: Kind) -> tuple[tuple[str, bytes], ...]:
    """The named files of a folder with their bytes, all of them. Raises ProblemsError for one that cannot be read."""
    return tuple((name, bytes_of(folder / name, kind)) for name in names)


def bytes_if_there(path: Path, kind: Kind) -> bytes | None:
    """A file's bytes; None where nothing has its name. Raises as `chunks_of` where it is there and cannot be read."""
    try:
        return b"".join(chunks_of(path, kind))
    except FileNotFoundError:
        return None


def digests_in(folder: Path, names: Iterable[str], kind: Kind) -> Iterator[tuple[str, str]]:
    """Those of the named files that are in the folder and can be read, with their SHA-256 in hexadecimal."""
    for name in names:
        with contextlib.suppress(ProblemsError):
            yield name, digest_of(folder / name, kind)
