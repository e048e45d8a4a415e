"""The interview plan, its sheet, resets and flags in a real browser, as axe sees them and on a phone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from questions.models import Flag, InterviewPlan, Progress, StudySettings
from questions.tests import factories

PHONE = {"width": 360, "height": 740}
LONG = "a_word_as_long_as_this_one_" * 4


@pytest.fixture
def week(cast):
    """Twelve questions of a set; the member has learned half of them and flagged the first, which was answered."""
    now = timezone.now()
    made = [
        factories.question(
            f"Question {at:02}?", tags=["sql", LONG], short="It **depends**.", points=["On `this`", "On that"]
        )
        for at in range(1, 13)
    ]
    for at, each in enumerate(made[:6], start=1):
        memory = {"state": 2, "stability": at * 2.0, "difficulty": 5.0, "due": now}
        factories.progress(cast["member"], each, last_review=now - timedelta(days=3), **memory)
    Flag.objects.put(user=cast["member"], question=made[0], kind="typo", text=LONG).close("Mended.", by=cast["curator"])
    return factories.question_set("week", made, title="A week")


@pytest.fixture
def plan(cast, week):
    day = timezone.now().date() + timedelta(days=12)
    return InterviewPlan.objects.create(user=cast["member"], day=day, query="set=week")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_interview_is_planned_and_removed(new_page, sign_in, cast, week, javascript):
    page = new_page(javascript=javascript)
    sign_in(page, "member")
    page.goto("/study/interview/")
    page.get_by_label("Date of the interview").fill((timezone.now().date() + timedelta(days=13)).isoformat())
    page.get_by_label("Questions").select_option("A week")
    page.get_by_label("Minutes a day").fill("20")
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("link", name="Start the session").wait_for()
    assert page.get_by_role("progressbar", name="Readiness", exact=True).get_attribute("max") == "100"
    assert page.get_by_role("progressbar", name="Readiness of sql").is_visible()
    page.goto("/questions/")
    page.get_by_role("link", name="Interview in").click()
    page.wait_for_url("**/study/interview/")
    page.get_by_text("Change or remove the plan").click()
    page.get_by_role("button", name="Remove the plan").click()
    page.get_by_role("heading", name="Plan for an interview").wait_for()
    assert not InterviewPlan.objects.exists()


def test_settings_begin_with_the_browsers_time_zone_and_keep_what_is_saved(new_page, sign_in, cast):
    page = new_page(timezone_id="America/St_Johns")
    sign_in(page, "member")
    page.goto("/study/settings/")
    zone = page.get_by_label("Time zone")
    assert zone.input_value() == "America/St_Johns"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert StudySettings.objects.get().time_zone == "America/St_Johns"
    zone.select_option("Asia/Tokyo")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()
    assert zone.input_value() == "Asia/Tokyo"


@pytest.mark.parametrize(("zone", "javascript"), [("Etc/GMT+5", True), ("Asia/Tokyo", False)])
def test_a_time_zone_that_is_not_listed_or_not_told_is_utc(new_page, sign_in, cast, zone, javascript):
    page = new_page(javascript=javascript, timezone_id=zone)
    sign_in(page, "member")
    page.goto("/study/settings/")
    assert page.get_by_label("Time zone").input_value() == "UTC"


def test_the_first_plan_brings_the_browsers_time_zone(new_page, sign_in, cast, week):
    page = new_page(timezone_id="America/St_Johns")
    sign_in(page, "member")
    page.goto("/study/interview/")
    page.get_by_label("Date of the interview").fill((timezone.now().date() + timedelta(days=13)).isoformat())
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_text("The plan is made.").wait_for()
    assert StudySettings.objects.get().time_zone == "America/St_Johns"


def test_a_part_is_planned_where_time_is_short(new_page, sign_in, cast, plan, axe):
    page = new_page(viewport=PHONE)
    made = factories.questions(40)
    for each in made[:6]:
        each.tags.add("git", f"more_of_{LONG}")
    InterviewPlan.objects.update(day=timezone.now().date() + timedelta(days=2), query="", minutes=5)
    sign_in(page, "member")
    page.goto("/study/interview/")
    assert page.get_by_role("button", name="Plan only the tag more_of").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    axe(page)
    page.get_by_role("button", name="Plan only the tag git, 6 questions").click()
    page.get_by_text("The plan is changed.").wait_for()
    assert InterviewPlan.objects.get().query == "tag=git"


def test_a_reset_is_found_again_and_undone(page, sign_in, cast, week):
    sign_in(page, "member")
    page.goto("/study/reset/?set=week")
    page.get_by_role("button", name="Reset 6 questions").click()
    page.get_by_text("You begin again with the set A week.").wait_for()
    page.goto("/study/reset/")
    page.get_by_role("link", name="Undo the reset of").click()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url("**/study/reset/")
    assert Progress.objects.begun().filter(user=cast["member"]).count() == 6


def test_the_plan_starts_its_session(page, sign_in, plan):
    sign_in(page, "member")
    page.goto("/study/interview/")
    page.get_by_role("link", name="Start the session").click()
    page.wait_for_url("**/study/?interview=1")
    assert page.get_by_role("radio", name="For the interview").is_checked()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_question_is_reset_and_the_reset_undone(new_page, sign_in, cast, week, javascript):
    page, question = new_page(javascript=javascript), week.questions.get(title="Question 02?")
    sign_in(page, "member")
    mine = Progress.objects.get(user=cast["member"], question=question)
    page.goto(question.get_absolute_url())
    page.get_by_role("link", name="Reset what you know of it").click()
    page.get_by_role("button", name="Reset 1 question").click()
    page.wait_for_url(f"**{question.get_absolute_url()}")
    assert Progress.objects.get(pk=mine.pk).last_review is None
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("The reset is undone").wait_for()
    assert Progress.objects.get(pk=mine.pk).memory == mine.memory


@pytest.mark.parametrize("javascript", [True, False])
def test_a_problem_is_flagged_answered_and_read(new_page, sign_in, cast, week, javascript):
    page, question = new_page(javascript=javascript), week.questions.get(title="Question 02?")
    sign_in(page, "member")
    page.goto(f"{question.get_absolute_url()}?set=week")
    page.get_by_role("link", name="Flag a problem").click()
    page.get_by_label("It is outdated").check()
    page.get_by_label("In your words").fill("Nobody does this any more.")
    page.get_by_role("button", name="Send the flag").click()
    page.wait_for_url("**/?set=week")
    page.get_by_role("region", name="Your flag").get_by_text("Not answered yet.").wait_for()
    listing = new_page(javascript=javascript)
    sign_in(listing, "curator")
    listing.goto("/admin/")
    listing.get_by_role("link", name="1 flag to answer").click()
    listing.get_by_role("link", name="It is outdated: Nobody does this any more.").click()
    listing.get_by_label("Answer:").fill("Many do. It says where now.")
    listing.locator("[name=_save]").click()
    listing.get_by_text("was changed successfully").wait_for()
    page.reload()
    page.get_by_role("region", name="Your flag").get_by_text("Many do. It says where now.").wait_for()


PAGES = [
    "/study/interview/",
    "/study/interview/?tag=sql",
    "/study/sheet/",
    "/study/reset/",
    "/study/settings/",
    "/study/reset/?set=week",
    "/study/reset/?question={pk}",
    "/questions/{pk}/",
    "/questions/{pk}/flag/",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_accessible_and_fit_a_phone(new_page, sign_in, plan, week, axe, path):
    page = new_page(viewport=PHONE)
    sign_in(page, "member")
    assert page.goto(path.format(pk=week.questions.get(title="Question 01?").pk)).status == 200
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    axe(page)


def test_pages_of_the_beginning_and_the_end_are_accessible(page, sign_in, cast, plan, axe, console):
    for name in ("outsider", "member"):
        sign_in(page, name)
        InterviewPlan.objects.update(day=timezone.now().date() - timedelta(days=2))
        page.goto("/study/interview/")
        axe(page)
    page.get_by_label("Minutes a day").fill("20")
    page.get_by_label("Date of the interview").evaluate("field => { field.type = 'text'; field.value = 'soon' }")
    page.evaluate("document.querySelector('form.form').noValidate = true")
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_text("Enter a valid date.").wait_for()
    axe(page)
    assert "422" in console.pop()


def test_flags_in_the_admin_are_accessible(page, sign_in, week, axe, console):
    sign_in(page, "curator")
    for path in ("", f"{Flag.objects.get().pk}/change/"):
        page.goto(f"/admin/questions/flag/{path}")
        page.wait_for_load_state("networkidle")
        assert console == []
        axe(page)
        # To read style sheets that import others, as the admin's do, axe itself writes an inline one.
        console.clear()


def test_the_sheet_is_two_printed_pages(page, sign_in, cast):
    """Twelve questions with as much to say as those of the bank have."""
    now = timezone.now()
    for at in range(12):
        words = {
            "short": "Some eleven letters " * 25,
            "points": [f"{each} of the words that count" for each in range(6)],
        }
        each = factories.question(f"How would you do the thing of number {at}?", **words)
        memory = {"state": 2, "stability": 9.0, "difficulty": 5.0, "due": now}
        factories.progress(cast["member"], each, last_review=now - timedelta(days=3), **memory)
        factories.question_set(f"set-{at}", [each])
    sign_in(page, "member")
    page.goto("/study/sheet/")
    assert page.locator(".entry").count() == 12
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))) == 2
