"""Rules on what a text leaves its reader to guess: a number's unit, a comparison's other group, a sentence's verb.

In: a composed handout or card. Out: the words to complete, where they stand. What cannot be told for sure is let pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from handouts.checks.patient_text import name_for_patients, origin_at, passages
from handouts.checks.phrases import NUMBER, found
from handouts.checks.reading.sentences import Sentence, origin_in, read, sections_of
from handouts.checks.reading.verbs import may_have_verb
from handouts.checks.rule import Found, OfPlan, rule
from handouts.model.plain import Comparing, Harms, PlainLanguage
from handouts.plan.blocks import Block, Cell, FigureBlock, Paragraph, Table, texts
from handouts.plan.documents import Card, Deck, Handout
from handouts.plan.text import plain
from handouts.problems import Origin

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_RUNNING = ("body", "lead")
"""Roles of paragraphs that hold running text."""
_LABELS = re.compile(r"[:=→]|^\s*[(\[]")
"""Marks of what is a label with its text, or a remark in brackets, and needs no verb."""


@rule(
    "CLEAR12",
    OfPlan,
    "warning",
    why="Of two numbers without a word between them nobody knows which are people and which are percent.",
    source="CDC Clear Communication Index, items 15 and 16; AHRQ PEMAT-P, item 6",
)
def number_in_brackets_alone(subject: OfPlan) -> Iterator[Found]:
    """A number is followed by another in brackets that has no unit: "28 (22)", "28 of 128 (22)"."""
    comparing = subject.lexicon.comparing
    pattern = _bare_pair(subject.lexicon.risk.counts, comparing.people if comparing else ())
    for block in read(_blocks(subject)):
        # A head that says so is the unit of what stands below or beside it.
        if isinstance(block, Table) and any("%" in plain(cell.runs) for cell in _heads(block)):
            continue
        for runs in texts(block):
            text = plain(runs)
            for match in pattern.finditer(text):
                if not _is_named(subject.lexicon, text[: match.start()]) and not _YEAR.fullmatch(match["second"]):
                    origin = origin_in(runs, match.start()) or Origin(subject.words.document.file)
                    wrong = f"'{match[0]}' does not say what '{match['second']}' is"
                    yield Found(
                        origin, wrong, f"write its unit, as with {match['second']}% or {match['second']} in 100"
                    )


@rule(
    "CLEAR13",
    OfPlan,
    "warning",
    why="More people in one group says nothing until a reader knows of which other group there were fewer.",
    source="CDC Clear Communication Index, item 16; CONSORT 2025, item 26: results for each group",
)
def comparison_without_the_other_group(subject: OfPlan) -> Iterator[Found]:
    """A sentence compares ("more people responded", "less nausea") without naming the other group in its paragraph."""
    lexicon, groups = subject.lexicon, _names_of_groups(subject)
    if lexicon.comparing is None:
        return
    pattern = _comparison(lexicon.comparing, lexicon.harms, _names_of_harms(subject))
    for _, sentence, passage in passages(subject):
        is_report = _is_reported(lexicon.comparing, sentence.text)
        matches = (one for one in pattern.finditer(sentence.text) if is_report or not one["of_harm"])
        match = next((one for one in matches if not one["additional"]), None)
        if match is None or sentence.place == "heading" or _is_asked_or_told(lexicon, sentence):
            continue
        if not _names_another(lexicon.comparing, groups, passage):
            instead = "say in the same paragraph with whom it is compared, such as: than with a dummy drug"
            yield Found(origin_at(subject, sentence, match.start()), f"'{match[0]}' names no other group", instead)


@rule(
    "CLEAR15",
    OfPlan,
    "warning",
    why="A fragment leaves who does what to be guessed, and makes a text seem easier than it is.",
    source="CDC Clear Communication Index, item 6; AHRQ PEMAT-P, item 5; plainlanguage.gov: write short sentences",
)
def sentence_without_a_verb(subject: OfPlan) -> Iterator[Found]:
    """A sentence of a running paragraph that ends with a full stop has no verb ("A pill once a week.")."""
    lexicon = subject.lexicon
    for sentences in _running_text(subject):
        before = ""
        for sentence in sentences:
            said = sentence.text.strip()
            # An answer may be short: "How often? Once a week."
            is_answer, before = before.endswith("?"), said
            if not is_answer and _is_running(sentence) and not may_have_verb(sentence.words, lexicon.verbs):
                instead = "write a whole sentence, or join it to the one before"
                yield Found(origin_at(subject, sentence, 0), f"'{said}' has no verb", instead)


def _running_text(subject: OfPlan) -> Iterator[Sequence[Sentence]]:
    """The sentences of each paragraph of running text; one of a single sentence beside a figure is its caption."""
    lexicon, blocks = subject.lexicon, list(read(_blocks(subject)))
    for at, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or block.role not in _RUNNING:
            continue
        sections = sections_of((block,), lexicon.abbreviations, lexicon.begins)
        sentences = [one for section in sections for one in section.sentences]
        beside = (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
        if len(sentences) > 1 or not any(isinstance(one, FigureBlock | Table) for one in beside):
            yield sentences


def _blocks(subject: OfPlan) -> Sequence[Block]:
    """What patients read: a handout, or a card's two faces; nothing of a deck."""
    match subject.plan:
        case Handout(blocks=blocks):
            return blocks
        case Card(front=front, back=back):
            return (*front, *back)
        case Deck():
            return ()


