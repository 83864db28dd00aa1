# %% [markdown]
# ### Learning-rate schedule
#
# Early in training you want long steps, because the minimum is far away. Late in training you want short ones, because
# the noise of the mini-batches keeps the weights moving. A schedule says which learning rate belongs to which step.
# Many schedules begin with a warm-up: the rate grows from a small value, until the running means of Adam are reliable.
#
# During the warm-up (`step < warmup`) the rate is $\text{base} \cdot (\text{step} + 1) / \text{warmup}$ for every kind.
# After it, let $s = \text{step} - \text{warmup}$ and $S = \text{total} - \text{warmup}$:
#
# | kind | rate |
# |---|---|
# | `"constant"` | $\text{base}$ |
# | `"step"` | $\text{base} \cdot \gamma^{\lfloor s / \text{every} \rfloor}$ |
# | `"exponential"` | $\text{base} \cdot \gamma^{s / \text{every}}$ |
# | `"cosine"` | $\text{low} + (\text{base} - \text{low}) \cdot \tfrac12 \left(1 + \cos \frac{\pi s}{S}\right)$ |
#
# Here $\text{low}$ is the argument `min_lr`. Only the cosine uses it. Only the second and the third kind use `gamma`
# and `every`.
#
# **By hand.** `base` 0.4, `warmup` 4, `total` 24, so $S = 20$. The warm-up gives 0.1, 0.2, 0.3, 0.4 in steps 0 to 3.
# Step 14 is half-way, because $s = 10$: the cosine is 0 there, and with `min_lr` 0 the rate is 0.2. With `gamma` 0.25
# and `every` 10, step 9 has $s = 5$: the kind `"step"` still gives 0.4, `"exponential"` gives
# $0.4 \cdot 0.25^{0.5} = 0.2$.
#
# Return the rate as a float.

# %%
from autograder.kit import T1, accepted, check, close, exercise, hidden, holds, misconception, raises

exercise(
    points=8,
    minutes=25,
    level=2,
    oracle="half-angle and repeated-product forms of the same schedules",
    section="Learning-rate schedules",
    topics=("r0-w8-learning-rate",),
)

# %%
import math


