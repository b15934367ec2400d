"""Changes of the shipped words and of the handout's template, each of which breaks one rule for patients' texts."""

from __future__ import annotations

from pathlib import Path

from topic_samples import ROOT

Pairs = list[tuple[str, str]]
ASKED = "How can I ease side effects?"
GROUPS = "The groups differ: do not compare them."
OTHER_WHOLE = "{{ weekly.evaluable }} in {{ weekly.enrolled }}"
"""A rate of which the whole is not 100."""
MANY_WORDS = " ".join(["We tell you what they saw and when they saw it."] * 14)

WORDS: list[tuple[str, Pairs, str]] = [
    ("READ01", [(GROUPS, " ".join([GROUPS, *["Which alternative possibilities remain available?"] * 12]))], "handout:"),
    ("READ02", [("in_text: parts", "in_text: pieces")], "- term: Amino acids"),
    ("READ03", [(ASKED, "What else could I obtain?")], "obtain"),
    ("RISK01", [("Weekly may be gentler", f"Of all, {OTHER_WHOLE} were. It is gentler")],
     "  B1:"),
    ("RISK02", [(ASKED, "Is it twice as good?")], "twice"),
    ("RISK03", [(ASKED, "Which side effects are rare?")], "rare?"),
    ("RISK04", [(" ({{ twice_weekly.orr.per_100 }} in 100)", "")], "  A2:"),
    ("RISK05", [("the first one by mouth", f"the first one, for {OTHER_WHOLE},")],
     "  K1:"),
    ("CLEAR01", [("Ixazomib is a capsule that you take", "It can help. It can harm. You take it")],
     "main_message:"),
    ("CLEAR03", [("Ixazomib is a capsule that you take", "Ixazomib was approved")], "main_message:"),
    ("CLEAR05", [(ASKED, "\n  - ".join((ASKED, *("How?", "When?", "Why?", "Where?", "Who?", "What?"))))],
     "Is ixazomib right"),
    ("CLEAR06", [(GROUPS, f"{GROUPS} {MANY_WORDS}")], "  results:"),
    ("CLEAR11", [("({{ weekly.orr.per_100 }}", "({{ weekly.orr.per_100 | decimals(1) }}")], "  B3:"),
    ("CLEAR12", [("All {{ weekly.enrolled }} had had {{ weekly.prior_therapies }} treatments on average.",
                  "They had had {{ weekly.prior_therapies }} ({{ weekly.orr.count }}) treatments.")], "  B2:"),
    ("CLEAR13", [("Weekly may be gentler", "More people responded")], "  B1:"),
    ("CLEAR14", [("{patient: Low platelets, means: you may bleed more,", "{patient: Thrombocytopenia,")],
     "  thrombocytopenia:"),
    ("CLEAR15", [("Weekly may be gentler", "A gentle treatment")], "  B1:"),
]  # fmt: skip
"""Code of the rule, the pieces of en.yaml with what replaces them, and what stands where the finding points."""

ROOM: Pairs = [
    ("under: what_it_is, picture: mechanism,", "under: what_it_is,"),
    ("show: {handout: icon_array, deck: rates}", "show: {deck: rates}"),
    ("show: {handout: part_bar, deck: rates}", "show: {deck: rates}"),
]
"""Pieces of topic.yaml without which the handout has room for more words."""

HANDOUT = "handout.html.j2"
TEMPLATE = {
    "DOSE06": ("handout/questions.html.j2", "{{ fixed('own_question') }}", "{{ number(8, 1) }} mg?"),
    "CLEAR01": (HANDOUT, '<aside class="message">', '<aside class="plain">'),
    "CLEAR07": ("parts/picture.html.j2", "figcaption", "p"),
    "CLEAR08": (HANDOUT, '<p class="eyebrow">',
                '<table><tr><td>Who</td></tr><tr><td>You</td></tr></table><p class="eyebrow">'),
    "CLEAR10": ("handout/questions.html.j2", '<ul class="checkbox">', "<ul>"),
    "FIT09": ("card.html.j2", " {{ review }}.", ""),
}  # fmt: skip
"""Code of the rule → a template, a piece of it, and what replaces that."""
CARD_TEMPLATE = {"PHONE07": ("card/contacts.html.j2", "{{ first.digits }}</a>", "+866-603-6628</a>")}
"""As `TEMPLATE`, of the card."""


def with_template(folder: Path, code: str) -> None:
    """Puts the template that breaks a rule into a folder of own templates."""
    name, old, new = (TEMPLATE | CARD_TEMPLATE)[code]
    text = (ROOT / "templates" / name).read_text("utf-8")
    assert old in text
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text.replace(old, new), "utf-8")


NO_CALLS: Pairs = [
    (" Ask your care team if it is right for you.", " It is not for all."),
    (GROUPS, "The groups differ a lot."),
    ("Call the MMRF", "There is the MMRF"),
]
"""Pieces of en.yaml without which nothing asks the reader to act, but for the line on old information."""

PASSIVE: Pairs = [
    ("Cancer cells need this to grow and live, and ixazomib stops it.", "It is needed. It is stopped by this drug."),
    ("You take it without food.", "It is taken without food."),
    ("Weekly may be gentler.", "This was found. It may be borne."),
    ("Europe allows the same use.", "It is used in Europe."),
    ("It took over a year longer.", "No gain was seen."),
    ("**This may be due to chance.**", "It may be caused by chance."),
    ("it did not help people live longer than a dummy drug.", "no gain was seen."),
    ("Their myeloma had come back or resisted other drugs.", "They had been treated before."),
    ("**Ask how to ease** diarrhea, constipation, nausea and vomiting.", "These can be eased."),
    ("Trust the top bars.", "More is told by the bars."),
]
"""Pieces of en.yaml put into the passive voice."""
