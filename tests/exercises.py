"""Exercises that several tests put into courses of their own."""

DOUBLE = '''\
# %% [markdown]
# ### Double a number
#
# Return twice the number. **By hand.** 3 becomes 6.

# %%
from autograder.kit import accepted, check, exercise, hidden, misconception, same

exercise(points=5, minutes=3, level=1, topics=("t",))


# %%
def double(n: int) -> int:
    """Return two times n."""
    ### BEGIN SOLUTION
    return 2 * n
    ### END SOLUTION


# %%
@check
def three_becomes_six(double):
    """Three becomes six."""
    same(double(3), 6)


# %%
@hidden(weight=2)
def any_number_is_doubled(double, rng):
    """Any whole number is doubled."""
    for number in rng.integers(-50, 50, size=5):
        same(double(int(number)), 2 * int(number))


# %%
@accepted
def by_adding(n):
    return n + n


# %%
@misconception(caught_by="any_number_is_doubled", hint="Twice is not plus three.")
def adds_three(n):
    return n + 3


# %%
@misconception(caught_by="three_becomes_six", hint="Twice is not the square.")
def squares(n):
    return n * n
'''
