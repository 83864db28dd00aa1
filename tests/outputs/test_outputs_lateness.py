"""Claims about late and missing work."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from autograder.authoring.config import Dates
from autograder.batch.roster import Person, write_roster
from autograder.batch.store import FILE, Store
from autograder.outputs.classpage import write_class_page
from autograder.outputs.lateness import deadline, missing_names

WEEK = "week99_fake"
DUE = datetime(2027, 1, 19, 23, 59, tzinfo=UTC)


@pytest.fixture
def course(config):
    policy = replace(config.late_policy, loss_per_day=0.1, days_accepted=5)
    return replace(config, assignments={WEEK: Dates(DUE - timedelta(days=8), DUE)}, late_policy=policy)


def test_late_work_is_counted_in_started_days_with_what_the_policy_takes(course):
    after = {"exact": 0, "a_minute": 1 / 1440, "a_day": 1, "more": 1.01, "too_late": 5.5}
    times = {name: DUE + timedelta(days=days) for name, days in after.items()} | {"unknown": None}

    found = deadline(times, WEEK, course)
    assert [(one.learner, one.days, round(one.loss, 9), one.is_accepted) for one in found.late] == [
        ("too_late", 6, 0.6, False), ("more", 2, 0.2, True), ("a_day", 1, 0.1, True), ("a_minute", 1, 0.1, True),
    ]  # fmt: skip
    assert (found.unknown, found.total) == (1, 6)


def test_times_in_other_zones_are_compared_with_the_due_date(course):
    from zoneinfo import ZoneInfo

    assert deadline({"ada": datetime(2027, 1, 20, 0, 30, tzinfo=ZoneInfo("Europe/Berlin"))}, WEEK, course).late == ()


def test_nothing_is_said_without_a_due_date(course):
    assert deadline({}, "another_week", course) is None and deadline({}, WEEK, None) is None


def test_the_class_page_names_who_was_late_and_says_nothing_about_missing_work_without_a_class_list(out, course):
    with Store(out / FILE) as store:
        store.connection.execute("UPDATE submission SET submitted_at = '2027-01-21T10:00:00+00:00' WHERE learner = 'bob'")
        page = write_class_page(store, out, course=course)[0].read_text(encoding="utf-8")

    assert "2027-01-21 10:00 UTC" in page and "takes 20 %" in page and "4 of 5" in page
    assert "roster" not in page and missing_names(out, []) is None


def test_who_is_on_the_class_list_and_sent_nothing_is_named(out):
    write_roster(out, [Person(name, enrolled="yes") for name in ("ada", "zoe", "<b>yan</b>")], [])
    with Store(out / FILE) as store:
        page = write_class_page(store, out)[0].read_text(encoding="utf-8")

    assert missing_names(out, ["ada"]) == ("<b>yan</b>", "zoe") and missing_names(out, ["ada", "zoe", "<b>yan</b>"]) == ()
    assert "without a submission: <span class=\"names\">&lt;b&gt;yan&lt;/b&gt;, zoe</span>" in page
