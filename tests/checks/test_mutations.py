"""For each rule there is a change of the shipped content that it finds, and that no other rule finds."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from content_findings import rewrite
from msgspec import Struct
from patient_changes import NO_CALLS, PASSIVE, ROOM, WORDS, Pairs, with_template
from topic_samples import CONTENT, ROOT, TODAY

from handouts.build.make import examine
from handouts.build.request import Request
from handouts.build.sign_off import approve
from handouts.checks.registry import RULES
from handouts.model.document import KeyPath

Change = Callable[[Path], object]

LINE = ("contacts", "trial_line")


def nothing(_folder: Path) -> None:
    """Leaves the topic as it is."""


class Mutation(Struct, frozen=True):
    """A change of the topic's folder, what is done before it, and the documents that show it."""

    change: Change
    before: Change = nothing
    formats: tuple[str, ...] = ("card",)
    template: str = ""
    """Code of the rule that a changed template breaks (see `TEMPLATE`)."""
    clinic: str = ""
    """Lines of the clinic's file, beside its name."""


def topic(*path: str, to: str) -> Change:
    """Writes YAML in the place of a value of topic.yaml."""
    return lambda folder: rewrite(folder / "topic.yaml", path, to)


def words(*path: str | int, to: str) -> Change:
    """Writes YAML in the place of a value of en.yaml."""
    return lambda folder: rewrite(folder / "en.yaml", path, to)


def reworded(pairs: Pairs, file: str = "en.yaml") -> Change:
    """Replaces pieces of a file's text."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        (folder / file).write_text(text, "utf-8")

    return change


def outcome(study: str, name: str, to: str) -> Mutation:
    """Another outcome of a study."""
    return Mutation(topic("studies", study, "outcomes", name, to=f"{{{to}}}"))


def with_top(text: str) -> Change:
    """Adds lines at the top of topic.yaml."""
    return topic("schema_version", to=f"2\n{text}")


def waiver(code: str, at: str, until: str) -> Mutation:
    """A waiver in topic.yaml."""
    return Mutation(with_top(f"waivers:\n  - {{code: {code}, at: {at}, reason: None, until: {until}}}"))


def verified(day: str) -> Change:
    """A trial line that was called on a day."""
    lines = f'"+18666036628"\n    verified_on: {day}\n    verified_by: A. Nurse, study nurse'
    return topic(*LINE, "dial", to=lines)


def given_to_nobody(folder: Path) -> None:
    """A trial line in an area code that no country gives out."""
    for name, text in (("shown", "1-999-603-MMCT"), ("dial", '"+19996036628"')):
        rewrite(folder / "topic.yaml", (*LINE, name), text)


def sign(folder: Path) -> None:
    """Signs the topic off."""
    request = Request(TODAY, topics=(folder.name,), content=folder.parent, templates=ROOT / "templates")
    approve(request, "A. Name", "Hematologist")


def edit_record(folder: Path) -> None:
    """Changes a word of what was signed."""
    statement: KeyPath = ("languages", "en", "record", "statements", "L2", "clinician")
    rewrite(folder / "review.yaml", statement, "Nothing of the kind")


def in_another_language(folder: Path) -> None:
    """A topic whose title on the card stands in another language too, below the text that it was translated from."""
    text = (folder / "en.yaml").read_text("utf-8")
    for old, new in (("language: en\n", "language: es\n"), ("card:\n", "card:\n  # en: Ixazomib (Ninlaro)\n")):
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "es.yaml").write_text(text, "utf-8")


def tagged_as_spanish(folder: Path) -> None:
    """A topic whose only language file says that it is in Spanish."""
    reworded([("language: en\n", "language: es\n")])(folder)
    (folder / "en.yaml").rename(folder / "es.yaml")


SPANISH: Pairs = [
    (" the ", " la "), (" and ", " y "), (" of ", " de "), (" to ", " a "), (" in ", " en "), (" you ", " usted "),
    (" is ", " es "), (" for ", " para "), (" with ", " con "), (" that ", " que "), (" or ", " o "),
]  # fmt: skip
"""English words and Spanish ones in their stead."""


def without_signs(folder: Path) -> None:
    """A topic that is young, and says when to call in the deck alone."""
    topic("as_of", to="2026-01")(folder)
    for key in ("N9", "N9_nerves", "N9_swelling", "N9_ease"):
        topic("statements", key, "section", to="report_at_once")(folder)


def with_a_table(folder: Path) -> None:
    """A handout that tells of the side effects of two studies, in a table."""
    topic("sections", "side_effects", to="{kind: evidence, show: by_study}")(folder)
    topic("statements", "B4", to="{section: side_effects, study: weekly, sources: [mmrf]}")(folder)
    words("statements", "B4", to="{patient: Few cells., clinician: Few cells.}")(folder)


def with_room(folder: Path) -> None:
    """A handout whose second page has room for more words."""
    reworded(ROOM, "topic.yaml")(folder)


def without_a_section_of_side_effects(folder: Path) -> None:
    """A topic whose words on side effects stand in a section with a name of its own."""
    reworded([("side_effects", "what_was_felt")], "topic.yaml")(folder)
    reworded([("  side_effects:\n", "  what_was_felt:\n")])(folder)


def in_the_deck_alone(folder: Path) -> None:
    """The harms of both groups no longer in the handout."""
    topic("sections", "what_was_felt", "show", to="dumbbell\n    in: [deck]")(folder)


def with_a_source(folder: Path) -> None:
    """The card's statement on emergencies rests on a source."""
    topic("statements", "call_for_help", to="{section: in_an_emergency, sources: [mmrf]}")(folder)