# %%
def lr_schedule(
    kind: str,
    step: int,
    total: int,
    base: float,
    warmup: int = 0,
    min_lr: float = 0.0,
    gamma: float = 0.1,
    every: int = 10,
) -> float:
    """Return the learning rate of one step.

    Parameters
    ----------
    kind : "constant", "step", "exponential" or "cosine"
    step : number of the step, 0 <= step <= total
    total : number of the last step
    base : the largest learning rate
    warmup : number of warm-up steps, 0 <= warmup < total
    min_lr : the rate at which the cosine ends
    gamma : the factor of the kinds "step" and "exponential"
    every : the number of steps after which this factor has been applied once, at least 1

    Returns
    -------
    float, the learning rate

    Raises
    ------
    ValueError : unknown kind, step not in 0..total, warmup not in 0..total - 1, or every < 1
    """
    ### BEGIN SOLUTION
    if kind not in ("constant", "step", "exponential", "cosine"):
        raise ValueError("unknown kind of schedule")
    if not 0 <= warmup < total or not 0 <= step <= total:
        raise ValueError("step must be in 0..total and warmup in 0..total - 1")
    if every < 1:
        raise ValueError("every must be at least 1")
    if step < warmup:
        return base * (step + 1) / warmup
    s, S = step - warmup, total - warmup
    if kind == "constant":
        return base
    if kind == "step":
        return base * gamma ** (s // every)
    if kind == "exponential":
        return base * gamma ** (s / every)
    return min_lr + (base - min_lr) * (1 + math.cos(math.pi * s / S)) / 2
    ### END SOLUTION


# %%
@check
def the_warm_up_of_the_example(lr_schedule):
    """With base 0.4 and 4 warm-up steps the steps 0 to 3 have the rates 0.1, 0.2, 0.3 and 0.4."""
    rates = [lr_schedule("cosine", step, 24, 0.4, warmup=4) for step in range(4)]
    close(rates, [0.1, 0.2, 0.3, 0.4], **T1, what="the rates of the steps 0 to 3")


# %%
@check
def the_decay_of_the_example(lr_schedule):
    """The cosine gives 0.2 at step 14; at step 9 "step" gives 0.4 and "exponential" gives 0.2."""
    close(lr_schedule("cosine", 14, 24, 0.4, warmup=4), 0.2, **T1, what="the cosine at step 14")
    rate = lr_schedule("step", 9, 24, 0.4, warmup=4, gamma=0.25, every=10)
    close(rate, 0.4, **T1, what='the kind "step" at step 9')
    rate = lr_schedule("exponential", 9, 24, 0.4, warmup=4, gamma=0.25, every=10)
    close(rate, 0.2, **T1, what='the kind "exponential" at step 9')


# %%
@check
def a_step_after_the_last_one_raises(lr_schedule):
    """Step 25 of 24 does not exist, so it raises ValueError."""
    raises(ValueError, lr_schedule, "constant", 25, 24, 0.4)


# %%
@hidden
def the_warm_up_ends_at_base(lr_schedule, rng):
    """For every kind the first rate is base / warmup, the last warm-up step has base, and so has the step after it."""
    for kind in ("constant", "step", "exponential", "cosine"):
        for warmup, total in ((1, 2), (2, 5), (7, 30)):
            base = float(rng.uniform(0.1, 2.0))
            first, last, after = (lr_schedule(kind, k, total, base, warmup=warmup) for k in (0, warmup - 1, warmup))
            close(first, base / warmup, **T1, what=f"{kind}: the rate of step 0")
            close(last, base, **T1, what=f"{kind}: the rate of the last warm-up step")
            close(after, base, **T1, what=f"{kind}: the rate of the step after the warm-up")


# %%
@hidden(weight=2)
def the_cosine_goes_from_base_to_min_lr(lr_schedule, rng):
    """The cosine is base after the warm-up, the mean of base and min_lr half-way, and min_lr at the last step."""
    for warmup, total in ((0, 2), (0, 10), (3, 9), (10, 110)):
        base, min_lr = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.01, 0.2))
        half = (warmup + total) // 2
        for step, expected in ((warmup, base), (half, (base + min_lr) / 2), (total, min_lr)):
            rate = lr_schedule("cosine", step, total, base, warmup=warmup, min_lr=min_lr)
            close(rate, expected, **T1, what=f"the cosine at step {step} of {total} with {warmup} warm-up steps")


# %%
@hidden
def the_cosine_has_the_right_shape(lr_schedule, rng):
    """Between its ends the rate is min_lr + (base - min_lr) times the square of the cosine of half the angle."""
    for warmup, total in ((0, 7), (5, 18), (20, 121)):
        base, min_lr = float(rng.uniform(0.5, 2.0)), float(rng.uniform(0.0, 0.2))
        for step in sorted({int(k) for k in rng.integers(warmup, total + 1, size=4)}):
            part = math.cos(math.pi * (step - warmup) / (2 * (total - warmup))) ** 2
            rate = lr_schedule("cosine", step, total, base, warmup=warmup, min_lr=min_lr)
            close(rate, min_lr * (1 - part) + base * part, **T1, what=f"the cosine at step {step} of {total}")


# %%
@hidden
def the_step_kind_falls_in_stairs(lr_schedule, rng):
    """The kind "step" multiplies by gamma once after every `every` steps, counted from the end of the warm-up."""
    for warmup, every in ((0, 1), (0, 3), (4, 3), (5, 10)):
        base, gamma = float(rng.uniform(0.1, 1.0)), float(rng.uniform(0.2, 0.9))
        expected = base
        for s in range(3 * every):
            if s > 0 and s % every == 0:
                expected *= gamma
            if s % every in (0, every - 1):
                rate = lr_schedule("step", warmup + s, 40, base, warmup=warmup, gamma=gamma, every=every)
                close(rate, expected, **T1, what=f"the rate {s} steps after {warmup} warm-up steps")


