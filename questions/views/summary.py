"""The end of a session: what was recalled, and what comes next."""

from datetime import date
from typing import Any

from .. import study
from ..models import Question
from .sitting import Sitting

LISTED = 20


def summary(sitting: Sitting, done: study.Done) -> dict[str, Any]:
    forgotten, recalled = done.forgotten, done.recalled
    wanted = {*forgotten[:LISTED], *recalled[:LISTED]}
    coming = study.coming(sitting.user, sitting.settings, sitting.now)
    listed = Question.objects.visible_to(sitting.user).filter(pk__in=wanted).only("pk", "title").in_bulk()
    return {
        "recalled": len(recalled),
        "forgotten": len(forgotten),
        "recalled_ones": [listed[pk] for pk in recalled[:LISTED] if pk in listed],
        "forgotten_ones": [listed[pk] for pk in forgotten[:LISTED] if pk in listed],
        "coming": [(named(sitting, day), count) for day, count in coming],
        "waiting": study.waiting(sitting.user, sitting.pool, sitting.settings, sitting.now),
        "minutes": round(done.seconds / 60),
    }


def named(sitting: Sitting, day: date) -> str:
    today = day == sitting.settings.calendar.day(sitting.now)
    return "Later today" if today else f"{day:%A}, {day.day} {day:%B}"
