"""Changes of the shipped words and of the handout's template, each of which breaks one rule for patients' texts."""

from __future__ import annotations

from pathlib import Path

from topic_samples import ROOT

Pairs = list[tuple[str, str]]
ASKED = "What else could I take?"
MANY_WORDS = " ".join(["We tell you what they saw and when they saw it."] * 14)

WORDS: list[tuple[str, Pairs, str]] = [
    ("READ01", [(ASKED, " ".join(["Which alternative possibilities remain available?"] * 4))], "handout:"),
    ("READ02", [("in_text: white cells", "in_text: a kind of cell")], "- term: Neutrophils"),
    ("READ03", [(ASKED, "What else could I obtain?")], "obtain"),
    ("RISK01", [("It may be gentler", "Of all, {{ weekly.evaluable }} in {{ weekly.enrolled }} were. It is gentler")],
     "  B1:"),
    ("RISK02", [(ASKED, "Is it twice as good?")], "twice"),
    ("RISK03", [(ASKED, "Which side effects are rare?")], "rare?"),
    ("RISK04", [(", about {{ twice_weekly.orr.per_100 }} in 100,", "")], "  A2:"),
    ("RISK05", [("of its kind taken by mouth", "of its kind, for {{ weekly.evaluable }} in {{ weekly.enrolled }},")],
     "  K1:"),
    ("CLEAR01", [("Ixazomib can be an option after other treatment", "It can help. It can harm. It is a drug")],
     "main_message:"),
    ("CLEAR03", [("Ixazomib can be an option after", "Ixazomib was approved after")], "was approved"),
    ("CLEAR05", [(ASKED, f"{ASKED}\n  - How?\n  - When?\n  - Why?")], "Is ixazomib right"),
    ("CLEAR06", [("Do not compare the groups.", f"Do not compare the groups. {MANY_WORDS}")], "  results:"),
    ("CLEAR11", [("({{ weekly.orr.per_100 }}", "({{ weekly.orr.per_100 | decimals(1) }}")], "  B3:"),
]  # fmt: skip
"""Code of the rule, the pieces of en.yaml with what replaces them, and what stands where the finding points."""

HANDOUT = "handout.html.j2"
TEMPLATE = {
    "CLEAR01": (HANDOUT, '<aside class="message">', '<aside class="plain">'),
    "CLEAR07": ("parts/picture.html.j2", "figcaption", "p"),
    "CLEAR08": (HANDOUT, '<p class="eyebrow">',
                '<table><tr><td>Who</td></tr><tr><td>You</td></tr></table><p class="eyebrow">'),
    "CLEAR10": ("handout/questions.html.j2", '<ul class="checkbox">', "<ul>"),
}  # fmt: skip
"""Code of the rule → a template, a piece of it, and what replaces that."""


def with_template(folder: Path, code: str) -> None:
    """Puts the template that breaks a rule into a folder of own templates."""
    name, old, new = TEMPLATE[code]
    text = (ROOT / "templates" / name).read_text("utf-8")
    assert old in text
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text.replace(old, new), "utf-8")


NO_CALLS: Pairs = [
    (" Ask your care team.", " It is not for all."),
    ("Do not compare the groups.", "The groups differ a lot."),
    ("Call, or ask for", "There is"),
]
"""Pieces of en.yaml without which nothing asks the reader to act, but for the line on old information."""

PASSIVE: Pairs = [
    ("Most were mild or moderate and could be managed.", "They were called mild. They could be managed."),
    ("severe: rash, tiredness", "seen. They were named: rash, tiredness"),
    (
        "Cancer cells need this to grow and survive. Ixazomib blocks it.",
        "It is needed. It is blocked by this drug.",
    ),
    ("It may be gentler than twice a week.", "This was found. It may be borne."),
    ("Same use in Europe.", "It is used in Europe."),
    ("They did not clearly live longer.", "No gain was seen."),
    ("people did not live longer than with a dummy drug.", "no gain was seen."),
    ("That may be due to chance.", "It may be caused by chance."),
    ("Many had had Velcade, Revlimid or Thalomid.", "Many had been treated before."),
    ("A rash.", "A rash may be seen."),
    ("Burning, numb or sore arms, hands, legs or feet.", "Pain may be felt in arms and legs."),
    ("Do not stop or change a drug on your own.", "No drug should be stopped."),
]
"""Pieces of en.yaml put into the passive voice."""
