"""Take points off for lateness, by nbgrader's own means."""

from __future__ import annotations

import math

from nbgrader.plugins import BasePlugin
from traitlets import Float, Integer

SECONDS_PER_DAY = 86_400


class LatePenalty(BasePlugin):
    """Takes a part of the earned points for every started day; after the last accepted day nothing is left."""

    loss_per_day = Float(0.0, help="The part of the earned points that one started day costs.").tag(config=True)
    days_accepted = Integer(0, help="The number of days after the due date on which work still counts.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float:
        """Return the points to take off; nbgrader has counted extensions already."""
        return score * lost(total_seconds_late, loss_per_day=self.loss_per_day, days_accepted=self.days_accepted)


def lost(seconds_late: float, *, loss_per_day: float, days_accepted: int) -> float:
    """Return the part of the earned points that lateness costs."""
    days = math.ceil(max(seconds_late, 0) / SECONDS_PER_DAY)
    return 1.0 if days > days_accepted else min(1.0, days * loss_per_day)
