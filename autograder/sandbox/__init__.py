"""Two processes: the grader on one side, the learner's code on the other, and data between them."""
