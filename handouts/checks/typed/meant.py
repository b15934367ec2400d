"""Which number of its topic a typed one is meant to be: a numeral of a text in; the names that print it out.

Names of the same statement or section, of studies that the text names, and of the same unit come before others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from handouts.checks.phrases import pattern_of
from handouts.checks.typed.known import Known, Numbers, Whole, numbers_of, units_of
from handouts.checks.typed.numerals import Numeral
from handouts.checks.typed.passages import GAP, Passage
from handouts.model.base import AsOf
from handouts.model.document import KeyPath
from handouts.model.plain import PlainLanguage
from handouts.model.topic import Topic
from handouts.model.words import Words
from handouts.problems import Origin

NAME = re.compile(r"\{\{\s*([\w.+]+)")
"""An expression up to the end of the name in it."""
SPACES = rf"[\s{GAP}]"
_HUNDRED = Decimal(100)
_NEAR = 20
"""Characters before a number in which a word such as "call" says what it is."""
_SHORT = range(3, 7)
"""Digits of a short number to dial."""
_DIGIT = re.compile(r"[\d¼-¾⅐-↉⁰¹²³⁴-⁹]")
_PLACE = re.compile(r"\{n\}")


class Typed(Struct, frozen=True):
    """A number typed into words or a template: where, as typed, and which names of the topic print it; none where the
    topic does not have it. `sure` says that they are of the same kind and unit.
    """

    origin: Origin
    text: str
    names: tuple[str, ...] = ()
    sure: bool = True
    lacking: tuple[str, ...] = ()
    """Of several numbers those that the topic does not have."""
    in_template: bool = False
    whole_of: str = ""
    """The name before "in 100" that is no number of people in 100, and the `whole` that is typed behind it."""
    whole: int = 0
    is_called: bool = False
    """Whether a word such as "call" stands before it, so that it is a short number to dial."""


def has_digits(text: str) -> bool:
    """Whether a text may hold a number: digits of any script, or fractions."""
    return _DIGIT.search(text) is not None


class Reader:
    """Reads the numbers of one language file as those of its topic."""

    def __init__(self, topic: Topic, words: Words) -> None:
        self._topic = topic
        units = set(units_of(topic))
        self.counted = {key: tuple(_unit_words(forms.values())) for key, forms in words.plurals.items() if key in units}
        for key, name in words.names.items():
            if isinstance(name, str) and key in units and key not in self.counted:
                self.counted[key] = (name.lower(),)
        named = (
            topic.subject.name, topic.subject.brand, topic.subject.code_name, topic.subject.maker,
            *(name for drug in topic.other_drugs for name in (drug.name, drug.brand)),
            *(name for study in topic.studies.values() for name in (study.name, study.registry, study.criteria)),
            *(source.registry for source in topic.sources.values()),
        )  # fmt: skip
        self._names = pattern_of(tuple(name for name in named if name and has_digits(name)))

    @property
    def numbers(self) -> Numbers:
        """The numbers of the topic, looked up once a number is typed."""
        return numbers_of(self._topic)

    def without_names(self, text: str, path: KeyPath) -> str:
        """The text with the names of the topic covered, and in a source's title the digits of the original."""
        text = self._names.sub(lambda found: GAP * len(found[0]), text)
        if path[0] == "sources" and (source := self._topic.sources.get(str(path[1]))):
            of_it = set(re.findall(r"[0-9]+", f"{source.title} {source.publisher} {source.short}"))
            text = re.sub(r"[0-9]+", lambda found: GAP * len(found[0]) if found[0] in of_it else found[0], text)
        return text

    def is_out_of(self, path: KeyPath, whole: Decimal) -> bool:
        """Whether the section of a text shows people out of so many."""
        section = self._section(path)
        per = self._topic.sections[section].per if section in self._topic.sections else None
        return per is not None and per == whole

    def counts_out_of(self, name: str, whole: Decimal) -> bool:
        """Whether what a name prints is out of so many: a percentage out of 100, a count of so many, or no result."""
        if name.endswith((".percent", ".per_100", ".share")):
            return whole == _HUNDRED
        result = name.removesuffix(".count")
        wholes = [one.values[1] for found in self.numbers.pairs.values() for one in found if one.name == result]
        return whole in wholes if wholes else not name.endswith(".count")

    def typed(self, passage: Passage, numeral: Numeral, lexicon: PlainLanguage) -> Typed:
        """What the topic has of a number in words."""
        origin = passage.place(numeral.start, numeral.end)
        text = passage.written(numeral.start, numeral.end)
        fitting = self._fitting(passage, numeral, lexicon)
        if not fitting:
            lacking = tuple(self._lacking(passage, numeral))
            before = passage.text[max(0, numeral.start - _NEAR) : numeral.start]
            called = (
                (digits := text.replace("-", "")).isdigit()
                and len(digits) in _SHORT
                and bool(pattern_of(lexicon.numerals.calls).search(before))
            )
            return Typed(origin, text, lacking=lacking, is_called=called)
        best = self._nearest(_of_kind(fitting, numeral, passage, lexicon), passage)
        signed = bool(re.search(rf"[-−]{SPACES}?$", passage.text[: numeral.start]))
        names = tuple(dict.fromkeys(_in_format(one, numeral, passage, signed=signed) for one in best))
        return Typed(origin, text, names, sure=self._is_sure(best, numeral, passage, lexicon))

    def _fitting(self, passage: Passage, numeral: Numeral, lexicon: PlainLanguage) -> tuple[Known | Whole, ...]:
        """The numbers of the topic that a typed one may be: of its value, and not of another unit."""
        if numeral.kind == "date":
            return tuple(one for one in self.numbers.dates if any(_same_day(one.value, date) for date in numeral.dates))
        if numeral.kind == "time":
            return tuple(one for time in numeral.times for one in self.numbers.single.get(time, ()))
        parts = numeral.parts
        short = re.sub(r"[-‑]", "", passage.text[numeral.start : numeral.end])
        if len(parts) > 2 and len(short) == len(parts) and short.isdigit():
            # 9-1-1 is how people say 911.
            return tuple(one for one in self.numbers.single.get(Decimal(short), ()) if one.kind == "code")
        if len(parts) == 2:
            first, second = parts[0], parts[1]
            together = [
                one for low in first for high in second for one in self.numbers.pairs.get((low, high), ())
                if _agree(one, numeral.unit)
            ]  # fmt: skip
            if together:
                return tuple(together)
            if numeral.kind == "fraction":
                quotient = first[0] / second[0] if second[0] else first[0]
                return self._of_value((quotient,), numeral.unit, passage)
        each = [self._of_value(part, numeral.unit, passage) for part in parts]
        return tuple(one for found in each for one in found) if all(each) else ()

    def _of_value(self, readings: Iterable[Decimal], unit: str | None, passage: Passage) -> tuple[Known, ...]:
        found = [one for value in readings for one in self.numbers.single.get(value, ())]
        agreeing = tuple(one for one in found if _agree(one, unit))
        if agreeing or unit is None:
            return agreeing
        # A fact without a unit may be of any; one of a study is another number's, unless the text is about that study.
        near = self._near(passage.path) | self._named_in(passage.raw)
        return tuple(
            one
            for one in found
            if one.kind == "amount" and one.unit is None and (one.path[0] == "facts" or one.study in near)
        )

    def _lacking(self, passage: Passage, numeral: Numeral) -> Iterator[str]:
        if len(numeral.parts) < 2 or numeral.kind == "fraction":
            return
        written = re.findall(r"[0-9]+(?:[.,][0-9]+)*|[¼-¾⅐-⅞]", passage.raw[numeral.start : numeral.number_end])
        for text, part in zip(written, numeral.parts, strict=False):
            if not self._of_value(part, numeral.unit, passage):
                yield text

    def _nearest(self, fitting: tuple[Known | Whole, ...], passage: Passage) -> tuple[Known | Whole, ...]:
        """Those of the same statement or section, of studies that the text names, else all."""
        for near in (self._near(passage.path), self._named_in(passage.raw)):
            close = tuple(one for one in fitting if one.study in near or ".".join(map(str, one.path[:2])) in near)
            if close:
                return close
        return fitting

    def _near(self, path: KeyPath) -> set[str | None]:
        """Ids of the studies, and places of the facts, that the statement or section of a text is about."""
        near: set[str | None] = set()
        statement = self._topic.statements.get(str(path[1])) if path[0] == "statements" else None
        if statement:
            near |= {value.partition(".")[0] for value in statement.values}
            near |= {statement.study} if statement.study else set()
            near |= {f"facts.{key}" for key, fact in self._topic.facts.items() if fact.source in statement.sources}
        section = self._topic.sections.get(self._section(path) or "")
        if section:
            near |= {section.study, *section.studies} - {None}
        if path[0] == "studies":
            near.add(str(path[1]))
        return near

    def _named_in(self, raw: str) -> set[str | None]:
        paths = [found[1].split(".") for found in NAME.finditer(raw)]
        return {path[0] for path in paths if path[0] in self._topic.studies} | {
            ".".join(path[:2]) for path in paths if path[0] == "facts"
        }

    def _section(self, path: KeyPath) -> str | None:
        if path[0] == "sections":
            return str(path[1])
        statement = self._topic.statements.get(str(path[1])) if path[0] == "statements" else None
        if statement is None:
            return None
        return next((one for name in ("handout", "deck", "card") if (one := statement.section_in(name))), None)

    def _is_sure(
        self, best: tuple[Known | Whole, ...], numeral: Numeral, passage: Passage, lexicon: PlainLanguage
    ) -> bool:
        """Whether what a number is of is plain: from its unit, or because it is no rate and no effect."""
        if numeral.unit is not None:
            return any(one.unit == numeral.unit for one in best)
        if any(one.kind != "percent" or isinstance(one, Whole) for one in best):
            return True
        return _is_rate(passage, numeral, lexicon)


