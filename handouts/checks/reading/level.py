"""Reading level: sections of sentences → grades by the formulas of their language, with and without names and terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import replace

from handouts.checks.reading.formulas import flesch_kincaid, inflesz, smog
from handouts.checks.reading.numbers_english import spoken_syllables
from handouts.checks.reading.sentences import Section, Sentence, sections_of
from handouts.checks.reading.syllables_english import count_english
from handouts.checks.reading.syllables_spanish import count_spanish
from handouts.checks.reading.verbs import may_have_verb
from handouts.checks.reading.vocabulary import Key, left_out, without
from handouts.checks.reading.words import Word
from handouts.model.plain import PlainLanguage
from handouts.plan.documents import Glossary, Handout

_HISSING = ("ce", "ch", "ge", "s", "se", "sh", "x", "z", "ze")
"""Endings behind which the s of a plural is a syllable of its own."""
POLYSYLLABLE = 3
"""Syllables from which SMOG counts a word."""


class Counts(Struct, frozen=True):
    """What the formulas are fed with."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0
    polysyllables: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.sentences + other.sentences,
            self.words + other.words,
            self.syllables + other.syllables,
            self.polysyllables + other.polysyllables,
        )


ERROR = 1.5
"""Grades by which a formula may be wrong: the standard error of SMOG (McLaughlin 1969); ours for the others."""
ERROR_OF_EASE = 5
"""Points of an ease score, of which a band of INFLESZ has ten to fifteen. Ours."""


class Grade(Struct, frozen=True):
    """One formula's result. `target` is the value to reach: no more of a school grade, no less of an ease score."""

    formula: str
    value: float
    target: float
    is_ease: bool = False

    @property
    def reached(self) -> bool:
        """Whether the value, as printed with one decimal, is on the good side of the target."""
        shown = round(self.value, 1)
        return shown >= self.target if self.is_ease else shown <= self.target

    @property
    def nearly_reached(self) -> bool:
        """Whether the value misses the target by no more than the formula's own error."""
        shown = round(self.value, 1)
        return shown >= self.target - ERROR_OF_EASE if self.is_ease else shown <= self.target + ERROR


class Tongue(Struct, frozen=True):
    """What measuring a language takes: its syllables, and its formulas over counts."""

    syllables: Callable[[str], int]
    grades: Callable[[Counts], tuple[Grade, ...]]
    long: int
    """Syllables from which a word is long in this language."""


def _english(counts: Counts) -> tuple[Grade, ...]:
    return (
        Grade("Flesch-Kincaid", flesch_kincaid(counts.words, counts.sentences, counts.syllables), 6),
        Grade("SMOG", smog(counts.polysyllables, counts.sentences), 8),
    )


def _spanish(counts: Counts) -> tuple[Grade, ...]:
    ease = inflesz(counts.words, counts.sentences, counts.syllables)
    return (Grade("INFLESZ", ease, 55, is_ease=True),)


TONGUES = {"en": Tongue(count_english, _english, POLYSYLLABLE), "es": Tongue(count_spanish, _spanish, 5)}
"""The languages that can be measured. A formula holds for its own language alone; no other is measured."""


class Level(Struct, frozen=True):
    """The reading level of one section, or of the whole: of all words, and without names and explained terms.

    `in_full` is of whole sentences alone, those that end with a full stop and may have a verb, also without names and
    terms: headings, items and stumps make every grade look lower. None where too little is left to measure.
    """

    title: str
    counts: Counts
    everything: tuple[Grade, ...]
    plain: tuple[Grade, ...]
    in_full: tuple[Grade, ...]
    whole_sentences: int = 0

    @property
    def judged(self) -> tuple[Grade, ...]:
        """The grades that are told first: of whole sentences, or of all text where there is none."""
        return self.in_full or self.plain


class Levels(Struct, frozen=True):
    """The reading level of a handout: the whole, then each section."""

    language: str
    whole: Level
    sections: tuple[Level, ...]


def tongue_of(language: str) -> Tongue | None:
    """How a language is measured, by the tag's first part; None for one without formulas here."""
    return TONGUES.get(language.split("-", maxsplit=1)[0])


