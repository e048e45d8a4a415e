"""Progress, reminders and one's own data in a real browser, with JavaScript and without, and as axe sees them."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from prep.tests.cast import PASSWORD
from questions.models import InterviewPlan, Reminder
from questions.progress.tests.test_page import review
from questions.tests import factories

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def studied(cast):
    """The member has studied six questions on three days, and keeps forgetting one."""
    made = factories.questions(6, tags=["sql"])
    factories.question_set("week", made, title="A week")
    for days in (9, 2, 1, 0):
        review(cast["member"], made, days=days, stability=None if days == 9 else 30)
        review(cast["member"], made[:1], days=days, rating=1, stability=5)
    today = timezone.now().date()
    points = {str(today - timedelta(days=at)): 0.5 + at / 20 for at in range(4)}
    InterviewPlan.objects.create(user=cast["member"], day=today + timedelta(days=9), readiness=points)
    return made


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1200, "height": 900}])
def test_progress_is_accessible_and_fits(new_page, sign_in, studied, axe, viewport):
    page = new_page(viewport=viewport)
    sign_in(page, "member")
    page.goto("/progress/")
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    axe(page)


def test_figures_are_said_and_shown(page, sign_in, studied):
    sign_in(page, "member")
    page.goto("/")
    page.click("nav >> text=Progress")
    chart = page.get_by_role("img", name="Answers by day. You gave 28 answers on 4 days of the last year.")
    assert chart.bounding_box()["width"] > 600
    assert page.locator("rect.bar").first.evaluate("bar => getComputedStyle(bar).fill") == "rgb(23, 105, 74)"
    page.get_by_text("True retention as a table").click()
    assert page.get_by_role("row", name="Last 30 days, young").inner_text().split("\t")[1:] == ["0", "4", "0%"]
    page.get_by_role("link", name="Question 01").click()
    assert page.locator("h1").inner_text() == "Question 01"


LABELS = """plot => [...plot.querySelectorAll(".middle")].map(label => {
  const [own, all] = [label, plot].map(each => each.getBoundingClientRect());
  return [label.textContent, own.left >= all.left, own.right <= all.right];
})"""


def test_bar_charts_name_their_first_and_last_day(page, sign_in, studied):
    sign_in(page, "member")
    page.goto("/progress/")
    for name in ("Due in the next 30 days", "Minutes of study"):
        figure = page.locator("section", has=page.get_by_role("heading", name=name))
        labels = figure.locator("svg").evaluate(LABELS)
        days = figure.locator("tbody th").all_text_contents()
        assert {labels[0][0], labels[-1][0]} == {days[0], days[-1]}
        assert all(inside for _, *sides in labels for inside in sides)


def test_the_year_begins_with_the_newest_days_on_a_phone(new_page, sign_in, studied):
    page = new_page(viewport=PHONE)
    sign_in(page, "member")
    page.goto("/progress/")
    last = page.locator(".year rect").last
    assert last.evaluate("day => day.getBoundingClientRect().right <= innerWidth")


@pytest.mark.parametrize("path", ["/progress/", "/study/reminders/", "/progress/data/", "/progress/data/delete/"])
def test_the_first_day_is_accessible(new_page, sign_in, cast, axe, path):
    page = new_page(viewport=PHONE)
    sign_in(page, "member")
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_reminders_are_asked_for_and_stopped(new_page, sign_in, cast, settings, axe, javascript):
    settings.HAS_EMAIL = True
    EmailAddress.objects.create(user=cast["member"], email="member@example.org", verified=True, primary=True)
    page = new_page(javascript=javascript)
    sign_in(page, "member")
    page.goto("/study/reminders/")
    page.get_by_label("Not before").select_option("07:00")
    page.get_by_role("button", name="Remind me").click()
    page.get_by_text("You are reminded at member@example.org, not before 07:00.").wait_for()
    if javascript:
        axe(page)
    page.context.clear_cookies()
    page.goto(f"/study/reminders/stop/{Reminder.objects.get().token}/")
    if javascript:
        axe(page)
    page.get_by_role("button", name="Stop reminders").click()
    page.get_by_role("heading", name="No more reminders").wait_for()
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("javascript", [True, False])
def test_data_is_taken_away_and_the_account_deleted(new_page, cast, studied, javascript):
    page = new_page(javascript=javascript)
    page.goto("/accounts/login/?next=/accounts/")
    page.get_by_label("Username or email").fill("member")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.get_by_role("link", name="Export your data, or delete your account").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download JSON").click()
    assert len(json.loads(download.value.path().read_text())["reviews"]) == 28
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_label("Your username").fill("member")
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("heading", name="Is it you?").wait_for()
    assert User.objects.filter(username="member").exists()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("Your account and everything in it is deleted.").wait_for()
    assert not User.objects.filter(username="member").exists()
