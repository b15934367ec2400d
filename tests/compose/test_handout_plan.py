"""The handout's plan: every statement that belongs in it, in its section and in order, with no number of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from markupsafe import Markup
from msgspec.structs import replace
from topic_samples import CONTENT, ROOT, Change, Plans, edition_of, plans_of, shipped_plans

from handouts.compose.context import Context
from handouts.compose.handout import compose_handout
from handouts.compose.sections import sections_of
from handouts.figures.shapes import Chart
from handouts.files.workspace import Workspace
from handouts.model.clinic import Clinic
from handouts.plan.blocks import (
    Box,
    FigureBlock,
    Grid,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    runs_of,
    texts,
    walk,
    words_of,
)
from handouts.plan.documents import Handout
from handouts.plan.text import plain
from handouts.problems import ProblemsError

# Sections of the handout by their ids: what they are called is the language file's.
WHAT_HAS_CHANGED, WHAT_IT_IS, LARGE_STUDIES = "what_has_changed", "what_it_is", "large_studies"
SIDE_EFFECTS, WHEN_TO_CALL, EARLY_STUDIES = "side_effects", "when_to_call", "results"
QUESTIONS, FIND_A_TRIAL = "questions", "find_trial"

# Statement → the section of the handout that tells it; None: the deck alone does.
STATEMENTS = {
    "K1": WHAT_IT_IS, "K2": WHAT_IT_IS, "K3": None, "K4": EARLY_STUDIES, "K5": None,
    "W1": WHAT_IT_IS, "W2": WHAT_IT_IS, "W3": WHAT_IT_IS, "W4": WHAT_IT_IS, "W5": WHAT_IT_IS, "W6": None,
    "W7": WHAT_IT_IS, "W7_injection": None, "W8": None, "bortezomib_class": None,
    "L1": None, "L2": None, "L3": None,
    "A1": EARLY_STUDIES, "A2": EARLY_STUDIES, "A3": EARLY_STUDIES, "A4": None,
    "B1": EARLY_STUDIES, "B2": EARLY_STUDIES, "B3": EARLY_STUDIES, "B4": None, "B5": None,
    "C1": EARLY_STUDIES, "C2": EARLY_STUDIES, "C3": None, "C4": None, "C5": None,
    "T1": None, "T2": None, "T3": LARGE_STUDIES, "T4": None, "T5": None, "T6": None, "T7": None, "T8": None,
    "T9": None, "T10": None,
    "P1": FIND_A_TRIAL,
    "N1": WHAT_HAS_CHANGED, "N2": WHAT_HAS_CHANGED, "N6": WHAT_HAS_CHANGED, "N7": None,
    "N3": LARGE_STUDIES, "N4": LARGE_STUDIES, "N5": SIDE_EFFECTS, "N8": LARGE_STUDIES, "follow_up": None,
    "N9": WHEN_TO_CALL, "N9_nerves": WHEN_TO_CALL, "N9_swelling": WHEN_TO_CALL,
    # A box without a heading, after what the large studies found.
    "N9_ease": LARGE_STUDIES,
    "also_response": None, "read_response": None, "read_phase_three": None, "also_mmrc": None, "read_mmrc": None,
    "says_weekly": None, "also_weekly": None, "read_weekly": None, "limit_size": None,
    "home_label": None, "home_survival": None, "home_harms": None, "call_for_help": None,
}  # fmt: skip

# What each statement cannot leave out, for a reader of the handout; what a figure draws is in its alt text.
TOLD = {
    "K1": ["first", "mouth"], "K2": ["relapsed", "refractory", "Velcade"],
    "K4": ["neuropathy", "few", "1 and 2"],
    "W1": ["MLN9708", "proteasome inhibitor", "enzymes"], "W2": ["old proteins", "amino acids", "again"],
    "W3": ["grow", "stops it"], "W4": ["M-protein", "may"], "W5": ["Velcade (bortezomib)"],
    "W7": ["a shot", "skin", "vein"], "A1": ["come back", "resisted"],
    "A2": ["6 of 46", "13 in 100"],
    "A3": ["mild or moderate", "rash", "low blood counts", "nausea", "back pain"],
    "B1": ["weekly", "gentler"],
    "B2": ["60", "4"], "B3": ["9 of 50", "18"],
    "C1": ["just diagnosed", "Revlimid", "dexamethasone"],
    "C2": ["47 of 52", "90"],
    "T3": ["smoldering"],
    "P1": ["MMRF", "Patient Navigator Program"],
    "N1": ["November 2015", "Revlimid (lenalidomide)", "at least one", "Europe"],
    "N2": ["does not recommend", "controlled", "maintenance", "just diagnosed"],
    "N3": ["20.6 months", "14.7 months", "dummy drug", "Revlimid, dexamethasone", "not clearly live longer"],
    "N4": ["35.3 months", "21.8 months", "dummy drug", "Revlimid, dexamethasone", "due to chance"],
    "N5": [
        "Low platelets, you may bleed more", "41 in 100", "24 in 100", "Throwing up", "23 in 100", "12 in 100", "Rash",
        "25 in 100", "15 in 100", "Diarrhea", "47 in 100", "38 in 100", "Nausea", "28 in 100", "20 in 100",
        "Constipation", "31 in 100", "Nerve problems, numbness, tingling", "22 in 100", "418 people", "417 people",
        "dummy drug",
    ],
    "N6": ["capsule", "without food"],
    "N8": ["MM3", "MM4", "long-term", "did not help people live longer", "dummy drug"],
    "N9": ["bleed", "bruise", "black stools", "red spots"], "N9_nerves": ["burning", "numb", "feet"],
    "N9_swelling": ["swell", "face", "gain weight", "rash"], "N9_ease": ["ease", "Do not stop"],
}  # fmt: skip


def _ids() -> dict[str, str]:
    """The sections of the handout by what stands above them, and those under them."""
    context = Context(edition_of(CONTENT, "ixazomib"), "handout")
    found: dict[str, str] = {}
    for one in (part for whole in sections_of(context).listed for part in (whole, *whole.get("parts"))):
        urgency = f"{context.fixed(one.get('urgency'))}: " if one.get("urgency") else ""
        if one.get("heading"):
            found[f"{urgency}{Markup(one.get('heading')).striptags()}"] = str(one.get("id"))
    return found


def _sections(handout: Handout) -> Iterator[tuple[str, str, str]]:
    """Statement id, the words that tell it, and the section under whose h2 they stand; of a figure that draws values of
    a statement the words of its alt text.
    """
    section, ids = "", _ids()
    values = {key: set(one.values) for key, one in edition_of(CONTENT, "ixazomib").topic.statements.items()}
    for block in walk(handout.blocks):
        if isinstance(block, Heading) and block.level == 2:
            section = ids[plain(block.runs)]
        if isinstance(block, FigureBlock):
            said = block.figure.alt.replace("\N{NO-BREAK SPACE}", " ")
            yield from ((key, said, section) for key, of in values.items() if of & set(block.draws))
        for runs in texts(block):
            for run in runs:
                for statement in run.statements:
                    yield statement, run.text, section


def _figures(handout: Handout, kind: str) -> list[FigureBlock]:
    return [b for b in walk(handout.blocks) if isinstance(b, FigureBlock) and b.figure.kind == kind]


def test_the_topic_has_the_statements_of_the_facts() -> None:
    assert set(edition_of(CONTENT, "ixazomib").topic.statements) == set(STATEMENTS)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("statement", [key for key, section in STATEMENTS.items() if section])
def test_a_statement_for_patients_is_told_in_its_section(ixazomib: Plans, statement: str) -> None:
    told = [(words, section) for key, words, section in _sections(ixazomib.handout) if key == statement]
    assert {section for _, section in told} == {STATEMENTS[statement]}
    words = "".join(words for words, _ in told).lower()
    assert [piece for piece in TOLD[statement] if piece.lower() not in words] == []


@pytest.mark.parametrize("statement", [key for key, section in STATEMENTS.items() if not section])
def test_a_statement_for_clinicians_alone_is_not_in_the_handout(ixazomib: Plans, statement: str) -> None:
    assert statement not in ixazomib.handout.statements()


def test_what_has_changed_stands_in_its_box(ixazomib: Plans) -> None:
    box, *_ = [b for b in walk(ixazomib.handout.blocks) if isinstance(b, Box) and b.role == "changed"]
    assert {s for run in runs_of([box]) for s in run.statements} == {"N1", "N2", "N6"}


def test_the_jobs_of_the_handout_follow_each_other(ixazomib: Plans) -> None:
    headings = [b for b in walk(ixazomib.handout.blocks) if isinstance(b, Heading)]
    assert [plain(h.runs) for h in headings if h.level == 1] == ["Ixazomib (Ninlaro) for multiple myeloma"]
    ids = _ids()
    assert [ids[plain(h.runs)] for h in headings if h.level == 2] == [
        WHAT_HAS_CHANGED, WHAT_IT_IS, LARGE_STUDIES, SIDE_EFFECTS, WHEN_TO_CALL, EARLY_STUDIES, QUESTIONS,
        FIND_A_TRIAL,
    ]  # fmt: skip
    parts = [plain(h.runs) for h in headings if h.level == 3]
    assert [ids[one] for one in parts] == ["mm1_time", "mm2_time", "twice_weekly", "weekly", "triplet"]
    assert [number for one in parts for number in ("722", "705") if number in one] == ["722", "705"]


def test_the_main_message_comes_before_everything_that_explains_it(ixazomib: Plans) -> None:
    blocks = (b for b in walk(ixazomib.handout.blocks) if not isinstance(b, Group))
    roles = [getattr(b, "role", type(b).__name__) for b in blocks]
    assert [roles.index(one) for one in ("eyebrow", "Heading", "message")] == [0, 1, 2]
    assert roles.index("changed") < roles.index("ListBlock")


def test_every_figure_has_an_alt_text_and_the_data_behind_it(plans: Plans) -> None:
    blocks = [
        *plans.handout.blocks,
        *plans.card.front,
        *plans.card.back,
        *(b for s in plans.deck.slides for b in s.blocks()),
    ]
    figures = [b.figure for b in walk(blocks) if isinstance(b, FigureBlock)]
    assert figures
    assert all(len(figure.alt) > 20 and (figure.data or figure.image) for figure in figures)


def test_the_icon_arrays_are_6_of_46_and_9_of_50(ixazomib: Plans) -> None:
    arrays = [block.figure for block in _figures(ixazomib.handout, "icon_array")]
    assert [figure.data for figure in arrays] == [(("6", "46"),), (("9", "50"),)]
    assert "6 of them" in arrays[0].alt
    assert "46 people" in arrays[0].alt


def test_the_bar_of_the_triplet_has_parts_of_12_18_17_and_5(ixazomib: Plans) -> None:
    (block,) = _figures(ixazomib.handout, "part_bar")
    assert [row[1:] for row in block.figure.data] == [("12", "52"), ("18", "52"), ("17", "52"), ("5", "52")]
    for part in ("complete: 12", "very good: 18", "partial: 17", "others: 5"):
        assert part in block.figure.alt


def test_a_minor_response_is_drawn_beside_the_responders_not_among_them() -> None:
    (block,) = _figures(shipped_plans("longwords").handout, "part_bar")
    assert [row[:2] for row in block.figure.data] == [
        ("Complete", "61"), ("Very good partial", "88"), ("Partial", "59"), ("Minor", "28"), ("Less than minor", "37"),
    ]  # fmt: skip


def test_26_percent_never_has_a_count_an_interval_or_people(ixazomib: Plans) -> None:
    for words in (ixazomib.handout.words(), ixazomib.deck.words()):
        for match in re.finditer(r"\b26\b", words):
            around = words[max(0, match.start() - 60) : match.end() + 60]
            assert "of 26" not in around
            assert not re.search(r"[0-9]+/[0-9]+\n26", words)
    figures = [b.figure for s in ixazomib.deck.slides for b in walk(s.blocks()) if isinstance(b, FigureBlock)]
    bars = [bar for f in figures if isinstance(f.chart, Chart) for bar in f.chart.bars if bar.value == 26]
    assert [(bar.low, bar.high) for bar in bars] == [(None, None)]
    assert all(figure.data[0][0] != "26" for figure in figures)


def test_the_other_39_are_never_said_not_to_have_responded(ixazomib: Plans) -> None:
    everything = " ".join([ixazomib.handout.words(), ixazomib.deck.words(), ixazomib.card.words()])
    everything += " ".join(b.figure.alt for b in walk(ixazomib.handout.blocks) if isinstance(b, FigureBlock))
    everything += " ".join(words_of(s.notes) for s in ixazomib.deck.slides)
    assert not re.search(
        r"no response|non-?respon|did not respond|not respond|39 (?:people|patients|of)|other 39|40 of 46",
        everything,
        re.I,
    )


def test_severe_neuropathy_in_2_has_no_denominator(ixazomib: Plans) -> None:
    everything = ixazomib.handout.words() + ixazomib.deck.words()
    assert not re.search(r"\b2 of 52\b|\b2/52\b|\b1 of 60\b|\b1/60\b", everything)


def _numbers(text: str) -> set[str]:
    # Names such as MM1, H1 or M-protein are no numbers; telephone numbers are checked with the card.
    text = re.sub(r"[A-Za-z]+-?[A-Za-z]*[0-9][A-Za-z0-9]*|1-866-\S+", " ", text)
    return set(re.findall(r"(?<![\w.])[0-9]+(?:\.[0-9]+)?", text))


@pytest.mark.parametrize("document", ["handout", "deck"])
def test_every_number_comes_from_the_topic(ixazomib: Plans, document: str) -> None:
    context = Context(edition_of(CONTENT, "ixazomib"), "handout")
    known = _numbers((CONTENT / "ixazomib" / "topic.yaml").read_text("utf-8"))
    for view in context.views.values():
        for report in (view, *view.later.values()):
            for result in (r for one in (*report.outcomes.values(), *report.harms.values()) for r in one.results):
                known |= _numbers(f"{result.percent} {result.share} {result.per_100} {result.count} {result.n}")
                known |= _numbers(context.formatter.interval(result.interval)) if result.interval else set()
    known |= {"95", "100", "4", "20"}  # The interval's level, the whole, and days of dates of sources.
    known |= {"31", "2026", "6628"}  # The build's date, and the digits of M-M-C-T.
    known.add(str(len(context.edition.topic.sources) + 1))  # What the deck lists as to be relied on: the line, too.
    plan = getattr(ixazomib, document)
    assert _numbers(plan.words()) - known == set()


def test_a_number_changed_in_the_topic_changes_in_every_plan(changed: Change) -> None:
    content = changed(
        ("count: 9, n: 50, percent: 18,", "count: 11, n: 50, percent: 22,"),
        ("1-866-603-MMCT", "1-866-604-MMCT"), ("+18666036628", "+18666046628"),
    )  # fmt: skip
    plans = plans_of(content, "ixazomib")
    for words in (plans.handout.words(), plans.deck.words()):
        assert "11 of 50" in words
        assert "9 of 50" not in words
    assert [b.figure.data for b in _figures(plans.handout, "icon_array")][1] == (("11", "50"),)
    for words in (plans.handout.words(), plans.deck.words(), plans.card.words()):
        assert "1-866-604-MMCT" in words
        assert "603" not in words


def test_every_run_of_a_statement_leads_to_its_line(ixazomib: Plans) -> None:
    lines = (CONTENT / "ixazomib" / "en.yaml").read_text("utf-8").splitlines()
    for run in runs_of(ixazomib.handout.blocks):
        if not run.statements:
            continue
        assert run.origin
        before = lines[: run.origin.line]
        key = next(line.strip(" :") for line in reversed(before) if re.fullmatch(r"  [A-Z][0-9]+[a-z_]*:", line))
        assert key == run.statements[-1]


def test_no_heading_stands_over_nothing(plans: Plans) -> None:
    blocks = [b for b in walk(plans.handout.blocks) if not isinstance(b, Box | Group | Grid)]
    for one, following in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(one, Heading):
            assert following is not None
            assert not (isinstance(following, Heading) and following.level <= one.level)


def test_a_topic_of_one_statement_has_no_empty_sections(changed: Change) -> None:
    content = changed(topic="longwords")
    topic, words = content / "longwords" / "topic.yaml", content / "longwords" / "en.yaml"
    text = topic.read_text("utf-8")
    cut = re.sub(r"^(contacts|facts|studies):\n(?:  .*\n|\n)+", "", text, flags=re.M)
    # Sections without words and statements stay: they are not printed.
    empty = re.compile(r"^  (?!status|key_facts|what_it_is|results|limits|take_home|questions|terms)\w+: .*\n", re.M)
    head, sections = cut[: cut.index("sections:")], cut[cut.index("sections:") : cut.index("statements:")]
    topic.write_text(
        f"{head}{empty.sub('', sections)}statements:\n  F2: {{section: key_facts, sources: [register]}}\n", "utf-8"
    )
    words.write_text(
        "schema_version: 2\nlanguage: en\n"
        "handout: {title: Little, main_message: Hardly a word.}\n"
        "deck: {title: Little, subtitle: Made up}\n"
        "card: {title: Little}\n"
        "sections: {status: {heading: Status}, results: {heading: Results}}\n"
        "statements: {F2: {patient: It is swallowed., clinician: Oral.}}\n",
        "utf-8",
    )
    plans = plans_of(content, "longwords")
    headings = [plain(b.runs) for b in walk(plans.handout.blocks) if isinstance(b, Heading)]
    assert headings == ["Little", "Key facts"]
    assert not [b for b in walk(plans.handout.blocks) if isinstance(b, Table | FigureBlock)]
    assert "call" not in plain(runs_of(plans.card.front)).lower()
    assert [b for b in walk(plans.card.front) if isinstance(b, FigureBlock)] == []


def test_a_language_calls_the_subject_by_its_own_name(changed: Change) -> None:
    changed(("name: ejemplazomib", "name: examplazomib"), topic="espanol")
    content = changed(
        ("language: es\n", "language: es\nsubject: {name: ejemplazomib}\n"),
        ("que no existe", "que no existe ({{ subject.name }}, {{ topic.subject.name }})"),
        file="es.yaml",
        topic="espanol",
    )
    handout = plans_of(content, "espanol").handout
    assert handout.meta.subject == "Para pacientes: ejemplazomib"
    assert "¿Qué es ejemplazomib?" in handout.words()
    assert "(ejemplazomib, ejemplazomib)" in handout.words() + plans_of(content, "espanol").deck.words()
    assert {"ejemplazomib", "examplazomib", "Ejemplara"} <= set(handout.glossary.names)


def test_what_a_procedure_is_called_is_no_name_that_readers_need_not_know(changed: Change) -> None:
    changed(
        ("  kind: medicine\n  name: ejemplazomib\n  code_name: EJZ-77\n  brand: Ejemplara\n", "  kind: procedure\n"),
        ("  maker: Laboratorios Imaginarios de Ñuñoa\n", ""),
        topic="espanol",
    )
    path = changed(topic="espanol") / "espanol" / "es.yaml"
    text = re.sub(r"{{ subject\.(code_name|brand|maker) }}", "x", path.read_text("utf-8"))
    path.write_text(text.replace("language: es\n", "language: es\nsubject: {name: colonoscopia}\n"), "utf-8")
    handout = plans_of(path.parent.parent, "espanol").handout
    assert "¿Qué es colonoscopia?" in handout.words()
    assert handout.glossary.names == ()


def test_after_the_questions_there_is_room_to_write_ones_own(plans: Plans) -> None:
    (questions,) = [b for b in walk(plans.handout.blocks) if isinstance(b, ListBlock) and b.marker == "checkbox"]
    assert len(questions.items) >= 3
    assert [item.write_lines for item in questions.items] == [0] * (len(questions.items) - 1) + [2]


def test_the_footer_names_source_age_review_and_page(plans: Plans) -> None:
    footer = plans.handout.footer
    assert "{page}" in footer.page
    assert "{pages}" in footer.page
    assert re.search(r"\b20[0-9]{2}\b", footer.left)


def test_the_footer_of_a_draft_says_so(ixazomib: Plans) -> None:
    assert "MMRF, about 2013" in ixazomib.handout.footer.left
    assert "Draft, not yet reviewed" in ixazomib.handout.footer.left


def test_spanish_words_stand_with_spanish_numbers() -> None:
    words = shipped_plans("espanol").handout.words()
    assert "¿Qué es ejemplazomib?" in words
    assert "18,4 meses" in words
    assert "el 2 de septiembre de 2024" in words
    assert "18.4" not in words
    deck = shipped_plans("espanol").deck.words()
    assert "29,3\N{NO-BREAK SPACE}%" in deck
    assert "12\N{NO-BREAK SPACE}640" in deck


def test_no_english_word_of_the_locale_is_left_in_a_spanish_plan() -> None:
    plans = shipped_plans("espanol")
    everything = " ".join([plans.handout.words(), plans.deck.words(), plans.card.words(), plans.handout.footer.left])
    everything += " ".join(words_of(s.notes) for s in plans.deck.slides)
    english = r"\b(the|of|and|study|studies|source|about|not stated|page|people|draft|information|median|references)\b"
    assert re.findall(english, everything, re.I) == []


def test_a_figure_name_that_does_not_exist_is_a_mistake_of_the_template(changed: Change) -> None:
    templates = Workspace(CONTENT).templates()
    templates["handout.html.j2"] += '<figure data-figure="timelin"></figure>'
    with pytest.raises(ProblemsError, match="did you mean 'timeline'"):
        compose_handout(edition_of(CONTENT, "ixazomib"), templates)


def test_a_clinics_hours_and_address_stand_on_lines_of_their_own() -> None:
    clinic = Clinic(schema_version=1, name="Clinic", hours="9 to 5", address=("1 Main Street", "Springfield"))
    templates = Workspace(CONTENT, ROOT / "templates").templates()
    plan = compose_handout(replace(edition_of(CONTENT, "ixazomib"), clinic=clinic), templates)
    paragraphs = [plain(block.runs) for block in walk(plan.blocks) if isinstance(block, Paragraph)]
    assert paragraphs[paragraphs.index("1 Main Street, Springfield") + 1] == "9 to 5"


def test_a_clinic_says_call_us_and_its_telephone_is_a_number_to_call() -> None:
    clinic = Clinic(schema_version=1, name="Clinic", phone="1-202-555-0100")
    templates = Workspace(CONTENT, ROOT / "templates").templates()
    plan = compose_handout(replace(edition_of(CONTENT, "ixazomib"), clinic=clinic), templates)
    (block,) = [b for b in walk(plan.blocks) if isinstance(b, Box) and b.role == "clinic"]
    said = [(plain(b.runs), b.role) for b in walk([block]) if isinstance(b, Paragraph)]
    assert said == [("Clinic", "small"), ("Call us", "small"), ("1-202-555-0100", "number")]
