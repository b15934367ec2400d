"""Every figure in every state that it has, for tests of colours."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.forest import Effect, forest
from handouts.figures.icon_array import icon_array
from handouts.figures.mechanism import mechanism
from handouts.figures.paired_bars import paired_bars
from handouts.figures.qr import qr
from handouts.figures.response_bars import ResponsePart, response_parts
from handouts.figures.response_rates import response_rates
from handouts.figures.shapes import ArmBars, Bar, Figure
from handouts.figures.timeline import TimelineEvent, timeline
from handouts.plan.blocks import FigureBlock
from handouts.plan.documents import Footer, Handout, Meta
from handouts.render.pdf.handout import render_handout
from handouts.theme.fonts import family
from handouts.theme.schema import Theme

MEASURE = family("Atkinson Hyperlegible").measure
PARTS = (
    *(ResponsePart(label, count, str(count)) for label, count in (("CR", 12), ("VGPR", 18), ("PR", 17))),
    *(ResponsePart(label, count, str(count), responded=False) for label, count in (("MR", 14), ("SD", 16), ("PD", 15))),
)
RATES = (
    Bar("ORR, 23/46", 50.0, "50.0%", 34.9, 65.1),
    Bar("MR, 12/46", 26.1, "26.1%", 14.3, 41.1, main=False),
    Bar("CR, 0/46", 0.0, "0.0%", 0.0, 7.7, main=False),
    Bar("Chosen dose", 40.0, "40%"),
)
ARMS = (ArmBars("Response", (40.0, 30.0, 20.0, 10.0), ("40", "30", "20", "10")),)
EFFECTS = (
    Effect("Cut off at both ends", 1.1, "1.1 (0.01–90)", 0.01, 90.0),
    Effect("No interval", 0.9, "0.9, interval not stated"),
    Effect("Within", 1.6, "1.6 (0.9–2.8)", 0.9, 2.8),
)
HARMS = (Harm("Rash", (40.0, 20.0), ("40", "20")), Harm("Nausea", (30.0, 30.0), ("30", "30")))
LABELS = {
    "working": "Recycling works", "waste": "Waste protein", "recycled": "Parts used again",
    "blocked": "The drug blocks it", "pile_up": "Waste piles up", "medicine": "A drug",
}  # fmt: skip


@cache
def figures() -> dict[str, Figure]:
    """The figures by name."""
    events = (
        TimelineEvent(2013, "2013", "Early"),
        TimelineEvent(2025, "2025", "Today", "now"),
        TimelineEvent(2030, "2030", "Planned", "planned"),
    )
    return {
        "icon array": icon_array(9, 50, width=200, measure=MEASURE, alt="9 of 50.", key=("counted", "others")),
        "response bar": response_parts(PARTS, of=92, width=480, measure=MEASURE, alt="Six parts."),
        "response rates": response_rates(
            RATES, width=480, measure=MEASURE, alt="Four rates.", ticks=[(0, "0%"), (100, "100%")]
        ),
        "paired bars": paired_bars(ARMS, arms=("A", "B", "C", "D"), width=300, measure=MEASURE, alt="Four arms."),
        "forest": forest(
            EFFECTS,
            scale="ratio",
            axis_name="Hazard ratio",
            better=("A", "B"),
            width=480,
            measure=MEASURE,
            alt="Three.",
        ),
        "dumbbell": dumbbell(
            HARMS, arms=("A", "B"), axis_name="People in 100", width=300, measure=MEASURE, alt="Two harms."
        ),
        "timeline": timeline(events, width=300, measure=MEASURE, alt="Three events."),
        "mechanism, narrow": mechanism("proteasome-inhibitor", LABELS, alt="Two cells.", width=200, measure=MEASURE),
        "mechanism, wide": mechanism("proteasome-inhibitor", LABELS, alt="Two cells.", width=480, measure=MEASURE),
        "qr": qr("tel:+12025550143", module=2, alt="A code."),
    }


def page_of(figure: Figure, theme: Theme) -> bytes:
    """A PDF whose first page holds a figure alone, at its own size, at the top left of the type area."""
    meta = Meta("Figure", "en", "", "", "2026-01-15", "2026", "draft")
    fit = replace(theme.handout.fit, figure_least=1.0, figure_most=1.0)
    sheet = replace(theme.handout, fit=fit, large_print=False)
    plan = Handout(meta, (FigureBlock(figure),), Footer("", ""))
    return render_handout(plan, replace(theme, handout=sheet), "letter")
