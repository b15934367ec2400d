"""`handouts translate`: a topic and a language in; a language file out, each text a comment above its empty place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from handouts.files.disk import YAML, UsageError, bytes_of, languages_in, own_templates, topics_in, write_all
from handouts.files.names import is_device
from handouts.files.workspace import Workspace
from handouts.model.document import Document, Plain
from handouts.model.load import load
from handouts.model.plural_forms import rules_of
from handouts.model.translation import comment
from handouts.model.words import Words
from handouts.problems import choose_from

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NOT_TEXTS = ("schema_version", "language")
_NO_TEXT = frozenset(("true", "false", "null"))
"""Words that YAML takes for something else where they stand as keys without quotes."""
_STEP = "  "

_HEAD = """\
# yaml-language-server: $schema=../../schema/words.schema.json
# The words in '{language}', to be translated from {source}.yaml. Each text stands as a comment above its empty place.
# Write the translation behind the key, or in the lines below it after >-, and let the comment stand: handouts check
# tells by it what has changed in {source}.yaml since. The keys, and what stands in {{{{ }}}}, stay as they are.
schema_version: {version}
language: {language}
"""


def write_translation(content: Path, topic: str, language: str, source: str | None = None) -> tuple[str, ...]:
    """Writes `content/topic/<language>.yaml` for the texts of another language: `source`, else en, else the first one.

    Gives what there is to say: the file with the number of its texts, and where the language's fixed words are. Raises
    UsageError for a topic or language that is not there, for what is no language tag, and where a file stands already;
    ProblemsError for mistakes of the file to translate.
    """
    known = topics_in(content)
    if topic not in known:
        raise UsageError(f"there is no topic '{topic}' in {content}; {choose_from(topic, known)}")
    folder = content / topic
    path = folder / f"{language}.yaml"
    _check_is_free(path, language)
    languages = languages_in(folder)
    if not languages:
        raise UsageError(f"{folder} has no language file to translate; write one, such as en.yaml")
    source = source or ("en" if "en" in languages else languages[0])
    if source not in languages:
        raise UsageError(f"{folder} has no {source}.yaml to translate from; {choose_from(source, languages)}")
    original = folder / f"{source}.yaml"
    lines = [*_lines(load(str(original), bytes_of(original, YAML), Words).document, source, language)]
    write_all(folder, [(path.name, "\n".join((*lines, "")).encode())])
    count = sum(line.lstrip().startswith(f"# {source}: ") for line in lines)
    return f"wrote {path}: {count} texts to translate", _of_locale(language)


def _check_is_free(path: Path, language: str) -> None:
    if not _TAG.fullmatch(language) or is_device(language):
        raise UsageError(f"'{language}' is not a language tag; write one like es, pt-BR or fil")
    if os.path.lexists(path):
        raise UsageError(f"{path} is there already; nothing was changed. handouts check tells what it still lacks")


def _of_locale(language: str) -> str:
    """Whether the language has the fixed words and the headings of common sections that documents need."""
    known = Workspace(Path(), own_templates(None)).names("locales")
    for name in (language, language.split("-", maxsplit=1)[0]):
        if name in known:
            return f"fixed words and headings of common sections come from the locale '{name}'"
    return (
        f"there is no locale for '{language}' yet, with fixed words and the headings of common sections (known: "
        f"{', '.join(known)}); copy en.yaml of templates/locales and translate it"
    )


def _lines(document: Document, source: str, language: str) -> Iterator[str]:
    version = document.value["schema_version"]
    yield from _HEAD.format(language=language, source=source, version=version).splitlines()
    for key, value in document.value.items():
        if key not in _NOT_TEXTS and value:
            yield ""
            translated = _with_forms(value, language) if key == "plurals" and isinstance(value, dict) else value
            yield from _place(_key(key), translated, source, "")


def _with_forms(groups: dict[str, Plain], language: str) -> dict[str, Plain]:
    """Words that are counted, each with the forms that the language needs: that of the source, else its "other"."""
    needed = rules_of(language).needed
    return {
        name: {category: forms.get(category, forms.get("other")) for category in needed}
        for name, forms in groups.items()
        if isinstance(forms, dict)
    }


def _place(before: str, value: Plain, source: str, indent: str) -> Iterator[str]:
    """The lines of a value behind its key (`heading:`), or behind the mark of its item (`-`)."""
    match value:
        case str():
            yield from comment(source, value, indent)
            yield f"{indent}{before}"
        case list():
            yield f"{indent}{before}"
            for item in value:
                yield from _item(item, source, indent + _STEP)
        case dict():
            yield f"{indent}{before}"
            for key, inner in value.items():
                if inner:
                    yield from _place(_key(key), inner, source, indent + _STEP)
        case _:
            pass


def _item(item: Plain, source: str, indent: str) -> Iterator[str]:
    """The lines of an item of a list; a block's first key stands behind the item's mark."""
    if not isinstance(item, dict):
        yield from _place("-", item, source, indent)
        return
    mark = f"{indent}- "
    for key, inner in item.items():
        if not inner:
            continue
        for line in _place(_key(key), inner, source, indent + _STEP):
            if mark and not line.lstrip().startswith("#"):
                yield mark + line[len(mark) :]
                mark = ""
            else:
                yield indent + line[len(indent) + len(_STEP) :] if mark else line


def _key(key: str) -> str:
    return f'"{key}":' if key in _NO_TEXT else f"{key}:"
