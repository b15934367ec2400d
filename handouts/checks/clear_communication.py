"""Rules on how a handout is built for its readers: message first, a call to act, short lists, captions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from handouts.checks.patient_text import origin_at
from handouts.checks.phrases import amount_of, found, has_decimals, numbers_in
from handouts.checks.reading.sentences import Sentence, sections_of
from handouts.checks.rule import Found, OfPlan, rule
from handouts.model.locale import Formats
from handouts.plan.blocks import Block, Box, FigureBlock, Grid, Group, Heading, ListBlock, Paragraph, Table, walk
from handouts.plan.documents import Handout
from handouts.plan.text import first_origin, plain
from handouts.problems import Origin

LONGEST_MESSAGE = 3
"""Sentences that a main message may have (CDC)."""
MOST_ITEMS = 7
LONGEST_SECTION = 250
"""Words under one heading from which a reader needs another."""
MOST_PASSIVE = 0.2
"""PEMAT's guide takes "throughout" as 80% of the time or more."""
LONGEST_HEAD = 6
"""Words in the head of a table's column or row."""

_BETWEEN = 2
"""Words that may stand between a passive verb's two parts ("was never clearly shown")."""
_MARKS = frozenset(",;:()–—")


@rule(
    "CLEAR01",
    OfPlan,
    "warning",
    why="Readers keep one thing, and most likely what stands first and stands out.",
    source="CDC Clear Communication Index, items 1 to 3",
)
def no_main_message(subject: OfPlan) -> Iterator[Found]:
    """The handout has no main message of one to three sentences in a box of its own before its first section."""
    handout = subject.plan
    if not isinstance(handout, Handout):
        return
    before: list[Block] = []
    for block in walk(handout.blocks):
        if isinstance(block, Heading) and block.level == 2:
            break
        before.append(block)
    messages = [block for block in before if isinstance(block, Box) and block.role == "message"]
    where = subject.words.document.origin(("handout", "main_message"))
    if not messages:
        yield Found(where, "the main message is not in a message box above the first section", "put it there")
        return
    own = [one for one in _sentences_of(subject, messages) if one.origin]
    if len(own) > LONGEST_MESSAGE:
        yield Found(where, f"the main message has {len(own)} sentences", f"write {LONGEST_MESSAGE} at the most")


@rule(
    "CLEAR02",
    OfPlan,
    "warning",
    why="A reader who knows what to do next can do it.",
    source="CDC Clear Communication Index, item 5; AHRQ PEMAT-P, items 20 and 21",
)
def no_call_to_action(subject: OfPlan) -> Iterator[Found]:
    """No sentence of the handout tells the reader to do something ("Ask your care team")."""
    if subject.is_handout and subject.lexicon.actions and not calls_to_action(subject):
        origin = subject.words.document.key_origin(("handout",))
        yield Found(origin, "nothing says what the reader can do", "begin a sentence with a verb such as Ask or Call")


@rule(
    "CLEAR03",
    OfPlan,
    "warning",
    why="Who does what is plain in the active voice, and lost in the passive.",
    source="CDC Clear Communication Index, item 6",
)
def passive_message(subject: OfPlan) -> Iterator[Found]:
    """The main message or a call to action is in the passive voice."""
    if isinstance(subject.plan, Handout):
        boxes = [b for b in walk(subject.plan.blocks) if isinstance(b, Box) and b.role == "message"]
        for sentence in (*_sentences_of(subject, boxes), *calls_to_action(subject)):
            if said := passive(subject, sentence):
                yield Found(origin_at(subject, sentence, 0), f"'{said}' is passive", "say who does it")