def without_a_care_card(folder: Path) -> None:
    """A handout whose signs to call about stand under a heading that does not say so."""
    topic("sections", "when_to_call", to="{kind: points, in: [handout], width: 5}")(folder)
    reworded([("    heading: call now if\n    closing: In an emergency, call your local emergency number.\n",
               "    heading: signs to know\n")])(folder)  # fmt: skip


LABEL = "title: A label, publisher: Takeda, citation: A set"
ADDRESS = "address: https://example.org"
DERIVED = "rank: primary, better: higher, count: {}, n: 50, percent: {}, basis: derived"
MEDIAN = (
    "measure: time_to_event, {}arms: {{ixazomib: {{median: 64.8{}}}, placebo: {{median: 69.5}}}}, effects: {{hr: {}}}"
)
EFFECT = "{{statistic: {}, of: ixazomib, to: placebo, value: 1.090, interval: [0.861, 1.381], significant: false}}"
HAZARD = EFFECT.format("hazard_ratio")


def survival(given: str = "unit: month, better: higher, ", more: str = "", effect: str = HAZARD) -> Mutation:
    """The survival of MM4 given in another way; its words and tables can do without nothing of it."""
    return outcome("mm4", "os", MEDIAN.format(given, more, effect))


PATIENTS = ("pdf",)
BEFORE: dict[str, Change] = dict.fromkeys(("READ01", "CLEAR05", "CLEAR06"), with_room)
"""What is done before the changes of words that would not fit."""

