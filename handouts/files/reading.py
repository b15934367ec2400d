"""The files of one run: paths in, bytes, digests and loaded values out. With a memory every file is read once a run, so
that all of a run is made of the same bytes, and what was loaded of the same bytes before is there at once.

No date of a file is trusted: what is remembered is found by the SHA-256 of what stands in the file now.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from handouts.files.disk import Kind, bytes_of, digest_of, files_of_templates, text_in, text_of
from handouts.files.recall import Recall
from handouts.model.base import Model
from handouts.problems import Origin

if TYPE_CHECKING:
    # A run that makes nothing reads digests alone.
    from handouts.model.image import Image
    from handouts.model.load import Loaded

M = TypeVar("M", bound=Model)
T = TypeVar("T")

LOADED = 60
"""Bytes of memory that a loaded YAML file takes for each of its own: values, and where each of them stands."""


class Reading:
    """Reads the files of a run; `recall` is the memory of the process, if it has one."""

    def __init__(self, recall: Recall | None = None) -> None:
        self._recall = recall
        self._listed: dict[str, tuple[str, ...]] = {}
        self._read: dict[tuple[str, int], tuple[bytes, str]] = {}

    @property
    def remembers(self) -> bool:
        """Whether the process has a memory."""
        return self._recall is not None

    def templates_in(self, folder: Path) -> tuple[str, ...]:
        """The files of a folder of templates, as `disk.files_of_templates` lists them; with a memory once a run."""
        if self._recall is None:
            return files_of_templates(folder)
        found = self._listed.get(str(folder))
        if found is None:
            found = self._listed[str(folder)] = files_of_templates(folder)
        return found

    def bytes_of(self, path: Path, kind: Kind, at: Origin | None = None, called: str = "") -> bytes:
        """A file's bytes. Raises ProblemsError as `disk.bytes_of` does."""
        return bytes_of(path, kind, at, called) if self._recall is None else self._once(path, kind, at, called)[0]

    def digest_of(self, path: Path, kind: Kind) -> str:
        """The SHA-256 of a file in hexadecimal. Raises ProblemsError as `disk.digest_of` does."""
        return digest_of(path, kind) if self._recall is None else self._once(path, kind, None, "")[1]

    def text_of(self, path: Path, kind: Kind) -> str:
        """A file's text. Raises ProblemsError as `disk.text_of` does."""
        return text_of(path, kind) if self._recall is None else text_in(self._once(path, kind, None, "")[0], path)

    def made_of(self, path: Path, kind: Kind, key: Hashable, make: Callable[[bytes], T]) -> T:
        """What `make` gives of a file's bytes, once for the same path, bytes and `key`. Raises ProblemsError."""
        if self._recall is None:
            return make(bytes_of(path, kind))
        data, digest = self._once(path, kind, None, "")
        return self.once(("made", key, str(path), digest), lambda: make(data), len(data))

    def loaded(self, path: Path, kind: Kind, schema: type[M]) -> Loaded[M]:
        """A YAML file as a value of a schema. Raises ProblemsError."""
        return self.loaded_text(str(path), self.bytes_of(path, kind), schema)

    def loaded_text(self, name: str, data: bytes, schema: type[M]) -> Loaded[M]:
        """The same of bytes, which messages call by `name`."""
        from handouts.model.load import load

        if self._recall is None:
            return load(name, data, schema)
        return self.once(("loaded", name, _digest(data), schema), lambda: load(name, data, schema), LOADED * len(data))

    def image(self, data: bytes, origin: Origin, name: str) -> Image:
        """A picture's bytes, judged and drawn anew. Raises ProblemsError at `origin`."""
        from handouts.model.image import check_image

        if self._recall is None:
            return check_image(data, origin, name)
        # The picture does not depend on who names it; what is wrong with one is not remembered.
        key = ("image", _digest(data))
        return self._recall.recalled(key, lambda: check_image(data, origin, name), lambda image: len(image.data))

    def once(self, key: Hashable, make: Callable[[], T], cost: int) -> T:
        """What `make` gives, or gave for the same key while it is remembered; `cost` are the bytes that it takes.

        The key has to name all that the value depends on.
        """
        return make() if self._recall is None else self._recall.recalled(key, make, lambda _: cost)

    def _once(self, path: Path, kind: Kind, at: Origin | None, called: str) -> tuple[bytes, str]:
        # A limit is a part of the key: what one kind of file may be, another may not.
        key = (str(path), kind.most)
        found = self._read.get(key)
        if found is None:
            data = bytes_of(path, kind, at, called)
            found = self._read[key] = (data, _digest(data))
        return found


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