@rule(
    "CLEAR04",
    OfPlan,
    "warning",
    why="Who does what is plain in the active voice, and lost in the passive.",
    source="AHRQ PEMAT-P, item 5, and its guide: throughout means 80% of the time or more",
)
def mostly_passive(subject: OfPlan) -> Iterator[Found]:
    """More than a fifth of the handout's sentences are in the passive voice."""
    whole = [one for section in subject.sections for one in section.sentences if one.whole]
    heard = [(one, said) for one in whole if (said := passive(subject, one))]
    if subject.is_handout and whole and len(heard) > MOST_PASSIVE * len(whole):
        first, said = heard[0]
        wrong = f"{len(heard)} of {len(whole)} sentences are passive, such as this one ('{said}')"
        yield Found(origin_at(subject, first, 0), wrong, "say who does it")


@rule(
    "CLEAR05",
    OfPlan,
    "warning",
    why="Nobody keeps more than about seven things in mind.",
    source="CDC Clear Communication Index, item 8",
)
def long_list(subject: OfPlan) -> Iterator[Found]:
    """A list has more than seven items."""
    if isinstance(subject.plan, Handout):
        for block in walk(subject.plan.blocks):
            if isinstance(block, ListBlock) and len(block.items) > MOST_ITEMS:
                where = next((o for item in block.items if (o := first_origin(item.runs))), None)
                wrong = f"a list has {len(block.items)} items"
                yield Found(where or _file(subject), wrong, f"keep {MOST_ITEMS}, or make two lists with a heading each")


@rule(
    "CLEAR06",
    OfPlan,
    "warning",
    why="A reader looks for a heading, and gives up on a wall of text.",
    source="CDC Clear Communication Index, item 9; AHRQ PEMAT-P, item 8",
)
def long_section(subject: OfPlan) -> Iterator[Found]:
    """More than 250 words of the handout stand under one heading."""
    if subject.is_handout:
        for section in subject.sections:
            words = sum(len(one.words) for one in section.sentences)
            if words > LONGEST_SECTION:
                where = next((o for one in section.sentences if (o := one.origin)), None)
                wrong = f"'{section.title}' has {words} words under one heading"
                yield Found(where or _file(subject), wrong, "cut it, or give parts of it a heading")


@rule(
    "CLEAR07",
    OfPlan,
    "warning",
    why="A picture without a caption or heading leaves its point to be guessed.",
    source="AHRQ PEMAT-P, item 17; CDC Clear Communication Index, item 4",
)
def picture_without_a_caption(subject: OfPlan) -> Iterator[Found]:
    """A figure of the handout has neither a caption nor a heading right above it."""
    if isinstance(subject.plan, Handout):
        for figure in _uncaptioned(subject.plan.blocks):
            wrong = f"the {figure.figure.kind} figure has neither a caption nor a heading above it"
            asked, named = figure.asked, _in_want_of(subject, figure)
            if asked and named:
                yield Found(asked, wrong, f"write {named} in {subject.words.document.file}")
            else:
                yield Found(Origin(subject.plan.template), wrong, "give it a <figcaption>")


@rule(
    "CLEAR08",
    OfPlan,
    "warning",
    why="A table is read by the heads of its columns and rows.",
    source="AHRQ PEMAT-P, item 19",
)
def table_without_heads(subject: OfPlan) -> Iterator[Found]:
    """A table of the handout lacks the head of a column or row, or has one of more than six words."""
    if isinstance(subject.plan, Handout):
        for table in walk(subject.plan.blocks):
            if not isinstance(table, Table):
                continue
            for cell, *others in (*([one] for one in table.head), *table.rows):
                head, beside = plain(cell.runs).strip(), (run for one in (cell, *others) for run in one.runs)
                where = first_origin(beside) or _file(subject)
                if not head and others and cell.scope:
                    instead = "give the statement its 'at:' in topic.yaml, or write in the <th> what the row holds"
                    yield Found(where, "a table's row has an empty head", instead)
                elif not head or cell.scope is None:
                    yield Found(where, "a table's column or row has no head", "write what it holds in a <th>")
                elif (words := head.count(" ") + 1) > LONGEST_HEAD:
                    wrong = f"the table head '{head[:40]}' has {words} words"
                    yield Found(where, wrong, f"write {LONGEST_HEAD} at the most")


