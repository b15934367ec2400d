"""Making in turn: equal things once, a line with an end, and places that are freed by who leaves."""

from __future__ import annotations

import asyncio
import threading

import pytest

from handouts.web.keep import Keep
from handouts.web.kitchen import BusyError, Kitchen
from handouts.web.rate import Rate


def test_equal_things_are_made_once_and_remembered() -> None:
    made: list[int] = []

    async def run() -> None:
        kitchen = Kitchen(2, 4, 1000)
        await asyncio.gather(*(kitchen.made("a", lambda: made.append(1) or b"x", len) for _ in range(200)))
        await kitchen.made("a", lambda: made.append(1) or b"x", len)

    asyncio.run(run())
    assert made == [1]


def test_two_are_made_at_a_time_and_the_line_has_an_end() -> None:
    go, most, now = threading.Event(), [0], [0]
    lock = threading.Lock()

    def work() -> None:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        go.wait(5)
        with lock:
            now[0] -= 1

    async def run() -> None:
        kitchen = Kitchen(2, 3, 0)
        tasks = [asyncio.create_task(kitchen.made(n, work)) for n in range(5)]
        await asyncio.sleep(0.05)
        with pytest.raises(BusyError) as busy:
            await kitchen.made("more", work)
        assert busy.value.retry_after >= 1
        tasks[4].cancel()
        await asyncio.sleep(0.02)
        later = asyncio.create_task(kitchen.made("more", work))
        await asyncio.sleep(0.02)
        go.set()
        await asyncio.gather(*tasks[:4], later)
        assert kitchen.in_line == 0

    asyncio.run(run())
    assert most == [2]


def test_what_fails_fails_for_all_who_wait_and_is_tried_anew() -> None:
    tries: list[int] = []

    def work() -> bytes:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError
        return b""

    async def run() -> None:
        kitchen = Kitchen(2, 3, 100)
        found = await asyncio.gather(*(kitchen.made("a", work, len) for _ in range(3)), return_exceptions=True)
        assert all(isinstance(one, ValueError) for one in found)
        assert await kitchen.made("a", work, len) == b""

    asyncio.run(run())


def test_memory_is_bounded() -> None:
    async def run() -> int:
        kitchen = Kitchen(2, 50, 100)
        made: list[int] = []
        for n in (0, 1, 2, 0):
            await kitchen.made(n, lambda: made.append(1) or bytes(60), len)
        return len(made)

    assert asyncio.run(run()) == 4


def test_kept_things_are_few_brief_and_one_sessions() -> None:
    now = [0.0]
    keep: Keep[str] = Keep(2, 100, 60, lambda: now[0])
    first = keep.put("a", 10, "s")
    assert keep.get(first, "s") == "a"
    assert keep.get(first, "t") is None
    assert keep.get("x", "s") is None
    keep.put("b", 10, "s")
    keep.put("c", 10, "s")
    assert keep.get(first, "s") is None
    last = keep.put("d", 99, "s")
    assert keep.get(last, "s") == "d"
    now[0] = 61
    assert keep.get(last, "s") is None


def test_a_bucket_fills_with_time_and_the_table_is_bounded() -> None:
    now = [0.0]
    rate = Rate(60, 3, lambda: now[0])
    assert [rate.wait("a") for _ in range(61)][-2:] == [0, 1]
    assert rate.wait("b") == 0
    now[0] = 2
    assert rate.wait("a") == 0
    for n in range(100):
        rate.wait(str(n))
    assert len(rate._left) == 3
