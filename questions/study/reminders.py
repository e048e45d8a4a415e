"""Mail to learners who asked for it, at most one on each of their days, and only when there is something to study."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Exists, OuterRef, Sum
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from questions.catalogue.choices import filter_choices_of
from questions.catalogue.filters import read_filter
from questions.catalogue.selection import Selection, everything
from questions.interview.today import todays
from questions.interview.verdict import days_left
from questions.models import Catalogue, InterviewPlan, Reminder, Review, StudySettings
from questions.scheduling.days import Calendar

from .due_counts import due_count

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
    """What waits for a learner: questions due, and what the interview plan asks today."""

    due: int
    planned: int = 0
    days_left: int = 0

    def __bool__(self) -> bool:
        return bool(self.due or self.planned)


def send_due(now: datetime, *, report: Callable[[str], None]) -> Tally:
    """To everybody whose hour has come. What could not be sent is reported, and tried again by the next run."""
    tally = Tally()
    connection = get_connection(timeout=PATIENCE)
    for reminder in waiting(now):
        day = StudySettings.of(reminder.user).calendar.day(now)
        work = work_of(reminder.user, now)
        if not work:
            tally.nothing += 1
        elif reminder.claim(day):
            try:
                mail(reminder, work, connection).send()
                tally.sent += 1
            except (SMTPException, OSError) as error:
                reminder.give_back(day)
                report(f"{reminder.user.username}: {error}")
                tally.failed += 1
                with suppress(SMTPException, OSError):
                    connection.close()
    with suppress(SMTPException, OSError):
        connection.close()
    return tally


def waiting(now: datetime) -> list[Reminder]:
    """Those whose hour has come and who got nothing on their day yet."""
    verified = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    rows = Reminder.objects.filter(Exists(verified), user__is_active=True).order_by("pk")
    # Nobody's day is further on than this.
    rows = rows.unsent((now + timedelta(hours=14)).date())
    rows = rows.select_related("user__study_settings__parameters", "user__interview_plan")
    return [reminder for reminder in rows if is_time(reminder, StudySettings.of(reminder.user).calendar, now)]


def is_time(reminder: Reminder, calendar: Calendar, now: datetime) -> bool:
    day = calendar.day(now)
    return now >= moment(reminder.hour, calendar, day) and (reminder.last_sent_on or date.min) < day


def moment(hour: int, calendar: Calendar, day: date) -> datetime:
    """An hour of a learner's day: one before the day begins is of the night at its end."""
    return calendar.at(day if hour >= calendar.start_hour else day + timedelta(days=1), hour)


def work_of(user: User, now: datetime) -> Work:
    own = StudySettings.of(user)
    due = due_count(user, everything(user).pool, own, now)
    plan: InterviewPlan | None = getattr(user, "interview_plan", None)
    left = days_left(plan, own, now) if plan else 0
    if not plan or not left or studied(user, own.calendar, now) >= plan.minutes * 60:
        return Work(due)
    filter_choices = filter_choices_of(user, Catalogue.current())
    candidates = Selection(user, read_filter(QueryDict(plan.query), user, filter_choices), filter_choices).found()
    return Work(due, len(todays(user, candidates, own, now)), left)


def studied(user: User, calendar: Calendar, now: datetime) -> int:
    """Seconds on the learner's day so far."""
    today = Review.objects.graded().filter(user=user, at__gte=calendar.start(calendar.day(now)))
    return today.aggregate(sum=Sum("seconds"))["sum"] or 0


def mail(reminder: Reminder, work: Work, connection: BaseEmailBackend) -> EmailMessage:
    stop = settings.SITE_URL + reverse("reminders:stop", args=[reminder.token])
    context = {"user": reminder.user, "work": work, "study": f"{settings.SITE_URL}/study/", "stop": stop}
    subject = f"{work.due or work.planned} question{'' if (work.due or work.planned) == 1 else 's'} to study today"
    # RFC 8058: a mail program can stop the mails with one click.
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    text = render_to_string("study/reminder.txt", context)
    return EmailMessage(subject, text, to=[reminder.user.email], headers=headers, connection=connection)
