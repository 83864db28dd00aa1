"""What crosses between grader and sandbox, and what stays apart."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from autograder.authoring.config import CourseConfig
from autograder.grading.servers import sandbox_limits
from autograder.kit import a_file, drawing, new_axes
from autograder.sandbox.handles import RemoteError, Session, Stopped
from autograder.sandbox.dialogue import CheckOptions
from autograder.sandbox.warden import ForkServer

CODE = """
import numpy as np
seen = []

def plus_one(x): return np.asarray(x) + 1
def spoil(x): x[0] = 99; return x
def remember(x): seen.append(x); return len(seen)
def apply(f, x): return f(f(x))
def adder(n): return lambda x: x + n
def draw(rng, n): return rng.normal(size=n)
def careless(rng): return np.random.random()
def apply_twice(f, rng): return f(rng) + f(rng)
def refuse(x): raise ValueError(f"not {x}")
def own_error():
    class OddError(KeyError): pass
    raise OddError("odd")
def first_line(path): return open(path).readline()
def loud(): print("x" * 1000); return 1
def plot(f, a, b, ax): ax.plot([a, b], [f(a), f(b)], label="f"); ax.set_xlabel("x"); return ax
def determinant(A): return float(np.linalg.det(A))
def swallow(A):
    try:
        return float(np.linalg.det(A))
    except Exception:
        return 1.0
class Vector:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, other): return Vector(self.x + other.x, self.y + other.y)
    def __rmul__(self, number): return Vector(number * self.x, number * self.y)
    def __eq__(self, other): return True
    def length(self): return (self.x**2 + self.y**2) ** 0.5
