"""The call of a failed check can be run as it stands: what made and changed its objects comes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.grading.story import story, things_in
from autograder.sandbox.loopback import loopback


class Stack:
    """What a learner could write: an object that remembers, with operators."""

    def __init__(self, *numbers: float) -> None:
        self.numbers = list(numbers)

    def push(self, number: float) -> None:
        if number < 0:
            raise ValueError("too small")
        self.numbers.append(number)

    def merge(self, other: Stack, times: int = 1) -> Stack:
        return Stack(*self.numbers, *(times * other.numbers))

    def total(self) -> float:
        return sum(self.numbers)

    def __mul__(self, factor: float) -> Stack:
        return Stack(*(factor * number for number in self.numbers))

    __rmul__ = __mul__

    def __neg__(self) -> Stack:
        return self * -1

    def __getitem__(self, place: int) -> float:
        return self.numbers[place]


def powers(base: float) -> tuple[Callable[[float], float], dict[float, Callable[[float], float]]]:
    return (lambda x: x * base, {base: lambda x: x * base**2})


class Line:
    """An object that can be called, as a model is."""

    def __init__(self, slope: float) -> None:
        self.slope = slope

    def __call__(self, x: float) -> float:
        return self.slope * x


LEARNERS = {"Stack": Stack, "powers": powers, "Line": Line}


def told(check: Callable[[Any, Any, Any], Any]) -> tuple[str, Any]:
    """Return the story of a check's last call, and what that call returned."""
    session = loopback(dict(LEARNERS), {}, banned=(), watch_random=False, seconds=5)
    check(*(session.function(name) for name in LEARNERS))
    return story(session.events[-1], session.events), session.events[-1].value


def a_value(Stack: Any, powers: Any, Line: Any) -> None:
    powers(2.0)[0](3.0)


def a_function_in_a_dictionary_in_a_tuple(Stack: Any, powers: Any, Line: Any) -> None:
    powers(3.0)
    times, table = powers(2.0)
    times(7.0)
    table[2.0](1.0)
    table[2.0](x=3.0)


def an_object(Stack: Any, powers: Any, Line: Any) -> None:
    stack = Stack()
    stack.push(1.5)
    stack.push(2.0)
    stack.total()


def another_object_and_a_failed_step(Stack: Any, powers: Any, Line: Any) -> None:
    stack, other = Stack(1), Stack(2)
    other.push(7)
    stack.total()
    with pytest.raises(ValueError, match="too small"):
        stack.push(-1)
    stack.total()


def two_objects(Stack: Any, powers: Any, Line: Any) -> None:
    one, two = Stack(1), Stack(2)
    two.push(3)
    one.merge(two, times=2).total()


def an_attribute(Stack: Any, powers: Any, Line: Any) -> None:
    _ = Stack(1, 2).numbers


def operators(Stack: Any, powers: Any, Line: Any) -> None:
    _ = -(2 * Stack(1, 2) * 3)[0]
    _ = (-(2 * Stack(1, 2) * 3))[0]


def an_object_that_is_called(Stack: Any, powers: Any, Line: Any) -> None:
    Line(2.0)(5)


STORIES = {
    a_value: "a = powers(2.0); a[0](3.0)",
    a_function_in_a_dictionary_in_a_tuple: "a = powers(2.0); a[1][2.0](x=3.0)",
    an_object: "a = Stack(); a.push(1.5); a.push(2.0); a.total()",
    another_object_and_a_failed_step: "a = Stack(1); a.total(); a.total()",
    two_objects: "a = Stack(1); b = Stack(2); b.push(3); c = a.merge(b, times=2); c.total()",
    an_attribute: "a = Stack(1, 2); a.numbers",
    operators: "a = Stack(1, 2); b = 2 * a; c = b * 3; d = -c; d[0]",
    an_object_that_is_called: "a = Line(2.0); a(5)",
}


@pytest.mark.parametrize("check", STORIES, ids=lambda check: check.__name__)
def test_a_story_names_the_objects_and_leaves_out_the_others(check: Callable[[Any, Any, Any], None]) -> None:
    assert told(check)[0] == STORIES[check]


@pytest.mark.parametrize("check", STORIES, ids=lambda check: check.__name__)
def test_a_story_that_is_run_gives_what_the_check_got(check: Callable[[Any, Any, Any], None]) -> None:
    text, value = told(check)
    *steps, last = text.split("; ")
    names = dict(LEARNERS)
    for step in steps:
        exec(step, names)

    assert eval(last, names) == value


def test_a_call_without_objects_is_told_alone() -> None:
    def check(Stack: Any, powers: Any, Line: Any) -> None:
        Stack(1)
        powers(2)
        Stack([1.0, 2.0], 3)

    assert told(check)[0] == "Stack([1.0, 2.0], 3)"


def test_answers_that_cannot_be_written_do_not_stop_the_story() -> None:
    def check(Stack: Any, powers: Any, Line: Any) -> None:
        Stack(powers(10**5000)[1][10**5000]).push(1)

    number = "an integer of 16610 bits"
    assert told(check)[0] == f"a = powers({number}); b = Stack(a[1][{number}]); b.push(1)"


def test_objects_are_not_looked_for_in_answers_of_many_entries() -> None:
    thing = loopback(dict(LEARNERS), {}).function("Stack")(1)

    assert [path for _, path in things_in([{"a": thing}] * 100)] == [(place, "a") for place in range(100)]
    assert not list(things_in([thing] * 101)) and not list(things_in([[[thing]]]))


def test_a_long_story_is_cut_in_the_middle() -> None:
    def check(Stack: Any, powers: Any, Line: Any) -> None:
        stack = Stack()
        for number in range(50):
            stack.push(number)
        stack.total()

    assert told(check)[0] == "a = Stack(); a.push(0); …; a.push(47); a.push(48); a.push(49); a.total()"


def test_more_objects_than_letters_have_names() -> None:
    def check(Stack: Any, powers: Any, Line: Any) -> None:
        stack = Stack()
        for _ in range(27):
            stack = stack.merge(stack)
        stack.total()

    assert told(check)[0].endswith("z = y.merge(y); x26 = z.merge(z); x27 = x26.merge(x26); x27.total()")
