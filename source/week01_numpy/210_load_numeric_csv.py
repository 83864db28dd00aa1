# %% [markdown]
# ### Load a table from a file
#
# Real data come as files, and real files have gaps, quotes and typing errors. A reader that guesses does more harm
# than one that stops: you would train on wrong numbers and never know. So this one reads what is clear, marks what is
# missing, and stops at everything else with the number of the line.
#
# A CSV file is plain text. Its first line holds the names of the columns, every other line holds one row. Commas
# separate the cells. A cell in double quotes may contain a comma itself. The module `csv` knows these rules. A missing
# cell becomes NaN, "not a number": arithmetic with it gives NaN again, so a gap cannot pass for a measurement.
#
# **By hand.** A file with the four lines
#
# ```text
# day,"rain, mm"
# 1,0.5
# 2,NA
# 3,
# ```
#
# has the names `["day", "rain, mm"]` and the table $\begin{pmatrix} 1 & 0.5 \\ 2 & \text{NaN} \\ 3 & \text{NaN}
# \end{pmatrix}$ of shape $(3, 2)$. If line 3 were `2,much`, the function would raise a ValueError such as
# "line 3: 'much' is no number".
#
# Return the names and the table. Open the file in a `with` block: it closes the file, also when an error stops you.
# Two arguments of `open` help: `newline=""` leaves the line ends to the module `csv`, and `encoding="utf-8-sig"` takes
# away an invisible mark that some programs write at the start of a file.

# %%
import re

from autograder.kit import a_file, accepted, array, check, close, exercise, helper, hidden, holds, misconception
from autograder.kit import raises, same

exercise(
    points=8,
    minutes=25,
    level=2,
    banned=("numpy.loadtxt", "numpy.genfromtxt", "numpy.fromregex", "numpy.recfromcsv"),
    oracle="numpy.genfromtxt, and the numbers that were written",
    section="Reading data",
    topics=("r0-w1-goal", "r3-2-file-io", "r3-3-2-missing-values", "r4-p1-pandas", "r4-p2-pandas"),
)

# %%
import csv

import numpy as np


# %%
def load_numeric_csv(
    path: str, missing: set[str] | frozenset[str] = frozenset({"", "NA"})
) -> tuple[list[str], np.ndarray]:
    """Read a CSV file of numbers with a line of names at its top.

    Parameters
    ----------
    path : name of a text file (UTF-8, with or without a byte-order mark); cells may stand in double quotes
    missing : texts that stand for a missing number; a cell with exactly one of these texts becomes NaN

    Returns
    -------
    (names, table) : list of d texts and array of float64 of shape (n, d).
        One row per line below the names; empty lines are skipped. Without any such line the shape is (0, d).

    Raises
    ------
    ValueError : the file is empty; or a row does not have d cells; or a cell is neither missing nor a number that
        float() reads. In the last two cases the message contains the number of the line in the file; the line of names
        is line 1.
    """
    ### BEGIN SOLUTION
    with open(path, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num}: expected {len(names)} cells, got {len(cells)}")
            row = []
            for cell in cells:
                try:
                    row.append(np.nan if cell in missing else float(cell))
                except ValueError:
                    raise ValueError(f"line {reader.line_num}: {cell!r} is no number") from None
            rows.append(row)
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))
    ### END SOLUTION


# %%
@helper
def as_text(names, table):
    """Return the text of a CSV file that holds these names and numbers without loss."""
    lines = [",".join(names), *(",".join(repr(float(cell)) for cell in row) for row in table)]
    return "\n".join(lines) + "\n"


@helper
def complaint(load, text):
    """Return the message of the ValueError that a broken file gives."""
    path = a_file(text)
    raises(ValueError, load, path)
    try:
        load(path)
    except ValueError as problem:
        return str(problem)
    return ""


@helper
def names_line(message, number):
    """Fail unless the message contains the number of the broken line."""
    numbers = re.findall(r"\b\d+\b", message)
    holds(
        str(number) in numbers,
        f"The broken row stands in line {number} of the file (the names are line 1); the error should say so.",
    )


