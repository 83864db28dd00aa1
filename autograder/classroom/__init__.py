"""Lay out a cohort as nbgrader's course folder, and grade in it with our own grader."""
