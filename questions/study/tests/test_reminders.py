"""Reminders by mail: who gets one when, never twice, and how to stop them."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connections
from django.test import Client

from questions.learner.context import learner_context
from questions.models import InterviewPlan, Parameters, Progress, Reminder, Review, StudySettings
from questions.scheduling.days import Calendar
from questions.study import reminders
from questions.tests import factories

PATH = "/study/reminders/"
DAY = date(2026, 3, 28)
# 18:00 in Berlin, the day before clocks go forward.
EVENING = datetime(2026, 3, 28, 17, tzinfo=UTC)


class Failing(EmailBackend):
    """Refuses to deliver to those named here."""

    refuses = {"member@example.org"}

    def send_messages(self, messages):
        if self.refuses & {address for message in messages for address in message.to}:
            raise SMTPServerDisconnected("Connection lost.")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def with_mail(settings):
    settings.HAS_EMAIL = True
    settings.SITE_URL = "https://prep.example.org"


@pytest.fixture
def wants(cast):
    """wants("member", hour=18) makes one of the cast, with a confirmed address and a question due, want reminders."""

    def ask(name, *, verified=True, due=EVENING - timedelta(days=1), **fields):
        user = cast[name]
        EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
        StudySettings.objects.get_or_create(user=user, defaults={"time_zone": "Europe/Berlin"})
        if due:
            factories.progress(user, factories.question(), due=due, state=2, last_review=due - timedelta(days=3))
        return Reminder.objects.create(user=user, **fields)

    return ask


def run(now=EVENING):
    reports = []
    return str(reminders.send_due(now, report=reports.append)), reports


def sent():
    return [message.to for message in mail.outbox]


def test_a_reminder_says_what_waits_and_how_to_stop_it(wants):
    reminder = wants("member")
    assert run() == ("1 sent, 0 failed, 0 with nothing to study.", [])
    (message,) = mail.outbox
    stop = f"https://prep.example.org/study/reminders/stop/{reminder.token}/"
    assert (message.subject, message.to) == ("1 question to study today", ["member@example.org"])
    assert message.body == (
        "1 question comes back today.\n\nStudy now: https://prep.example.org/study/\n\n"
        f"You get this because you asked for reminders. Stop them: {stop}\n"
    )
    assert message.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def test_nothing_is_sent_twice_on_a_day(wants):
    wants("member")
    run()
    assert run() == ("0 sent, 0 failed, 0 with nothing to study.", [])
    assert run(EVENING + timedelta(hours=9, minutes=59))[0].startswith("0 sent")
    # The day of the 29th begins at 4 o'clock; its reminder comes at 18:00, which is an hour earlier now.
    assert run(EVENING + timedelta(hours=22, minutes=59))[0].startswith("0 sent")
    assert run(EVENING + timedelta(hours=23))[0].startswith("1 sent")
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("hour", "time", "expected"),
    [
        (18, "17:59", 0), (18, "18:00", 1), (18, "23:30", 1), (4, "04:00", 1), (4, "03:59", 0),
        # An hour before the day begins is of the night at the day's end.
        (2, "23:59", 0), (2, "01:59", 0), (2, "02:00", 1), (0, "00:00", 1),
    ],
)  # fmt: skip
def test_hours_are_the_learners(wants, hour, time, expected):
    wants("member", hour=hour, last_sent_on=DAY - timedelta(days=1))
    at = datetime.fromisoformat(f"2026-03-28T{time}").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    if at.hour < 4 and hour < 4:
        Reminder.objects.update(last_sent_on=DAY - timedelta(days=2))
    run(at.astimezone(UTC))
    assert len(mail.outbox) == expected


def test_the_hour_that_clocks_skip_comes_all_the_same():
    calendar = Calendar(ZoneInfo("Europe/Berlin"), 0)
    skipped = reminders.moment(2, calendar, date(2026, 3, 29))
    assert skipped == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert calendar.day(skipped) == date(2026, 3, 29)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "UTC"])
def test_one_mail_a_day_wherever_one_lives(wants, cast, zone):
    StudySettings.objects.create(user=cast["member"], time_zone=zone)
    wants("member", due=datetime(2026, 3, 1, tzinfo=UTC), last_sent_on=date(2026, 3, 9))
    start = datetime(2026, 3, 10, tzinfo=ZoneInfo(zone))
    mails = []
    for quarters in range(4 * 24 * 3):
        now = start + timedelta(minutes=15 * quarters)
        mails += [f"{now:%d %H:%M}"] * run(now.astimezone(UTC))[0].startswith("1 sent")
    assert mails == ["10 18:00", "11 18:00", "12 18:00"]


def test_nothing_to_study_is_no_mail(wants, cast):
    wants("member", due=None)
    wants("outsider", due=EVENING + timedelta(days=1))
    factories.progress(cast["member"], factories.question(), due=EVENING, state=2, mastered_at=EVENING)
    factories.progress(
        cast["member"], factories.question(), due=EVENING, state=2, buried_until=EVENING + timedelta(hours=5)
    )
    factories.progress(cast["member"], factories.question(status="retired"), due=EVENING, state=2)
    assert run() == ("0 sent, 0 failed, 2 with nothing to study.", [])
    # Later on the same day there is.
    factories.progress(cast["member"], factories.question(), due=EVENING, state=2)
    assert run()[0] == "1 sent, 0 failed, 1 with nothing to study."


def test_who_has_done_the_days_reviews_is_left_alone(wants, cast):
    wants("member")
    StudySettings.objects.update(reviews_per_day=1)
    Review.objects.create(
        user=cast["member"], progress=Progress.objects.get(), number=1, rating=3, at=EVENING - timedelta(hours=2),
        state_before=2, due_after=EVENING, parameters=Parameters.stored([0.1] * 21),
    )  # fmt: skip
    assert run()[0] == "0 sent, 0 failed, 1 with nothing to study."


def test_an_interview_plan_asks_too(wants, cast):
    wants("member", due=None)
    factories.questions(2, tags=["sql"])
    factories.question("Other", tags=["http"])
    InterviewPlan.objects.create(user=cast["member"], day=DAY + timedelta(days=1), query="tag=sql", since=EVENING)
    run()
    assert mail.outbox[0].subject == "2 questions to study today"
    assert mail.outbox[0].body.startswith("1 day to your interview: the plan asks 2 questions today.\n\nStudy now")


def test_who_has_studied_the_plans_minutes_is_left_alone(wants, cast):
    wants("member", due=None)
    factories.questions(2)
    InterviewPlan.objects.create(user=cast["member"], day=DAY + timedelta(days=1), minutes=5, since=EVENING)
    of = factories.progress(cast["member"], factories.question(status="draft"))
    shared = {"rating": 3, "due_after": EVENING, "parameters": Parameters.stored([0.1] * 21)}
    for hours, seconds in ((1, 200), (30, 500), (2, 100)):
        assert reminders.work_of(learner_context(cast["member"], EVENING)).planned == 2
        at = EVENING - timedelta(hours=hours)
        Review.objects.create(user=cast["member"], progress=of, number=hours, at=at, seconds=seconds, **shared)
    assert run()[0] == "0 sent, 0 failed, 1 with nothing to study."


def test_only_confirmed_addresses_of_active_people_get_mail(wants, cast):
    wants("member", verified=False)
    wants("outsider")
    wants("curator")
    cast["outsider"].is_active = False
    cast["outsider"].save()
    cast["curator"].email = "new@example.org"
    cast["curator"].save()
    assert run()[0].startswith("0 sent, 0 failed")


def test_a_mail_that_failed_is_tried_again_and_others_go_out(wants, settings):
    settings.EMAIL_BACKEND = "questions.study.tests.test_reminders.Failing"
    wants("member", last_sent_on=DAY - timedelta(days=3))
    wants("outsider")
    assert run() == ("1 sent, 1 failed, 0 with nothing to study.", ["member: Connection lost."])
    assert Reminder.objects.get(user__username="member").last_sent_on == DAY - timedelta(days=3)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run() == ("1 sent, 0 failed, 0 with nothing to study.", [])
    assert sorted(sent()) == [["member@example.org"], ["outsider@example.org"]]


def test_a_claim_is_won_once(wants):
    one, other = wants("member"), Reminder.objects.get()
    assert (one.claim(DAY), other.claim(DAY), other.claim(DAY - timedelta(days=1))) == (True, False, False)
    one.give_back(DAY)
    assert Reminder.objects.get().last_sent_on is None
    # What another run has sent since is not taken back.
    assert other.claim(DAY + timedelta(days=1))
    one.give_back(DAY)
    assert Reminder.objects.get().last_sent_on == DAY + timedelta(days=1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_runs_at_the_same_time_send_once(wants):
    for name in ("member", "outsider", "curator"):
        wants(name)
    start, failed = threading.Barrier(4), []

    def run_late():
        try:
            start.wait()
            run()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run_late) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(sent()) == [["curator@example.org"], ["member@example.org"], ["outsider@example.org"]]


def command():
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("send_reminders", stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


def test_the_command_reports(wants, settings):
    reminder = wants("member", hour=0)
    StudySettings.objects.update(day_start=0)
    settings.EMAIL_BACKEND = "questions.study.tests.test_reminders.Failing"
    report = "0 sent, 1 failed, 0 with nothing to study.\n"
    assert command() == (1, report, "member: Connection lost.\n")
    reminder.refresh_from_db()
    assert reminder.last_sent_on is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert command() == (0, "1 sent, 0 failed, 0 with nothing to study.\n", "")
    settings.HAS_EMAIL = False
    assert command() == (1, "", "EMAIL_URL is not set: no mail can be sent.\n")


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_asking_changing_and_stopping(as_, cast):
    EmailAddress.objects.create(user=cast["member"], email="member@example.org", verified=True, primary=True)
    client = as_("member")
    assert "You are not reminded now. Mails would go to member@example.org." in text(client.get(PATH))
    assert client.post(PATH, {"hour": 7}).headers["Location"] == PATH
    assert "You are reminded at member@example.org, not before 07:00." in text(client.get(PATH))
    Reminder.objects.update(last_sent_on=DAY)
    client.post(PATH, {"hour": 21})
    assert Reminder.objects.values_list("user__username", "hour", "last_sent_on").get() == ("member", 21, DAY)
    assert client.post(PATH, {"hour": 24}).status_code == 422
    client.post(PATH, {"stop": "1"})
    assert not Reminder.objects.exists()


def test_the_page_says_what_is_missing(as_, cast, settings):
    client = as_("member")
    shown = text(client.get(PATH))
    assert "Nobody has confirmed yet that member@example.org is yours." in shown and "Remind me" not in shown
    cast["member"].email = ""
    cast["member"].save()
    assert "Your account has no address yet." in text(client.get(PATH))
    settings.HAS_EMAIL = False
    shown = text(client.get(PATH))
    assert "This site has no mail server" in shown and "Remind me" not in shown


def test_nobody_asks_for_mail_to_an_unconfirmed_address(as_, cast):
    response = as_("member").post(PATH, {"hour": 7})
    assert response.status_code == 422
    assert not Reminder.objects.exists()


def test_one_click_stops_without_signing_in(wants):
    reminder = wants("member")
    stop = f"{PATH}stop/{reminder.token}/"
    anybody = Client(enforce_csrf_checks=True)
    page = anybody.get(stop)
    assert "Stop reminders?" in text(page) and Reminder.objects.exists()
    response = anybody.post(stop, {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, Reminder.objects.exists()) == (200, False)
    assert "No more reminders" in text(response)
    # A link that was used already says the same.
    assert anybody.post(stop).status_code == anybody.get(stop).status_code == 200


def test_a_forged_link_stops_nothing(wants):
    reminder = wants("member")
    for token in (str(reminder.pk), f"{reminder.pk}:nonsense", reminder.token[:-1], f"9{reminder.token}", "x"):
        assert Client().post(f"{PATH}stop/{token}/").status_code == 404
    assert Reminder.objects.exists()
