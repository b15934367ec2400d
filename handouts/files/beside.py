"""Pictures that lie beside the file which names them: names in, pictures out, or why one cannot be taken.

They come from that file's own folder and from nowhere else, wherever a name or a link leads.
"""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from handouts.files.disk import LOGO, PICTURE, Kind, named_in, reason
from handouts.files.reading import Reading
from handouts.model.image import Image
from handouts.model.load import Loaded
from handouts.model.topic import Topic
from handouts.problems import Origin, Problem, ProblemsError, error


class PictureFile(Struct, frozen=True):
    """A picture beside topic.yaml: what documents show of it, and the SHA-256 of the file itself in hexadecimal."""

    image: Image
    sha256: str


def pictures_beside(
    reading: Reading, file: Path, topic: Loaded[Topic], languages: Collection[str], problems: list[Problem]
) -> dict[str, PictureFile]:
    """The files that a topic's pictures name for these languages, each read once; what is wrong goes to `problems`."""
    named: dict[str, Origin] = {}
    for key, picture in topic.value.pictures.items():
        for language in sorted(languages):
            name, each = picture.file_for(language), isinstance(picture.file, dict)
            if name is not None:
                path = ("pictures", key, "file", *((language,) if each else ()))
                named.setdefault(name, topic.document.origin(path))
    found: dict[str, PictureFile] = {}
    for name, origin in named.items():
        try:
            data = _bytes_beside(reading, file, name, PICTURE, origin, f"the picture '{name}'")
            found[name] = PictureFile(reading.image(data, origin, name), sha256(data).hexdigest())
        except ProblemsError as bad:
            problems.extend(bad.problems)
    return found


def logo_beside(file: Path, name: str, origin: Origin, reading: Reading | None = None) -> Image:
    """The logo that a file names, from the file's own folder. Raises ProblemsError at `origin`."""
    reading = reading or Reading()
    return reading.image(_bytes_beside(reading, file, name, LOGO, origin, f"the logo '{name}'"), origin, name)


def _bytes_beside(reading: Reading, file: Path, name: str, kind: Kind, origin: Origin, called: str) -> bytes:
    """What stands in the own folder of the file that names it. Raises ProblemsError at `origin`."""
    try:
        found = named_in(file.parent, name).resolve()
        if not found.is_relative_to(file.parent.resolve()):
            message = f"{called} is outside the folder of {file.name}"
            raise ProblemsError([error(origin, "FILE04", message, f"copy it beside {file.name}")])
    except OSError as bad:
        message = f"{called} cannot be read: {reason(bad)}"
        raise ProblemsError([error(origin, "FILE01", message, "put the picture beside it")]) from None
    except (RuntimeError, ValueError):
        # Python 3.11 and 3.12 tell of links in a ring by the one, of a null character by the other.
        message = f"{called} cannot be read: it leads nowhere"
        raise ProblemsError([error(origin, "FILE01", message, "put the picture beside it")]) from None
    return reading.bytes_of(found, kind, origin, called)