MUTATIONS = {
    "NUM01": outcome("weekly", "orr", DERIVED.format(51, 18)),
    "NUM02": outcome("weekly", "orr", DERIVED.format(9, 19)),
    "NUM15": outcome("weekly", "orr", "rank: primary, better: higher, count: 9, n: 47, percent: 20"),
    "NUM03": outcome("weekly", "orr_chosen_dose", "count: 52, n: 200, percent: 26, basis: derived, "
                     "subgroup: chosen_dose"),
    "NUM04": outcome("triplet", "vgpr", "within: orr, count: 11, n: 52, percent: 21"),
    "NUM05": Mutation(topic("studies", "weekly", "enrolled", to="49")),
    "NUM06": Mutation(topic("studies", "pooled", "harms", "rash", "arms", "ixa_rd", "percent", to="125")),
    "NUM07": Mutation(topic("studies", "weekly", "outcomes", "orr",
                            to=f"{{{DERIVED.format(9, 18)}}}\n      pr: {{part_of: orr, count: 10, n: 50}}")),
    "NUM08": outcome("twice_weekly", "orr", "within: mr_or_better, count: 5, n: 46, basis: derived"),
    "NUM09": outcome("triplet", "vgpr", "within: orr, count: 29, n: 50, percent: 58"),
    "NUM10": Mutation(words("questions", 0, to="Is it for 4711 people?")),
    "NUM11": Mutation(words("questions", 0, to="Is it for 722 people?")),
    "NUM26": Mutation(reworded([("growth: Growth", "growth: Growth in 43548"), ("In mice", "In 43,548 mice")]),
                      formats=("pptx",)),
    "DOSE01": Mutation(words("names", "growth", to="Growth at 5.0 mg")),
    "DOSE02": Mutation(words("names", "growth", to="Growth at .5 mg")),
    "DOSE03": Mutation(words("names", "growth", to="Growth at 5mg")),
    "DOSE04": Mutation(words("names", "growth", to="Growth at 10 IU")),
    "DOSE05": Mutation(words("names", "growth", to="Growth at 100000 units")),
    "DOSE06": Mutation(nothing, formats=PATIENTS, template="DOSE06"),
    "PHONE05": Mutation(words("questions", 0, to="May I call 1-800-999-8888?")),
    "NUM12": Mutation(topic("studies", "mm2", "outcomes", "pfs", "effects", "hr", "interval", to="[0.876, 1.018]")),
    "NUM13": Mutation(topic("studies", "mm1", "outcomes", "os", "effects", "hr", "p", to="0.0495")),
    "NUM14": Mutation(topic("studies", "mm3", "status", to="published\n    harms: {rash: {arms: {ixazomib: {count: 8, "
                            "n: 80}, placebo: {count: 20, n: 80}}, effects: {rr: {statistic: risk_ratio, of: ixazomib, "
                            "to: placebo, value: 0.5}}}}")),
    "NUM16": Mutation(topic("studies", "mm1", "outcomes", "pfs", "effects", "hr", "value", to="-0.74")),
    "NUM17": Mutation(topic("studies", "mm1", "outcomes", "os", "effects", "hr", "p", to="0.000")),
    "NUM18": Mutation(topic("studies", "mm3", "facts", "follow_up", "value", to="-8")),
    "NUM19": survival(effect=HAZARD.replace("value", "level: 0.95, value")),
    "NUM20": survival(more=", interval: [65, 70]"),
    "NUM21": Mutation(topic("studies", "mm3", "status", to="published\n    as_of: 2026-02")),
    "NUM22": Mutation(topic("studies", "mm1", "outcomes", "pfs", "effects", "hr", "value", to="1.34")),
    "NUM23": survival(effect="{statistic: median_difference, of: ixazomib, to: placebo, value: 4.7, "
                      "interval: [-1, 9], significant: false}"),
    "NUM24": Mutation(topic("studies", "weekly", "harms", "severe_neuropathy", to="{count: 61, n: not_stated}")),
    "NUM25": Mutation(topic("studies", "pooled", "harms", "rash", "arms", "ixa_rd", to="{percent: 19, n: 500}")),
    "EVID01": survival(effect=HAZARD.replace("to: placebo", "to: dummy")),
    "EVID02": survival(more=", percent: 3"),
    "EVID03": survival(effect=EFFECT.format("mean_difference").replace("1.090", "1").replace("0.861", "-1")),
    "EVID04": survival("better: higher, "),
    "EVID05": survival("unit: month, "),
    "EVID06": Mutation(topic("studies", "mm3", "outcomes", "os", "arms", "placebo",
                             to="{median: not_reached, interval: [50, 60]}")),
    "EVID07": Mutation(topic("studies", "weekly", "design",
                             to="single_arm\n    arms: {a: {role: other}, b: {role: other}}")),
    "EVID08": Mutation(topic("studies", "mm3", "status", to="published\n    harms: {rash: {percent: 4, effects: "
                             "{rr: {statistic: risk_ratio, of: ixazomib, to: placebo, value: 2}}}}")),
    "EVID09": Mutation(topic("studies", "mm3", "status",
                             to="published\n    harms: {rash: {percent: 4, grades: {unit: {percent: 1}}}}")),
    "SRC01": Mutation(topic("sources", "us_label", to=f"{{{LABEL}, as_of: 2024-03, next_check: 2027-03}}")),
    "SRC03": Mutation(topic("sources", "mayo", "as_of", to="2026-02")),
    "SRC02": Mutation(topic("statements", "home_survival", "sources", to="[nejm_2016]")),
    "SHOW02": Mutation(topic("sections", "mm1_time", "show", to="forest")),
    "SHOW03": Mutation(in_the_deck_alone, before=without_a_section_of_side_effects),
    "STALE01": Mutation(topic("as_of", to="2026-01")),
    "STALE02": Mutation(topic("sources", "bcj_2025", "as_of", to="2026-12-04")),
    "CODE01": Mutation(topic("codes", to='[{system: rxnorm, code: "1191", display: X, source: us_label, as_of: 2023}]'),
                       before=topic("sources", "us_label", to=f"{{{LABEL}, {ADDRESS}, as_of: 2024-03}}")),
    "STALE03": Mutation(topic("sources", "us_label", "next_check", to="2026-01")),
    "STALE04": Mutation(topic("sources", "us_label", to=f"{{{LABEL}, address: https://example.org, as_of: 2023}}")),
    "HOTLINE01": Mutation(verified("2026-01-31")),
    "HOTLINE02": Mutation(topic(*LINE, "verified_on", to="2023-01-31"), before=verified("2026-01-31")),
    "PHONE01": Mutation(topic(*LINE, "dial", to='"+1866603662"')),
    "PHONE02": Mutation(topic(*LINE, "shown", to="1-866-603-MMCX")),
    "PHONE03": Mutation(topic(*LINE, "shown", to="1-866-603-MMCTÉ")),
    "PHONE04": Mutation(given_to_nobody),
    "PHONE07": Mutation(nothing, template="PHONE07"),
    "PHONE06": Mutation(nothing, clinic="phone: '301234567'\ncountry: DE\n"),
    "REVIEW01": Mutation(sign),
    "REVIEW02": Mutation(words("questions", 0, to="Is it for me?"), before=sign),
    "REVIEW03": Mutation(with_top("review: {role: Hematologist, on: 2026-02-01}")),
    "REVIEW04": Mutation(edit_record, before=sign),
    "TOLD01": Mutation(reworded([("  N8:\n    patient: >-", "  N8:\n    clinician: >-")]), formats=PATIENTS),
    "WORDS02": Mutation(reworded([("names:\n", "names:\n  severe_neuropathy: Severe\n")]), formats=()),
    "TRANS02": Mutation(reworded([("# en: Ixazomib (Ninlaro)\n", "# en: Ninlaro\n")], "es.yaml"),
                        before=in_another_language),
    "TRANS03": Mutation(reworded([("  lead: Ask about a clinical trial for myeloma\n", "")], "es.yaml"),
                        before=in_another_language),
    "SRC04": Mutation(topic("sources", "blood_2021", "as_of", to="2024")),
    "STALE05": Mutation(reworded([("(US label, {{ facts.us_label_date }})",
                                   "({{ facts.us_label_date }} to {{ facts.us_label_date }})")]), formats=("pptx",)),
    "STALE06": Mutation(topic("sources", "us_label", "next_check", to="2024-02")),
    "WORDS04": Mutation(reworded([("Severe in {{ triplet.severe_neuropathy.count }} patients",
                                   "Severe in {{ weekly.severe_neuropathy.count }} patients")]), formats=("pptx",)),
    "WORDS05": Mutation(reworded([("  lead: Ask", "  lead: <b>Ask</b>")])),
    "WORDS03": Mutation(reworded(SPANISH, "es.yaml"), before=tagged_as_spanish, formats=()),
    "IMAGE05": Mutation(words("pictures", "mechanism", "alt", to="proteasome.png"), formats=PATIENTS),
    "IMAGE06": Mutation(words("pictures", "mechanism", "alt", to="How ixazomib may harm a myeloma cell."),
                        formats=PATIENTS),
    "WAIVE01": waiver("STALE01", "as_of", "2026-01-01"),
    "WAIVE02": waiver("STALE03", "sources.us_label.next_check", "2026-12-31"),
    "WAIVE03": waiver("NUM99", "as_of", "2026-12-31"),
    "CLEAR02": Mutation(reworded(NO_CALLS), before=without_signs, formats=PATIENTS),
    "CLEAR04": Mutation(reworded(PASSIVE), formats=PATIENTS),
    "CLEAR07": Mutation(nothing, formats=PATIENTS, template="CLEAR07"),
    "CLEAR09": Mutation(topic("sections", "what_has_changed", "tone", to="null"), formats=PATIENTS),
    "CLEAR08": Mutation(words("studies", "weekly", "short", to="Once a week, and no other drug beside it"),
                        before=with_a_table, formats=PATIENTS),
    "CLEAR10": Mutation(nothing, formats=PATIENTS, template="CLEAR10"),
    "FIT09": Mutation(nothing, template="FIT09"),
    "CLEAR16": Mutation(without_a_care_card, formats=PATIENTS),
} | {
    code: Mutation(reworded(pairs), before=BEFORE.get(code, nothing), formats=PATIENTS) for code, pairs, _ in WORDS
}  # fmt: skip
"""Code of each rule → the change that it alone answers: with a finding, or by finding no longer what is mended."""

