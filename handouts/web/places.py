"""How pages name files: as authors know them. Where the server keeps its folders is nobody's business.

In: a path, or a message that may name some. Out: the same from the folder around the content on.
"""

from __future__ import annotations

from pathlib import Path


def place_of(file: str, content: Path) -> str:
    """A file of the content or the templates from its folder on; of any other absolute path the name alone."""
    path = Path(file)
    for folder in (content, content.absolute()):
        if path.is_relative_to(folder):
            return (Path(folder.absolute().name) / path.relative_to(folder)).as_posix()
    if "templates" in path.parts:
        last = len(path.parts) - 1 - path.parts[::-1].index("templates")
        return Path(*path.parts[last:]).as_posix()
    return path.name if path.is_absolute() else path.as_posix()


def without_folder(text: str, content: Path) -> str:
    """A message in which files of the content are named from its folder on."""
    absolute = content.absolute()
    for folder in dict.fromkeys((str(absolute), absolute.as_posix())):
        text = text.replace(folder, absolute.name)
    return text