# %%
@hidden
def the_exponential_kind_falls_by_a_fixed_factor(lr_schedule, rng):
    """The kind "exponential" falls by the same factor in every step, and by gamma in `every` steps."""
    for warmup, every in ((0, 2), (0, 5), (6, 4)):
        base, gamma = float(rng.uniform(0.1, 1.0)), float(rng.uniform(0.2, 0.9))
        options = {"warmup": warmup, "gamma": gamma, "every": every}
        rates = [lr_schedule("exponential", warmup + s, 30, base, **options) for s in range(every + 1)]
        for s in range(every):
            expected = rates[s] * math.exp(math.log(gamma) / every)
            close(rates[s + 1], expected, **T1, what=f"the rate {s + 1} steps after {warmup} warm-up steps")
        close(rates[-1], base * gamma, **T1, what=f"the rate {every} steps after {warmup} warm-up steps")


# %%
@hidden
def the_constant_kind_stays_and_no_kind_rises(lr_schedule):
    """After the warm-up "constant" stays at base, and no kind ever rises."""
    for kind in ("constant", "step", "exponential", "cosine"):
        rates = [lr_schedule(kind, step, 36, 0.3, warmup=6, min_lr=0.01, gamma=0.5, every=7) for step in range(6, 37)]
        for step, (rate, later) in enumerate(zip(rates, rates[1:]), start=7):
            holds(later <= rate + 1e-12, f'The kind "{kind}" should not rise at step {step}.')
        if kind == "constant":
            close(rates, [0.3] * 31, **T1, what='the rates of the kind "constant"')


# %%
@hidden
def by_default_the_rate_falls_by_a_tenth_in_ten_steps(lr_schedule):
    """When nothing else is given there is no warm-up, gamma is 0.1 and `every` is 10."""
    close(lr_schedule("exponential", 5, 20, 0.8), 0.8 * 0.1**0.5, **T1, what='the kind "exponential" at step 5')


# %%
@hidden
def bad_input_raises(lr_schedule):
    """A negative step, an unknown kind, a warm-up without an end and `every` below 1 raise ValueError."""
    raises(ValueError, lr_schedule, "cosine", -1, 10, 0.1)
    raises(ValueError, lr_schedule, "cosine", 11, 10, 0.1)
    raises(ValueError, lr_schedule, "linear", 3, 10, 0.1)
    raises(ValueError, lr_schedule, "linear", 1, 10, 0.1, warmup=5)
    raises(ValueError, lr_schedule, "cosine", 3, 10, 0.1, warmup=10)
    raises(ValueError, lr_schedule, "constant", 3, 10, 0.1, warmup=-1)
    raises(ValueError, lr_schedule, "step", 3, 10, 0.1, every=0)


