"""Write a failed call down as a line that a learner can run: what happened to its objects before comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from autograder.grading.show import show
from autograder.sandbox.handles import Event, RemoteThing, number_of

FIRST, LAST = 2, 4  # steps that are told of a long story
SHORT = 80  # characters for an argument of an earlier step
DEEP, MANY = 2, 100  # levels and entries of an answer in which objects are looked for: a hostile one has millions
# How an operator is written, with the operands in their places.
WRITTEN = {
    "add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "truediv": "{} / {}", "floordiv": "{} // {}", "mod": "{} % {}",
    "pow": "{} ** {}", "matmul": "{} @ {}", "neg": "-{}", "pos": "+{}", "getitem": "{}[{}]", "setitem": "{}[{}] = {}",
}  # fmt: skip


def story(event: Event, events: Sequence[Event]) -> str:
    """Return the call, after the earlier calls that made and changed the objects in it.

    `s = RunningStats(); s.push(3.0); s.variance()` says more than `variance()`. Objects get the names a, b, c.
    """
    steps = list(_steps(event, events))
    used, names = {thing for step in steps for thing in _things(step)}, dict[int | None, str]()
    for step in steps[:-1]:
        root = chr(ord("a") + len(names)) if len(names) < 26 else f"x{len(names)}"
        parts = [(thing, path) for thing, path in things_in(step.value) if thing in used]
        names |= {thing: root + "".join(f"[{show(key)}]" for key in path) for thing, path in parts}
    lines = [_told(step, names, is_last=step is event) for step in steps]
    cut = len(lines) > FIRST + LAST + 1
    return "; ".join([*lines[:FIRST], "…", *lines[-LAST:]] if cut else lines)


def _steps(event: Event, events: Sequence[Event]) -> Iterator[Event]:
    """Return the calls that the objects in a call went through, and the call itself at the end."""
    needed, steps = set(_things(event)), [event]
    place = next((i for i, other in enumerate(events) if other is event), 0) if needed else 0
    for earlier in reversed(events[:place]):
        if earlier.outcome != "value" or earlier.asked.startswith("attribute"):
            continue
        made, given = {thing for thing, _ in things_in(earlier.value)}, set(_things(earlier))
        is_function = earlier.asked == "call "  # the thing itself was called, which does not change it
        if needed & made or (needed & given and not is_function):
            needed |= given
            steps.append(earlier)
    return reversed(steps)


def _things(event: Event) -> Iterator[int]:
    """Return the numbers of the objects that go into a call."""
    for value in (event.on, event.args, event.kwargs):
        yield from (thing for thing, _ in things_in(value))


def things_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Return the objects in a value, by number, each with the keys that lead to it."""
    if isinstance(value, RemoteThing):
        number = number_of(value)
        if number is not None:
            yield number, path
    elif isinstance(value, dict | list | tuple) and len(value) <= MANY and len(path) < DEEP:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from things_in(item, (*path, key))


def _told(event: Event, names: dict[int | None, str], *, is_last: bool) -> str:
    """Return one step as code."""

    def spell(value: Any) -> str:
        if isinstance(value, RemoteThing):
            return names.get(number_of(value)) or show(value)
        return show(value, longest=400 if is_last else SHORT)

    op, _, name = event.asked.partition(" ")
    given = [spell(arg) for arg in event.args]
    listed = ", ".join([*given, *(f"{key}={spell(value)}" for key, value in event.kwargs.items())])
    on = spell(event.on) if event.on is not None else ""
    if op == "attribute":
        text = f"{on}.{name}"
    elif op == "operator":
        text = WRITTEN.get(name, f"{name}({{}})").format(on, *given)
    else:
        text = f"{on}{name}({listed})" if on else f"{event.call}({listed})"
    made = next((names[thing] for thing, _ in things_in(event.value) if thing in names), "")
    return f"{made.partition('[')[0]} = {text}" if made and not is_last else text
