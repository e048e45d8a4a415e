"""Mail to learners who asked for it, at most one on each of their days, and only when there is something to study."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse

from questions.catalogue.listing import everything_listed
from questions.learner.context import RELATED, LearnerContext, context_of
from questions.models import Catalogue, Reminder
from questions.rendering.words import counted
from questions.scheduling.days import Calendar

from .due_counts import asked_today

# Seconds to wait for a mail server that does not answer.
PATIENCE = 30


@dataclass(slots=True)
class Tally:
    sent: int = 0
    failed: int = 0
    nothing: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.failed} failed, {self.nothing} with nothing to study."


@dataclass(frozen=True, slots=True)
class Work:
    """What waits for a learner: what the interview plan asks today, else questions due."""

    due: int = 0
    planned: int = 0
    days_left: int = 0

    @property
    def total(self) -> int:
        return self.due or self.planned


def send_due(now: datetime, *, report: Callable[[str], None]) -> Tally:
    """To everybody whose hour has come.

    What could not be sent is reported, and tried again by the next run.
    """
    tally = Tally()
    connection = get_connection(timeout=PATIENCE)
    for reminder, learner in waiting(now):
        work = work_of(learner)
        if not work.total:
            tally.nothing += 1
        elif reminder.claim(learner.day):
            try:
                mail(reminder, work, connection).send()
                tally.sent += 1
            except (SMTPException, OSError) as error:
                reminder.give_back(learner.day)
                report(f"{learner.user.username}: {error}")
                tally.failed += 1
                _close(connection)
    _close(connection)
    return tally


def _close(connection: BaseEmailBackend) -> None:
    with suppress(SMTPException, OSError):
        connection.close()


def waiting(now: datetime) -> Iterator[tuple[Reminder, LearnerContext]]:
    """Those whose hour has come and who got nothing on their day yet."""
    verified = EmailAddress.objects.filter(
        user=OuterRef("user"),
        email__iexact=OuterRef("user__email"),
        verified=True,
    )
    rows = Reminder.objects.filter(Exists(verified), user__is_active=True)
    # Nobody's day is further on than this.
    rows = rows.unsent((now + timedelta(hours=14)).date())
    version = Catalogue.current()
    for reminder in rows.select_related(*(f"user__{path}" for path in RELATED)).order_by("pk"):
        learner = context_of(reminder.user, now, version)
        if is_time(reminder, learner):
            yield reminder, learner


def is_time(reminder: Reminder, learner: LearnerContext) -> bool:
    unsent = reminder.last_sent_on is None or reminder.last_sent_on < learner.day
    return unsent and learner.now >= moment(reminder.hour, learner.calendar, learner.day)


def moment(hour: int, calendar: Calendar, day: date) -> datetime:
    """An hour of a learner's day: one before the day begins is of the night at its end."""
    return calendar.at(day if hour >= calendar.start_hour else day + timedelta(days=1), hour)


def work_of(learner: LearnerContext) -> Work:
    asked = asked_today(learner, everything_listed(learner).selection)
    if learner.coming_plan:
        return Work(planned=asked, days_left=learner.study_days_left)
    return Work(due=asked)


def mail(reminder: Reminder, work: Work, connection: BaseEmailBackend) -> EmailMessage:
    stop = settings.SITE_URL + reverse("reminders:stop", args=[reminder.token])
    study = f"{settings.SITE_URL}/study/"
    context = {"user": reminder.user, "work": work, "study": study, "stop": stop}
    # RFC 8058: a mail program can stop the mails with one click.
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(
        f"{counted(work.total, 'question')} to study today",
        render_to_string("study/reminder.txt", context),
        to=[reminder.user.email],
        headers=headers,
        connection=connection,
    )
