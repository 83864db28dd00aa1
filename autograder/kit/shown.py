"""Show what the public checks of an exercise found, with a hint when the wrong answer is a well-known one.

The text of this module is copied into notebooks, so it needs nothing but numpy and the standard library.
"""

import hashlib
import html

import numpy as np

from autograder.kit.watch import NotAttempted, NotDefined, Thing, Watching, YourCodeStopped

RIGHT, WRONG, ERROR, UNTOUCHED, UNDEFINED = "right", "wrong", "stopped with an error", "not attempted", "not defined"
COLOURS = {RIGHT: "#2e8b57", WRONG: "#c0392b", ERROR: "#c0392b", UNTOUCHED: "#7f8c8d", UNDEFINED: "#7f8c8d"}
LARGEST = 20_000  # numbers in an answer; larger ones are not compared with well-known ones


class Shown(Watching):
    """A watched case that can show a page about all cases of its exercise."""

    def page(self, result, notebook):
        """Return what the notebook shows; `notebook.done` remembers the state of every exercise that was checked."""
        cases = [case.body for case in result.test_cases]
        rows = [(status_of(case.problem), case.name, str(case.problem or "")) for case in cases]
        failed = {case.test_func.__name__: ends_of(case.diary) for case in cases if case.problem is not None}
        hint = known(self.rules.hints, trace_of(failed)) if failed else ""
        page = Page(self.rules.name, rows, hidden=self.rules.hidden, hint=hint)
        notebook.done[self.rules.name] = page.state
        page.so_far = so_far(notebook.points, notebook.done) if page.state == RIGHT else ""
        return page


def status_of(problem):
    """Say in words what a check found."""
    kinds = {type(None): RIGHT, NotAttempted: UNTOUCHED, NotDefined: UNDEFINED, YourCodeStopped: ERROR}
    return kinds.get(type(problem), WRONG)


class Page:
    """What the public checks of one exercise found: as HTML for the notebook, as text for everything else."""

    def __init__(self, name, rows, *, hidden, hint="", so_far=""):
        self.name, self.rows, self.hidden, self.hint, self.so_far = name, rows, hidden, hint, so_far
        states = {row[0] for row in rows}
        same = states <= {UNTOUCHED} or states <= {UNDEFINED}
        self.state = RIGHT if states <= {RIGHT} else (min(states) if same else WRONG)

    def summary(self):
        """Return the sentence that says how many checks pass."""
        if self.state in (UNTOUCHED, UNDEFINED):
            return self.rows[0][2]
        count = sum(row[0] == RIGHT for row in self.rows)
        checks = f"{count} of {len(self.rows)} public checks pass."
        if self.state != RIGHT:
            return f"{self.name}: {checks}"
        many = f"{self.hidden} hidden checks run" if self.hidden != 1 else "1 hidden check runs"
        return f"{self.name} passed! {checks} {many} when your work is graded."

    def __repr__(self):
        parts = [self.summary()]
        if self.state == WRONG:
            for status, sentence, text in self.rows:
                parts.append("\n".join([f"{status}: {sentence}", *(f"    {line}" for line in text.splitlines())]))
        if self.hint:
            parts.append(f"Hint: {self.hint}")
        if self.so_far:
            parts.append(self.so_far)
        return "\n\n".join(parts)

    def _repr_html_(self):
        colour = COLOURS[self.state]
        parts = [f"<div style='border-left: 4px solid {colour}; padding: 2px 10px'>", f"<p><b>{escaped(self.summary())}</b></p>"]
        for status, sentence, text in self.rows if self.state == WRONG else ():
            word = f"<b style='color: {COLOURS.get(status, COLOURS[WRONG])}'>{escaped(status)}</b>"
            parts.append(f"<p style='margin: 8px 0 2px'>{word}: {escaped(sentence)}</p>")
            parts.append(f"<pre style='margin: 0 0 0 20px; white-space: pre-wrap'>{escaped(text)}</pre>" if text else "")
        parts.append(f"<p style='margin: 8px 0 2px'><b>Hint:</b> {escaped(self.hint)}</p>" if self.hint else "")
        parts.append(f"<p style='margin: 8px 0 2px'>{escaped(self.so_far)}</p>" if self.so_far else "")
        return "".join([*parts, "</div>"])


def escaped(text):
    """Return a text as HTML that shows it; a dollar sign would begin a formula."""
    return html.escape(text).replace("$", "&#36;").replace("`", "&#96;")


def so_far(points, done):
    """Return the progress line of a notebook: exercises and points whose public checks pass."""
    right = [name for name in points if done.get(name) == RIGHT]
    earned, possible = sum(points[name] for name in right), sum(points.values())
    carry = "It carries" if len(right) == 1 else "They carry"
    start = f"So far: {len(right)} of {len(points)} exercises pass their public checks."
    return f"{start} {carry} {earned} of {possible} points." if right else start


def spelled(value):
    """Write a value down so that equal answers are spelled alike: six digits, no types. Raises TypeError for odd things."""
    if value is None or isinstance(value, (bool, str, bytes)):
        return repr(value)
    if isinstance(value, Thing):
        return repr(value)
    if isinstance(value, np.generic):
        return spelled(value.item())
    if isinstance(value, (int, float)):
        small = abs(value) < 1e-12
        return "0" if small else (f"{value:.6g}" if abs(value) < 1e300 else repr(value))
    if isinstance(value, complex):
        return f"({spelled(value.real)} {spelled(value.imag)}j)"
    if isinstance(value, np.ndarray) and value.size <= LARGEST:
        return f"{value.shape}{spelled(value.ravel().tolist())}"
    if isinstance(value, (list, tuple)):
        return f"[{' '.join(spelled(item) for item in value)}]"
    if isinstance(value, (set, frozenset)):
        return f"{{{' '.join(sorted(spelled(item) for item in value))}}}"
    if isinstance(value, dict):
        return f"{{{' '.join(sorted(f'{spelled(key)}:{spelled(item)}' for key, item in value.items()))}}}"
    if callable(value):
        return "function"
    raise TypeError(type(value).__name__)


def ends_of(diary):
    """Return how every call of a check ended: (name of the call, answer or name of the error); None when that has no spelling."""
    try:
        errors = ["no answer" if call.error is None else type(call.error).__name__ for call in diary]
        return [(call.name, spelled(call.value) if call.came_back else error) for call, error in zip(diary, errors)]
    except TypeError:
        return None


def trace_of(failed):
    """Return the answers that the failed checks got, call by call, as one text; empty when one of them has no spelling."""
    if None in failed.values():
        return ""
    return "; ".join(f"{name}: {' '.join(f'{call}={end}' for call, end in ends)}" for name, ends in sorted(failed.items()))


def known(hints, trace):
    """Return the hint for a well-known wrong answer, or "".

    The table holds no answers: each hint can be read only with the wrong answers that it is about.
    """
    sealed = hints.get(label_of(trace), "") if trace else ""
    return crypted(bytes.fromhex(sealed), trace).decode("utf-8")


def label_of(trace):
    """Return the mark of a wrong answer in the table of hints."""
    return hashlib.sha256(f"which\0{trace}".encode()).hexdigest()[:16]


def crypted(data, trace):
    """Seal a hint with the wrong answers that it is about, or open it again."""
    stream = hashlib.shake_256(f"hint\0{trace}".encode()).digest(len(data))
    return bytes(one ^ other for one, other in zip(data, stream))