SUMMARY = "key_facts"
"""The common section that sums a handout up."""
LONG_ENOUGH = 300
"""Words from which a handout needs more of a summary than its main message; a page of large type holds as many."""


@rule(
    "CLEAR09",
    OfPlan,
    "warning",
    why="A summary is all that some readers read; 2 of 17 materials in one study had one.",
    source="AHRQ PEMAT-P, item 11 (PMC11033604)",
)
def no_summary(subject: OfPlan) -> Iterator[Found]:
    """A handout of more than 300 words has no section of key facts, nor one set off as important or changed."""
    if isinstance(subject.plan, Handout):
        sections = subject.topic.value.sections
        summaries = {key for key, one in sections.items() if key == SUMMARY or one.tone is not None}
        statements = subject.topic.value.statements
        told = any(statements[key].section_in("handout") in summaries for key in subject.plan.statements())
        if not told and len(subject.plan.words().split()) > LONG_ENOUGH:
            origin = subject.topic.document.key_origin(("sections",))
            yield Found(origin, "the handout has no key facts", f"add a section {SUMMARY} with what matters most")


@rule(
    "CLEAR10",
    OfPlan,
    "warning",
    why="A list to tick and write on goes into the consultation with its reader.",
    source="AHRQ PEMAT-P, item 23 (2 of 18 materials in one study had such a tool, PMC11033604)",
)
def nothing_to_use(subject: OfPlan) -> Iterator[Found]:
    """The handout has no checklist, such as questions to ask, no steps in order and no line to write on."""
    if not isinstance(subject.plan, Handout):
        return
    document = subject.words.document
    # Where a clinic's own number is not known there is a line for it, which is the clinic's to fill in.
    numbers = {document.origin(("contacts", key, "name")) for key in subject.words.value.contacts}
    if not any(_is_tool(block, numbers) for block in walk(subject.plan.blocks)):
        origin = document.key_origin(("handout",))
        yield Found(origin, "there is nothing to tick, to follow or to fill in", "add a section of questions")


def _is_tool(block: Block, numbers: Collection[Origin]) -> bool:
    """Whether a block is a checklist, steps in order, or a line to write on, of the author's own words.

    `numbers`: where the names of contacts stand, whose lines are no tool.
    """
    match block:
        case ListBlock(marker="checkbox" | "number"):
            return any(first_origin(item.runs) for item in block.items)
        case Paragraph(role="rule-line"):
            return (where := first_origin(block.runs)) is not None and where not in numbers
        case _:
            return False


@rule(
    "CLEAR11",
    OfPlan,
    "warning",
    why="Whole numbers are read at sight; 21.5 in 100 people is nobody's picture of people.",
    source="CDC Clear Communication Index, item 15",
)
def decimal_in_a_rate(subject: OfPlan) -> Iterator[Found]:
    """A rate or percentage for patients has decimals."""
    for section in subject.sections:
        for sentence in section.sentences:
            for match in found((*subject.lexicon.risk.shares, *PERCENTAGES), sentence.text):
                count, of, *_ = *(amount_of(one, subject.formats) for one in numbers_in(match[0])), Decimal(100)
                if has_decimals(count) or has_decimals(of):
                    instead = whole_rate(subject, match[0], count, of)
                    yield Found(origin_at(subject, sentence, match.start()), f"'{match[0]}' has decimals", instead)


PERCENTAGES = ("{n}%", "{n} %")
_WHOLES = (100, 1_000, 10_000, 100_000, 1_000_000)
"""What people are counted out of where that makes their number whole."""


