"""Our exact interval is that of SciPy, for the first topic and other counts. Needs the extra "statistics"."""

from __future__ import annotations

import pytest

from handouts.figures.intervals import clopper_pearson

COUNTS = [(6, 46), (7, 46), (9, 50), (47, 52), (30, 52), (12, 52), (0, 1), (1, 1), (0, 50), (52, 52), (1, 100_000)]


@pytest.mark.slow
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
@pytest.mark.parametrize(("x", "n"), COUNTS)
def test_the_exact_interval_agrees_with_an_independent_implementation(x: int, n: int, level: float) -> None:
    reason = "SciPy is not installed; install it with: pip install -e '.[test,statistics]'"
    stats = pytest.importorskip("scipy.stats", reason=reason)
    ours = clopper_pearson(x, n, level)
    theirs = stats.binomtest(x, n).proportion_ci(confidence_level=level, method="exact")
    assert ours.low == pytest.approx(100 * theirs.low, rel=1e-9, abs=1e-9)
    assert ours.high == pytest.approx(100 * theirs.high, rel=1e-9, abs=1e-9)
