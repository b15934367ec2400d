"""A memory by identity gives one object's result to no other, however short-lived they are."""

from handouts.by_identity import by_identity


def test_the_same_object_is_worked_on_once_and_an_equal_one_anew() -> None:
    seen: list[list[int]] = []

    @by_identity(4)
    def total(numbers: list[int]) -> int:
        seen.append(numbers)
        return sum(numbers)

    first, equal = [1, 2], [1, 2]
    assert [total(first), total(first), total(equal)] == [3, 3, 3]
    assert len(seen) == 2


def test_no_identity_that_is_used_again_gets_an_earlier_answer() -> None:
    @by_identity(3)
    def only(numbers: list[int]) -> int:
        return numbers[0]

    assert [only([n]) for n in range(2000)] == list(range(2000))


def test_no_more_is_kept_than_asked_for() -> None:
    calls: list[int] = []

    @by_identity(2)
    def kept(thing: object) -> None:
        calls.append(id(thing))

    one, two, three = object(), object(), object()
    for thing in (one, two, three, one):
        kept(thing)
    assert len(calls) == 4