def whole_rate(subject: OfPlan, text: str, count: Decimal, of: Decimal) -> str:
    """How to say a rate of a document without decimals: rounded, where that changes it little and makes it neither none
    nor all; else out of more people.
    """
    nearest = count.to_integral_value(ROUND_HALF_UP)
    if 0 < nearest < of and not has_decimals(of) and abs(nearest - count) <= count / 10:
        rounded = text.replace(numbers_in(text)[0], _written(int(nearest), subject.formats), 1)
        return f"write '{rounded}', as with | {'percent' if '%' in text else 'decimals'}(0)"
    larger = [whole for whole in _WHOLES if whole > of] or [_WHOLES[-1]]
    whole = next((whole for whole in larger if count * whole / of % 1 == 0), larger[-1])
    people = int((count * whole / of).to_integral_value(ROUND_HALF_UP))
    shares = subject.lexicon.risk.shares or ("{n}/{of}",)
    rate = shares[0].replace("{n}", _written(people, subject.formats)).replace("{of}", _written(whole, subject.formats))
    return f"if it is of people, write '{rate}', as with | per({whole}) on the result itself"


def _written(number: int, formats: Formats | None) -> str:
    return f"{number:,}".replace(",", formats.thousands if formats else ",")


def calls_to_action(subject: OfPlan) -> list[Sentence]:
    """The sentences that begin with one of the language's words for doing something, headings aside."""
    every = [one for section in subject.sections for one in section.sentences if one.place != "heading"]
    return [one for one in every if one.words[0].key in subject.lexicon.actions]


def passive(subject: OfPlan, sentence: Sentence) -> str:
    """The passive verb of a sentence, "" where it has none or the language's is not known.

    An auxiliary, at most two words, then a participle, with no comma or other mark between them.
    """
    voice = subject.lexicon.passive
    words = sentence.words if voice else ()
    for at, word in enumerate(words):
        if voice is None or word.key not in voice.auxiliaries:
            continue
        for other in words[at + 1 : at + 2 + _BETWEEN]:
            said = sentence.text[word.start : other.start + len(other.text)]
            if set(said) & _MARKS:
                break
            is_known = other.key in voice.states or other.key in voice.auxiliaries
            if not is_known and (other.key in voice.participles or other.key.endswith(voice.endings)):
                return said
    return ""


def _sentences_of(subject: OfPlan, blocks: Sequence[Block]) -> list[Sentence]:
    read = sections_of(blocks, subject.lexicon.abbreviations, subject.lexicon.begins)
    return [one for section in read for one in section.sentences]


def _uncaptioned(blocks: Sequence[Block], above: Sequence[Block] = ()) -> Iterator[FigureBlock]:
    """Figures without a caption under no heading of their own column or right above it; decoration needs neither."""
    for at, block in enumerate(blocks):
        before = (*above, *blocks[:at])
        match block:
            case FigureBlock() if block.figure.alt and not block.caption and not _is_headed(before):
                yield block
            case Box() | Group():
                yield from _uncaptioned(block.blocks)
            case Grid():
                for column in block.columns:
                    yield from _uncaptioned(column.blocks, before)
            case _:
                pass


def _in_want_of(subject: OfPlan, figure: FigureBlock) -> str:
    """The caption or heading that the words lack for a figure; "" where they have it, and a template leaves it out."""
    topic, document, words = subject.topic.value, subject.topic.document, subject.words.value
    for key, section in topic.sections.items():
        at = ("sections", key)
        if section.picture is not None and document.key_origin((*at, "picture")) == figure.asked:
            captioned = section.picture in words.pictures and words.pictures[section.picture].caption
            return "" if captioned else f"a caption: under pictures.{section.picture}"
        if section.show is not None and document.key_origin((*at, "show")) == figure.asked:
            headed = key in words.sections and words.sections[key].heading
            return "" if headed else f"a heading: under sections.{key}"
    return ""


def _is_headed(before: Sequence[Block]) -> bool:
    """Whether these blocks end with a heading and at most a few words under it."""
    words = [block for block in before[-1 - _WORDS_BELOW :] if isinstance(block, Heading | Paragraph)]
    return any(isinstance(block, Heading) for block in words)


_WORDS_BELOW = 2
"""Paragraphs between a heading and the figure that it heads: how to read it, and whom it is of."""


def _file(subject: OfPlan) -> Origin:
    return Origin(subject.words.document.file)