# %%
@check
def works_for_the_example(load_numeric_csv):
    """The file of the example gives two names and a table of three rows with two gaps."""
    names, table = load_numeric_csv(a_file('day,"rain, mm"\n1,0.5\n2,NA\n3,\n'))
    same(names, ["day", "rain, mm"], what="the names")
    expected = np.array([[1.0, 0.5], [2.0, np.nan], [3.0, np.nan]])
    close(array(table, (3, 2), what="the table"), expected, what="the table")


# %%
@check
def a_word_among_the_numbers_raises(load_numeric_csv):
    """A cell that is neither a number nor missing raises ValueError."""
    raises(ValueError, load_numeric_csv, a_file("day,rain\n1,0.5\n2,much\n"))


# %%
@hidden(weight=2)
def what_was_written_comes_back(load_numeric_csv, rng):
    """Numbers that were written to a file with all their digits come back exactly."""
    for n, d in ((1, 1), (1, 3), (3, 1), (2, 2), (6, 4), (40, 5)):
        table = rng.normal(size=(n, d)) * 10.0 ** rng.integers(-12, 12, size=(n, d))
        wanted = [f"column {k}" for k in range(d)]
        names, got = load_numeric_csv(a_file(as_text(wanted, table)))
        same(names, wanted, what="the names")
        same(array(got, (n, d), what="the table"), table, what="the table")


# %%
@hidden
def agrees_with_an_independent_reader(load_numeric_csv, rng):
    """A file without gaps gives the table that a library reads."""
    for n, d in ((2, 2), (9, 3)):
        numbers = rng.integers(-50, 50, size=(n, d)) / 4
        path = a_file(as_text([f"c{k}" for k in range(d)], numbers))
        _, got = load_numeric_csv(path)
        expected = np.genfromtxt(path, delimiter=",", skip_header=1).reshape(n, d)
        same(array(got, (n, d), what="the table"), expected, what="the table")


# %%
@hidden
def missing_cells_become_nan_and_their_rows_stay(load_numeric_csv):
    """A missing cell becomes NaN, and the rest of its row is kept."""
    nan = np.nan
    expected = np.array([[nan, 1.0, 2.5], [3.0, nan, -4.0], [5e-3, 6.0, nan], [nan, nan, nan], [7.0, 8.0, 9.0]])
    _, table = load_numeric_csv(a_file("a,b,c\n,1,2.5\n3,NA,-4\n5e-3,6,\nNA,,NA\n7,8,9\n"))
    same(array(table, (5, 3), what="the table"), expected, what="the table")


# %%
@hidden
def the_words_for_missing_can_be_chosen(load_numeric_csv):
    """Only the texts in `missing` stand for a missing number."""
    path = a_file("a,b\n-999,1\n2,?\n")
    _, table = load_numeric_csv(path, missing=frozenset({"-999", "?"}))
    same(array(table, (2, 2), what="the table"), np.array([[np.nan, 1.0], [2.0, np.nan]]), what="the table")
    _, table = load_numeric_csv(a_file("a\n-999\n4\n"))
    same(array(table, (2, 1), what="the table"), np.array([[-999.0], [4.0]]), what="the table")
    raises(ValueError, load_numeric_csv, a_file("a,b\n1,NA\n"), missing={"?"})
    raises(ValueError, load_numeric_csv, a_file("a,b\n1,\n"), {"?"})


# %%
@hidden
def a_quoted_cell_may_contain_a_comma(load_numeric_csv):
    """A comma inside double quotes belongs to the cell, and the quotes do not."""
    names, table = load_numeric_csv(a_file('"length, cm","width, cm","the ""best"" one"\n"1.5",2,"3"\n4,"5",6\n'))
    same(names, ["length, cm", "width, cm", 'the "best" one'], what="the names")
    same(array(table, (2, 3), what="the table"), np.array([[1.5, 2.0, 3.0], [4.0, 5.0, 6.0]]), what="the table")


