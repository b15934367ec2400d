"""What a content folder keeps beside its topics: clinic profiles (`clinics/`) and sets to print together (`sets/`).

In: a content folder and a name. Out: names, paths and loaded values; a profile is a clinic file, its logo beside it.
"""

from __future__ import annotations

import os
from pathlib import Path

from handouts.files.disk import CLINICS, SETS, YAML, UsageError, bytes_of, names_of
from handouts.files.names import is_device
from handouts.model.load import Loaded, load
from handouts.model.print_set import PrintSet
from handouts.problems import choose_from


def clinics_in(content: Path) -> tuple[str, ...]:
    """The names of all clinic profiles, in order; none where there is no such folder."""
    return names_of(CLINICS, content)


def sets_in(content: Path) -> tuple[str, ...]:
    """The names of all saved sets, in order; none where there is no such folder."""
    return names_of(SETS, content)


def clinic_path(content: Path, name: str) -> Path:
    """The file of a clinic profile, for `Request.clinic` and `Workspace.clinic`. Raises UsageError for no such name."""
    known = clinics_in(content)
    if name not in known:
        raise UsageError(f"there is no clinic '{name}' in {content / CLINICS}; {choose_from(name, known)}")
    return _path(content, CLINICS, name)


def set_path(content: Path, name: str) -> Path:
    """The file of a saved set. Raises UsageError for a name that is not there."""
    known = sets_in(content)
    if name not in known:
        raise UsageError(f"there is no set '{name}' in {content / SETS}; {choose_from(name, known)}")
    return _path(content, SETS, name)


def load_set(content: Path, name: str) -> Loaded[PrintSet]:
    """A saved set. Raises UsageError for a name that is not there, ProblemsError for a file that is wrong.

    Whether its topics are there is for `handouts.build.sets` to say.
    """
    path = set_path(content, name)
    return load(str(path), bytes_of(path, YAML), PrintSet)


def clinic_named(given: str, content: Path) -> Path:
    """The clinic file that a command line means: the file of that path, if there is one, else the profile of that name.

    Raises UsageError for neither.
    """
    path = Path(given)
    if path.is_file() or os.sep in given or given.endswith((".yaml", ".yml")) or given not in clinics_in(content):
        return path
    return _path(content, CLINICS, given)


def _path(content: Path, folder: str, name: str) -> Path:
    if is_device(name):
        raise UsageError(f"'{name}' is a device of Windows, which has no such files; rename it in {content / folder}")
    return content / folder / f"{name}.yaml"