def _of_kind(
    fitting: tuple[Known | Whole, ...], numeral: Numeral, passage: Passage, lexicon: PlainLanguage
) -> tuple[Known | Whole, ...]:
    """Percentages where a rate is typed ("18 in 100"), else all others; either where there is nothing else."""
    if numeral.unit is not None:
        return fitting
    rate = _is_rate(passage, numeral, lexicon)
    return tuple(one for one in fitting if (one.kind == "percent") == rate) or fitting


def _is_rate(passage: Passage, numeral: Numeral, lexicon: PlainLanguage) -> bool:
    """Whether a number is the part of a rate: "18 in 100"."""
    after = passage.text[numeral.end : numeral.end + 30]
    return any(
        re.match(rf"{SPACES}+{re.escape(phrase.partition('{n}')[2].partition('{of}')[0].strip())}{SPACES}", after)
        for phrase in lexicon.risk.shares
    )


def _agree(one: Known | Whole, unit: str | None) -> bool:
    """Whether a number of the topic can be the typed one by its unit."""
    return unit is None or unit == one.unit


def _same_day(value: object, typed: AsOf) -> bool:
    if not isinstance(value, AsOf):
        return False
    if typed.year and typed.year != value.year:
        return False
    return (value.month, value.day) == (typed.month, typed.day)


def _in_format(one: Known | Whole, numeral: Numeral, passage: Passage, *, signed: bool) -> str:
    """The name in the format that prints what is typed, unit and all."""
    name = one.name.removesuffix(" | absolute") if signed else one.name
    if "|" in name or numeral.unit is None:
        return name
    if one.kind == "percent":
        return f"{name} | percent"
    return f"{name} | unit" if one.unit == numeral.unit else name


def _unit_words(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        word = _PLACE.sub("", form).strip().lower()
        if word and not has_digits(word):
            yield word