# %%
@accepted
def with_a_table_of_functions(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    shapes = {
        "constant": lambda s: 1.0,
        "step": lambda s: math.prod([gamma] * int(s // every)),
        "exponential": lambda s: math.exp(s / every * math.log(gamma)),
        "cosine": lambda s: min_lr / base + (1 - min_lr / base) * math.cos(math.pi * s / (total - warmup) / 2) ** 2,
    }
    if kind not in shapes or step not in range(total + 1) or warmup not in range(total) or every <= 0:
        raise ValueError("not possible")
    return base * min(1.0, (step + 1) / warmup) if step < warmup else base * shapes[kind](step - warmup)


# %%
@accepted
def one_case_after_the_other(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    if step < 0 or step > total or warmup < 0 or warmup >= total or every < 1:
        raise ValueError("out of range")
    after = step - warmup
    if kind == "constant":
        rate = base
    elif kind == "step":
        rate = base
        for _ in range(max(after, 0) // every):
            rate = rate * gamma
    elif kind == "exponential":
        rate = base * (gamma ** (1 / every)) ** after
    elif kind == "cosine":
        rate = (base + min_lr) / 2 + (base - min_lr) / 2 * math.cos(math.pi * after / (total - warmup))
    else:
        raise ValueError("unknown kind")
    return rate if after >= 0 else base / warmup * (step + 1)


# %%
@misconception(
    caught_by="the_cosine_goes_from_base_to_min_lr",
    hint="The decay starts after the warm-up and has total - warmup steps: divide by S, not by total.",
)
def cosine_over_total(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    if kind not in ("constant", "step", "exponential", "cosine") or every < 1:
        raise ValueError("kind or every")
    if not 0 <= warmup < total or not 0 <= step <= total:
        raise ValueError("step or warmup")
    if step < warmup:
        return base * (step + 1) / warmup
    s = step - warmup
    if kind == "cosine":
        return min_lr + (base - min_lr) * (1 + math.cos(math.pi * s / total)) / 2
    return base * {"constant": 1.0, "step": gamma ** (s // every), "exponential": gamma ** (s / every)}[kind]


# %%
@misconception(
    caught_by="the_exponential_kind_falls_by_a_fixed_factor",
    hint="s // every belongs to the step schedule. The exponential one falls in every step: s / every.",
)
def exponential_in_stairs(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    if kind not in ("constant", "step", "exponential", "cosine") or every < 1:
        raise ValueError("kind or every")
    if not 0 <= warmup < total or not 0 <= step <= total:
        raise ValueError("step or warmup")
    if step < warmup:
        return base * (step + 1) / warmup
    s, S = step - warmup, total - warmup
    if kind == "cosine":
        return min_lr + (base - min_lr) * (1 + math.cos(math.pi * s / S)) / 2
    return base if kind == "constant" else base * gamma ** (s // every)


# %%
@misconception(
    caught_by="the_warm_up_of_the_example",
    hint="With step / warmup the first rate is 0 and the first step does nothing. Use (step + 1) / warmup.",
)
def warm_up_from_zero(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    if kind not in ("constant", "step", "exponential", "cosine") or every < 1:
        raise ValueError("kind or every")
    if not 0 <= warmup < total or not 0 <= step <= total:
        raise ValueError("step or warmup")
    if step < warmup:
        return base * step / warmup
    s, S = step - warmup, total - warmup
    if kind == "cosine":
        return min_lr + (base - min_lr) * (1 + math.cos(math.pi * s / S)) / 2
    return base * {"constant": 1.0, "step": gamma ** (s // every), "exponential": gamma ** (s / every)}[kind]


# %%
@misconception(
    caught_by="the_step_kind_falls_in_stairs",
    hint="Count the decay from the end of the warm-up: s = step - warmup.",
)
def decay_counts_the_warm_up(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    if kind not in ("constant", "step", "exponential", "cosine") or every < 1:
        raise ValueError("kind or every")
    if not 0 <= warmup < total or not 0 <= step <= total:
        raise ValueError("step or warmup")
    if step < warmup:
        return base * (step + 1) / warmup
    if kind == "cosine":
        return min_lr + (base - min_lr) * (1 + math.cos(math.pi * step / total)) / 2
    return base * {"constant": 1.0, "step": gamma ** (step // every), "exponential": gamma ** (step / every)}[kind]


# %%
@misconception(
    caught_by="the_cosine_goes_from_base_to_min_lr",
    hint="The cosine starts at base, not at base + min_lr. Only the difference base - min_lr decays.",
)
def adds_min_lr_on_top(kind, step, total, base, warmup=0, min_lr=0.0, gamma=0.1, every=10):
    if kind not in ("constant", "step", "exponential", "cosine") or every < 1:
        raise ValueError("kind or every")
    if not 0 <= warmup < total or not 0 <= step <= total:
        raise ValueError("step or warmup")
    if step < warmup:
        return base * (step + 1) / warmup
    s, S = step - warmup, total - warmup
    if kind == "cosine":
        return min_lr + base * (1 + math.cos(math.pi * s / S)) / 2
    return base * {"constant": 1.0, "step": gamma ** (s // every), "exponential": gamma ** (s / every)}[kind]