# %%
@hidden
def the_invisible_mark_is_no_part_of_a_name(load_numeric_csv):
    """A byte-order mark at the start of the file does not become part of the first name."""
    names, table = load_numeric_csv(a_file("\ufeffx,y\n1,2\n"))
    same(names, ["x", "y"], what="the names")
    same(array(table, (1, 2), what="the table"), np.array([[1.0, 2.0]]), what="the table")


# %%
@hidden
def line_ends_and_empty_lines_do_no_harm(load_numeric_csv):
    """Empty lines are skipped, and the line ends of every system work."""
    expected = np.array([[1.0, 2.0], [3.0, 4.0]])
    for text in ("x,y\n1,2\n3,4", "x,y\n1,2\n3,4\n\n", "x,y\r\n1,2\r\n3,4\r\n\r\n", "x,y\n1,2\n\n3,4\n"):
        names, table = load_numeric_csv(a_file(text))
        same(names, ["x", "y"], what=f"the names of {text!r}")
        same(array(table, (2, 2), what=f"the table of {text!r}"), expected, what=f"the table of {text!r}")


# %%
@hidden
def a_file_without_rows_gives_an_empty_table(load_numeric_csv):
    """A file that holds only the names gives a table of shape (0, d)."""
    for text, d in (("x,y,z\n", 3), ("x", 1)):
        names, table = load_numeric_csv(a_file(text))
        same(len(names), d, what="the number of names")
        array(table, (0, d), what="the table")


# %%
@hidden
def a_row_of_another_length_raises(load_numeric_csv):
    """A row with too few or too many cells raises ValueError."""
    for text in ("x,y\n1\n", "x,y\n1,2\n3,4,5\n", "x,y,z\n1,2,3\n4,5\n", "x\n1,\n"):
        raises(ValueError, load_numeric_csv, a_file(text))
    raises(ValueError, load_numeric_csv, a_file(""))


# %%
@hidden
def the_error_names_the_line(load_numeric_csv, rng):
    """The error contains the number of the broken line, where the line of names is line 1."""
    for good in (0, 1, 3, 9):
        table = rng.integers(100, 999, size=(good, 2)) / 8
        start = as_text(["x", "y"], table)
        names_line(complaint(load_numeric_csv, start + "x,0.5\n0.5,0.25\n"), good + 2)
        # More rows follow, so that the number of rows is not the number of the line.
        names_line(complaint(load_numeric_csv, start + "0.5\n" + 4 * "0.25,0.75\n"), good + 2)


# %%
@accepted
def one_dictionary_per_line(path, missing=frozenset({"", "NA"})):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        lines = csv.DictReader(stream, restkey="too many", restval=None)
        names = list(lines.fieldnames or [])
        if not names:
            raise ValueError("no names")
        columns = {name: [] for name in names}
        for record in lines:
            if "too many" in record or None in record.values():
                raise ValueError(f"wrong number of cells (line {lines.line_num})")
            for name, cell in record.items():
                try:
                    columns[name].append(float("nan") if cell in missing else float(cell))
                except ValueError as problem:
                    raise ValueError(f"{problem} (line {lines.line_num})") from problem
    return names, np.column_stack([np.array(column, dtype=float) for column in columns.values()])


# %%
@accepted
def all_lines_first(path, missing=frozenset({"", "NA"})):
    with open(path, "rb") as stream:
        text = stream.read().decode("utf-8").removeprefix("\ufeff")
    records = list(csv.reader(text.splitlines()))
    if not records:
        raise ValueError("nothing in the file")
    names, width = records[0], len(records[0])
    table = np.empty((0, width))
    for number in range(2, len(records) + 1):
        cells = records[number - 1]
        if len(cells) == 0:
            continue
        try:
            numbers = [float("nan" if cell in missing else cell) for cell in cells]
        except ValueError:
            raise ValueError("no number in line " + str(number)) from None
        if len(numbers) != width:
            raise ValueError("wrong length in line " + str(number))
        table = np.vstack([table, numbers])
    return names, table


