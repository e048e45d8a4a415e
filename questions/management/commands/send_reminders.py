"""Remind learners by mail."""

import sys
from typing import Any

from django.conf import settings
from django.utils import timezone

from questions.management.shell import Shell
from questions.study import reminders


class Command(Shell):
    help = (
        "Sends a mail to each learner who asked for reminders, whose hour has come, who has "
        "something to study and got none today. Meant to be run every hour or more often; nothing "
        "is sent twice, whatever runs at the same time. "
        "Exits 1 if a mail could not be sent; the next run tries it again."
    )

    def handle(self, **options: Any) -> None:
        if not settings.HAS_EMAIL:
            self.refuse("EMAIL_URL is not set: no mail can be sent.")
        tally = reminders.send_due(timezone.now(), report=self.stderr.write)
        self.stdout.write(str(tally))
        if tally.failed:
            sys.exit(1)
