"""The disk: bytes of files in and out, written whole or not at all, and how folders of content are laid out.

It knows names and bytes, not what stands in them; `workspace` loads that.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from unicodedata import normalize

from handouts.problems import Origin, ProblemsError, error

TOPIC, REVIEW = "topic.yaml", "review.yaml"
NOT_WORDS = (TOPIC, REVIEW)
"""Files of a topic's folder that are not a language's; each other .yaml is."""


class UsageError(Exception):
    """The command line names something that is not there or cannot be used."""


def shipped_templates() -> Path:
    """The templates that come with the program: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "shipped" / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def own_templates(given: Path | None) -> Path | None:
    """The folder given for templates of one's own, else the folder of that name here, if there is one."""
    return given or (Path("templates") if Path("templates").is_dir() else None)


def topics_in(content: Path) -> tuple[str, ...]:
    """The topics there are. Raises UsageError without a content folder."""
    if not content.is_dir():
        raise UsageError(f"there is no content folder '{content}'; make a topic with: handouts new TOPIC")
    return tuple(sorted(p.name for p in content.iterdir() if p.is_dir() and not p.name.startswith(".")))


def languages_in(topic: Path) -> tuple[str, ...]:
    """The languages in which a topic's folder has words, by the names of its files."""
    return tuple(sorted(p.stem for p in topic.glob("*.yaml") if p.name not in NOT_WORDS))


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


def bytes_of(path: Path) -> bytes:
    """A file's bytes. Raises ProblemsError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as bad:
        message = f"cannot be read: {reason(bad)}"
        raise ProblemsError([error(Origin(str(path)), "FILE01", message, "check that the file is there")]) from None


def text_of(path: Path) -> str:
    """A file's text. Raises ProblemsError where it cannot be read or is not UTF-8."""
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        message = f"is not UTF-8 text (byte {bad.start + 1})"
        raise ProblemsError([error(Origin(str(path)), "FILE05", message, "save it as UTF-8")]) from None


def write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Writes files so that each is either whole and new or untouched: all to temporary names first, then renamed.

    Raises UsageError where the folder cannot be written; nothing of this call remains then.
    """
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        made = _make_folder(folder)
        for name, data in files:
            target = folder / name
            if target.is_dir():
                raise UsageError(f"cannot write {target}: it is a folder")
            temporary = folder / f".{name}.{os.getpid()}.part"
            staged.append((temporary, target))
            with temporary.open("wb") as stream:
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
        for made_folder in reversed(made):
            _quietly(made_folder.rmdir)


def write_new_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Makes a folder with these files, whole or not at all.

    Raises UsageError where it is there already or cannot be written; nothing of this call remains then.
    """
    staging = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    parents: list[Path] = []
    try:
        if folder.exists() or folder.is_symlink():
            raise UsageError(f"{folder} is there already; nothing was changed. Write another name, or delete it first")
        parents = [p for p in folder.parents if not p.exists()]
        staging.mkdir(parents=True)
        for name, data in files:
            (staging / name).write_bytes(data)
        staging.rename(folder)
    except OSError as bad:
        raise UsageError(f"cannot make {folder}: {reason(bad)}") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for parent in parents:
            _quietly(parent.rmdir)


def _make_folder(folder: Path) -> list[Path]:
    missing = [p for p in (folder, *folder.parents) if not p.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return list(reversed(missing))


def _quietly(remove: Callable[[], None]) -> None:
    with contextlib.suppress(OSError):
        remove()


def the_files(folder: Path, names: Iterable[str]) -> tuple[tuple[str, bytes], ...]:
    """The named files of a folder with their bytes, all of them. Raises ProblemsError for one that cannot be read."""
    return tuple((name, bytes_of(folder / name)) for name in names)


def present(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Those of the named files that are in the folder, with their bytes."""
    for name in names:
        try:
            yield name, (folder / name).read_bytes()
        except OSError:
            continue
