"""A memory keeps what its room allows, the least recently used goes first, and threads may share it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from handouts.files.recall import LEAST_COST, Recall, Same


def test_the_least_recently_used_goes_first() -> None:
    recall = Recall(8 * (LEAST_COST + 100))
    for number in range(8):
        recall.put(number, f"value {number}", 100)
    assert recall.get(0) == "value 0"
    recall.put(8, "value 8", 100)
    assert recall.get(1) is None
    assert recall.get(0) == "value 0"
    assert len(recall) == 8


def test_what_would_push_everything_out_is_not_kept() -> None:
    recall = Recall(100_000)
    recall.put("small", "value", 10)
    assert recall.recalled("large", lambda: "made", lambda _: 30_000) == "made"
    assert recall.get("large") is None
    assert recall.get("small") == "value"


def test_two_that_make_the_same_at_once_share_what_is_kept() -> None:
    recall = Recall(1_000_000)
    first, second = ["a"], ["a"]
    assert recall.put("key", first, 10) is first
    assert recall.put("key", second, 10) is first


def test_threads_leave_the_count_right() -> None:
    recall = Recall(60 * LEAST_COST)

    def work(start: int) -> None:
        for number in range(start, start + 400):
            assert recall.recalled(number % 90, lambda: "value", lambda _: 500) == "value"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert recall.taken == len(recall) * (LEAST_COST + 500) <= 60 * LEAST_COST
    recall.clear()
    assert (recall.taken, len(recall)) == (0, 0)


def test_a_value_as_a_key_is_equal_to_itself_alone() -> None:
    one, other = [1], [1]
    assert Same(one) == Same(one)
    assert Same(one) != Same(other)
    assert len({Same(one), Same(one), Same(other)}) == 2
