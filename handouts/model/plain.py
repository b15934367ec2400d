"""Schema of `templates/plain/*.yaml`: a language's words for the checks of reading, clear communication and risk.

Everything is compared without regard to capitals.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from handouts.model.base import After, LanguageTag, Line, Model, Slug

Lower = Annotated[str, Meta(pattern=r"^[^\sA-Z]+( [^\sA-Z]+)*$", max_length=80)]
"""A word or phrase in lower case."""


def _with_both(phrase: str) -> str:
    if "{n}" not in phrase or "{of}" not in phrase:
        raise ValueError("lacks one of its two numbers; write it like '{n} in {of}'")
    return phrase


def _with_number(phrase: str) -> str:
    if "{n}" not in phrase:
        raise ValueError("lacks its number; write it like '{n}% interval'")
    return phrase


Phrases = tuple[Lower, ...]
Rates = tuple[Annotated[Lower, After(_with_both)], ...]
"""Phrases with two numbers, `{n}` of `{of}`."""

WordList = Annotated[str, Meta(pattern=r"^[^\sA-Z]+(\s+[^\sA-Z]+)*$", max_length=20_000)]
"""Many words in lower case, with blanks between them."""

Written = Annotated[str, Meta(pattern=r"^\S+( \S+)*$", max_length=40)]
"""Characters as they are written. A single letter, and what has a capital, is looked for as it stands, all else in
capitals, too.
"""

Syllables = Annotated[int, Meta(ge=1, le=12)]


class Passive(Model, frozen=True, kw_only=True):
    """How the passive voice looks: one of `auxiliaries`, then one of `participles` or a word with one of `endings`.

    `states` are words that look so and say how something is ("tired"), not what is done to it.
    """

    auxiliaries: Phrases
    endings: Phrases = ()
    participles: Phrases = ()
    states: Phrases = ()


class Verbs(Model, frozen=True, kw_only=True):
    """What shows whether a sentence may have a verb.

    `base` are verbs that make forms with one of `inflections`; `forms` are others, and pronouns that do not stand
    without a verb; `contractions` end a word that holds a verb; words with one of `endings` may be verbs, but for
    `nouns`. A verb does not follow right on a word of `before` ("a", "without"). Where `base` is empty, only `nouns`
    are no verbs.
    """

    base: WordList | None = None
    inflections: Phrases = ()
    forms: WordList | None = None
    contractions: Phrases = ()
    endings: Phrases = ()
    nouns: WordList | None = None
    before: WordList | None = None


class Comparing(Model, frozen=True, kw_only=True):
    """How the language compares groups: words for `more` and `less` before people who have `done` something, or a harm.

    `said` compare by themselves ("lived longer"). `other` name what it is compared with ("than"), `implied` imply it
    ("older"); after one of `additional` ("no more", "two more") nothing is compared, nor where one of `over_time`
    follows on what is `said` ("was better by noon"). `reported` are words of which a study's report of a harm has one
    ("was"), and general words do not ("exercise means less nausea"); without them all is a report.
    """

    more: Phrases
    less: Phrases
    people: Phrases = ()
    done: Phrases = ()
    said: Phrases = ()
    other: Phrases = ()
    implied: Phrases = ()
    additional: Phrases = ()
    over_time: Phrases = ()
    reported: Phrases = ()


class Harms(Model, frozen=True, kw_only=True):
    """How the language speaks of harms: `general` words for them all ("side effects"), and `names` of some.

    Words with one of `endings` are medical terms, but for those of `everyday`. `calls` and `when` say together whom to
    call and when ("call … if").
    """

    general: Phrases = ()
    names: Phrases = ()
    endings: Phrases = ()
    everyday: Phrases = ()
    calls: Phrases = ()
    wholes: Phrases = ()
    when: Phrases = ()


class Risk(Model, frozen=True, kw_only=True):
    """How the language speaks of chances.

    `likelihood` words say how likely or frequent something is; `not_given` says that no number was published for one;
    `shares` and `counts` write a rate and people of so many, with `{n}` and `{of}` for the two numbers, `percents` a
    percentage in words, with `{n}`; `things` are counted as people are, and are none ("21 of 28 days"); `relative`
    compares two risks without saying how large either is, with `{n}` where it has a number.
    """

    likelihood: Phrases = ()
    not_given: Phrases = ()
    shares: Rates = ()
    counts: Rates = ()
    percents: Phrases = ()
    things: Phrases = ()
    relative: Phrases = ()


class PictureTalk(Model, frozen=True, kw_only=True):
    """How alt texts speak of pictures and say nothing: `names` are words for one ("photo"), `openings` begin with one
    ("image of").
    """

    names: Phrases = ()
    openings: Phrases = ()


class Numerals(Model, frozen=True, kw_only=True):
    """What makes a number in words a quantity, or part of a name.

    `units` gives the words of each unit by its id in the locale, and of what is counted out, such as tablets; those of
    SI are known. `levels` write the level of an interval, with `{n}`; `idioms` hold a number that counts nothing of the
    topic ("24/7"); `ordinals` end one ("2nd"); `connectors` join numbers of one kind ("grade 3 or 4"); `before` are
    words that a hyphen joins to a quantity ("mid-2013"), where others make a name ("omega-3"); `behind` are beginnings
    of words that a hyphen joins to the number of a name ("5-alpha"); `calls` stand before a telephone number,
    `wholes` before the whole of a rate, beside the words of `risk`.
    """

    units: dict[Slug, Phrases] = {}
    levels: tuple[Annotated[Lower, After(_with_number)], ...] = ()
    idioms: Phrases = ()
    ordinals: Phrases = ()
    connectors: Phrases = ()
    before: Phrases = ()
    behind: Phrases = ()
    calls: Phrases = ()
    wholes: Phrases = ()


class Doses(Model, frozen=True, kw_only=True):
    """How doses are misread: what is written, and what to write instead.

    `units` are the ids of those units in which doses are given. `anywhere` holds what is misread wherever it stands,
    `at_a_dose` what is misread beside a number or a dose alone, `signs` what is misread right before a dose,
    `for_patients` what only professionals can read. A name of the topic, or a short form that its words explain, is
    none of them.
    """

    units: tuple[Slug, ...] = ()
    anywhere: dict[Written, Line] = {}
    at_a_dose: dict[Written, Line] = {}
    for_patients: dict[Written, Line] = {}
    signs: dict[Written, Line] = {}


class PlainLanguage(Model, frozen=True, kw_only=True):
    """The whole of a file.

    `syllables` counts words that the rules of the language get wrong; `abbreviations` end with a full stop that ends no
    sentence, those written "no. {n}" before a number alone, and those written "{name} st." unless they stand behind a
    name; `openings` are words that begin a sentence where an abbreviation may have ended one; `plainer` gives for a
    hard word the plainer one; `actions` begin a call to do something; `you` are words that speak to the reader;
    `numbered` are words before a number that is a name, such as "type 2" or "grade 3"; `numerals` and
    `doses` are what the checks of typed numbers and of doses know.

    `common` are the words that every text of the language is full of, the commonest first, by which it is known;
    `counted` gives for a noun that is counted ("person") its plural ("people"); `until` stands between two dates.
    """

    schema_version: Literal[1]
    language: LanguageTag
    syllables: dict[Lower, Syllables] = {}
    abbreviations: Phrases = ()
    openings: WordList | None = None
    plainer: dict[Lower, Line] = {}
    actions: Phrases = ()
    you: Phrases = ()
    numbered: Phrases = ()
    passive: Passive | None = None
    verbs: Verbs | None = None
    comparing: Comparing | None = None
    harms: Harms = Harms()
    risk: Risk = Risk()
    numerals: Numerals = Numerals()
    doses: Doses = Doses()
    pictures: PictureTalk = PictureTalk()
    common: Phrases = ()
    counted: dict[Lower, Lower] = {}
    until: Phrases = ()

    @property
    def begins(self) -> Phrases:
        """All words that are known to begin a sentence."""
        return (*(self.openings or "").split(), *self.actions)