# %%
@misconception(
    caught_by="a_quoted_cell_may_contain_a_comma",
    hint="A quoted cell may contain a comma, so split does not work; the module csv knows the rules.",
)
def splits_at_every_comma(path, missing=frozenset({"", "NA"})):
    with open(path, encoding="utf-8-sig") as stream:
        lines = stream.read().splitlines()
    if not lines or not lines[0]:
        raise ValueError("the file is empty")
    names = [name.strip('"') for name in lines[0].split(",")]
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        cells = [cell.strip('"') for cell in line.split(",")]
        if len(cells) != len(names):
            raise ValueError(f"line {number}: expected {len(names)} cells")
        try:
            rows.append([np.nan if cell in missing else float(cell) for cell in cells])
        except ValueError:
            raise ValueError(f"line {number}: not a number") from None
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))


# %%
@misconception(
    caught_by="missing_cells_become_nan_and_their_rows_stay",
    hint="0 is a measurement, 'unknown' is not; use NaN.",
)
def missing_becomes_zero(path, missing=frozenset({"", "NA"})):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num}: expected {len(names)} cells")
            try:
                rows.append([0.0 if cell in missing else float(cell) for cell in cells])
            except ValueError:
                raise ValueError(f"line {reader.line_num}: not a number") from None
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))


# %%
@misconception(
    caught_by="missing_cells_become_nan_and_their_rows_stay",
    hint="Keep the row; dropping data is a decision for later.",
)
def rows_with_a_gap_disappear(path, missing=frozenset({"", "NA"})):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num}: expected {len(names)} cells")
            try:
                row = [np.nan if cell in missing else float(cell) for cell in cells]
            except ValueError:
                raise ValueError(f"line {reader.line_num}: not a number") from None
            if not np.any(np.isnan(row)):
                rows.append(row)
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))


# %%
@misconception(
    caught_by="the_invisible_mark_is_no_part_of_a_name",
    hint="The first name begins with an invisible mark; the encoding utf-8-sig takes it away.",
)
def the_mark_stays_in_the_first_name(path, missing=frozenset({"", "NA"})):
    with open(path, newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num}: expected {len(names)} cells")
            try:
                rows.append([np.nan if cell in missing else float(cell) for cell in cells])
            except ValueError:
                raise ValueError(f"line {reader.line_num}: not a number") from None
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))


# %%
@misconception(
    caught_by="the_error_names_the_line",
    hint="Count as an editor does: the line of names is line 1, so the first row stands in line 2.",
)
def counts_rows_instead_of_lines(path, missing=frozenset({"", "NA"})):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for number, cells in enumerate(reader):
            if not cells:
                continue
            if len(cells) != len(names):
                raise ValueError(f"row {number}: wrong number of cells")
            try:
                rows.append([np.nan if cell in missing else float(cell) for cell in cells])
            except ValueError:
                raise ValueError(f"row {number}: not a number") from None
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))


# %%
@misconception(
    caught_by="a_row_of_another_length_raises",
    hint="A row that is too short or too long is broken, not a row with gaps; raise ValueError and name its line.",
)
def fills_up_short_rows(path, missing=frozenset({"", "NA"})):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for cells in reader:
            if not cells:
                continue
            row = [np.nan] * len(names)
            for k in range(min(len(cells), len(names))):
                try:
                    row[k] = np.nan if cells[k] in missing else float(cells[k])
                except ValueError:
                    raise ValueError(f"line {reader.line_num}: not a number") from None
            rows.append(row)
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))


# %%
@misconception(
    caught_by="a_word_among_the_numbers_raises",
    hint="Only the texts in missing stand for a gap; any other text is an error in the file, so raise ValueError.",
)
def every_text_becomes_nan(path, missing=frozenset({"", "NA"})):
    with open(path, newline="", encoding="utf-8-sig") as stream:
        reader = csv.reader(stream)
        names = next(reader, None)
        if not names:
            raise ValueError("the file is empty")
        rows = []
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(names):
                raise ValueError(f"line {reader.line_num}: expected {len(names)} cells")
            row = []
            for cell in cells:
                try:
                    row.append(np.nan if cell in missing else float(cell))
                except ValueError:
                    row.append(np.nan)
            rows.append(row)
    return names, np.array(rows, dtype=float).reshape(len(rows), len(names))
