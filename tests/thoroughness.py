"""How much of the tests a run does: the default one a sample that ends soon, `.ci/run` all of it.

`@pytest.mark.sampled(N)` on a test with many cases: the default run takes every Nth of them, and the slow run takes
the others. `examples(N)` says how many examples a property test tries: an eighth of N, unless HANDOUTS_TESTS is
`thorough`, which `.ci/run` sets for `-m "slow or examples"`. With CI set, as there, they are the same in each run; else
new ones are drawn.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

THOROUGH = os.environ.get("HANDOUTS_TESTS") == "thorough"


def examples(thorough: int) -> int:
    """How many examples a property test tries of those that it tries when there is time."""
    return thorough if THOROUGH else max(thorough // 8, 5)


def mark_samples(items: list[pytest.Item]) -> None:
    """Mark as slow what the default run leaves out of sampled tests, and property tests as `examples`."""
    seen: Counter[str] = Counter()
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("examples")
        if sampled := item.get_closest_marker("sampled"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % sampled.args[0]:
                item.add_marker("slow")
            seen[test] += 1
