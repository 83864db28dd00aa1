"""Code is judged without running it: stubs by their skeleton, bans through helpers and aliases."""

from __future__ import annotations

import pytest

from autograder.grading.code import Code

STUB = 'def f(A: int) -> float:\n    """Contract."""\n    # YOUR CODE HERE\n    raise NotImplementedError("f: not attempted yet")'


@pytest.mark.parametrize(
    ("source", "untouched"),
    [
        (STUB, True),
        ('def f(A):\n    raise NotImplementedError("f: not attempted yet")', True),
        (STUB.replace("# YOUR CODE HERE", "# my plan: pivot first"), True),
        ("def f(A):\n    return 1.0", False),
        ("x = 1", False),
        (STUB + "\n\ndef f(A):\n    return 2.0", False),
    ],
)
def test_a_stub_is_recognised_whatever_its_comments(source: str, untouched: bool) -> None:
    assert Code([source]).is_untouched("f", STUB) is untouched


BANNED = ("numpy.linalg.det", "sum", "numpy.linalg.eig*", "*.dot", "@")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import numpy as np\ndef f(A): return np.linalg.det(A)", "numpy.linalg.det"),
        ("from numpy.linalg import det as d\ndef f(A): return d(A)", "numpy.linalg.det"),
        ("from numpy import linalg\ndef f(A): return linalg.eigh(A)", "numpy.linalg.eigh"),
        ("def f(A):\n    import numpy.linalg as la\n    return la.eigvals(A)", "numpy.linalg.eigvals"),
        ("import numpy as np\ndef h(A): return np.linalg.det(A)\ndef f(A): return h(A)", "numpy.linalg.det"),
        ("def f(x): return sum(x)", "sum"),
        ("def f(A): return A @ A", "@"),
        ("import numpy as np\ndef f(A): return np.asarray(A).dot(A)", "?.dot"),
        ("def sum(x): return 0\ndef f(x): return sum(x)", ""),
        ("import numpy as np\ndef g(A): return np.linalg.det(A)\ndef f(A): return 1", ""),
        ("def f(A): return 'numpy.linalg.det'", ""),
        ("def f(A: broken", ""),
        ("from numpy.linalg import (  # all\n    eig,\n    det as d,\n)\ndef f(A): return d(A)", "numpy.linalg.det"),
        ("import math; import numpy.linalg as la\ndef f(A): return la.det(A)", "numpy.linalg.det"),
        ("from math import \\\n  fsum as sum\ndef f(A): return sum(A)", ""),
        ("def \\\n  f(x): return sum(x)", "sum"),
        ("def ｆ(x): return ｓum(x)", "sum"),  # other forms of the same letters, which Python takes for the same
        ("def a·b(x): return sum(x)\ndef f(x): return a·b(x)", "sum"),
        ("import numpy.linalg as ｌa\ndef f(A): return la.det(A)", "numpy.linalg.det"),
        ("sum = max\ndef f(x): return sum(x)", ""),
    ],
)
def test_bans_are_found_where_the_function_reaches(source: str, found: str) -> None:
    assert Code([source]).banned_use("f", BANNED) == found


def test_helpers_and_imports_are_found_in_every_cell_and_the_last_definition_counts() -> None:
    cells = ["def h(A): return la.det(A)", "def f(A): return h(A)", "import numpy.linalg as la", "x = (1,", "y = 2"]

    assert Code(cells).banned_use("f", BANNED) == "numpy.linalg.det"
    assert Code([*cells, "def h(A): return 1"]).banned_use("f", BANNED) == ""
    assert Code([*cells, "def f(A): return 1"]).banned_use("f", BANNED) == ""
    assert Code([*cells, "import math as la"]).banned_use("f", BANNED) == ""