"""


@contextmanager
def session(server: ForkServer, **options: Any) -> Iterator[Session]:
    with server.sandbox() as sandbox:
        assert sandbox.run_cell(1, CODE, seconds=5).error == ""
        with sandbox.copy(cpu_seconds=10.0) as dialogue:
            # Generous: the first use of matplotlib loads it, and machines are shared.
            opened = dialogue.session(CheckOptions(8.0, **options), lambda name, value: None)
            assert opened is not None
            yield opened


def test_a_call_travels_as_data(server: ForkServer) -> None:
    with session(server) as talk:
        back = talk.function("plus_one")(np.eye(2))

    assert np.array_equal(back, np.eye(2) + 1)


def test_a_changed_argument_is_noticed_and_the_grader_keeps_its_own(server: ForkServer) -> None:
    mine = np.zeros(3)

    with session(server) as talk, pytest.raises(Stopped, match="changed argument 1"):
        talk.function("spoil")(mine)

    assert np.array_equal(mine, np.zeros(3))


def test_functions_cross_in_both_directions(server: ForkServer) -> None:
    with session(server) as talk:
        assert talk.function("apply")(lambda x: 3 * x, 2.0) == 18.0
        assert talk.function("adder")(5)(np.array([1.0])) == np.array([6.0])
        assert talk.function("apply")(talk.function("adder")(1), 0) == 2


def test_an_error_of_the_graders_function_reaches_the_learner(server: ForkServer) -> None:
    def picky(x: float) -> float:
        raise ZeroDivisionError("no")

    with session(server) as talk, pytest.raises(ZeroDivisionError):
        talk.function("apply")(picky, 1.0)


def test_a_generator_goes_on_where_the_learner_left_it(server: ForkServer) -> None:
    mine, twin = np.random.default_rng(3), np.random.default_rng(3)

    with session(server) as talk:
        drawn = talk.function("draw")(mine, 4)

    assert np.array_equal(drawn, twin.normal(size=4))
    assert mine.normal() == twin.normal()


def test_the_global_random_state_is_watched(server: ForkServer) -> None:
    with session(server, watch_random=True) as talk, pytest.raises(Stopped, match="global random state"):
        talk.function("careless")(np.random.default_rng(1))


def test_errors_keep_their_class_text_and_line(server: ForkServer) -> None:
    with session(server) as talk:
        with pytest.raises(ValueError, match="not 3") as caught:
            talk.function("refuse")(3)
        with pytest.raises(KeyError) as odd:
            talk.function("own_error")()

    assert isinstance(caught.value, RemoteError)
    assert caught.value.line.startswith("def refuse(x): raise ValueError")
    assert isinstance(odd.value, RemoteError) and odd.value.type_names[0] == "OddError"


def test_objects_of_the_learners_classes_become_handles(server: ForkServer) -> None:
    with session(server) as talk:
        vector = talk.function("Vector")(3.0, 4.0)
        total = vector + 2 * vector
        assert (total.x, total.length()) == (9.0, 15.0)
        assert not vector == 5, "a handle must not let the learner's == decide"


def test_files_and_axes_are_made_on_the_other_side(server: ForkServer) -> None:
    with session(server) as talk:
        assert talk.function("first_line")(a_file("a,b\n1,2\n")) == "a,b\n"
        axes = new_axes()
        talk.function("plot")(np.cos, 0.0, 1.0, axes)
        picture = drawing(talk.function("plot")(lambda x: 2 * x, 0.0, 1.0, axes))

    assert [list(line["y"]) for line in picture["lines"]] == [[1.0, np.cos(1.0)], [0.0, 2.0]]
    assert picture["xlabel"] == "x"


@pytest.mark.parametrize("name", ["determinant", "swallow"])
def test_a_banned_function_is_a_trap_even_when_the_error_is_swallowed(server: ForkServer, name: str) -> None:
    with session(server, banned=("numpy.linalg.det",)) as talk, pytest.raises(Stopped) as stop:
        talk.function(name)(np.eye(2))

    assert stop.value.verdict == "blocked"


def test_a_copy_that_was_used_is_not_used_again(server: ForkServer) -> None:
    with server.sandbox() as sandbox:
        sandbox.run_cell(1, CODE, seconds=5)
        with sandbox.copy(cpu_seconds=3.0) as dialogue:
            clean = dialogue.session(CheckOptions(1.0), lambda name, value: None)
            assert clean is not None and np.array_equal(clean.function("plus_one")([1.0]), [2.0])
            again = dialogue.session(CheckOptions(1.0), lambda name, value: None)
            assert again is not None and again.function("remember")(1) == 1
            assert dialogue.session(CheckOptions(1.0), lambda name, value: None) is None
        with sandbox.copy(cpu_seconds=2.0) as fresh:
            talk = fresh.session(CheckOptions(1.0), lambda name, value: None)
            assert talk is not None and talk.function("remember")(1) == 1


def test_what_is_printed_does_not_disturb_the_dialogue(server: ForkServer) -> None:
    with session(server) as talk:
        assert talk.function("loud")() == 1


def test_a_missing_name_is_said_so(server: ForkServer) -> None:
    with session(server) as talk, pytest.raises(Stopped) as stop:
        talk.function("absent")(1)

    assert stop.value.verdict == "missing"


def test_nothing_is_left_when_a_server_closes(config: Any) -> None:
    from autograder.grading.servers import sandbox_limits

    server = ForkServer(sandbox_limits(config))
    scratch, process = server.scratch, server.process.pid
    with server.sandbox() as sandbox:
        sandbox.run_cell(1, "open('left.txt', 'w').write('x')", seconds=5)
    server.close()

    assert not scratch.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_lent_function_moves_the_learners_generator_on(server: ForkServer) -> None:
    def two(generator: np.random.Generator) -> float:
        return float(generator.normal() + generator.normal())

    with session(server) as talk:
        mine, twin = np.random.default_rng(9), np.random.default_rng(9)
        total = talk.function("apply_twice")(two, mine)

    assert total == sum(float(x) for x in (twin.normal() + twin.normal(), twin.normal() + twin.normal()))


def test_texts_have_the_same_hash_in_every_sandbox(config: CourseConfig, server: ForkServer) -> None:
    code = "raise ValueError(hash('a'), list({'spam', 'ham', 'eggs', 'bacon'}))"
    other = ForkServer(sandbox_limits(config))
    try:
        with server.sandbox() as one, other.sandbox() as two:
            errors = [sandbox.run_cell(1, code, seconds=5).text for sandbox in (one, two)]
    finally:
        other.close()

    assert errors[0] == errors[1] and "spam" in errors[0]
