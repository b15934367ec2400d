"""One topic in one language + templates → the record that a clinician signs: all it prints, its numbers filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec.structs import replace

from handouts.compose.context import filled_words
from handouts.compose.phrase import Phrase
from handouts.model.document import spell
from handouts.model.leaves import leaves
from handouts.model.load import Loaded
from handouts.model.locale import Locale
from handouts.model.review import Record
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.plan.text import squeezed


def record_of(
    topic: Topic, words: Loaded[Words], locale: Locale, templates: Mapping[str, str], pictures: Mapping[str, str]
) -> Record:
    """What a sign-off of these words is of; `pictures` has the digest of each one's file.

    Raises ProblemsError for words that name what does not exist.
    """
    filled = filled_words(topic, words.value, words.document, locale)
    statements: dict[str, dict[str, str]] = {}
    for key, statement in topic.statements.items():
        said = filled["statements"].get(key, {})
        told = {name: words.text for name, words in said.items() if words is not None}
        statements[key] = _folded(told) | _plain(statement)
    others = {name: said for name, said in filled.items() if name != "statements"}
    said = {spell(path): leaf.text for path, leaf in leaves(others) if isinstance(leaf, Phrase)}
    values = _plain(replace(topic, statements={}, review=None), skip=("schema_version",))
    digests = {name: _digest(text) for name, text in sorted(templates.items())}
    fixed = "\n".join(f"{spell(path)}: {leaf}" for path, leaf in leaves(locale))
    digests[f"locales/{locale.language}.yaml"] = _digest(fixed)
    return Record(statements=statements, words=_folded(said), values=values, templates=digests, pictures=dict(pictures))


def _plain(value: object, skip: tuple[str, ...] = ()) -> dict[str, str]:
    """Every value by its place, as files write it; what is not given is left out."""
    found = {spell(path): leaf for path, leaf in leaves(value, skip) if leaf is not None}
    return _folded({place: str(leaf).lower() if isinstance(leaf, bool) else str(leaf) for place, leaf in found.items()})


def _folded(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts without the line breaks that only a file has."""
    return {name: squeezed(text) for name, text in texts.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
