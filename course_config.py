"""The course as data: title, dates, limits and rules. No logic; `mml lint` checks every entry."""

TITLE = "Mathematics for Machine Learning, auto-graded"

# One entry per folder of source/: when it opens and when it is due (with the offset from UTC).
ASSIGNMENTS = {
    "week01_numpy": {"opens": "2027-01-11T08:00:00+00:00", "due": "2027-01-19T23:59:00+00:00"},
    "week02_vectors": {"opens": "2027-01-18T08:00:00+00:00", "due": "2027-01-26T23:59:00+00:00"},
    "week03_decompositions": {"opens": "2027-01-25T08:00:00+00:00", "due": "2027-02-02T23:59:00+00:00"},
    "week04_derivatives": {"opens": "2027-02-01T08:00:00+00:00", "due": "2027-02-09T23:59:00+00:00"},
    "week05_curvature": {"opens": "2027-02-08T08:00:00+00:00", "due": "2027-02-16T23:59:00+00:00"},
    "week06_probability": {"opens": "2027-02-15T08:00:00+00:00", "due": "2027-02-23T23:59:00+00:00"},
    "week07_statistics": {"opens": "2027-02-22T08:00:00+00:00", "due": "2027-03-02T23:59:00+00:00"},
    "week08_optimization": {"opens": "2027-03-01T08:00:00+00:00", "due": "2027-03-09T23:59:00+00:00"},
    "week09_information_numerics": {"opens": "2027-03-08T08:00:00+00:00", "due": "2027-03-16T23:59:00+00:00"},
    "week10_case_studies": {"opens": "2027-03-15T08:00:00+00:00", "due": "2027-03-23T23:59:00+00:00"},
}

# Part of the points that must be reached, capstone included.
PASS_MARK = 0.7

# Points lost per started day after the due date, and the day from which nothing is accepted any more.
LATE_POLICY = {"loss_per_day": 0.1, "days_accepted": 5}

LIMITS = {
    "check_seconds": 2.0,  # computing time of one check; an exercise may ask for more
    "cell_seconds": 5.0,  # computing time of one of the learner's own cells
    "memory_mb": 1024,  # on top of what the libraries need
    "file_mb": 16,
    "scratch_mb": 32,
    "processes": 24,
    "open_files": 64,
    "output_chars": 200_000,
}

# Isolation layers without which grading refuses to start (see docs/security.md). `mml doctor` names those of a machine.
SANDBOX_FLOOR = ["rlimits", "no_new_privs", "parent_death", "landlock", "seccomp"]

FEEDBACK = {
    # Show the failing call of hidden checks. The inputs are generated from the course secret.
    "counterexamples_of_hidden_checks": True,
}

# The environment variable that holds the course secret. Without it a fixed word is used, which is fine for trying things.
SECRET_VARIABLE = "MML_COURSE_SECRET"