def levels(handout: Handout, lexicon: PlainLanguage) -> Levels | None:
    """The reading level of a handout; None in a language without formulas, or without a sentence."""
    return levels_in(sections_in(handout, lexicon), handout.glossary, handout.meta.language, lexicon)


def levels_in(
    sections: tuple[Section, ...], glossary: Glossary, language: str, lexicon: PlainLanguage
) -> Levels | None:
    """The same of a handout's sections, its names and terms, and its language."""
    tongue = tongue_of(language)
    if tongue is None or not sections:
        return None
    phrases = left_out(sections, glossary)
    parts = [(one.title, _counts(one.sentences, tongue, lexicon, phrases)) for one in sections]
    whole = sum((counts for _, counts in parts), _Counts())
    return Levels(
        language,
        _level("", whole, tongue),
        tuple(_level(title, counts, tongue) for title, counts in parts),
    )


class _Counts(Struct, frozen=True):
    """Counts of all words, of those without names and terms, and of these in whole sentences alone."""

    everything: Counts = Counts()
    plain: Counts = Counts()
    in_full: Counts = Counts()

    def __add__(self, other: _Counts) -> _Counts:
        return _Counts(self.everything + other.everything, self.plain + other.plain, self.in_full + other.in_full)


def _counts(sentences: Iterable[Sentence], tongue: Tongue, lexicon: PlainLanguage, phrases: frozenset[Key]) -> _Counts:
    total = _Counts()
    for one in sentences:
        every = counted([one], tongue, lexicon)
        words = without(one.words, phrases)
        plain = every if words == one.words else counted([replace(one, words=words)], tongue, lexicon)
        total += _Counts(every, plain, plain if one.whole and may_have_verb(one.words, lexicon.verbs) else Counts())
    return total


def _level(title: str, counts: _Counts, tongue: Tongue) -> Level:
    groups = (counts.everything, counts.plain, counts.in_full)
    everything, plain, in_full = (tongue.grades(group) if group.words else () for group in groups)
    return Level(title, counts.everything, everything, plain, in_full, counts.in_full.sentences)


def counted(sentences: Iterable[Sentence], tongue: Tongue, lexicon: PlainLanguage) -> Counts:
    """Sentences, words, syllables and polysyllables. A sentence of which no word is left is none."""
    total = Counts()
    for sentence in sentences:
        words = sentence.words
        if any(word.kind != "figures" for word in words):
            heard = sum(syllables(word, tongue, lexicon) for word in words)
            long = sum(is_polysyllable(word, tongue, lexicon) for word in words)
            total += Counts(1, len(words), heard, long)
    return total


def syllables(word: Word, tongue: Tongue, lexicon: PlainLanguage) -> int:
    """Syllables of a word. Figures and abbreviations count as one (Flesch, How to Write Plain English, 1979)."""
    if word.kind != "word":
        return 1
    if word.key in lexicon.syllables:
        return lexicon.syllables[word.key]
    return sum(_of_part(part, tongue, lexicon) for part in word.parts)


def _of_part(part: str, tongue: Tongue, lexicon: PlainLanguage) -> int:
    """Syllables of a word without hyphens, which may be a listed one with a plural's or possessive's s."""
    one = part if part in lexicon.syllables else part.removesuffix("s")
    if one in lexicon.syllables and (one == part or not one.endswith(_HISSING)):
        return lexicon.syllables[one]
    return tongue.syllables(part)


def is_polysyllable(word: Word, tongue: Tongue, lexicon: PlainLanguage) -> bool:
    """Whether SMOG counts a word: its author counts what has three syllables "when you read it aloud in context".

    So figures are read as numbers, and abbreviations letter by letter.
    """
    if word.kind == "word":
        return syllables(word, tongue, lexicon) >= POLYSYLLABLE
    return spoken_syllables(word.text) >= POLYSYLLABLE


def sections_in(handout: Handout, lexicon: PlainLanguage) -> tuple[Section, ...]:
    """The handout's sections as its reading level is measured over them."""
    return sections_of(handout.blocks, lexicon.abbreviations, lexicon.begins)
