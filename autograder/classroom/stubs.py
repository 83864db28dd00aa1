"""Take solutions out of the source notebook so that nbgrader's release has the same stubs as ours."""

from __future__ import annotations

from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from autograder.authoring.stub import stub_of


class NamedStubs(ClearSolutions):
    """Puts the name of the exercise into its stub; for any other cell it does what nbgrader does."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Replace one solution by its stub."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if cell.cell_type == "code" and name.endswith("-answer") and self.begin_solution_delimeter in cell.source:
            cell.source = stub_of(cell.source, name.removesuffix("-answer"))
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)
