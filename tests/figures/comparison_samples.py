"""The comparisons of the first topic and of a sample as figures, for the tests of figures, themes and decks."""

from __future__ import annotations

from functools import partial

from handouts.figures.dumbbell import Harm, dumbbell
from handouts.figures.forest import Effect, forest
from handouts.figures.mean_change import Change, mean_change
from handouts.figures.paired_bars import paired_bars
from handouts.figures.shapes import ArmBars
from handouts.theme.fonts import family

MEASURE = family("Atkinson Hyperlegible").measure
IXAZOMIB, PLACEBO = "ixazomib + Rd", "placebo + Rd"

SIDE_EFFECTS = tuple(
    (name, (float(with_it), float(without)))
    for name, with_it, without in (
        ("Diarrhea", 47, 38), ("Low platelets: you may bruise or bleed more easily", 41, 24), ("Constipation", 31, 24),
        ("Nerve problems", 28, 22), ("Nausea", 28, 20), ("Rash", 25, 15), ("Vomiting", 23, 12),
    )
)  # fmt: skip
BARS = tuple(ArmBars(name, values, tuple(f"{v:.0f}" for v in values)) for name, values in SIDE_EFFECTS)
HARMS = tuple(
    Harm(name.partition(":")[0], (a, b), (f"{a:.0f}", f"{b:.0f}"), f"+{a - b:.0f}")
    for name, (a, b) in sorted(SIDE_EFFECTS, key=lambda harm: harm[1][1] - harm[1][0])
)
PFS, OS = "Progression-free survival", "Overall survival"
EFFECTS = (
    Effect("MM1, relapsed/refractory, n=722", 0.74, "0.74, interval not stated", others=("20.6 v 14.7",), group=PFS),
    Effect("MM2, newly diagnosed, n=705", 0.83, "0.830 (0.676–1.018)", 0.676, 1.018, ("35.3 v 21.8",), PFS),
    Effect("MM1, relapsed/refractory, n=722", 0.939, "0.939, interval not stated", others=("53.6 v 51.6",), group=OS),
    Effect("MM3, maintenance after transplant", 1.025, "1.025 (0.789–1.332)", 0.789, 1.332, ("not reached",), OS),
    Effect("MM4, maintenance, no transplant", 1.09, "1.090 (0.861–1.381)", 0.861, 1.381, ("64.8 v 69.5",), OS),
)
CHANGES = (
    Change("liraglutide 1.8 mg (n=246)", -1.14, "−1.14 (−1.24\u00a0to\u00a0−0.99)", -1.24, -0.99),
    Change("liraglutide 1.2 mg (n=251)", -0.84, "−0.84 (−0.93\u00a0to\u00a0−0.69)", -0.93, -0.69),
    Change("glimepiride 8 mg (n=248)", -0.51, "−0.51, interval not stated"),
)

bars = partial(paired_bars, BARS, arms=("ixazomib, Revlimid, dexamethasone (418 people)",
                                        "dummy drug, Revlimid, dexamethasone (417 people)"),
               measure=MEASURE, alt="Side effects in both groups.", title="Side effects per 100 people")  # fmt: skip
effects = partial(forest, EFFECTS, scale="ratio", axis_name="Hazard ratio (95% CI), log scale",
                  better=(f"better with {IXAZOMIB}", f"better with {PLACEBO}"),
                  heads=("Median, months", "Hazard ratio"), measure=MEASURE, alt="Five hazard ratios.")  # fmt: skip
harms = partial(dumbbell, HARMS, arms=(f"{IXAZOMIB} (n=418)", f"{PLACEBO} (n=417)"), axis_name="People in 100",
                difference_name="Difference", measure=MEASURE, alt="Seven harms.")  # fmt: skip
changes = partial(mean_change, CHANGES, axis_name="Change in HbA1c, percentage points", head="Mean (95% CI)",
                  sides=("HbA1c fell", "HbA1c rose"), measure=MEASURE, alt="Three changes.")  # fmt: skip
