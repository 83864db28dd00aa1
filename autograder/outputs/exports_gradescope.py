"""Write one results.json for every learner, in the format of Gradescope's autograders.

Gradescope documents no import of scores for programming assignments: scores come from the results.json that its own
autograder writes ("Autograder Specifications"), or are typed in. To have scores in Gradescope, upload the archive of
`mml bundle gradescope`. The files here hold the same contents for the record and for programs; index.csv says whose
they are.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from autograder.authoring.config import CourseConfig
from autograder.batch.names import file_names
from autograder.batch.roster import Table
from autograder.batch.store import Store
from autograder.errors import UsageProblem
from autograder.outputs.exports import Export, choose_facts, grades, look_over, write_table
from autograder.outputs.gradescope import results
from autograder.outputs.plain import points_text, write_text

INDEX = "index.csv"
HEADER = ["learner", "name", "email", "assignment", "file", "status", "score", "max_score"]
LATE = ["late_days", "late_penalty", "final_score"]
# Staff have these files; whoever hands them on decides what learners see of hidden checks.
HIDDEN = "hidden"


def export_gradescope(store: Store, out: Path, target: Path, *, week: str | None, course: CourseConfig | None) -> Export:
    """Write TARGET/<assignment>/<learner>/results.json and TARGET/index.csv in place of an earlier export.

    Raises UsageProblem when the folder holds something else.
    """
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not (target / INDEX).is_file())):
        raise UsageProblem(f"{target} exists and is no earlier export. Choose another --out.")
    fresh = target.with_name(f".{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    export = Export([target])
    lines: list[list[str]] = []
    for facts in choose_facts(store, week):
        rows = grades(store, out, facts, course=course)
        look_over(export, rows)
        names = file_names([row.report.learner for row in rows])
        for row in rows:
            file = f"{facts.name}/{names[row.report.learner]}/results.json"
            text = json.dumps(results(row.report, hidden_visibility=HIDDEN), indent=1, ensure_ascii=False, allow_nan=False)
            write_text(fresh / file, text + "\n")
            who = [row.person.learner, row.person.name, row.person.email, facts.name, file, row.report.status.value]
            score = "" if row.score is None else points_text(row.score)
            lines.append([*who, score, points_text(row.possible), *(row.late_texts if course else ())])
    write_table(fresh / INDEX, Table([*HEADER, *(LATE if course else [])], lines))
    shutil.rmtree(target, ignore_errors=True)
    os.replace(fresh, target)
    export.written = len(lines)
    export.hints.append(
        "Gradescope imports no scores of programming assignments. "
        "To grade there, upload the archive of: mml bundle gradescope WEEK"
    )
    return export
