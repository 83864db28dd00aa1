"""Measure this grader beside others, on the same submissions."""