FURTHER = {
    "a value that no figure draws": (
        "TOLD01",
        Mutation(topic("statements", "N4", "values", to="[mm2.pfs, mm2.planned]"), formats=("pptx",)),
    ),
    "a number in the authors' own judgement": (
        "SRC02",
        Mutation(words("statements", "limit_size", "clinician", to="'Studies of {{ weekly.enrolled }} are small.'")),
    ),
    "a number on the card": (
        "SRC02",
        Mutation(
            words("statements", "call_for_help", "card", to="'Call. Since {{ facts.us_approval }}.'"),
            before=with_a_source,
        ),
    ),
}
"""Other changes that a rule answers → its code and the change."""
CASES = {code: (code, mutation) for code, mutation in MUTATIONS.items()} | FURTHER


def _codes(
    folder: Path, formats: tuple[str, ...], templates: Path = ROOT / "templates", clinic: Path | None = None
) -> Counter[str]:
    request = Request(TODAY, formats, ("ixazomib",), clinic=clinic, content=folder.parent, templates=templates)
    return Counter(found.code for found in examine(request).findings)


@cache
def _shipped_codes(formats: tuple[str, ...]) -> Counter[str]:
    return _codes(CONTENT / "ixazomib", formats)


def test_every_rule_has_its_mutation() -> None:
    assert set(MUTATIONS) == {rule.code for rule in RULES}


@pytest.mark.sampled(9)
@pytest.mark.parametrize("case", CASES)
def test_a_change_trips_just_the_rule_that_is_meant_for_it(case: str, tmp_path: Path) -> None:
    code, mutation = CASES[case]
    folder = tmp_path / "content" / "ixazomib"
    shutil.copytree(CONTENT / "ixazomib", folder)
    mutation.before(folder)
    before = _shipped_codes(mutation.formats) if mutation.before is nothing else _codes(folder, mutation.formats)
    mutation.change(folder)
    own = tmp_path / "templates"
    own.mkdir()
    if mutation.template:
        with_template(own, mutation.template)
    clinic = tmp_path / "clinic.yaml" if mutation.clinic else None
    if clinic:
        clinic.write_text(f"schema_version: 1\nname: Clinic\n{mutation.clinic}", "utf-8")
    after = _codes(folder, mutation.formats, own, clinic)
    assert set((after - before) + (before - after)) == {code}