def _heads(table: Table) -> Iterator[Cell]:
    yield from table.head
    yield from (row[0] for row in table.rows)


def _is_named(lexicon: PlainLanguage, before: str) -> bool:
    """Whether the number behind these words is a name, as in "grade 3"."""
    words = before.split()
    return bool(words) and words[-1].lower() in lexicon.numbered


def _is_running(sentence: Sentence) -> bool:
    """Whether it is a sentence of running text rather than a question, a call, a label, a bold head or a name."""
    said = sentence.text.strip()
    is_head = all(run.strong for run in sentence.runs if run.text.strip())
    is_name = not any(word.text[0].islower() for word in sentence.words[1:])
    is_told = sentence.whole and said.rstrip("\"'”’»").endswith(".")
    return is_told and not is_head and not is_name and not _LABELS.search(said)


@lru_cache(maxsize=8)
def _bare_pair(counts: tuple[str, ...], people: tuple[str, ...]) -> re.Pattern[str]:
    """A number, or a count of so many, perhaps with the people counted, then a number alone in brackets."""
    counted = "|".join((*map(_written, counts), NUMBER))
    noun = rf"(?:\s+{_any(people)})?" if people else ""
    return re.compile(
        rf"(?<![\w.,/$€£+-])(?<![0-9][\s-])(?:{counted}){noun}\s*[(\[]\s*(?P<second>{NUMBER})\s*[)\]](?![\w-]|\s*[0-9])",
        re.IGNORECASE,
    )


def _written(phrase: str) -> str:
    words = (NUMBER if word in ("{n}", "{of}") else re.escape(word) for word in phrase.split())
    return r"\s+".join(words)


@lru_cache(maxsize=64)
def _comparison(comparing: Comparing, known: Harms, harms: tuple[str, ...]) -> re.Pattern[str]:
    """A word for more or less with people who have done something or with a harm; or a phrase that compares."""
    amounts, less = _any((*comparing.more, *comparing.less)), _any(comparing.less)
    # "More side effects are listed in the leaflet" compares nobody.
    of_harm = rf"(?P<of_harm>{amounts}\s+{_any((*known.names, *harms))}|{less}\s+{_any(known.general)})"
    compared = (
        rf"{amounts}(?:\s+{_any(comparing.people)})?\s+{_any(comparing.done)}",
        of_harm,
        rf"{_any(comparing.said)}(?!\s+{_any(comparing.over_time)}(?!\w))",
    )
    additional = rf"(?<!\w)(?:{NUMBER}|{_any(comparing.additional)})\s+"
    return re.compile(rf"(?P<additional>{additional})?(?<!\w)(?:{'|'.join(compared)})(?!\w)", re.IGNORECASE)


def _is_reported(comparing: Comparing, text: str) -> bool:
    """Whether a sentence reports what was found, rather than to say what is so: "Exercise means less nausea."."""
    return not comparing.reported or any(True for _ in found(comparing.reported, text))


def _any(phrases: Iterable[str]) -> str:
    """One of the phrases, the longest first; nothing for none."""
    longest_first = sorted(phrases, key=len, reverse=True)
    written = (re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return f"(?:{'|'.join(written) or '(?!)'})"


def _is_asked_or_told(lexicon: PlainLanguage, sentence: Sentence) -> bool:
    """Whether a sentence asks, or speaks to its reader, whose own state it compares: "You may have more nausea."."""
    keys = [word.key for word in sentence.words]
    return "?" in sentence.text or keys[0] in lexicon.actions or any(key in lexicon.you for key in keys)


def _names_another(comparing: Comparing, groups: Iterable[str], passage: str) -> bool:
    """Whether a paragraph says with whom it compares: by a word such as "than", or by two groups' names."""
    if any(True for _ in found((*comparing.other, *comparing.implied), passage)):
        return True
    return sum(any(True for _ in found((name,), passage)) for name in groups) > 1


def _names_of_harms(subject: OfPlan) -> tuple[str, ...]:
    """What the language file calls the topic's harms for patients."""
    reports = (report for _, report in subject.topic.value.reports())
    ids = dict.fromkeys(key for report in reports for key in report.harms)
    return tuple(name for key in ids if (name := name_for_patients(subject, key)))


def _names_of_groups(subject: OfPlan) -> frozenset[str]:
    """What patients read as the names of medicines and of studies' arms."""
    arms = (arm for study in subject.topic.value.studies.values() for arm in study.arms)
    medicines = subject.glossary.names
    return frozenset(filter(None, (*medicines, *(name_for_patients(subject, arm) for arm in arms))))
